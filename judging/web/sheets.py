"""A panel member's score sheet on one nominee. Nothing of anybody else is on its pages.

A save asks one query who may write (``services.scores``); only what is refused, and every look, goes through the
frame of a round's page, which answers 404 and 403.
"""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from judging.core.scoresheet import parse
from judging.models import SheetVersion
from judging.permissions import can_score, can_see_own_sheets
from judging.selectors.calibration import panel_beside
from judging.selectors.cells import Cell
from judging.selectors.paper_entries import papers_behind
from judging.selectors.rubrics import read_version
from judging.selectors.sheets import (
    DayRow,
    SheetAddress,
    SheetContext,
    cells_in,
    current_version,
    indicators_of,
    last_receipt,
    neighbours,
    own_earlier,
    receipt_at,
    seat_list,
    sheet_context,
)
from judging.services import scores
from nominees.models import Round
from nominees.permissions import can_see_round
from nominees.selectors.evidence import evidence_beside
from nominees.selectors.rounds import round_at
from nominees.web.access import round_page
from nominees.web.evidence_parts import evidence_items
from paritrana.kernel import clock
from paritrana.kernel.device import device_name
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain
from paritrana.kernel.verdict import NotPermitted

from .calibration import compared
from .corrections import correction_of
from .offline import is_for_keeping, reduced
from .private_notes import note_form
from .second_look import earlier_sheets, hints
from .sheet_answers import refusal_facts, refusal_status, saved_facts, short, submitted_facts, wants_json
from .sheet_form import clashes, fields_of, form_groups, posted_cells, total_of

BADGES = {
    Cell.NOT_STARTED: {"tone": "neutral", "icon": "circle-dashed"},
    Cell.DRAFT: {"tone": "warning", "icon": "edit"},
    Cell.SUBMITTED: {"tone": "success", "icon": "check"},
    Cell.ABSENT: {"tone": "neutral", "icon": "user-off"},
    Cell.RECUSED: {"tone": "neutral", "icon": "hand-stop"},
    Cell.NOT_SEATED: {"tone": "neutral", "icon": "minus"},
}


def badge(cell: Cell, *, is_closed: bool = False) -> dict[str, Any]:
    """Return tone, icon and word of ``cell``; a closed sheet carries a lock."""
    locked = {"icon": "lock"} if is_closed and cell is Cell.SUBMITTED else {}
    return {**BADGES[cell], **locked, "text": str(cell.label)}


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, year: int, scope: str, number: int) -> HttpResponseBase:
    """One sheet: look, save a draft (``langkah=simpan``) or save and go on to the review (``langkah=periksa``).

    Asked for JSON (autosave), a save answers with facts and goes nowhere.
    """
    if request.method != "POST":
        return _sheet_page(request, year, scope, number=number)
    try:
        receipt = scores.save_draft(
            address=SheetAddress(year, scope, number), entries=posted_cells(request.POST), **_common(request)
        )
    except DomainError as error:
        return _refused(request, SheetAddress(year, scope, number), error)
    if wants_json(request):
        return JsonResponse(saved_facts(receipt))
    if request.POST.get("langkah") == "periksa":
        return redirect("judging:sheet_review", year=year, scope=scope, number=number)
    messages.success(request, _("Saved. Receipt %(receipt)s.") % {"receipt": short(receipt)})
    return redirect("judging:sheet", year=year, scope=scope, number=number)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, year: int, scope: str, number: int) -> HttpResponseBase:
    """All marks of the saved draft once more; submitting it is the last step."""
    if request.method != "POST":
        return _review_page(request, year, scope, number=number)
    try:
        receipt = scores.submit_sheet(address=SheetAddress(year, scope, number), **_common(request))
    except DomainError as error:
        return _refused(request, SheetAddress(year, scope, number), error)
    if wants_json(request):
        return JsonResponse(submitted_facts(receipt))
    messages.success(request, _("Submitted. Receipt %(receipt)s.") % {"receipt": short(receipt)})
    return redirect("judging:sheet", year=year, scope=scope, number=number)


def _refused(request: HttpRequest, address: SheetAddress, error: DomainError) -> HttpResponseBase:
    """Show what was typed together with why it was not saved; no access at all is 404 or 403."""
    round = round_at(year=address.year, scope=address.scope)
    if isinstance(error, scores.SheetNotFound) or round is None or not can_see_round(_user(request), round):
        raise Http404
    if isinstance(error, NotPermitted) and error.facts["reason"] == "role_needed":
        raise PermissionDenied(error.facts["reason"])
    if wants_json(request):
        return JsonResponse(refusal_facts(error), status=refusal_status(error))
    place: dict[str, Any] = {"year": address.year, "scope": address.scope, "number": address.number}
    if isinstance(error, scores.SheetChangedMeanwhile):
        return _conflict_page(request, **place, error=error)
    if isinstance(error, scores.SheetHasProblems):
        return _sheet_page(request, **place, error=error)
    messages.error(request, explain(error))
    return redirect("judging:sheet", **place)


@round_page(can_see_own_sheets)
def _sheet_page(
    request: HttpRequest, round: Round, number: int, error: scores.SheetHasProblems | None = None
) -> HttpResponse:
    context, stored = _load(request, number)
    shown, rows = _page(request, context, stored)
    titles: dict[str, str] = {}
    if context.version:
        version = stored.rubric_version if stored and stored.submitted_at else context.version
        rubric = read_version(version)
        earlier = earlier_sheets(rows, version, rubric, number)
        # A refused submission has no marks of its own: the saved ones are shown with what is missing.
        posted = posted_cells(request.POST) if error else {}
        cells = posted or cells_in(stored, _user(request))
        titles = {leaf.id: leaf.title for leaf in rubric.leaves}
        shown["evidence"] = evidence = _evidence(context, titles)
        issues = error.facts["issues"] if error else ()
        groups = form_groups(rubric, cells, issues, [each.cells for each in earlier], evidence)
        shown |= {"groups": groups, "fields": fields_of(groups), "total": total_of(rubric, cells), "error": error}
        shown["earlier"] = earlier
        if not is_for_keeping(request):
            others = panel_beside(reader=_user(request), own=stored, nomination=context.nomination)
            shown["calibration"] = compared(rubric, others)
    shown["counts"] = [(titles.get(one.criterion, one.criterion), one) for one in indicators_of(context.nomination)]
    if stored and stored.submitted_at:
        shown["receipt"] = last_receipt(stored.sheet)
        shown["paper"] = papers_behind([stored.pk]).get(stored.pk)
    if not is_for_keeping(request):
        shown["note_form"] = note_form(_user(request), context.nomination)
    shown |= reduced(request)
    return render(request, "judging/sheets/sheet.html", shown, status=422 if error else 200)


@round_page(can_see_own_sheets)
def _review_page(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    context, stored = _load(request, number)
    shown, rows = _page(request, context, stored)
    if stored is None or not shown["may_write"] or context.version is None:
        return redirect("judging:sheet", year=round.edition.assessment_year, scope=round.scope_code, number=number)
    rubric = read_version(context.version)
    cells = cells_in(stored, _user(request))
    groups = form_groups(rubric, cells)
    fields, total = fields_of(groups), total_of(rubric, cells)
    is_ready = total.is_complete and not any(field.needs_note for field in fields)
    shown |= {"groups": groups, "fields": fields, "total": total, "is_ready": is_ready}
    others = [
        parse(rubric, other).entries for _, other in own_earlier(rows, rubric_id=context.version.pk, number=number)
    ]
    shown["correction"] = correction_of(stored, rubric, cells, _user(request))
    shown["hints"] = hints(rubric, parse(rubric, cells).entries, others)
    return render(request, "judging/sheets/review.html", shown)


@round_page(can_see_own_sheets)
def _conflict_page(
    request: HttpRequest, round: Round, number: int, error: scores.SheetChangedMeanwhile
) -> HttpResponse:
    context, stored = _load(request, number)
    if context.version is None:
        raise Http404
    differing, agreeing = clashes(read_version(context.version), error.facts["stored"], error.facts["sent"])
    shown, _rows = _page(request, context, stored)
    shown |= {"clashes": differing, "agreeing": agreeing}
    shown["revision"] = error.facts["revision"]
    shown["is_own"] = stored is not None and stored.saved_by_id == _user(request).pk
    shown["base"] = receipt_at(stored.sheet, _common(request)["expected_revision"]) if stored else None
    return render(request, "judging/sheets/conflict.html", shown, status=409)


def _evidence(context: SheetContext, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what the nominee brought; nothing for a seat with a conflict of interest. At most one query."""
    if context.is_recused:
        return []
    return evidence_items(context.nomination, evidence_beside(context.nomination), titles)


def _load(request: HttpRequest, number: int) -> tuple[SheetContext, SheetVersion | None]:
    round: Round = request.round  # type: ignore[attr-defined]
    address = SheetAddress(round.edition.assessment_year, round.scope_code, number)
    context = sheet_context(user=_user(request), address=address, at=clock.now())
    if context is None:
        raise Http404
    return context, current_version(seat_id=context.seat_id, nomination_id=context.nomination.pk)


def _page(
    request: HttpRequest, context: SheetContext, stored: SheetVersion | None
) -> tuple[dict[str, Any], tuple[DayRow, ...]]:
    """What every page of a sheet shows (the nominee, the way on, whether it may be written), and the member's list."""
    sheet = stored.sheet if stored else None
    obstacle = scores.obstacle(context, sheet)
    may_score = can_score(_user(request), context.round)
    rows = seat_list(user=_user(request), round=context.round, seat_id=context.seat_id)
    before, after = neighbours(rows, context.nomination.number)
    shown = {
        "round": context.round,
        "nomination": context.nomination,
        "meeting": context.meeting,
        "state": badge(context.cell(sheet.state if sheet else None), is_closed=bool(sheet and sheet.closed_at)),
        "obstacle": explain(obstacle) if obstacle and not isinstance(obstacle, scores.SheetAlreadySubmitted) else "",
        "may_write": obstacle is None and bool(may_score),
        "stored": stored,
        "revision": sheet.revision if sheet else 0,
        "request_key": uuid4().hex,
        "before": before,
        "after": after,
        "member": device_name(_user(request).pk),
    }
    return shown, rows


def _common(request: HttpRequest) -> dict[str, Any]:
    """What each save carries besides its marks. A form without its revision counts as never having seen a sheet."""
    revision = request.POST.get("revision", "")
    return {
        "expected_revision": int(revision) if revision.isdecimal() and len(revision) < 9 else 0,
        "request_key": request.POST.get("request_key", ""),
        "actor": _user(request),
        "at": clock.now(),
    }


def _user(request: HttpRequest) -> Any:
    return request.user


urlpatterns = [
    path("lembar/<int:number>/", sheet, name="sheet"),
    path("lembar/<int:number>/periksa/", review, name="sheet_review"),
]
