"""The seat x nominee matrix on which agreement and bias are measured: exact sheet totals of the panel's criteria.

Other sources are left out: a figure that is equal for all seats would pretend agreement. Advice; nothing here
decides a place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from . import quorum
from .criteria import Criterion, Rubric
from .numbers import ZERO
from .problem import Problem
from .scoresheet import weights_in_whole

Matrix = NDArray[np.float64]
Pair = tuple[str, str]  # seat, nominee

MISSING: Final = np.nan


@dataclass(frozen=True)
class SeatTotals:
    """Totals, 0 to 100, of the complete sheets over the panel criteria; seats and nominees in alphabetical order.

    ``nominees`` are all that are not disqualified, with or without a sheet. ``panel_weight`` is the weight of the
    panel's criteria in the whole, of 100; ``weights`` the same for each nominee after "not applicable" was shared.
    """

    seats: tuple[str, ...]
    nominees: tuple[str, ...]
    totals: Mapping[Pair, Fraction]
    panel_weight: Fraction
    weights: Mapping[str, Fraction]

    def array(self) -> Matrix:
        """Nominees x seats as float64; NaN where there is no complete sheet."""
        row = {name: index for index, name in enumerate(self.nominees)}
        column = {name: index for index, name in enumerate(self.seats)}
        found = np.full((len(row), len(column)), MISSING)
        for (seat, nominee), total in self.totals.items():
            found[row[nominee], column[seat]] = total.numerator / total.denominator
        return found


@dataclass(frozen=True, slots=True)
class _Form:
    """``total = sum(factor * (mark - offset)) / unit``, whole factors per leaf; ``weight`` of the panel, of 100."""

    leaves: tuple[str, ...]
    factors: tuple[int, ...]
    offsets: tuple[Fraction, ...]
    unit: int
    weight: Fraction


def _zero(leaf: Criterion) -> Fraction:
    """The mark that is 0 on 0..100."""
    return leaf.scale.minimum if leaf.scale.normalise == "range" else ZERO


def _form(rubric: Rubric, not_applicable: frozenset[str]) -> _Form:
    """How the marks of one sheet become its total when these leaves drop out."""
    whole = weights_in_whole(rubric, rubric.shares(not_applicable))
    leaves = [leaf for leaf in rubric.panel_leaves if leaf.id in whole]
    weight = sum((whole[leaf.id] for leaf in leaves), ZERO)
    if not weight:
        return _Form((), (), (), 1, ZERO)
    exact = [whole[leaf.id] / weight * 100 / (leaf.scale.maximum - _zero(leaf)) for leaf in leaves]
    unit = lcm(*(factor.denominator for factor in exact))
    return _Form(
        leaves=tuple(leaf.id for leaf in leaves),
        factors=tuple(factor.numerator * (unit // factor.denominator) for factor in exact),
        offsets=tuple(_zero(leaf) for leaf in leaves),
        unit=unit,
        weight=weight,
    )


def _total(form: _Form, marks: Sequence[Fraction]) -> Fraction:
    """The total of one sheet, 0 to 100; a mark below the zero of its scale counts as zero, as in the official score."""
    ratios = [mark.as_integer_ratio() for mark in marks]
    if any(form.offsets):
        pairs = zip(marks, form.offsets, strict=True)
        ratios = [(mark - offset).as_integer_ratio() for mark, offset in pairs]
    common = lcm(*[below for _, below in ratios])
    total = 0
    for factor, (above, below) in zip(form.factors, ratios, strict=True):
        if above > 0:
            total += factor * above * (common // below)
    return Fraction(total, form.unit * common)


def seat_totals(problem: Problem) -> SeatTotals:
    """The totals of every complete sheet of ``problem``.

    Left out: a sheet without a mark on some applicable panel leaf, recused pairs, nominees that are disqualified.
    """
    marks = quorum.counted_marks(problem)
    nominees = tuple(sorted(name for name in problem.nominees if name not in problem.disqualified))
    forms: dict[frozenset[str], _Form] = {}
    totals: dict[Pair, Fraction] = {}
    weights: dict[str, Fraction] = {}
    for nominee in nominees:
        out = problem.leaves_out(nominee)
        if out not in forms:
            forms[out] = _form(problem.rubric, out)
        form = forms[out]
        weights[nominee] = form.weight
        for seat in sorted(quorum.complete_seats(marks[nominee])) if form.weight else ():
            totals[seat, nominee] = _total(form, [problem.scores[seat, nominee, leaf] for leaf in form.leaves])
    weight = _form(problem.rubric, frozenset()).weight
    return SeatTotals(tuple(sorted(problem.judges)), nominees, totals, weight, weights)
