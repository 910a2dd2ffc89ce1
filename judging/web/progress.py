"""The progress monitor: which sheets are in, by word and shape. It never shows a mark, a mean or a place.

``?bagian=papan`` answers with the board alone, byte for byte as the page holds it, for ``board.js``; a board that is
unchanged by its ETag is a 304.
With very many nominees a cell is one sign of a legend: a badge in each of thousands of cells would weigh megabytes.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from judging.permissions import can_hand_in_workbooks, can_remind, can_see_progress, can_type_paper
from judging.selectors.cells import Cell
from judging.selectors.open_points import OpenPoint
from judging.selectors.progress import Progress, ProgressRow, ProgressTable, SeatProgress, progress_of
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.wording import clock_time, clock_time_exact, date_time, local_day

from .acting import person
from .sheets import BADGES

Words = dict[Cell | None, dict[str, Any]]

#: With more nominees than this in a round the matrix is a plain narrow table.
BADGED = 200
#: How many open points are named; the others are counted.
NAMED = 30
#: How often the page asks whether something changed, in seconds.
EVERY, EVERY_LONG = 10, 30
NEEDS_DECISION = _("Needs decision")
DECISION_BADGE = {"tone": "danger", "icon": "gavel"}
SIGNS = {
    Cell.SUBMITTED: "✓",
    Cell.DRAFT: "✎",
    Cell.NOT_STARTED: "○",
    Cell.ABSENT: "×",
    Cell.RECUSED: "∅",
    Cell.NOT_SEATED: "–",
}
DECISION_SIGN = "!"
#: Where each point is settled.
SETTLED_AT = {
    OpenPoint.RECUSAL: "judging:recusals",
    OpenPoint.REOPENING: "judging:reopenings",
    OpenPoint.CORRECTION: "judging:reopenings",
    OpenPoint.PAPER: "judging:paper_entries",
    OpenPoint.DRAFT: "judging:interview",
    OpenPoint.QUORUM: "judging:plenary",
}


@require_safe
@round_page(can_see_progress)
def progress(request: HttpRequest, round: Round) -> HttpResponse:
    """Seats by nominees, per category; the whole page or its board alone."""
    at = clock.now()
    may_remind = bool(can_remind(person(request), round))
    may_type = bool(can_type_paper(person(request), round))
    shown = _board(progress_of(round, at), round, at, may_remind=may_remind, may_type=may_type)
    facts = {"round": round, **shown}
    board = render_to_string("judging/progress/_board.html", facts)
    etag = f'"{hashlib.sha256(board.encode()).hexdigest()}"'
    updated = clock_time_exact(at, round.time_zone)
    if request.GET.get("bagian") == "papan":
        return _fragment(request, board, etag, updated)
    context = {"round": round, "board": board, "etag": etag, "updated": updated, "every": facts["every"]}
    context["may_hand_in"] = bool(can_hand_in_workbooks(person(request), round))
    return render(request, "judging/progress/progress.html", context)


def _fragment(request: HttpRequest, board: str, etag: str, updated: str) -> HttpResponse:
    whole = HttpResponse(board)
    response = get_conditional_response(request, etag=etag, response=whole) or whole
    response["ETag"], response["Cache-Control"], response["X-Updated"] = etag, "private, no-cache", updated
    return response


def last_active(line: SeatProgress, round: Round, at: datetime) -> str:
    """When somebody of the seat was last there: the time alone today, with the day otherwise; empty for never."""
    if line.last_active is None:
        return ""
    is_today = local_day(line.last_active, round.time_zone) == local_day(at, round.time_zone)
    return (clock_time if is_today else date_time)(line.last_active, round.time_zone)


def _board(found: Progress, round: Round, at: datetime, *, may_remind: bool, may_type: bool) -> dict[str, Any]:
    is_long = sum(len(table.rows) for table in found.tables) > BADGED
    points = list(_points(found, round, may_type=may_type))
    legend = [(SIGNS[cell], cell.label) for cell in SIGNS] + [(DECISION_SIGN, NEEDS_DECISION)]
    return {
        "seats": [(line, last_active(line, round, at)) for line in found.seats],
        "late": sum(seat.late > 0 for seat in found.seats),
        "may_remind": may_remind,
        "points": points[:NAMED],
        "further_points": len(points[NAMED:]),
        "tables": [_table(table, found, is_long=is_long) for table in found.tables],
        "quorum": found.quorum,
        "is_complete": found.is_complete,
        "legend": legend if is_long else [],
        "every": EVERY_LONG if is_long else EVERY,
    }


def _points(found: Progress, round: Round, *, may_type: bool) -> Iterable[dict[str, Any]]:
    """What waits for a decision: nominee, seat (none for the quorum), reason, and where it is settled.

    Papers are settled where only who types them in may go: for anybody else there is no address.
    """
    seats = [line.seat.name for line in found.seats]
    for table in found.tables:
        for row in table.rows:
            pairs = [(seat, point) for seat, point in zip(seats, row.points, strict=True) if point]
            for seat, point in [*pairs, *([("", OpenPoint.QUORUM)] if row.lacks_quorum else [])]:
                where = {"number": row.nomination.number} if point is OpenPoint.DRAFT else {}
                is_open = may_type or point is not OpenPoint.PAPER
                yield {
                    "nominee": row.nomination.nominee.name,
                    "seat": seat,
                    "reason": point.label,
                    "url": round_url(SETTLED_AT[point], round, **where) if is_open else "",
                }


def _table(table: ProgressTable, found: Progress, *, is_long: bool) -> dict[str, Any]:
    return {
        "category": table.category,
        "submitted": table.submitted,
        "expected": table.expected,
        "percent": table.percent,
        "rows": list(_plain(table.rows) if is_long else _badged(table.rows, found)),
    }


def words_of_cells() -> Words:
    """One badge per state, not per cell: the words are looked up once. ``None``: something waits for a decision."""
    words: Words = {cell: {**BADGES[cell], "text": str(cell.label)} for cell in Cell}
    return words | {None: {**DECISION_BADGE, "text": str(NEEDS_DECISION)}}


def _badged(rows: Iterable[ProgressRow], found: Progress) -> Iterable[dict[str, Any]]:
    words = words_of_cells()
    seats = [seat.seat.name for seat in found.seats]
    for row in rows:
        shown = [None if point else cell for cell, point in zip(row.cells, row.points, strict=True)]
        yield {
            "nomination": row.nomination,
            "cells": [(seat, words[cell]) for seat, cell in zip(seats, shown, strict=True)],
            "submitted": row.submitted,
            "has_quorum": row.has_quorum,
            "lacks_quorum": row.lacks_quorum,
        }


def _plain(rows: Iterable[ProgressRow]) -> Iterable[dict[str, Any]]:
    for row in rows:
        signs = [DECISION_SIGN if point else SIGNS[cell] for cell, point in zip(row.cells, row.points, strict=True)]
        yield {
            "name": row.nomination.nominee.name,
            "signs": signs,
            "submitted": str(row.submitted),
            "has_quorum": row.has_quorum,
            "lacks_quorum": row.lacks_quorum,
        }


urlpatterns = [path("kemajuan/", progress, name="progress")]
