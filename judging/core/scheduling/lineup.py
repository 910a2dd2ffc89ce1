"""A schedule as runs, whose cost is known to the last unit after every change: what a local search stands on.

A run is a sequence of interviews, each with its panel and with the steps of the grid that are left free before it. A
change replaces the sequences of some runs; it is asked first (``consider``) and only then made (``make``). Whatever the
rules forbid is refused, so that a lineup breaks none but that nominees may be left out.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from .problem import Placement
from .terrain import Run, Terrain
from .wishes import HALF_HOUR


class Item(NamedTuple):
    """An interview of a run: ``gap`` counts free steps of the grid before it."""

    nominee: int
    panel: int
    gap: int = 0


Line = Sequence[Item]


class Look(NamedTuple):
    """What a sequence comes to: ``busy`` is what each member gives of the day, ``price`` what it costs by itself."""

    starts: tuple[int, ...]
    busy: dict[int, int]
    price: int
    switches: int
    persons: dict[int, int]


class Change(NamedTuple):
    """New sequences of runs, with all that follows from them."""

    lines: dict[int, Line]
    looks: dict[int, Look]
    busy: dict[tuple[int, int], int]
    persons: dict[tuple[int, int], int]
    loads: dict[int, int]
    counts: dict[tuple[int, int, int], int]
    delta: int
    lean: int


EMPTY: Final = Look((), {}, 0, 0, {})
CATEGORY, REGION = 0, 1


class Lineup:
    """Sequences by run. ``total`` is the weighted cost; ``lean`` a hint at what is not yet worth a unit of it."""

    def __init__(self, terrain: Terrain) -> None:
        self.on = terrain
        weigh = terrain.problem.weights.get
        self.w_switch, self.w_join, self.w_idle = weigh("category_switch", 0), weigh("panel_join", 0), weigh("idle", 0)
        self.w_unsur, self.w_load = weigh("unsur_missing", 0), weigh("load_range", 0)
        self.w_days = (weigh("category_day", 0), weigh("region_day", 0))
        self.w_changes = (weigh("move", 0), weigh("room_change", 0), weigh("panel_diff", 0))
        self.lines: list[Line] = [() for _ in terrain.runs]
        self.looks = [EMPTY for _ in terrain.runs]
        self.busy = [[0] * len(terrain.members) for _ in terrain.days]
        self.persons = [[0] * terrain.persons for _ in terrain.days]
        self.loads = [0] * len(terrain.members)
        self.counts: dict[tuple[int, int, int], int] = {}
        self.where: dict[int, int] = {}
        self.total = 0
        self._seats: dict[int, tuple[int, ...]] = {}
        self._panels: dict[tuple[int, int], int] = {}
        self._rests: dict[int, bool] = {}
        problem = terrain.problem
        self._groups = {one.id: self._able(one.any_of) for one in problem.role_groups}
        self._unsur = [self._of_unsur(name) for name in sorted({one.unsur for one in problem.members})]

    def _able(self, roles: frozenset[str]) -> int:
        return self.on.panel(one.id for one in self.on.problem.members if one.roles & roles)

    def _of_unsur(self, name: str) -> int:
        return self.on.panel(one.id for one in self.on.problem.members if one.unsur == name)

    # What is known of panels

    def seats(self, panel: int) -> tuple[int, ...]:
        """Members of a panel."""
        found = self._seats.get(panel)
        if found is None:
            found = tuple(at for at in range(panel.bit_length()) if panel >> at & 1)
            self._seats[panel] = found
        return found

    def missing(self, category: int, panel: int) -> int:
        """What a panel costs for its missing ``unsur``; -1: the rules do not allow it."""
        key = category, panel
        found = self._panels.get(key)
        if found is None:
            found = self._panels[key] = self._missing(category, panel)
        return found

    def _missing(self, category: int, panel: int) -> int:
        problem = self.on.problem
        asked = problem.categories[category]
        size = panel.bit_count()
        if size < asked.quorum or (asked.panel_max is not None and size > asked.panel_max):
            return -1
        for name in asked.role_groups:
            if (panel & self._groups[name]).bit_count() < problem.role_group[name].min:
                return -1
        there = sum(1 for some in self._unsur if panel & some)
        return max(0, asked.unsur_target - there) * self.w_unsur

    def rests(self, taken: int) -> bool:
        """Whether cells of a day leave breaks in time."""
        found = self._rests.get(taken)
        if found is None:
            found = self._rests[taken] = self._has_breaks(taken)
        return found

    def _has_breaks(self, taken: int) -> bool:
        longest = self.on.longest
        if longest is None:
            return True
        begin = last = -1
        for cell in range(taken.bit_length()):
            if taken >> cell & 1:
                if begin < 0 or cell - last > self.on.pause:
                    begin = cell
                last = cell
                if cell + 1 - begin > longest:
                    return False
        return True

    # One run

    def look(self, at: int, line: Line) -> Look | None:
        """What ``line`` comes to in run ``at``; None if it breaks a rule by itself."""
        if not line:
            return EMPTY
        on = self.on
        run = on.runs[at]
        grid, stop, day = on.grid, run.end, run.day
        cell = run.first
        starts = []
        busy: dict[int, int] = {}
        persons: dict[int, int] = {}
        price = switches = 0
        panel = -1
        begun = 0
        until = ended = 0
        category = -1
        occupied = interviews = 0
        away = on.away[day]
        for nominee, sitting, gap in line:
            cell += gap * grid
            if not on.open[nominee][at] >> cell & 1:
                return None
            if sitting & on.recused[nominee] or on.pinned.get(nominee, sitting) != sitting:
                return None
            kind = on.category[nominee]
            short = self._panels.get((kind, sitting))
            if short is None:
                short = self.missing(kind, sitting)
            if short < 0:
                return None
            price += short
            if begun:
                price += self.w_idle * ((cell - until) // grid)
                switches += kind != category
                if sitting != panel:
                    price += self.w_join * (sitting & ~panel).bit_count()
                    for member in self.seats(panel):
                        if away[member] & interviews:
                            return None
                        busy[member] = busy.get(member, 0) | occupied
                    occupied = interviews = 0
            begun = 1
            panel, category = sitting, kind
            ended = cell + on.length[nominee]
            until = ended + on.buffer[nominee]
            if until > stop:
                until = stop
            starts.append(cell)
            held = (1 << ended) - (1 << cell)
            occupied |= (1 << until) - (1 << cell)
            interviews |= held
            if nominee in on.dear:
                price += on.dear[nominee].get((day, cell), 0)
            if nominee in on.former:
                price += self._changed(nominee, run, cell, sitting)
            if nominee in on.people:
                for one in on.people[nominee]:
                    if persons.get(one, 0) & held:
                        return None
                    persons[one] = persons.get(one, 0) | held
            cell = -(-until // grid) * grid
        for member in self.seats(panel):
            if away[member] & interviews:
                return None
            busy[member] = busy.get(member, 0) | occupied
        return Look(tuple(starts), busy, price, switches, persons)

    def _changed(self, nominee: int, run: Run, cell: int, panel: int) -> int:
        old, on = self.on.former[nominee], self.on
        move, room_change, panel_diff = self.w_changes
        if (old.day, old.start) != (on.days[run.day], cell * on.unit):
            return move
        if old.room != on.problem.rooms[run.room].id:
            return room_change
        return panel_diff * ((panel ^ old.panel).bit_count() + old.others)

    # Changes

    def consider(self, lines: dict[int, Line]) -> Change | None:
        """What it would mean to have these sequences in these runs; None if the rules forbid it."""
        looks = {}
        for at, line in lines.items():
            look = self.look(at, line)
            if look is None:
                return None
            looks[at] = look
        busy: dict[tuple[int, int], int] = {}
        persons: dict[tuple[int, int], int] = {}
        runs = self.on.runs
        for at in lines:
            day = runs[at].day
            for member, mask in self.looks[at].busy.items():
                key = day, member
                busy[key] = (busy[key] if key in busy else self.busy[day][member]) & ~mask
            for person, mask in self.looks[at].persons.items():
                key = day, person
                persons[key] = (persons[key] if key in persons else self.persons[day][person]) & ~mask
        for at, look in looks.items():
            day = runs[at].day
            for taken, now, before in ((busy, look.busy, self.busy), (persons, look.persons, self.persons)):
                for who, mask in now.items():
                    key = day, who
                    old = taken[key] if key in taken else before[day][who]
                    if old & mask:
                        return None
                    taken[key] = old | mask
        loads: dict[int, int] = {}
        lean = 0
        for (day, member), mask in busy.items():
            old = self.busy[day][member]
            if mask != old:
                rested = self._rests.get(mask)
                if not (self.rests(mask) if rested is None else rested):
                    return None
                minutes = mask.bit_count()
                if minutes > self.on.limit[member]:
                    return None
                loads[member] = loads.get(member, self.loads[member]) + minutes - old.bit_count()
        delta = sum(look.price - self.looks[at].price for at, look in looks.items())
        delta += self._switch_delta(lines, looks)
        counts, by_days = self._count_delta(lines)
        delta += by_days
        if loads:
            delta += self.w_load * (self._range(loads) - self._range({}))
            lean = sum(now * now - self.loads[one] * self.loads[one] for one, now in loads.items())
        return Change(lines, looks, busy, persons, loads, counts, delta, lean)

    def _switch_delta(self, lines: dict[int, Line], looks: dict[int, Look]) -> int:
        if not self.w_switch:
            return 0
        found = 0
        for row in {self.on.row_of[at] for at in lines}:
            found += self._switches(row, lines, looks) - self._switches(row, {}, {})
        return self.w_switch * found

    def _switches(self, row: int, lines: dict[int, Line], looks: dict[int, Look]) -> int:
        category, last, found = self.on.category, -1, 0
        for at in self.on.rows[row]:
            line = lines[at] if at in lines else self.lines[at]
            if line:
                found += (looks[at] if at in looks else self.looks[at]).switches
                found += last not in (-1, category[line[0][0]])
                last = category[line[-1][0]]
        return found

    def _count_delta(self, lines: dict[int, Line]) -> tuple[dict[tuple[int, int, int], int], int]:
        """How many more of each category and region are met on a day, and what the days used cost more."""
        on = self.on
        counts: dict[tuple[int, int, int], int] = {}
        for at, line in lines.items():
            day = on.runs[at].day
            for sign, some in ((-1, self.lines[at]), (1, line)):
                for one in some:
                    nominee = one[0]
                    key = CATEGORY, on.category[nominee], day
                    counts[key] = counts.get(key, 0) + sign
                    if on.region[nominee] >= 0:
                        key = REGION, on.region[nominee], day
                        counts[key] = counts.get(key, 0) + sign
        delta = 0
        for key, more in counts.items():
            if more:
                before = self.counts.get(key, 0)
                delta += self.w_days[key[0]] * ((before + more > 0) - (before > 0))
        return counts, delta

    def _range(self, loads: dict[int, int]) -> int:
        """Most minus least load in started half hours."""
        now = self.loads
        if loads:
            now = list(now)
            for member, load in loads.items():
                now[member] = load
        if len(self.on.balanced) != len(now):
            now = [now[member] for member in self.on.balanced]
        return -((min(now) - max(now)) * self.on.unit // HALF_HOUR) if now else 0

    def make(self, change: Change) -> None:
        """Let ``change``, which was considered just before, be so."""
        for at in change.lines:
            for one in self.lines[at]:
                self.where.pop(one[0], None)
        for at, line in change.lines.items():
            self.lines[at] = line
            self.looks[at] = change.looks[at]
            for one in line:
                self.where[one[0]] = at
        for (day, member), mask in change.busy.items():
            self.busy[day][member] = mask
        for (day, person), mask in change.persons.items():
            self.persons[day][person] = mask
        for member, load in change.loads.items():
            self.loads[member] = load
        for key, more in change.counts.items():
            if more:
                self.counts[key] = self.counts.get(key, 0) + more
        self.total += change.delta

    # In and out

    def settle(self, placements: Iterable[Placement]) -> bool:
        """Take a schedule over; False, and nothing is changed, if it cannot be written as runs."""
        on = self.on
        rooms = {one.id: at for at, one in enumerate(on.problem.rooms)}
        found = {(run.room, on.days[run.day], run.session): at for at, run in enumerate(on.runs)}
        rows: dict[int, list[Placement]] = {}
        for one in placements:
            session = on.problem.day[one.day].session_of(one.start, on.problem.end(one))
            if session is None or one.start % on.problem.grid_min:
                return False
            rows.setdefault(found[rooms[one.room], one.day, session.id], []).append(one)
        lines: dict[int, Line] = dict.fromkeys(range(len(on.runs)), ())
        for at, row in rows.items():
            cell = on.runs[at].first
            line = []
            for one in sorted(row, key=lambda some: some.start):
                nominee = on.number[one.nominee]
                gap = (one.start // on.unit - cell) // on.grid
                if gap < 0:
                    return False
                line.append(Item(nominee, on.panel(one.members), gap))
                until = min(one.start // on.unit + on.length[nominee] + on.buffer[nominee], on.runs[at].end)
                cell = -(-until // on.grid) * on.grid
            lines[at] = tuple(line)
        change = self.consider(lines)
        if change is None:
            return False
        self.make(change)
        if change.delta and not self.w_days:
            return False
        return True

    def placements(self) -> tuple[Placement, ...]:
        """The schedule, by nominee."""
        on = self.on
        found = []
        for at, line in enumerate(self.lines):
            run = on.runs[at]
            for one, start in zip(line, self.looks[at].starts, strict=True):
                members = tuple(sorted(on.members[seat] for seat in self.seats(one.panel)))
                room = on.problem.rooms[run.room].id
                found.append(Placement(on.names[one.nominee], on.days[run.day], start * on.unit, room, members))
        return tuple(sorted(found, key=lambda one: on.number[one.nominee]))

    @property
    def cost(self) -> int:
        """What the wishes cost, if everybody is placed."""
        return self.total - self.on.kinds
