"""Computing a schedule: the search in a thread of its own, what it reaches written down while it goes on.

Only this thread asks the database, so that a connection is never shared and no transaction lasts while somebody
thinks. The solver leaves the interpreter to us while it works.
"""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Thread
from typing import Final

from django.db import connection

from judging.core.scheduling.explain import explain
from judging.core.scheduling.problem import Placement, Problem
from judging.core.scheduling.repair import repair
from judging.core.scheduling.solution import Solution, Status
from judging.core.scheduling.solver import Terms, solve
from judging.models import RunKind, ScheduleRun
from judging.selectors.schedule_asked import Moment, ahead, moment_of
from judging.selectors.schedule_runs import problem_asked
from paritrana.kernel.background import leaving
from paritrana.kernel.outages import outage_of

from . import schedule_progress as progress

logger = logging.getLogger(__name__)
Now = Callable[[], datetime]

TICK: Final = 0.5  # seconds between two looks at what was found: at most two steps a second
BEAT: Final = 1.0  # seconds between two signs of life
REASON: Final = (10, 60)  # seconds in which a reason is looked for, however short or long the search was to be
WORKERS: Final = 2  # one machine does more than this
NEVER_ENDING: Final = 1e9
FAILED, STOPPED = "computing_failed", "worker_stopped"


@dataclass
class Search:
    """What the thread that searches and the one that writes tell each other: single values, each written by one."""

    best: Solution | None = None
    answer: Solution | None = None
    fewest: bool = False
    reason: Sequence[dict[str, object]] = ()
    error: BaseException | None = None
    has_to_stop: bool = False
    since: float = field(default_factory=time.monotonic)

    def found(self, solution: Solution) -> None:
        """Keep a better schedule for whoever looks next."""
        self.best = solution

    def stop(self) -> bool:
        """Whether the best so far is to be the answer."""
        return self.has_to_stop

    def timer(self) -> float:
        """Seconds; no time is left once it has to stop, for what knows no other way to end."""
        return time.monotonic() + (NEVER_ENDING if self.has_to_stop else 0)


@dataclass(frozen=True)
class Asked:
    """A run as the thread takes it that must not touch the database."""

    kind: RunKind
    problem: Problem
    seconds: int
    seed: int
    afresh: bool
    fixed_before: Moment | None


def compute(run: int, *, now: Now) -> None:
    """Compute the run with this id from its waiting to its end; ``now`` tells the time.

    Nothing happens if it was begun or ended before. What goes wrong ends the run as failed and is logged.
    """
    try:
        taken = progress.begin_run(run=run, at=now())
    except progress.RunGivenUp:
        return
    search = Search()
    try:
        asked = _asked(taken)
        thread = Thread(target=_search, args=(asked, search), name=f"schedule-{run}", daemon=True)
        thread.start()
        _attend(run, thread, search, now)
        _end(run, search, now)
    except progress.RunGivenUp:
        logger.warning("run %s was taken for lost while it went on", run)
    finally:
        search.has_to_stop = True


def _asked(run: ScheduleRun) -> Asked:
    problem, kind, options = problem_asked(run), RunKind(run.kind), run.options
    keep_today = bool(options.get("keep_today"))
    repairing = kind is RunKind.REPAIR
    before = moment_of(problem, run.round, at=run.asked_at, keep_today=keep_today) if repairing else None
    return Asked(kind, problem, run.seconds, run.seed, bool(options.get("afresh")), before)


def _attend(run: int, thread: Thread, search: Search, now: Now) -> None:
    """Write down what is found, and listen whether to stop, until the thread has ended."""
    kept: Solution | None = None
    answered = False
    last_beat = time.monotonic()
    ended = False
    while not ended:
        thread.join(TICK)
        ended = not thread.is_alive()  # before looking: the last that was found is kept in any case
        search.has_to_stop = search.has_to_stop or leaving.is_set()
        best, answer = search.best, search.answer
        try:
            if best is not None and best is not kept:
                search.has_to_stop |= progress.keep_step(run=run, best=best, at=now())
                kept, last_beat = best, time.monotonic()
            if answer is not None and not answered:
                progress.keep_answer(run=run, answer=answer, at=now(), fewest=search.fewest)
                answered = True
            if time.monotonic() - last_beat >= BEAT:
                search.has_to_stop |= progress.beat(run=run, at=now())
                last_beat = time.monotonic()
        except Exception as error:
            _bear(error)


def _end(run: int, search: Search, now: Now) -> None:
    """Write down the end, whatever it is; a database that is away is waited for as long as anybody waits for a beat."""
    for patience in (1, 2, 4, 8, 0):
        try:
            if search.error is not None:
                logger.error("run %s failed", run, exc_info=search.error)
                progress.fail_run(run=run, error=FAILED, at=now())
            else:
                if search.answer is not None:
                    progress.keep_answer(run=run, answer=search.answer, at=now(), fewest=search.fewest)
                if leaving.is_set():
                    progress.fail_run(run=run, error=STOPPED, at=now())
                else:
                    progress.finish_run(run=run, at=now(), explanation=search.reason)
        except Exception as error:
            if not patience:
                raise
            _bear(error)
            time.sleep(patience)
        else:
            return


def _bear(error: Exception) -> None:
    """Go on without having written where the database is away or busy; raise anything else."""
    outage = outage_of(error)
    if outage is None:
        raise error
    logger.warning("%s: a computed schedule is written down later", outage.value)
    connection.close_if_unusable_or_obsolete()


def _search(asked: Asked, search: Search) -> None:
    """Find what was asked for; runs in a thread of its own."""
    try:
        if asked.kind is not RunKind.EXPLAIN:
            search.answer = _repaired(asked, search) if asked.kind is RunKind.REPAIR else _solved(asked, search)
        if search.answer is None or search.answer.status is not Status.FEASIBLE:
            search.reason = _reason(asked, search)
    except BaseException as error:  # the other thread tells of it
        search.error = error


def _solved(asked: Asked, search: Search) -> Solution:
    terms = Terms(asked.seconds, asked.seed, WORKERS, found=search.found, stop=search.stop)
    start: Sequence[Placement] = () if asked.afresh else asked.problem.baseline
    return solve(asked.problem, terms, start)


def _repaired(asked: Asked, search: Search) -> Solution:
    """What is pinned is only locked for a repair: its panel may change where somebody cannot come any more."""
    locked = [one.nominee for one in asked.problem.pins]
    problem = replace(asked.problem, pins=())
    limits = {"seconds": asked.seconds, "seed": asked.seed, "workers": WORKERS}
    found = repair(
        problem, problem.baseline, fixed_before=asked.fixed_before, locked=locked, timer=search.timer, **limits
    )
    search.fewest = found.fewest
    return found.solution


def _reason(asked: Asked, search: Search) -> Sequence[dict[str, object]]:
    """Why not everybody has an interview; nothing if it is not known within the time, or nobody wants to know."""
    if search.has_to_stop:
        return ()
    least, most = REASON
    seconds = min(max(asked.seconds, least), most)
    problem = ahead(asked.problem, asked.fixed_before)
    return explain(problem, seconds=seconds, seed=asked.seed, timer=search.timer).written(problem)
