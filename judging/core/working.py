"""The sum behind one standing as a person redoes it with a pocket calculator: figures, conversions, weights, parts.

``explanation`` says what the numbers are; this says by which sum each follows from the one before, and how many points
of the total each criterion brought. Everything is exact, and nothing here decides a place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final

from .criteria import PANEL, Criterion, Rubric, Scale
from .numbers import HUNDRED, ZERO
from .policy import ZERO_VALUE
from .problem import Problem
from .result import CriterionTrace, Standing
from .transforms import Linear, MinMax, Piecewise, Points, Step, Transform, clamp

#: What the parts of the criteria leave of the official score: rounding, or totals combined sheet by sheet.
REMAINDER: Final = ""


@dataclass(frozen=True, slots=True)
class Conversion:
    """How a figure becomes 0 to 100: ``base + (value - start) * rise / run``, then held between 0 and 100.

    ``rule``: ``max`` and ``range`` (the scale), ``identity``, ``linear``, ``piecewise`` (between knots), ``minmax``;
    those with a ``constant`` instead of a sum: ``flat`` (outside the knots), ``step`` and ``below`` (the threshold is
    ``start``), ``all_equal``, ``zero`` (no figure, and the rules count it as 0).
    """

    rule: str
    value: Fraction | None
    start: Fraction = ZERO
    rise: Fraction = HUNDRED
    run: Fraction = HUNDRED
    base: Fraction = ZERO
    constant: Fraction | None = None

    @property
    def raw(self) -> Fraction:
        """The result before it is held between 0 and 100."""
        if self.constant is not None or self.value is None:
            return self.constant or ZERO
        return self.base + (self.value - self.start) * self.rise / self.run

    @property
    def score(self) -> Fraction:
        """The result, 0 to 100."""
        return clamp(self.raw)

    @property
    def is_held(self) -> bool:
        """The sum left 0 to 100 and was held at its end."""
        return self.raw != self.score


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion: its numbers, how deep it stands (the total: 0), its share of the whole (of 100, "not applicable"
    shared out; None when it dropped out itself) and, for a leaf with a figure, how that became its score.
    """

    node: CriterionTrace
    depth: int
    share: Fraction | None
    conversion: Conversion | None
    scale: Scale


def rows_of(problem: Problem, standing: Standing) -> tuple[Row, ...]:
    """Return every criterion of one nominee in the order of the tree."""
    depths, shares = _depths(problem.rubric), whole_shares(problem.rubric, standing)
    return tuple(
        Row(
            node=node,
            depth=depths[node.criterion],
            share=shares.get(node.criterion),
            conversion=_conversion_of(problem, node),
            scale=problem.rubric.by_id[node.criterion].scale,
        )
        for node in standing.trace
    )


def whole_shares(rubric: Rubric, standing: Standing) -> dict[str, Fraction]:
    """Return the share of each criterion in the whole, of 100: the product of the shares on its path.

    Criteria that dropped out are missing.
    """
    own = {node.criterion: node.share for node in standing.trace}
    found: dict[str, Fraction] = {}
    if own[rubric.root.id] is not None:
        found[rubric.root.id] = HUNDRED
    for node in rubric.nodes:
        for child in node.children:
            share = own[child.id]
            if node.id in found and share is not None:
                found[child.id] = found[node.id] * share / 100
    return found


def contributions(rubric: Rubric, standing: Standing) -> dict[str, Fraction]:
    """Return leaf -> points of the total, and :data:`REMAINDER` -> what is left; together the official score.

    The remainder is 0 where totals are neither rounded nor combined sheet by sheet. Raises ``ValueError`` for somebody
    without a score.
    """
    if standing.official is None:
        raise ValueError(f"{standing.nominee} has no total to take apart")
    shares = whole_shares(rubric, standing)
    found = {
        leaf.id: shares[leaf.id] * standing.nodes[leaf.id] / 100
        for leaf in rubric.leaves
        if leaf.id in shares and leaf.id in standing.nodes
    }
    found[REMAINDER] = standing.official - sum(found.values(), ZERO)
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """What one criterion (or the :data:`REMAINDER`) makes of the distance of two nominees, in points of the total."""

    criterion: str
    upper: Fraction
    lower: Fraction

    @property
    def points(self) -> Fraction:
        """Positive where the upper nominee gains."""
        return self.upper - self.lower


def differences(rubric: Rubric, upper: Standing, lower: Standing) -> tuple[Difference, ...]:
    """Return by which criteria two ranked nominees differ, in the order of the tree, the remainder last.

    The points add up to the difference of the official scores, exactly. A criterion that is not applicable to one of
    them brings it 0 points (its weight went to its siblings).
    """
    one, other = contributions(rubric, upper), contributions(rubric, lower)
    names = [leaf.id for leaf in rubric.leaves] + [REMAINDER]
    return tuple(Difference(name, one.get(name, ZERO), other.get(name, ZERO)) for name in names)


def _depths(rubric: Rubric) -> dict[str, int]:
    found = {rubric.root.id: 0}
    for node in rubric.nodes:
        found.update((child.id, found[node.id] + 1) for child in node.children)
    return found


def _conversion_of(problem: Problem, node: CriterionTrace) -> Conversion | None:
    """How the mean or figure of ``node`` became its score; None where there is no single figure."""
    leaf = problem.rubric.by_id[node.criterion]
    if leaf.is_branch or node.outcome == "not_applicable":
        return None
    value = node.mean if leaf.kind == PANEL else node.figure
    if value is None:
        is_zero = leaf.kind != PANEL and problem.policy.missing_value == ZERO_VALUE
        return Conversion("zero", None, constant=ZERO) if is_zero else None
    return conversion(leaf, value, _peers(problem, leaf.id))


def _peers(problem: Problem, leaf: str) -> list[Fraction]:
    """The figures of all nominees that are not disqualified."""
    return [value for (name, own), value in problem.values.items() if own == leaf and name not in problem.disqualified]


def conversion(leaf: Criterion, value: Fraction, peers: Sequence[Fraction] = ()) -> Conversion:
    """Return how ``value`` becomes the score of ``leaf``; ``conversion(...).score`` is that score."""
    if leaf.transform is not None:
        return _RULES[leaf.transform.kind](leaf.transform, value, peers)
    scale = leaf.scale
    if scale.normalise == "range":
        return Conversion("range", value, start=scale.minimum, run=scale.maximum - scale.minimum)
    return Conversion("max", value, run=scale.maximum)


def _identity(rule: Transform, value: Fraction, peers: Sequence[Fraction]) -> Conversion:
    return Conversion("identity", value)


def _linear(rule: Transform, value: Fraction, peers: Sequence[Fraction]) -> Conversion:
    assert isinstance(rule, Linear)  # noqa: S101 - the table of rules is by kind
    return Conversion("linear", value, start=rule.lo, run=rule.hi - rule.lo)


def _piecewise(rule: Transform, value: Fraction, peers: Sequence[Fraction]) -> Conversion:
    assert isinstance(rule, Piecewise)  # noqa: S101
    knots: Points = rule.knots
    for (left, low), (right, high) in pairwise(knots):
        if left < value <= right:
            return Conversion("piecewise", value, start=left, rise=high - low, run=right - left, base=low)
    return Conversion("flat", value, constant=knots[0][1] if value <= knots[0][0] else knots[-1][1])


def _step(rule: Transform, value: Fraction, peers: Sequence[Fraction]) -> Conversion:
    assert isinstance(rule, Step)  # noqa: S101
    reached = [(threshold, score) for threshold, score in rule.steps if threshold <= value]
    if not reached:
        return Conversion("below", value, start=rule.steps[0][0], constant=rule.below)
    return Conversion("step", value, start=reached[-1][0], constant=reached[-1][1])


def _minmax(rule: Transform, value: Fraction, peers: Sequence[Fraction]) -> Conversion:
    assert isinstance(rule, MinMax)  # noqa: S101
    low, high = min(peers, default=value), max(peers, default=value)
    if low == high:
        return Conversion("all_equal", value, start=low, constant=rule.all_equal)
    start, end = (low, high) if rule.better == "high" else (high, low)
    return Conversion("minmax", value, start=start, run=end - start)


_RULES: Final = {
    "identity": _identity,
    "linear": _linear,
    "piecewise": _piecewise,
    "step": _step,
    "minmax": _minmax,
}
