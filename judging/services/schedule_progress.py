"""Keeping what a computation has reached, in short transactions, while it goes on.

A worker writes only into a run that is still its own: one that was given up meanwhile (no beat for too long) stays so.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from judging import audit_actions as actions
from judging.core.scheduling.solution import Solution
from judging.core.scheduling.writing import write_placement
from judging.models import RunState, RunStatus, ScheduleRun, ScheduleRunStep
from judging.selectors.tabulations import canonical
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service


class RunGivenUp(DomainError):
    """The run is not being computed, or not any more: it was ended, or taken for lost."""

    code = "run_given_up"


@atomic_service
def begin_run(*, run: int, at: datetime) -> ScheduleRun:
    """Take the waiting run with this id and return it with its round. Raises ``RunGivenUp``."""
    return _written(run, RunState.WAITING, {"state": RunState.RUNNING, "started_at": at, "beat_at": at})


@atomic_service
def beat(*, run: int, at: datetime) -> bool:
    """Leave a sign of life and return whether somebody asked to stop. Raises ``RunGivenUp``."""
    return _written(run, RunState.RUNNING, {"beat_at": at}).stop_asked_at is not None


@atomic_service
def keep_step(*, run: int, best: Solution, at: datetime) -> bool:
    """Keep a better schedule as the next step, which is a sign of life as well. Returns and raises what ``beat`` does.

    What is found for nobody (no placements at all) is kept as a step alone.
    """
    found = _written(run, RunState.RUNNING, {"beat_at": at, **_fields(best)})
    ScheduleRunStep.objects.create(
        run=found,
        number=found.steps.count() + 1,
        milliseconds=best.milliseconds,
        total=best.cost.total,
        bound=best.bound,
        unplaced=len(best.unplaced),
    )
    return found.stop_asked_at is not None


@atomic_service
def keep_answer(*, run: int, answer: Solution, at: datetime, fewest: bool = False) -> None:
    """Keep the last word of the search, before a reason is looked for. ``fewest``: no schedule moves fewer interviews.

    Raises ``RunGivenUp``.
    """
    fields = {"beat_at": at, "status": RunStatus(answer.status.value), **_fields(answer)}
    found = _written(run, RunState.RUNNING, fields)
    if fewest:
        _written(run, RunState.RUNNING, {"costs": {**found.costs, "fewest": True}})


@atomic_service
def finish_run(*, run: int, at: datetime, explanation: Sequence[Mapping[str, object]] = ()) -> ScheduleRun:
    """End a run as done, with the reason why nothing fits if one was looked for. Raises ``RunGivenUp``."""
    fields: dict[str, Any] = {"state": RunState.DONE, "finished_at": at, "beat_at": at}
    if explanation:
        fields |= {"explanation": canonical([dict(one) for one in explanation]), "status": RunStatus.INFEASIBLE}
    found = _written(run, RunState.RUNNING, fields)
    record_end(found, at)
    return found


@atomic_service
def fail_run(*, run: int, error: str, at: datetime) -> ScheduleRun:
    """End a run with the code of what went wrong; what it had found stays. Raises ``RunGivenUp``."""
    found = _written(run, RunState.RUNNING, {"state": RunState.FAILED, "error": error, "finished_at": at})
    record_end(found, at)
    return found


def record_end(run: ScheduleRun, at: datetime) -> None:
    """Leave the event of a run that has ended, in the transaction of its end; the system itself ends it."""
    payload = {
        "number": run.number,
        "state": str(run.state),
        "status": str(run.status),
        "total": run.total,
        "bound": run.bound,
        "unplaced": len(run.unplaced),
        **({"error": run.error} if run.error else {}),
    }
    scope = run.round.scope
    record(action=actions.COMPUTING_FINISHED, actor=None, at=at, target=run, chain=scope, payload=payload)


def _written(run: int, state: RunState, fields: Mapping[str, Any]) -> ScheduleRun:
    """Write ``fields`` into a run in ``state`` and return it as it is then."""
    if not ScheduleRun.objects.filter(pk=run, state=state).update(**fields):
        raise RunGivenUp
    return ScheduleRun.objects.select_related("round__edition", "round__region").defer("problem").get(pk=run)


def _fields(best: Solution) -> dict[str, Any]:
    return {
        "placements": canonical([write_placement(one) for one in best.placements]),
        "costs": {"counts": dict(best.cost.counts), "weighted": dict(best.cost.weighted)},
        "total": best.cost.total,
        "bound": best.bound,
        "unplaced": dict(best.unplaced),
    }


def stored_placements(run: ScheduleRun) -> list[dict[str, Any]]:
    """Return the placements of ``run`` as the open format has them; none while nothing is found."""
    rows: list[dict[str, Any]] = json.loads(run.placements) if run.placements else []
    return rows
