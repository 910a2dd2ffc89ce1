"""Totals as they would be without differences in severity, shown beside the official ones."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

import numpy as np

from judging.core.criteria import PANEL
from judging.core.problem import Problem
from judging.core.ranking import Place, places, split
from judging.core.result import Result, Standing
from judging.core.scoresheet import weights_in_whole
from judging.core.seat_totals import SeatTotals, seat_totals

from .additive import AdditiveFit, additive

_DIGITS: Final = 9  # two totals that agree this far are level: the rest is rounding of binary numbers


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Diagnostics of the ranked nominees; a nominee without a complete sheet has none.

    ``additive``: whole totals, 0 to 100, empty when the sheets do not hang together; ``z``: mean z-scores of the
    panel, on their own scale. The places follow the rules' style, without the tie chain.
    """

    additive: Mapping[str, float]
    z: Mapping[str, float]
    places_additive: Mapping[str, Place]
    places_z: Mapping[str, Place]


def z_scores(totals: SeatTotals) -> dict[str, float]:
    """Mean over the seats of (total - the seat's mean) / the seat's standard deviation (n - 1).

    A seat without spread, or with one sheet, gives 0.
    """
    matrix = totals.array()
    standard = np.full(matrix.shape, np.nan)
    for column in range(matrix.shape[1]):
        marked = ~np.isnan(matrix[:, column])
        own = matrix[marked, column]
        flat = len(own) < 2 or bool((own == own[0]).all())
        standard[marked, column] = 0.0 if flat else (own - own.mean()) / own.std(ddof=1)
    return {
        name: float(np.nanmean(row))
        for name, row in zip(totals.nominees, standard, strict=True)
        if not np.isnan(row).all()
    }


def adjusted_totals(
    problem: Problem, result: Result, totals: SeatTotals | None = None, fit: AdditiveFit | None = None
) -> Adjusted:
    """Severity-adjusted totals and places of the ranked nominees of ``result``.

    The whole total is the panel's weight times the additive merit plus the exact part of the other sources.
    """
    totals = totals or seat_totals(problem)
    fit = fit or additive(totals)
    ranked = [standing for standing in result.standings if standing.is_ranked]
    merits, others = (fit.merits if fit else {}), _Others(problem)
    whole = {
        standing.nominee: float(totals.weights[standing.nominee]) / 100 * merits[standing.nominee]
        + float(others.part(standing))
        for standing in ranked
        if standing.nominee in merits
    }
    scores = z_scores(totals)
    own = {standing.nominee: scores[standing.nominee] for standing in ranked if standing.nominee in scores}
    style = problem.policy.ranking
    return Adjusted(whole, own, _places(whole, style), _places(own, style))


class _Others:
    """The points of the whole that do not come from the panel."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.leaves = [leaf.id for leaf in problem.rubric.leaves if leaf.kind != PANEL]
        self.weights: dict[frozenset[str], Mapping[str, Fraction]] = {}

    def part(self, standing: Standing) -> Fraction:
        """Exact points of one ranked nominee."""
        out = self.problem.leaves_out(standing.nominee)
        if out not in self.weights:
            self.weights[out] = weights_in_whole(self.problem.rubric, self.problem.rubric.shares(out))
        weights = self.weights[out]
        return sum((weights[leaf] * standing.nodes[leaf] / 100 for leaf in self.leaves if leaf in weights), Fraction(0))


def _places(scores: Mapping[str, float], style: str) -> dict[str, Place]:
    exact = {name: Fraction(round(score * 10**_DIGITS), 10**_DIGITS) for name, score in scores.items()}
    return places(split(tuple(exact), exact), style)
