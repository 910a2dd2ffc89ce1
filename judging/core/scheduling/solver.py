"""Find a good schedule and say honestly how good: a quick one first, then better ones, and a bound below all of them.

1. The quick way (``greedy``); 2. who comes on which day (``days``): a second quick schedule along that plan, and a
bound; 3. many small changes (``anneal``); 4. a small problem as one whole, until nothing better can exist.

The same seed with one worker takes the same steps. How many of them fit into some seconds of the wall clock depends on
the machine; ``deterministic`` counts work instead.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from .anneal import Annealing
from .aside import Aside
from .check import forbidden, violations
from .days import days
from .fit import can_be_met
from .greedy import greedy, reasons
from .layout import Scope
from .neighbourhood import Neighbourhoods
from .outline import Plan, outline
from .problem import Nominee, Placement, Problem, Span
from .proof import climb, same_sessions
from .requirement import binding
from .search import Effort, Outcome, improve
from .slots import open_slots
from .solution import Solution, Status
from .terrain import Terrain
from .wishes import Cost, cost

WHOLE: Final = 8_000  # places of nominees up to which the whole is solved at once,
SHARE: Final = 4  # after one part in so many was spent on parts of it
PLANNED: Final = 200  # nominees up to which it is also asked who meets in which session
ROOM_TO_BREATHE: Final = 3  # per cent of the minutes that a plan of days leaves free, if it can,
TIGHT: Final = 0  # and if it cannot
PLAN: Final = 10  # units of work, about seconds, that a plan of days may take
ROUND: Final = 4  # seconds, or as much work, of the first round of small changes
TOLD: Final = 30  # nominees left over up to which it is told what stands in the way of each
WARM: Final = (0.5, 1.0, 2.0)  # where rounds begin, in turn; many nominees have no time for more than the first
BRIEFLY: Final = 2  # seconds, or as much work, of small changes where a proof may be had
CHANGES: Final = 20_000  # small changes in a unit of work
LOOK: Final = 4  # seconds, or as much work, that one look at a part may take
ALL_DAY: Final = 24 * 60
DEAR: Final = 100_000  # dearer than any wish

Progress = Callable[[Cost, int | None, Fraction | None, float], None]


class Untrue(Exception):
    """The solver's own figure is smaller than the cost of what it found: the model is wrong."""


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a schedule is looked for; see ``solve``."""

    seconds: float
    seed: int = 0
    workers: int = 2
    deterministic: float | None = None
    progress: Progress | None = None
    found: Callable[[Solution], None] | None = None
    stop: Callable[[], bool] | None = None
    timer: Callable[[], float] = time.monotonic


def solve(problem: Problem, terms: Terms, start: Sequence[Placement] = ()) -> Solution:
    """The best schedule that is found on ``terms``, never worse than ``start`` if that keeps the rules.

    ``seconds`` of the wall clock, or ``deterministic`` units of work, which then alone decide; ``progress`` hears at
    each improvement: cost, bound, gap and seconds, ``found`` the schedule itself; once ``stop`` answers yes, the best
    so far is the answer.
    Nothing is returned that the rules forbid, and its cost is counted anew.
    """
    return _Solving(problem, terms).solve(start)


class _Solving:
    def __init__(self, problem: Problem, terms: Terms) -> None:
        self.problem, self.terms = binding(problem), terms
        self.begun = terms.timer()
        self.work = 0.0
        self.best: tuple[Placement, ...] = ()
        self.cost = cost(problem, ())
        self.left = len(problem.nominees)
        self.bound: int | None = None
        self.impossible = False
        self.annealing: Annealing | None = None
        self.rounds = -1
        self.aside: Aside | None = None

    def solve(self, start: Sequence[Placement]) -> Solution:
        first = greedy(self.problem, seed=self.terms.seed)
        self.take(first.placements)
        if start:
            self.take(tuple(start))
        self.plan()
        small = sum(1 for one in self.problem.nominees for _ in open_slots(self.problem, one)) <= WHOLE
        if small and self.left and not self.impossible:
            self.whole()
        if small:
            self.anneal(min(self.remaining / SHARE, BRIEFLY))
            self.prove()
            self.anneal(self.remaining / 2)
        else:
            with Aside(self.problem, self.effort(self.remaining)) as self.aside:
                self.anneal(self.remaining)
        self.look_around(SHARE if small else 1)
        if small and not self.done:
            self.whole()
        last = self.answer()
        if not 0 < self.left <= TOLD:
            return last
        return replace(last, unplaced=reasons(self.problem, self.best))

    def answer(self) -> Solution:
        """What is known by now."""
        placed = {one.nominee for one in self.best}
        unplaced = {one.id: "unplaced" for one in self.problem.nominees if one.id not in placed}
        status = Status.INFEASIBLE if self.impossible else Status.UNKNOWN if unplaced else Status.FEASIBLE
        took = round(self.passed * 1000)
        return Solution(status, self.best, self.cost, unplaced, self.bound, self.terms.seed, took)

    @property
    def passed(self) -> float:
        return self.terms.timer() - self.begun

    @property
    def remaining(self) -> float:
        """Seconds, or units of work."""
        if self.terms.deterministic is not None:
            return self.terms.deterministic - self.work
        return self.terms.seconds - self.passed

    @property
    def done(self) -> bool:
        """Whether nothing better can exist, or time is up."""
        proved = not self.left and self.bound is not None and self.bound >= self.cost.total
        stopped = self.terms.stop is not None and self.terms.stop()
        return self.impossible or proved or stopped or self.remaining <= 0

    def effort(self, most: float, seed: int = 0) -> Effort:
        amount = min(most, self.remaining)
        terms = self.terms
        work = None if terms.deterministic is None else amount
        return Effort(amount, terms.seed + seed, terms.workers, work, terms.stop)

    def take(self, placements: tuple[Placement, ...]) -> bool:
        """Keep ``placements`` if they break nothing and are better; the answer says whether they are no worse."""
        broken = forbidden(violations(self.problem, placements))
        if any(one.code != "unplaced" for one in broken):
            return False
        paid = cost(self.problem, placements)
        left = len(self.problem.nominees) - len(placements)
        better = (left, paid.total) < (self.left, self.cost.total)
        if better or (left, paid.total) == (self.left, self.cost.total):
            self.best, self.cost, self.left = placements, paid, left
        if better:
            self.tell()
        return better or self.best is placements

    def tell(self) -> None:
        known = self.answer()
        if self.terms.found is not None:
            self.terms.found(known)
        if self.terms.progress is not None:
            self.terms.progress(self.cost, self.bound, known.gap, self.passed)

    def learn_bound(self, bound: int | None) -> None:
        if bound is not None and (self.bound is None or bound > self.bound):
            self.bound = bound

    def plan(self) -> None:
        """A bound by the days of nominees alone, and quick schedules along plans of days."""
        missing = {one.id for one in self.problem.nominees} - {one.nominee for one in self.best}
        # Whoever cannot be met even alone is found at once; all the others need a proof.
        self.impossible = any(can_be_met(self.problem, self.problem.nominee[one]) is False for one in missing)
        if self.done or not self.problem.nominees:
            return
        for spare in (ROOM_TO_BREATHE, TIGHT):
            plan = days(
                self.problem,
                self.effort(self.remaining / (8 if self.terms.deterministic else 4)),
                spare,
                work=min(self.remaining / 8, PLAN),
            )
            self.work += plan.work
            if plan.days and not self.done:
                self.take(_along(self.problem, plan, self.terms.seed))
                break
        small = len(self.problem.nominees) <= PLANNED
        if small and not self.done:
            self.bind(outline, min(self.remaining / 16, LOOK))
        if not self.done and (small or self.terms.workers < 2 or self.terms.deterministic is not None):
            work = min(self.remaining / 8, LOOK if small else PLAN)
            self.bind(lambda problem, effort: days(problem, effort, work=work), self.remaining / 8)

    def bind(self, ask: Callable[[Problem, Effort], Plan], most: float) -> None:
        """What no schedule can be cheaper than."""
        found = ask(self.problem, self.effort(most))
        self.work += found.work
        self.impossible = found.impossible
        self.learn_bound(found.bound)

    def anneal(self, most: float) -> None:
        """Small changes of the best schedule, in rounds that grow longer, for ``most`` of what remains."""
        if self.done or len(self.best) < 2:
            return
        if self.annealing is None:
            self.annealing = Annealing(Terrain(self.problem), self.terms.seed)
        until = self.remaining - most
        length = ROUND
        while not self.done and self.remaining > until and self.annealing.begin(self.best):
            self.rounds += 1
            self._round(self.annealing, min(length, self.remaining - until))
            self.take(self.annealing.placements())
            length *= 2

    def hear(self) -> None:
        """What was found out about the bound meanwhile."""
        if self.aside is not None:
            self.learn_bound(self.aside.bound)
            self.impossible = self.impossible or self.aside.impossible

    def _round(self, annealing: Annealing, length: float) -> None:
        begun, told = self.remaining, self.passed

        def spent(changes: int) -> float:
            nonlocal told
            self.work += changes / CHANGES
            self.hear()
            if self.passed - told > 1:
                told = self.passed
                if annealing.best < (self.left, self.cost.total):
                    self.take(annealing.placements())
            return 1 if self.done else (begun - self.remaining) / length

        few = len(self.problem.nominees) <= PLANNED
        annealing.round(spent, warm=WARM[self.rounds % len(WARM)] if few else WARM[0])

    def prove(self) -> None:
        """Refute whatever would be cheaper, without the clock; where rooms work side by side that tells less."""
        if self.done or self.left:
            return
        share = Fraction(9, 10) if len(self.problem.rooms) == 1 else Fraction(1, SHARE)
        effort = self.effort(self.remaining * float(share))
        found = climb(self.problem, effort, self._timed, self.bound or 0, self.cost.total, self.learn_bound)
        self.work += found.work
        self.learn_bound(found.bound)

    def _timed(self, placements: tuple[Placement, ...]) -> int:
        """Take ``placements``, or what is best with the same nominees in the same sessions, by the clock."""
        if not self.take(placements) and not self.done:
            again = improve(self.problem, Scope(slots=same_sessions(self.problem, placements)), (), self.effort(LOOK))
            self.work += again.work
            if again.placements is not None:
                self.take(again.placements)
        return self.cost.total

    def look_around(self, share: int) -> None:
        """Parts of the best schedule, one after the other, until ``share`` of what remains is spent."""
        until = self.remaining * (share - 1) / share if share > 1 else 0
        near = Neighbourhoods(self.problem, self.terms.seed, self.price)
        number = 0
        while not self.done and self.remaining > until:
            number += 1
            scope = near.next(self.best)
            outcome = improve(self.problem, scope, self.best, self.effort(LOOK, number))
            self.work += max(outcome.work, 0.001)
            near.learn(finished=outcome.proved)
            if outcome.placements is not None:
                self.take(outcome.placements)

    @property
    def price(self) -> int:
        return 1000 * max(1, *self.problem.weights.values(), 1)

    def whole(self) -> None:
        """The whole at once: who has no interview is looked for first."""

        def found(placements: tuple[Placement, ...], bound: int) -> None:
            self.learn_bound(bound)
            self.take(placements)

        outcome = improve(self.problem, Scope(), self.best, self.effort(self.remaining), found)
        self.work += outcome.work
        self.impossible = outcome.status is Status.INFEASIBLE
        self.learn_bound(outcome.bound)
        if outcome.placements is not None:
            self.take(outcome.placements)
            _believe(self.problem, outcome, outcome.placements)


def _believe(problem: Problem, outcome: Outcome, placements: Sequence[Placement]) -> None:
    """Whoever counts anew finds at most what the solver counted, and exactly that if it was proved best."""
    counted = cost(problem, placements).total
    told = counted if outcome.objective is None else outcome.objective
    if counted > told or (outcome.proved and counted != told):
        raise Untrue(f"counted {counted}, told {told}")


def _along(problem: Problem, plan: Plan, seed: int) -> tuple[Placement, ...]:
    """A quick schedule in which nominees come on their planned days, and on another if there is no room."""

    def bound_to_day(one: Nominee) -> Nominee:
        day = plan.days[one.id]
        own = tuple(window for window in one.windows if window.day == day)
        return replace(one, windows=own or (Span(day, 0, ALL_DAY),))

    narrow = replace(problem, nominees=tuple(map(bound_to_day, problem.nominees)))
    first = greedy(narrow, seed=seed).placements
    if len(first) == len(problem.nominees):
        return first
    weights = {**problem.weights, "move": DEAR, "room_change": DEAR}
    return greedy(replace(problem, baseline=first, weights=weights), seed=seed).placements
