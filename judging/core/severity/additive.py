"""Additive least squares: total = merit of the nominee + leniency of the seat + error, leniencies adding up to 0.

Fisher's analysis of incomplete blocks. The merit is what a seat of average severity would give; on a complete panel
it equals the plain mean. Solved by eliminating the nominees: (D_J - N'D_I^-1 N + 11') b = r, one equation per seat.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from judging.core.seat_totals import Matrix, Pair, SeatTotals

from .connectedness import connectedness_of

Vector = NDArray[np.float64]

_NOISE: Final = 1e-20  # of the largest total squared: below this a mean square is rounding, not spread
_FULL: Final = 1e-9  # a cell whose leverage comes this close to 1 has no residual of its own


@dataclass(frozen=True)
class AdditiveFit:
    """The fitted model, in points of 0 to 100.

    ``merits``: adjusted total of each nominee; ``leniencies``: b_j, what a seat gives above the panel (severity is
    -b_j); each with standard errors, None without degrees of freedom. ``residuals`` and ``studentised`` (residual /
    (sigma * sqrt(1 - leverage)), None where undefined) by (seat, nominee). ``sigma``: standard deviation of the
    error; ``df``: its degrees of freedom; ``n``: sheets.
    """

    merits: Mapping[str, float]
    merit_errors: Mapping[str, float | None]
    leniencies: Mapping[str, float]
    leniency_errors: Mapping[str, float | None]
    residuals: Mapping[Pair, float]
    studentised: Mapping[Pair, float | None]
    sigma: float | None
    df: int
    n: int

    def residuals_of(self, seat: str) -> dict[str, float]:
        """Nominee -> what is left of this seat's total after merit and leniency."""
        return {nominee: value for (name, nominee), value in self.residuals.items() if name == seat}

    def deviations_of(self, seat: str) -> dict[str, float]:
        """Nominee -> how far this seat's total is above the nominee's merit: leniency plus residual."""
        return {nominee: self.leniencies[seat] + value for nominee, value in self.residuals_of(seat).items()}


@dataclass(frozen=True, slots=True)
class _Solution:
    """``inverse``: generalised inverse of the seats' reduced normal matrix; ``share``: cells / marks per nominee."""

    merits: Vector
    leniencies: Vector
    inverse: Matrix
    share: Matrix
    residuals: Matrix


def _solve(totals: Matrix, present: NDArray[np.bool_]) -> _Solution:
    """Least squares on a connected matrix whose every row and column holds a total."""
    cells = present.astype(np.float64)
    values = np.where(present, totals, 0.0)
    share = cells / cells.sum(axis=1, keepdims=True)
    means = values.sum(axis=1) / cells.sum(axis=1)
    reduced = np.diag(cells.sum(axis=0)) - cells.T @ share
    right = (cells * (values - means[:, None])).sum(axis=0)
    seats = totals.shape[1]
    whole = np.linalg.inv(reduced + np.ones((seats, seats)))
    leniencies = whole @ right
    leniencies -= leniencies.mean()
    merits = means - share @ leniencies
    residuals = cells * (values - merits[:, None] - leniencies[None, :])
    return _Solution(merits, leniencies, whole - 1.0 / seats**2, share, residuals)


def _leverages(solution: _Solution) -> Matrix:
    """Leverage of every cell: 1 / marks of the nominee + d'Gd, d = unit vector of the seat - the nominee's shares."""
    mixed = solution.share @ solution.inverse
    own = np.einsum("ij,ij->i", mixed, solution.share)
    found: Matrix = solution.share.max(axis=1)[:, None] + (
        np.diag(solution.inverse)[None, :] - 2 * mixed + own[:, None]
    )
    return found


def additive(totals: SeatTotals) -> AdditiveFit | None:
    """Fit the model to the complete sheets; None without any sheet or when they do not hang together."""
    if not totals.totals or not connectedness_of(totals).connected:
        return None
    full = totals.array()
    rows, columns = np.flatnonzero((~np.isnan(full)).any(axis=1)), np.flatnonzero((~np.isnan(full)).any(axis=0))
    nominees, seats = [totals.nominees[row] for row in rows], [totals.seats[column] for column in columns]
    matrix = full[np.ix_(rows, columns)]
    present = ~np.isnan(matrix)
    solution = _solve(matrix, present)
    count = int(present.sum())
    df = count - len(nominees) - len(seats) + 1
    variance = _variance(solution.residuals, df, float(np.nanmax(np.abs(matrix))))
    leverages = _leverages(solution)
    return AdditiveFit(
        merits=dict(zip(nominees, map(float, solution.merits), strict=True)),
        merit_errors=dict(zip(nominees, _merit_errors(solution, variance), strict=True)),
        leniencies=dict(zip(seats, map(float, solution.leniencies), strict=True)),
        leniency_errors=dict(zip(seats, _errors(np.diag(solution.inverse), variance), strict=True)),
        residuals=_cells(seats, nominees, present, solution.residuals),
        studentised={
            pair: None if np.isnan(value) else value
            for pair, value in _cells(
                seats, nominees, present, _studentised(solution.residuals, leverages, variance)
            ).items()
        },
        sigma=None if variance is None else float(np.sqrt(variance)),
        df=df,
        n=count,
    )


def _variance(residuals: Matrix, df: int, largest: float) -> float | None:
    """Residual sum of squares / df, 0 when it is nothing but rounding; None without degrees of freedom."""
    if df < 1:
        return None
    found = float((residuals * residuals).sum()) / df
    return found if found > _NOISE * largest**2 else 0.0


def _errors(factors: Vector, variance: float | None) -> list[float | None]:
    """Standard errors from the diagonal of the covariance matrix / sigma^2."""
    if variance is None:
        return [None] * len(factors)
    return [float(np.sqrt(max(factor, 0.0) * variance)) for factor in factors]


def _merit_errors(solution: _Solution, variance: float | None) -> list[float | None]:
    """The nominee's mean and the leniencies are uncorrelated: the variances add up."""
    spread = np.einsum("ij,jk,ik->i", solution.share, solution.inverse, solution.share)
    return _errors(solution.share.max(axis=1) + spread, variance)


def _studentised(residuals: Matrix, leverages: Matrix, variance: float | None) -> Matrix:
    """Residuals over their own standard errors; NaN where there is none."""
    found = np.full(residuals.shape, np.nan)
    if variance:
        free = 1 - leverages
        np.divide(residuals, np.sqrt(variance * np.maximum(free, 0)), out=found, where=free > _FULL)
    return found


def _cells(seats: list[str], nominees: list[str], present: NDArray[np.bool_], values: Matrix) -> dict[Pair, float]:
    """The values of the cells that hold a total, by (seat, nominee)."""
    rows, columns = np.nonzero(present)
    found = values[rows, columns].tolist()
    where = zip(rows.tolist(), columns.tolist(), found, strict=True)
    return {(seats[column], nominees[row]): value for row, column, value in where}
