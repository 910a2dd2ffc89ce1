"""What the schedule rests on: whether everything is there, days and sessions, rules and wishes, the open format."""

import json
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from judging.core.scheduling.levels import FIXED
from judging.core.scheduling.writing import write
from judging.messages.schedule_material import RULES
from judging.models import InterviewSession, ScheduleMaterial
from judging.permissions import can_schedule
from judging.selectors.schedule_checks import ScheduleChecks, schedule_checks
from judging.selectors.schedule_material import interview_dates, sessions_of, settings_of
from judging.selectors.scheduling_problem import problem_of
from judging.services import schedule_material as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording

from .acting import attempt, person
from .schedule_material_forms import RulesForm, SessionsForm, sessions_initial

PARTS = (
    ("judging:schedule_days", "calendar", gettext_lazy("Days and sessions")),
    ("judging:schedule_rooms", "building", gettext_lazy("Rooms")),
    ("judging:schedule_categories", "list-numbers", gettext_lazy("Categories and mandatory seats")),
    ("judging:schedule_nominees", "map-pin", gettext_lazy("When nominees can come")),
    ("judging:schedule_members", "users", gettext_lazy("When members are away")),
    ("judging:schedule_rules", "scale", gettext_lazy("Rules and wishes")),
)


@require_safe
@round_page(can_schedule)
def overview(request: HttpRequest, round: Round) -> HttpResponse:
    """Whether everything is there for a schedule, with a link to where each gap is closed."""
    checks = schedule_checks(round, at=clock.now())
    context = {
        "round": round,
        "checks": checks,
        "problems": list(problems_of(round, checks)),
        "parts": [{"title": title, "icon": icon, "url": round_url(name, round)} for name, icon, title in PARTS],
        "columns": [
            {"label": _("Day")},
            {"label": _("Minutes open in all rooms"), "align": "end"},
            {"label": _("Minutes needed on this day alone"), "align": "end"},
        ],
        "rows": [
            [{"text": wording.long_day_date(one.day)}, {"text": str(one.open)}, {"text": str(one.bound)}]
            for one in checks.days
        ],
        "breadcrumbs": crumbs(round, with_material=False),
    }
    return render(request, "judging/schedule_material/overview.html", context)


def crumbs(round: Round, *, with_material: bool = True) -> list[dict[str, Any]]:
    """Return the way from the schedule down to a page of its material."""
    way = [{"url": round_url("judging:schedule_board", round), "label": _("Schedule board")}]
    if with_material:
        way.append({"url": round_url("judging:schedule_material", round), "label": _("What the schedule rests on")})
    return way


def problems_of(round: Round, checks: ScheduleChecks) -> Any:
    """Yield what stands against a schedule, each with where it is mended."""
    days, rooms = round_url("judging:schedule_days", round), round_url("judging:schedule_rooms", round)
    members = round_url("judging:schedule_members", round)
    if not checks.days:
        yield {"text": _("No day has a session yet."), "url": days}
    if not checks.rooms:
        yield {"text": _("There is no room yet."), "url": rooms}
    if checks.days and checks.rooms and checks.needed > checks.open:
        facts = {"needed": checks.needed, "open": checks.open}
        text = _("All interviews take %(needed)s minutes, but the rooms are open for %(open)s only.") % facts
        yield {"text": text, "url": days}
    for one in checks.days:
        if not one.is_enough:
            day = wording.long_day_date(one.day)
            told = {"day": day, "bound": one.bound, "open": one.open}
            text = _("%(day)s: %(bound)s minutes are needed on this day alone, %(open)s are open.") % told
            yield {"text": text, "url": days}
    for nomination in checks.without_slot if checks.open else ():  # nothing is open: said once, above
        text = _("%(nominee)s can be met at no time: no session, window and open room come together.")
        url = round_url("judging:schedule_nominee", round, number=nomination.number)
        yield {"text": text % {"nominee": nomination}, "url": url}
    for nomination in checks.without_members:
        text = _("%(nominee)s: fewer members than the quorum may judge, because of conflicts of interest.")
        yield {"text": text % {"nominee": nomination}, "url": round_url("judging:recusals", round)}
    for category in checks.without_quorum if checks.open else ():
        text = _("%(category)s: at no time are enough members there for the quorum.")
        yield {"text": text % {"category": category}, "url": members}
    for category, group in checks.without_roles if checks.open else ():
        text = _("%(category)s: at no time are the mandatory seats of %(group)s there.")
        yield {"text": text % {"category": category, "group": group}, "url": members}


@round_page(can_schedule)
def days(request: HttpRequest, round: Round) -> HttpResponse:
    """The interview days with their sessions; a form for each, and one button for the usual ones."""
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    here = round_url("judging:schedule_days", round)
    bound: SessionsForm | None = None
    if request.method == "POST":
        if request.POST.get("langkah") == "biasa":
            attempt(request, _("Usual sessions set."), services.make_usual_sessions, round=round, **whom)
            return redirect(here)
        day = _day(request.POST.get("day", ""))
        bound = SessionsForm(request.POST, prefix=day.isoformat())
        if bound.is_valid():
            told: dict[str, Any] = {"round": round, "day": day, "sessions": bound.sessions(), **whom}
            attempt(request, _("Sessions saved."), services.set_sessions, **told)
            return redirect(here)
    rows: dict[date, list[InterviewSession]] = {day: [] for day in interview_dates(round)}
    for session in sessions_of(round):
        rows.setdefault(session.day, []).append(session)
    context = {
        "round": round,
        "days": [{"day": day, "sessions": found, "form": _day_form(day, found, bound)} for day, found in rows.items()],
        "breadcrumbs": crumbs(round),
    }
    return render(request, "judging/schedule_material/days.html", context)


def _day_form(day: date, sessions: list[InterviewSession], bound: SessionsForm | None) -> SessionsForm:
    if bound is not None and bound.prefix == day.isoformat():
        return bound
    spans = [(session.start, session.end) for session in sessions]
    return SessionsForm(prefix=day.isoformat(), initial=sessions_initial(spans))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


@round_page(can_schedule)
def rules(request: HttpRequest, round: Round) -> HttpResponse:
    """Limits, weights of the wishes and levels of the rules; what binds in any case is listed."""
    settings = settings_of(round) or ScheduleMaterial(round=round)
    form = RulesForm(request.POST or None, settings=settings)
    if request.method == "POST" and form.is_valid():
        told: dict[str, Any] = {"rules": services.ScheduleRules(**form.rules()), "actor": person(request)}
        if attempt(request, _("Rules saved."), services.set_rules, round=round, at=clock.now(), **told):
            return redirect(round_url("judging:schedule_material", round))
    fixed = [RULES[code] for code in FIXED]
    context = {"round": round, "form": form, "fixed": fixed, "breadcrumbs": crumbs(round)}
    return render(request, "judging/schedule_material/rules.html", context)


@require_safe
@round_page(can_schedule)
def document(request: HttpRequest, round: Round) -> HttpResponse:
    """The problem in the open format, as a file."""
    content = json.dumps(write(problem_of(round, at=clock.now())), ensure_ascii=False, indent=1)
    name = f"jadwal-{round.scope.replace('/', '-')}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/json; charset=utf-8", headers=headers)


urlpatterns = [
    path("jadwal/bahan/", overview, name="schedule_material"),
    path("jadwal/bahan/hari/", days, name="schedule_days"),
    path("jadwal/bahan/aturan/", rules, name="schedule_rules"),
    path("jadwal/bahan/masalah.json", document, name="schedule_document"),
]
