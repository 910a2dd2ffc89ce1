"""Is there enough of everything? Cheap checks that any schedule must pass; passing them proves nothing.

Each looks at one thing alone, as if nobody else were to be met, and so its answer is the clearest there is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from .problem import Category, Day, Nominee, Problem
from .slots import open_rooms, open_starts


@dataclass(frozen=True, slots=True)
class DayRoom:
    """One day: the minutes in which its rooms are open, and how many are needed by those who can come on no other."""

    day: str
    open: int
    bound: int

    @property
    def is_enough(self) -> bool:
        """Whether those who must be met on this day fit in."""
        return self.bound <= self.open


@dataclass(frozen=True, slots=True)
class Sufficiency:
    """What was found; ``without_roles`` are categories with the role group that they never get."""

    days: tuple[DayRoom, ...]
    needed: int
    without_slot: tuple[str, ...]
    without_members: tuple[str, ...]
    without_quorum: tuple[str, ...]
    without_roles: tuple[tuple[str, str], ...]

    @property
    def open(self) -> int:
        """Minutes of all rooms on all days."""
        return sum(day.open for day in self.days)

    @property
    def is_passed(self) -> bool:
        """Whether nothing stands against a schedule as far as this can tell."""
        alone = self.without_slot or self.without_members or self.without_quorum or self.without_roles
        return not alone and self.needed <= self.open and all(day.is_enough for day in self.days)


def sufficiency(problem: Problem) -> Sufficiency:
    """Look at rooms, nominees and members of ``problem``, each alone."""
    days_of = {nominee.id: _open_days(problem, nominee) for nominee in problem.nominees}
    need = {nominee.id: problem.duration(nominee.id) for nominee in problem.nominees}
    bound = {day.id: 0 for day in problem.days}
    for nominee, days in days_of.items():
        if len(days) == 1:
            bound[next(iter(days))] += need[nominee]
    used = {nominee.category for nominee in problem.nominees}
    short = {one.id: list(_short(problem, one)) for one in problem.categories if one.id in used}
    return Sufficiency(
        days=tuple(DayRoom(day.id, _open_minutes(problem, day), bound[day.id]) for day in problem.days),
        needed=sum(need.values()),
        without_slot=tuple(nominee for nominee, days in days_of.items() if not days),
        without_members=tuple(_without_members(problem)),
        without_quorum=tuple(category for category, missing in short.items() if "" in missing),
        without_roles=tuple((category, group) for category, missing in short.items() for group in missing if group),
    )


def _open_days(problem: Problem, nominee: Nominee) -> frozenset[str]:
    """Days on which ``nominee`` alone could be met."""
    rooms = [problem.room[room] for room in open_rooms(problem, nominee)]
    duration = problem.duration(nominee.id)
    found: set[str] = set()
    for day, _session, start in open_starts(problem, nominee):
        if day in found:
            continue
        if any(not any(span.touches(day, start, start + duration) for span in room.unavailable) for room in rooms):
            found.add(day)
    return frozenset(found)


def _open_minutes(problem: Problem, day: Day) -> int:
    """Minutes of all rooms in the sessions of ``day`` in which they are open."""
    return sum(
        sum(
            not any(span.touches(day.id, minute, minute + 1) for span in closed) for minute in range(one.start, one.end)
        )
        if (closed := [span for span in room.unavailable if span.touches(day.id, one.start, one.end)])
        else one.end - one.start
        for room in problem.rooms
        for one in day.sessions
    )


def _without_members(problem: Problem) -> Iterator[str]:
    """Nominees with too few members who may judge them."""
    for nominee in problem.nominees:
        able = sum(nominee.id not in member.recused for member in problem.members)
        if able < problem.category_of(nominee.id).quorum:
            yield nominee.id


def _short(problem: Problem, category: Category) -> Iterator[str]:
    """Role groups that are never there during an interview of ``category``; an empty id for the quorum."""
    missing = {"": category.quorum} | {name: problem.role_group[name].min for name in category.role_groups}
    for present in _present(problem, category.duration):
        for name, least in tuple(missing.items()):
            any_of = problem.role_group[name].any_of if name else None
            count = sum(any_of is None or bool(problem.member[one].roles & any_of) for one in present)
            if count >= least:
                del missing[name]
        if not missing:
            return
    yield from missing


def _present(problem: Problem, duration: int) -> Iterator[frozenset[str]]:
    """Who is there during each interview of ``duration`` that the sessions hold."""
    for day in problem.days:
        for session in day.sessions:
            first = -(-session.start // problem.grid_min) * problem.grid_min
            for start in range(first, session.end - duration + 1, problem.grid_min):
                yield frozenset(
                    member.id
                    for member in problem.members
                    if not any(span.touches(day.id, start, start + duration) for span in member.unavailable)
                )
