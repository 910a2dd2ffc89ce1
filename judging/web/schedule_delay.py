"""Running late: first what it would change, then taken and told in one act."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging.core.scheduling.problem import Severity
from judging.models import Interview, InterviewState
from judging.permissions import can_schedule
from judging.selectors.interview_day import OPEN, DayRow, InterviewDay, interview_day
from judging.selectors.schedule import NamedViolation, interview_for
from judging.selectors.schedule_delay import DelayedDay, Moved, delayed_day
from judging.services.schedule_delay import shift_interviews
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.sentences import sentence

from .acting import attempt, person
from .interview_day_forms import LONGEST_DELAY, DelayForm, TakeDelayForm


@round_page(can_schedule)
def delay(request: HttpRequest, round: Round) -> HttpResponse:
    """Asked by GET (``?dari=17&menit=15&semua=on``) it shows what would move; posted, that is taken and released."""
    chosen = _chosen(round, request.GET.get("dari", ""))
    found = _day_of(round, chosen)
    rows = [row for row in found.rows if _may_move(row.interview)]
    is_asked = chosen is not None and ("menit" in request.GET or "sendiri" in request.GET)
    start = chosen.nomination.number if chosen else _proposed(rows)
    form = DelayForm(request.GET if is_asked else None, rows=rows, initial={"dari": start} | _so_far(rows, start))
    if chosen is None or not form.is_valid():
        return _page(request, round, found, form, rows)
    asked = {"minutes": form.cleaned_data["minutes"], "is_for_all": form.cleaned_data["semua"]}
    form = DelayForm(form.as_chosen(), rows=rows)
    day = delayed_day(chosen, **asked)
    take = TakeDelayForm(
        request.POST or None,
        asks_about=day.doubtful,
        has_unfit=bool(day.unfit),
        initial={"token": day.token, "note": _note(asked["minutes"])},
    )
    if take.is_valid() and _taken(request, chosen, asked, take):
        return redirect(_day_url(round, chosen))
    if take.is_bound:
        return redirect(request.get_full_path())
    return _page(request, round, found, form, rows, day=day, take=take)


def _taken(request: HttpRequest, interview: Interview, asked: dict[str, Any], take: TakeDelayForm) -> bool:
    told = take.cleaned_data
    return attempt(
        request,
        _("The interviews were moved, and those whom it concerns are told."),
        shift_interviews,
        interview=interview,
        **asked,
        token=told["token"],
        may_leave_out=told.get("keluar", False),
        confirmed=frozenset(told.get("confirmed", ())),
        note=told["note"],
        actor=person(request),
        at=clock.now(),
    )


def _chosen(round: Round, number: str) -> Interview | None:
    if not number:
        return None
    found = interview_for(round, int(number)) if number.isascii() and number.isdecimal() and len(number) < 10 else None
    if found is None:
        raise Http404
    return found


def _day_of(round: Round, chosen: Interview | None) -> InterviewDay:
    day = wording.local_day(chosen.starts_at, round.time_zone) if chosen else None
    return interview_day(round, at=clock.now(), day=day)


def _may_move(interview: Interview) -> bool:
    """A delay begins with what is still to come, or with what runs on."""
    if interview.state == InterviewState.RUNNING:
        return True
    return interview.state == InterviewState.PLANNED and not interview.is_locked


def _proposed(rows: list[DayRow]) -> int | None:
    return next((row.number for row in rows if row.standing in OPEN), None)


def _so_far(rows: list[DayRow], number: int | None) -> dict[str, int]:
    """Propose the delay that there is already, in steps of five minutes."""
    minutes = next((-(-row.minutes // 5) * 5 for row in rows if row.number == number), 0)
    return {"menit": min(minutes, LONGEST_DELAY)} if minutes else {}


def _note(minutes: int) -> str:
    """What those concerned read, unless the secretariat says it better: people's paper is in Indonesian."""
    return f"Jadwal mundur {minutes} menit."


def _day_url(round: Round, interview: Interview) -> str:
    day = wording.local_day(interview.starts_at, round.time_zone)
    return f"{round_url('judging:interview_day', round)}?hari={day.isoformat()}"


def _page(
    request: HttpRequest,
    round: Round,
    found: InterviewDay,
    form: DelayForm,
    rows: list[DayRow],
    *,
    day: DelayedDay | None = None,
    take: TakeDelayForm | None = None,
) -> HttpResponse:
    url = round_url("judging:interview_day", round)
    context = {
        "round": round,
        "day": found.day,
        "form": form,
        "may_ask": bool(rows),
        "found": day,
        "columns": [{"label": label} for label in (phrases.NOMINEE, _("Room"), _("Until now"), _("From now on"))],
        "rows": [_moved(one, round) for one in day.moved] if day else [],
        "problems": [_told(one) for one in day.broken] if day else [],
        "take": take,
        "back": f"{url}?hari={found.day.isoformat()}" if found.day else url,
        "breadcrumbs": [{"url": url, "label": _("Day of the interviews")}],
    }
    return render(request, "judging/interview_day/delay.html", context)


def _moved(one: Moved, round: Round) -> list[dict[str, Any]]:
    then = wording.time_range(one.interview.starts_at, one.interview.ends_at, round.time_zone)
    now = wording.time_range(one.starts_at, one.ends_at, round.time_zone)
    note = _("In a later session") if one.is_other_session else ""
    return [
        {"text": str(one.interview.nomination)},
        {"text": str(one.interview.room)},
        {"text": then},
        {"text": now, "note": note},
    ]


def _told(violation: NamedViolation) -> dict[str, Any]:
    tone = "danger" if violation.severity is Severity.FORBIDDEN else "warning"
    return {"tone": tone, "text": sentence(violation.code, violation.facts)}


urlpatterns = [path("jadwal/geser/", delay, name="schedule_delay")]
