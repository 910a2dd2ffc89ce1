"""A schedule as runs, whose cost is known to the last unit after every change: what a local search stands on.

A run is a sequence of interviews, each with its panel and with the steps of the grid that are left free before it. A
change replaces the sequences of some runs; it is asked first (``consider``) and only then made (``make``). Whatever the
rules forbid is refused, so that a lineup breaks none but that nominees may be left out. Long, because every wish and
every rule that one change touches is counted here, in the loop that tries some 20,000 a second.
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
Taken = dict[int, int]  # cells by member or person
TakenByDay = dict[tuple[int, int], int]


class Look(NamedTuple):
    """What a sequence comes to: ``busy`` is what each member gives of the day, ``price`` what it costs by itself."""

    starts: tuple[int, ...]
    busy: dict[int, int]
    price: int
    switches: int
    persons: dict[int, int]


class Change(NamedTuple):
    """New sequences of runs, with all that follows from them.

    ``delta`` is what they cost more. Two hints at what is not yet worth a unit of cost: ``lean`` grows where loads
    differ more, ``spread`` where categories and regions are met in smaller groups on more days.
    """

    lines: dict[int, Line]
    looks: dict[int, Look]
    busy: dict[tuple[int, int], int]
    persons: dict[tuple[int, int], int]
    loads: dict[int, int]
    counts: dict[tuple[int, int, int], int]
    delta: int
    lean: float
    spread: float


EMPTY: Final = Look((), {}, 0, 0, {})
CATEGORY, REGION = 0, 1


class Lineup:
    """Sequences by run; ``total`` is the weighted cost, and what ``Terrain.kinds`` takes off again."""

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
        self.balanced = sum(1 << member for member in terrain.balanced)
        self.balanced_load = 0
        self.counts: dict[tuple[int, int, int], int] = {}
        self.where: dict[int, int] = {}
        self.total = 0
        self._seats: dict[int, tuple[int, ...]] = {}
        self._panels: dict[tuple[int, int], int] = {}
        self._rests: dict[int, bool] = {}
        self._roots = [number**0.5 for number in range(len(terrain.names) + 1)]
        problem = terrain.problem
        self._groups = {one.id: self._able(one.any_of) for one in problem.role_groups}
        self._unsur = [self._of_unsur(name) for name in sorted({one.unsur for one in problem.members})]

    def able(self, group: str) -> int:
        """Members with a role of ``group``, as bits."""
        return self._groups[group]

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
        run, grid = on.runs[at], on.grid
        cell, stop, until = run.first, run.end, -1
        starts: list[int] = []
        busy: dict[int, int] = {}
        persons: dict[int, int] = {}
        price = switches = occupied = interviews = 0
        panel = category = -1
        for nominee, sitting, gap in line:
            cell += gap * grid
            kind = on.category[nominee]
            short = self.missing(kind, sitting)
            if short < 0 or not on.open[nominee][at] >> cell & 1 or sitting & on.recused[nominee]:
                return None
            price += short
            if until >= 0:
                price += self.w_idle * ((cell - until) // grid)
                switches += kind != category
                if sitting != panel:
                    price += self.w_join * (sitting & ~panel).bit_count()
                    if not self._sat(run.day, panel, occupied, interviews, busy):
                        return None
                    occupied = interviews = 0
            panel, category = sitting, kind
            until = min(cell + on.length[nominee] + on.buffer[nominee], stop)
            starts.append(cell)
            occupied |= (1 << until) - (1 << cell)
            interviews |= (1 << cell + on.length[nominee]) - (1 << cell)
            if nominee in on.special:
                more = self._special(nominee, run, cell, sitting, persons)
                if more < 0:
                    return None
                price += more
            cell = -(-until // grid) * grid
        if not self._sat(run.day, panel, occupied, interviews, busy):
            return None
        return Look(tuple(starts), busy, price, switches, persons)

    def _sat(self, day: int, panel: int, occupied: int, interviews: int, busy: dict[int, int]) -> bool:
        """Let everybody of ``panel`` be ``busy``; False if somebody is away during the interviews."""
        away = self.on.away[day]
        for member in self.seats(panel):
            if away[member] & interviews:
                return False
            busy[member] = busy.get(member, 0) | occupied
        return True

    def _special(self, nominee: int, run: Run, cell: int, sitting: int, persons: dict[int, int]) -> int:
        """What somebody costs who has wishes, a former place, persons or a pinned panel; -1: it is not allowed."""
        on = self.on
        if on.pinned.get(nominee, sitting) != sitting:
            return -1
        held = (1 << cell + on.length[nominee]) - (1 << cell)
        for one in on.people.get(nominee, ()):
            if persons.get(one, 0) & held:
                return -1
            persons[one] = persons.get(one, 0) | held
        price = on.dear[nominee].get((run.day, cell), 0) if nominee in on.dear else 0
        return price + (self._changed(nominee, run, cell, sitting) if nominee in on.former else 0)

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
        old = {at: self.looks[at] for at in lines}
        busy = self._taken(self.busy, ((at, old[at].busy, looks[at].busy) for at in lines))
        if busy is None:
            return None
        persons = self._taken(self.persons, ((at, old[at].persons, looks[at].persons) for at in lines))
        loads = None if persons is None else self._borne(busy)
        if persons is None or loads is None:
            return None
        delta = sum(looks[at].price - old[at].price for at in lines) + self._switch_delta(lines, looks)
        counts, by_days, spread = self._count_delta(lines)
        delta += by_days
        lean = 0.0
        if loads:
            delta += self.w_load * (self._range(loads) - self._range({}))
            lean = self._scatter(loads)
        return Change(lines, looks, busy, persons, loads, counts, delta, lean, spread)

    def _taken(self, now: list[list[int]], runs: Iterable[tuple[int, Taken, Taken]]) -> TakenByDay | None:
        """Cells that members or persons give if in each run the old go and the new come; None if one is given twice."""
        found: TakenByDay = {}
        more = []
        for at, old, new in runs:
            day = self.on.runs[at].day
            for who, cells in old.items():
                key = day, who
                found[key] = (found[key] if key in found else now[day][who]) & ~cells
            more.append((day, new))
        for day, new in more:
            for who, cells in new.items():
                key = day, who
                before = found[key] if key in found else now[day][who]
                if before & cells:
                    return None
                found[key] = before | cells
        return found

    def _borne(self, busy: TakenByDay) -> dict[int, int] | None:
        """The loads of members that change; None if somebody has too much of a day or no break."""
        loads: dict[int, int] = {}
        for (day, member), cells in busy.items():
            old = self.busy[day][member]
            if cells != old:
                taken = cells.bit_count()
                if taken > self.on.limit[member] or not self.rests(cells):
                    return None
                loads[member] = loads.get(member, self.loads[member]) + taken - old.bit_count()
        return loads

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

    def _count_delta(self, lines: dict[int, Line]) -> tuple[dict[tuple[int, int, int], int], int, float]:
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
        delta, spread = 0, 0.0
        for key, more in counts.items():
            if more:
                before = self.counts.get(key, 0)
                weight = self.w_days[key[0]]
                delta += weight * ((before + more > 0) - (before > 0))
                spread += weight * (self._roots[before + more] - self._roots[before])
        return counts, delta, spread

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

    def _scatter(self, loads: dict[int, int]) -> float:
        """How much more the loads of balanced members scatter around their mean: the sum of squares."""
        squares = total = 0
        for member, now in loads.items():
            if self.balanced >> member & 1:
                old = self.loads[member]
                squares += now * now - old * old
                total += now - old
        return squares - total * (total + 2 * self.balanced_load) / max(self.balanced.bit_count(), 1)

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
            self.balanced_load += (load - self.loads[member]) * (self.balanced >> member & 1)
            self.loads[member] = load
        for key, more in change.counts.items():
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
        return True

    def placements(self, lines: Sequence[Line] | None = None) -> tuple[Placement, ...]:
        """The schedule, by nominee; or another that was this lineup's once."""
        on = self.on
        found = []
        for at, line in enumerate(self.lines if lines is None else lines):
            run = on.runs[at]
            look = self.look(at, line) or EMPTY
            for one, start in zip(line, look.starts, strict=True):
                members = tuple(sorted(on.members[seat] for seat in self.seats(one.panel)))
                room = on.problem.rooms[run.room].id
                found.append(Placement(on.names[one.nominee], on.days[run.day], start * on.unit, room, members))
        return tuple(sorted(found, key=lambda one: on.number[one.nominee]))

    @property
    def cost(self) -> int:
        """What the wishes cost, if everybody is placed."""
        return self.total - self.on.kinds
