"""Krippendorff's alpha for marks (interval) and ranks (ordinal), any gaps, with a jackknife interval over nominees.

Krippendorff, Content Analysis, chapter on reliability; the interval after J. Hughes, arXiv 2210.13265. No coincidence
matrix: with the sums S and the sums of squares Q of the totals of a nominee, 1 - alpha is the sum over nominees of
2 (n Q - S^2) / (n - 1), over 2 (N Q - S^2) / (N - 1) of all. The ordinal distance between two values is the difference
of their average ranks among all values, so ordinal alpha is the interval alpha of those ranks.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from judging.core.seat_totals import Matrix

Vector = NDArray[np.float64]

INTERVAL: Final = "interval"
ORDINAL: Final = "ordinal"
LEAST_UNITS: Final = 3  # leaving one of two nominees out leaves nothing to compare with

_TAIL: Final = 0.025  # on either side of a 95 % interval
_NOISE: Final = 1e-20  # of the largest total squared: below this a square is rounding, not spread


@dataclass(frozen=True, slots=True)
class Alpha:
    """Alpha with a 95 % jackknife t interval (``upper`` at most 1), on ``units`` nominees and ``marks`` totals.

    Only nominees with at least two totals count. The interval is None under three of them, or when leaving one out
    leaves no spread.
    """

    alpha: float
    lower: float | None
    upper: float | None
    units: int
    marks: int


def krippendorff_alpha(matrix: Matrix, *, level: str = INTERVAL) -> Alpha | None:
    """Alpha of ``matrix`` (nominees x seats, NaN for a gap) at ``level`` ``interval`` or ``ordinal``.

    None without a nominee that two seats have marked, or when all totals are the same.
    """
    counts = (~np.isnan(matrix)).sum(axis=1)
    pairable = matrix[counts >= 2]
    if not len(pairable):
        return None
    units = _ordinal(pairable) if level == ORDINAL else _interval(pairable)
    whole = _alpha(units.within.sum(), units.n.sum(), units.squares.sum(), units.sums.sum(), units.noise)
    if np.isnan(whole):
        return None
    error = _jackknife_error(float(whole), units.without) if len(pairable) >= LEAST_UNITS else None
    return _with_interval(float(whole), error, len(pairable), int(units.n.sum()))


def _with_interval(alpha: float, error: float | None, units: int, marks: int) -> Alpha:
    from scipy.special import stdtrit

    if error is None:
        return Alpha(alpha, None, None, units, marks)
    reach = float(stdtrit(units - 1, 1 - _TAIL)) * error
    return Alpha(alpha, alpha - reach, min(alpha + reach, 1.0), units, marks)


@dataclass(frozen=True, slots=True)
class _Units:
    """Per nominee: count, sum, sum of squares, disagreement inside; ``without``: alpha when it is left out."""

    n: Vector
    sums: Vector
    squares: Vector
    within: Vector
    without: Vector
    noise: float


def _alpha(within: Vector, n: Vector, squares: Vector, sums: Vector, noise: float) -> Vector:
    """1 - observed / expected disagreement, elementwise; NaN where all values are the same."""
    between = 2 * (n * squares - sums * sums) / np.maximum(n - 1, 1)
    spread = between > noise
    found: Vector = 1 - np.where(spread, within, np.nan) / np.where(spread, between, 1)
    return found


def _within(n: Vector, squares: Vector, sums: Vector) -> Vector:
    """Disagreement inside each nominee: 2 (n Q - S^2) / (n - 1)."""
    found: Vector = 2 * np.maximum(n * squares - sums * sums, 0) / (n - 1)
    return found


def _interval(matrix: Matrix) -> _Units:
    """The totals as they are, moved to their mean for precision."""
    largest = float(np.nanmax(np.abs(matrix)))
    n = (~np.isnan(matrix)).sum(axis=1).astype(np.float64)
    values = np.nan_to_num(matrix - np.nansum(matrix) / n.sum())
    sums, squares = values.sum(axis=1), (values * values).sum(axis=1)
    within, noise = _within(n, squares, sums), _NOISE * float(n.sum()) * largest**2
    left = _alpha(within.sum() - within, n.sum() - n, squares.sum() - squares, sums.sum() - sums, noise)
    return _Units(n, sums, squares, within, left, noise)


def _ordinal(matrix: Matrix) -> _Units:
    """The average ranks of the totals among all; leaving a nominee out ranks the others anew, all at once."""
    present = ~np.isnan(matrix)
    values, codes = np.unique(matrix[present], return_inverse=True)
    counts = np.zeros((len(matrix), len(values)))
    np.add.at(counts, (np.nonzero(present)[0], codes), 1.0)
    n = counts.sum(axis=1)
    own = np.cumsum(counts, axis=1) - counts / 2  # how many values of a nominee lie below each value
    ranks = own.sum(axis=0) - n.sum() / 2
    sums, squares = counts @ ranks, counts @ (ranks * ranks)
    within = _within(n, squares, sums)
    others = own.sum(axis=0)[:, None] - own.T - (n.sum() - n)[None, :] / 2  # value x nominee left out
    part_sums, part_squares = counts @ others, counts @ (others * others)
    parts = _within(n[:, None], part_squares, part_sums)
    for table in (parts, part_sums, part_squares):
        np.fill_diagonal(table, 0.0)
    left = _alpha(parts.sum(axis=0), n.sum() - n, part_squares.sum(axis=0), part_sums.sum(axis=0), 0.0)
    return _Units(n, sums, squares, within, left, 0.0)


def _jackknife_error(alpha: float, without: Vector) -> float | None:
    """Standard error from the pseudo-values m alpha - (m-1) alpha without one of the m nominees."""
    if np.isnan(without).any():
        return None
    m = len(without)
    pseudo = m * alpha - (m - 1) * without
    return float(pseudo.std(ddof=1) / np.sqrt(m))
