"""An explanation as plain JSON, for whoever checks a place with a program."""

from fractions import Fraction
from typing import Any

from judging.core.numbers import plain
from judging.models import Decision, SecretariatEntry
from nominees.models import CountedIndicator

from .explanations import Cell, Explanation, Separation, Step


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
        "title": line.title,
        "computed_place": line.computed_place,
        "computed_title": line.computed_title,
        "unranked_reason": line.unranked_reason,
        "is_tied": line.is_tied,
        "resolved_by": list(line.resolved_by),
        "score": line.score,
        "exact": _text(line.core.exact),
        "rounding": {"places": rounding.places, "mode": rounding.mode, "at": rounding.at},
        "criteria": [_step(step) for step in found.steps],
        "above": _neighbour(found.above),
        "below": _neighbour(found.below),
        "decisions": [_decision(row) for row in (line.tie_decision, line.deviation) if row],
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
        "seats": node.count,
        "sum": _text(node.total),
        "divisor": node.divisor,
        "mean": _text(node.mean),
        "figure": _text(node.figure),
        "score": _text(node.score),
        "part": _text(node.part),
        "cells": [_cell(cell) for cell in step.cells],
        "entries": [_entry(row) for row in step.entries],
        "indicator": _indicator(step.indicator) if step.indicator else None,
    }


def _cell(cell: Cell) -> dict[str, Any]:
    sheet = cell.sheet
    return {
        "seat": cell.seat.code,
        "state": cell.state.value,
        "value": _text(cell.value),
        "used": cell.used,
        "dropped": cell.dropped,
        "version": sheet.number if sheet else None,
        "holder": sheet.seating.name if sheet else None,
        "entered_by": str(sheet.saved_by) if sheet else None,
        "entered_at": sheet.saved_at.isoformat() if sheet else None,
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
        "by": found.kind,
        "difference": plain(found.difference),
        "step": comparison.step if comparison else None,
        "basis": comparison.basis if comparison else None,
        "values": {name: plain(value) for name, value in comparison.values.items()}
        if comparison and comparison.values
        else None,
    }


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "votes": [row.votes_for, row.votes_against, row.abstentions],
        "reason": row.reason,
        "decided_at": row.decided_at.isoformat(),
    }
