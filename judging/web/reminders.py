"""One seat of the progress monitor with its prepared reminder, and the reminder to all late seats."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from judging import permissions
from judging.models import Seat
from judging.selectors.progress import OUTSTANDING, Progress, progress_of
from judging.selectors.reminders import Reminder, reminders_of
from judging.services import reminders
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases

from . import progress
from .acting import attempt, person
from .progress import last_active, words_of_cells


class RepeatForm(forms.Form):
    """Whether a seat that was reminded within the hour is reminded again."""

    confirmed = forms.BooleanField(label=_("Remind again within the hour"), required=False)


@require_GET
@round_page(permissions.can_see_progress)
def progress_seat(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """How one seat stands with every nominee; for the secretariat, the reminder as it would be sent."""
    at = clock.now()
    found = progress_of(round, at)
    index = next((number for number, line in enumerate(found.seats) if line.seat.code == code), None)
    if index is None:
        raise Http404
    is_long = sum(len(table.rows) for table in found.tables) > progress.BADGED
    may_remind = bool(permissions.can_remind(person(request), round))
    reminder = reminders_of(round, at, found)[index] if may_remind else None
    context = {
        "round": round,
        "line": found.seats[index],
        "facts": _facts(found, index, round, at),
        "columns": [{"label": label} for label in (phrases.NOMINEE, phrases.STATUS)],
        "rows": _rows(found, index, is_long=is_long),
        "is_long": is_long,
        "reminder": reminder,
        "asks_again": reminder is not None and reminder.is_too_soon(at),
        "has_mail": reminders.mail_is_set_up(),
        "form": RepeatForm(),
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/progress/seat.html", context)


def _facts(found: Progress, index: int, round: Round, at: datetime) -> list[dict[str, Any]]:
    line = found.seats[index]
    return [
        {"label": _("Sheets submitted"), "value": f"{line.submitted} / {line.expected}"},
        {"label": _("Late sheets"), "value": str(line.late)},
        {"label": _("Last active"), "value": last_active(line, round, at) or "–"},
    ]


def _rows(found: Progress, index: int, *, is_long: bool) -> list[list[dict[str, Any]]]:
    """Every sheet of the seat; of very many, the first of those that are not in yet."""
    words = words_of_cells()
    rows = []
    for table in found.tables:
        for row in table.rows:
            cell, point = row.cells[index], row.points[index]
            if not is_long or point or cell in OUTSTANDING:
                state = words[None if point else cell] | {"note": point.label if point else ""}
                rows.append([{"text": str(row.nomination), "note": table.category.name}, state])
    return rows[: progress.BADGED] if is_long else rows


def _crumbs(round: Round) -> list[dict[str, Any]]:
    return [{"url": round_url("judging:progress", round), "label": _("Progress")}]


@require_POST
@round_page(permissions.can_remind)
def remind(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """Send one seat its reminder."""
    seat = get_object_or_404(Seat.objects.select_related("round__edition", "round__region"), round=round, code=code)
    attempt(
        request,
        _("Reminder sent."),
        reminders.remind_seat,
        seat=seat,
        confirmed="confirmed" in request.POST,
        actor=person(request),
        at=clock.now(),
    )
    return redirect(round_url("judging:progress_seat", round, code=seat.code))


@round_page(permissions.can_remind)
def remind_late(request: HttpRequest, round: Round) -> HttpResponse:
    """Whom a reminder to all late seats reaches and whom it leaves out; the secretariat confirms."""
    at = clock.now()
    listing = round_url("judging:progress", round)
    if request.method == "POST":
        confirmed = "confirmed" in request.POST
        act = {"round": round, "confirmed": confirmed, "actor": person(request), "at": at}
        if attempt(request, _("Reminders sent."), reminders.remind_late, **act):
            return redirect(listing)
    planned = reminders.sorted_out(reminders_of(round, at), at, confirmed=False)
    context = {
        "round": round,
        "planned": planned,
        "has_mail": reminders.mail_is_set_up(),
        "facts": [_planned(one) for one in planned.reminded],
        "left_out": [_planned(one) for one in planned.without_address],
        "repeated": [_planned(one) for one in planned.too_soon],
        "form": RepeatForm() if planned.too_soon else None,
        "cancel_url": listing,
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/progress/remind_late.html", context)


def _planned(one: Reminder) -> dict[str, Any]:
    count = len(one.missing)
    sheets = ngettext("%(number)s sheet", "%(number)s sheets", count) % {"number": count}
    return {
        "label": one.seat.name,
        "value": f"{one.progress.holder or '–'}: {sheets}",
    }


urlpatterns = [
    path("kemajuan/ingatkan/", remind_late, name="remind_late"),
    path("kemajuan/unsur/<slug:code>/", progress_seat, name="progress_seat"),
    path("kemajuan/unsur/<slug:code>/ingatkan/", remind, name="remind"),
]
