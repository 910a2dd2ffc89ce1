"""Asking for a computed schedule, ending the computing, and taking what came of it into the draft."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db.models import Max

from judging import audit_actions as actions
from judging.core.scheduling.writing import write
from judging.models import ChangeKind, RunKind, RunState, ScheduleChange, ScheduleRun
from judging.permissions import can_schedule
from judging.selectors.schedule_asked import problem_asked_of
from judging.selectors.schedule_plans import plan_of, written
from judging.selectors.schedule_runs import LIVE, WORKER_LOST, Proposal, is_lost, lost_runs, may_be_taken, proposal_of
from judging.selectors.tabulations import canonical
from judging.tasks import compute_schedule
from nominees.models import Nomination, Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .schedule_plan import apply_plan
from .schedule_progress import record_end

LONGEST: Final = 600  # seconds


class ComputingAlready(DomainError):
    """A schedule of this round is being computed; ``number`` says which."""

    code = "computing_already"


class NothingToCompute(DomainError):
    """There is no day, no room, or nobody to meet."""

    code = "nothing_to_compute"


class ComputingIsOver(DomainError):
    """It has ended already."""

    code = "computing_is_over"


class NothingToTake(DomainError):
    """It is still being computed, no schedule came of it, or the draft is like that already."""

    code = "nothing_to_take"


class DraftChangedMeanwhile(DomainError):
    """Somebody changed interviews that it would change; ``nominees`` names them."""

    code = "draft_changed_meanwhile"


class ComputedForThePast(DomainError):
    """Time went on: interviews that it would change have begun, or would have; ``nominees`` names them."""

    code = "computed_for_the_past"


class ComputedFromOther(DomainError):
    """A nominee, a room or a seat that it counts on is gone."""

    code = "computed_from_other"


@atomic_service
def start_run(
    *, round: Round, kind: RunKind, seconds: int, seed: int, options: Mapping[str, Any], actor: User, at: datetime
) -> ScheduleRun:
    """Ask for a schedule of ``round``: the problem as it is ``at`` this moment is kept, a worker takes it up.

    ``seconds``: how long at the most, up to ``LONGEST``. ``options``: ``afresh`` (a new schedule: as if nothing but
    what is locked were placed), ``keep_today`` (nothing of today changes, and nothing is put there).
    Raises ``NotPermitted``, ``ComputingAlready``, ``NothingToCompute``, and ``ValueError`` for seconds or a seed out of
    bounds.
    """
    if not 1 <= seconds <= LONGEST or not 0 <= seed < 2**31:
        raise ValueError(f"{seconds} seconds, seed {seed}")
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    _require_none(round, at)
    asked = {"afresh": bool(options.get("afresh")), "keep_today": bool(options.get("keep_today"))}
    problem = problem_asked_of(round, kind=RunKind(kind), at=at, **asked)
    if not (problem.days and problem.rooms and problem.nominees):
        raise NothingToCompute
    last: int | None = ScheduleRun.objects.filter(round=round).aggregate(last=Max("number"))["last"]
    run = ScheduleRun.objects.create(
        round=round,
        number=(last or 0) + 1,
        kind=kind,
        asked_by=actor,
        asked_at=at,
        seconds=seconds,
        seed=seed,
        problem=canonical(write(problem)),
        options={**asked, "before": written(plan_of(round))},
    )
    compute_schedule.enqueue(run=run.pk)
    payload = {"number": run.number, "kind": str(run.kind), "seconds": seconds, "seed": seed, **asked}
    record(action=actions.COMPUTING_ASKED, actor=actor, at=at, target=run, chain=round.scope, payload=payload)
    return run


@atomic_service
def stop_run(*, run: ScheduleRun, actor: User, at: datetime) -> ScheduleRun:
    """End the computing of ``run``; the best so far stays. The worker hears of it within a second or two.

    Raises ``NotPermitted``, ``ComputingIsOver``.
    """
    round = locked_round(run.round_id)
    can_schedule(actor, round).require()
    run = _locked(run)
    if run.state not in LIVE:
        raise ComputingIsOver
    if is_lost(run, at=at):
        return _give_up(run, at)
    run.stop_asked_at = run.stop_asked_at or at
    payload = {"number": run.number}
    if run.state == RunState.WAITING:
        run.state, run.finished_at = RunState.DONE, at
    run.save(update_fields=["stop_asked_at", "state", "finished_at"])
    record(action=actions.COMPUTING_STOPPED, actor=actor, at=at, target=run, chain=round.scope, payload=payload)
    return run


@atomic_service
def take_run(*, run: ScheduleRun, actor: User, at: datetime, confirmed: Collection[str] = ()) -> ScheduleChange:
    """Make the draft what ``run`` found, all of it or nothing; ``confirmed`` as for an interview placed by hand.

    What it leaves alone may have changed meanwhile. Raises ``NotPermitted``, ``NothingToTake``,
    ``DraftChangedMeanwhile``, ``ComputedForThePast``, ``ComputedFromOther``, and what ``apply_plan`` raises.
    """
    round = locked_round(run.round_id)
    can_schedule(actor, round).require()
    run = _locked(run)
    if is_lost(run, at=at):
        run = _give_up(run, at)
    if not may_be_taken(run, at=at):
        raise NothingToTake
    try:
        found = proposal_of(run)
    except KeyError:
        raise ComputedFromOther from None
    _require_fresh(run, found, at)
    return apply_plan(
        round=round,
        kind=ChangeKind.TAKEN,
        before=found.before,
        after=found.after,
        run=run,
        actor=actor,
        at=at,
        confirmed=confirmed,
    )


@atomic_service
def take_up_runs(*, at: datetime) -> None:
    """What a worker does first: end the runs that were lost, and ask anew for those that wait.

    A task that was asked for twice is done once.
    """
    for run in lost_runs(at=at).select_related("round__edition", "round__region").select_for_update(of=("self",)):
        _give_up(run, at)
    for pk in ScheduleRun.objects.filter(state=RunState.WAITING).values_list("pk", flat=True):
        compute_schedule.enqueue(run=pk)


def _require_none(round: Round, at: datetime) -> None:
    """One run of a round at a time; a lost one stands in nobody's way."""
    found = ScheduleRun.objects.filter(round=round, state__in=LIVE).select_for_update(of=("self",)).first()
    if found is None:
        return
    if not is_lost(found, at=at):
        raise ComputingAlready(number=found.number)
    _give_up(found, at)


def _give_up(run: ScheduleRun, at: datetime) -> ScheduleRun:
    run.state, run.error, run.finished_at = RunState.FAILED, WORKER_LOST, at
    run.save(update_fields=["state", "error", "finished_at"])
    record_end(run, at)
    return run


def _locked(run: ScheduleRun) -> ScheduleRun:
    runs = ScheduleRun.objects.select_related("round__edition", "round__region")
    return runs.select_for_update(of=("self",)).get(pk=run.pk)


def _require_fresh(run: ScheduleRun, found: Proposal, at: datetime) -> None:
    if found.is_there:
        raise NothingToTake
    if found.stale:
        raise DraftChangedMeanwhile(nominees=_names(found.stale))
    overtaken = found.overtaken(run.asked_at, at)
    if overtaken:
        raise ComputedForThePast(nominees=_names(overtaken))


def _names(nominations: Collection[int]) -> str:
    found = Nomination.objects.filter(pk__in=nominations).select_related("nominee").order_by("number")
    return ", ".join(str(one) for one in found)
