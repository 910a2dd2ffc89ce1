"""Paper sheets typed in: the list with the way to one, the blind entry, and the third step where two entries differ."""

import json
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from judging.core import double_entry
from judging.core.sheet_code import SheetCode, read_code
from judging.models import TypedSheet
from judging.permissions import can_settle_paper, can_type_paper
from judging.selectors.paper_entries import (
    PaperPlace,
    Progress,
    both_readings,
    draft_online,
    own_cells,
    paper_place,
    papers_waiting_for,
    progress_of,
    typed_sheets,
)
from judging.selectors.paper_scans import scan_counts
from judging.selectors.rubrics import read_version
from judging.services import paper_entries as services
from judging.services import paper_looks as looks
from judging.services.scores import SheetHasProblems
from nominees.core.lifecycle import Act, may
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain
from paritrana.kernel.verdict import NotPermitted

from .acting import forbid_unless, person
from .paper_entries_form import FindForm, chosen_cells, disputes
from .sheet_form import fields_of, form_groups, posted_cells

BADGES: dict[Progress, dict[str, str]] = {
    Progress.EMPTY: {"tone": "neutral", "icon": "circle-dashed"},
    Progress.OWN_FIRST: {"tone": "info", "icon": "hourglass"},
    Progress.OTHER_FIRST: {"tone": "warning", "icon": "edit"},
    Progress.DIFFERENT: {"tone": "danger", "icon": "alert-triangle"},
    Progress.OVERTAKEN: {"tone": "warning", "icon": "alert-triangle"},
    Progress.SUBMITTED: {"tone": "success", "icon": "check"},
    Progress.DISCARDED: {"tone": "neutral", "icon": "ban"},
}
PAGE = "judging:paper_entry"
SCANS = gettext_lazy("Scans")
#: What waits for somebody comes first.
ORDER = (
    Progress.DIFFERENT,
    Progress.OVERTAKEN,
    Progress.OTHER_FIRST,
    Progress.OWN_FIRST,
    Progress.SUBMITTED,
    Progress.DISCARDED,
)
#: Where a paper of the list leads to, if not to the page on which it is typed in.
LEADS_TO = {
    Progress.DIFFERENT: "judging:paper_settle",
    Progress.OVERTAKEN: "judging:paper_discard",
    Progress.DISCARDED: "judging:paper_scans",
}


def paper_tasks(user: User, round: Round) -> list[dict[str, Any]]:
    """Return a next step for each own paper that two people read differently; nothing for anybody else."""
    waiting = papers_waiting_for(user, round) if may(Act.SCORE, round.state) else ()
    title, state = _("Say what stands on your paper sheet"), {"tone": "warning", "icon": "alert-triangle"}
    return [
        {
            "title": title,
            "text": str(one.nomination),
            "url": paper_url("judging:paper_settle", round, code_on(round, one)),
            "icon": "file-text",
            "state": state | {"text": Progress.DIFFERENT.label},
        }
        for one in waiting
    ]


@round_page(can_type_paper)
def paper_entries(request: HttpRequest, round: Round) -> HttpResponse:
    """Every paper sheet typed in so far, without a mark, and the form that finds one by its code."""
    form = FindForm(request.GET if "cari" in request.GET else None, round=round)
    if form.is_bound and form.is_valid() and form.code:
        return redirect(paper_url(PAGE, round, form.code))
    user = person(request)
    counts = scan_counts(round)
    listed = sorted(typed_sheets(round), key=lambda one: ORDER.index(progress_of(one, user)))
    context = {
        "round": round,
        "form": form,
        "columns": [{"label": label} for label in (phrases.NOMINEE, phrases.SEAT, phrases.STATUS, SCANS)],
        "rows": [_row(one, round, user, counts.get(one.pk, 0)) for one in listed],
    }
    return render(request, "judging/paper_entries/list.html", context)


def _row(one: TypedSheet, round: Round, user: User, scans: int) -> list[dict[str, Any]]:
    state = progress_of(one, user)
    code = code_on(round, one)
    people = ", ".join(str(entry.entered_by) for entry in one.entries.all())
    note = f"{one.discarded_by}: {one.discard_reason}" if one.discarded_at else people
    return [
        {"text": str(one.nomination), "note": str(code), "url": paper_url(LEADS_TO.get(state, PAGE), round, code)},
        {"text": one.seat.name},
        {**BADGES[state], "text": state.label, "note": note},
        {"text": str(scans), "url": paper_url("judging:paper_scans", round, code)},
    ]


@never_cache
@round_page(can_type_paper)
def paper_entry(request: HttpRequest, round: Round, seat: str, number: int, rubric: str) -> HttpResponseBase:
    """Type one paper sheet in. The page of the second person is the same, whatever the first has typed."""
    place = place_or_404(round, seat, number, rubric)
    if request.method != "POST":
        if progress_of(place.typed, person(request)) is Progress.DIFFERENT:
            return redirect(paper_url("judging:paper_settle", round, place.code))
        return _entry_page(request, place)
    act = services.correct_paper_entry if "perbaikan" in request.POST else services.type_paper_sheet
    try:
        done = _done(request, _typed_in, act, place, entries=posted_cells(request.POST))
    except SheetHasProblems as error:
        return _entry_page(request, place, error)
    return redirect(round_url("judging:paper_entries", round) if done else paper_url(PAGE, round, place.code))


def _entry_page(request: HttpRequest, place: PaperPlace, error: SheetHasProblems | None = None) -> HttpResponse:
    """The empty form, or the person's own entry before the second is in; a refused form as it was posted."""
    context = page_facts(request, place, services.paper_obstacle(place))
    state = context["progress"]
    if place.context.version and not context["refusal"] and state is not Progress.SUBMITTED:
        cells = posted_cells(request.POST) if error else own_cells(place.typed, person(request))
        issues = error.facts["issues"] if error else ()
        groups = form_groups(read_version(place.context.version), cells, issues)
        context |= {"groups": groups, "fields": fields_of(groups), "error": error}
    context["is_own"] = state is Progress.OWN_FIRST
    return render(request, "judging/paper_entries/entry.html", context, status=422 if error else 200)


@never_cache
@round_page(can_settle_paper)
def paper_settle(request: HttpRequest, round: Round, seat: str, number: int, rubric: str) -> HttpResponseBase:
    """Two readings side by side, by the third step alone: a third person, or the member who wrote the paper."""
    place = place_or_404(round, seat, number, rubric)
    user = person(request)
    if not place.is_written_by(user):
        forbid_unless(can_type_paper(user, round))
    try:
        typed = looks.compare_readings(place=place, actor=user, at=clock.now())
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except DomainError as refusal:
        return render(request, "judging/paper_entries/settle.html", page_facts(request, place, refusal))
    if request.method != "POST":
        return _settle_page(request, place, typed)
    try:
        done = _done(request, _submitted, services.settle_paper_sheet, place, **_settled(request, typed))
    except SheetHasProblems as error:
        return _settle_page(request, place, typed, error)
    return redirect(_home(round, place, user)) if done else _settle_page(request, place, typed)


def _settled(request: HttpRequest, typed: TypedSheet) -> dict[str, Any]:
    """What a posted third step says."""
    seen = request.POST.get("revision", "")
    return {
        "choices": chosen_cells(*both_readings(typed), request.POST),
        "reason": request.POST.get("alasan", "").replace("\0", "")[:300],  # PostgreSQL takes no NUL in a text
        "expected_revision": int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
        "replace_draft": "ganti" in request.POST,
    }


def _settle_page(
    request: HttpRequest, place: PaperPlace, typed: TypedSheet, error: SheetHasProblems | None = None
) -> HttpResponse:
    """Where the readings differ, and the draft online if there is one: that it is there, not what it says."""
    context = page_facts(request, place, None)
    data = request.POST if request.method == "POST" else None
    issues = error.facts["issues"] if error else ()
    rubric = read_version(typed.rubric_version)
    draft = draft_online(place)
    shown = disputes(rubric, *both_readings(typed), data, issues)
    context |= {"disputes": shown, "fields": [one.field for one in shown], "error": error}
    context |= {"draft": draft, "revision": draft.sheet.revision if draft else 0}
    context["reason"] = request.POST.get("alasan", "")
    return render(request, "judging/paper_entries/settle.html", context, status=422 if error else 200)


def page_facts(request: HttpRequest, place: PaperPlace, refusal: DomainError | None) -> dict[str, Any]:
    """What every page of a paper shows: the code to compare, whose it is, how far it is, and what stands in its way."""
    round, state = place.nomination.round, progress_of(place.typed, person(request))
    is_typist = bool(can_type_paper(person(request), round))
    back = {"url": round_url("judging:paper_entries", round), "label": _("Sheets typed in from paper")}
    member = place.writer.name if place.writer else "–"
    return {
        "round": round,
        "nomination": place.nomination,
        "progress": state,
        "badge": {**BADGES[state], "text": state.label},
        "breadcrumbs": [back] if is_typist else [],
        "actions": _actions(place, place.typed, is_typist=is_typist) if place.typed else [],
        "facts": [
            {"label": _("Code on the sheet"), "value": str(place.code)},
            {"label": phrases.SEAT, "value": f"{place.seat.name} ({member})"},
        ],
        "refusal": explain(refusal) if refusal and state is not Progress.SUBMITTED else "",
        "refusal_tone": "info" if refusal and _level(refusal) == messages.INFO else "danger",
    }


def _actions(place: PaperPlace, typed: TypedSheet, *, is_typist: bool) -> list[dict[str, Any]]:
    round, code = place.nomination.round, place.code
    scans = {"url": paper_url("judging:paper_scans", round, code), "label": SCANS, "icon": "file-text"}
    if typed.version_id or not is_typist:
        return [scans]
    discard = {"url": paper_url("judging:paper_discard", round, code), "label": _("Discard"), "icon": "ban"}
    return [scans, discard]


def place_or_404(round: Round, seat: str, number: int, rubric: str) -> PaperPlace:
    """Return what an address names in ``round``."""
    code = read_code(f"{round.scope}/{seat}/{number}/{rubric}")
    place = paper_place(round, code, clock.now()) if code else None
    if place is None:
        raise Http404
    return place


def code_on(round: Round, one: TypedSheet) -> SheetCode:
    """Return the code that the paper of a sheet of ``typed_sheets`` carries."""
    return SheetCode(round.scope, one.seat.code, one.nomination.number, one.rubric_digits)


def paper_url(name: str, round: Round, code: SheetCode) -> str:
    """Return the address of the page ``name`` of the paper with ``code``."""
    return round_url(name, round, seat=code.seat, number=code.number, rubric=code.rubric)


def _home(round: Round, place: PaperPlace, user: User) -> str:
    """Where the third step ends: the member's own sheet, or the list."""
    if place.is_written_by(user):
        return round_url("judging:sheet", round, number=place.nomination.number)
    return round_url("judging:paper_entries", round)


def _typed_in(typed: TypedSheet) -> tuple[int, str]:
    """What came of an entry, by its level and in words: whether the paper is done and, if not, whose turn it is."""
    if typed.version_id:
        return messages.SUCCESS, f"{_('Typed in.')} {_('Submitted.')}"
    readings = [json.loads(entry.entries) for entry in typed.entries.order_by("turn")]
    if len(readings) < 2:
        return messages.SUCCESS, _("Typed in. A second person types this sheet in next.")
    if double_entry.differing(*readings):
        return messages.WARNING, _(
            "Typed in. The two entries differ: a third person, or the member who wrote it, says what the sheet says."
        )
    return messages.WARNING, _(
        "Typed in. The member saved a draft online: a third person, or the member, says which one holds."
    )


def _submitted(typed: TypedSheet) -> tuple[int, str]:
    return messages.SUCCESS, _("Submitted.")


def _done(
    request: HttpRequest,
    told_of: Callable[[TypedSheet], tuple[int, str]],
    act: Callable[..., TypedSheet],
    place: PaperPlace,
    **told: Any,
) -> bool:
    """Call the service ``act`` on the paper and say what came of it; marks that cannot stand are left to the page."""
    try:
        typed = act(round=place.nomination.round, code=place.code, actor=person(request), at=clock.now(), **told)
    except SheetHasProblems:
        raise
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except DomainError as error:
        messages.add_message(request, _level(error), explain(error))
        return False
    messages.add_message(request, *told_of(typed))
    return True


def _level(refusal: DomainError) -> int:
    """That somebody else does the next step is no fault of who reads it."""
    return messages.INFO if isinstance(refusal, services.PaperTypedByYou) else messages.ERROR


_SHEET = "lembar/kertas/<slug:seat>/<int:number>/<slug:rubric>/"
urlpatterns = [
    path("lembar/kertas/", paper_entries, name="paper_entries"),
    path(_SHEET, paper_entry, name="paper_entry"),
    path(f"{_SHEET}selisih/", paper_settle, name="paper_settle"),
]
