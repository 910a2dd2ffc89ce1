"""What is wished for, counted exactly: each wish is a function from a schedule to how often it is not kept.

A schedule need not be complete nor keep the rules: every count is defined for whatever is placed.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from .problem import ONSITE, Placement, Problem

Placements = Sequence[Placement]
Wish = Callable[[Problem, Placements], int]
HALF_HOUR: Final = 30


@dataclass(frozen=True, slots=True)
class Cost:
    """How often each wish is not kept, and that times its weight; both have every wish, in their fixed order."""

    counts: Mapping[str, int]
    weighted: Mapping[str, int]

    @property
    def total(self) -> int:
        """What is to be small."""
        return sum(self.weighted.values())


def cost(problem: Problem, placements: Placements) -> Cost:
    """Count every wish."""
    counts = {name: wish(problem, placements) for name, wish in WISHES.items()}
    return Cost(counts, {name: count * problem.weights.get(name, 0) for name, count in counts.items()})


def unsur_missing(problem: Problem, placements: Placements) -> int:
    """For each interview what the different ``unsur`` sitting fall short of the category's target."""
    return sum(
        max(0, problem.category_of(one.nominee).unsur_target - len({problem.member[m].unsur for m in one.members}))
        for one in placements
    )


def category_switch(problem: Problem, placements: Placements) -> int:
    """For each room and day: neighbouring interviews, by start, of different categories."""
    rows = _grouped(placements, lambda one: (one.room, one.day)).values()
    return sum(
        problem.nominee[one.nominee].category != problem.nominee[other.nominee].category
        for row in rows
        for one, other in pairwise(row)
    )


def category_day(problem: Problem, placements: Placements) -> int:
    """For each category: days used minus one."""
    return _days_beyond_one((problem.nominee[one.nominee].category, one.day) for one in placements)


def region_day(problem: Problem, placements: Placements) -> int:
    """For each region, of nominees that come in person: days used minus one."""
    nominees = ((problem.nominee[one.nominee], one.day) for one in placements)
    return _days_beyond_one((who.region, day) for who, day in nominees if who.region and who.mode == ONSITE)


def preference(problem: Problem, placements: Placements) -> int:
    """The cost of every span that a nominee would rather avoid and that the interview, without buffer, touches."""
    return sum(
        span.cost
        for one in placements
        for span in problem.nominee[one.nominee].avoid
        if span.touches(one.day, one.start, problem.end(one))
    )


def idle(problem: Problem, placements: Placements) -> int:
    """For each room and session: gaps between occupied times, in whole steps of the grid."""
    return sum(
        max(0, other.start - problem.occupied_until(one)) // problem.grid_min
        for row in _by_session(problem, placements)
        for one, other in pairwise(row)
    )


def load_range(problem: Problem, placements: Placements) -> int:
    """Most minus least occupied minutes of all days among balanced members, in started half hours."""
    minutes = {one.id: 0 for one in problem.members if one.balance}
    for one in placements:
        for member in set(one.members):
            if member in minutes:
                minutes[member] += problem.occupied_until(one) - one.start
    loads = minutes.values()
    return -((min(loads, default=0) - max(loads, default=0)) // HALF_HOUR)


def panel_join(problem: Problem, placements: Placements) -> int:
    """For each room and session: members of an interview that did not sit in the one before."""
    rows = _by_session(problem, placements)
    return sum(len(set(other.members) - set(one.members)) for row in rows for one, other in pairwise(row))


def move(problem: Problem, placements: Placements) -> int:
    """Interviews with another day or start than in the baseline."""
    return sum((one.day, one.start) != (old.day, old.start) for one, old in _with_baseline(problem, placements))


def room_change(problem: Problem, placements: Placements) -> int:
    """Interviews with the day and start of the baseline in another room."""
    pairs = _with_baseline(problem, placements)
    return sum((one.day, one.start) == (old.day, old.start) and one.room != old.room for one, old in pairs)


def panel_diff(problem: Problem, placements: Placements) -> int:
    """Of interviews with day, start and room of the baseline: members that came plus members that are gone."""
    pairs = _with_baseline(problem, placements)
    return sum(len(set(one.members) ^ set(old.members)) for one, old in pairs if one.slot == old.slot)


WISHES: Final[Mapping[str, Wish]] = {
    "unsur_missing": unsur_missing,
    "category_switch": category_switch,
    "category_day": category_day,
    "region_day": region_day,
    "preference": preference,
    "idle": idle,
    "load_range": load_range,
    "panel_join": panel_join,
    "move": move,
    "room_change": room_change,
    "panel_diff": panel_diff,
}


def judge_subsets(problem: Problem, placements: Placements) -> dict[str, int]:
    """Per category: into how many parts nominees and sitting members fall that no member joins.

    More than one: strict and lenient panels cannot be told from weak and strong nominees. 0: nobody is placed.
    """
    found = {}
    for category in problem.categories:
        parts: list[set[str]] = []
        for one in placements:
            if problem.nominee[one.nominee].category == category.id:
                # A nominee is met once, so an interview is the only edge it has.
                joined = [part for part in parts if part & set(one.members)]
                parts = [part for part in parts if not part & set(one.members)]
                parts.append(set(one.members).union(*joined))
        found[category.id] = len(parts)
    return found


def _grouped(
    placements: Iterable[Placement], key: Callable[[Placement], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Placement]]:
    """Interviews by ``key``, each group by start."""
    groups: dict[tuple[str, ...], list[Placement]] = defaultdict(list)
    for one in sorted(placements, key=lambda one: (one.start, one.nominee)):
        groups[key(one)].append(one)
    return groups


def _by_session(problem: Problem, placements: Placements) -> Iterable[list[Placement]]:
    """Interviews of one room and session, by start; those outside every session form a group of their own."""

    def key(one: Placement) -> tuple[str, ...]:
        session = problem.day[one.day].session_of(one.start, problem.end(one))
        return (one.room, one.day) if session is None else (one.room, one.day, session.id)

    return _grouped(placements, key).values()


def _days_beyond_one(pairs: Iterable[tuple[str, str]]) -> int:
    used = set(pairs)
    return len(used) - len({name for name, _day in used})


def _with_baseline(problem: Problem, placements: Placements) -> Iterable[tuple[Placement, Placement]]:
    old = problem.former
    return ((one, old[one.nominee]) for one in placements if one.nominee in old)
