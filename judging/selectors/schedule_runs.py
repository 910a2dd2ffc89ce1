"""Reads of computed schedules: how far one is, what is known of it, and what it would change in the draft."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Final

from django.db.models import Q, QuerySet

from judging.core.scheduling.document import read as read_problem
from judging.core.scheduling.document import read_placements
from judging.core.scheduling.problem import Placement, Problem
from judging.models import RunKind, RunState, RunStatus, ScheduleRun
from nominees.models import Nomination, Round

from .schedule_plans import Planned, differing, plan_from, plan_of, read

#: No sign of life for so long: the worker is taken for lost. Signs come every second.
LEASE: Final = timedelta(seconds=30)
#: A worker looks every second: whoever waits longer, while nothing is computed, waits for a worker that is not there.
UNATTENDED: Final = timedelta(seconds=10)
LIVE: Final = (RunState.WAITING, RunState.RUNNING)
WORKER_LOST: Final = "worker_lost"


def runs_of(round: Round) -> QuerySet[ScheduleRun]:
    """Return the runs of ``round``, the newest first, without their long texts. One query."""
    return ScheduleRun.objects.filter(round=round).select_related("asked_by").defer("problem", "explanation")


def run_of(round: Round, number: int) -> ScheduleRun | None:
    """Return the run ``number`` of ``round``, or ``None``. One query."""
    found = ScheduleRun.objects.filter(round=round, number=number)
    return found.select_related("asked_by", "round__edition", "round__region").first()


def is_lost(run: ScheduleRun, *, at: datetime) -> bool:
    """Whether nobody computes ``run`` any more although it was begun and never ended."""
    return run.state == RunState.RUNNING and (run.beat_at is None or run.beat_at < at - LEASE)


def state_of(run: ScheduleRun, *, at: datetime) -> RunState:
    """Return the state that is told: a lost run has failed, whether or not that was written down yet."""
    return RunState.FAILED if is_lost(run, at=at) else RunState(run.state)


def lost_runs(*, at: datetime) -> QuerySet[ScheduleRun]:
    """Return every run that ``is_lost``."""
    stale = Q(beat_at=None) | Q(beat_at__lt=at - LEASE)
    return ScheduleRun.objects.filter(stale, state=RunState.RUNNING)


def is_unattended(run: ScheduleRun, *, at: datetime) -> bool:
    """Whether ``run`` waits although no worker computes anything: there is none. One query, if it waits for long."""
    if run.state != RunState.WAITING or run.asked_at > at - UNATTENDED:
        return False
    return not ScheduleRun.objects.filter(state=RunState.RUNNING, beat_at__gte=at - LEASE).exists()


def problem_asked(run: ScheduleRun) -> Problem:
    """Return the problem of ``run`` as it was when asked."""
    return read_problem(json.loads(run.problem))


def found_placements(run: ScheduleRun, problem: Problem) -> tuple[Placement, ...]:
    """Return the best that ``run`` found so far; nothing while it found nothing.

    What is pinned stays even where it breaks a rule and was left out: nobody takes back what was locked or has begun.
    """
    if not run.placements:
        return ()
    found = read_placements(problem, {"assignments": json.loads(run.placements)})
    left = problem.pin.keys() - {one.nominee for one in found}
    return (*found, *(one for one in problem.baseline if one.nominee in left))


def status_of(run: ScheduleRun) -> RunStatus | None:
    """Return what is known of the best so far; ``None``: there is nothing to tell of.

    A run that was interrupted has not said it itself: whether everybody has an interview is plain all the same.
    """
    if run.status:
        return RunStatus(run.status)
    if not run.placements:
        return None
    return RunStatus.UNKNOWN if run.unplaced else RunStatus.FEASIBLE


@dataclass(frozen=True)
class Proposal:
    """What taking a run means. ``before`` is the draft when it was asked for, ``after`` what it would be."""

    before: Mapping[int, Planned]
    after: Mapping[int, Planned]
    now: Mapping[int, Planned]

    @cached_property
    def changed(self) -> frozenset[int]:
        """Nominations that it gives another interview, one at all, or none."""
        return differing(self.before, self.after)

    @cached_property
    def is_there(self) -> bool:
        """Whether the draft is like that already: it was taken, or people did the same by hand."""
        return all(self.now.get(one) == self.after.get(one) for one in self.changed)

    @cached_property
    def stale(self) -> frozenset[int]:
        """Those of ``changed`` whose interview somebody changed since."""
        return frozenset(one for one in self.changed if self.before.get(one) != self.now.get(one))

    def overtaken(self, since: datetime, until: datetime) -> frozenset[int]:
        """Those of ``changed`` whose interview began between the two moments, or would have."""
        sides = (self.before, self.after)
        return frozenset(
            one for one in self.changed for side in sides if one in side and since < side[one].starts_at <= until
        )


def proposal_of(run: ScheduleRun) -> Proposal:
    """Return what taking ``run`` means now. Whoever stays as placed keeps the seats that were absent there too.

    Raises ``KeyError`` where a nomination, room or seat is gone. The same number of queries for any number of rows.
    """
    problem = problem_asked(run)
    before = read(run.options["before"])
    placements = found_placements(run, problem)
    former = {one.nominee: one for one in problem.baseline}
    staying = {one.nominee for one in placements if _alike(one, former.get(one.nominee))}
    numbers = dict(Nomination.objects.filter(round=run.round_id).values_list("number", "pk"))
    minutes = {one.id: problem.duration(one.id) for one in problem.nominees}
    after = plan_from(run.round, [one for one in placements if one.nominee not in staying], minutes)
    after |= {numbers[int(name)]: before[numbers[int(name)]] for name in staying}
    return Proposal(before, after, plan_of(run.round))


def _alike(one: Placement, other: Placement | None) -> bool:
    return other is not None and replace(one, members=tuple(sorted(one.members))) == replace(
        other, members=tuple(sorted(other.members))
    )


def may_be_taken(run: ScheduleRun, *, at: datetime) -> bool:
    """Whether there is something to take: a schedule, and nobody works on a better one."""
    return run.kind != RunKind.EXPLAIN and bool(run.placements) and state_of(run, at=at) not in LIVE
