"""Winners on their way to the national round."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from judging.permissions import can_forward, can_see_forwarding
from judging.selectors.forwarding import ForwardingRow, forwarding_rows, national_round_of
from judging.services.forwarding import forward_winners
from nominees.models import Round
from nominees.permissions import can_see_nominees
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .acting import forbid_unless
from .handover import handover_panel

COLUMNS = [
    {"label": phrases.NOMINEE},
    {"label": phrases.CATEGORY},
    {"label": _("Title")},
    {"label": phrases.STATUS},
    {"label": _("National nomination")},
]


class ForwardForm(forms.Form):
    """A yes to what cannot be taken back."""

    yakin = forms.BooleanField(label=_("Yes, forward the winners"))


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_forwarding)
def forwarding(request: HttpRequest, round: Round) -> HttpResponse:
    """Who is within the quota and where they stand; posting a yes forwards those who wait."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - round_page lets nobody else in
    may_forward = can_forward(user, round)
    form = ForwardForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        forbid_unless(may_forward)
        if form.is_valid():
            return _forwarded(request, round, user)
    rows = forwarding_rows(round)
    national = national_round_of(round)
    may_see = national is not None and bool(can_see_nominees(user, national))
    context = {
        "round": round,
        "columns": COLUMNS,
        "rows": [_cells(row, round, national if may_see else None) for row in rows],
        "waiting": sum(row.forwarding is None for row in rows),
        "may_forward": bool(may_forward),
        "form": form,
        "national": national,
        "empty": {"title": _("Nobody to forward"), "text": _("No category of this round forwards a winner.")},
    } | handover_panel(user, round)
    return render(request, "judging/forwarding/forwarding.html", context, status=422 if form.errors else 200)


def _forwarded(request: HttpRequest, round: Round, user: User) -> HttpResponse:
    before = sum(row.forwarding is not None for row in forwarding_rows(round))
    try:
        count = len(forward_winners(round=round, actor=user, at=clock.now())) - before
    except DomainError as error:
        messages.error(request, explain(error))
    else:
        text = ngettext("%(count)s winner was forwarded.", "%(count)s winners were forwarded.", count)
        messages.success(request, text % {"count": count} if count else _("Everybody had been forwarded before."))
    return redirect(round_url("judging:forwarding", round))


def _cells(row: ForwardingRow, round: Round, national: Round | None) -> list[dict[str, Any]]:
    """The cells of a line; the national nomination is a link only for who may read it."""
    cells: list[dict[str, Any]] = [
        {"text": str(row.award.nomination)},
        {"text": str(row.award.category)},
        {"text": row.award.title},
    ]
    if row.forwarding is None or row.nomination is None:
        return [*cells, {"text": _("Waiting"), "tone": "info", "icon": "clock"}, {"text": "–"}]
    number = row.nomination.number
    link = {"url": round_url("nominees:detail", national, number=number)} if national else {}
    when = wording.date_time(row.forwarding.forwarded_at, round.time_zone)
    return [
        *cells,
        {"text": _("Forwarded"), "tone": "success", "icon": "check", "note": when},
        {"text": _("Number %(number)s") % {"number": number}, **link},
    ]


urlpatterns = [path("usulan/", forwarding, name="forwarding")]
