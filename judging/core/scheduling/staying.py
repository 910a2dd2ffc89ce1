"""Who can stay where they are, at the same time of the same day, if panels may change and rooms of one moment too.

Times are given, so this is a small question even for a full day of many rooms: who sits where, and who is left out.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import reduce
from math import gcd
from typing import Any, NamedTuple

from .objective import weighted
from .problem import Placement, Problem, Slot
from .search import Effort, Watch, configured, rounded_up


class Stay(NamedTuple):
    """Interviews of some days that stay, and whether it is known that no more of them can."""

    placements: tuple[Placement, ...]
    proved: bool


class Staying:
    """The model for some interviews, each of which could be in one of the rooms ``slots``."""

    def __init__(
        self,
        problem: Problem,
        former: Sequence[Placement],
        slots: Mapping[str, Collection[Slot]],
        past: Collection[str],
    ) -> None:
        from ortools.sat.python import cp_model

        self.problem, self.past = problem, past
        self.model: Any = cp_model.CpModel()
        self.former = {one.nominee: one for one in former}
        self.gone: dict[str, Any] = {}
        self.left: Any = 0
        self.elsewhere: Any = 0
        self.at: dict[tuple[str, Slot], Any] = {}
        self.sits: dict[tuple[str, str], Any] = {}
        self.terms: list[tuple[Any, int]] = []
        for one in former:
            self._interview(one, slots.get(one.nominee, ()))
        self._rooms()
        self._persons()
        for member in problem.members:
            for day in sorted({one.day for one in former}):
                self._member(member.id, day)
        self._price()

    def _interview(self, one: Placement, slots: Collection[Slot]) -> None:
        name, problem = one.nominee, self.problem
        own = (one.slot,) if name in self.past else tuple(sorted(slots, key=lambda slot: slot.room))
        for slot in own:
            self.at[name, slot] = self.model.new_bool_var("")
        self.gone[name] = self.model.new_bool_var("")
        self.model.add_exactly_one([*(self.at[name, slot] for slot in own), self.gone[name]])
        pin = problem.pin.get(name)
        for member in problem.members:
            sits = self.sits[name, member.id] = self.model.new_bool_var("")
            if name in self.past:
                self.model.add(sits == (member.id in one.members))
                continue
            self.model.add_implication(self.gone[name], ~sits)
            if pin is not None and pin.members is not None:
                self.model.add_bool_or(sits if member.id in pin.members else ~sits, self.gone[name])
            away = any(span.touches(one.day, one.start, problem.end(one)) for span in member.unavailable)
            if away or name in member.recused:
                self.model.add(sits == 0)
        if name in self.past:
            self.model.add(self.gone[name] == 0)
        else:
            self._panel(name)

    def _panel(self, name: str) -> None:
        category = self.problem.category_of(name)
        here = 1 - self.gone[name]
        seats = {one.id: self.sits[name, one.id] for one in self.problem.members}
        self.model.add(sum(seats.values()) >= category.quorum * here)
        if category.panel_max is not None:
            self.model.add(sum(seats.values()) <= category.panel_max)
        for group in category.role_groups:
            wanted = self.problem.role_group[group]
            fitting = [seats[one.id] for one in self.problem.members if one.roles & wanted.any_of]
            self.model.add(sum(fitting) >= wanted.min * here)

    def _moments(self, some: Sequence[Placement]) -> Iterator[list[Placement]]:
        """Those that are occupied at the same time, for each beginning of one of them."""
        for day, start in sorted({(one.day, one.start) for one in some}):
            yield [one for one in some if one.day == day and one.start <= start < self.problem.occupied_until(one)]

    def _rooms(self) -> None:
        for there in self._moments(list(self.former.values())):
            by_room: dict[str, list[Any]] = defaultdict(list)
            for one in there:
                for (name, slot), at in self.at.items():
                    if name == one.nominee and name not in self.past:
                        by_room[slot.room].append(at)
            for some in by_room.values():
                self.model.add_at_most_one(some)

    def _persons(self) -> None:
        of: dict[str, list[Placement]] = defaultdict(list)
        for one in self.former.values():
            for person in self.problem.nominee[one.nominee].persons:
                of[person].append(one)
        for some in of.values():
            for there in self._moments(some):
                talking = [one for one in there if self.problem.end(one) > max(other.start for other in there)]
                free = [one.nominee for one in talking if one.nominee not in self.past]
                if len(talking) > 1 and free:
                    self.model.add_at_most_one(~self.gone[one.nominee] for one in talking)

    def _member(self, member: str, day: str) -> None:
        there = [one for one in self.former.values() if one.day == day]
        for some in self._moments(there):
            free = [one for one in some if one.nominee not in self.past]
            if free:
                self.model.add_at_most_one(
                    self.sits[one.nominee, member] for one in (*free, *some[: len(some) - len(free)])
                )
        limit = self.problem.day_limit(member)
        if limit is not None:
            minutes = [(self.sits[one.nominee, member], self.problem.occupied_until(one) - one.start) for one in there]
            self.model.add(weighted(minutes) <= limit)
        self._rest(member, day, there)

    def _rest(self, member: str, day: str, there: Sequence[Placement]) -> None:
        """Every stretch one step longer than allowed touches a break that is long enough."""
        limits = self.problem.limits
        if limits.max_continuous_min is None:
            return
        spans = {one.nominee: (one.start, self.problem.occupied_until(one)) for one in there}
        step = reduce(gcd, (time for span in spans.values() for time in span), limits.max_continuous_min)
        pause = -(-max(limits.min_break_min, 1) // step) * step
        first, last = min(span[0] for span in spans.values()), max(span[1] for span in spans.values())
        breaks = {}
        for begin in range(first - pause + step, last, step):
            rests = breaks[begin] = self.model.new_bool_var("")
            for name, (start, until) in spans.items():
                if start < begin + pause and begin < until:
                    self.model.add_implication(rests, ~self.sits[name, member])
        for begin in range(first, last - limits.max_continuous_min - step + 1, step):
            around = range(begin - pause + step, begin + limits.max_continuous_min + step, step)
            self.model.add_bool_or(breaks[at] for at in around if at in breaks)

    def _price(self) -> None:
        """Fewest in other rooms, then fewest changes of panels; ``left`` counts who is left out."""
        self.left = sum(self.gone.values())
        self.elsewhere = sum(at for (name, slot), at in self.at.items() if slot != self.former[name].slot)
        for name, one in self.former.items():
            for member in self.problem.members:
                sits = self.sits[name, member.id]
                self.terms.append((~sits if member.id in one.members else sits, 1))
        self.terms.append((self.elsewhere, len(self.terms) + 1))

    def begin(self) -> None:
        """Let the search begin where everything was."""
        for (name, slot), at in self.at.items():
            self.model.add_hint(at, slot == self.former[name].slot)
        for (name, member), sits in self.sits.items():
            self.model.add_hint(sits, member in self.former[name].members)

    def placements(self, holds: Any) -> Iterator[Placement]:
        """Those that stay, in a solution."""
        for (name, slot), at in self.at.items():
            if holds(at):
                members = tuple(one.id for one in self.problem.members if holds(self.sits[name, one.id]))
                yield Placement(name, slot.day, slot.start, slot.room, tuple(sorted(members)))


def staying(
    problem: Problem,
    former: Sequence[Placement],
    slots: Mapping[str, Collection[Slot]],
    past: Collection[str],
    effort: Effort,
    enough: int | None = None,
) -> Stay | None:
    """As many of ``former``, which are all that is held on their days, as can stay; None if that was not found out.

    If it is proved that as many as ``enough`` have to be left out, panels are not looked at any further.
    """
    from ortools.sat.python import cp_model

    model = Staying(problem, former, slots, past)
    rooms = len(former) + 1  # more than can change rooms
    model.model.minimize(model.left * rooms + model.elsewhere)
    model.begin()
    solver = configured(replace(effort, seconds=effort.seconds / 2))
    with Watch(solver, effort.stop):
        status = solver.solve(model.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    least = round(solver.objective_value) // rooms
    proved = rounded_up(solver.best_objective_bound) // rooms >= least
    found = tuple(model.placements(solver.boolean_value))
    if proved and least == enough:
        return Stay(found, proved)
    # How many is known now, and quickly; then as few changes of rooms and panels as the time is enough for.
    model.model.add(model.left == least)
    model.model.clear_hints()
    for index, value in enumerate(list(solver.response_proto.solution)):
        model.model.add_hint(model.model.get_int_var_from_proto_index(index), value)
    model.model.minimize(sum(thing * factor for thing, factor in model.terms))
    solver = configured(replace(effort, seconds=effort.seconds / 2))
    with Watch(solver, effort.stop):
        status = solver.solve(model.model)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        found = tuple(model.placements(solver.boolean_value))
    return Stay(found, proved)
