"""Two questions about one seat: does it change over the day, and does it favour its own institution's sector?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from .additive import AdditiveFit

LEAST_FOR_SLOPE: Final = 4
LEAST_PER_SIDE: Final = 2


@dataclass(frozen=True, slots=True)
class Slope:
    """Points per step of the order (or per hour), its standard error, and the number of sheets it rests on."""

    slope: float
    se: float
    n: int


@dataclass(frozen=True, slots=True)
class SectorEffect:
    """Mean deviation in the own sector minus that elsewhere, in points, with its standard error (Welch).

    Slightly too small: the merit it is measured against contains the seat's own total (by 1/9 with nine seats).
    """

    difference: float
    se: float
    n_own: int
    n_others: int


def drift(residuals: Mapping[str, float], order: Mapping[str, float]) -> Slope | None:
    """Least-squares slope of one seat's residuals over the order, or the hours, of its interviews.

    ``residuals`` is ``AdditiveFit.residuals_of(seat)``, ``order`` nominee -> position or hours; nominees missing
    from either are left out. None with fewer than four, or when all have the same position.
    """
    shared = sorted(residuals.keys() & order.keys())
    if len(shared) < LEAST_FOR_SLOPE:
        return None
    x = np.array([float(order[name]) for name in shared])
    y = np.array([residuals[name] for name in shared])
    if (x == x[0]).all():
        return None
    x, y = x - x.mean(), y - y.mean()
    spread = float(x @ x)
    slope = float(x @ y) / spread
    rest = y - slope * x
    error = float(np.sqrt(float(rest @ rest) / (len(shared) - 2) / spread))
    return Slope(slope, error, len(shared))


def own_sector_effect(seat: str, parts: Iterable[tuple[AdditiveFit, Collection[str]]]) -> SectorEffect | None:
    """How much higher, against the panel, a seat scores the nominees of its own institution's sector.

    ``parts``: for each problem (category) its fit and the nominees of the seat's own sector in it: all, some, none.
    None where either side has fewer than two nominees.
    """
    own: list[float] = []
    others: list[float] = []
    for fit, sector in parts:
        if seat in fit.leniencies:
            for nominee, deviation in fit.deviations_of(seat).items():
                (own if nominee in sector else others).append(deviation)
    if min(len(own), len(others)) < LEAST_PER_SIDE:
        return None
    sides = [np.array(sorted(side)) for side in (own, others)]
    error = float(np.sqrt(sum(float(side.var(ddof=1)) / len(side) for side in sides)))
    return SectorEffect(float(sides[0].mean() - sides[1].mean()), error, len(own), len(others))
