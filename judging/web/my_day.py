"""A panel member's day: whom the seat meets and when, what is still to do, and submitting what is complete."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from judging.core.criteria import Rubric
from judging.core.scoresheet import parse, unexplained
from judging.permissions import can_score, can_see_own_sheets
from judging.selectors.cells import Cell
from judging.selectors.sheet_workbooks_handed import waiting_for
from judging.selectors.sheets import DayRow, SheetAddress, days_in, member_list, next_todo, rubrics_behind
from judging.services.submissions import Outcome, Wish, submit_sheets
from nominees.core.lifecycle import Act, may
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording
from paritrana.kernel.device import device_name
from paritrana.kernel.sentences import explain

from .countdown import IN_HOURS, IN_MINUTES, RUNNING, countdown, seconds_until
from .offline import reduced
from .second_look import Hint, hints
from .sheet_answers import short
from .sheet_form import Total, total_of
from .sheets import badge

#: A request was granted: the sheet is open for a correction.
REOPENED = gettext_lazy("Reopened for correction")
REVISION, KEY, CHOSEN = "revision-", "request_key-", "kirim"


@dataclass(frozen=True, slots=True)
class Ready:
    """A complete draft of the day, with what is worth a second look.

    ``unexplained``: criteria marked outside their usual range without the note that the sheet needs to be submitted.
    """

    row: DayRow
    total: Total
    hints: list[Hint]
    key: str
    unexplained: tuple[str, ...] = ()


@require_safe
@never_cache
@round_page(can_see_own_sheets)
def my_day(request: HttpRequest, round: Round) -> HttpResponse:
    """The member's interviews of today, of ``?hari=2025-06-24``, or of all days (``?hari=semua``)."""
    at = clock.now()
    seating, rows = member_list(user=_user(request), round=round, at=at)
    today = wording.local_day(at, round.time_zone)
    days = days_in(rows)
    chosen = _chosen_day(request.GET.get("hari", ""), today, days)
    listed = [row for row in rows if chosen is None or row.day == chosen]
    badges = {(cell, closed): badge(cell, is_closed=closed) for cell in Cell for closed in (False, True)}
    counted = [row for row in listed if not row.nomination.is_calibration]
    expected = [row for row in counted if row.cell not in (Cell.RECUSED, Cell.ABSENT)]
    may_score = bool(can_score(_user(request), round))
    ready = [row for row in listed if row.is_ready]
    lacking = _unexplained(ready, rubrics_behind(ready))
    context = {
        "round": round,
        "seating": seating,
        "days": [(day, _day_word(day, today)) for day in days],
        "chosen": chosen,
        "chosen_word": _day_word(chosen, today) if chosen else "",
        "is_today": chosen == today,
        "rows": [
            {"row": row, "badge": badges[row.cell, row.is_closed], "left": _left(row, lacking) if row.is_todo else ""}
            for row in listed
        ],
        "sheets_url": round_url("judging:sheet", round, number=0).removesuffix("0/"),
        "next": next_todo(listed) or next_todo(rows),
        "coming": _coming(rows, at),
        "submitted": sum(row.cell is Cell.SUBMITTED for row in expected),
        "ready": len(ready) - len(lacking),
        "expected": len(expected),
        "may_score": may_score,
        "may_say_when": may(Act.SCHEDULE, round.state),
        "handed": waiting_for(seating) if may_score else [],
        "member": device_name(_user(request).pk),
    }
    return render(request, "judging/sheets/my_day.html", context | reduced(request))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_own_sheets)
def day_review(request: HttpRequest, round: Round) -> HttpResponse:
    """The complete drafts of a day (``?hari=``) once more; posted, those that are ticked are submitted."""
    at = clock.now()
    if request.method == "POST":
        _seating, rows = member_list(user=_user(request), round=round, at=at)
        outcomes = submit_sheets(wishes=_wishes(request.POST, round), actor=_user(request), at=at)
        _tell(request, outcomes, {row.nomination.number: str(row.nomination) for row in rows})
        day = urlencode({"hari": request.GET.get("hari", "")})
        return redirect(f"{round_url('judging:my_day', round)}?{day}")
    _seating, rows = member_list(user=_user(request), round=round, at=at)
    chosen = _chosen_day(request.GET.get("hari", ""), wording.local_day(at, round.time_zone), days_in(rows))
    listed = [row for row in rows if chosen is None or row.day == chosen]
    ready = [row for row in listed if row.is_ready]
    context = {
        "round": round,
        "chosen": chosen,
        "ready": _ready(ready, rows),
        "others": _others(listed),
        "may_score": bool(can_score(_user(request), round)),
        "sheets_url": round_url("judging:sheet", round, number=0).removesuffix("0/"),
    }
    return render(request, "judging/sheets/day_review.html", context)


def _ready(ready: Sequence[DayRow], rows: Sequence[DayRow]) -> list[Ready]:
    """Return the complete drafts beside all other own sheets, each read once. One query."""
    rubrics = rubrics_behind(ready)
    lacking = _unexplained(ready, rubrics)
    own = {row.nomination.number: parse(rubrics[row.rubric_id], row.cells) for row in rows if row.rubric_id in rubrics}
    found = []
    for row in ready:
        rubric = rubrics[row.rubric_id or 0]
        others = [
            own[other.nomination.number].entries
            for other in rows
            if other is not row and other.rubric_id == row.rubric_id
        ]
        mine = own[row.nomination.number].entries
        notes = lacking.get(row.nomination.number, ())
        found.append(Ready(row, total_of(rubric, row.cells), hints(rubric, mine, others), uuid4().hex, notes))
    return found


def _others(rows: Sequence[DayRow]) -> list[dict[str, Any]]:
    """Why the sheets of ``rows`` that cannot be submitted here are not among the others, and how many, as facts."""
    reasons = [_reason(row) for row in rows if not row.is_ready]
    return [{"label": reason, "value": str(reasons.count(reason))} for reason in dict.fromkeys(reasons)]


def _reason(row: DayRow) -> str:
    if not row.is_todo:
        return _("Closed") if row.is_closed and row.cell is not Cell.SUBMITTED else str(row.cell.label)
    if row.is_correction:
        return str(REOPENED)
    return _("Not complete") if row.entries else str(Cell.NOT_STARTED.label)


def _unexplained(rows: Sequence[DayRow], rubrics: Mapping[int | None, Rubric]) -> dict[int, tuple[str, ...]]:
    """Return number -> titles of the criteria marked outside their usual range without a note, where there are any."""
    found = {}
    for row in rows:
        rubric = rubrics[row.rubric_id]
        issues = unexplained(rubric, parse(rubric, row.cells).entries)
        found[row.nomination.number] = tuple(rubric.by_id[one.criterion].title or one.criterion for one in issues)
    return {number: titles for number, titles in found.items() if titles}


def _wishes(data: QueryDict, round: Round) -> list[Wish]:
    """Return the ticked sheets with the revision and key that stood beside each; what is no number is left out."""
    numbers = [text for text in data.getlist(CHOSEN) if text.isdecimal() and len(text) < 9]
    revisions = {text: data.get(REVISION + text, "") for text in numbers}
    return [
        Wish(
            SheetAddress(round.edition.assessment_year, round.scope_code, int(text)),
            int(revisions[text]) if revisions[text].isdecimal() and len(revisions[text]) < 9 else 0,
            data.get(KEY + text, ""),
        )
        for text in numbers
    ]


def _tell(request: HttpRequest, outcomes: Sequence[Outcome], names: Mapping[int, str]) -> None:
    """Say of each sheet what became of it, by the nominee's name; what is no nominee of the member by its number."""
    for outcome in outcomes:
        number = outcome.address.number
        nominee = names.get(number, str(number))
        if outcome.receipt:
            facts = {"nominee": nominee, "receipt": short(outcome.receipt)}
            messages.success(request, _("The sheet for %(nominee)s is submitted. Receipt %(receipt)s.") % facts)
        elif outcome.error:
            facts = {"nominee": nominee, "reason": explain(outcome.error)}
            messages.error(request, _("The sheet for %(nominee)s was not submitted. %(reason)s") % facts)
    if not outcomes:
        messages.warning(request, _("No sheet was chosen."))


def _left(row: DayRow, lacking: Mapping[int, tuple[str, ...]]) -> str:
    """What a sheet still needs, in words; that it was reopened first."""
    rest = _rest(row, lacking)
    return " · ".join(filter(None, (str(REOPENED), rest))) if row.is_correction else rest


def _rest(row: DayRow, lacking: Mapping[int, tuple[str, ...]]) -> str:
    if row.nomination.number in lacking:
        criteria = ", ".join(lacking[row.nomination.number])
        return _("Outside the usual range without a note: %(criteria)s") % {"criteria": criteria}
    missing = row.missing
    if missing is None:
        return ""
    if not missing:
        return _("Complete, not submitted yet")
    return ngettext("%(count)s criterion not scored yet", "%(count)s criteria not scored yet", missing) % {
        "count": missing
    }


def _coming(rows: Sequence[DayRow], at: datetime) -> dict[str, Any] | None:
    """The interview that is running or comes next, with how long it is until then and the words to go on with."""
    met = (row for row in rows if row.meeting and row.meeting.ends_at > at and row.cell is not Cell.RECUSED)
    row = next(met, None)
    if row is None or row.meeting is None:
        return None
    seconds = seconds_until(row.meeting.starts_at, at)
    return {
        "row": row,
        "seconds": seconds,
        "text": countdown(seconds),
        "words": {
            "minutes": IN_MINUTES % {"minutes": "{minutes}"},
            "hours": IN_HOURS % {"hours": "{hours}", "minutes": "{minutes}"},
            "running": RUNNING,
        },
    }


def _day_word(day: date, today: date) -> str:
    if day == today:
        return _("Today")
    return _("Tomorrow") if day == today + timedelta(days=1) else ""


def _chosen_day(asked: str, today: date, days: list[date]) -> date | None:
    """Return the day to list: the one asked for, today, the next with interviews; ``None`` stands for all."""
    try:
        return date.fromisoformat(asked)
    except ValueError:
        if asked == "semua":
            return None
    return next((day for day in days if day >= today), None)


def _user(request: HttpRequest) -> Any:
    return request.user


urlpatterns = [
    path("wawancara/", my_day, name="my_day"),
    path("wawancara/periksa/", day_review, name="day_review"),
]
