"""The schedule as it was released, for everybody of the round: a day at a time, the own interviews marked.

The draft is on the board of the secretariat (``schedule_board``); nothing of it is read here, but for how much of it
is not released yet, which the secretariat is told.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from judging.models import InterviewState, Seat
from judging.permissions import (
    can_schedule,
    can_see_calendars,
    can_see_releases,
    can_see_setup,
    can_tell_availability,
)
from judging.selectors.panels import seat_held_by
from judging.selectors.schedule_releases import unreleased
from judging.selectors.schedule_shown import Shown, ShownTable, shown_interview, shown_schedule, tables_of
from nominees.models import Nomination, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording

from .acting import person

STATES = {
    InterviewState.PLANNED: {"tone": "info", "icon": "calendar-event"},
    InterviewState.RUNNING: {"tone": "info", "icon": "player-play"},
    InterviewState.HELD: {"tone": "success", "icon": "check"},
    InterviewState.NO_SHOW: {"tone": "warning", "icon": "user-off"},
}
EVERY_DAY = "semua"


@require_safe
@round_page(can_see_setup)
def schedule(request: HttpRequest, round: Round) -> HttpResponse:
    """A day of the released schedule: today or the next with interviews, ``?hari=``, ``?saya=1`` the own ones."""
    latest, rows = shown_schedule(round)
    today = wording.local_day(clock.now(), round.time_zone)
    seat = seat_held_by(person(request), round, today)
    own = seat is not None and request.GET.get("saya") == "1"
    listed = [one for one in rows if not own or one.has(seat)]
    context = {
        "round": round,
        "latest": latest,
        "own": own,
        "seat": seat,
        **days_facts(listed, request, round, seat),
        "unreleased": len(unreleased(round)[1]) if can_schedule(person(request), round) else 0,
        "may_schedule": bool(can_schedule(person(request), round)),
        "actions": _actions(request, round),
    }
    return render(request, "judging/schedule_releases/schedule.html", context)


def released_interview(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """One interview as it was released, for those who do not schedule; once it began, as it was and who came."""
    found = Nomination.objects.select_related("nominee", "category").filter(round=round, number=number).first()
    if found is None:
        raise Http404
    shown = shown_interview(round, found)
    context = {
        "round": round,
        "nomination": found,
        "shown": shown,
        "time": wording.time_range(shown.starts_at, shown.ends_at, round.time_zone) if shown else "",
        "state": _state(shown) if shown else None,
        "breadcrumbs": crumbs(round),
    }
    return render(request, "judging/schedule_releases/interview.html", context)


def crumbs(round: Round) -> list[dict[str, Any]]:
    """Return the way to a page below the released schedule."""
    return [{"url": round_url("judging:schedule", round), "label": _("Interview schedule")}]


def days_facts(rows: Sequence[Shown], request: HttpRequest, round: Round, seat: Seat | None = None) -> dict[str, Any]:
    """Return the days of ``rows``, the one that is shown, and its tables."""
    days = sorted({one.day for one in rows})
    chosen = _chosen(request.GET.get("hari", ""), wording.local_day(clock.now(), round.time_zone), days)
    tables = tables_of(one for one in rows if chosen in (None, one.day))
    return {"days": days, "chosen": chosen, "tables": [table_facts(table, round, seat) for table in tables]}


def table_facts(table: ShownTable, round: Round, seat: Seat | None) -> dict[str, Any]:
    """Return one table of a day and room; with ``seat`` the interviews of that seat are marked."""
    columns = [phrases.NOMINEE, _("Time"), phrases.CATEGORY, _("Seats"), phrases.STATUS]
    return {
        "day": table.day,
        "room": table.room,
        "columns": [{"label": label} for label in columns],
        "rows": list(_rows(table.rows, round, seat)),
    }


def _rows(rows: Iterable[Shown], round: Round, seat: Seat | None) -> Iterable[list[dict[str, Any]]]:
    yours = _("You sit here")
    for one in rows:
        url = round_url("judging:interview", round, number=one.nomination.number)
        absent = ", ".join(row.name for row in one.absent)
        yield [
            {"text": str(one.nomination), "url": url, "note": yours if one.has(seat) else ""},
            {"text": wording.time_range(one.starts_at, one.ends_at, round.time_zone)},
            {"text": str(one.nomination.category)},
            {"text": str(len(one.seats)), "note": f"{_('Absent')}: {absent}" if absent else ""},
            _state(one),
        ]


def _state(one: Shown) -> dict[str, Any]:
    return {**STATES[one.state], "text": str(one.state.label)}


def _chosen(asked: str, today: date, days: list[date]) -> date | None:
    """Return the day to show; ``None`` stands for all. Where all are over, the last."""
    if asked == EVERY_DAY or not days:
        return None
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return next((day for day in days if day >= today), days[-1])


def _actions(request: HttpRequest, round: Round) -> list[dict[str, Any]]:
    named = (
        (can_schedule, "judging:schedule_board", _("Schedule board"), "clipboard-list"),
        (can_see_releases, "judging:schedule_releases", _("Releases"), "send"),
        (can_tell_availability, "judging:availability", _("My availability"), "calendar"),
        (can_see_calendars, "judging:calendars", _("Calendars"), "calendar-event"),
        (can_see_setup, "judging:schedule_papers", _("Documents of the schedule"), "file-text"),
    )
    return [
        {"url": round_url(name, round), "label": label, "icon": icon}
        for permission, name, label, icon in named
        if permission(person(request), round)
    ]


urlpatterns = [path("jadwal/", schedule, name="schedule")]
