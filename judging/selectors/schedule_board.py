"""What the secretariat's board shows of the draft: days, one of them as a table, who waits, who sits how long.

The released schedule is only compared with: a card tells whether its people were told something else.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from judging.core.scheduling.problem import Severity
from judging.models import InterviewState, ReleasedInterview, Room, ScheduleRelease
from nominees.models import SCORED, Category, Nomination, Round

from .schedule import NamedViolation
from .schedule_draft import Draft, Drafted, draft_of
from .schedule_grid import Grid, grid_of
from .schedule_material import interview_dates

#: How many colours categories are told apart by, beside their names.
COLOURS = 8
Told = tuple[int, datetime, datetime, frozenset[int]]


@dataclass(frozen=True, slots=True)
class Card:
    """An interview on the board. ``until`` includes the buffer; ``news``: "new" or "changed" since the release."""

    interview: Drafted
    day: date
    start: int
    end: int
    until: int
    colour: int
    problems: tuple[NamedViolation, ...]
    news: str

    @property
    def room_id(self) -> int:
        """In which column it stands."""
        return self.interview.room.pk

    @property
    def worst(self) -> Severity | None:
        """The gravest of its problems."""
        return worst_of(self.problems)

    @property
    def is_fixed(self) -> bool:
        """Whether it stays where it is: locked, running, held, or nobody came."""
        return self.interview.is_locked or self.interview.state != InterviewState.PLANNED


@dataclass(frozen=True, slots=True)
class DayTab:
    """A day with its numbers; ``by_room``: interviews and their minutes, by room."""

    day: date
    interviews: int
    problems: int
    worst: Severity | None
    by_room: tuple[tuple[int, int], ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Load:
    """How many minutes a seat is occupied on each of the days, with whether that is beyond the limit, and in all."""

    seat: str
    minutes: tuple[tuple[int, bool], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A nominee without an interview; ``was_released``: people were told of one."""

    nomination: Nomination
    colour: int
    minutes: int
    was_released: bool


@dataclass(frozen=True)
class ScheduleBoard:
    """Everything on the board. ``release``: the number of the latest, ``changed``: interviews that differ from it."""

    draft: Draft
    days: tuple[DayTab, ...]
    rooms: tuple[Room, ...]
    shown: date | None
    grid: Grid[Card] | None
    cards: tuple[Card, ...]
    unplaced: tuple[Waiting, ...]
    loads: tuple[Load, ...]
    problems: tuple[NamedViolation, ...]
    categories: tuple[tuple[Category, int], ...]
    release: int | None
    changed: int

    @property
    def seats(self) -> int:
        """How many seats the panel has."""
        return len(self.draft.material.seats)

    @property
    def step(self) -> int:
        """Every how many minutes an interview may start."""
        return self.draft.material.settings.grid_min

    @property
    def limit(self) -> int | None:
        """How many minutes a seat may be occupied a day."""
        return self.draft.material.settings.max_minutes_per_day

    def on(self, day: date) -> "ScheduleBoard":
        """Return the same board with another day as its table. No query."""
        return replace(self, shown=day, grid=_grid(self.draft, day, self.cards))


def worst_of(problems: tuple[NamedViolation, ...]) -> Severity | None:
    """Return the gravest level among ``problems``."""
    levels = {one.severity for one in problems}
    return next((level for level in Severity if level in levels), None)


def schedule_board(round: Round, *, shown: date | None = None, today: date | None = None) -> ScheduleBoard:
    """Return the board of ``round`` with the day ``shown``; otherwise ``today``, or the first with interviews, or any.

    The same number of queries for any number of rows.
    """
    draft = draft_of(round)
    problems = draft.violations()
    release, told = _released(round)
    colours = {one.pk: number % COLOURS for number, one in enumerate(draft.material.categories)}
    cards = _cards(draft, problems, colours, told, is_released=release is not None)
    days = _days(draft, cards)
    day = _chosen(days, cards, shown, today)
    unplaced = _unplaced(draft, colours, told)
    return ScheduleBoard(
        draft=draft,
        days=tuple(_tab(draft, one, cards, is_shown=one == day) for one in days),
        rooms=draft.material.rooms,
        shown=day,
        grid=_grid(draft, day, cards) if day else None,
        cards=cards,
        unplaced=unplaced,
        loads=_loads(draft, days, cards),
        problems=problems,
        categories=tuple((one, colours[one.pk]) for one in draft.material.categories),
        release=release,
        changed=sum(bool(card.news) for card in cards) + sum(one.was_released for one in unplaced),
    )


def _chosen(days: tuple[date, ...], cards: tuple[Card, ...], shown: date | None, today: date | None) -> date | None:
    for wanted in (shown, today):
        if wanted in days:
            return wanted
    return min((card.day for card in cards), default=days[0] if days else None)


def _days(draft: Draft, cards: tuple[Card, ...]) -> tuple[date, ...]:
    """Days with sessions or interviews, or every day of the round while there are no sessions."""
    open_days = draft.material.days or interview_dates(draft.round)
    return tuple(sorted({*open_days, *(card.day for card in cards)}))


def _released(round: Round) -> tuple[int | None, dict[int, Told]]:
    """Return the number of the latest release and what it says, by nomination. Three queries."""
    latest = ScheduleRelease.objects.filter(round=round).order_by("-number").first()
    rows = ReleasedInterview.objects.filter(release=latest)
    seats: dict[int, set[int]] = defaultdict(set)
    through = ReleasedInterview.seats.through.objects.filter(releasedinterview__release=latest).order_by()
    for pk, seat in through.values_list("releasedinterview_id", "seat_id"):
        seats[pk].add(seat)
    told = {
        nomination: (room, starts_at, ends_at, frozenset(seats[pk]))
        for pk, nomination, room, starts_at, ends_at in rows.values_list(
            "pk", "nomination_id", "room_id", "starts_at", "ends_at"
        )
    }
    return (latest.number if latest else None), told


def _cards(
    draft: Draft,
    problems: tuple[NamedViolation, ...],
    colours: Mapping[int, int],
    told: Mapping[int, Told],
    *,
    is_released: bool,
) -> tuple[Card, ...]:
    concerned: dict[int, list[NamedViolation]] = defaultdict(list)
    for problem in problems:
        for nomination in dict.fromkeys(problem.nominations):
            concerned[nomination].append(problem)
    until = {int(one.nominee): draft.asked.problem.occupied_until(one) for one in draft.asked.placements}
    cards = []
    for one in draft.interviews:
        day, start, end = draft.span(one)
        now = (one.room.pk, one.starts_at, one.ends_at, one.placed)
        before = told.get(one.nomination.pk)
        news = "" if not is_released or before == now else "changed" if before else "new"
        cards.append(
            Card(
                one, day, start, end, max(end, until.get(one.nomination.number, end)),
                colours[one.nomination.category_id], tuple(concerned[one.nomination.pk]), news,
            )
        )  # fmt: skip
    return tuple(cards)


def _tab(draft: Draft, day: date, cards: tuple[Card, ...], *, is_shown: bool) -> DayTab:
    there = [card for card in cards if card.day == day]
    troubled = [card for card in there if card.problems]
    minutes: Counter[int] = Counter()
    number: Counter[int] = Counter()
    for card in there:
        minutes[card.room_id] += card.end - card.start
        number[card.room_id] += 1
    return DayTab(
        day=day,
        interviews=len(there),
        problems=len(troubled),
        worst=worst_of(tuple(problem for card in troubled for problem in card.problems)),
        by_room=tuple((number[room.pk], minutes[room.pk]) for room in draft.material.rooms),
        is_shown=is_shown,
    )


def _grid(draft: Draft, day: date, cards: tuple[Card, ...]) -> Grid[Card]:
    sessions = [(one.start, one.end) for one in draft.material.sessions if one.day == day]
    if draft.material.sessions and not sessions:
        sessions = [(0, 0)]  # a day on which nothing is held: all of it is a gap
    closures = [
        (room.pk, one.start, one.end) for room in draft.material.rooms for one in room.closures.all() if one.day == day
    ]
    rooms = [room.pk for room in draft.material.rooms]
    return grid_of(rooms, sessions, closures, [card for card in cards if card.day == day])


def _loads(draft: Draft, days: tuple[date, ...], cards: tuple[Card, ...]) -> tuple[Load, ...]:
    minutes: Counter[tuple[int, date]] = Counter()
    for card in cards:
        for seat in card.interview.seats:
            minutes[seat, card.day] += card.until - card.start
    limit = draft.material.settings.max_minutes_per_day
    return tuple(
        Load(
            seat=seat.name,
            minutes=tuple((minutes[seat.pk, day], limit is not None and minutes[seat.pk, day] > limit) for day in days),
            total=sum(minutes[seat.pk, day] for day in days),
        )
        for seat in draft.material.seats
    )


def _unplaced(draft: Draft, colours: Mapping[int, int], told: Mapping[int, Told]) -> tuple[Waiting, ...]:
    """Nominees that the panel meets and that have no interview, by category and number."""
    plans = {one.pk: getattr(one, "interview_plan", None) for one in draft.material.categories}
    order = {one.pk: number for number, one in enumerate(draft.material.categories)}
    found = [one for one in draft.material.nominations if one.pk not in draft.interview_of and one.status in SCORED]
    return tuple(
        Waiting(
            nomination=one,
            colour=colours[one.category_id],
            minutes=plan.duration if (plan := plans[one.category_id]) else 30,
            was_released=one.pk in told,
        )
        for one in sorted(found, key=lambda one: (order[one.category_id], one.number))
    )
