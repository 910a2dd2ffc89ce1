"""Who meets in which order before whom, without the clock: a bound for every schedule, and often a schedule.

A sitting is a row of places, the first of which are used; an interview of a place has a panel, and there may be a break
before it. Every schedule that keeps the rules is one of these, and costs at least as much. What needs the clock is left
out: windows, wishes and absences that begin or end inside a session count only where they close or spoil all of it;
that somebody sits in two rooms at once is seen only by the minutes of the session; of a former schedule panels are not
compared. Where one room works and everything is arranged by sessions nothing is left out.

So that one order of many stands for all, members and rooms that could take each other's place are ordered.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from .bounds import Sessions
from .objective import weighted
from .problem import Member, Nominee, Placement, Problem
from .sequence_wishes import SequenceWishes
from .sittings import Place, Sitting, Sort


class Sequence:
    """Fills in a frame of sessions; ``cost`` is what every schedule costs at least."""

    def __init__(self, problem: Problem) -> None:
        self.frame = Sessions(problem)
        self.problem, self.model, self.sittings = problem, self.frame.model, self.frame.sittings
        self.size = {one: self.sittings.size(one) for one in self.sittings.every}
        self.met: dict[Place, dict[Sort, Any]] = {}
        self.used: dict[Place, Any] = {}
        self.last: dict[Place, Any] = {}
        self.breaks: dict[Place, Any] = {}
        self.cut: dict[Sitting, Any] = {}
        self.sits: dict[tuple[str, Sitting, int], Any] = {}
        self.minutes: dict[tuple[str, Sitting], Any] = {}
        for sitting in self.sittings.every:
            self._places(sitting)
            self._fits(sitting)
            for member in problem.members:
                self._attends(member, sitting)
                self._rests(member, sitting)
            for place in range(self.size[sitting]):
                self._panel(sitting, place)
        self._members()
        self._ordered()
        self.cost = SequenceWishes(self).cost

    def places(self, sitting: Sitting) -> list[Place]:
        """All of a sitting."""
        return [(sitting, number) for number in range(self.size[sitting])]

    # Interviews

    def _places(self, sitting: Sitting) -> None:
        frame, sorts = self.frame, self.sittings.sorts_in[sitting]
        for number, place in enumerate(self.places(sitting)):
            used = self.used[place] = frame.yes()
            self.met[place] = {sort: frame.yes() for sort in sorts}
            self.model.add_exactly_one([*self.met[place].values(), ~used])
            if number:
                self.model.add_implication(used, self.used[sitting, number - 1])
                self.breaks[place] = frame.yes()
                self.model.add_implication(self.breaks[place], used)
        for sort in sorts:
            many = [frame.many[party, sitting] for party in sort.parties if sitting in party.price]
            self.model.add(sum(self.met[place][sort] for place in self.places(sitting)) == sum(many))
        for number, place in enumerate(self.places(sitting)):
            after = self.used.get((sitting, number + 1))
            self.last[place] = self.used[place] if after is None else self._only(self.used[place], after)

    def _only(self, here: Any, after: Any) -> Any:
        last = self.frame.yes()
        self.model.add_bool_or(~here, after, last)
        self.model.add_implication(last, here)
        self.model.add_implication(last, ~after)
        return last

    def _fits(self, sitting: Sitting) -> None:
        """Interviews and breaks fit into the session, whose end may cut the last buffer."""
        pause = max(self.problem.limits.min_break_min, 1)
        cut = self.cut[sitting] = self._cut(sitting)
        gaps = [self.breaks[place] for place in self.places(sitting)[1:]]
        self.model.add(self.frame.minutes(sitting) + pause * sum(gaps) <= self.sittings.open(sitting) + cut)
        for place in self.places(sitting):
            buffers = weighted((lit, sort.buffer) for sort, lit in self.met[place].items())
            self.model.add(cut <= buffers).only_enforce_if(self.last[place])
        self.model.add(cut == 0).only_enforce_if(~self.used[sitting, 0])

    def _cut(self, sitting: Sitting) -> Any:
        """Minutes of a buffer: what is cut keeps everything on the steps on which all times lie."""
        longest = max(sort.buffer for sort in self.sittings.sorts_in[sitting])
        return self.sittings.step * self.model.new_int_var(0, longest // self.sittings.step, "")

    # Members

    def _attends(self, member: Member, sitting: Sitting) -> None:
        apart = {sort for sort in self.sittings.sorts_in[sitting] if self.sittings.keeps_away(member, sitting, sort)}
        minutes = []
        for place in self.places(sitting):
            sits = self.sits[member.id, *place] = self.frame.yes()
            self.model.add_implication(sits, self.used[place])
            if apart:
                self.model.add_at_most_one([sits, *(lit for sort, lit in self.met[place].items() if sort in apart)])
            minutes += list(self._occupied(sits, place))
        length = sitting.session.end - sitting.session.start
        step = self.sittings.step
        total = self.minutes[member.id, sitting] = step * self.model.new_int_var(0, length // step, "")
        self.model.add(total == weighted(minutes) - self._cut_for(member, sitting))
        there = self.sittings.there(member, sitting)
        if there < length:
            self.model.add(total <= there)

    def _occupied(self, sits: Any, place: Place) -> Iterator[tuple[Any, int]]:
        """Minutes of an interview, if ``sits``: literals with their minutes, one for each length."""
        lengths: dict[int, list[Any]] = defaultdict(list)
        for sort, lit in self.met[place].items():
            lengths[sort.occupied].append(lit)
        if len(lengths) == 1:
            yield sits, next(iter(lengths))
            return
        for length, some in lengths.items():
            both = self.frame.yes()
            self.model.add_at_most_one(
                [*(lit for other, lits in lengths.items() if other != length for lit in lits), both]
            )
            self.model.add_implication(both, sits)
            self.model.add(both >= sits + sum(some) - 1)
            yield both, length

    def _cut_for(self, member: Member, sitting: Sitting) -> Any:
        """What the end of the session cuts off the minutes of ``member``."""
        own, stays, ends = self._cut(sitting), self.frame.yes(), []
        for place in self.places(sitting):
            sits, last, both = self.sits[member.id, *place], self.last[place], self.frame.yes()
            self.model.add_bool_or(~sits, ~last, both)
            self.model.add_implication(both, sits)
            self.model.add_implication(both, last)
            ends.append(both)
        self.model.add_exactly_one([*ends, ~stays])
        self.model.add(own == self.cut[sitting]).only_enforce_if(stays)
        self.model.add(own == 0).only_enforce_if(~stays)
        return own

    def _rests(self, member: Member, sitting: Sitting) -> None:
        """No stretch of neighbouring places without a break is too long."""
        most, session = self.problem.limits.max_continuous_min, sitting.session
        if most is None or not self.sittings.is_hard("no_break") or session.end - session.start <= most:
            return
        before: tuple[Any, Any] | None = None
        for place in self.places(sitting):
            sits, going, cut = self.sits[member.id, *place], self.model.new_int_var(0, most, ""), self._cut(sitting)
            self.model.add(cut <= self.cut[sitting])
            self.model.add(cut == 0).only_enforce_if(~self.last[place])
            occupied = weighted((lit, sort.occupied) for sort, lit in self.met[place].items()) - cut
            self.model.add(going >= occupied).only_enforce_if(sits)
            if before is not None:
                together = [sits, before[0], ~self.breaks[place]]
                self.model.add(going >= before[1] + occupied).only_enforce_if(together)
            before = sits, going

    def _panel(self, *place: Any) -> None:
        """What is asked of those who sit there."""
        category, hard = self.problem.category, self.sittings.is_hard
        seats = {one.id: self.sits[one.id, *place] for one in self.problem.members}
        met = [(lit, category[sort.category]) for sort, lit in self.met[place].items()]
        if hard("below_quorum"):
            self.model.add(sum(seats.values()) >= weighted((lit, one.quorum) for lit, one in met))
        if hard("above_panel_max"):
            most = [(lit, len(seats) if one.panel_max is None else one.panel_max) for lit, one in met]
            self.model.add(sum(seats.values()) <= weighted(most))
        for group in self.problem.role_groups if hard("role_missing") else ():
            wanted = [(lit, group.min) for lit, one in met if group.id in one.role_groups]
            if wanted and group.min:
                fitting = [seats[one.id] for one in self.problem.members if one.roles & group.any_of]
                self.model.add(sum(fitting) >= weighted(wanted))

    def _members(self) -> None:
        """A member's minutes of a session over all rooms, and of a day."""
        by_session: dict[tuple[str, str], list[Sitting]] = defaultdict(list)
        for one in self.sittings.every:
            by_session[one.day, one.session.id].append(one)
        for member in self.problem.members:
            for some in by_session.values() if self.sittings.is_hard("seat_elsewhere") else ():
                if len(some) > 1:
                    length = max(one.session.end for one in some) - min(one.session.start for one in some)
                    self.model.add(sum(self.minutes[member.id, one] for one in some) <= length)
            limit = self.problem.day_limit(member.id)
            for day in self.problem.days if limit is not None and self.sittings.is_hard("day_load") else ():
                here = [self.minutes[member.id, one] for one in self.sittings.every if one.day == day.id]
                if here:
                    self.model.add(sum(here) <= limit)

    def _ordered(self) -> None:
        alike: dict[object, list[Member]] = defaultdict(list)
        together: dict[str, int] = defaultdict(int)
        for one in self.problem.members:
            together[one.unsur] += 1
        for one in self.problem.members:
            unsur = one.unsur if together[one.unsur] > 1 else ""
            recused = frozenset(name for name in one.recused if name in self.problem.nominee)
            limit = self.problem.day_limit(one.id)
            alike[one.roles, unsur, one.unavailable, recused, limit, one.balance].append(one)
        for some in alike.values():
            for one, other in pairwise(some):
                self._before(one, other)

    def _before(self, one: Member, other: Member) -> None:
        """Where the two first differ, ``one`` sits."""
        so_far: list[Any] = []
        for place in self.used:
            here, there, still = self.sits[one.id, *place], self.sits[other.id, *place], self.frame.yes()
            self.model.add_bool_or(*so_far, here, ~there)
            self.model.add_bool_or(*so_far, here, there, still)
            self.model.add_bool_or(*so_far, ~here, ~there, still)
            so_far = [~still]

    # Schedules

    def placements(self, value: Callable[[Any], int]) -> tuple[Placement, ...]:
        """The schedule of a solution, everything as early as can be; whether it keeps the rules is to be asked."""
        found: list[Placement] = []
        waiting = {party: list(party.nominees) for party in self.frame.parties}
        for sitting in self.sittings.every:
            left = {party: value(many) for (party, there), many in self.frame.many.items() if there == sitting}
            row: list[Placement] = []
            for place in self.places(sitting):
                sort = next((sort for sort, lit in self.met[place].items() if value(lit)), None)
                if sort is not None:
                    party = next(party for party in sort.parties if left.get(party))
                    left[party] -= 1
                    row.append(self._placed(place, waiting[party].pop(), row, value))
            found += self._late(sitting, row, value(self.cut[sitting]))
        return tuple(found)

    def _placed(self, place: Place, who: Nominee, row: list[Placement], value: Callable[[Any], int]) -> Placement:
        sitting, grid = place[0], self.problem.grid_min
        start = sitting.session.start
        if row:
            start = self._until(row[-1]) + value(self.breaks[place]) * max(self.problem.limits.min_break_min, 1)
        members = (one.id for one in self.problem.members if value(self.sits[one.id, *place]))
        return Placement(who.id, sitting.day, -(-start // grid) * grid, sitting.room, tuple(sorted(members)))

    def _until(self, one: Placement) -> int:
        return self.problem.end(one) + self.problem.category_of(one.nominee).buffer

    def _late(self, sitting: Sitting, row: list[Placement], cut: int) -> Iterator[Placement]:
        """Where the end of the session cuts a buffer, everything ends with it."""
        late = sitting.session.end + cut - self._until(row[-1]) if row and cut else 0
        late = late // self.problem.grid_min * self.problem.grid_min
        for one in row:
            yield Placement(one.nominee, one.day, one.start + late, one.room, one.members)
