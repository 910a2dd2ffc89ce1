"""A session of a room as one thing, and nominees by what they ask of it: what ``bounds`` and ``sequence`` stand on."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, reduce
from math import gcd
from typing import NamedTuple

from .problem import ONSITE, Member, Nominee, Problem, Session, Severity, Slot, Span
from .rules import RULES
from .slots import open_slots


class Sitting(NamedTuple):
    """A session of a room; it begins when the first interview could."""

    room: str
    day: str
    session: Session

    @property
    def row(self) -> tuple[str, str]:
        """Room and day."""
        return self.room, self.day


Place = tuple[Sitting, int]  # in the order of interviews, from 0


@dataclass(eq=False, slots=True)
class Party:
    """Nominees of one sort and region, and what being met in each sitting open to them costs at least."""

    nominees: tuple[Nominee, ...]
    region: str
    price: Mapping[Sitting, int]


@dataclass(eq=False, slots=True)
class Sort:
    """What is alike to those who sit: category, minutes, conflicts of interest."""

    category: str
    duration: int
    buffer: int
    recused: frozenset[str]
    parties: tuple[Party, ...]

    @property
    def occupied(self) -> int:
        """Minutes with the buffer."""
        return self.duration + self.buffer


class Sittings:
    """All sittings of ``problem``, who could be met in them, and what may be asked of members there."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.longest_buffer = max((one.buffer for one in problem.categories), default=0)
        slots = {one.id: list(open_slots(problem, one)) for one in problem.nominees}
        self._places = self._sittings({slot for some in slots.values() for slot in some})
        self.prices = {one.id: self._price(one, slots[one.id]) for one in problem.nominees}
        self.sorts = list(self._sorts())

    def is_hard(self, code: str) -> bool:
        """Whether a schedule that breaks the rule ``code`` is not to be proposed."""
        shipped = next(rule.severity for rule in RULES if rule.code == code)
        return self.problem.levels.get(code, shipped) in (Severity.FORBIDDEN, Severity.CONFIRM)

    @cached_property
    def every(self) -> list[Sitting]:
        """Those in which somebody could be met, by day, room and time."""
        days = {day.id: number for number, day in enumerate(self.problem.days)}
        found = {sitting for price in self.prices.values() for sitting in price}
        return sorted(found, key=lambda one: (days[one.day], one.room, one.session.start))

    @cached_property
    def rows(self) -> dict[tuple[str, str], list[Sitting]]:
        """By room and day."""
        found: dict[tuple[str, str], list[Sitting]] = defaultdict(list)
        for one in self.every:
            found[one.row].append(one)
        return found

    @cached_property
    def sorts_in(self) -> dict[Sitting, list[Sort]]:
        """Who could be met in each."""
        return {
            sitting: [sort for sort in self.sorts if any(sitting in party.price for party in sort.parties)]
            for sitting in self.every
        }

    def open(self, sitting: Sitting) -> int:
        """Minutes in which its room is open, the last buffer not counted."""
        return self._outside(self.problem.room[sitting.room].unavailable, sitting)

    def there(self, member: Member, sitting: Sitting) -> int:
        """Minutes of it that ``member`` can be occupied in, the last buffer not counted."""
        return self._outside(member.unavailable if self.is_hard("member_unavailable") else (), sitting)

    def _outside(self, closed: Collection[Span], sitting: Sitting) -> int:
        """A buffer may lie in closed time, but not after the session."""
        session = sitting.session
        found, at = 0, session.start
        touched = [span for span in closed if span.touches(sitting.day, session.start, session.end)]
        for span in sorted(touched, key=lambda one: one.start):
            if span.start > at:
                found += min(span.start + self.longest_buffer, session.end) - at
            at = max(at, span.end)
        return found + max(session.end - at, 0)

    def keeps_away(self, member: Member, sitting: Sitting, sort: Sort) -> bool:
        """Whether ``member`` can be in no interview of ``sort`` there, at whatever time."""
        if member.id in sort.recused and self.is_hard("recused_seat_placed"):
            return True
        if not member.unavailable or not self.is_hard("member_unavailable"):
            return False
        grid, session = self.problem.grid_min, sitting.session
        starts = range(session.start, session.end - sort.duration + 1, grid)
        return all(
            any(span.touches(sitting.day, start, start + sort.duration) for span in member.unavailable)
            for start in starts
        )

    def size(self, sitting: Sitting) -> int:
        """How many could be met there."""
        shortest = min(sort.occupied for sort in self.sorts_in[sitting])
        longest = max(sort.buffer for sort in self.sorts_in[sitting])
        return max(1, min((self.open(sitting) + longest) // shortest, len(self.problem.nominees)))

    @cached_property
    def step(self) -> int:
        """What all times are multiples of."""
        times = [self.problem.grid_min, *(one.occupied for one in self.sorts)]
        times += [time for one in self.every for time in (one.session.start, one.session.end)]
        return reduce(gcd, times)

    def alike(self) -> Iterator[tuple[list[Sitting], list[Sitting]]]:
        """Rows of a day that could take each other's place, in pairs of neighbours."""
        by_day: dict[str, list[list[Sitting]]] = defaultdict(list)
        for (_room, day), some in self.rows.items():
            by_day[day].append(some)
        parties = [party for sort in self.sorts for party in sort.parties]
        for rows in by_day.values():
            seen: dict[object, list[Sitting]] = {}
            for row in rows:
                closed = tuple(span for span in self.problem.room[row[0].room].unavailable if span.day == row[0].day)
                prices = tuple(tuple(party.price.get(sitting) for party in parties) for sitting in row)
                key = tuple(one.session for one in row), closed, prices
                if key in seen:
                    yield seen[key], row
                seen[key] = row

    def _sittings(self, slots: set[Slot]) -> dict[Slot, Sitting]:
        begin: dict[tuple[str, str, str], int] = {}
        session_of = {
            (day.id, minute): session
            for day in self.problem.days
            for session in day.sessions
            for minute in range(session.start, session.end)
        }
        for slot in slots:
            key = slot.room, slot.day, session_of[slot.day, slot.start].id
            begin[key] = min(slot.start, begin.get(key, slot.start))
        found = {}
        for slot in slots:
            session = session_of[slot.day, slot.start]
            first = begin[slot.room, slot.day, session.id]
            found[slot] = Sitting(slot.room, slot.day, Session(session.id, first, session.end))
        return found

    def _price(self, one: Nominee, slots: list[Slot]) -> dict[Sitting, int]:
        """The least that an interview of ``one`` itself costs in each sitting."""
        weigh, old = self.problem.weights.get, self.problem.former.get(one.id)
        duration = self.problem.duration(one.id)
        found: dict[Sitting, int] = {}
        for slot in slots:
            end = slot.start + duration
            price = weigh("preference", 0) * sum(s.cost for s in one.avoid if s.touches(slot.day, slot.start, end))
            if old is not None and (old.day, old.start) != (slot.day, slot.start):
                price += weigh("move", 0)
            elif old is not None and old.room != slot.room:
                price += weigh("room_change", 0)
            sitting = self._places[slot]
            found[sitting] = min(price, found.get(sitting, price))
        return found

    def _sorts(self) -> Iterator[Sort]:
        recused: dict[str, set[str]] = defaultdict(set)
        for member in self.problem.members:
            for name in member.recused:
                recused[name].add(member.id)
        found: dict[tuple[str, int, frozenset[str]], dict[object, list[Nominee]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for one in self.problem.nominees:
            key = one.category, self.problem.duration(one.id), frozenset(recused[one.id])
            region = counted_region(one) if self.problem.weights.get("region_day") else ""
            found[key][region, tuple(self.prices[one.id].items())].append(one)
        for (category, duration, apart), groups in found.items():
            parties = tuple(
                Party(tuple(some), counted_region(some[0]), self.prices[some[0].id]) for some in groups.values()
            )
            yield Sort(category, duration, self.problem.category[category].buffer, apart, parties)


def counted_region(one: Nominee) -> str:
    """The region of a nominee that comes in person; '' if no region counts."""
    return one.region if one.mode == ONSITE else ""
