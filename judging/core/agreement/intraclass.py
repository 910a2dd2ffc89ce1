"""The six intraclass correlations of Shrout and Fleiss with F-based intervals.

Shrout and Fleiss, Psychological Bulletin 86 (1979) 420-428; for the intervals of ICC(2,1) and ICC(2,k) also McGraw
and Wong, Psychological Methods 1 (1996) 30-46.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Final

from judging.core.seat_totals import Matrix

_TAIL: Final = 0.025  # on either side of a 95 % interval
_NOISE: Final = 1e-20  # of the largest total squared: below this a mean square is rounding, not spread


@dataclass(frozen=True, slots=True)
class IntraclassCorrelation:
    """One coefficient; ``f`` on ``df1`` and ``df2`` tests that it is 0, ``lower`` to ``upper`` is a 95 % interval.

    None where a figure is not defined: a mean square it divides by is 0.
    """

    value: float | None
    f: float | None
    df1: int
    df2: int
    p: float | None
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True)
class _Squares:
    """Mean squares between and within ``n`` nominees, of the ``k`` seats, and of what is left."""

    n: int
    k: int
    between: float
    within: float
    seats: float
    rest: float


def icc(matrix: Matrix) -> Mapping[str, IntraclassCorrelation] | None:
    """``ICC(1,1)``, ``ICC(2,1)``, ``ICC(3,1)`` and ``ICC(1,k)``, ``ICC(2,k)``, ``ICC(3,k)``.

    ``matrix``: nominees x seats without gaps. None with fewer than two of either.
    """
    if min(matrix.shape) < 2:
        return None
    squares = _squares(matrix)
    return {
        "ICC(1,1)": _one_way(squares, average=False),
        "ICC(2,1)": _two_way_random(squares, average=False),
        "ICC(3,1)": _two_way_mixed(squares, average=False),
        "ICC(1,k)": _one_way(squares, average=True),
        "ICC(2,k)": _two_way_random(squares, average=True),
        "ICC(3,k)": _two_way_mixed(squares, average=True),
    }


def _squares(matrix: Matrix) -> _Squares:
    n, k = matrix.shape
    whole, rows, columns = matrix.mean(), matrix.mean(axis=1), matrix.mean(axis=0)
    rest = matrix - rows[:, None] - columns[None, :] + whole
    noise = _NOISE * float(abs(matrix).max()) ** 2

    def mean_square(deviations: Matrix, times: int, df: int) -> float:
        found = times * float((deviations * deviations).sum()) / df
        return found if found > noise else 0.0

    return _Squares(
        n=n,
        k=k,
        between=mean_square(rows - whole, k, n - 1),
        within=mean_square(matrix - rows[:, None], 1, n * (k - 1)),
        seats=mean_square(columns - whole, n, k - 1),
        rest=mean_square(rest, 1, (n - 1) * (k - 1)),
    )


def _ratio(above: float, below: float) -> float | None:
    """``above / below``; None when that is not a number."""
    found = above / below if below else float("nan")
    return found if isfinite(found) else None


def _one_way(squares: _Squares, *, average: bool) -> IntraclassCorrelation:
    """ICC(1,1) = (B - W) / (B + (k-1) W), ICC(1,k) = (B - W) / B."""
    n, k, between, within = squares.n, squares.k, squares.between, squares.within
    value = _ratio(between - within, between + (0 if average else (k - 1) * within))
    return _from_f(value, _ratio(between, within), n - 1, n * (k - 1), k, average=average)


def _two_way_mixed(squares: _Squares, *, average: bool) -> IntraclassCorrelation:
    """ICC(3,1) = (B - E) / (B + (k-1) E), ICC(3,k) = (B - E) / B."""
    n, k, between, rest = squares.n, squares.k, squares.between, squares.rest
    value = _ratio(between - rest, between + (0 if average else (k - 1) * rest))
    return _from_f(value, _ratio(between, rest), n - 1, (n - 1) * (k - 1), k, average=average)


def _from_f(
    value: float | None, f: float | None, df1: int, df2: int, k: int, *, average: bool
) -> IntraclassCorrelation:
    """Interval from that of the F ratio: (F - 1) / (F + k - 1), for the average 1 - 1 / F."""
    from scipy.special import fdtrc, fdtri

    if f is None:
        return IntraclassCorrelation(value, None, df1, df2, None, None, None)
    low = f / float(fdtri(df1, df2, 1 - _TAIL))
    high = f * float(fdtri(df2, df1, 1 - _TAIL))
    ends = [_ratio(end - 1, end if average else end + k - 1) for end in (low, high)]
    return IntraclassCorrelation(value, f, df1, df2, float(fdtrc(df1, df2, f)), *ends)


def _two_way_random(squares: _Squares, *, average: bool) -> IntraclassCorrelation:
    """ICC(2,1) = (B - E) / (B + (k-1) E + k (J - E) / n), ICC(2,k) = (B - E) / (B + (J - E) / n)."""
    from scipy.special import fdtrc

    n, k, between, seats, rest = squares.n, squares.k, squares.between, squares.seats, squares.rest
    df1, df2 = n - 1, (n - 1) * (k - 1)
    single = _ratio(between - rest, between + (k - 1) * rest + k * (seats - rest) / n)
    value = _ratio(between - rest, between + (seats - rest) / n) if average else single
    f = _ratio(between, rest)
    lower, upper = (None, None) if single is None else _random_interval(squares, single)
    if average:
        # Spearman-Brown; not defined for an end that is so far below 0 that no such average exists.
        lower, upper = (
            None if end is None or 1 + end * (k - 1) <= 0 else end * k / (1 + end * (k - 1)) for end in (lower, upper)
        )
    p = None if f is None else float(fdtrc(df1, df2, f))
    return IntraclassCorrelation(value, f, df1, df2, p, lower, upper)


def _random_interval(squares: _Squares, single: float) -> tuple[float | None, float | None]:
    """The interval of ICC(2,1) with Satterthwaite's degrees of freedom for the mixture of seats and rest."""
    from scipy.special import fdtri

    n, k, between, seats, rest = squares.n, squares.k, squares.between, squares.seats, squares.rest
    ratio = _ratio(seats, rest)
    if ratio is None:
        return None, None
    base = n * (1 + (k - 1) * single) - k * single
    above = (k - 1) * (n - 1) * (k * single * ratio + base) ** 2
    below = (n - 1) * (k * single * ratio) ** 2 + base**2
    df = _ratio(above, below)
    if not df or df <= 0:
        return None, None
    high, low = float(fdtri(n - 1, df, 1 - _TAIL)), float(fdtri(df, n - 1, 1 - _TAIL))
    mixture = k * seats + (k * n - k - n) * rest
    return (
        _ratio(n * (between - high * rest), high * mixture + n * between),
        _ratio(n * (low * between - rest), mixture + n * low * between),
    )
