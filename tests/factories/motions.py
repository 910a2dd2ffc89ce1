"""Motions of a plenary as rows, and a vote carried by the services."""

from typing import Any

from judging.models import Choice, DecisionKind, Motion, MotionState, Plenary
from judging.selectors.motions import eligible_seats
from judging.services.motions import close_motion, open_motion, record_hands
from judging.services.proposals import Proposal
from paritrana.accounts.models import User
from tests.factories.world import AT


def make_motion(plenary: Plenary, user: User, **fields: Any) -> Motion:
    """Return a rejected motion of ``plenary``, moved by its first seat."""
    told: dict[str, Any] = {"state": MotionState.REJECTED, "closed_by": user, "closed_at": AT}
    return Motion.objects.create(
        plenary=plenary,
        number=plenary.motions.count() + 1,
        kind=DecisionKind.DEVIATION,
        reason="temuan lapangan (contoh)",
        proposed_by=plenary.tabulation.round.seats.order_by("position")[0],
        opened_by=user,
        opened_at=AT,
        **told | fields,
    )


def vote(plenary: Plenary, proposal: Proposal, *, actor: User, choice: Choice = Choice.FAVOUR, **more: Any) -> Motion:
    """Open a vote on ``proposal``, let every seat that may vote show its hand for ``choice``, and close it."""
    seats = list(plenary.tabulation.round.seats.order_by("position"))
    told = {"proposed_by": seats[0], "reason": "alasan (contoh)"} | more
    motion = open_motion(plenary=plenary, proposal=proposal, actor=actor, at=AT, **told)
    voters = [seat for seat in seats if seat.pk in eligible_seats(motion)]
    record_hands(motion=motion, choices=dict.fromkeys(voters, choice), actor=actor, at=AT)
    return close_motion(motion=motion, actor=actor, at=AT)
