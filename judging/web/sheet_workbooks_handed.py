"""Workbooks handed in for members: the secretariat's list with its form, and the page on which the member decides.

On the secretariat's side nothing depends on what stands in a file or in a sheet, but that a cell cannot be taken.
"""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from judging.models import HandedState, HandedWorkbook
from judging.permissions import can_hand_in_workbooks, can_score
from judging.selectors.sheet_workbooks_handed import handed_for, handed_workbooks
from judging.services import sheet_workbooks_handed as services
from judging.services.sheet_workbooks import WorkbookCheckOutdated
from nominees.core.preflight import SIZE_LIMIT
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from nominees.web.forms import WorkbookForm
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import explain

from .acting import attempt, person
from .sheet_workbooks import ALL_DAYS, chosen_in, compared, problems_of, tell

FOLDER = "judging/sheet_workbooks"
HANDED_IN = gettext_lazy("Workbooks handed in for members")
FOR_YOU = gettext_lazy("A workbook was handed in for you")
_TONES = {
    HandedState.WAITING: ("warning", "hourglass"),
    HandedState.TAKEN: ("success", "check"),
    HandedState.TURNED_DOWN: ("neutral", "ban"),
    HandedState.LAPSED: ("neutral", "lock"),
}


class HandInForm(WorkbookForm):
    """The filled workbook of one member; whose it is, the file says."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.fields["workbook"].help_text = _("As the member filled it in, .xlsx, at most 5 MB.")
        self.helper = page_form_helper(_("Hand in"))


class TurnDownForm(forms.Form):
    """Why a workbook shall not count."""

    alasan = forms.CharField(
        label=phrases.REASON, max_length=300, help_text=gettext_lazy("The secretariat reads it. Write no marks.")
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_hand_in_workbooks)
def handed_workbook_list(request: HttpRequest, round: Round) -> HttpResponse:
    """What was handed in and what became of it; posting hands one in."""
    form = HandInForm(request.POST, request.FILES) if request.method == "POST" else HandInForm()
    problems: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["workbook"].read(SIZE_LIMIT + 1)  # enough to see that it is too large
        try:
            done = services.hand_in_workbook(round=round, content=content, actor=person(request), at=clock.now())
        except services.MemberHandsInNoWorkbook as error:
            messages.error(request, explain(error))
            return redirect(round_url("judging:handed_workbooks", round))
        if done.handed:
            _tell_handed(request, done.handed, is_new=done.is_new)
            return redirect(round_url("judging:handed_workbooks", round))
        problems = done.problems
    context = {
        "round": round,
        "heading": HANDED_IN,
        "form": form,
        "handed": _handed_table(round),
        "table": problems_of(problems),
        "count": len(problems),
        "crumbs": [{"url": round_url("judging:progress", round), "label": _("Progress")}],
    }
    return render(request, f"{FOLDER}/hand_in.html", context, status=422 if problems or form.errors else 200)


def _tell_handed(request: HttpRequest, handed: HandedWorkbook, *, is_new: bool) -> None:
    seat = {"seat": handed.seating.seat.name}
    if is_new:
        messages.success(request, _("Handed in for %(seat)s. It counts only when the member takes it.") % seat)
    else:
        messages.info(request, _("This file was handed in for %(seat)s before.") % seat)


def _handed_table(round: Round) -> dict[str, Any]:
    """Return the list of what was handed in, as ``components/table.html`` draws it."""
    labels = (phrases.SEAT, _("Day"), phrases.STATUS, _("Handed in"), "SHA-256")
    return {
        "columns": [{"label": label} for label in labels],
        "rows": [_handed_row(one, round) for one in handed_workbooks(round)],
        "empty": {"title": _("No workbook has been handed in yet"), "icon": "file-spreadsheet"},
    }


def _handed_row(one: HandedWorkbook, round: Round) -> list[dict[str, Any]]:
    tone, icon = _TONES[HandedState(one.state)]
    when = wording.date_time(one.handed_at, round.time_zone)
    return [
        {"text": one.seating.seat.name, "note": one.seating.name},
        {"text": _day_word(one)},
        {"text": one.get_state_display(), "tone": tone, "icon": icon, "note": one.reason},
        {"text": when, "note": str(one.handed_by)},
        {"text": f"{one.sha256[:16]}…"},
    ]


@require_safe
@never_cache
@round_page(can_score)
def handed_workbook(request: HttpRequest, round: Round, handed_id: int) -> HttpResponse:
    """The member's comparison of a workbook that was handed in; nothing is saved here."""
    handed = _own(request, round, handed_id)
    try:
        check = services.compare_handed(handed=handed, actor=person(request), at=clock.now())
    except DomainError as error:
        return _back_to_day(request, handed, error)
    if check.problems:
        found = {"table": problems_of(check.problems), "count": len(check.problems)}
    else:
        found = compared(check, round)
    return render(request, f"{FOLDER}/handed.html", _page(handed, round) | found)


@require_POST
@never_cache
@round_page(can_score)
def handed_workbook_take(request: HttpRequest, round: Round, handed_id: int) -> HttpResponse:
    """Save the drafts that were chosen, and say what came of each."""
    handed = _own(request, round, handed_id)
    sealed, chosen = request.POST.get("isi", ""), chosen_in(request)
    try:
        results = services.take_handed(
            handed=handed, sealed=sealed, chosen=chosen, actor=person(request), at=clock.now()
        )
    except WorkbookCheckOutdated as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:handed_workbook", round, handed_id=handed.pk))
    except DomainError as error:
        return _back_to_day(request, handed, error)
    tell(request, results)
    if any(one.error for one in results):
        return redirect(round_url("judging:handed_workbook", round, handed_id=handed.pk))
    return _back_to_day(request, handed)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_score)
def handed_workbook_turn_down(request: HttpRequest, round: Round, handed_id: int) -> HttpResponse:
    """Ask for the reason, then drop the file."""
    handed = _own(request, round, handed_id)
    form = TurnDownForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"reason": form.cleaned_data["alasan"], "actor": person(request), "at": clock.now()}
        attempt(request, _("Turned down."), services.turn_down_handed, handed=handed, **told)
        return _back_to_day(request, handed)
    cancel_url = round_url("judging:handed_workbook", round, handed_id=handed.pk)
    context = _page(handed, round) | {"form": form, "cancel_url": cancel_url}
    return render(request, f"{FOLDER}/turn_down.html", context, status=422 if form.errors else 200)


def _own(request: HttpRequest, round: Round, handed_id: int) -> HandedWorkbook:
    handed = handed_for(person(request), round, handed_id, clock.now())
    if handed is None:
        raise Http404
    return handed


def _back_to_day(request: HttpRequest, handed: HandedWorkbook, error: DomainError | None = None) -> HttpResponse:
    if error:
        messages.error(request, explain(error))
    return redirect(_day_url(handed))


def _day_url(handed: HandedWorkbook) -> str:
    day = handed.day.isoformat() if handed.day else ALL_DAYS
    return f"{round_url('judging:my_day', handed.seating.round)}?hari={day}"


def _day_word(handed: HandedWorkbook) -> str:
    return wording.long_day_date(handed.day) if handed.day else _("All interviews")


def _page(handed: HandedWorkbook, round: Round) -> dict[str, Any]:
    return {
        "round": round,
        "handed": handed,
        "heading": FOR_YOU,
        "title": _day_word(handed),
        "crumbs": [{"url": _day_url(handed), "label": _("My interviews")}],
        "facts": [
            {"label": _("Handed in by"), "value": str(handed.handed_by)},
            {"label": _("Handed in"), "value": wording.date_time(handed.handed_at, round.time_zone)},
            {"label": "SHA-256", "value": f"{handed.sha256[:16]}…"},
        ],
    }


urlpatterns = [
    path("lembar/berkas/", handed_workbook_list, name="handed_workbooks"),
    path("wawancara/berkas/<int:handed_id>/", handed_workbook, name="handed_workbook"),
    path("wawancara/berkas/<int:handed_id>/simpan/", handed_workbook_take, name="handed_workbook_take"),
    path("wawancara/berkas/<int:handed_id>/tolak/", handed_workbook_turn_down, name="handed_workbook_turn_down"),
]
