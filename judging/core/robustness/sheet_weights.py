"""The smallest change of one weight where whole sheets are combined by median or trimmed mean; exact.

While the weight of one criterion goes from 0 to 100 and the others keep their proportions, the total of each sheet
runs along a straight line. A nominee's total is the mean of its sheets on certain positions in rising order, and that
order changes only where two of its lines cross: between such knots it runs straight too. So the gap of a pair is
followed from the official weight to both sides, knot by knot, until it is closed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations

from judging.core.aggregation import METHODS
from judging.core.numbers import HUNDRED, ZERO, over_one_denominator
from judging.core.problem import Problem
from judging.core.result import Result

from .data import SingleChange
from .linear import exact_sheets

Line = tuple[int, int]  # the total of a sheet when the weight is 0, and when it is 100


@dataclass(frozen=True)
class Curve:
    """The total of one nominee over the weight of one criterion: the mean of ``lines[start:stop]`` in rising order.

    Totals are counted in parts of ``unit``.
    """

    lines: Sequence[Line]
    unit: int
    start: int
    stop: int

    def at(self, weight: Fraction) -> Fraction:
        """The total at ``weight``, 0 to 100."""
        above, below = weight.as_integer_ratio()
        order = sorted(low * (100 * below - above) + high * above for low, high in self.lines)
        return Fraction(sum(order[self.start : self.stop]), 100 * below * self.unit * (self.stop - self.start))

    def between(self, low: Fraction, high: Fraction) -> list[Fraction]:
        """The knots strictly between two weights, rising."""
        return self.knots[bisect_right(self.knots, low) : bisect_left(self.knots, high)]

    @cached_property
    def knots(self) -> list[Fraction]:
        """Where it may bend, rising."""
        found = set()
        for (low, high), (other_low, other_high) in combinations(self.lines, 2):
            at_none, at_all = low - other_low, high - other_high
            if at_none * at_all < 0:
                found.add(Fraction(100 * at_none, at_none - at_all))
        return sorted(found)

    @cached_property
    def steepest(self) -> Fraction:
        """It never rises or falls by more than this per point of weight."""
        return Fraction(max(abs(high - low) for low, high in self.lines), 100 * self.unit)


class SheetWeights:
    """The ranked nominees of ``result``, best first, and how their totals go with the weights."""

    def __init__(self, problem: Problem, result: Result) -> None:
        self.weights = problem.rubric.leaf_weights
        self.order = result.order
        self.totals = {name: result.by_nominee[name].nodes[problem.rubric.root.id] for name in result.order}
        self.policy = problem.policy
        self.sheets = {
            name: [(scores, self._total(scores)) for scores in rows]
            for name, rows in exact_sheets(problem, result).items()
        }
        self.curves: dict[tuple[str, str], Curve] = {}

    def _total(self, scores: Mapping[str, Fraction]) -> Fraction:
        """Of one sheet, at the official weights, times 100."""
        return sum((self.weights[leaf] * score for leaf, score in scores.items()), ZERO)

    def curve(self, nominee: str, criterion: str) -> Curve:
        """Each is made once."""
        key = nominee, criterion
        if key not in self.curves:
            weight, ends = self.weights[criterion], []
            for scores, total in self.sheets[nominee]:
                ends += [(total - weight * scores[criterion]) / (100 - weight), scores[criterion]]
            unit, whole = over_one_denominator(ends)
            kept = METHODS[self.policy.panel_method].kept(len(ends) // 2, self.policy.panel)
            self.curves[key] = Curve(list(zip(whole[::2], whole[1::2], strict=True)), unit, *kept)
        return self.curves[key]

    def boundary(self, place: int) -> SingleChange | None:
        """The smallest change that makes one of the first ``place`` nominees level with one behind them, if any."""
        best: SingleChange | None = None
        for above in reversed(self.order[:place]):  # the nearest first: they leave the others little room
            for below in self.order[place:]:
                for criterion, weight in self.weights.items():
                    to_weight = self._level(above, below, criterion, HUNDRED if best is None else best.change)
                    if to_weight is not None and (best is None or abs(to_weight - weight) < best.change):
                        best = SingleChange(above, below, criterion, weight, to_weight)
        return best

    def _level(self, above: str, below: str, criterion: str, limit: Fraction) -> Fraction | None:
        """The nearest weight of ``criterion`` that makes the two level, None if it has to change by over ``limit``."""
        weight, gap = self.weights[criterion], self.totals[above] - self.totals[below]
        if gap <= 0:  # the printed score or the tie chain parts them
            return weight
        if weight == 100:  # there is nothing to rescale
            return None
        one, other = self.curve(above, criterion), self.curve(below, criterion)
        if gap > limit * (one.steepest + other.steepest):
            return None
        low, high = max(weight - limit, ZERO), min(weight + limit, HUNDRED)
        down = sorted({low, *one.between(low, weight), *other.between(low, weight)}, reverse=True)
        up = sorted({high, *one.between(weight, high), *other.between(weight, high)})
        found = [_closed(one, other, weight, knots) for knots in (down, up)]
        return min((each for each in found if each is not None), key=lambda each: abs(each - weight), default=None)


def _closed(one: Curve, other: Curve, weight: Fraction, knots: Iterable[Fraction]) -> Fraction | None:
    """The first weight from ``weight`` over the ``knots`` on one side of it at which ``one`` no longer leads."""
    last, gap = weight, one.at(weight) - other.at(weight)
    for knot in knots:
        after = one.at(knot) - other.at(knot)
        if after <= 0:
            return last + (knot - last) * gap / (gap - after)
        last, gap = knot, after
    return None
