"""The day of the interviews on a phone: one large row each, one tap for what happens."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from judging.models import Interview, InterviewState
from judging.permissions import can_schedule
from judging.selectors.interview_day import OPEN, DayRow, Standing, interview_day
from judging.selectors.schedule import interview_for
from judging.services import interview_day as services
from nominees.models import SCORED, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording

from .acting import attempt, person
from .interview_day_forms import NomineeAbsentForm, WhoCameForm
from .schedule_board_wording import short_day

STANDINGS: dict[Standing, dict[str, Any]] = {
    Standing.RUNNING: {"tone": "success", "icon": "player-play", "text": gettext_lazy("Running now")},
    Standing.OVERRUNS: {
        "tone": "warning",
        "icon": "player-play",
        "text": gettext_lazy("Over time by %(minutes)s minutes"),
    },
    Standing.LATE: {"tone": "danger", "icon": "clock", "text": gettext_lazy("Late by %(minutes)s minutes")},
    Standing.NEXT: {"tone": "info", "icon": "arrow-right", "text": gettext_lazy("Next interview")},
    Standing.PLANNED: {"tone": "neutral", "icon": "calendar-event", "text": InterviewState.PLANNED.label},
    Standing.HELD: {"tone": "success", "icon": "check", "text": InterviewState.HELD.label},
    Standing.NO_SHOW: {"tone": "warning", "icon": "user-off", "text": InterviewState.NO_SHOW.label},
}
STEPS: dict[str, tuple[Any, Any]] = {
    "mulai": (gettext_lazy("The interview is running."), services.start_interview),
    "selesai": (gettext_lazy("Interview marked as held."), services.hold_interview),
    "kembali": (gettext_lazy("Taken back: the interview is as it was before."), services.put_back),
}


@require_safe
@round_page(can_schedule)
def day_page(request: HttpRequest, round: Round) -> HttpResponse:
    """The day of ``?hari=2025-06-24``, or today's; the interviews of the room ``?ruang=``, or of all."""
    at = clock.now()
    asked = _number(request.GET.get("ruang", ""))
    found = interview_day(round, at=at, day=_day(request), room=asked)
    room = asked if any(one.pk == asked for one in found.rooms) else None
    context = {
        "round": round,
        "found": found,
        "days": [(day, short_day(day)) for day in found.days],
        "room": room,
        "query": f"?ruang={room}" if room else "",
        "is_today": found.day == wording.local_day(at, round.time_zone),
        "now": wording.clock_time(at, round.time_zone),
        "rows": [_row(row) for row in found.rows],
        "actions": _actions(round, found.rows),
    }
    return render(request, "judging/interview_day/day.html", context)


def _actions(round: Round, rows: tuple[DayRow, ...]) -> list[dict[str, Any]]:
    """Where the delay of the day begins: with what runs, is late or comes next."""
    first = next((row for row in rows if row.standing in OPEN), None)
    url = round_url("judging:schedule_delay", round)
    return [{"url": f"{url}?dari={first.number}", "label": _("Everything is late"), "icon": "clock"}] if first else []


def _row(row: DayRow) -> dict[str, Any]:
    words = STANDINGS[row.standing]
    return {
        "row": row,
        "state": {**words, "text": str(words["text"]) % {"minutes": row.minutes}},
        "is_open": row.standing in OPEN,
        "is_planned": row.interview.state == InterviewState.PLANNED,
        "is_running": row.interview.state == InterviewState.RUNNING,
        "is_over": row.standing in (Standing.HELD, Standing.NO_SHOW),
        "may_be_taken_back": row.standing is Standing.HELD or _was_taken_in_again(row.interview),
    }


def _was_taken_in_again(interview: Interview) -> bool:
    """Whether a nominee who did not come is met after all: screening said so, the interview does not yet."""
    return interview.state == InterviewState.NO_SHOW and interview.nomination.status in SCORED


@require_POST
@round_page(can_schedule)
def act(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """One tap: ``langkah`` names it, ``version`` is what the page had seen."""
    found = _interview(round, number)
    if request.POST.get("langkah") not in STEPS:
        raise Http404
    done, service = STEPS[request.POST["langkah"]]
    attempt(request, done, service, **_given(request, found))
    return _back(request, found)


@round_page(can_schedule)
def who_came(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Who of the panel is missing, and why: a tap each."""
    found = _interview(round, number)
    form = WhoCameForm(request.POST or None, interview=found)
    if form.is_valid():
        told = {"presences": form.presences(), **_given(request, found)}
        if attempt(request, _("Attendance saved."), services.record_attendance, **told):
            return _back(request, found)
        form = WhoCameForm(interview=_interview(round, number))
    return _page(request, round, found, "judging/interview_day/who_came.html", form)


@round_page(can_schedule)
def did_not_come(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Asks once more before the nominee leaves the ranking."""
    found = _interview(round, number)
    form = NomineeAbsentForm(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        given = _given(request, found) | {"reason": form.cleaned_data["reason"]}
        attempt(request, _("No-show recorded."), services.record_no_show, **given)
        return _back(request, found)
    return _page(request, round, found, "judging/interview_day/did_not_come.html", form)


def _page(request: HttpRequest, round: Round, interview: Interview, template: str, form: Any) -> HttpResponse:
    back = _address(round, interview, request)
    context = {
        "round": round,
        "interview": interview,
        "form": form,
        "back": back,
        "facts": [
            {"label": _("Time"), "value": wording.date_time(interview.starts_at, round.time_zone)},
            {"label": _("Room"), "value": str(interview.room)},
        ],
        "breadcrumbs": [{"url": back, "label": _("Day of the interviews")}],
    }
    return render(request, template, context)


def _given(request: HttpRequest, interview: Interview) -> dict[str, Any]:
    version = _number(request.POST.get("version", ""))
    return {"interview": interview, "expected_version": version or 0, "actor": person(request), "at": clock.now()}


def _interview(round: Round, number: int) -> Interview:
    found = interview_for(round, number)
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, interview: Interview) -> HttpResponse:
    return redirect(_address(interview.round, interview, request))


def _address(round: Round, interview: Interview, request: HttpRequest) -> str:
    """The day with this interview in sight, in the room that the page was narrowed to."""
    asked = {"hari": wording.local_day(interview.starts_at, round.time_zone).isoformat()}
    if (room := _number(request.GET.get("ruang", ""))) is not None:
        asked["ruang"] = str(room)
    return f"{round_url('judging:interview_day', round)}?{urlencode(asked)}#wawancara-{interview.nomination.number}"


def _day(request: HttpRequest) -> Any:
    try:
        return parse_date(request.GET.get("hari", ""))
    except ValueError:  # a day that no calendar has
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


urlpatterns = [
    path("jadwal/hari/", day_page, name="interview_day"),
    path("jadwal/hari/<int:number>/", act, name="interview_day_act"),
    path("jadwal/hari/<int:number>/kehadiran/", who_came, name="interview_day_attendance"),
    path("jadwal/hari/<int:number>/tidak-hadir/", did_not_come, name="interview_day_no_show"),
]
