"""Interviews as they stand, and where one is or would be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from judging.models import Attendance, Interview, InterviewState, Presence, Room
from nominees.models import Nomination, Round


@dataclass(frozen=True, slots=True)
class Placing:
    """Where and when an interview is, or would be, with the ids of the seats that sit there."""

    nomination: Nomination
    room: Room
    starts_at: datetime
    ends_at: datetime
    seats: frozenset[int]


def interviews_of(round: Round) -> QuerySet[Interview]:
    """Return the interviews of ``round`` by time, with nominee, category, room and attendances. Two queries."""
    return (
        Interview.objects.filter(round=round)
        .select_related("nomination__nominee", "nomination__category", "room")
        .prefetch_related(Prefetch("attendances", Attendance.objects.select_related("seat")))
        .order_by("starts_at", "room__name", "pk")
    )


def placing_of(interview: Interview) -> Placing:
    """Return where ``interview`` is; absent seats are not there. Reads prefetched attendances."""
    seats = frozenset(row.seat_id for row in interview.attendances.all() if row.presence != Presence.ABSENT)
    return Placing(interview.nomination, interview.room, interview.starts_at, interview.ends_at, seats)


def placings_of(interviews: Iterable[Interview]) -> list[Placing]:
    """Return where ``interviews`` are; where the nominee did not come, room and members are free for others."""
    return [placing_of(one) for one in interviews if one.state != InterviewState.NO_SHOW]
