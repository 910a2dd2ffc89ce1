"""What every schedule costs at least, from who is met in which session of which room: finer than ``outline``.

Of a session of a room it is asked which categories and which conflicts of interest come together there:

* A category seen in two sessions of a day saves one switch between them at most, and ends the one and begins the other.
* Whoever sits in the last interview of a session and not in all of them has joined. So if those who may judge all of
  them and bear the whole stretch are too few, members join, an *unsur* is missing, or there is a break.

``Sessions`` is also the frame that ``sequence`` fills in.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations
from typing import Any

from .objective import weighted
from .outline import Plan, asked_of_members, bearable
from .problem import Member, Problem
from .search import Effort, Watch, configured, rounded_up
from .sittings import Party, Sitting, Sittings

Terms = list[tuple[Any, int]]


class Sessions:
    """How many of each party are met in each sitting, and the least that this costs.

    ``days``: what the wishes for days and the prices of parties cost, exactly. ``switches`` by row and ``crew`` by
    sitting: what changes of category, and panels with their breaks, cost at least.
    """

    def __init__(self, problem: Problem) -> None:
        from ortools.sat.python import cp_model

        self.problem = problem
        self.model: Any = cp_model.CpModel()
        self.sittings = Sittings(problem)
        self.many: dict[tuple[Party, Sitting], Any] = {}
        self.days: Terms = []
        self.switches: dict[tuple[str, str], Any] = {}
        self.crew: dict[Sitting, Terms] = {}
        self.constant = 0
        self._meet()
        self._fits()
        self.seen = {(name, one): used for one in self.sittings.every for name, used in self._seen(one).items()}
        self._days_used("category_day", {sort.category for sort in self.sittings.sorts})
        self._days_used("region_day", {party.region for party in self.parties} - {""})
        for row in self.sittings.rows:
            self.switches[row] = self._row(row)
        for sitting in self.sittings.every:
            self.crew[sitting] = self._crew(sitting)

    @property
    def parties(self) -> list[Party]:
        """All of them."""
        return [party for sort in self.sittings.sorts for party in sort.parties]

    @property
    def cost(self) -> Any:
        """What every schedule costs at least."""
        switch = self.problem.weights.get("category_switch", 0)
        crew = [term for terms in self.crew.values() for term in terms]
        return weighted([*self.days, *((one, switch) for one in self.switches.values()), *crew]) + self.constant

    def yes(self) -> Any:
        """A new yes or no."""
        return self.model.new_bool_var("")

    def _meet(self) -> None:
        for party in self.parties:
            for sitting, price in party.price.items():
                self.many[party, sitting] = self.model.new_int_var(0, len(party.nominees), "")
                if price:
                    self.days.append((self.many[party, sitting], price))
            self.model.add(sum(self.many[party, one] for one in party.price) == len(party.nominees))

    def minutes(self, sitting: Sitting, times: Mapping[str, int] | None = None) -> Any:
        """Occupied minutes; with ``times``, each interview as often as its category says."""
        return weighted(
            (self.many[party, sitting], sort.occupied * (1 if times is None else times[sort.category]))
            for sort in self.sittings.sorts_in[sitting]
            for party in sort.parties
            if sitting in party.price
        )

    def _fits(self) -> None:
        """Rooms are not overfull, and members have the minutes that quorum and roles ask for."""
        for sitting in self.sittings.every:
            longest = max(sort.buffer for sort in self.sittings.sorts_in[sitting])
            self.model.add(self.minutes(sitting) <= self.sittings.open(sitting) + longest)
        for one, other in self.sittings.alike():
            self.model.add(sum(map(self.minutes, one)) >= sum(map(self.minutes, other)))
        for day in self.problem.days if self.sittings.is_hard("seat_elsewhere") else ():
            for session in day.sessions:
                here = [one for one in self.sittings.every if (one.day, one.session.id) == (day.id, session.id)]
                for able, wanted in asked_of_members(self.problem) if here else ():
                    there = sum(bearable(self.problem, one, day.id, session) for one in able)
                    self.model.add(sum(self.minutes(sitting, wanted) for sitting in here) <= there)

    def _seen(self, sitting: Sitting) -> dict[str, Any]:
        """Whether a category is met there."""
        found: dict[str, Any] = {}
        for sort in self.sittings.sorts_in[sitting]:
            if sort.category not in found:
                found[sort.category] = self.yes()
            for party in sort.parties:
                if sitting in party.price:
                    self.model.add(self.many[party, sitting] <= len(party.nominees) * found[sort.category])
        return found

    def _days_used(self, wish: str, names: set[str]) -> None:
        """Days on which some of a name are met, minus one for each name."""
        weight = self.problem.weights.get(wish, 0)
        for name in sorted(names) if weight else ():
            self.constant -= weight
            for day in self.problem.days:
                used = self.yes()
                self.days.append((used, weight))
                for sort in self.sittings.sorts:
                    for party in sort.parties:
                        here = [self.many[party, one] for one in party.price if one.day == day.id]
                        if name == (sort.category if wish == "category_day" else party.region) and here:
                            self.model.add(sum(here) <= len(party.nominees) * used)
                for (category, sitting), seen in self.seen.items():
                    if wish == "category_day" and (category, sitting.day) == (name, day.id):
                        self.model.add_implication(seen, used)

    def _row(self, row: tuple[str, str]) -> Any:
        """The least number of switches: one less than categories by session, less what sessions have in common."""
        some = self.sittings.rows[row]
        seen = {(name, one): used for (name, one), used in self.seen.items() if one in some}
        links: dict[tuple[Sitting, Sitting], list[Any]] = {}
        for one, other in combinations(some, 2):
            links[one, other] = [self.yes() for name, there in seen if there == one and (name, other) in seen]
            both = [name for name, there in seen if there == one and (name, other) in seen]
            for link, name in zip(links[one, other], both, strict=True):
                self.model.add_implication(link, seen[name, one])
                self.model.add_implication(link, seen[name, other])
        for one in some:
            self.model.add_at_most_one(link for pair, here in links.items() if pair[0] == one for link in here)
            self.model.add_at_most_one(link for pair, here in links.items() if pair[1] == one for link in here)
        switches = self.model.new_int_var(0, len(seen), "")
        self.model.add(switches >= sum(seen.values()) - 1 - sum(link for here in links.values() for link in here))
        names = {name: self.yes() for name in sorted({name for name, _one in seen})}
        for (name, _one), used in seen.items():
            self.model.add_implication(used, names[name])
        self.model.add(switches >= sum(names.values()) - 1)
        return switches

    def _crew(self, sitting: Sitting) -> Terms:
        """Who may judge everybody of the sitting for all of it, and what it costs that they are too few."""
        weigh = self.problem.weights.get
        join, missing = weigh("panel_join", 0), weigh("unsur_missing", 0)
        long, breaks = self._long(sitting)
        whole = {one.id: self._whole(one, sitting, long) for one in self.problem.members}
        last = self._last(sitting)
        costs = self.model.new_int_var(0, (join + missing) * len(whole), "")
        if join and self.sittings.is_hard("below_quorum"):
            quorum = weighted((one, self.problem.category[name].quorum) for name, one in last.items())
            self.model.add(costs >= join * (quorum - sum(whole.values())))
        if min(join, missing):
            target = weighted((one, max(self.problem.category[name].unsur_target, 0)) for name, one in last.items())
            self.model.add(costs >= min(join, missing) * (target - sum(self._unsur(whole))))
        return [(costs, 1), *breaks]

    def _last(self, sitting: Sitting) -> dict[str, Any]:
        """The category that is met last."""
        seen = {name: used for (name, one), used in self.seen.items() if one == sitting}
        last = {name: self.yes() for name in seen}
        busy = self.yes()
        for name, used in seen.items():
            self.model.add_implication(used, busy)
            self.model.add_implication(last[name], used)
        self.model.add_exactly_one([*last.values(), ~busy])
        return last

    def _unsur(self, whole: Mapping[str, Any]) -> list[Any]:
        """Not more than the different ``unsur`` of those."""
        groups: dict[str, list[Any]] = defaultdict(list)
        for member in self.problem.members:
            groups[member.unsur].append(whole[member.id])
        found = []
        for some in groups.values():
            found.append(some[0] if len(some) == 1 else self.yes())
            if len(some) > 1:
                self.model.add_bool_or(*some, ~found[-1])
        return found

    def _whole(self, member: Member, sitting: Sitting, long: Any) -> Any:
        """Whether ``member`` could sit in all interviews of the sitting."""
        whole = self.yes()
        if long is not None:
            self.model.add_implication(whole, ~long)
        for sort in self.sittings.sorts_in[sitting]:
            if self.sittings.keeps_away(member, sitting, sort):
                for party in sort.parties:
                    if sitting in party.price:
                        self.model.add(self.many[party, sitting] == 0).only_enforce_if(whole)
        return whole

    def _long(self, sitting: Sitting) -> tuple[Any, Terms]:
        """Whether it lasts too long for everybody, and what the break costs that keeps it from being so."""
        most, session = self.problem.limits.max_continuous_min, sitting.session
        if most is None or not self.sittings.is_hard("no_break") or session.end - session.start <= most:
            return None, []
        long, breaks = self.yes(), self.yes()
        longest = max(sort.buffer for sort in self.sittings.sorts_in[sitting])
        pause = max(self.problem.limits.min_break_min, 1)
        minutes = self.minutes(sitting)
        self.model.add(minutes <= most + longest).only_enforce_if([~long, ~breaks])
        self.model.add(minutes + pause <= self.sittings.open(sitting) + longest).only_enforce_if(breaks)
        weight = self.problem.weights.get("idle", 0) * (pause // self.problem.grid_min)
        return long, [(breaks, weight)]


def sessions(problem: Problem, effort: Effort, floor: int = 0, told: Callable[[int], None] | None = None) -> Plan:
    """A bound by ``Sessions``, at least ``floor``, which has to be one; ``told`` hears of better ones."""
    from ortools.sat.python import cp_model

    frame = Sessions(problem)
    frame.model.add(frame.cost >= floor)
    frame.model.minimize(frame.cost)
    solver = configured(effort)
    if told is not None:
        solver.best_bound_callback = lambda bound: told(rounded_up(bound))
    with Watch(solver, effort.stop):
        status = solver.solve(frame.model)
    work = solver.response_proto.deterministic_time
    if status == cp_model.INFEASIBLE:
        return Plan({}, impossible=True, work=work)
    known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.UNKNOWN)
    return Plan({}, max(rounded_up(solver.best_objective_bound), floor) if known else floor, work=work)
