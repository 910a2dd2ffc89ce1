"""Single interviews: the secretariat places, moves and records them; others see them as they were released."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from judging.core.scheduling.problem import Severity
from judging.models import Interview, InterviewState, Presence
from judging.permissions import can_schedule, can_see_setup
from judging.selectors.panels import blocking_recusals
from judging.selectors.schedule import NamedViolation, interview_for, schedule_board
from judging.services import interview_day as day_services
from judging.services import schedule as services
from nominees.models import Nomination, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence

from .acting import attempt
from .schedule_forms import AttendanceForm, NoShowForm, PlacingForm, moving_initial, placing_initial
from .schedule_released import STATES, released_interview


@round_page(can_schedule)
def place(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Place an unplaced nominee."""
    nomination = get_object_or_404(Nomination.objects.select_related("nominee", "category"), round=round, number=number)
    if interview_for(round, number):
        return redirect(round_url("judging:move_interview", round, number=number))
    blocked = frozenset(seat for seat, nominee in blocking_recusals(round) if nominee == nomination.pk)
    form = PlacingForm(request.POST or None, round=round, initial=placing_initial(round, nomination, blocked))
    problems: list[dict[str, Any]] = []
    if form.is_valid():
        try:
            services.place_interview(nomination=nomination, **form.placing(), **_whom(request))
        except DomainError as error:
            problems = _refusal(error, form)
        else:
            messages.success(request, _("Interview placed."))
            return redirect(round_url("judging:schedule_board", round))
    return _placing_page(request, round, nomination, form, problems)


@round_page(can_schedule)
def move(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Move a placed interview, or change who sits there."""
    interview = _interview(round, number)
    form = PlacingForm(request.POST or None, round=round, initial=moving_initial(round, interview))
    problems: list[dict[str, Any]] = []
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            services.move_interview(interview=interview, expected_version=version, **form.placing(), **_whom(request))
        except DomainError as error:
            problems = _refusal(error, form)
        else:
            messages.success(request, _("Interview moved."))
            return redirect(round_url("judging:interview", round, number=number))
    return _placing_page(request, round, interview.nomination, form, problems)


@round_page(can_see_setup)
def interview(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """One interview: when, where, who is expected, who came; as released for those who do not schedule."""
    if not can_schedule(_user(request), round):
        return released_interview(request, round, number)
    found = _interview(round, number)
    row = next(row for table in schedule_board(round).tables for row in table.rows if row.interview.pk == found.pk)
    context = {
        "round": round,
        "interview": found,
        "state": {**STATES[InterviewState(found.state)], "text": found.get_state_display()},
        "day": wording.local_day(found.starts_at, round.time_zone),
        "time": row.time,
        "recused": row.recused,
        "problems": [_told(problem) for problem in row.problems],
        "attendances": list(found.attendances.all()),
        "may_schedule": True,
        "is_planned": found.state == InterviewState.PLANNED,
        "is_recorded": all(one.presence != Presence.EXPECTED for one in found.attendances.all()),
        "attendance_form": _attendance_form(found),
        "no_show_form": NoShowForm(),
    }
    return render(request, "judging/schedule/interview.html", context)


@require_POST
@round_page(can_schedule)
def record(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Record what became of an interview: ``langkah`` names the step."""
    found = _interview(round, number)
    version = request.POST.get("version", "")
    common = {
        "interview": found,
        "expected_version": int(version) if version.isdecimal() and len(version) < 9 else 0,
        **_whom(request),
    }
    match request.POST.get("langkah"):
        case "kehadiran":
            form = _attendance_form(found, request.POST)
            if form.is_valid():
                told = form.presences()
                attempt(request, _("Attendance saved."), day_services.record_attendance, presences=told, **common)
        case "kunci":
            attempt(request, _("Interview locked."), services.lock_interview, is_locked=True, **common)
        case "lepas":
            attempt(request, _("Interview unlocked."), services.lock_interview, is_locked=False, **common)
        case "selesai":
            attempt(request, _("Interview marked as held."), day_services.hold_interview, **common)
        case "tidak-hadir":
            reason = request.POST.get("reason", "")[:300]
            attempt(request, _("No-show recorded."), day_services.record_no_show, reason=reason, **common)
        case "batal":
            if attempt(request, _("Interview cancelled."), services.cancel_interview, **common):
                return redirect(round_url("judging:schedule_board", round))
        case _:
            raise Http404
    return redirect(round_url("judging:interview", round, number=number))


def _interview(round: Round, number: int) -> Interview:
    found = interview_for(round, number)
    if found is None:
        raise Http404
    return found


def _attendance_form(interview: Interview, data: Any = None) -> AttendanceForm:
    rows = list(interview.attendances.all())
    return AttendanceForm(data, attendances=rows, initial={"version": interview.version})


def _placing_page(
    request: HttpRequest, round: Round, nomination: Nomination, form: PlacingForm, problems: list[dict[str, Any]]
) -> HttpResponse:
    crumbs = [{"url": round_url("judging:schedule_board", round), "label": _("Schedule board")}]
    context = {"round": round, "nomination": nomination, "form": form, "problems": problems, "breadcrumbs": crumbs}
    return render(request, "judging/schedule/place.html", context, status=422 if problems else 200)


def _refusal(error: DomainError, form: PlacingForm) -> list[dict[str, Any]]:
    """Return the sentences of a refused placing: each rule that forbids it, or the error's own.

    Where a person's word is enough, ``form`` asks for it.
    """
    if isinstance(error, services.InterviewNeedsConfirmation):
        form.ask_confirmation({violation.code for violation in error.facts["violations"]})
    if isinstance(error, services.InterviewRefused | services.InterviewNeedsConfirmation):
        return [_told(violation) for violation in error.facts["violations"]]
    return [{"tone": "danger", "text": explain(error)}]


def _told(violation: NamedViolation) -> dict[str, Any]:
    tone = "danger" if violation.severity is Severity.FORBIDDEN else "warning"
    return {"tone": tone, "text": sentence(violation.code, violation.facts)}


def _whom(request: HttpRequest) -> dict[str, Any]:
    return {"actor": _user(request), "at": clock.now()}


def _user(request: HttpRequest) -> Any:
    return request.user


urlpatterns = [
    path("jadwal/<int:number>/", interview, name="interview"),
    path("jadwal/<int:number>/tempatkan/", place, name="place_interview"),
    path("jadwal/<int:number>/pindah/", move, name="move_interview"),
    path("jadwal/<int:number>/catat/", record, name="record_interview"),
]
