"""The wishes of a schedule as the objective of the constraint model; each counts as ``wishes`` does.

What lies in rows that are not open adds a constant, except where a row alone decides: that is left out, for it does not
change.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

from .layout import Candidate
from .model import Model
from .problem import ONSITE, Nominee, Placement
from .wishes import HALF_HOUR


class Objective:
    """Adds what is to be small to ``model``."""

    def __init__(self, model: Model) -> None:
        self.on = model
        self.model, self.layout, self.problem = model.model, model.layout, model.problem
        self.terms: list[tuple[Any, int]] = []
        self.constant = 0
        self.absent_price = model.scope.price
        wishes: dict[str, Callable[[int], None]] = {
            "unsur_missing": self._unsur_missing,
            "category_switch": self._category_switch,
            "category_day": lambda weight: self._days_used(weight, lambda one: one.category),
            "region_day": lambda weight: self._days_used(weight, _region),
            "preference": self._preference,
            "idle": self._idle,
            "load_range": self._load_range,
            "panel_join": self._panel_join,
            "move": self._move,
            "room_change": self._room_change,
            "panel_diff": self._panel_diff,
        }
        for name, add in wishes.items():
            weight = self.problem.weights.get(name, 0)
            if weight:
                add(weight)
        self.terms += [(absent, model.scope.price) for absent in model.absent.values()]
        self.model.minimize(weighted(self.terms) + self.constant)

    def _unsur_missing(self, weight: int) -> None:
        groups: dict[str, list[str]] = defaultdict(list)
        for member in self.problem.members:
            groups[member.unsur].append(member.id)
        for nominee in self.layout.nominees:
            target = self.problem.category_of(nominee.id).unsur_target
            if target <= 0:
                continue
            there = [self._any([self.on.seated[nominee.id, one] for one in names]) for names in groups.values()]
            absent = self.on.absent.get(nominee.id, 0)
            missing = self.model.new_int_var(0, target, "")
            self.model.add(missing + target * absent >= target - sum(there))
            self.terms.append((missing, weight))

    def _any(self, some: list[Any]) -> Any:
        """Not more than whether one of them holds."""
        if len(some) == 1:
            return some[0]
        found = self.on.yes()
        self.model.add_bool_or(*some, ~found)
        return found

    def _category_switch(self, weight: int) -> None:
        names = [one.id for one in self.problem.categories]
        for row in self.layout.rows if len(names) > 1 else ():
            before: dict[str, Any] | None = None
            for cell in self.layout.cells[row[1]]:
                begins = self.layout.begin.get((row, cell), [])
                if before is not None and not begins:
                    continue
                now = {name: self.on.yes() for name in names}
                self.model.add_exactly_one(now.values())
                for one in begins:
                    self.model.add_implication(self.on.held[one], now[one.nominee.category])
                if before is not None:
                    self._switches(before, now, self.on.starts[row, cell], weight)
                before = now

    def _switches(self, before: dict[str, Any], now: dict[str, Any], starts: Any, weight: int) -> None:
        switch = self.on.yes()
        for name, current in now.items():
            self.model.add_bool_or(starts, ~current, before[name])
            self.model.add_bool_or(~current, before[name], switch)
        self.terms.append((switch, weight))

    def _days_used(self, weight: int, key: Callable[[Nominee], str]) -> None:
        """Days on which some of a kind are met, minus one for each kind; kinds without a name do not count."""
        fixed = ((self.problem.nominee[one.nominee], one.day) for one in self.on.scope.fixed)
        used = {(key(who), day) for who, day in fixed if key(who)}
        kinds = {name for name, _day in used}
        groups: dict[tuple[str, str], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for one in self.layout.every():
            name = key(one.nominee)
            if name:
                kinds.add(name)
                groups[name, one.slot.day][one.nominee.id].append(self.on.held[one])
        for pair, by_nominee in groups.items():
            if pair not in used:
                day_used = self.on.yes()
                for held in by_nominee.values():
                    self.model.add(sum(held) <= day_used)
                self.terms.append((day_used, weight))
        self.constant += weight * (len(used) - len(kinds))

    def _preference(self, weight: int) -> None:
        for one in self.layout.every():
            touched = (span for span in one.nominee.avoid if span.touches(one.slot.day, one.slot.start, one.end))
            price = sum(span.cost for span in touched)
            if price:
                self.terms.append((self.on.held[one], weight * price))

    def _idle(self, weight: int) -> None:
        """Steps of the grid that lie wholly free between two interviews of a session.

        The next interview begins on the grid, so whole steps of a gap are counted back from there: those of the grid.
        """
        step = self.layout.step
        for row in self.layout.rows:
            for session in self.problem.day[row[1]].sessions:
                cells = range(session.start // step, session.end // step)
                first = -(-session.start // self.problem.grid_min) * self.problem.grid_min // step
                if cells and any(self.layout.cover.get((row, cell)) for cell in cells):
                    self._gaps([self.on.taken[row, cell] for cell in cells], first - cells.start, weight)

    def _gaps(self, taken: list[Any], first: int, weight: int) -> None:
        wide = self.problem.grid_min // self.layout.step
        before = [self.on.yes() for _ in taken]  # taken here or earlier
        after = [self.on.yes() for _ in taken]
        for at, here in enumerate(taken):
            self.model.add_implication(here, before[at])
            self.model.add_implication(here, after[at])
        for at in range(len(taken) - 1):
            self.model.add_implication(before[at], before[at + 1])
            self.model.add_implication(after[at + 1], after[at])
        for begin in range(first, len(taken) - wide + 1, wide):
            idle = self.on.yes()
            self.model.add_bool_or(*taken[begin : begin + wide], ~before[begin], ~after[begin + wide - 1], idle)
            self.terms.append((idle, weight))

    def _load_range(self, weight: int) -> None:
        balanced = [one for one in self.problem.members if one.balance]
        if len(balanced) < 2:
            return
        known: dict[str, int] = defaultdict(int)
        for placed in self.on.scope.fixed:
            for member in placed.members:
                known[member] += self.problem.occupied_until(placed) - placed.start
        whole = sum(session.end - session.start for day in self.problem.days for session in day.sessions)
        most, least = self.model.new_int_var(0, whole, ""), self.model.new_int_var(0, whole, "")
        for one in balanced:
            total = self._minutes(one.id) + known[one.id]
            self.model.add(most >= total)
            self.model.add(least <= total)
        halves = self.model.new_int_var(0, -(-whole // HALF_HOUR), "")
        self.model.add(HALF_HOUR * halves >= most - least)
        self.terms.append((halves, weight))

    def _minutes(self, member: str) -> Any:
        """Occupied minutes of ``member``: every interview in full, less what the end of a session cuts."""
        found: list[tuple[Any, int]] = []
        for nominee in self.layout.nominees:
            full = self.problem.duration(nominee.id) + self.problem.category_of(nominee.id).buffer
            seated = self.on.seated[nominee.id, member]
            found.append((seated, full))
            for one in self.layout.of[nominee.id]:
                cut = full - self.layout.step * (one.last - one.first)
                if cut:
                    both = self.on.yes()
                    self.model.add_implication(both, self.on.held[one])
                    self.model.add_implication(both, seated)
                    self.model.add_bool_or(~self.on.held[one], ~seated, both)
                    found.append((both, -cut))
        return weighted(found)

    def _panel_join(self, weight: int) -> None:
        for row in self.layout.rows:
            for before, cell in pairwise(self.layout.cells[row[1]]):
                if self.layout.is_fresh(row, cell) or not self.layout.begin.get((row, cell)):
                    continue
                for member in self.problem.members:
                    joins = self.on.yes()
                    now, last = self.on.panel[member.id, row, cell], self.on.panel[member.id, row, before]
                    self.model.add_bool_or(~now, last, joins)
                    self.terms.append((joins, weight))

    def _move(self, weight: int) -> None:
        self._changed(weight, lambda one, old: (one.slot.day, one.slot.start) != (old.day, old.start))

    def _room_change(self, weight: int) -> None:
        def moved_only_in_space(one: Candidate, old: Placement) -> bool:
            return (one.slot.day, one.slot.start) == (old.day, old.start) and one.slot.room != old.room

        self._changed(weight, moved_only_in_space)

    def _changed(self, weight: int, changed: Callable[[Candidate, Placement], bool]) -> None:
        for one, held in self.on.held.items():
            old = self.problem.former.get(one.nominee.id)
            if old is not None and changed(one, old):
                self.terms.append((held, weight))

    def _panel_diff(self, weight: int) -> None:
        for one, held in self.on.held.items():
            old = self.problem.former.get(one.nominee.id)
            if old is None or one.slot != old.slot:
                continue
            for member in self.problem.members:
                here = self.on.seated[one.nominee.id, member.id]
                differs = self.on.yes()
                self.model.add_bool_or(~held, here if member.id in old.members else ~here, differs)
                self.terms.append((differs, weight))


def weighted(terms: Iterable[tuple[Any, int]]) -> Any:
    """The sum of terms times their factors, in time that grows with their number (``sum`` takes its square)."""
    from ortools.sat.python import cp_model

    pairs = list(terms)
    things, factors = [thing for thing, _ in pairs], [factor for _, factor in pairs]
    return cp_model.LinearExpr.weighted_sum(things, factors)


def _region(one: Nominee) -> str:
    return one.region if one.mode == ONSITE else ""
