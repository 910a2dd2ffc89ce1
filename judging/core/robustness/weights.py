"""The smallest change of weights that changes a place: exact, in closed form, without a solver.

For a pair above/below let d_k be the difference of their scores on criterion k, w_k its whole weight and
G = sum(w_k * d_k) their gap.

- *Single*: w_k goes to t, the others keep their proportions. The gap is linear in t and vanishes at
  t = w_k + G * (100 - w_k) / (G - 100 * d_k), if that lies in 0..100.
- *Transfer*: weight moves to the criterion where the one below gains most (least d), from where it loses most
  (greatest d) downwards, each source giving at most its whole weight, until the gap is closed: a fractional
  knapsack, which is the optimum of the linear programme "least half the sum of |w'_k - w_k| with gap 0".

A pair whose gap is not above zero already (the printed score or the tie chain parts it) is level: the change is 0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from judging.core.problem import Problem
from judging.core.result import Result

from .data import Move, SingleChange, Transfer, WeightFlip, WeightFlips
from .linear import Linear, is_linear, linear
from .sheet_weights import SheetWeights

NOT_LINEAR, NEVER, NO_CHALLENGER = "not_linear", "never", "no_challenger"


@dataclass(frozen=True, slots=True)
class _Pair:
    """One above, one below, and the whole-number differences of their leaf scores."""

    above: str
    below: str
    differences: tuple[int, ...]
    gap: int


@dataclass(frozen=True, slots=True)
class _Amount:
    """A change of ``numerator / denominator`` units of weight; compared without dividing."""

    numerator: int
    denominator: int
    pair: _Pair
    criterion: int = 0

    def less(self, other: "_Amount | None") -> bool:
        """Strictly smaller, so that of equal ones the first stays."""
        return other is None or self.numerator * other.denominator < other.numerator * self.denominator


def _pair(field: Linear, above: str, below: str) -> _Pair:
    pairs = zip(field.scores[above], field.scores[below], strict=True)
    differences = tuple(one - other for one, other in pairs)
    gap = sum(weight * difference for weight, difference in zip(field.weights, differences, strict=True))
    return _Pair(above, below, differences, gap)


def _single(field: Linear, pair: _Pair) -> _Amount | None:
    """The criterion whose weight has to change least; ``numerator`` without sign."""
    whole, gap = field.whole, pair.gap
    if gap <= 0:
        return _Amount(0, 1, pair)
    best: _Amount | None = None
    for index, (weight, difference) in enumerate(zip(field.weights, pair.differences, strict=True)):
        # Upwards it needs room above, downwards at most its own weight can go; at 100 there is nothing to rescale.
        reachable = weight < whole and (difference <= 0 or gap <= weight * difference)
        if reachable:
            amount = _Amount(gap * (whole - weight), abs(gap - whole * difference), pair, index)
            best = amount if amount.less(best) else best
    return best


def _steps(field: Linear, pair: _Pair) -> Iterator[tuple[int, int]]:
    """(source, the gap that its whole weight closes), the source that closes most per point first."""
    least = min(pair.differences)
    order = sorted(range(len(field.leaves)), key=lambda index: -pair.differences[index])
    for source in order:
        gain = pair.differences[source] - least
        if gain > 0 and field.weights[source] > 0:
            yield source, gain


def _transfer(field: Linear, pair: _Pair) -> _Amount | None:
    """How much weight has to move at least."""
    rest, moved = max(pair.gap, 0), 0
    for source, gain in _steps(field, pair):
        weight = field.weights[source]
        if rest <= weight * gain:
            return _Amount(moved * gain + rest, gain, pair)
        rest, moved = rest - weight * gain, moved + weight
    return None if rest else _Amount(moved, 1, pair)


def _as_single(field: Linear, amount: _Amount) -> SingleChange:
    pair, index = amount.pair, amount.criterion
    weight = Fraction(field.weights[index], field.unit)
    change = Fraction(amount.numerator, amount.denominator * field.unit)
    rises = pair.gap - field.whole * pair.differences[index] > 0
    to_weight = weight + change if rises else weight - change
    return SingleChange(pair.above, pair.below, field.leaves[index], weight, to_weight)


def _as_transfer(field: Linear, amount: _Amount) -> Transfer:
    pair, moves = amount.pair, []
    rest = max(pair.gap, 0)
    target = field.leaves[pair.differences.index(min(pair.differences))]
    for source, gain in _steps(field, pair):
        if rest <= 0:
            break
        taken = min(Fraction(rest, gain), Fraction(field.weights[source]))
        moves.append(Move(field.leaves[source], target, taken / field.unit))
        rest -= gain * field.weights[source]
    total = Fraction(amount.numerator, amount.denominator * field.unit)
    return Transfer(pair.above, pair.below, total, tuple(moves))


def single_change(field: Linear, above: str, below: str) -> SingleChange | None:
    """The smallest change of one weight that makes the two level; None when there is none."""
    amount = _single(field, _pair(field, above, below))
    return None if amount is None else _as_single(field, amount)


def transfer(field: Linear, above: str, below: str) -> Transfer | None:
    """The smallest amount of weight whose moving makes the two level; None when no weights do."""
    amount = _transfer(field, _pair(field, above, below))
    return None if amount is None else _as_transfer(field, amount)


class _Pairs:
    """Every pair once, however many boundaries it crosses."""

    def __init__(self, field: Linear) -> None:
        self.field = field
        self.order = tuple(field.scores)
        self.found: dict[tuple[str, str], tuple[_Amount | None, _Amount | None]] = {}

    def amounts(self, above: str, below: str) -> tuple[_Amount | None, _Amount | None]:
        """(single, transfer)."""
        key = above, below
        if key not in self.found:
            pair = _pair(self.field, above, below)
            self.found[key] = _single(self.field, pair), _transfer(self.field, pair)
        return self.found[key]

    def boundary(self, place: int) -> WeightFlip:
        """The nearest pair with one inside the first ``place`` places and one outside."""
        single: _Amount | None = None
        moved: _Amount | None = None
        for above in self.order[:place]:
            for below in self.order[place:]:
                one, other = self.amounts(above, below)
                single = one if one is not None and one.less(single) else single
                moved = other if other is not None and other.less(moved) else moved
        return WeightFlip(
            after_place=place,
            single=None if single is None else _as_single(self.field, single),
            transfer=None if moved is None else _as_transfer(self.field, moved),
            why_null=NEVER if single is None or moved is None else None,
        )


def weight_flips(problem: Problem, result: Result) -> WeightFlips:
    """The smallest changes of weights at the first place and at every titled boundary; exact.

    Scores are the unrounded ones of the standings. Where totals are no weighted sums (whole sheets combined by median
    or trimmed mean) there is no transfer, with the code ``not_linear``; there is nothing, with ``no_challenger``,
    where fewer than two are ranked. Under the rounding ``every`` the rounding of the weighted parts is left out of
    account.
    """
    count = len(result.order)
    if count < 2:
        return WeightFlips(None, (), NO_CHALLENGER)
    places = range(1, min(len(problem.policy.labels), count - 1) + 1)
    if not is_linear(problem):
        by_sheet = SheetWeights(problem, result)
        found = [WeightFlip(place, by_sheet.boundary(place), None, NOT_LINEAR) for place in places or (1,)]
        return WeightFlips(found[0], tuple(found) if places else (), NOT_LINEAR)
    pairs = _Pairs(linear(problem, result))
    boundaries = tuple(pairs.boundary(place) for place in places)
    return WeightFlips(boundaries[0] if boundaries else pairs.boundary(1), boundaries)
