"""The first page: for the public the certificate check and sign-in, for everybody else their rounds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nominees.core.lifecycle import State
from nominees.models import STATE_LABELS
from nominees.selectors.rounds import rounds_visible_to
from nominees.templatetags.rounds import round_url


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One round leads straight to it, several are listed; without a login there is no list."""
    if not request.user.is_authenticated:
        return render(request, "judging/home/public.html")
    rounds = list(rounds_visible_to(request.user))
    if len(rounds) == 1:
        return redirect(round_url("judging:round", rounds[0]))
    context = {
        "columns": [{"label": label} for label in (_("Round"), _("Assessment year"), _("State"))],
        "rows": [
            [
                {"text": one.place_name, "url": round_url("judging:round", one)},
                {"text": str(one.edition.assessment_year)},
                {"text": STATE_LABELS[State(one.state)], "tone": "info"},
            ]
            for one in rounds
        ],
    }
    return render(request, "judging/home/rounds.html", context)
