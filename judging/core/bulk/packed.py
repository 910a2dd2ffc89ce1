"""Very many nominees at once from packed sheets (docs/scoring.md): whole hundredths, seat by seat.

A sheet block of one nominee is ``seats x leaves`` little-endian 16-bit whole numbers, seat by seat: marks on a scale of
0 to 100 in hundredths (0 to 10000), ``-1`` where there is none.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from judging.core.aggregation import METHODS
from judging.core.numbers import HUNDRED, over_one_denominator
from judging.core.policy import EVERY, FINAL, JUDGE, Policy
from judging.core.refusals import Malformed, PanelLevel, PanelMethod, ScoreRange, WeightsSum

Marks = NDArray[np.int16]  # seats x nominees x leaves: each pass over the seats reads memory in one go
Whole = NDArray[Any]  # int64, or Python integers where 64 bits could overflow

NO_MARK: Final = -1
TOP: Final = 10_000

#: Exact rounding of numerator / denominator, both whole, numerator >= 0.
_ROUND: Final[Mapping[str, Callable[[Whole, int], Whole]]] = {
    "half_up": lambda number, unit: (2 * number + unit) // (2 * unit),
    "half_even": lambda number, unit: (2 * number + unit) // (2 * unit) - _odd_half(number, unit),
    "down": lambda number, unit: number // unit,
    "up": lambda number, unit: (number + unit - 1) // unit,
}


@dataclass(frozen=True)
class Totals:
    """Of each nominee, in the order given. Exact total: ``numerators / denominator``, points of 100.

    ``official`` is what ranks, in whole units of the last printed decimal (``numerators`` where the rules rank on
    exact totals). ``ranks`` are places in 1224 style before any tie chain; 0 (as the other two) without a quorum.
    """

    numerators: Whole
    denominator: int
    official: Whole
    ranks: NDArray[np.int64]

    def exact(self, index: int) -> Fraction | None:
        """The exact total of one nominee; None without a quorum."""
        return Fraction(int(self.numerators[index]), self.denominator) if self.ranks[index] else None


def unpack(blobs: Collection[bytes], seats: int, leaves: int) -> Marks:
    """The marks of packed sheets, one blob per nominee; raises ``malformed`` or ``score_range``."""
    content = b"".join(blobs)
    size = 2 * seats * leaves
    if any(len(blob) != size for blob in blobs):
        raise Malformed("blobs", f"a sheet block of {seats} seats and {leaves} criteria has {size} bytes")
    marks = np.frombuffer(content, dtype="<i2").reshape(len(blobs), seats, leaves)
    if marks.size and (marks.min() < NO_MARK or marks.max() > TOP):
        raise ScoreRange("blobs", f"a packed mark lies between 0 and {TOP}, or is {NO_MARK}")
    return np.ascontiguousarray(marks.transpose(1, 0, 2), dtype=np.int16)


def totals(marks: Marks, weights: Sequence[Fraction], policy: Policy) -> Totals:
    """Exact totals and places of ``marks`` (from ``unpack``); ``weights`` of the leaves in the whole, of 100.

    Takes the panel method, the quorum and the rounding from ``policy``. Raises ``weights_sum``, and ``panel_level``,
    ``panel_method`` or ``malformed`` for rules that need the engine itself (``judging.core.tabulation``).
    """
    _check(marks, weights, policy)
    scale, factors = over_one_denominator(weights)
    counts = _counts(marks)
    kept = METHODS[policy.panel_method].kept
    bounds = np.array([(0, 0), *(kept(count, policy.panel) for count in range(1, len(marks) + 1))])
    stay = bounds[:, 1] - bounds[:, 0]
    used = set(stay[np.bincount(counts.ravel()).nonzero()])
    common = lcm(*(int(number) for number in used if number))
    denominator = common * 100 * 100 * scale
    is_rounded = policy.rounding.at == FINAL
    unit = 10**policy.rounding.places if is_rounded else 1
    # The largest number below is 2 * 100 * denominator * unit: beyond 64 bits the same steps go on in Python integers.
    kind: Any = np.int64 if 400 * denominator * unit < 2**63 else object
    shares = np.array([common // max(int(number), 1) for number in stay], dtype=kind)
    sums = _sums(marks, counts, policy, bounds).astype(kind)
    if len(used) > 1:  # otherwise all means rest on the same number of marks
        sums *= shares[counts]
    numerators = sums @ np.array(factors, dtype=kind)
    official = _ROUND[policy.rounding.mode](numerators * unit, denominator) if is_rounded else numerators
    ranked: NDArray[np.bool_] = np.all(counts >= max(policy.min_scores, 1), axis=1)
    return Totals(np.where(ranked, numerators, 0), denominator, np.where(ranked, official, 0), _ranks(official, ranked))


def _check(marks: Marks, weights: Sequence[Fraction], policy: Policy) -> None:
    if sum(weights) != HUNDRED or len(weights) != marks.shape[2] or min(weights) < 0:
        raise WeightsSum("weights", "one weight per leaf, together exactly 100")
    if policy.panel_methods:
        raise PanelMethod("policy.panel_methods", "packed sheets are combined by one method")
    if policy.panel_level == JUDGE:
        raise PanelLevel("policy.panel_level", "packed sheets are combined criterion by criterion")
    if policy.rounding.at == EVERY:
        raise Malformed("policy.rounding.at", "packed totals are rounded at the end or not at all")


def _counts(marks: Marks) -> NDArray[np.intp]:
    """Marks of each nominee on each leaf."""
    if not marks.size or marks.min() >= 0:
        return np.full(marks.shape[1:], len(marks))
    missing = np.add.reduce(marks >> 15, axis=0, dtype=np.int16)  # the sign alone: -1 where there is none
    counts: NDArray[np.intp] = missing.astype(np.intp) + len(marks)
    return counts


def _sums(marks: Marks, counts: NDArray[np.intp], policy: Policy, bounds: NDArray[np.int64]) -> Whole:
    """The sum of the marks that stay."""
    seats = len(marks)
    total: Whole = np.add.reduce(marks, axis=0, dtype=np.int32) + (seats - counts)  # each missing one was counted as -1
    if policy.panel_method == "mean" or not seats:
        return total
    raised = marks.view(np.uint16)  # a missing mark is now above all others
    if policy.panel_method == "trimmed" and policy.panel.trim == 1:
        ends: Whole = marks.max(axis=0).astype(np.int32) + raised.min(axis=0)
        return np.where(counts >= policy.panel.trim_min_n, total - ends, total)
    order = _in_order(raised)
    if counts.size and counts.min() == seats:
        full: Whole = np.add.reduce(order[slice(*bounds[seats])], axis=0, dtype=np.int64)
        return full
    upto = np.zeros((seats + 1, *counts.shape), dtype=np.int64)
    np.cumsum(order, axis=0, dtype=np.int64, out=upto[1:])
    starts, stops = bounds[counts, 0], bounds[counts, 1]
    upper, lower = (np.take_along_axis(upto, ends[np.newaxis], axis=0)[0] for ends in (stops, starts))
    kept: Whole = upper - lower
    return kept


def _in_order(marks: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """Each cell's marks from the lowest to the highest.

    Exchanging neighbouring planes until all are in order works on whole planes, which for a panel of the usual size
    is many times faster than sorting each cell by itself.
    """
    if len(marks) > 16:
        return np.sort(marks, axis=0)
    order = marks.copy()
    for last in range(len(order) - 1, 0, -1):
        for index in range(last):
            low = np.minimum(order[index], order[index + 1])
            np.maximum(order[index], order[index + 1], out=order[index + 1])
            order[index] = low
    return order


def _odd_half(number: Whole, unit: int) -> Whole:
    """1 where half-up went up to an odd neighbour from an exact half, else 0."""
    is_odd_half: Whole = ((2 * number + unit) % (2 * unit) == 0) & ((2 * number + unit) // (2 * unit) % 2 == 1)
    return is_odd_half


def _ranks(official: Whole, ranked: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Place of each: one more than the number of those above."""
    values = official[ranked]
    ranks = np.zeros(len(official), dtype=np.int64)
    ranks[ranked] = len(values) - np.searchsorted(np.sort(values), values, side="right") + 1
    return ranks
