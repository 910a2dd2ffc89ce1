"""A usable schedule within moments.

Nothing is proved: where somebody stays without an interview, that does not mean that there is none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from .check import allowed, forbidden, violations
from .construct import Construction, side_by_side
from .problem import Placement, Problem
from .slots import open_slots
from .solution import Solution, Status
from .wishes import Cost, cost

SMALL: Final = 100  # nominees up to which every size of panel is tried and the best is kept
AGAIN: Final = 8  # passes of a small schedule, at most, that begin with whom the passes before could not place
REASON_SLOTS: Final = 60  # slots that are asked why somebody is left over
Found = tuple[tuple[int, int], tuple[Placement, ...], Cost]  # nominees left over and total, by which it is judged


def greedy(problem: Problem, *, seed: int = 0) -> Solution:
    """A schedule that keeps every rule, with as many nominees as could be placed. The same seed gives the same.

    ``milliseconds`` is left 0: only the caller may read a clock.
    """
    small = len(problem.nominees) <= SMALL
    best: Found | None = None
    for found in _passes(problem, seed, AGAIN if small else 1):
        best = found if best is None or found[0] < best[0] else best
        if best[0][0] == 0 and not small:
            break
    _rank, placements, paid = best or ((0, 0), (), cost(problem, ()))
    left = reasons(problem, placements)
    status = Status.UNKNOWN if left else Status.FEASIBLE
    return Solution(status, placements, paid, left, seed=seed)


def _passes(problem: Problem, seed: int, again: int) -> Iterator[Found]:
    """One pass for each size of panels; then, as long as nobody has placed all, some more with others first."""
    urgent: dict[str, None] = {}
    complete = False
    for size in _sizes(problem):
        found = _pass(problem, size, seed, ())
        urgent |= dict.fromkeys(_left(problem, found[1]))
        complete |= found[0][0] == 0
        yield found
    for _ in range(again):
        if complete:
            return
        found = _pass(problem, size, seed, tuple(urgent))
        # Who was left over this time goes before everybody else next time.
        urgent = dict.fromkeys((*_left(problem, found[1]), *urgent))
        complete = found[0][0] == 0
        yield found


def _pass(problem: Problem, size: int, seed: int, first: Sequence[str]) -> Found:
    chance = Random(seed)  # noqa: S311 - no secret
    placements = _sound(problem, Construction(problem, size, chance, first).placements())
    paid = cost(problem, placements)
    return (len(problem.nominees) - len(placements), paid.total), placements, paid


def _left(problem: Problem, placements: Sequence[Placement]) -> list[str]:
    placed = {one.nominee for one in placements}
    return [one.id for one in problem.nominees if one.id not in placed]


def _sizes(problem: Problem) -> list[int]:
    """Sizes of panels to try: what the members suffice for if rooms work side by side as they must, then smaller."""
    quorum = max((one.quorum for one in problem.categories), default=0)
    each = len(problem.members) // side_by_side(problem)
    large = max(quorum, each * 6 // 7)
    sizes = {large, (large + quorum) // 2, quorum}
    # Everybody everywhere keeps the loads equal, but only a small schedule has time to find out whether it fits.
    return sorted(sizes | {max(quorum, each)} if len(problem.nominees) <= SMALL else sizes, reverse=True)


def _sound(problem: Problem, placements: Sequence[Placement]) -> tuple[Placement, ...]:
    """``placements`` without any that the rules forbid after all: what is proposed is not believed but checked."""
    kept = tuple(placements)
    while bad := {one.nominees[0] for one in forbidden(violations(problem, kept)) if one.code != "unplaced"}:
        kept = tuple(one for one in kept if one.nominee not in bad)
    return kept


def reasons(problem: Problem, placements: Sequence[Placement]) -> dict[str, str]:
    """Who has no interview, with the code that stands in the way most often; ``no_open_slot`` if nothing was open."""
    found = {}
    for name in _left(problem, placements):
        slots = list(open_slots(problem, problem.nominee[name]))
        step = max(1, len(slots) // REASON_SLOTS)
        asked = (allowed(problem, placements, name, slot) for slot in slots[::step])
        codes = Counter(one.code for answer in asked for one in answer)
        found[name] = codes.most_common(1)[0][0] if codes else "no_open_slot"
    return found
