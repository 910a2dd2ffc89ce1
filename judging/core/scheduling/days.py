"""Who comes on which day, and no more: coarser than ``outline``, and so found in seconds where that takes minutes.

Asked in two ways. *Strictly*, as a plan that schedules can really follow: a room works as long as one panel may without
a break, no more rooms than there are panels, each of one category if it can. *Generously*, as a bound: every schedule
that keeps the rules is such a plan and costs at least as much. Avoided spans are not counted.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, Final

from .objective import weighted
from .outline import Plan, asked_of_members, bearable, open_minutes
from .problem import MODES, ONSITE, Day, Nominee, Problem, Room, Session
from .search import Effort, Watch, configured, rounded_up
from .slots import open_starts

FEW: Final = 2  # threads that take turns at all ways to search; more have one each


class Days:
    """The model; ``plan`` reads a solution."""

    def __init__(self, problem: Problem, spare: int | None = None) -> None:
        """``spare``: per cent of the time that is to stay free; None: generously."""
        from ortools.sat.python import cp_model

        self.problem, self.spare = problem, spare
        self.longest_buffer = max((one.buffer for one in problem.categories), default=0)
        self.model: Any = cp_model.CpModel()
        self.kinds: dict[tuple[object, ...], list[Nominee]] = defaultdict(list)
        for nominee in problem.nominees:
            self.kinds[self._kind(nominee)].append(nominee)
        self.groups = list(self.kinds.values())
        self.many: dict[tuple[int, str], Any] = {}
        for number, group in enumerate(self.groups):
            open_days = dict.fromkeys(name for name, _session, _start in open_starts(problem, group[0]))
            for name in open_days:
                self.many[number, name] = self.model.new_int_var(0, len(group), "")
            self.model.add(sum(self.many[number, name] for name in open_days) == len(group))
        self.terms: list[tuple[Any, int]] = []
        self._reached: dict[int, int] = {}
        self.longer: dict[str, list[tuple[Any, int]]] = {}
        self.cut: dict[str, dict[int, tuple[Any, int]]] = {}
        self.constant = 0
        for day in problem.days:
            self._fits_rooms(day)
            self._fits_members(day)
            self._switches(day)
        for wish, key in (("category_day", _category), ("region_day", _region)):
            if problem.weights.get(wish):
                self._days_used(key, problem.weights[wish])
        self.model.minimize(weighted(self.terms) + self.constant)

    def _kind(self, one: Nominee) -> tuple[object, ...]:
        pin = self.problem.pin.get(one.id)
        own = one.id if pin is not None or one.id in self.problem.former else ""
        return one.category, one.region, one.mode, one.duration, one.windows, own

    def _minutes(self, number: int) -> int:
        one = self.groups[number][0]
        return self.problem.duration(one.id) + self.problem.category_of(one.id).buffer

    def _here(self, day: str) -> list[tuple[int, Any]]:
        return [(number, many) for (number, there), many in self.many.items() if there == day]

    def _fits_rooms(self, day: Day) -> None:
        """Enough time of rooms for each mode and for all; a room that works on after a break costs something."""
        here = self._here(day.id)
        full = 100 - (self.spare or 0)
        self.longer[day.id] = [(self._longer(day, session), self._extra(session)) for session in day.sessions]
        self.cut[day.id] = dict(self._last_ones(day))
        more = [(some, full * gain) for some, gain in (*self.longer[day.id], *self.cut[day.id].values())]
        for modes in (MODES, *((mode,) for mode in MODES)):
            rooms = [room for room in self.problem.rooms if set(modes) & room.modes]
            most = sum(self._minutes_of(day, session, rooms) for session in day.sessions)
            asked = [(many, 100 * self._steps(n)) for n, many in here if self.groups[n][0].mode in modes]
            if asked:
                self.model.add(weighted(asked) <= most * full + weighted(more))

    def _steps(self, number: int) -> int:
        """Minutes until the next interview can begin."""
        grid = self.problem.grid_min
        return -(-self._minutes(number) // grid) * grid

    def _reach(self, length: int) -> int:
        """The most minutes that interviews in a row take of ``length``."""
        if length not in self._reached:
            steps = {self._steps(number) for number in range(len(self.groups))}
            sums = {0}
            for at in range(self.problem.grid_min, length + 1, self.problem.grid_min):
                if any(at - step in sums for step in steps):
                    sums.add(at)
            self._reached[length] = max(sums)
        return self._reached[length]

    def _last_ones(self, day: Day) -> Iterator[tuple[int, tuple[Any, int]]]:
        """Interviews, by kind, whose buffer the end of a session cuts, with the gain: one for a room and session."""
        if self.spare is not None:
            return
        gains: dict[int, int] = {}
        for number, group in enumerate(self.groups):
            for session in day.sessions:
                for length in (session.end - session.start, self._rested(session)):
                    room = length - self.problem.duration(group[0].id)
                    gain = self._steps(number) + self._reach(room) - self._reach(length) if room >= 0 else 0
                    gains[number] = max(gains.get(number, 0), gain)
        chosen = []
        for number, many in self._here(day.id):
            if gains.get(number, 0) > 0:
                chosen.append(self.model.new_int_var(0, len(self.problem.rooms) * len(day.sessions), ""))
                self.model.add(chosen[-1] <= many)
                yield number, (chosen[-1], gains[number])
        if chosen:
            self.model.add(sum(chosen) <= len(self.problem.rooms) * len(day.sessions))

    def _longer(self, day: Day, session: Session) -> Any:
        """How many rooms work longer in a session than one panel may without a break."""
        most = self._panels(day, session, len(self.problem.rooms)) if self._rested(session) < _length(session) else 0
        longer = self.model.new_int_var(0, most, "")
        self.terms.append((longer, self._price()))
        return longer

    def _price(self) -> int:
        """What it costs to work longer: the room stays empty for a break, or everybody is replaced in time."""
        problem = self.problem
        pause = problem.limits.min_break_min // problem.grid_min * problem.weights.get("idle", 0)
        quorum = min((one.quorum for one in problem.categories), default=0)
        return min(pause, quorum * problem.weights.get("panel_join", 0))

    def _extra(self, session: Session) -> int:
        """Minutes by which a room works longer then."""
        length, rested = _length(session), self._rested(session)
        if self.spare is None:
            return self._reach(length) - self._reach(rested)
        return max(0, length - rested - self.problem.limits.min_break_min) if rested < length else 0

    def _minutes_of(self, day: Day, session: Session, rooms: list[Room]) -> int:
        """Minutes that ``rooms`` offer in a session, no longer than one panel may work, without cut buffers.

        Strictly, as many of them as there are panels for, the best first.
        """
        found = []
        for room in rooms:
            most = self._reach(self._rested(session))
            closed = [span for span in room.unavailable if span.touches(day.id, session.start, session.end)]
            found.append(min(most, open_minutes(self.problem, day.id, session, closed)) if closed else most)
        return sum(sorted(found, reverse=True)[: self._panels(day, session, len(rooms))])

    def _rested(self, session: Session) -> int:
        """Minutes of a session that one panel can work through."""
        longest = self.problem.limits.max_continuous_min
        return _length(session) if longest is None else min(_length(session), longest)

    def _panels(self, day: Day, session: Session, most: int) -> int:
        """How many panels can sit at the same time through the session; generously, as many as there are rooms."""
        if self.spare is None:
            return most
        there = [
            one
            for one in self.problem.members
            if not any(span.touches(day.id, session.start, session.end) for span in one.unavailable)
        ]
        quorum = min((one.quorum for one in self.problem.categories), default=0)
        found = min(most, len(there) // quorum) if quorum else most
        for name in set.intersection(*(set(one.role_groups) for one in self.problem.categories)):
            group = self.problem.role_group[name]
            if group.min:
                found = min(found, sum(1 for one in there if one.roles & group.any_of) // group.min)
        return found

    def _fits_members(self, day: Day) -> None:
        """Enough minutes of members for the quorum of everybody, and of those with a role for each group."""
        for able, wanted in asked_of_members(self.problem):
            there = 0
            for member in able:
                borne = sum(bearable(self.problem, member, day.id, session) for session in day.sessions)
                limit = self.problem.day_limit(member.id)
                there += borne if limit is None else min(borne, limit + self.longest_buffer * len(day.sessions))
            asked = [(many, self._minutes(n) * wanted[self.groups[n][0].category]) for n, many in self._here(day.id)]
            self.model.add(weighted(asked) <= there)

    def _switches(self, day: Day) -> None:
        """A change of category for every row that the categories need beyond those there are.

        Of categories that share a row only one takes more than half of it: so the time that a row works longer need be
        counted for one of them alone.
        """
        weight, rooms = self.problem.weights.get("category_switch", 0), self.problem.rooms
        if not weight or not day.sessions:
            return
        row = sum(self._reach(self._rested(one)) for one in day.sessions)
        if sum(extra for _longer, extra in self.longer[day.id]) + self.longest_buffer + self.problem.grid_min > row:
            return
        side_by_side = max(self._panels(day, one, len(rooms)) for one in day.sessions)
        by_category: dict[str, list[int]] = defaultdict(list)
        for number, _many in self._here(day.id):
            by_category[self.groups[number][0].category].append(number)
        rows, shares = [], [[longer] for longer, _extra in self.longer[day.id]]
        for numbers in by_category.values():
            rows.append(self.model.new_int_var(0, len(rooms), ""))
            more = [self.cut[day.id][number] for number in numbers if number in self.cut[day.id]]
            for share, (_longer, extra) in zip(shares, self.longer[day.id], strict=True):
                share.append(self.model.new_int_var(0, len(rooms), ""))
                more.append((share[-1], extra))
                self.model.add(share[-1] <= rows[-1])
            self.model.add(sum(last for last, _gain in more[: -len(shares)]) <= rows[-1] * len(shares))
            asked = [(self.many[number, day.id], self._steps(number)) for number in numbers]
            self.model.add(weighted(asked) <= row * rows[-1] + weighted(more))
        for longer, *shared in shares:
            self.model.add(sum(shared) <= longer)
        if len(rows) > 1:
            switches = self.model.new_int_var(0, len(rows) * len(rooms), "")
            self.model.add(switches >= sum(rows) - side_by_side)
            self.terms.append((switches, weight))

    def _days_used(self, key: Callable[[Nominee], str], weight: int) -> None:
        of_kind: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups):
            if key(group[0]):
                of_kind[key(group[0])].append(number)
        for numbers in of_kind.values():
            self.constant -= weight
            for day in self.problem.days:
                some = [number for number in numbers if (number, day.id) in self.many]
                if some:
                    used = self.model.new_bool_var("")
                    for number in some:
                        self.model.add(self.many[number, day.id] <= len(self.groups[number]) * used)
                    self.terms.append((used, weight))

    def plan(self, value: Any) -> Iterator[tuple[str, str]]:
        """Nominee and day of a solution."""
        left = [list(group) for group in self.groups]
        for (number, day), many in self.many.items():
            for _ in range(value(many)):
                yield left[number].pop().id, day


def _length(session: Session) -> int:
    return session.end - session.start


def _category(one: Nominee) -> str:
    return one.category


def _region(one: Nominee) -> str:
    return one.region if one.mode == ONSITE else ""


def days(
    problem: Problem,
    effort: Effort,
    spare: int | None = None,
    told: Callable[[int], None] | None = None,
    work: float | None = None,
) -> Plan:
    """A day for every nominee, none if there is no such plan or it was not found; ``spare`` as for ``Days``.

    Generously, ``Plan.bound`` and ``Plan.impossible`` hold for every schedule, and ``told`` hears of better bounds;
    strictly, they say nothing. After ``work`` units it is enough, however much of ``effort`` is left.
    """
    from ortools.sat.python import cp_model

    model = Days(problem, spare)
    solver = configured(effort)
    solver.parameters.interleave_search = solver.parameters.num_workers <= FEW
    if work is not None and effort.work is None:
        solver.parameters.max_deterministic_time = work
    if told is not None and spare is None:
        solver.best_bound_callback = lambda bound: told(rounded_up(bound))
    with Watch(solver, effort.stop):
        status = solver.solve(model.model)
    done = solver.response_proto.deterministic_time
    if status == cp_model.INFEASIBLE:
        return Plan({}, impossible=spare is None, work=done)
    known = spare is None and status != cp_model.MODEL_INVALID
    bound = max(rounded_up(solver.best_objective_bound), 0) if known else 0
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Plan({}, bound, work=done)
    return Plan(dict(model.plan(solver.value)), bound, work=done)
