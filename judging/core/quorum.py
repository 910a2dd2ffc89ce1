"""Enough scores to be ranked, or not: never averaged silently below the minimum."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from .policy import JUDGE
from .problem import Problem

SHEETS: Final = "sheets"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """``have`` of ``need`` scores on ``leaf`` (or ``"sheets"``: complete sheets) of one nominee."""

    nominee: str
    leaf: str
    have: int
    need: int


Marks = Mapping[str, Mapping[str, Fraction]]  # of one nominee: applicable panel leaf -> seat -> mark that counts


def counted_marks(problem: Problem) -> Mapping[str, Marks]:
    """nominee -> applicable panel leaf (in the tree's order) -> the seats whose mark counts, with the mark."""
    found: dict[str, dict[str, dict[str, Fraction]]] = {}
    for nominee in problem.nominees:
        out = problem.leaves_out(nominee)
        found[nominee] = {leaf.id: {} for leaf in problem.rubric.panel_leaves if leaf.id not in out}
    recusals = problem.recusals
    for (judge, nominee, leaf), mark in problem.scores.items():
        seats = found[nominee].get(leaf)
        if seats is not None and not (recusals and (judge, nominee) in recusals):
            seats[judge] = mark
    return found


def counts(problem: Problem, seats: Marks) -> dict[str, int]:
    """Valid marks per panel leaf or, at judge level, the number of complete sheets (nothing without panel leaves)."""
    if problem.policy.panel_level != JUDGE:
        return {leaf: len(found) for leaf, found in seats.items()}
    return {SHEETS: len(complete_seats(seats))} if seats else {}


def complete_seats(seats: Marks) -> frozenset[str]:
    """The seats with a mark on every applicable panel leaf; none when there is no such leaf."""
    return frozenset.intersection(*map(frozenset, seats.values())) if seats else frozenset()


def needed(problem: Problem, nominee: str) -> int:
    """How many scores are enough. A recorded exception lowers the need to a single one."""
    return 1 if nominee in problem.exceptions else max(problem.policy.min_scores, 1)


def shortfall(problem: Problem, nominee: str, seats: Marks) -> Shortfall | None:
    """The first leaf of the tree with too few marks."""
    need = needed(problem, nominee)
    for leaf, have in counts(problem, seats).items():
        if have < need:
            return Shortfall(nominee, leaf, have, need)
    return None


def shortfalls(problem: Problem) -> tuple[Shortfall, ...]:
    """Every nominee still in the running without a quorum, in the order of the nominees (first leaf each)."""
    marks = counted_marks(problem)
    found = (shortfall(problem, name, marks[name]) for name in problem.nominees if name not in problem.disqualified)
    return tuple(short for short in found if short is not None)
