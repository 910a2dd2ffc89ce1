"""An explanation as plain JSON, for whoever checks a place with a program."""

from fractions import Fraction
from typing import Any

from judging.core.numbers import plain
from judging.core.result import Comparison
from judging.core.working import REMAINDER, Conversion, Difference
from judging.models import Decision, SecretariatEntry, TypedSheet
from nominees.models import CountedIndicator

from .explanations import Cell, Explanation, Separation, SheetTotal, Step


def explanation_document(found: Explanation) -> dict[str, Any]:
    """Return an explanation as plain JSON: the same numbers as the page, exact ones as text."""
    line, part, rounding = found.line, found.part, found.part.problem.policy.rounding
    return {
        "tabulation": found.tabulation.number,
        "engine": found.tabulation.engine_version,
        "frozen_at": found.tabulation.frozen_at.isoformat(),
        "input_hash": part.part.input_hash if part.part else None,
        "answer_hash": part.part.answer_hash if part.part else None,
        "recount_agrees": part.recount_agrees,
        "competition": part.name,
        "nominee": str(line.nomination),
        "number": line.nomination.number,
        "place": line.place,
        "ranked": len(part.ranked),
        "title": line.title,
        "computed_place": line.computed_place,
        "computed_title": line.computed_title,
        "unranked_reason": line.unranked_reason,
        "is_tied": line.is_tied,
        "resolved_by": list(line.resolved_by),
        "score": line.score,
        "exact": _text(line.core.exact),
        "rounding": {"places": rounding.places, "mode": rounding.mode, "at": rounding.at},
        "panel_level": part.problem.policy.panel_level,
        "criteria": [_step(step) for step in found.steps],
        "sheets": [_sheet(each) for each in found.sheets],
        "remainder": plain(found.remainder),
        "tie": [_comparison(each) for each in found.tie],
        "above": _neighbour(found.above),
        "below": _neighbour(found.below),
        "decisions": [_decision(row) for row in found.decisions],
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)


def _step(step: Step) -> dict[str, Any]:
    node = step.node
    return {
        "criterion": node.criterion,
        "title": node.title,
        "depth": step.depth,
        "source": node.source,
        "outcome": node.outcome,
        "weight": plain(node.weight),
        "share": _text(node.share),
        "share_of_total": _text(step.share),
        "method": node.method,
        "seats": node.count,
        "sum": _text(node.total),
        "divisor": node.divisor,
        "mean": _text(node.mean),
        "figure": _text(node.figure),
        "conversion": _conversion(step.conversion) if step.conversion else None,
        "score": _text(node.score),
        "official": _text(node.official),
        "product": _text(node.product),
        "part": _text(node.part),
        "points": _text(step.points),
        "cells": [_cell(cell) for cell in step.cells],
        "entries": [_entry(row) for row in step.entries],
        "indicator": _indicator(step.indicator) if step.indicator else None,
    }


def _conversion(found: Conversion) -> dict[str, Any]:
    """``base + (value - start) * rise / run``, held between 0 and 100; or a constant of the rule."""
    if found.constant is not None:
        return {"rule": found.rule, "value": _text(found.value), "constant": plain(found.constant)}
    sum_of = {name: plain(getattr(found, name)) for name in ("start", "rise", "run", "base")}
    return {"rule": found.rule, "value": _text(found.value), **sum_of, "held": found.is_held}


def _sheet(found: SheetTotal) -> dict[str, Any]:
    return {"seat": found.seat.code, "total": plain(found.total), "dropped": found.dropped}


def _cell(cell: Cell) -> dict[str, Any]:
    sheet = cell.sheet
    return {
        "seat": cell.seat.code,
        "state": cell.state.value,
        "value": _text(cell.value),
        "used": cell.used,
        "dropped": cell.dropped,
        "recusal": cell.recusal.reason if cell.recusal else None,
        "version": sheet.number if sheet else None,
        "version_reason": sheet.reason if sheet else None,
        "holder": sheet.seating.name if sheet else None,
        "entered_by": str(sheet.saved_by) if sheet else None,
        "entered_at": sheet.saved_at.isoformat() if sheet else None,
        "submitted_at": sheet.submitted_at.isoformat() if sheet and sheet.submitted_at else None,
        "on_paper": _paper(cell.paper) if cell.paper else None,
    }


def _paper(paper: TypedSheet) -> dict[str, Any]:
    return {
        "typed_by": [str(entry.entered_by) for entry in paper.entries.all()],
        "settled_by": str(paper.settled_by) if paper.settled_by else None,
        "reason": paper.reason,
    }


def _entry(row: SecretariatEntry) -> dict[str, Any]:
    return {
        "turn": row.turn,
        "value": row.value,
        "source": row.source,
        "entered_by": str(row.entered_by),
        "entered_at": row.entered_at.isoformat(),
    }


def _indicator(row: CountedIndicator) -> dict[str, Any]:
    return {
        "count": row.count,
        "base": row.base,
        "source": row.source,
        "as_of": row.as_of.isoformat(),
        "entered_by": str(row.entered_by),
        "entered_at": row.entered_at.isoformat(),
    }


def _neighbour(found: Separation | None) -> dict[str, Any] | None:
    if found is None:
        return None
    comparison = found.comparison
    return {
        "number": found.other.nomination.number,
        "nominee": str(found.other.nomination),
        "place": found.other.place,
        "score": found.other.score,
        "by": found.kind,
        "difference": plain(found.difference),
        "parts": [_difference(each) for each in found.parts],
        "step": comparison.step if comparison else None,
        "basis": comparison.basis if comparison else None,
        "values": _values(comparison) if comparison else None,
    }


def _difference(found: Difference) -> dict[str, Any]:
    """One criterion's points of both and their difference; the last one, without a criterion, is the remainder."""
    criterion = None if found.criterion == REMAINDER else found.criterion
    return {
        "criterion": criterion,
        "upper": plain(found.upper),
        "lower": plain(found.lower),
        "points": plain(found.points),
    }


def _comparison(found: Comparison) -> dict[str, Any]:
    return {
        "step": found.step,
        "basis": found.basis,
        "group": list(found.group),
        "values": _values(found),
        "settled": found.settled,
        "outcome": [list(group) for group in found.outcome],
        "reason": found.reason,
    }


def _values(found: Comparison) -> dict[str, str] | None:
    return {name: plain(value) for name, value in found.values.items()} if found.values else None


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "votes": [row.votes_for, row.votes_against, row.abstentions],
        "reason": row.reason,
        "decided_at": row.decided_at.isoformat(),
    }
