"""The schedule of a round as the core takes it: ids are seat codes, numbers of nominations, names of rooms.

Nobody is named in it: a member is the code of the seat, a person who comes for several nominees a number.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from judging.core.scheduling.problem import (
    ONLINE,
    ONSITE,
    Category,
    Day,
    Limits,
    Member,
    Nominee,
    Pin,
    Placement,
    Problem,
    RoleGroup,
    Room,
    Session,
    Severity,
    Span,
)
from judging.core.scheduling.wishes import WISHES
from judging.models import (
    WEIGHTS,
    CategoryPlan,
    Interview,
    InterviewState,
    NomineePlan,
    NomineeSpanKind,
    ScheduleMaterial,
    Seat,
    Seating,
    Weight,
)
from judging.models import Room as RoomRow
from nominees.models import Category as CategoryRow
from nominees.models import Nomination, Round

from .interviews import interviews_of, placing_of
from .schedule_material import Material, material_of

MIDNIGHT: Final = 24 * 60
#: What the wishes weigh while nobody said otherwise: comparable panels first, then short days.
USUAL_WEIGHTS: Final[Mapping[str, Weight]] = {
    "unsur_missing": Weight.HIGH,
    "category_switch": Weight.NORMAL,
    "category_day": Weight.NORMAL,
    "region_day": Weight.NORMAL,
    "preference": Weight.LOW,
    "idle": Weight.LOW,
    "load_range": Weight.LOW,
    "panel_join": Weight.NORMAL,
    "move": Weight.HIGH,
    "room_change": Weight.LOW,
    "panel_diff": Weight.LOW,
}


@dataclass(frozen=True)
class Placed:
    """Interviews of a round as the core has them: where they are, how long they take, which may not move."""

    placements: tuple[Placement, ...] = ()
    minutes: Mapping[str, int] = field(default_factory=dict)
    pinned: frozenset[str] = frozenset()


def problem_of(round: Round, *, at: datetime) -> Problem:
    """Return the problem of ``round`` at ``at``: today's schedule is its baseline.

    Pinned is what is locked, was held or has begun; whoever did not come to an interview gets no other. The same number
    of queries for any number of rows.
    """
    rows = list(interviews_of(round))
    interviews = [one for one in rows if one.state != InterviewState.NO_SHOW]
    missed = {one.nomination_id for one in rows} - {one.nomination_id for one in interviews}
    placed = Placed(
        placements=tuple(placement_of(one, round) for one in interviews),
        minutes={_number(one.nomination): _minutes(one) for one in interviews},
        pinned=frozenset(_number(one.nomination) for one in interviews if is_fixed(one, at)),
    )
    material = material_of(round, also=[one.nomination_id for one in interviews])
    met = tuple(one for one in material.nominations if one.pk not in missed)
    return problem_from(replace(material, nominations=met), placed)


def is_fixed(interview: Interview, at: datetime) -> bool:
    """Whether ``interview`` stays as it is: somebody locked it, it is running or was held, or its time has come."""
    return interview.is_locked or interview.state != InterviewState.PLANNED or interview.starts_at <= at


def problem_from(material: Material, placed: Placed) -> Problem:
    """Return ``material`` with what is ``placed`` as the core takes it. No query."""
    settings = material.settings
    pins = {one.nominee: one for one in placed.placements if one.nominee in placed.pinned}
    days = days_of(material, [one.day for one in placed.placements])  # a day that was lost is there without sessions
    ids = [day.id for day in days]
    seated = {member for one in placed.placements for member in one.members}
    nominees = [nominee_of(one, ids, placed.minutes.get(_number(one))) for one in material.nominations]
    return Problem(
        name=material.round.scope,
        grid_min=settings.grid_min,
        days=days,
        categories=tuple(category_of(one, material.quorum, len(material.seats)) for one in material.categories),
        role_groups=tuple(role_groups_of(material)),
        rooms=tuple(room_of(room, ids) for room in material.rooms),
        members=tuple(members_of(material, ids, seated)),
        nominees=_without_usual_minutes(nominees, material),
        limits=limits_of(settings),
        pins=tuple(Pin(one.nominee, one.day, one.start, one.room, frozenset(one.members)) for one in pins.values()),
        baseline=placed.placements,
        weights=weights_of(settings),
        levels=levels_of(settings),
    )


def weights_of(settings: ScheduleMaterial) -> dict[str, int]:
    """Return what each wish weighs, in its fixed order."""
    words = USUAL_WEIGHTS | settings.weights
    return {wish: WEIGHTS[Weight(words[wish])] for wish in WISHES}


def levels_of(settings: ScheduleMaterial) -> dict[str, Severity]:
    """Return the rules that mean something else here."""
    return {code: Severity(level) for code, level in sorted(settings.levels.items())}


def limits_of(settings: ScheduleMaterial) -> Limits:
    """Return what one member can bear."""
    return Limits(settings.max_continuous_min, settings.min_break_min, settings.max_minutes_per_day)


def days_of(material: Material, also: Iterable[str] = ()) -> tuple[Day, ...]:
    """Return the days with their sessions in order; a day of ``also`` that has none is there without."""
    sessions: dict[str, list[Session]] = {day: [] for day in also}
    for row in material.sessions:
        day = sessions.setdefault(row.day.isoformat(), [])
        day.append(Session(str(len(day) + 1), row.start, row.end))
    return tuple(Day(day, tuple(rows), day) for day, rows in sorted(sessions.items()))


def category_of(row: CategoryRow, quorum: int, seats: int) -> Category:
    """Return a category by its plan, or as it is by default: the ``quorum`` of the round's rules, all ``seats`` wished.

    Who judges a nominee is comparable when everybody sits everywhere; fewer is a word of the secretariat.
    """
    plan = getattr(row, "interview_plan", None) or CategoryPlan()
    full = seats if plan.panel_max is None else min(seats, plan.panel_max)
    return Category(
        id=row.code,
        duration=plan.duration,
        buffer=plan.buffer,
        quorum=quorum if plan.quorum is None else plan.quorum,
        panel_max=plan.panel_max,
        unsur_target=full if plan.unsur_target is None else plan.unsur_target,
        role_groups=tuple(group.name for group in plan.role_groups.all()) if plan.pk else (),
    )


def role_groups_of(material: Material) -> Iterator[RoleGroup]:
    """Yield the role groups; the role of a member is the seat."""
    for group in material.groups:
        yield RoleGroup(group.name, frozenset(seat.code for seat in group.seats.all()), group.minimum)


def room_of(row: RoomRow, days: Collection[str]) -> Room:
    """Return a room with its modes and the spans of ``days`` in which it is closed."""
    modes = frozenset(mode for mode, has in ((ONSITE, row.is_onsite), (ONLINE, row.is_online)) if has)
    closed = [Span(one.day.isoformat(), one.start, one.end) for one in row.closures.all()]
    return Room(row.name, modes, tuple(span for span in closed if span.day in days))


def members_of(material: Material, days: Collection[str], also: Collection[str] = ()) -> Iterator[Member]:
    """Yield the seats that somebody holds on one of ``days``, and those with the codes ``also``."""
    numbers = {one.pk: _number(one) for one in material.nominations}
    for seat in material.seats:
        held = _holders(seat, days)
        if seat.code not in also and not any(held.values()):
            continue
        away = tuple(_away_of(held))
        barred = (numbers[nominee] for one, nominee in material.recused if one == seat.pk and nominee in numbers)
        yield Member(seat.code, frozenset({seat.code}), seat.code, away, frozenset(barred))


def _away_of(held: Mapping[str, Seating | None]) -> Iterator[Span]:
    """Yield when nobody can come for a seat: whole days without a holder, and what the holder of a day is away."""
    absences = {one.pk: list(one.absences.all()) for one in held.values() if one is not None}
    for day, seating in held.items():
        if seating is None:
            yield Span(day, 0, MIDNIGHT)
            continue
        for absence in absences[seating.pk]:
            if absence.day.isoformat() == day:
                yield Span(day, absence.start, absence.end)


def _holders(seat: Seat, days: Collection[str]) -> dict[str, Seating | None]:
    """Who holds ``seat`` on each of ``days``, in order. Reads prefetched seatings."""
    seatings = list(seat.seatings.all())
    held: dict[str, Seating | None] = {}
    for day in sorted(days):
        on = date.fromisoformat(day)
        there = (one for one in seatings if one.starts_on <= on and (one.ends_on is None or one.ends_on >= on))
        held[day] = next(there, None)
    return held


def nominee_of(row: Nomination, days: Collection[str], minutes: int | None = None) -> Nominee:
    """Return a nominee; ``minutes`` is how long the interview takes, if it is not the category's."""
    plan = getattr(row, "interview_plan", None) or NomineePlan()
    spans = list(row.interview_spans.all())
    avoid = (one for one in spans if one.kind == NomineeSpanKind.AVOID)
    wishes = [Span(one.day.isoformat(), one.start, one.end, WEIGHTS[Weight(one.weight)]) for one in avoid]
    return Nominee(
        id=_number(row),
        category=row.category.code,
        region=row.nominee.region.code[:5],
        mode=ONLINE if plan.is_online else ONSITE,
        duration=minutes,
        windows=windows_of(row, plan, days),
        avoid=tuple(one for one in wishes if one.cost and one.day in days),
        persons=tuple(f"orang-{one.number}" for one in row.shared_persons.all()),
    )


def windows_of(row: Nomination, plan: NomineePlan, days: Collection[str]) -> tuple[Span, ...]:
    """Return when the nominee can come on ``days``: the own windows, from the arrival on; empty: at any time.

    Who can come on none of these days has one window that holds nothing.
    """
    rows = (one for one in row.interview_spans.all() if one.kind == NomineeSpanKind.WINDOW)
    windows = [(one.day.isoformat(), one.start, one.end) for one in rows]
    if not windows and plan.arrives_on is None:
        return ()
    arrival = (plan.arrives_on.isoformat(), plan.arrives_at) if plan.arrives_on else ("", 0)
    found = []
    for day, start, end in windows or [(day, 0, MIDNIGHT) for day in sorted(days)]:
        first = max(start, arrival[1]) if day == arrival[0] else start
        if day in days and day >= arrival[0] and first < end:
            found.append(Span(day, first, end))
    never = tuple(Span(day, 0, 1) for day in sorted(days)[:1])
    return tuple(found) or never


def placement_of(interview: Interview, round: Round) -> Placement:
    """Return where ``interview`` is, with the seats that are expected or came. Reads prefetched attendances."""
    placing = placing_of(interview)
    starts = interview.starts_at.astimezone(round.zone)
    seats = [row.seat.code for row in interview.attendances.all() if row.seat_id in placing.seats]
    start = starts.hour * 60 + starts.minute
    day = starts.date().isoformat()
    return Placement(_number(interview.nomination), day, start, interview.room.name, tuple(sorted(seats)))


def _without_usual_minutes(nominees: Iterable[Nominee], material: Material) -> tuple[Nominee, ...]:
    """Leave out the minutes of those that take as long as their category says: they change with it."""
    usual = {one.code: category_of(one, 0, 0).duration for one in material.categories}
    return tuple(replace(one, duration=None) if one.duration == usual[one.category] else one for one in nominees)


def _minutes(interview: Interview) -> int:
    return int((interview.ends_at - interview.starts_at).total_seconds()) // 60


def _number(nomination: Nomination) -> str:
    return str(nomination.number)
