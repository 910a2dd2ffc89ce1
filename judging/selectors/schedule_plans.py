"""The draft of a schedule as plain data, by nomination: what one act changes, what it was before, how it is kept."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from judging.core.scheduling.problem import Placement
from judging.models import Interview, InterviewState, Room, Seat
from nominees.models import Nomination, Round

from .interviews import interviews_of
from .tabulations import canonical


@dataclass(frozen=True, slots=True)
class Planned:
    """Where and when one nominee is met; ids, aware times. ``seats`` ascend."""

    nomination: int
    room: int
    starts_at: datetime
    ends_at: datetime
    seats: tuple[int, ...]


Plan = Mapping[int, Planned]
"""By nomination; who is missing has no interview."""


def planned_of(interview: Interview) -> Planned:
    """Return where ``interview`` is, with every seat that was placed there. Reads prefetched attendances."""
    seats = tuple(sorted(row.seat_id for row in interview.attendances.all()))
    return Planned(interview.nomination_id, interview.room_id, interview.starts_at, interview.ends_at, seats)


def plan_of(round: Round) -> dict[int, Planned]:
    """Return the draft of ``round`` without interviews whose nominee did not come. Two queries."""
    found = (one for one in interviews_of(round) if one.state != InterviewState.NO_SHOW)
    return {one.nomination_id: planned_of(one) for one in found}


def differing(before: Plan, after: Plan) -> frozenset[int]:
    """Return the nominations that are not the same on both sides."""
    return frozenset(one for one in {*before, *after} if before.get(one) != after.get(one))


def written(plan: Plan) -> str:
    """Return ``plan`` as canonical JSON, by nomination; see ``ScheduleChange``."""
    rows = [
        {
            "nomination": one.nomination,
            "room": one.room,
            "starts_at": one.starts_at.isoformat(),
            "ends_at": one.ends_at.isoformat(),
            "seats": list(one.seats),
        }
        for _, one in sorted(plan.items())
    ]
    return canonical(rows)


def read(text: str) -> dict[int, Planned]:
    """Return what ``written`` made."""
    return {
        row["nomination"]: Planned(
            row["nomination"],
            row["room"],
            datetime.fromisoformat(row["starts_at"]),
            datetime.fromisoformat(row["ends_at"]),
            tuple(row["seats"]),
        )
        for row in json.loads(text)
    }


def plan_from(round: Round, placements: Iterable[Placement], minutes: Mapping[str, int]) -> dict[int, Planned]:
    """Return ``placements`` of the core as a plan; ``minutes`` of each interview, by number of the nomination.

    Raises ``KeyError`` for a nomination, room or seat that is gone. Three queries.
    """
    nominations = dict(Nomination.objects.filter(round=round).values_list("number", "pk"))
    rooms = dict(Room.objects.filter(round=round).values_list("name", "pk"))
    seats = dict(Seat.objects.filter(round=round).values_list("code", "pk"))
    found = {}
    for one in placements:
        starts = datetime.combine(date.fromisoformat(one.day), time(), round.zone) + timedelta(minutes=one.start)
        nomination = nominations[int(one.nominee)]
        found[nomination] = Planned(
            nomination,
            rooms[one.room],
            starts,
            starts + timedelta(minutes=minutes[one.nominee]),
            tuple(sorted(seats[code] for code in one.members)),
        )
    return found
