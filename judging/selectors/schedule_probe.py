"""What would be if an interview of the draft were somewhere else: what it breaks, who would sit, what it costs.

The same rules as for the act itself, asked about the one interview alone. A card that is dragged asks again and again:
of other nominees only what the rules and wishes want to know is read, without a row object each.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property

from django.db.models import Q

from judging.core.scheduling import check
from judging.core.scheduling.board import Board, Violation
from judging.core.scheduling.diary import Crew, Diary
from judging.core.scheduling.hand import Clash
from judging.core.scheduling.problem import ONLINE, ONSITE, Nominee, Placement, Problem, Session, Severity
from judging.core.scheduling.rules import MEMBER_CODES
from judging.core.scheduling.wishes import WISHES
from judging.models import Attendance, CategoryPlan, Interview, InterviewState, Presence, Room, SharedPerson
from nominees.models import Nomination, Round

from .interviews import Placing
from .schedule import NamedViolation, named, together
from .schedule_hand import clash_of, problem_by_hand
from .schedule_material import Material, material_of, settings_of
from .scheduling_problem import MIDNIGHT, nominee_of, weights_of

STOPPING = (Severity.FORBIDDEN, Severity.CONFIRM)


@dataclass(frozen=True, slots=True)
class Seated:
    """Where an interview is now. ``placed``: codes of the seats placed there, ``absent`` those that will not come."""

    placement: Placement
    minutes: int
    version: int
    placed: frozenset[str]
    absent: frozenset[str]


@dataclass(frozen=True, slots=True)
class Probe:
    """An interview as it would be.

    ``seats``: ids of all that would be placed; ``come`` and ``gone`` are names of those that would be others than now
    (a new interview has none). ``cost`` is what the wishes would cost more (negative: less) than now.
    """

    nomination: Nomination
    room: Room
    starts_at: datetime
    ends_at: datetime
    seats: tuple[int, ...]
    come: tuple[str, ...]
    gone: tuple[str, ...]
    violations: tuple[NamedViolation, ...]
    cost: int

    @property
    def worst(self) -> Severity | None:
        """The gravest of what would be broken."""
        levels = {one.severity for one in self.violations}
        return next((level for level in Severity if level in levels), None)


@dataclass(frozen=True)
class Ground:
    """What a probe rests on: the material with ``nomination`` alone, everybody else as the core needs them."""

    round: Round
    material: Material
    is_begun: bool
    nomination: Nomination
    others: tuple[Placement, ...]
    now: Seated | None
    nominees: tuple[Nominee, ...]

    @cached_property
    def minutes(self) -> int:
        """How long the interview takes: as placed, otherwise as its category says."""
        if self.now is not None:
            return self.now.minutes
        category = next(one for one in self.material.categories if one.pk == self.nomination.category_id)
        return (getattr(category, "interview_plan", None) or CategoryPlan()).duration

    def problem(self, room: Room, day: str) -> Problem:
        """The problem that people are asked about, with the nominee met in ``room`` on ``day``."""
        days = {one.day for one in self.others} | {day}
        mine = nominee_of(self.nomination, sorted(days | {one.isoformat() for one in self.material.days}), self.minutes)
        if not hasattr(self.nomination, "interview_plan"):
            mine = replace(mine, mode=ONSITE if room.is_onsite else ONLINE)
        problem = problem_by_hand(self.material, days, (*self.nominees, mine))
        levels = dict(problem.levels) if self.is_begun else {**problem.levels, "off_grid": Severity.IGNORED}
        return replace(problem, weights=weights_of(self.material.settings), levels=levels)


def ground_of(round: Round, nomination: Nomination) -> Ground:
    """Return what probes of ``nomination`` in ``round`` rest on. The same number of queries for any number of rows."""
    settings = settings_of(round)
    material = material_of(round, settings, only=[nomination.pk])
    seated = dict(_seated(round, nomination))
    now = seated.pop(nomination.number, None)
    return Ground(
        round=round,
        material=material,
        is_begun=settings is not None,
        nomination=material.nominations[0],
        others=tuple(one.placement for one in seated.values()),
        now=now,
        nominees=tuple(_nominees(round, nomination, {number: one.minutes for number, one in seated.items()})),
    )


def _seated(round: Round, nomination: Nomination) -> Iterator[tuple[int, Seated]]:
    """Yield the interviews by number of the nomination; those that are no span of a day are left out."""
    placed: dict[int, set[str]] = defaultdict(set)
    absent: dict[int, set[str]] = defaultdict(set)
    seats = Attendance.objects.filter(interview__round=round).order_by()
    for pk, code, presence in seats.values_list("interview_id", "seat__code", "presence"):
        placed[pk].add(code)
        if presence == Presence.ABSENT:
            absent[pk].add(code)
    zone = round.zone
    there = Q(nomination=nomination) | ~Q(state=InterviewState.NO_SHOW)  # nobody came: the place is free for others
    rows = Interview.objects.filter(there, round=round).order_by("starts_at", "pk")
    columns = ("pk", "nomination__number", "room__name", "starts_at", "ends_at", "version")
    for pk, number, room, starts_at, ends_at, version in rows.values_list(*columns):
        starts, minutes = starts_at.astimezone(zone), (ends_at - starts_at) // timedelta(minutes=1)
        start = starts.hour * 60 + starts.minute
        if minutes > 0 and start + minutes <= MIDNIGHT:
            members = tuple(sorted(placed[pk] - absent[pk]))
            placement = Placement(str(number), starts.date().isoformat(), start, room, members)
            yield number, Seated(placement, minutes, version, frozenset(placed[pk]), frozenset(absent[pk]))


def _nominees(round: Round, without: Nomination, minutes: dict[int, int]) -> Iterator[Nominee]:
    """Yield everybody who has an interview, except one: what others must be asked about is not when they can come."""
    persons: dict[int, list[str]] = defaultdict(list)
    shared = SharedPerson.nominations.through.objects.filter(sharedperson__round=round).order_by()
    for nomination, number in shared.values_list("nomination_id", "sharedperson__number"):
        persons[nomination].append(f"orang-{number}")
    rows = Nomination.objects.filter(round=round, interview__isnull=False).exclude(pk=without.pk).order_by("number")
    columns = (
        "pk", "number", "category__code", "nominee__region__code", "interview_plan__is_online",
        "interview__room__is_onsite",
    )  # fmt: skip
    for pk, number, category, region, is_online, room_is_onsite in rows.values_list(*columns):
        if number in minutes:
            online = is_online if is_online is not None else not room_is_onsite
            mode = ONLINE if online else ONSITE
            yield Nominee(str(number), category, region[:5], mode, minutes[number], persons=tuple(sorted(persons[pk])))


def probe(ground: Ground, room: Room, day: date, start: int, seats: Collection[int] | None = None) -> Probe:
    """Return the interview in ``room``, ``start`` minutes after the midnight of ``day``. One query.

    ``seats``: ids of who shall sit; otherwise those that sit now, as far as they can, or the panel that suits best.
    """
    number, now = str(ground.nomination.number), ground.now
    codes = {seat.pk: seat.code for seat in ground.material.seats}
    absent = now.absent if now else frozenset()
    chosen = now.placed if seats is None and now else frozenset(codes[one] for one in seats or () if one in codes)
    problem = ground.problem(room, day.isoformat())
    placed = Placement(number, day.isoformat(), start, room.name, tuple(sorted(chosen - absent)))
    if seats is None and (panel := _panel(problem, ground.others, placed, fresh=now is None)) is not None:
        chosen = panel | absent
        placed = replace(placed, members=tuple(sorted(panel)))
    starts_at = datetime.combine(day, time(), ground.round.zone) + timedelta(minutes=start)
    found = Placing(
        ground.nomination, room, starts_at, starts_at + timedelta(minutes=ground.minutes),
        frozenset(pk for pk, code in codes.items() if code in chosen),
    )  # fmt: skip
    return Probe(
        nomination=ground.nomination,
        room=room,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        seats=tuple(sorted(found.seats)),
        come=_names(ground.material, chosen - now.placed) if now else (),
        gone=_names(ground.material, now.placed - chosen) if now else (),
        violations=_named(ground, found, _broken(problem, ground.others, placed)),
        cost=_dearer(problem, ground.others, now.placement if now else None, placed),
    )


def _broken(problem: Problem, others: Iterable[Placement], placed: Placement) -> tuple[Violation, ...]:
    """Return what ``placed`` breaks beside ``others``; no rule about one interview looks at another day."""
    if placed.start + problem.duration(placed.nominee) > MIDNIGHT:
        return (Violation("ends_before_start", nominees=(placed.nominee,)),)
    day = [other for other in others if other.day == placed.day]
    return check.broken_by(Board(problem, day), placed)


def _panel(problem: Problem, others: Iterable[Placement], placed: Placement, *, fresh: bool) -> frozenset[str] | None:
    """Return who should sit there instead; ``None`` where those of now can, or too few others."""
    day = [one for one in others if one.day == placed.day]
    found = () if fresh else _broken(problem, day, placed)
    if not fresh and not any(one.code in MEMBER_CODES and one.severity in STOPPING for one in found):
        return None
    able = check.able(Board(problem, day), placed.nominee, placed.slot)
    if fresh:
        return frozenset(able)
    chosen = set(_crew(problem, day, placed) or (one for one in placed.members if one in able))
    # As many as before: the core's choice ends where quorum and wishes are satisfied.
    rest = [one for one in able if one not in chosen]
    chosen |= set(rest[: max(0, len(placed.members) - len(chosen))])
    return frozenset(chosen) if len(chosen) >= problem.category_of(placed.nominee).quorum else None


def _crew(problem: Problem, day: Iterable[Placement], placed: Placement) -> frozenset[str] | None:
    """Return a panel that keeps every rule, with as many as possible of who sits there now; ``None``: none does."""
    sessions = problem.day[placed.day]
    end, until = problem.end(placed), problem.occupied_until(placed)
    if sessions.session_of(placed.start, end) is None:
        return None
    diary = Diary(problem)
    for one in day:
        held = sessions.session_of(one.start, problem.end(one)) or Session("", one.start, problem.occupied_until(one))
        diary.place(one, held)
    free = diary.free_members(problem.nominee[placed.nominee], placed.day, placed.start, end, until)
    size, category = len(placed.members), problem.category_of(placed.nominee)
    crew = Crew(diary, size, spare=False)
    return crew.choose(category, free, placed.members, placed.day, placed.start, until, size)


def _dearer(problem: Problem, others: Collection[Placement], now: Placement | None, then: Placement) -> int:
    """Return what the wishes cost more with ``then`` than with ``now``.

    Whatever a wish counts of other days, categories and regions is the same on both sides, but for the loads.
    """
    mine = problem.nominee[then.nominee]
    days = {then.day, now.day if now else then.day}

    def matters(one: Placement) -> bool:
        other = problem.nominee[one.nominee]
        return one.day in days or other.category == mine.category or other.region == mine.region

    near = [one for one in others if matters(one)]
    dearer = 0
    for name, wish in WISHES.items():
        if weight := problem.weights.get(name, 0):
            around = others if name == "load_range" else near
            before = [*around, *([now] if now else [])]
            dearer += weight * (wish(problem, [*around, then]) - wish(problem, before))
    return dearer


def _named(ground: Ground, placing: Placing, found: Collection[Violation]) -> tuple[NamedViolation, ...]:
    """Name what was ``found``; the other nominees that it concerns are read now."""
    numbers = {int(number) for one in found for number in one.nominees}
    rows = Interview.objects.filter(round=ground.round, nomination__number__in=numbers)
    told = {
        one.nomination_id: Placing(one.nomination, one.room, one.starts_at, one.ends_at, frozenset())
        for one in rows.select_related("nomination__nominee", "nomination__category", "room")
    }
    told[placing.nomination.pk] = placing
    nominations = tuple(one.nomination for one in told.values())
    persons = replace(ground.material, nominations=nominations)
    names = {seat.pk: seat.name for seat in ground.material.seats}
    clashes: list[Clash] = [clash_of(one, persons) for one in found]
    return together(named(one, told, names, ground.round) for one in clashes)


def _names(material: Material, codes: Collection[str]) -> tuple[str, ...]:
    return tuple(seat.name for seat in material.seats if seat.code in codes)
