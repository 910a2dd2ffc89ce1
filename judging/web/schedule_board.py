"""The schedule board of the secretariat: one day as a table of rooms and times, and everything around it.

``?hari=2025-06-24`` shows that day; ``?bagian=papan`` answers with the board alone, as ``schedule-board.js`` puts it in
place after each act. Without scripts every card leads to its interview and from there to the forms.
"""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from judging.permissions import can_schedule
from judging.selectors.schedule_acts import last_acts
from judging.selectors.schedule_board import DayTab, Load, ScheduleBoard, schedule_board
from judging.selectors.schedule_checks import schedule_checks
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.wording import local_day

from .schedule_board_wording import SIGNS, act_facts, grid_facts, problems_facts, short_day

#: Pages around the board.
AROUND = (
    ("judging:schedule_runs", gettext_lazy("Compute"), "player-play"),
    ("judging:schedule_repair", gettext_lazy("Repair"), "refresh"),
    ("judging:schedule_releases", gettext_lazy("Release"), "send"),
    ("judging:interview_day", gettext_lazy("Interview day"), "calendar-event"),
    ("judging:schedule_papers", gettext_lazy("Papers"), "file-text"),
    ("judging:schedule_material", gettext_lazy("What the schedule rests on"), "list-details"),
    ("judging:schedule_board_print", gettext_lazy("Print"), "printer"),
)


@require_safe
@round_page(can_schedule)
def board(request: HttpRequest, round: Round) -> HttpResponse:
    """The page, or the board alone."""
    context = board_context(round, request.GET.get("hari", ""), request.GET.get("kategori", ""))
    if request.GET.get("bagian") == "papan":
        return render(request, "judging/schedule_board/_board.html", context)
    if not context["has_interviews"]:
        context["checks"] = schedule_checks(round, at=clock.now())
    return render(request, "judging/schedule_board/page.html", context | {"actions": _actions(round)})


@require_safe
@round_page(can_schedule)
def printed(request: HttpRequest, round: Round) -> HttpResponse:
    """Every day with interviews as a table of its own, for paper across."""
    first = schedule_board(round)
    boards = [first.on(one.day) for one in first.days if one.interviews]
    days = [{"day": one.shown, "grid": grid_facts(one)} for one in boards]
    crumbs = [{"url": round_url("judging:schedule_board", round), "label": _("Schedule board")}]
    context = {"round": round, "days": days, "categories": first.categories, "breadcrumbs": crumbs}
    return render(request, "judging/schedule_board/print.html", context)


def rendered(request: HttpRequest, round: Round, day: str, category: str = "") -> str:
    """Return the board alone with ``day``, for the answer to an act."""
    return render_to_string("judging/schedule_board/_board.html", board_context(round, day, category), request)


def board_context(round: Round, day: str, category: str) -> dict[str, Any]:
    """Return what the board's template reads. ``day`` as in addresses; ``category``: code, narrows who waits."""
    today = local_day(clock.now(), round.time_zone)
    found = schedule_board(round, shown=day_of(day), today=today)
    waiting = [one for one in found.unplaced if category in ("", one.nomination.category.code)]
    rooms = {room.pk: room.name for room in found.rooms}
    return {
        "round": round,
        "board": found,
        "has_interviews": bool(found.cards),
        "tabs": [_tab(one, rooms) for one in found.days],
        "grid": grid_facts(found),
        "unplaced": waiting,
        "chosen": category,
        "problems": problems_facts(found),
        "acts": [act_facts(one, rooms, round) for one in last_acts(round)],
        "loads": [_load(one, found) for one in found.loads],
        "limit": found.limit,
        "categories": found.categories,
        "legend": _legend(found),
    }


def day_of(text: str) -> date | None:
    """Return the day of an address; ``None`` if it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _tab(tab: DayTab, rooms: dict[int, str]) -> dict[str, Any]:
    return {
        "day": tab.day,
        "short": short_day(tab.day),
        "interviews": tab.interviews,
        "problems": tab.problems,
        "sign": SIGNS[tab.worst] if tab.worst else None,
        "by_room": [(name, *numbers) for name, numbers in zip(rooms.values(), tab.by_room, strict=True)],
        "is_shown": tab.is_shown,
    }


def _legend(board: ScheduleBoard) -> list[Any]:
    """The categories of the day shown and of who waits."""
    there = {card.interview.nomination.category_id for card in board.cards if card.day == board.shown}
    there |= {one.nomination.category_id for one in board.unplaced}
    return [(category, colour) for category, colour in board.categories if category.pk in there]


def _load(load: Load, board: ScheduleBoard) -> dict[str, Any]:
    days = [short_day(one.day) for one in board.days]
    minutes = [(day, *numbers) for day, numbers in zip(days, load.minutes, strict=True)]
    return {"seat": load.seat, "minutes": minutes, "total": load.total}


def _actions(round: Round) -> list[dict[str, Any]]:
    return [{"url": round_url(name, round), "label": label, "icon": icon} for name, label, icon in AROUND]


urlpatterns = [
    path("jadwal/papan/", board, name="schedule_board"),
    path("jadwal/papan/cetak/", printed, name="schedule_board_print"),
]
