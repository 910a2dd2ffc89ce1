"""The day of the interviews as those see it who run it: what runs, what comes next, what is late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from judging.models import Attendance, Interview, InterviewState, Presence, Room
from nominees.models import Round
from paritrana.kernel import wording

from .interviews import interviews_of


class Standing(StrEnum):
    """How an interview stands at a moment of its day."""

    RUNNING = "running"
    OVERRUNS = "overruns"
    LATE = "late"
    NEXT = "next"
    PLANNED = "planned"
    HELD = "held"
    NO_SHOW = "no_show"


#: What asks for somebody's eyes now.
OPEN = frozenset({Standing.RUNNING, Standing.OVERRUNS, Standing.LATE, Standing.NEXT})


@dataclass(frozen=True, slots=True)
class DayRow:
    """One interview of the day. ``minutes``: how late it is, or by how much it overruns; else 0."""

    interview: Interview
    standing: Standing
    time: str
    minutes: int
    missing: tuple[Attendance, ...]
    seats: int
    is_recorded: bool

    @property
    def number(self) -> int:
        """That of the nomination."""
        return self.interview.nomination.number


@dataclass(frozen=True, slots=True)
class InterviewDay:
    """A day of a round: every day with interviews, the chosen one, its rooms, its rows in order of time."""

    days: tuple[date, ...]
    day: date | None
    rooms: tuple[Room, ...]
    rows: tuple[DayRow, ...]


def interview_day(round: Round, *, at: datetime, day: date | None = None, room: int | None = None) -> InterviewDay:
    """Return ``day`` of ``round`` as it stands at ``at``, the interviews of ``room`` alone if it is given.

    Without ``day`` it is today's, or that of the next interviews, or the last one. Three queries.
    """
    starts = Interview.objects.filter(round=round).order_by().values_list("starts_at", flat=True)
    days = tuple(sorted({wording.local_day(one, round.time_zone) for one in starts}))
    today = wording.local_day(at, round.time_zone)
    chosen = day if day in days else next((one for one in days if one >= today), days[-1] if days else None)
    if chosen is None:
        return InterviewDay((), None, (), ())
    found = interviews_on(round, chosen)
    rooms = {one.room_id: one.room for one in found}
    shown = [one for one in found if room not in rooms or one.room_id == room]
    ordered = tuple(sorted(rooms.values(), key=lambda one: one.name))
    return InterviewDay(days, chosen, ordered, rows_of(shown, round, at))


def interviews_on(round: Round, day: date) -> list[Interview]:
    """Return the interviews of the local ``day`` by time, as ``interviews_of`` has them. Two queries."""
    first = datetime.combine(day, time(), round.zone)
    found = interviews_of(round).select_related("nomination__nominee__region")
    return list(found.filter(starts_at__gte=first, starts_at__lt=first + timedelta(days=1)))


def rows_of(interviews: Sequence[Interview], round: Round, at: datetime) -> tuple[DayRow, ...]:
    """Return how each of ``interviews`` (by time) stands at ``at``. Reads prefetched attendances."""
    rooms: set[int] = set()
    rows = []
    for one in interviews:
        standing = _standing(one, at, is_first=one.room_id not in rooms)
        if standing is Standing.NEXT:
            rooms.add(one.room_id)
        rows.append(_row(one, standing, round, at))
    return tuple(rows)


def _standing(one: Interview, at: datetime, *, is_first: bool) -> Standing:
    if one.state == InterviewState.RUNNING:
        return Standing.OVERRUNS if one.ends_at < at else Standing.RUNNING
    if one.state != InterviewState.PLANNED:
        return Standing(one.state)
    if one.starts_at < at:
        return Standing.LATE
    return Standing.NEXT if is_first else Standing.PLANNED


def _row(one: Interview, standing: Standing, round: Round, at: datetime) -> DayRow:
    attendances = list(one.attendances.all())
    since = {Standing.LATE: one.starts_at, Standing.OVERRUNS: one.ends_at}.get(standing, at)
    return DayRow(
        interview=one,
        standing=standing,
        time=wording.time_range(one.starts_at, one.ends_at, round.time_zone),
        minutes=(at - since) // timedelta(minutes=1),
        missing=tuple(row for row in attendances if row.presence == Presence.ABSENT),
        seats=len(attendances),
        is_recorded=bool(attendances) and all(row.presence != Presence.EXPECTED for row in attendances),
    )
