"""The schedule that people place by hand, asked by the same rules: ids are numbers, times aware, days few words.

It has no sessions, no buffer and no limits yet: an interview may lie anywhere on a day of the round, and too small a
panel is a warning.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from . import check
from .board import Violation
from .problem import Category, Day, Member, Nominee, Placement, Problem, Room, Session, Severity

ALL_DAY: Final = 24 * 60
LEVELS: Final = {"below_quorum": Severity.WARNING, "unplaced": Severity.IGNORED}


@dataclass(frozen=True, slots=True)
class Sitting:
    """One nominee's interview: ``day`` is the local day of ``starts``, ``last_day`` that of ``ends``."""

    nominee: int
    room: int
    day: date
    last_day: date
    starts: datetime
    ends: datetime
    seats: frozenset[int] = frozenset()

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return (self.ends - self.starts) // timedelta(minutes=1)

    @property
    def holds(self) -> bool:
        """Whether it ends after it starts, on the same day: otherwise it is no span of a day at all."""
        return self.minutes > 0 and self.last_day == self.day


@dataclass(frozen=True, slots=True)
class Schedule:
    """All interviews of a round with what the rules need: its days, its quorum, who may not judge whom."""

    sittings: tuple[Sitting, ...]
    first_day: date | None = None
    last_day: date | None = None
    quorum: int = 0
    recused: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    """Pairs of seat and nominee."""

    def is_open(self, day: date) -> bool:
        """Whether interviews are held on ``day``."""
        too_early = self.first_day is not None and day < self.first_day
        return not too_early and not (self.last_day is not None and day > self.last_day)


@dataclass(frozen=True, slots=True)
class Clash:
    """A rule that does not hold: its code, the nominees whose interviews it concerns, ids, numbers, names as facts."""

    code: str
    severity: Severity
    nominees: tuple[int, ...]
    facts: Mapping[str, int | str]


def violations(schedule: Schedule) -> tuple[Clash, ...]:
    """Everything that breaks a rule, in the order of the rules; nothing for a schedule that holds.

    An interview that ends before it starts, or on another day, is told as ``ends_before_start`` and as nothing else.
    """
    sound = [sitting for sitting in schedule.sittings if sitting.holds]
    first = {day: min(one.starts for one in row) for day, row in _by_day(sound).items()}
    placed = [_placement(sitting, first[sitting.day]) for sitting in sound]
    return (*_misshapen(schedule), *(_clash(found) for found in check.violations(_problem(schedule, sound), placed)))


def _misshapen(schedule: Schedule) -> Iterator[Clash]:
    for sitting in schedule.sittings:
        if not sitting.holds:
            yield Clash("ends_before_start", Severity.FORBIDDEN, (sitting.nominee,), {})


def _problem(schedule: Schedule, sittings: Iterable[Sitting]) -> Problem:
    days = sorted({sitting.day for sitting in sittings})
    minutes: dict[int, int] = {}
    for sitting in sittings:
        minutes[sitting.nominee] = max(sitting.minutes, minutes.get(sitting.nominee, 0))
    seats = sorted({seat for sitting in sittings for seat in sitting.seats})
    open_all_day = (Session("", 0, ALL_DAY),)
    return Problem(
        days=tuple(Day(day.isoformat(), open_all_day if schedule.is_open(day) else ()) for day in days),
        categories=(Category("", ALL_DAY, quorum=schedule.quorum),),
        rooms=tuple(Room(_id(room)) for room in sorted({sitting.room for sitting in sittings})),
        members=tuple(Member(_id(seat), recused=_recused(schedule, seat)) for seat in seats),
        nominees=tuple(Nominee(_id(nominee), "", duration=minutes[nominee]) for nominee in sorted(minutes)),
        levels=LEVELS,
    )


def _by_day(sittings: Iterable[Sitting]) -> dict[date, list[Sitting]]:
    found: dict[date, list[Sitting]] = defaultdict(list)
    for sitting in sittings:
        found[sitting.day].append(sitting)
    return found


def _placement(sitting: Sitting, first: datetime) -> Placement:
    """Minutes count from the ``first`` interview of the day: no rule here asks what the clock says."""
    start = (sitting.starts - first) // timedelta(minutes=1)
    seats = tuple(map(_id, sorted(sitting.seats)))
    return Placement(_id(sitting.nominee), sitting.day.isoformat(), start, _id(sitting.room), seats)


def _recused(schedule: Schedule, seat: int) -> frozenset[str]:
    return frozenset(_id(nominee) for one, nominee in schedule.recused if one == seat)


def _clash(found: Violation) -> Clash:
    facts: dict[str, int | str] = {key: value for key, value in found.facts.items() if isinstance(value, int)}
    if found.members:
        facts["seat"] = int(found.members[0])
    elif found.code == "room_taken" and found.room is not None:
        facts["room"] = int(found.room)
    return Clash(found.code, found.severity, tuple(map(int, found.nominees)), facts)


def _id(number: int) -> str:
    """Sorts as the number does."""
    return f"{number:019d}"
