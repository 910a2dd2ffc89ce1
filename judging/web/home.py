"""The first page: for the public the certificate check and sign-in, for everybody else their rounds."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from nominees.selectors.rounds import roles_by_round, rounds_visible_to
from nominees.templatetags.rounds import round_url

from .next_steps import next_steps

#: How many of the next steps in each round; the overview has them all.
TASKS_SHOWN = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One round leads straight to it, several are listed with what to do next; without a login there is no list."""
    if not request.user.is_authenticated:
        return render(request, "judging/home/public.html")
    rounds = list(rounds_visible_to(request.user))
    if len(rounds) == 1:
        return redirect(round_url("judging:round", rounds[0]))
    roles = roles_by_round(request.user, rounds)
    context = {
        "rounds": [{"round": one, "tasks": next_steps(one, roles[one.pk])[:TASKS_SHOWN]} for one in rounds],
        "has_demo": any(one.edition.is_demo for one in rounds),
    }
    return render(request, "judging/home/rounds.html", context)
