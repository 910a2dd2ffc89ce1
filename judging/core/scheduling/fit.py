"""Whether a problem fits at all, asked in the cheapest way that answers."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any, Final

from .greedy import greedy
from .model import Model
from .outline import outline
from .problem import Nominee, Placement, Problem, Slot
from .requirement import Requirement
from .search import Effort, configured
from .slots import open_slots
from .solution import Status

FEW: Final = 2_000  # pairs of places of two nominees that are looked at


def fits(problem: Problem, effort: Effort) -> bool | None:
    """Whether every nominee can be met; None: not known after ``effort``. Wishes are not looked at."""
    problem = _manned(problem)
    alone = [can_be_met(problem, one) for one in problem.nominees]
    if False in alone:
        return False
    if alone == [True]:
        return True
    if crowded(problem) or apart_at_no_time(problem):
        return False
    if greedy(problem, seed=effort.seed).status is Status.FEASIBLE:
        return True
    if outline(problem, effort).impossible:
        return False
    status, _core = clash(problem, effort, guarded=False)
    return {Status.FEASIBLE: True, Status.INFEASIBLE: False}.get(status)


def _manned(problem: Problem) -> Problem:
    """``problem``, without members where nobody has to sit anywhere: then it is one of rooms alone."""
    groups = {name for one in problem.categories for name in one.role_groups if problem.role_group[name].min > 0}
    asked = any(one.quorum > 0 for one in problem.categories) or any(one.members is not None for one in problem.pins)
    return problem if asked or groups else replace(problem, members=())


def can_be_met(problem: Problem, nominee: Nominee) -> bool | None:
    """Whether there is a slot with a panel for ``nominee`` if there are no others; None: this is too tricky to say."""
    answer: bool | None = False
    for slot in open_slots(problem, nominee):
        found = _panel_for(problem, nominee, slot)
        if found:
            return True
        answer = None if found is None else answer
    return answer


def _panel_for(problem: Problem, nominee: Nominee, slot: Slot) -> bool | None:
    category = problem.category_of(nominee.id)
    able = _able(problem, nominee, slot)
    pin = problem.pin.get(nominee.id)
    if pin is not None and pin.members is not None:
        if not pin.members <= able:
            return False
        able = set(pin.members)
    most = len(able) if category.panel_max is None else min(category.panel_max, len(able))
    groups = [problem.role_group[name] for name in category.role_groups]
    fitting = [sum(bool(problem.member[one].roles & group.any_of) for one in able) for group in groups]
    if most < category.quorum or any(there < group.min for there, group in zip(fitting, groups, strict=True)):
        return False
    pinned_over = pin is not None and pin.members is not None and most < len(pin.members)
    return False if pinned_over else True if sum(group.min for group in groups) <= most else None


def _able(problem: Problem, nominee: Nominee, slot: Slot) -> set[str]:
    """Members who are there, may judge, and bear one interview of this length."""
    end = slot.start + problem.duration(nominee.id)
    session = problem.day[slot.day].session_of(slot.start, end)
    buffered = end + problem.category_of(nominee.id).buffer
    minutes = (buffered if session is None else min(buffered, session.end)) - slot.start
    longest = problem.limits.max_continuous_min
    if longest is not None and minutes > longest:
        return set()
    found = set()
    for member in problem.members:
        limit = problem.day_limit(member.id)
        away = any(span.touches(slot.day, slot.start, end) for span in member.unavailable)
        if not away and nominee.id not in member.recused and (limit is None or minutes <= limit):
            found.add(member.id)
    return found


def clash(problem: Problem, effort: Effort, *, guarded: bool = True) -> tuple[Status, tuple[Requirement, ...]]:
    """Whether the whole model has a solution; if not, and ``guarded``, requirements that cannot hold together.

    They are enough for the clash but need not be the fewest; the number of rooms is never among them: it is taken as
    given.
    """
    from ortools.sat.python import cp_model

    model = Model(problem, guarded=guarded)
    literals: dict[Requirement, Any] = {} if model.guards is None else model.guards.literals
    model.model.add_assumptions(list(literals.values()))
    # Which assumptions suffice is told by a single worker alone.
    solver = configured(Effort(effort.seconds, effort.seed, 1, effort.work, effort.stop))
    solver.parameters.interleave_search = False
    status = solver.solve(model.model)
    if status == cp_model.INFEASIBLE:
        named = set(solver.sufficient_assumptions_for_infeasibility()) if literals else set()
        return Status.INFEASIBLE, tuple(one for one, literal in literals.items() if literal.index in named)
    return (Status.FEASIBLE if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else Status.UNKNOWN), ()


def apart_at_no_time(problem: Problem) -> tuple[str, ...]:
    """Two nominees who could each be met alone, but not both: their rooms or persons clash wherever they are put.

    Only those with few places are looked at, and those for whom the same person comes; () if there are no such two.
    """
    places = {one.id: list(open_slots(problem, one)) for one in problem.nominees}
    for one, other in combinations(problem.nominees, 2):
        mine, others = places[one.id], places[other.id]
        shared = bool(set(one.persons) & set(other.persons))
        few = len(mine) * len(others) <= FEW
        if (few or shared) and not any(_side_by_side(problem, one, a, other, b, shared) for a in mine for b in others):
            return one.id, other.id
    return ()


def _side_by_side(problem: Problem, one: Nominee, mine: Slot, other: Nominee, others: Slot, shared: bool) -> bool:
    """Whether both interviews can be held: not at once in a room, nor at once with the same person."""
    if mine.day != others.day:
        return True
    first, second = Placement(one.id, *_where(mine)), Placement(other.id, *_where(others))
    if shared and mine.start < problem.end(second) and others.start < problem.end(first):
        return False
    free = problem.occupied_until(first) <= others.start or problem.occupied_until(second) <= mine.start
    return mine.room != others.room or free


def _where(slot: Slot) -> tuple[str, int, str]:
    return slot.day, slot.start, slot.room


def crowded(problem: Problem) -> tuple[str, ...]:
    """The fewest nominees found who all have to come in the same sessions, for which these have not enough minutes.

    Sessions are gathered by what single nominees are open to; () if there is room for everybody in this view.
    """
    open_to = {one.id: _sessions(problem, one) for one in problem.nominees}
    best: tuple[str, ...] = ()
    for sessions in Counter(open_to.values()):
        inside = tuple(name for name, own in open_to.items() if own <= sessions)
        spare = _wanted(problem, inside) - _there(problem, sessions)
        if spare > 0 and (not best or len(inside) < len(best)):
            best = _without_spare(problem, inside, spare)
    return best


def _without_spare(problem: Problem, names: Sequence[str], spare: int) -> tuple[str, ...]:
    """As few of ``names`` as are still too many; they are ``spare`` minutes too many."""
    kept = []
    for name in sorted(names, key=lambda one: _wanted(problem, [one])):
        minutes = _wanted(problem, [name])
        if minutes < spare:
            spare -= minutes
        else:
            kept.append(name)
    return tuple(name for name in names if name in kept)


def _sessions(problem: Problem, nominee: Nominee) -> frozenset[tuple[str, int]]:
    """Sessions by day and beginning."""
    return frozenset(
        (slot.day, session.start)
        for slot in open_slots(problem, nominee)
        for session in problem.day[slot.day].sessions
        if session.start <= slot.start < session.end
    )


def _wanted(problem: Problem, names: Sequence[str]) -> int:
    return sum(problem.duration(name) + problem.category_of(name).buffer for name in names)


def _there(problem: Problem, sessions: Collection[tuple[str, int]]) -> int:
    """Minutes of all rooms, with a buffer that the end of each session may cut and what is closed left out."""
    buffer = max(one.buffer for one in problem.categories)
    minutes = 0
    for day in problem.days:
        for session in day.sessions:
            if (day.id, session.start) in sessions:
                minutes += len(problem.rooms) * (session.end - session.start + buffer)
    return minutes
