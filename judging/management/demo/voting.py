"""A vote of the demo's plenary, seat by seat."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from judging.models import Choice, Motion, Plenary
from judging.selectors.plenary import voting_seats
from judging.services.motions import close_motion, open_motion, record_hands
from judging.services.proposals import TieOrder
from paritrana.accounts.models import User


def show_hands(plenary: Plenary, proposal: TieOrder, told: Mapping[str, Any], actor: User, at: datetime) -> Motion:
    """Move, vote on and close ``proposal``: the first seats in favour, then against, then abstaining, as ``told``."""
    may_vote = voting_seats(plenary, [nomination.pk for nomination in proposal.order])
    seats = [seat for seat in plenary.tabulation.round.seats.order_by("position") if seat.pk in may_vote]
    motion = open_motion(
        plenary=plenary, proposal=proposal, proposed_by=seats[0], reason=told["reason"], actor=actor, at=at
    )
    counts = (told["votes_for"], told["votes_against"], told["abstentions"])
    said = [choice for choice, count in zip(Choice, counts, strict=True) for _ in range(count)]
    record_hands(motion=motion, choices=dict(zip(seats, said, strict=False)), actor=actor, at=at)
    return close_motion(motion=motion, not_voting=seats[len(said) :], actor=actor, at=at)
