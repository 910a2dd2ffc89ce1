"""The answer of the open format: a result as plain JSON, on request down to the single mark."""

from fractions import Fraction

from .reading import Json
from .result import Comparison, CriterionTrace, Result, Standing, TieReport


def answer(result: Result, *, trace: bool = False) -> dict[str, Json]:
    """The answer document; with ``trace`` every nominee also carries the explanation down to the single mark."""
    return {
        "nominees": {standing.nominee: _standing(standing, trace=trace) for standing in result.standings},
        "order": list(result.order),
        "unresolved_ties": [list(group) for group in result.unresolved_ties],
        "needs_decision": result.needs_decision,
        "ties": [_tie(report) for report in result.ties],
        "digest": result.digest,
        "engine": result.engine,
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _standing(standing: Standing, *, trace: bool) -> dict[str, Json]:
    place = standing.place
    found: dict[str, Json] = {
        "status": standing.status,
        "reason": standing.reason,
        "rank": str(place) if isinstance(place, Fraction) else place,
        "final": standing.final,
        "award": standing.title,
        "counts": dict(standing.counts),
    }
    if standing.is_ranked:
        found["final_exact"] = _text(standing.exact)
        found["resolved_by"] = list(standing.resolved_by)
        found["nodes"] = {name: str(score) for name, score in standing.nodes.items()}
    if trace:
        found["trace"] = [_criterion(item) for item in standing.trace]
        found["sheets"] = [[sheet.seat, str(sheet.total), sheet.dropped] for sheet in standing.sheets]
    return found


def _criterion(item: CriterionTrace) -> dict[str, Json]:
    marks = [
        {"seat": m.seat, "state": m.state.value, "value": _text(m.value), "used": m.used, "dropped": m.dropped}
        for m in item.marks
    ]
    return {
        "criterion": item.criterion,
        "source": item.source,
        "method": item.method,
        "outcome": item.outcome,
        "marks": marks,
        "count": item.count,
        "sum": _text(item.total),
        "divisor": item.divisor,
        "mean": _text(item.mean),
        "figure": _text(item.figure),
        "score": _text(item.score),
        "official": _text(item.official),
        "weight": str(item.weight),
        "share": _text(item.share),
        "product": _text(item.product),
        "part": _text(item.part),
    }


def _tie(report: TieReport) -> dict[str, Json]:
    return {
        "group": list(report.group),
        "official": str(report.official),
        "steps": [_comparison(comparison) for comparison in report.comparisons],
        "outcome": [list(group) for group in report.outcome],
    }


def _comparison(comparison: Comparison) -> dict[str, Json]:
    values = comparison.values
    return {
        "step": comparison.step,
        "basis": comparison.basis,
        "group": list(comparison.group),
        "values": None if values is None else {name: str(value) for name, value in values.items()},
        "outcome": [list(group) for group in comparison.outcome],
        "reason": comparison.reason,
    }
