"""What of a schedule is open to a search, and time as cells: a row is a room on a day, cut into steps of equal length.

Everything that occupies a room begins and ends on a step, so that no two interviews overlap exactly if no cell is taken
twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import reduce
from math import gcd

from .problem import Nominee, Placement, Problem, Slot
from .slots import open_slots

Row = tuple[str, str]  # room and day


@dataclass(frozen=True, slots=True)
class Scope:
    """What a search may change.

    ``rows``: only these (None: all); ``fixed``: interviews in other rows, which count but stay. ``slots``: nominees who
    may be met nowhere else. ``past``: nominees whose interview stands as in ``slots`` and the pins whatever the rules
    about one interview say. ``price``: of leaving a nominee of the open rows out; 0: nobody may be left out.
    """

    rows: frozenset[Row] | None = None
    fixed: tuple[Placement, ...] = ()
    slots: Mapping[str, frozenset[Slot]] = field(default_factory=dict)
    past: frozenset[str] = frozenset()
    price: int = 0


@dataclass(frozen=True, slots=True)
class Candidate:
    """An interview that may be held: it occupies cells ``first`` to before ``last`` of its day; ``end`` is a minute."""

    nominee: Nominee
    slot: Slot
    first: int
    last: int
    end: int

    @property
    def row(self) -> Row:
        """Room and day."""
        return self.slot.room, self.slot.day


class Layout:
    """Rows, cells and candidates of ``problem`` within ``scope``."""

    def __init__(self, problem: Problem, scope: Scope) -> None:
        self.problem = problem
        self.scope = scope
        every = rows_of(problem)
        self.rows = [row for row in every if scope.rows is None or row in scope.rows]
        self.days = [day for day in problem.days if any(row[1] == day.id for row in self.rows)]
        self.step = reduce(gcd, _times(problem), problem.grid_min)
        self.cells = {day.id: self._cells(day.id) for day in self.days}
        self.fresh = {
            (day.id, session.start // self.step) for day in self.days for session in day.sessions
        }  # where nothing is carried over from the cell before
        placed = {one.nominee for one in scope.fixed}
        self.nominees = [one for one in problem.nominees if one.id not in placed]
        self.of = {one.id: list(self._candidates(one)) for one in self.nominees}
        self.begin: dict[tuple[Row, int], list[Candidate]] = defaultdict(list)
        self.cover: dict[tuple[Row, int], list[Candidate]] = defaultdict(list)
        for candidate in self.every():
            self.begin[candidate.row, candidate.first].append(candidate)
            for cell in range(candidate.first, candidate.last):
                self.cover[candidate.row, cell].append(candidate)

    def every(self) -> Iterator[Candidate]:
        """All candidates, by nominee."""
        for some in self.of.values():
            yield from some

    def span(self, placed: Placement) -> range:
        """The cells that ``placed`` occupies on its day."""
        return range(placed.start // self.step, -(-self.problem.occupied_until(placed) // self.step))

    def is_fresh(self, row: Row, cell: int) -> bool:
        """Whether a session begins with ``cell``."""
        return (row[1], cell) in self.fresh

    def _cells(self, day: str) -> list[int]:
        sessions = sorted(self.problem.day[day].sessions, key=lambda one: one.start)
        return [cell for one in sessions for cell in range(one.start // self.step, one.end // self.step)]

    def _candidates(self, nominee: Nominee) -> Iterator[Candidate]:
        only = self.scope.slots.get(nominee.id)
        rows = set(self.rows)
        slots: Iterable[Slot] = open_slots(self.problem, nominee)
        if only is not None and nominee.id in self.scope.past:
            slots = only
        for slot in slots:
            if (slot.room, slot.day) in rows and (only is None or slot in only):
                cells = self.span(Placement(nominee.id, slot.day, slot.start, slot.room))
                end = slot.start + self.problem.duration(nominee.id)
                yield Candidate(nominee, slot, cells.start, cells.stop, end)


def rows_of(problem: Problem) -> list[Row]:
    """All rows, by day."""
    return [(room.id, day.id) for day in problem.days for room in problem.rooms]


def _times(problem: Problem) -> Iterator[int]:
    for nominee in problem.nominees:
        yield problem.duration(nominee.id) + problem.category_of(nominee.id).buffer
    for day in problem.days:
        for session in day.sessions:
            yield session.start
            yield session.end
