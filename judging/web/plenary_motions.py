"""The open vote on the plenary's page and on a member's own: who may vote, who has, and the forms for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form

from judging.models import Ballot, Seat
from judging.permissions import plenary as may
from judging.selectors.motions import MotionOnRecord
from judging.selectors.panels import seat_held_by
from judging.selectors.plenary import SeatAtPlenary
from nominees.models import Nomination, Round
from paritrana.accounts.models import User
from paritrana.kernel.wording import local_day

from .plenary_forms import Bound
from .plenary_motion_forms import BallotForm, HandsForm


@dataclass(frozen=True, slots=True)
class SeatInVote:
    """A seat that may vote on the open motion: whether it has, how in an open vote, and whether on its own device."""

    seat: Seat
    name: str
    ballot: Ballot | None
    is_own: bool
    holder_id: int | None


def in_order(found: MotionOnRecord) -> list[Nomination]:
    """Return the nominees of a motion in the proposed order, or by number where there is none."""
    by_id = {nomination.pk: nomination for nomination in found.motion.nominations.all()}
    return [by_id[pk] for pk in found.motion.order] or list(by_id.values())


def seats_in(found: MotionOnRecord, seats: Sequence[SeatAtPlenary]) -> list[SeatInVote]:
    """Return the seats that may vote, in the order of the panel. No query."""
    ballots = {ballot.seat_id: ballot for ballot in found.motion.ballots.all()}
    listed = []
    for each in seats:
        seat, ballot = each.seat.seat, ballots.get(each.seat.seat.pk)
        if seat.pk in found.voted | found.to_vote:
            holder = each.seat.seating.user_id if each.seat.seating else None
            is_own = bool(ballot and ballot.cast_by_id == holder)
            listed.append(SeatInVote(seat, each.name, ballot, is_own, holder))
    return listed


def vote_context(
    found: MotionOnRecord, round: Round, seats: Sequence[SeatAtPlenary], user: User, bound: Bound, *, may_record: bool
) -> dict[str, Any]:
    """Return what the panel of the open vote shows."""
    listed = seats_in(found, seats)
    own = {each.seat.pk: each.ballot for each in listed if each.ballot and each.is_own}
    hands = None
    if may_record and may.can_record_hands(user, round, is_secret=found.motion.is_secret):
        hands = bound.get("hands", HandsForm(None, found.motion, [each.seat for each in listed], own))
    return {
        "vote": found,
        "nominations": in_order(found),
        "seats_in_vote": listed,
        "hands_form": hands,
        "own_votes": bool(own),
        "silent": [each.seat for each in listed if each.ballot is None],
        "may_vote": any(each.holder_id == user.pk for each in listed),
        "close_form": bound.get("close", Form()) if may_record else None,
    }


def ballot_context(
    found: MotionOnRecord, round: Round, user: User, at: datetime, form: BallotForm | None = None
) -> dict[str, Any]:
    """Return what a member's own page of a vote shows: the form where the own seat can still vote. One query."""
    seat = seat_held_by(user, round, local_day(at, round.time_zone))
    mine = next((one for one in found.motion.ballots.all() if seat and one.seat_id == seat.pk), None)
    spent = found.motion.is_secret and mine is not None
    can_vote = found.is_open and seat is not None and seat.pk in found.voted | found.to_vote and not spent
    initial = {"choice": mine.choice} if mine else None
    return {
        "round": round,
        "vote": found,
        "nominations": in_order(found),
        "seat": seat,
        "mine": mine,
        "form": (form or BallotForm(initial=initial)) if can_vote else None,
    }
