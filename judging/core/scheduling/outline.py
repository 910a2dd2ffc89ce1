"""Who meets in which session, before it is asked when and before whom: a plan for every day and a bound for the whole.

Nominees that ask for the same are counted, rooms of a day that are alike are one place with their minutes together.
Every schedule that keeps the rules is a plan here, and costs at least what the plan does: of the wishes those for days,
preference and switches are counted, and none of them higher than it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from .objective import weighted
from .problem import ONSITE, Member, Nominee, Problem, Session, Span
from .search import Effort, Watch, configured, rounded_up
from .slots import open_slots


class Place(NamedTuple):
    """Like rooms in one session: the plan asks no finer."""

    day: str
    session: str
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Day of each nominee, the bound on the cost of every schedule, and whether nothing fits at all."""

    days: Mapping[str, str]
    bound: int = 0
    impossible: bool = False
    work: float = 0.0


class Outline:
    """The model of who meets in which session."""

    def __init__(self, problem: Problem, spare: int = 0) -> None:
        """``spare``: per cent of the minutes of rooms and members that are to stay free; anything but 0 is no bound."""
        from ortools.sat.python import cp_model

        self.problem, self.spare = problem, spare
        self.model: Any = cp_model.CpModel()
        self.kinds: dict[tuple[object, ...], list[Nominee]] = defaultdict(list)
        for nominee in problem.nominees:
            self.kinds[self._kind(nominee)].append(nominee)
        self.many: dict[tuple[int, Place], Any] = {}
        self.price: dict[tuple[int, Place], int] = {}
        self.terms: list[tuple[Any, int]] = []
        self.constant = 0
        self._assign()
        for place in self.places:
            self._fits_rooms(place)
        for day in problem.days:
            for session in day.sessions:
                self._fits_members(day.id, session)
        self._wish()
        self.model.minimize(weighted(self.terms) + self.constant)

    @cached_property
    def groups(self) -> list[list[Nominee]]:
        """Nominees that ask for the same, by kind."""
        return list(self.kinds.values())

    @cached_property
    def places(self) -> list[Place]:
        """Like rooms of every session."""
        found = []
        for day in self.problem.days:
            alike: dict[object, list[str]] = defaultdict(list)
            for room in self.problem.rooms:
                closed = tuple(span for span in room.unavailable if span.day == day.id)
                alike[room.modes, closed].append(room.id)
            found += [Place(day.id, one.id, tuple(rooms)) for rooms in alike.values() for one in day.sessions]
        return found

    def occupied(self, number: int) -> int:
        """Minutes of an interview of that kind, with its buffer."""
        one = self.groups[number][0]
        return self.problem.duration(one.id) + self.problem.category_of(one.id).buffer

    def _kind(self, one: Nominee) -> tuple[object, ...]:
        own = one.id if one.id in self.problem.pin or one.id in self.problem.former else ""
        return one.category, one.region, one.mode, one.duration, one.windows, one.avoid, own

    def _assign(self) -> None:
        of_room = {(place.day, place.session, room): place for place in self.places for room in place.rooms}
        for number, group in enumerate(self.groups):
            nominee = group[0]
            duration = self.problem.duration(nominee.id)
            cheapest: dict[Place, int] = {}
            for slot in open_slots(self.problem, nominee):
                end = slot.start + duration
                place = of_room[slot.day, self._session_id(slot.day, slot.start), slot.room]
                price = sum(span.cost for span in nominee.avoid if span.touches(slot.day, slot.start, end))
                cheapest[place] = min(price, cheapest.get(place, price))
            for place, price in cheapest.items():
                many = self.model.new_int_var(0, len(group), "")
                self.many[number, place], self.price[number, place] = many, price
            self.model.add(sum(self.many[number, place] for place in cheapest) == len(group))

    def _session_id(self, day: str, start: int) -> str:
        return next(one.id for one in self.problem.day[day].sessions if one.start <= start < one.end)

    def _session(self, place: Place) -> Session:
        return next(one for one in self.problem.day[place.day].sessions if one.id == place.session)

    def _fits_rooms(self, place: Place) -> None:
        minutes = len(place.rooms) * self._room_minutes(place) * (100 - self.spare) // 100
        self.model.add(self._minutes(place) <= minutes)

    def _room_minutes(self, place: Place) -> int:
        """What one room of ``place`` has room for; with ``spare``, for one panel that is to have its break."""
        session = self._session(place)
        minutes = open_minutes(self.problem, place.day, session, self.problem.room[place.rooms[0]].unavailable)
        longest = self.problem.limits.max_continuous_min
        if self.spare and longest is not None and longest < session.end - session.start:
            return min(minutes, longest)
        return minutes

    def _minutes(self, place: Place, times: Mapping[int, int] | None = None) -> Any:
        here = [(number, many) for (number, there), many in self.many.items() if there == place]
        return weighted((many, self.occupied(one) * (1 if times is None else times[one])) for one, many in here)

    def _fits_members(self, day: str, session: Session) -> None:
        """Enough minutes of members for the quorum of everybody, and of those with a role for each group."""
        places = [place for place in self.places if (place.day, place.session) == (day, session.id)]
        for able, wanted in asked_of_members(self.problem):
            times = {number: wanted[group[0].category] for number, group in enumerate(self.groups)}
            there = sum(bearable(self.problem, one, day, session) for one in able) * (100 - self.spare) // 100
            self.model.add(sum(self._minutes(place, times) for place in places) <= there)

    def _wish(self) -> None:
        weigh = self.problem.weights.get
        for wish, names in (("category_day", self._categories()), ("region_day", self._regions())):
            weight = weigh(wish, 0)
            for numbers in names.values() if weight else ():
                self.constant -= weight
                self.terms += [(self._used(numbers, day.id), weight) for day in self.problem.days]
        if weigh("preference"):
            weight = weigh("preference", 0)
            self.terms += [(many, weight * self.price[key]) for key, many in self.many.items() if self.price[key]]
        if weigh("category_switch"):
            self._switches(weigh("category_switch", 0))

    def _categories(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups):
            found[group[0].category].append(number)
        return found

    def _regions(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, group in enumerate(self.groups):
            if group[0].region and group[0].mode == ONSITE:
                found[group[0].region].append(number)
        return found

    def _used(self, numbers: list[int], day: str) -> Any:
        """Whether any of these kinds is met there."""
        used = self.model.new_bool_var("")
        there: dict[int, list[Any]] = defaultdict(list)
        chosen = set(numbers)
        for (number, place), many in self.many.items():
            if number in chosen and place.day == day:
                there[number].append(many)
        for number, some in there.items():
            # All places of a day together: the sum bounds far more sharply than each of them.
            self.model.add(sum(some) <= len(self.groups[number]) * used)
        return used

    def _switches(self, weight: int) -> None:
        """On a day like rooms see at least as many changes as their categories need more rows than there are rooms."""
        categories = self._categories()
        for day, rooms in dict.fromkeys((place.day, place.rooms) for place in self.places):
            places = [place for place in self.places if (place.day, place.rooms) == (day, rooms)]
            most = sum(self._room_minutes(place) for place in places)
            switches = self.model.new_int_var(0, len(categories) * len(rooms), "")
            rows = []
            for numbers in categories.values():
                here = [
                    (self.many[number, place], self.occupied(number))
                    for number in numbers
                    for place in places
                    if (number, place) in self.many
                ]
                if here:
                    rows.append(self.model.new_int_var(0, len(rooms), ""))
                    self.model.add(weighted(here) <= most * rows[-1])
            self.model.add(switches >= sum(rows) - len(rooms))
            self.terms.append((switches, weight))

    def days(self, value: Any) -> Iterator[tuple[str, str]]:
        """Nominee and day of a solution."""
        left = [list(group) for group in self.groups]
        for (number, place), many in self.many.items():
            for _ in range(value(many)):
                yield left[number].pop().id, place.day


def open_minutes(problem: Problem, day: str, session: Session, closed: Iterable[Span]) -> int:
    """Minutes of a session that can be occupied: buffers may lie in closed time and after the last interview."""
    buffer = max((one.buffer for one in problem.categories), default=0)
    found, at = 0, session.start
    for span in sorted((one for one in closed if one.touches(day, session.start, session.end)), key=_start):
        if span.start > at:
            found += min(span.start + buffer, session.end) - at
        at = max(at, span.end)
    # The end of the session cuts a buffer, so what is counted in full may be longer by it.
    return found + max(session.end + buffer - at, 0)


def bearable(problem: Problem, member: Member, day: str, session: Session) -> int:
    """Minutes that ``member`` can be occupied in a session, at most."""
    limits = problem.limits
    buffer = max((one.buffer for one in problem.categories), default=0)
    minutes = open_minutes(problem, day, session, member.unavailable)
    length = session.end - session.start
    if limits.max_continuous_min is not None and length > limits.max_continuous_min:
        rested = max(length - max(limits.min_break_min, 1), limits.max_continuous_min)
        minutes = min(minutes, rested + buffer)
    limit = problem.day_limit(member.id)
    return minutes if limit is None else min(minutes, limit + buffer)


def asked_of_members(problem: Problem) -> Iterator[tuple[list[Member], dict[str, int]]]:
    """How many are asked for by each category: of all members, and of those with a role for each group."""
    yield list(problem.members), {one.id: one.quorum for one in problem.categories}
    for name in dict.fromkeys(name for one in problem.categories for name in one.role_groups):
        group = problem.role_group[name]
        able = [one for one in problem.members if one.roles & group.any_of]
        yield able, {one.id: group.min * (name in one.role_groups) for one in problem.categories}


def outline(problem: Problem, effort: Effort, spare: int = 0) -> Plan:
    """A cheap plan of days, and what no schedule can be cheaper than; ``spare`` as for ``Outline``."""
    from ortools.sat.python import cp_model

    model = Outline(problem, spare)
    solver = configured(effort)
    with Watch(solver, effort.stop):
        status = solver.solve(model.model)
    work = solver.response_proto.deterministic_time
    if status == cp_model.INFEASIBLE:
        return Plan({}, impossible=True, work=work)
    bound = max(rounded_up(solver.best_objective_bound), 0)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Plan({}, bound if status == cp_model.UNKNOWN else 0, work=work)
    return Plan(dict(model.days(solver.value)), bound, work=work)


def _start(span: Span) -> int:
    return span.start
