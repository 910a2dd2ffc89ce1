"""A member's day as a workbook: download, send in, compare, save as drafts. Only the own marks, nothing submitted."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from judging.core.scoresheet import State
from judging.core.sheet_workbook import Problem, Told, title_of
from judging.permissions import can_score
from judging.services.scores import SheetChangedMeanwhile
from judging.services.sheet_workbooks import (
    SAVEABLE,
    Check,
    Compared,
    NoSheetsThatDay,
    Outcome,
    Saved,
    WorkbookCheckOutdated,
    check_workbook,
    make_workbook,
    save_checked,
)
from nominees.core.preflight import SIZE_LIMIT
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from nominees.web.forms import WorkbookForm
from nominees.web.import_tables import problem_table
from paritrana.kernel import clock, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence

from .downloads import HEADERS, XLSX
from .marks import shown

ALL_DAYS = "semua"
FROM_FILE, STORED = "berkas", "tersimpan"
PROBLEMS_SHOWN = 200
_TONES = {
    Outcome.SAME: ("neutral", "check"),
    Outcome.UNTOUCHED: ("neutral", "minus"),
    Outcome.CHANGED: ("info", "edit"),
    Outcome.CONFLICT: ("warning", "alert-triangle"),
    Outcome.CLOSED: ("neutral", "lock"),
    Outcome.OTHER_RUBRIC: ("warning", "alert-triangle"),
}


@require_safe
@never_cache
@round_page(can_score)
def workbook_file(request: HttpRequest, round: Round, day: str) -> HttpResponse:
    """Send the member's workbook of one day, or of all days (``semua``)."""
    try:
        content = make_workbook(round=round, day=_day(day), actor=_user(request), at=clock.now())
    except NoSheetsThatDay:
        raise Http404 from None
    response = HttpResponse(content, content_type=XLSX, headers=HEADERS)
    name = f"lembar-{round.edition.assessment_year}-{round.scope_code}-{day}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@round_page(can_score)
def workbook_page(request: HttpRequest, round: Round, day: str) -> HttpResponse:
    """Take the filled workbook and show what differs from what is stored; nothing is saved here."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    shown_page = _page(round, day) | {"form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "judging/sheet_workbooks/send.html", shown_page)
    content = form.cleaned_data["workbook"].read(SIZE_LIMIT + 1)  # enough to see that it is too large
    try:
        check = check_workbook(round=round, day=_day(day), content=content, actor=_user(request), at=clock.now())
    except NoSheetsThatDay as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:my_day", round))
    if check.problems:
        refused = {"table": problems_of(check.problems), "count": len(check.problems)}
        return render(request, "judging/sheet_workbooks/refused.html", shown_page | refused, status=422)
    return render(request, "judging/sheet_workbooks/compare.html", shown_page | compared(check, round))


@require_POST
@never_cache
@round_page(can_score)
def workbook_save(request: HttpRequest, round: Round, day: str) -> HttpResponse:
    """Save the drafts that were chosen in the comparison, and say what came of each."""
    back = redirect(f"{round_url('judging:my_day', round)}?hari={day}")
    chosen = chosen_in(request)
    sealed = request.POST.get("isi", "")
    try:
        results = save_checked(round=round, sealed=sealed, chosen=chosen, actor=_user(request), at=clock.now())
    except WorkbookCheckOutdated as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:sheet_workbook_page", round, day=day))
    tell(request, results)
    return back


def chosen_in(request: HttpRequest) -> set[int]:
    """Return the numbers of the nominees for whom the posted comparison chose what is in the file."""
    names = [name.removeprefix("pilih-") for name, text in request.POST.items() if text == FROM_FILE]
    return {int(name) for name in names if name.isdecimal() and len(name) < 9}


def tell(request: HttpRequest, results: Iterable[Saved]) -> None:
    """Say what came of each nominee that was chosen."""
    results = list(results)
    saved = [str(one.number) for one in results if one.receipt]
    if saved:
        messages.success(request, _("Saved as drafts: nominees %(numbers)s.") % {"numbers": ", ".join(saved)})
    else:
        messages.info(request, _("Nothing was saved."))
    for one in results:
        if one.error:
            facts = {"number": one.number, "why": _why(one.error)}
            messages.error(request, _("Nominee %(number)s was not saved. %(why)s") % facts)


def _why(error: DomainError) -> str:
    # There are no two versions to choose from here: a new comparison shows them.
    return sentence("workbook_sheet_moved_on") if isinstance(error, SheetChangedMeanwhile) else explain(error)


def _page(round: Round, day: str) -> dict[str, Any]:
    chosen = _day(day)
    return {
        "round": round,
        "day": day,
        "title": wording.long_day_date(chosen) if chosen else _("All interviews"),
        "crumbs": [{"url": f"{round_url('judging:my_day', round)}?hari={day}", "label": _("My interviews")}],
    }


def problems_of(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the table of what is to be put right, with numbers as people write them."""
    found = []
    for problem in problems[:PROBLEMS_SHOWN]:
        facts = {name: shown(fact) if isinstance(fact, str) else fact for name, fact in problem.facts.items()}
        found.append(asdict(problem) | {"facts": facts})
    return problem_table(found)


def compared(check: Check, round: Round) -> dict[str, Any]:
    """Return what a comparison shows: every nominee of the file, and those about whom there is nothing to decide."""
    items = [_item(one, round) for one in check.sheets]
    return {"items": items, "quiet": [item for item in items if not item["lines"]], "sealed": check.sealed}


def _item(one: Compared, round: Round) -> dict[str, Any]:
    """Return one nominee of the comparison as the page draws it."""
    tone, icon = _TONES[one.outcome]
    word = str(one.sheet.row.cell.label) if one.outcome is Outcome.CLOSED else _word(one.outcome)
    stored = one.sheet.stored
    return {
        "number": one.sheet.number,
        "name": f"{title_of(one.sheet.number)}: {one.sheet.row.nomination}",
        "badge": {"tone": tone, "icon": icon, "text": word},
        "is_saveable": one.outcome in SAVEABLE,
        "is_conflict": one.outcome is Outcome.CONFLICT,
        "saved_at": wording.date_time(stored.saved_at, round.time_zone) if stored else "",
        "lines": [
            {"title": line.criterion.title or line.criterion.id, "stored": _mark(line.stored), "sent": _mark(line.sent)}
            for line in one.differences
        ],
    }


def _word(outcome: Outcome) -> str:
    return {
        Outcome.SAME: _("Same as stored"),
        Outcome.UNTOUCHED: _("Not filled in since the download"),
        Outcome.CHANGED: _("Changed in the file"),
        Outcome.CONFLICT: _("Saved elsewhere since the download"),
        Outcome.OTHER_RUBRIC: _("The rubric has changed: download again"),
    }[outcome]


def _mark(told: Told) -> dict[str, Any]:
    """Return one side as ``_mark.html`` reads it, with its note."""
    is_out = told.state == State.NOT_APPLICABLE
    return {"value": shown(told.value), "is_not_applicable": is_out, "reason": told.reason, "note": told.note}


def _day(text: str) -> date | None:
    """Return the day of an address; ``None`` stands for all days."""
    if text == ALL_DAYS:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _user(request: HttpRequest) -> Any:
    return request.user


urlpatterns = [
    path("wawancara/<slug:day>/lembar.xlsx", workbook_file, name="sheet_workbook"),
    path("wawancara/<slug:day>/berkas/", workbook_page, name="sheet_workbook_page"),
    path("wawancara/<slug:day>/berkas/simpan/", workbook_save, name="sheet_workbook_save"),
]
