"""The progress monitor: which sheets are in, by word and shape. It never shows a mark, a mean or a place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from judging.permissions import can_see_progress
from judging.selectors.cells import Cell
from judging.selectors.progress import ProgressRow, ProgressTable, progress_of
from nominees.models import Round
from nominees.web.access import round_page
from paritrana.kernel import clock

from .sheets import BADGES

Words = dict[Cell, dict[str, Any]]


@require_safe
@round_page(can_see_progress)
def progress(request: HttpRequest, round: Round) -> HttpResponse:
    """Seats by nominees, per category."""
    found = progress_of(round, clock.now())
    # One badge per state, not per cell: a matrix of a large round stays quick.
    words = {cell: {**BADGES[cell], "text": str(cell.label)} for cell in Cell}
    context = {
        "round": round,
        "seats": found.seats,
        "late": [seat for seat in found.seats if seat.late],
        "tables": [_table(table, words, [seat.seat.name for seat in found.seats]) for table in found.tables],
        "quorum": found.quorum,
        "is_complete": found.is_complete,
    }
    return render(request, "judging/progress/progress.html", context)


def _table(table: ProgressTable, words: Words, seats: list[str]) -> dict[str, Any]:
    return {
        "category": table.category,
        "submitted": table.submitted,
        "expected": table.expected,
        "percent": table.percent,
        "rows": [_row(row, words, seats) for row in table.rows],
    }


def _row(row: ProgressRow, words: Words, seats: list[str]) -> dict[str, Any]:
    return {
        "nomination": row.nomination,
        "cells": [(seat, words[cell]) for seat, cell in zip(seats, row.cells, strict=True)],
        "submitted": row.submitted,
        "has_quorum": row.has_quorum,
    }


urlpatterns = [path("kemajuan/", progress, name="progress")]
