"""One run of the solver over a model, within limits, and what came of it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from .hints import complete, hint, read
from .layout import Scope
from .model import Model
from .objective import Objective
from .problem import Placement, Problem
from .solution import Status

PATIENCE: Final = 1_000  # conflicts that the solver may spend on completing a hint
POLL: Final = 0.2  # seconds between two looks at whether to stop


@dataclass(frozen=True, slots=True)
class Effort:
    """How long and how: wall seconds, or units of ``work`` that are the same on every machine (then one worker)."""

    seconds: float
    seed: int = 0
    workers: int = 1
    work: float | None = None
    stop: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """``placements`` of all rows if any were found; ``bound``: of the model's objective; ``work``: what was spent."""

    status: Status
    placements: tuple[Placement, ...] | None = None
    objective: int | None = None
    bound: int | None = None
    work: float = 0.0
    proved: bool = False


def improve(
    problem: Problem,
    scope: Scope,
    start: Sequence[Placement],
    effort: Effort,
    found: Callable[[tuple[Placement, ...], int], None] | None = None,
) -> Outcome:
    """The best schedule within ``scope``, begun at ``start``; ``found`` hears of each better one and of the bound."""
    model = Model(problem, scope)
    Objective(model)
    begun = 0.0
    if start:
        hint(model, start)
        first = configured(effort)
        complete(model, first)
        begun = first.response_proto.deterministic_time
    outcome = run(model, effort, found)
    return replace(outcome, work=outcome.work + begun)


def run(model: Model, effort: Effort, found: Callable[[tuple[Placement, ...], int], None] | None = None) -> Outcome:
    """Solve ``model`` as it stands."""
    from ortools.sat.python import cp_model

    solver = configured(effort)
    with Watch(solver, effort.stop):
        status = solver.solve(model.model, None if found is None else _callback(model, found))
    work = solver.response_proto.deterministic_time
    if status == cp_model.INFEASIBLE:
        return Outcome(Status.INFEASIBLE, work=work, proved=True)
    bound = rounded_up(solver.best_objective_bound)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Outcome(Status.UNKNOWN, bound=bound if status == cp_model.UNKNOWN else None, work=work)
    placements = read(model, solver.boolean_value)
    proved = status == cp_model.OPTIMAL
    return Outcome(Status.FEASIBLE, placements, round(solver.objective_value), bound, work, proved)


def configured(effort: Effort) -> Any:
    """A solver that spends no more."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    parameters = solver.parameters
    parameters.random_seed = effort.seed
    parameters.num_workers = 1 if effort.work is not None else effort.workers
    # One thread takes turns at what several would do side by side: without turns it would search in one way only.
    parameters.interleave_search = parameters.num_workers == 1
    parameters.hint_conflict_limit = PATIENCE
    if effort.work is None:
        parameters.max_time_in_seconds = max(effort.seconds, 0)
    else:
        parameters.max_deterministic_time = max(effort.work, 0)
    return solver


def rounded_up(bound: float) -> int:
    """A bound on a whole number; a hair above a whole number is an error of rounding."""
    return -int(-(bound - 1e-6) // 1)


def _callback(model: Model, found: Callable[[tuple[Placement, ...], int], None]) -> Any:
    from ortools.sat.python import cp_model

    class Found(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            found(read(model, self.boolean_value), rounded_up(self.best_objective_bound))

    return Found()


class Watch:
    """Ends a search as soon as somebody asks for it."""

    def __init__(self, solver: Any, stop: Callable[[], bool] | None) -> None:
        self.solver, self.stop = solver, stop
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        if self.stop is not None:
            self.thread.start()

    def __exit__(self, *_error: object) -> None:
        self.over.set()
        if self.stop is not None:
            self.thread.join()

    def _look(self) -> None:
        while self.stop is not None and not self.over.wait(POLL):
            if self.stop():
                self.solver.stop_search()
