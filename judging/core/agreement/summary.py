"""Every measure of agreement of one category, with what must be said about how little it may mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from judging.core.problem import Problem
from judging.core.seat_totals import Matrix, SeatTotals, seat_totals
from judging.core.severity.connectedness import connectedness_of

from .concordance import Concordance, kendall_w, mean_spearman
from .intraclass import IntraclassCorrelation, icc
from .krippendorff import INTERVAL, ORDINAL, Alpha, krippendorff_alpha

FEW_ROWS: Final = 6
FEW_NOMINEES: Final = 8


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement of the seats on their sheet totals over the panel criteria.

    ICC, W and Spearman rest on the ``n`` nominees that all ``k`` seats have marked (seats without any sheet are left
    out: ``silent``); ``dropped`` are the nominees left out for a gap. Alpha uses every nominee with two sheets.
    Warnings: ``no_panel``, ``too_few_seats``, ``too_few_nominees`` (nothing can be computed on complete rows),
    ``few_complete_rows`` (under six), ``few_nominees`` (under eight: the p of W is rough), ``incomplete_design``,
    ``silent_seats``, ``unconnected``, ``no_spread`` (some seat gave everybody the same).
    """

    n: int
    k: int
    dropped: tuple[str, ...]
    silent: tuple[str, ...]
    warnings: tuple[str, ...]
    icc: Mapping[str, IntraclassCorrelation] | None
    kendall_w: Concordance | None
    mean_spearman: float | None
    interval: Alpha | None
    ordinal: Alpha | None


def agreement(problem: Problem, totals: SeatTotals | None = None) -> Agreement:
    """All measures of ``problem``; ``totals`` if they are at hand."""
    totals = totals or seat_totals(problem)
    full = totals.array()
    marked = ~np.isnan(full)
    columns = np.flatnonzero(marked.any(axis=0))
    rows = np.flatnonzero(marked[:, columns].all(axis=1)) if len(columns) else np.array([], dtype=np.intp)
    complete = full[np.ix_(rows, columns)]
    kept = {totals.nominees[row] for row in rows}
    return Agreement(
        n=len(rows),
        k=len(columns),
        dropped=tuple(name for name in totals.nominees if name not in kept),
        silent=tuple(seat for column, seat in enumerate(totals.seats) if column not in set(columns)),
        warnings=_warnings(totals, full[:, columns], complete),
        icc=icc(complete),
        kendall_w=kendall_w(complete),
        mean_spearman=mean_spearman(complete),
        interval=krippendorff_alpha(full, level=INTERVAL),
        ordinal=krippendorff_alpha(full, level=ORDINAL),
    )


def _warnings(totals: SeatTotals, spoken: Matrix, complete: Matrix) -> tuple[str, ...]:
    """The codes that hold, in the order of ``Agreement``; ``spoken`` are the seats with a sheet."""
    n, k = complete.shape
    has = {
        "no_panel": not totals.panel_weight,
        "too_few_seats": k < 2,
        "too_few_nominees": n < 2,
        "few_complete_rows": n < FEW_ROWS,
        "few_nominees": n < FEW_NOMINEES,
        "incomplete_design": bool(np.isnan(spoken).any()),
        "silent_seats": k < len(totals.seats),
        "unconnected": not connectedness_of(totals).connected,
        "no_spread": any(_flat(column) for column in spoken.T),
    }
    return tuple(code for code, holds in has.items() if holds)


def _flat(column: Matrix) -> bool:
    """Several totals, all the same."""
    own = column[~np.isnan(column)]
    return len(own) > 1 and bool((own == own[0]).all())
