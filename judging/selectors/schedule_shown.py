"""The schedule as everybody of the round sees it: the latest release, and what is over as it was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from judging.models import Interview, InterviewState, Presence, ReleasedInterview, ScheduleRelease, Seat
from nominees.models import Nomination, Round
from paritrana.kernel.wording import local_day

from .interviews import interviews_of
from .schedule_releases import latest_release, released_interviews


@dataclass(frozen=True, slots=True)
class Shown:
    """One interview: as released while it is still to come, as it was once it began. ``absent``: seats not there."""

    nomination: Nomination
    day: date
    starts_at: datetime
    ends_at: datetime
    room: str
    is_online: bool
    seats: tuple[Seat, ...]
    absent: tuple[Seat, ...] = ()
    state: InterviewState = InterviewState.PLANNED
    changed_in: int = 0

    def has(self, seat: Seat | None) -> bool:
        """Whether ``seat`` sits there."""
        return seat is not None and seat in self.seats


@dataclass(frozen=True, slots=True)
class ShownTable:
    """The interviews of one day in one room, by time."""

    day: date
    room: str
    rows: tuple[Shown, ...]


def shown_schedule(round: Round) -> tuple[ScheduleRelease | None, tuple[Shown, ...]]:
    """Return the latest release and its interviews by time, overtaken by what began. Five queries at most."""
    latest = latest_release(round)
    rows = {one.nomination_id: _released(one, round) for one in released_interviews(latest)} if latest else {}
    for one in _begun_in(round):
        rows[one.nomination_id] = _begun(one, round)
    return latest, tuple(sorted(rows.values(), key=_by_time))


def shown_release(release: ScheduleRelease) -> tuple[Shown, ...]:
    """Return the interviews of ``release`` as they were told then, by time. Two queries."""
    return tuple(_released(one, release.round) for one in released_interviews(release))


def shown_interview(round: Round, nomination: Nomination) -> Shown | None:
    """Return the interview of one nominee in the same way; ``None`` while nothing is released. Five queries at most."""
    begun = _begun_in(round).filter(nomination=nomination).first()
    if begun:
        return _begun(begun, round)
    latest = latest_release(round)
    row = released_interviews(latest).filter(nomination=nomination).first() if latest else None
    return _released(row, round) if row else None


def tables_of(rows: Iterable[Shown]) -> tuple[ShownTable, ...]:
    """Return ``rows`` by day and room. No query."""

    def place(row: Shown) -> tuple[date, str]:
        return row.day, row.room

    grouped = groupby(sorted(rows, key=lambda row: (*place(row), *_by_time(row))), key=place)
    return tuple(ShownTable(day, room, tuple(found)) for (day, room), found in grouped)


def _begun_in(round: Round) -> QuerySet[Interview]:
    return interviews_of(round).exclude(state=InterviewState.PLANNED).select_related("nomination__interview_plan")


def _released(one: ReleasedInterview, round: Round) -> Shown:
    return Shown(
        nomination=one.nomination,
        day=local_day(one.starts_at, round.time_zone),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        room=one.room_name,
        is_online=one.is_online,
        seats=tuple(one.seats.all()),
        changed_in=one.changed_in,
    )


def _begun(one: Interview, round: Round) -> Shown:
    rows = list(one.attendances.all())
    plan = getattr(one.nomination, "interview_plan", None)
    return Shown(
        nomination=one.nomination,
        day=local_day(one.starts_at, round.time_zone),
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        room=one.room.name,
        is_online=plan.is_online if plan else not one.room.is_onsite,
        seats=tuple(row.seat for row in rows if row.presence != Presence.ABSENT),
        absent=tuple(row.seat for row in rows if row.presence == Presence.ABSENT),
        state=InterviewState(one.state),
    )


def _by_time(row: Shown) -> tuple[datetime, str, int]:
    return row.starts_at, row.room, row.nomination.number
