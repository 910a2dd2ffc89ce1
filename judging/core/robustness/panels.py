"""All panels that can be drawn, with replacement, from the seats, and what the panel methods make of them.

From m seats there are C(2m - 1, m) multisets (24,310 for nine); one in which seat j comes c_j times has the
probability m! / prod(c_j!) / m^m. Everything is done for all of them at once.

Mean, median and trimmed mean are all weighted sums of the marks in rising order: with A_j the first j seats in that
order and N(A) how many of the drawn come from A, sum_j x_(j) * (f(A_j) - f(A_(j-1))) with f = N for the mean, N held
between k and n - k for the trimmed mean, and steps at the middle for the median. For the mean and a trim of one the
sum without the least and the greatest is taken instead, which is much faster.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations
from math import comb, factorial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from judging.core.aggregation import PanelSettings

from .cells import Cell

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
CHUNK: Final = 2048  # panels at a time: what is computed for them stays in the processor's cache


@dataclass(frozen=True)
class Panels:
    """``counts``: panels x seats, how often each seat was drawn; ``pattern``: which were drawn at all, as bits."""

    counts: Array
    pattern: Whole
    probability: Array

    def parts(self) -> Iterator["Panels"]:
        """The panels, some at a time."""
        for start in range(0, len(self.probability), CHUNK):
            part = slice(start, start + CHUNK)
            yield Panels(self.counts[part], self.pattern[part], self.probability[part])


@lru_cache(maxsize=4)
def panels(seats: int) -> Panels:
    """Every multiset of ``seats`` seats with its probability."""
    places, bars_of = range(2 * seats - 1), seats - 1
    flat = np.fromiter(
        chain.from_iterable(combinations(places, bars_of)), np.int64, comb(len(places), bars_of) * bars_of
    )
    bars = flat.reshape(comb(len(places), bars_of), bars_of)
    ends = np.pad(bars, ((0, 0), (1, 1)), constant_values=((0, 0), (-1, 2 * seats - 1)))
    counts = np.diff(ends, axis=1) - 1
    factorials = np.array([factorial(number) for number in range(seats + 1)], dtype=np.float64)
    ways = factorials[seats] / factorials[counts].prod(axis=1)
    bits = 1 << np.arange(seats)
    return Panels(counts.astype(np.float64), (counts > 0) @ bits, ways / float(seats) ** seats)


@dataclass(frozen=True)
class Combined:
    """Per nominee and panel ``numerator / divisor``; a divisor of 0: no mark was drawn."""

    numerator: Array
    divisor: Array


class Batch:
    """Cells of one method with the same seats present, in the order of their nominees; ``points`` is cells x seats.

    ``combine`` gives, for any part of the panels, what the method makes of each cell, summed over each nominee's.
    """

    def __init__(self, batch: Sequence[Cell], points: Array, settings: PanelSettings) -> None:
        self.method, self.present, self.clamped = batch[0].method, batch[0].present, batch[0].clamped
        self.settings = settings
        self.trim = settings.trim if self.method == "trimmed" else 0
        self.nominees, starts = np.unique(np.array([cell.nominee for cell in batch]), return_index=True)
        seats = points.shape[1]
        self.mask = np.array([self.present >> seat & 1 for seat in range(seats)], dtype=np.float64)
        self.sums = np.add.reduceat(points, starts, axis=0)
        self.ordered = self.method == "median" or self.trim > 1
        if self.ordered:
            table = _coefficients(points, [seat for seat in range(seats) if self.mask[seat]], starts)
            sets = np.flatnonzero(np.any(table != 0.0, axis=1))
            self.table = np.ascontiguousarray(table[sets].T)
            self.members = (sets[:, None] >> np.arange(seats) & 1).astype(np.float64)
        elif self.trim:
            self.table = _extremes(points, self.present, seats, starts)

    def combine(self, drawn: Panels) -> Combined:
        """Nominees x panels."""
        number = drawn.counts @ self.mask
        trimmed = (number >= self.settings.trim_min_n) if self.trim else np.zeros(len(number), dtype=np.bool_)
        if self.ordered:
            lowest = self._lowest(self.members @ drawn.counts.T, number, trimmed)
            divisor = np.where(number > 0, 2.0, 0.0) if self.method == "median" else number - 2.0 * self.trim * trimmed
            return Combined(self.table @ lowest, divisor)
        numerator = self.sums @ drawn.counts.T
        if self.trim:
            numerator -= self.table[:, drawn.pattern & self.present] * trimmed
        return Combined(numerator, number - 2.0 * trimmed)

    def _lowest(self, held: Array, size: Array, trimmed: NDArray[np.bool_]) -> Array:
        """f of the sets: how many of the ``held`` lowest of ``size`` marks enter the sum (median: of two)."""
        if self.method == "median":
            return (held >= (size + 1) // 2).astype(np.float64) + (held >= size // 2 + 1)
        return np.where(trimmed, np.clip(held, self.trim, size - self.trim) - self.trim, held)


def _extremes(points: Array, present: int, seats: int, starts: Whole) -> Array:
    """Nominees x sets of seats (as bits): least plus greatest point, summed over the cells of each nominee."""
    low = np.full((1 << seats, len(points)), np.inf)
    high = np.full((1 << seats, len(points)), -np.inf)
    for seat in range(seats):
        half = 1 << seat
        own = points[:, seat] if present >> seat & 1 else None
        low[half : 2 * half] = low[:half] if own is None else np.minimum(low[:half], own)
        high[half : 2 * half] = high[:half] if own is None else np.maximum(high[:half], own)
    low[np.isinf(low)] = 0.0
    high[np.isinf(high)] = 0.0
    return np.ascontiguousarray(np.add.reduceat(low + high, starts, axis=1).T)


def _coefficients(points: Array, present: Sequence[int], starts: Whole) -> Array:
    """Sets of seats (as bits) x nominees: what f of each set counts for in the sum over the nominee's cells."""
    found = np.zeros((1 << points.shape[1], len(starts)))
    row_of = np.repeat(np.arange(len(starts)), np.diff(np.append(starts, len(points))))
    for row, cell in zip(row_of, points, strict=True):
        order, held = sorted(present, key=lambda seat: cell[seat]), 0
        for seat, after in zip(order, [*order[1:], None], strict=True):
            held |= 1 << seat
            found[held, row] += cell[seat] - (cell[after] if after is not None else 0.0)
    return found
