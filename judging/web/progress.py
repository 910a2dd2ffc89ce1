"""The progress monitor: which sheets are in, by word and shape. It never shows a mark, a mean or a place.

With very many nominees a cell is one sign of a legend: a badge in each of thousands of cells would weigh megabytes.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from judging.permissions import can_see_progress
from judging.selectors.cells import Cell
from judging.selectors.progress import Progress, ProgressRow, ProgressTable, progress_of
from nominees.models import Round
from nominees.web.access import round_page
from paritrana.kernel import clock

from .sheets import BADGES

Words = dict[Cell, dict[str, Any]]

#: With more nominees than this in a round the matrix is a plain narrow table.
BADGED = 200
SIGNS = {
    Cell.SUBMITTED: "✓",
    Cell.DRAFT: "✎",
    Cell.NOT_STARTED: "○",
    Cell.ABSENT: "×",
    Cell.RECUSED: "∅",
    Cell.NOT_SEATED: "–",
}


@require_safe
@round_page(can_see_progress)
def progress(request: HttpRequest, round: Round) -> HttpResponse:
    """Seats by nominees, per category."""
    found = progress_of(round, clock.now())
    is_long = sum(len(table.rows) for table in found.tables) > BADGED
    context = {
        "round": round,
        "seats": found.seats,
        "late": [seat for seat in found.seats if seat.late],
        "tables": [_table(table, found, is_long=is_long) for table in found.tables],
        "quorum": found.quorum,
        "is_complete": found.is_complete,
        "legend": [(SIGNS[cell], cell.label) for cell in SIGNS] if is_long else [],
    }
    return render(request, "judging/progress/progress.html", context)


def _table(table: ProgressTable, found: Progress, *, is_long: bool) -> dict[str, Any]:
    return {
        "category": table.category,
        "submitted": table.submitted,
        "expected": table.expected,
        "percent": table.percent,
        "rows": list(_plain(table.rows) if is_long else _badged(table.rows, found)),
    }


def _badged(rows: Iterable[ProgressRow], found: Progress) -> Iterable[dict[str, Any]]:
    # One badge per state, not per cell: the words are looked up once.
    words: Words = {cell: {**BADGES[cell], "text": str(cell.label)} for cell in Cell}
    seats = [seat.seat.name for seat in found.seats]
    for row in rows:
        yield {
            "nomination": row.nomination,
            "cells": [(seat, words[cell]) for seat, cell in zip(seats, row.cells, strict=True)],
            "submitted": row.submitted,
            "has_quorum": row.has_quorum,
        }


def _plain(rows: Iterable[ProgressRow]) -> Iterable[dict[str, Any]]:
    for row in rows:
        yield {
            "name": row.nomination.nominee.name,
            "signs": [SIGNS[cell] for cell in row.cells],
            "submitted": str(row.submitted),
            "has_quorum": row.has_quorum,
        }


urlpatterns = [path("kemajuan/", progress, name="progress")]
