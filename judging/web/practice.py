"""Practice rounds: the button on the overview that opens one, and the way to the one that is open."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from judging.permissions import can_open_practice
from judging.services.practice import open_practice
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.selectors.rounds import PRACTISING, practice_beside, roles_in
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock

from .acting import attempt, person


def practice_section(user: User, round: Round) -> dict[str, Any]:
    """Return what ``judging/rounds/_practice.html`` shows; nothing to people who have no part in practice.

    In a practice round: the way back. One query beside a round that counts.
    """
    if round.practice:
        place = {"year": round.edition.assessment_year, "scope": round.place_code}
        is_closed = round.state == State.CLOSED
        return {"practice": {"back_url": reverse("judging:round", kwargs=place), "is_closed": is_closed}}
    if not roles_in(user, round) & PRACTISING:
        return {}
    present = practice_beside(round)
    may_open = bool(can_open_practice(user, round))
    if present is None and not may_open:
        return {}
    return {
        "practice": {
            "url": round_url("judging:round", present) if present else "",
            "number": present.practice if present else 0,
            "open_url": round_url("judging:practice", round) if may_open else "",
        }
    }


@require_POST
@round_page(can_open_practice)
def practice(request: HttpRequest, round: Round) -> HttpResponse:
    """Open a practice round, or a fresh one instead of the one that the form names."""
    named = request.POST.get("instead_of", "")
    attempt(
        request,
        _("A practice round is open. The panel finds it on its first page."),
        open_practice,
        round=round,
        actor=person(request),
        at=clock.now(),
        instead_of=int(named) if named.isdecimal() and len(named) < 6 else 0,
    )
    return redirect(round_url("judging:round", practice_beside(round) or round))


urlpatterns = [path("latihan/", practice, name="practice")]
