"""The tie chain: ordered steps from a registry; each says what it compared, whom it parted, whom it left.

A later step never reopens an earlier one: every step only works inside the groups the steps before it left. A step
that has no number for some member of a group (criterion not applicable, no complete sheet) cannot compare that
group and leaves it as it is; missing is not zero.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType
from typing import Final

from .aggregation import METHODS, PanelSettings
from .evaluation import Evaluator, Scores
from .lazily import Lazily
from .policy import CRITERION_STEP
from .ranking import Group, split
from .result import Comparison, TieReport

Measure = Mapping[str, Fraction] | None


class Field:
    """The ranked nominees of a category, as the steps see them."""

    def __init__(self, evaluator: Evaluator, nodes: Mapping[str, Scores]) -> None:
        self.evaluator = evaluator
        self.nodes = nodes

    @cached_property
    def totals(self) -> Mapping[str, Scores]:
        """Nominee -> seat -> total of its complete sheet; ranked nominees only."""
        return Lazily(self.nodes, self.evaluator.sheet_totals)

    def holders(self, best: Callable[[Sequence[Fraction]], Fraction]) -> Mapping[str, int]:
        """Nominee -> the number of seats whose best (or lowest) total this is; shared ones count for each."""
        found = dict.fromkeys(self.nodes, 0)
        for seat in self.evaluator.problem.judges:
            own = {nominee: totals[seat] for nominee, totals in self.totals.items() if seat in totals}
            extreme = best(list(own.values())) if own else None
            for nominee, total in own.items():
                found[nominee] += total == extreme
        return found

    @cached_property
    def firsts(self) -> Mapping[str, int]:
        """Nominee -> seats whose best total this is."""
        return self.holders(max)

    @cached_property
    def lows(self) -> Mapping[str, int]:
        """Nominee -> seats whose lowest total this is."""
        return self.holders(min)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the chain: what it looks at in turn, how it measures a group, and which end wins."""

    measure: Callable[[Field, Group, str], Measure]
    bases: Callable[[Field], tuple[str, ...]] = lambda field: ("",)
    highest_first: bool = True


def _criterion(field: Field, group: Group, basis: str) -> Measure:
    """The exact score of one leaf or branch."""
    if any(basis not in field.nodes[name] for name in group):
        return None
    return {name: field.nodes[name][basis] for name in group}


def _heaviest(field: Field) -> tuple[str, ...]:
    """All leaves, heaviest first."""
    return tuple(leaf.id for leaf in field.evaluator.rubric.heaviest_first)


def _median(field: Field, group: Group, basis: str) -> Measure:
    """The median of the complete sheets' totals."""
    if not all(field.totals[name] for name in group):
        return None
    middle, settings = METHODS["median"], PanelSettings()
    return {name: Fraction(*middle.mean(field.totals[name].values(), settings)) for name in group}


def _first_places(field: Field, group: Group, basis: str) -> Measure:
    """How many seats have their best total, among all ranked nominees, here."""
    return {name: Fraction(field.firsts[name]) for name in group}


def _fewest_low(field: Field, group: Group, basis: str) -> Measure:
    """How many seats have their lowest total, among all ranked nominees, here; fewer is better."""
    return {name: Fraction(field.lows[name]) for name in group}


def _head_to_head(field: Field, group: Group, basis: str) -> Measure:
    """Duels won inside the group plus half of those drawn; a duel goes by the seats with sheets of both."""

    def duel(one: str, other: str) -> Fraction:
        mine, theirs = field.totals[one], field.totals[other]
        shared = mine.keys() & theirs.keys()
        lead = sum((mine[seat] > theirs[seat]) - (mine[seat] < theirs[seat]) for seat in shared)
        return Fraction((lead > 0) - (lead < 0) + 1, 2)

    return {one: sum((duel(one, other) for other in group if other != one), Fraction(0)) for one in group}


def _chair(field: Field, group: Group, basis: str) -> Measure:
    """Position in the first recorded order with a reason that covers the whole group."""
    for decision in field.evaluator.problem.policy.chair:
        if decision.reason.strip() and set(group) <= set(decision.order):
            return {name: Fraction(decision.order.index(name) + 1) for name in group}
    return None


STEPS: Final[Mapping[str, Step]] = MappingProxyType(
    {
        "criterion": Step(_criterion),
        "by_weight": Step(_criterion, _heaviest),
        "median": Step(_median),
        "first_places": Step(_first_places),
        "head_to_head": Step(_head_to_head),
        "fewest_low": Step(_fewest_low, highest_first=False),
        "chair": Step(_chair, highest_first=False),
    }
)


def break_tie(field: Field, group: Group, official: Fraction) -> TieReport:
    """Carry one tied group through the whole chain."""
    comparisons: list[Comparison] = []
    groups: tuple[Group, ...] = (tuple(sorted(group)),)
    for code in field.evaluator.problem.policy.tie_break:
        name, _, criterion = code.partition(":")
        step = STEPS[name]
        for basis in (criterion,) if code.startswith(CRITERION_STEP) else step.bases(field):
            done = [_compare(field, step, code, basis, tied) for tied in groups if len(tied) > 1]
            comparisons += done
            outcome = {comparison.group: comparison.outcome for comparison in done}
            groups = tuple(part for old in groups for part in outcome.get(old, (old,)))
    return TieReport(tuple(sorted(group)), official, tuple(comparisons), groups)


def _compare(field: Field, step: Step, code: str, basis: str, group: Group) -> Comparison:
    """One step on one group."""
    values = step.measure(field, group, basis)
    outcome = (group,) if values is None else split(group, values, highest_first=step.highest_first)
    return Comparison(code, basis, group, values, outcome, _reason(field, code, group) if values else "")


def _reason(field: Field, code: str, group: Group) -> str:
    """The plenary's words, when it was the plenary that decided."""
    if code != "chair":
        return ""
    decisions = field.evaluator.problem.policy.chair
    return next((d.reason for d in decisions if d.reason.strip() and set(group) <= set(d.order)), "")


def resolved_by(report: TieReport, nominee: str) -> tuple[str, ...]:
    """The steps that parted ``nominee`` from somebody, in order, each once."""
    steps = (found.step for found in report.comparisons if nominee in found.group and found.settled)
    return tuple(dict.fromkeys(steps))
