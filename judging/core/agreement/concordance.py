"""Do the seats rank alike: Kendall's W with its correction for ties, and the mean pairwise Spearman.

Kendall and Gibbons, Rank Correlation Methods, chapter 6; Siegel, Nonparametric Statistics (1956) 229-238.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from judging.core.rank_statistics import midranks, spearman, tie_term
from judging.core.seat_totals import Matrix


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W of ``k`` seats over ``n`` nominees; ``p`` from chi2 = k (n-1) W, rough under eight nominees."""

    w: float
    chi2: float
    df: int
    p: float
    n: int
    k: int


def kendall_w(matrix: Matrix) -> Concordance | None:
    """W = 12 S / (k^2 (n^3 - n) - k sum(t^3 - t)), S the squared deviations of the rank sums.

    ``matrix``: nominees x seats without gaps. None with fewer than two of either, or when no seat parts any two.
    """
    from scipy.special import chdtrc

    n, k = matrix.shape
    if min(n, k) < 2:
        return None
    sums = sum((midranks(column) for column in matrix.T), np.zeros(n))
    deviations = float(((sums - k * (n + 1) / 2) ** 2).sum())
    whole = k**2 * (n**3 - n) - k * sum(tie_term(column) for column in matrix.T)
    if not whole:
        return None
    w = 12 * deviations / whole
    chi2 = k * (n - 1) * w
    return Concordance(w, chi2, n - 1, float(chdtrc(n - 1, chi2)), n, k)


def mean_spearman(matrix: Matrix) -> float | None:
    """Mean of Spearman's correlation over all pairs of seats; without ties this is (k W - 1) / (k - 1).

    ``matrix``: nominees x seats without gaps. A pair with a seat that gave everybody the same has no correlation
    and is left out; None when no pair has one.
    """
    if len(matrix) < 2:
        return None
    pairs = combinations(matrix.T, 2)
    found = [value for one, other in pairs if (value := spearman(one, other)) is not None]
    return sum(found) / len(found) if found else None
