"""Many tabulations of one problem: without each seat in turn, by each panel method."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from judging.core import tiebreaks
from judging.core.evaluation import Evaluator
from judging.core.lazily import Lazily
from judging.core.numbers import MODES, over_one_denominator
from judging.core.policy import EVERY, FINAL, LEAF, Policy
from judging.core.problem import Problem
from judging.core.quorum import Marks
from judging.core.ranking import Group, Place, places

from .linear import Linear

Numerators = Mapping[str, int]


@dataclass(frozen=True)
class BulkResult:
    """One run. Exact totals are ``numerators[nominee] / denominator`` (ranked nominees only).

    ``places`` holds every nominee of the problem, None for the unranked; ``groups`` are those sharing a place, best
    first.
    """

    numerators: Numerators
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
    """A problem made ready for many runs. ``linear`` is None where the rules need the engine's own way."""

    problem: Problem
    evaluator: Evaluator
    linear: Linear | None

    def run(self, *, without: str | None = None, method: str | None = None) -> BulkResult:
        """Places without the seat ``without`` and with ``method`` for all panel criteria; equal to ``tabulate``.

        Equal to tabulating the problem without that seat's marks, states and recusals; with ``method`` the methods of
        single criteria give way. The quorum and the plenary's recorded orders stay.
        """
        policy = self.problem.policy
        if method is not None:
            policy = replace(policy, panel_method=method, panel_methods=())
        evaluator = self._evaluator(policy, without)
        if self.linear is None:
            denominator, numerators = _engine_totals(evaluator)
        else:
            denominator, numerators = self.linear.denominator, self.linear.totals(policy, without)
        groups = _groups(evaluator, denominator, numerators)
        given = places(groups, policy.ranking)
        return BulkResult(numerators, denominator, {name: given.get(name) for name in self.problem.nominees}, groups)

    def _evaluator(self, policy: Policy, without: str | None) -> Evaluator:
        """The engine's numbers of single nominees in this run, for what a tie chain asks."""
        judges = tuple(seat for seat in self.problem.judges if seat != without)
        marks = Lazily(self.problem.nominees, partial(_marks_without, self.evaluator, without))
        return Evaluator(replace(self.problem, policy=policy, judges=judges), marks)


def compile(problem: Problem) -> Compiled:
    """Make ``problem`` (checked, as ``tabulate`` takes it) ready for many runs."""
    evaluator, policy = Evaluator(problem), problem.policy
    is_linear = policy.panel_level == LEAF and policy.rounding.at != EVERY
    return Compiled(problem, evaluator, Linear.of(evaluator) if is_linear else None)


def _marks_without(evaluator: Evaluator, without: str | None, nominee: str) -> Marks:
    marks = evaluator.seats[nominee]
    if without is None:
        return marks
    return {leaf: {seat: mark for seat, mark in seats.items() if seat != without} for leaf, seats in marks.items()}


def _engine_totals(evaluator: Evaluator) -> tuple[int, Numerators]:
    """The totals of those who can be ranked, one by one, over one denominator."""
    found = {name: evaluator.evaluate(name) for name in evaluator.problem.nominees}
    exact = {name: one.nodes[evaluator.rubric.root.id] for name, one in found.items() if one.reason is None}
    denominator, whole = over_one_denominator(exact.values())
    return denominator, dict(zip(exact, whole, strict=True))


def _groups(evaluator: Evaluator, denominator: int, numerators: Numerators) -> tuple[Group, ...]:
    """Best first: by the official score, then down the tie chain."""
    rule = evaluator.problem.policy.rounding
    unit = 10**rule.places
    members: dict[int, list[str]] = {}
    for name, total in numerators.items():
        official = MODES[rule.mode](total * unit, denominator) if rule.at == FINAL else total
        members.setdefault(official, []).append(name)
    field = tiebreaks.Field(evaluator, Lazily(numerators, lambda name: evaluator.evaluate(name).nodes))
    groups: list[Group] = []
    for official in sorted(members, reverse=True):
        group = tuple(sorted(members[official]))
        score = Fraction(official, unit if rule.at == FINAL else denominator)
        groups.extend(tiebreaks.break_tie(field, group, score).outcome if len(group) > 1 else (group,))
    return tuple(groups)
