"""A problem as small whole numbers, for a search that asks millions of times.

Time is cut into equal cells so that everything that occupies a room or a member begins and ends with one; sets of cells
and of members are bits. A *run* is a room in one session: what follows each other there is what the wishes compare.
"""

from collections import defaultdict
from functools import cached_property, reduce
from math import gcd
from typing import NamedTuple

from .problem import ONSITE, Nominee, Problem
from .slots import open_rooms, open_starts


class Run(NamedTuple):
    """A room in one session; ``begin`` and ``end`` are cells, ``first`` is the first step of the grid."""

    room: int
    day: int
    session: str
    begin: int
    end: int
    first: int


class Former(NamedTuple):
    """Where somebody was in the baseline; a run is not enough, for a former room may be gone."""

    day: str
    start: int
    room: str
    panel: int
    others: int


class Terrain:
    """``problem`` in numbers: nominees, members, days and runs are counted from 0 in their order."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.unit = reduce(gcd, _times(problem), problem.grid_min)
        self.grid = problem.grid_min // self.unit
        self.days = [day.id for day in problem.days]
        self.members = [one.id for one in problem.members]
        self.names = [one.id for one in problem.nominees]
        self.number = {name: at for at, name in enumerate(self.names)}
        self.seat = {name: at for at, name in enumerate(self.members)}
        categories = {one.id: at for at, one in enumerate(problem.categories)}
        regions = {name: at for at, name in enumerate(sorted({one.region for one in problem.nominees} - {""}))}
        self.category = [categories[one.category] for one in problem.nominees]
        self.region = [regions[one.region] if one.region and one.mode == ONSITE else -1 for one in problem.nominees]
        self.length = [problem.duration(name) // self.unit for name in self.names]
        self.buffer = [problem.category_of(name).buffer // self.unit for name in self.names]
        self.runs: list[Run] = []
        self.rows: list[list[int]] = []  # runs of a room on a day, by time
        self.row_of: list[int] = []
        self._count_runs()
        self.recused = [self.panel(one.id for one in problem.members if name in one.recused) for name in self.names]
        self.balanced = [at for at, one in enumerate(problem.members) if one.balance]
        self._of_members()
        self._of_nominees()

    def panel(self, members: object) -> int:
        """Members as bits."""
        found = 0
        for one in members:  # type: ignore[attr-defined]
            found |= 1 << self.seat[one]
        return found

    def _count_runs(self) -> None:
        for room in range(len(self.problem.rooms)):
            for day, one in enumerate(self.problem.days):
                row: list[int] = []
                for session in sorted(one.sessions, key=lambda some: some.start):
                    row.append(len(self.runs))
                    self.row_of.append(len(self.rows))
                    begin, end = session.start // self.unit, session.end // self.unit
                    self.runs.append(Run(room, day, session.id, begin, end, -(-begin // self.grid) * self.grid))
                self.rows.append(row)

    def cells(self, start: int, end: int) -> int:
        """Every cell that shares a moment with the minutes from ``start`` to before ``end``."""
        first, last = start // self.unit, -(-end // self.unit)
        return (1 << max(last, 0)) - (1 << max(first, 0)) if last > first else 0

    def _of_members(self) -> None:
        """Cells in which members are away, by day, and what they bear."""
        number = {day: at for at, day in enumerate(self.days)}
        self.away = [[0] * len(self.members) for _ in self.days]
        for at, member in enumerate(self.problem.members):
            for span in member.unavailable:
                if span.start < span.end:
                    self.away[number[span.day]][at] |= self.cells(span.start, span.end)
        whole = 24 * 60
        limits = (self.problem.day_limit(one) for one in self.members)
        self.limit = [(whole if limit is None else limit) // self.unit for limit in limits]
        longest = self.problem.limits.max_continuous_min
        self.longest = None if longest is None else longest // self.unit
        self.pause = max(-(-self.problem.limits.min_break_min // self.unit), 1)

    def _of_nominees(self) -> None:
        """Open starts by run, as bits, shared by those that have the same; dear starts; persons; pins; baseline."""
        known: dict[tuple[object, ...], list[int]] = {}
        self.open: list[list[int]] = []
        self.dear: dict[int, dict[tuple[int, int], int]] = {}
        persons = sorted({name for one in self.problem.nominees for name in one.persons})
        seat = {name: at for at, name in enumerate(persons)}
        self.people = {at: tuple(seat[name] for name in one.persons) for at, one in enumerate(self.problem.nominees)}
        self.people = {at: some for at, some in self.people.items() if some}
        self.persons = len(persons)
        self.pinned: dict[int, int] = {}
        self.former: dict[int, Former] = {}
        for at, one in enumerate(self.problem.nominees):
            pin = self.problem.pin.get(one.id)
            key = one.mode, self.length[at], one.windows, None if pin is None else one.id
            if key not in known:
                known[key] = self._open(one)
            self.open.append(known[key])
            if one.avoid and self.problem.weights.get("preference"):
                self.dear[at] = self._dear(one)
            if pin is not None and pin.members is not None:
                self.pinned[at] = self.panel(name for name in pin.members if name in self.seat)
            self._remember(at, one)
        self.special = {*self.dear, *self.people, *self.pinned, *self.former}

    def _open(self, one: Nominee) -> list[int]:
        starts: dict[tuple[str, str], list[int]] = defaultdict(list)
        for day, session, start in open_starts(self.problem, one):
            starts[day, session.id].append(start)
        rooms = set(open_rooms(self.problem, one))
        duration = self.problem.duration(one.id)
        found = []
        for run in self.runs:
            room, day = self.problem.rooms[run.room], self.days[run.day]
            bits = 0
            if room.id in rooms:
                for start in starts.get((day, run.session), ()):
                    if not any(span.touches(day, start, start + duration) for span in room.unavailable):
                        bits |= 1 << start // self.unit
            found.append(bits)
        return found

    def _dear(self, one: Nominee) -> dict[tuple[int, int], int]:
        """What it costs to be met on a day at a cell."""
        found: dict[tuple[int, int], int] = defaultdict(int)
        weight, duration = self.problem.weights["preference"], self.problem.duration(one.id)
        for at, day in enumerate(self.days):
            spans = [span for span in one.avoid if span.day == day]
            if spans:
                for _day, _session, start in (some for some in open_starts(self.problem, one) if some[0] == day):
                    touched = (span.cost for span in spans if span.touches(day, start, start + duration))
                    found[at, start // self.unit] = weight * sum(touched)
        return dict(found)

    def _remember(self, at: int, one: Nominee) -> None:
        old = self.problem.former.get(one.id)
        if old is not None:
            here = self.panel(name for name in old.members if name in self.seat)
            others = len(set(old.members)) - here.bit_count()
            self.former[at] = Former(old.day, old.start, old.room, here, others)

    @cached_property
    def kinds(self) -> int:
        """Categories and regions that somebody belongs to, each times its weight: what counts as one day for free."""
        weigh = self.problem.weights.get
        regions = set(self.region) - {-1}
        return weigh("category_day", 0) * len(set(self.category)) + weigh("region_day", 0) * len(regions)


def _times(problem: Problem) -> list[int]:
    found = [problem.duration(one.id) for one in problem.nominees]
    found += [one.buffer for one in problem.categories]
    found += [time for day in problem.days for one in day.sessions for time in (one.start, one.end)]
    return found
