"""Enough scores to be ranked, or not: never averaged silently below the minimum."""

from collections.abc import Mapping
from dataclasses import dataclass
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


def counted_marks(problem: Problem) -> Mapping[str, Mapping[str, frozenset[str]]]:
    """nominee -> applicable panel leaf -> the seats whose mark counts (in the tree's order of leaves)."""
    found: dict[str, dict[str, set[str]]] = {}
    for nominee in problem.nominees:
        out = problem.leaves_out(nominee)
        found[nominee] = {leaf.id: set() for leaf in problem.rubric.panel_leaves if leaf.id not in out}
    for judge, nominee, leaf in problem.scores:
        if (judge, nominee) not in problem.recusals and leaf in found[nominee]:
            found[nominee][leaf].add(judge)
    return {name: {leaf: frozenset(seats) for leaf, seats in leaves.items()} for name, leaves in found.items()}


def counts(problem: Problem, seats: Mapping[str, frozenset[str]]) -> dict[str, int]:
    """Valid marks per panel leaf or, at judge level, the number of complete sheets (nothing without panel leaves)."""
    if problem.policy.panel_level != JUDGE:
        return {leaf: len(found) for leaf, found in seats.items()}
    return {SHEETS: len(complete_seats(seats))} if seats else {}


def complete_seats(seats: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The seats with a mark on every applicable panel leaf; none when there is no such leaf."""
    return frozenset.intersection(*seats.values()) if seats else frozenset()


def shortfall(problem: Problem, nominee: str, seats: Mapping[str, frozenset[str]]) -> Shortfall | None:
    """The first leaf of the tree with too few marks. A recorded exception lowers the need to a single mark."""
    need = 1 if nominee in problem.exceptions else max(problem.policy.min_scores, 1)
    for leaf, have in counts(problem, seats).items():
        if have < need:
            return Shortfall(nominee, leaf, have, need)
    return None


def shortfalls(problem: Problem) -> tuple[Shortfall, ...]:
    """Every nominee still in the running without a quorum, in the order of the nominees (first leaf each)."""
    marks = counted_marks(problem)
    found = (shortfall(problem, name, marks[name]) for name in problem.nominees if name not in problem.disqualified)
    return tuple(short for short in found if short is not None)
