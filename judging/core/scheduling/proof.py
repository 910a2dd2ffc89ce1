"""Is there anything better? Asked level by level from below, until the answer is a schedule.

Beside it, where there is a second worker, it is asked from above, briefly and then longer: what is found there makes
the question smaller, and is of use if the last answer takes too long.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from .bounds import sessions
from .outline import Plan
from .problem import Placement, Problem, Slot
from .search import Effort, Watch, configured
from .sequence import Sequence
from .slots import open_slots
from .solution import Status

BRIEFLY: Final = 2.0  # units of work of the first question from above; each round has twice as much
STEPS: Final = (1, 2, 4, 8)  # levels above the bound that are asked about
Found = Callable[[tuple[Placement, ...]], int]


class Proof:
    """Asks from both sides; ``level`` is a bound, ``best`` what a schedule costs that is there (None: there is none).

    ``found`` gets the interviews of a sequence, which may need the clock to keep the rules, and answers what the best
    schedule costs now; ``told`` hears of better bounds.
    """

    def __init__(
        self, problem: Problem, level: int, best: int | None, found: Found, told: Callable[[int], None] | None = None
    ) -> None:
        self.problem, self.level, self.best = problem, level, best
        self.found, self.told = found, told
        self.work = 0.0
        self.over = threading.Event()

    @property
    def is_closed(self) -> bool:
        """Whether bound and best have met."""
        return self.best is not None and self.level >= self.best

    def run(self, effort: Effort, timer: Callable[[], float] = time.monotonic) -> None:
        """Until both have met, or a sequence costs no more than the bound, or ``effort`` is spent."""
        above = threading.Thread(target=self._above, args=(effort,), daemon=True)
        both = effort.workers > 1 and effort.work is None
        if both:
            above.start()
        try:
            self._below(effort, timer() + effort.seconds, timer)
        finally:
            self.over.set()
            if both:
                above.join()

    def _below(self, effort: Effort, until: float, timer: Callable[[], float]) -> None:
        while not self.is_closed:
            left = replace(effort, seconds=max(until - timer(), 0))
            if effort.work is not None:
                left = replace(left, work=max(effort.work - self.work, 0))
            status, placements, work = ask(self.problem, left, self.level, self._is_over(effort))
            self.work += work
            if placements:
                self.best = self.found(placements)
            if status is not Status.INFEASIBLE:
                return
            self.level += 1
            if self.told is not None:
                self.told(self.level)

    def _above(self, effort: Effort) -> None:
        work = BRIEFLY
        while not self.over.is_set():
            for step in STEPS:
                level = self.level + step
                if self.over.is_set() or (self.best is not None and level >= self.best):
                    break
                part = replace(effort, work=work, seed=effort.seed + 1)
                _status, placements, _work = ask(self.problem, part, level, self._is_over(effort))
                if placements:
                    self.best = self.found(placements)
            else:
                work *= 2
                continue
            if self.best is not None and self.best <= self.level + 1:
                return
            work *= 2

    def _is_over(self, effort: Effort) -> Callable[[], bool]:
        return lambda: self.over.is_set() or self.is_closed or (effort.stop is not None and effort.stop())


def ask(
    problem: Problem, effort: Effort, level: int, stop: Callable[[], bool] | None = None
) -> tuple[Status, tuple[Placement, ...], float]:
    """Whether a sequence costs no more than ``level``, its interviews if there is one, and the work that it took."""
    from ortools.sat.python import cp_model

    order = Sequence(problem)
    # The frame alone already tells most of what cannot be, before anybody is seated.
    order.model.add(order.frame.cost <= level)
    order.model.add(order.cost <= level)
    solver = configured(effort)
    # A linear relaxation bounds nothing here and takes nearly all of the time; so does any other way of searching.
    solver.parameters.linearization_level = 0
    solver.parameters.interleave_search = False
    solver.parameters.num_workers = 1
    with Watch(solver, stop or effort.stop):
        status = solver.solve(order.model)
    work = solver.response_proto.deterministic_time
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Status.FEASIBLE, order.placements(solver.value), work
    return Status.INFEASIBLE if status == cp_model.INFEASIBLE else Status.UNKNOWN, (), work


def climb(
    problem: Problem,
    effort: Effort,
    found: Found,
    floor: int = 0,
    best: int | None = None,
    told: Callable[[int], None] | None = None,
) -> Plan:
    """The bound of ``Proof`` from what ``sessions`` finds in a third of ``effort``; ``floor`` is a bound already."""
    begun = time.monotonic()
    first = replace(effort, seconds=effort.seconds / 3, work=None if effort.work is None else effort.work / 3)
    frame = sessions(problem, first, floor, told)
    if frame.impossible:
        return frame
    rest = replace(effort, seconds=max(effort.seconds - time.monotonic() + begun, 0))
    if effort.work is not None:
        rest = replace(rest, work=max(effort.work - frame.work, 0))
    proof = Proof(problem, frame.bound, best, found, told)
    proof.run(rest)
    return Plan({}, proof.level, work=proof.work + frame.work)


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
