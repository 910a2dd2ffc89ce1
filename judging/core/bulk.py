"""The same exact numbers in bulk: many tabulations of one problem, or very many nominees at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from .problem import Problem
from .ranking import Group, Place
from .tabulation import tabulate


@dataclass(frozen=True)
class BulkResult:
    """One run. Exact totals are ``numerators[nominee] / denominator`` (ranked nominees only).

    ``places`` holds every nominee of the problem, None for the unranked; ``groups`` are those sharing a place, best
    first.
    """

    numerators: Mapping[str, int]
    denominator: int
    places: Mapping[str, Place | None]
    groups: tuple[Group, ...]

    @property
    def first(self) -> Group:
        """Who holds the first place (several while it is shared); empty when nobody is ranked."""
        return self.groups[0] if self.groups else ()

    def total(self, nominee: str) -> Fraction | None:
        """The exact total of one nominee; None when unranked."""
        found = self.numerators.get(nominee)
        return None if found is None else Fraction(found, self.denominator)


@dataclass(frozen=True)
class Compiled:
    """A problem made ready for many runs."""

    problem: Problem

    def run(self, *, without: str | None = None, method: str | None = None) -> BulkResult:
        """Places without the seat ``without`` and with ``method`` for all panel criteria; equal to ``tabulate``."""
        result = tabulate(variant(self.problem, without=without, method=method))
        exact = {row.nominee: row.exact for row in result.standings if row.exact is not None}
        denominator = lcm(*(total.denominator for total in exact.values()))
        return BulkResult(
            numerators={name: total.numerator * (denominator // total.denominator) for name, total in exact.items()},
            denominator=denominator,
            places={row.nominee: row.place for row in result.standings},
            groups=result.groups,
        )


def compile(problem: Problem) -> Compiled:
    """Make ``problem`` (checked, as ``tabulate`` takes it) ready for many runs."""
    return Compiled(problem)


def variant(problem: Problem, *, without: str | None = None, method: str | None = None) -> Problem:
    """``problem`` as it would be without the seat ``without``, and with ``method`` for all panel criteria."""
    if method is not None:
        problem = replace(problem, policy=replace(problem.policy, panel_method=method, panel_methods=()))
    if without is None:
        return problem
    return replace(
        problem,
        judges=tuple(seat for seat in problem.judges if seat != without),
        scores={cell: mark for cell, mark in problem.scores.items() if cell[0] != without},
        states={cell: state for cell, state in problem.states.items() if cell[0] != without},
        recusals=frozenset(pair for pair in problem.recusals if pair[0] != without),
    )
