"""Is there anything better? Asked level by level from below, until the answer is a schedule."""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace

from .bounds import sessions
from .outline import Plan
from .problem import Placement, Problem, Slot
from .search import Effort, Watch, configured
from .sequence import Sequence
from .slots import open_slots


def rise(
    problem: Problem,
    effort: Effort,
    level: int,
    best: int | None = None,
    told: Callable[[int], None] | None = None,
    timer: Callable[[], float] = time.monotonic,
) -> tuple[Plan, tuple[Placement, ...]]:
    """Is there a schedule that costs no more than ``level``? If not, than one more? And so on, for as long as it takes.

    ``level`` has to be a bound; ``told`` hears of each better one. Nothing is asked from ``best`` on, which is what a
    schedule costs that is there already. With the last bound come the interviews of the first
    sequence that was found: if they keep the rules and cost no more than that bound, no schedule is cheaper.
    """
    from ortools.sat.python import cp_model

    until, work = timer() + effort.seconds, 0.0
    placements: tuple[Placement, ...] = ()
    while best is None or level < best:
        left = replace(effort, seconds=max(until - timer(), 0))
        if effort.work is not None:
            left = replace(left, work=max(effort.work - work, 0))
        order = Sequence(problem)
        # The frame alone already tells most of what cannot be, before anybody is seated.
        order.model.add(order.frame.cost <= level)
        order.model.add(order.cost <= level)
        solver = configured(left)
        # A linear relaxation bounds nothing here and takes nearly all of the time; so does any other way of searching.
        solver.parameters.linearization_level = 0
        solver.parameters.interleave_search = False
        solver.parameters.num_workers = 1
        with Watch(solver, effort.stop):
            status = solver.solve(order.model)
        work += solver.response_proto.deterministic_time
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            placements = order.placements(solver.value)
        if status != cp_model.INFEASIBLE:
            break
        level += 1
        if told is not None:
            told(level)
    return Plan({}, level, work=work), placements


def climb(
    problem: Problem, effort: Effort, floor: int = 0, best: int | None = None, told: Callable[[int], None] | None = None
) -> tuple[Plan, tuple[Placement, ...]]:
    """``rise`` from what ``sessions`` finds in a quarter of ``effort``; ``floor`` is a bound that is known already."""
    begun = time.monotonic()
    first = replace(effort, seconds=effort.seconds / 4, work=None if effort.work is None else effort.work / 4)
    frame = sessions(problem, first, floor, told)
    if frame.impossible:
        return frame, ()
    rest = replace(effort, seconds=max(effort.seconds - time.monotonic() + begun, 0))
    if effort.work is not None:
        rest = replace(rest, work=max(effort.work - frame.work, 0))
    plan, placements = rise(problem, rest, frame.bound, best, told)
    return replace(plan, work=plan.work + frame.work), placements


def same_sessions(problem: Problem, placements: Iterable[Placement]) -> dict[str, frozenset[Slot]]:
    """By nominee what is open of the room and session in which ``placements`` has the interview."""
    found = {}
    for one in placements:
        session = problem.day[one.day].session_of(one.start, problem.end(one))
        there = (slot for slot in open_slots(problem, problem.nominee[one.nominee]) if slot.room == one.room)
        found[one.nominee] = frozenset(
            slot
            for slot in there
            if slot.day == one.day and (session is None or session.start <= slot.start < session.end)
        )
    return found
