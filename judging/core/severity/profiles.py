"""What can be said about one seat, in figures; words, not verdicts, are made of them elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from judging.core.rank_statistics import spearman
from judging.core.seat_totals import Matrix, SeatTotals

from .additive import AdditiveFit

FEW: Final = 8  # nominees; with fewer, the figures of one seat say little
LEAST_FOR_RANKS: Final = 3  # two nominees agree or disagree, which is no correlation


@dataclass(frozen=True, slots=True)
class SeatProfile:
    """One seat over its ``n`` complete sheets, in points of 0 to 100; None where a figure cannot be computed.

    ``severity``: how far below the panel, -b_j of the additive model, with its standard error ``se``. ``spread``:
    standard deviation of its totals (n - 1). ``correlation``: Spearman with the mean of the other seats, from three
    nominees on. ``infit``: mean squared residual / sigma^2, near 1 for a seat as regular as the panel. Warnings:
    ``few_nominees``, ``no_spread``, ``unconnected``, ``no_sheets``.
    """

    n: int
    mean: float | None
    severity: float | None
    se: float | None
    spread: float | None
    correlation: float | None
    infit: float | None
    warnings: tuple[str, ...] = ()


def profiles(totals: SeatTotals, fit: AdditiveFit | None) -> Mapping[str, SeatProfile]:
    """Profile of every seat; ``fit`` is ``additive(totals)``."""
    matrix = totals.array()
    return {seat: _profile(seat, matrix, column, fit) for column, seat in enumerate(totals.seats)}


def _profile(seat: str, matrix: Matrix, column: int, fit: AdditiveFit | None) -> SeatProfile:
    marked = ~np.isnan(matrix[:, column])
    own, n = matrix[marked, column], int(marked.sum())
    if not n:
        return SeatProfile(0, None, None, None, None, None, None, ("no_sheets",))
    spread = float(own.std(ddof=1)) if n > 1 else None
    flat = bool((own == own[0]).all())
    warnings = {
        "few_nominees": n < FEW,
        "no_spread": n > 1 and flat,
        "unconnected": fit is None,
    }
    return SeatProfile(
        n=n,
        mean=float(own.mean()),
        severity=None if fit is None else -fit.leniencies[seat],
        se=None if fit is None else fit.leniency_errors[seat],
        spread=0.0 if flat and n > 1 else spread,
        correlation=_with_the_rest(matrix, column),
        infit=None if fit is None else _infit(fit, seat),
        warnings=tuple(code for code, holds in warnings.items() if holds),
    )


def _with_the_rest(matrix: Matrix, column: int) -> float | None:
    """Spearman with the mean of the other seats, over the nominees that both have marked."""
    others = np.delete(matrix, column, axis=1)
    counts = (~np.isnan(others)).sum(axis=1)
    shared = np.flatnonzero(~np.isnan(matrix[:, column]) & (counts > 0))
    if len(shared) < LEAST_FOR_RANKS:
        return None
    means = np.nansum(others[shared], axis=1) / counts[shared]
    # Rounded so that two means which are equal exactly do not come apart by the order of their additions.
    return spearman(matrix[shared, column], means.round(9))


def _infit(fit: AdditiveFit, seat: str) -> float | None:
    """Mean squared residual of the seat over the error variance of the panel."""
    if not fit.sigma:
        return None
    own = np.array(list(fit.residuals_of(seat).values()))
    return float((own * own).mean()) / fit.sigma**2
