"""The rows of the charts: one category or pool as decided, its parts in points, every seat's total, each place's share.

No query: everything is in the standings that were read before.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from judging.core.criteria import PANEL
from judging.core.numbers import ZERO
from judging.core.scoresheet import weights_in_whole
from judging.core.seat_totals import SeatTotals
from judging.documents.charts import SHOWN, SpreadRow, StabilityRow, TotalsRow
from paritrana.kernel import wording

from .decided import FinalStanding, PartStandings
from .tabulations import key_of

#: Above so many nominees the ranking page itself draws nothing: pictures and diagnostics have a page of their own.
LARGEST = 60


def shown(part: PartStandings) -> tuple[FinalStanding, ...]:
    """Return the ranked lines that charts show: the best thirty."""
    return part.ranked[:SHOWN]


def label_of(line: FinalStanding) -> str:
    """Return how a chart calls a nominee: its place and name."""
    return f"{line.place}. {line.nomination}"


def points_of(part: PartStandings, lines: Sequence[FinalStanding]) -> dict[str, dict[str, Fraction]]:
    """Return nominee -> leaf -> points of its total; criteria that do not apply bring none."""
    rubric = part.problem.rubric
    weights: dict[frozenset[str], Mapping[str, Fraction]] = {}
    found = {}
    for line in lines:
        key = key_of(line.nomination)
        out = part.problem.leaves_out(key)
        if out not in weights:
            weights[out] = weights_in_whole(rubric, rubric.shares(out))
        own = weights[out]
        found[key] = {
            leaf.id: own[leaf.id] * line.core.nodes[leaf.id] / 100
            for leaf in rubric.leaves
            if leaf.id in own and leaf.id in line.core.nodes
        }
    return found


def totals_rows(part: PartStandings, points: Mapping[str, Mapping[str, Fraction]]) -> list[TotalsRow]:
    """Return the rows of the totals by criterion, in the order of ``part.criteria``."""
    return [
        TotalsRow(
            label_of(line),
            score_of(line),
            tuple(points[key_of(line.nomination)].get(leaf.id, ZERO) for leaf in part.criteria),
        )
        for line in shown(part)
    ]


def spread_rows(
    part: PartStandings, points: Mapping[str, Mapping[str, Fraction]], totals: SeatTotals
) -> list[SpreadRow]:
    """Return the rows of the spread: what the whole total would be by each seat's complete sheet alone."""
    others = [leaf.id for leaf in part.criteria if leaf.kind != PANEL]
    rows = []
    for line in shown(part):
        key = key_of(line.nomination)
        fixed = sum((points[key].get(leaf, ZERO) for leaf in others), ZERO)
        weight = totals.weights.get(key, ZERO)
        own = tuple(
            weight * totals.totals[seat, key] / 100 + fixed for seat in totals.seats if (seat, key) in totals.totals
        )
        rows.append(SpreadRow(label_of(line), score_of(line), line.core.official or ZERO, own))
    return rows


def stability_rows(part: PartStandings, shares: Mapping[str, Sequence[float]]) -> list[StabilityRow]:
    """Return the rows of the stability of places, for those of whom ``shares`` (of each place) are known."""
    return [
        StabilityRow(label_of(line), tuple(shares[key_of(line.nomination)]))
        for line in shown(part)
        if key_of(line.nomination) in shares
    ]


def score_of(line: FinalStanding) -> str:
    """Return the official score as printed."""
    return wording.decimal_number(Decimal(line.score)) if line.score else "–"
