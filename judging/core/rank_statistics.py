"""Average ranks and Spearman's correlation: the ground of the statistics on agreement. Advice only."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


def midranks(values: Vector) -> Vector:
    """Ranks from 1, lowest first; equal values share the mean of their ranks."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    found: Vector = (last - (counts - 1) / 2)[inverse]
    return found


def tie_term(values: Vector) -> int:
    """Sum of t^3 - t over the groups of t equal values."""
    _, counts = np.unique(values, return_counts=True)
    return int((counts**3 - counts).sum())


def spearman(one: Vector, other: Vector) -> float | None:
    """Spearman's rank correlation with average ranks for ties; None when either side has no spread."""
    x, y = midranks(one), midranks(other)
    x, y = x - x.mean(), y - y.mean()
    scale = float(x @ x) * float(y @ y)
    return None if scale == 0 else float(x @ y) / float(np.sqrt(scale))
