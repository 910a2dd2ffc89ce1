"""When members are away: the secretariat's page of everybody, and each member's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging.models import SeatAbsence, Seating
from judging.permissions import can_schedule, can_tell_availability
from judging.selectors.panels import seating_of
from judging.selectors.schedule_material import absences_of, interview_dates, sessions_of, usual_sessions
from judging.services import schedule_absences as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording

from .acting import attempt, person
from .schedule_material import crumbs
from .schedule_material_forms import SpanForm
from .schedule_member_forms import AbsenceForm


@dataclass(frozen=True, slots=True)
class Tap:
    """A session of a member's day: the member is there, away by a tap, or away for a time that is listed."""

    start: int
    end: int
    state: str


@round_page(can_schedule)
def members(request: HttpRequest, round: Round) -> HttpResponse:
    """Who is away when and who said so; the secretariat enters and removes it for everybody."""
    is_removal = request.POST.get("langkah") == "hapus"
    form = AbsenceForm(request.POST if request.method == "POST" and not is_removal else None, round=round)
    here = redirect(round_url("judging:schedule_members", round))
    if is_removal:
        _remove(request, absences_of(round))
        return here
    if form.is_valid():
        _enter(request, form.cleaned_data["seating"], form)
        return here
    context = {"round": round, "absences": absences_of(round), "form": form, "breadcrumbs": crumbs(round)}
    return render(request, "judging/schedule_material/members.html", context)


@round_page(can_tell_availability)
def availability(request: HttpRequest, round: Round) -> HttpResponse:
    """The member's own days: tap a session to be away, tap again to be there; and free spans."""
    at = clock.now()
    seating = _own_seating(request, round, wording.local_day(at, round.time_zone))
    own = absences_of(round).filter(seating=seating)
    step = request.POST.get("langkah", "")
    form = SpanForm(request.POST if step == "rentang" else None, round=round)
    if request.method == "POST":
        if seating is None or step not in ("rentang", "sesi", "hapus"):
            raise Http404
        if step == "hapus":
            _remove(request, own)
        elif step == "sesi":
            _tap(request, seating)
        elif form.is_valid():
            _enter(request, seating, form)
        if step != "rentang" or form.is_valid():
            return redirect(round_url("judging:availability", round))
    absences = list(own)
    context = {
        "round": round,
        "seating": seating,
        "days": [_day(day, sessions, absences) for day, sessions in _sessions(round).items()],
        "absences": absences,
        "form": form,
    }
    return render(request, "judging/schedule_material/availability.html", context)


def _own_seating(request: HttpRequest, round: Round, today: date) -> Seating | None:
    """The seating of today, or one that begins later: who will sit there tells it in time."""
    user = person(request)
    later = Seating.objects.filter(round=round, user=user, starts_on__gt=today).select_related("seat")
    return seating_of(user, round, today) or later.first()


def _sessions(round: Round) -> dict[date, list[tuple[int, int]]]:
    """The sessions of the days; as long as none is set, the usual ones."""
    found: dict[date, list[tuple[int, int]]] = {}
    for row in sessions_of(round):
        found.setdefault(row.day, []).append((row.start, row.end))
    return found or {day: list(spans) for day in interview_dates(round) if (spans := usual_sessions(day))}


def _day(day: date, sessions: Sequence[tuple[int, int]], absences: Sequence[SeatAbsence]) -> dict[str, Any]:
    """A day with a tap for each session."""
    today = [one for one in absences if one.day == day]
    taps = []
    for start, end in sessions:
        exact = any((one.start, one.end) == (start, end) for one in today)
        partly = any(one.start < end and start < one.end for one in today)
        state = "away" if exact else "partly" if partly else "there"
        taps.append(Tap(start, end, state))
    return {"day": day, "taps": taps}


def _tap(request: HttpRequest, seating: Seating) -> None:
    """Turn a session of the own day: away, or there again."""
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
        start, end = int(request.POST.get("start", "")[:4]), int(request.POST.get("end", "")[:4])
    except ValueError:
        raise Http404 from None
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    absence = SeatAbsence.objects.filter(seating=seating, day=day, start=start, end=end).first()
    if absence:
        absence.seating = seating
        attempt(request, _("You can come then."), services.remove_absence, absence=absence, **whom)
    else:
        told: dict[str, Any] = {"seating": seating, "day": day, "start": start, "end": end, **whom}
        attempt(request, _("You are away then."), services.enter_absence, **told)


def _enter(request: HttpRequest, seating: Seating, form: SpanForm) -> None:
    told: dict[str, Any] = {"seating": seating, **form.span(), "note": form.cleaned_data["note"]}
    attempt(request, _("Absence saved."), services.enter_absence, actor=person(request), at=clock.now(), **told)


def _remove(request: HttpRequest, among: Any) -> None:
    """Remove an absence that the page lists; any other is not there."""
    number = request.POST.get("id", "")
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    absence = get_object_or_404(among, pk=number)
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    attempt(request, _("Absence removed."), services.remove_absence, absence=absence, **whom)


urlpatterns = [
    path("jadwal/bahan/anggota/", members, name="schedule_members"),
    path("ketersediaan/", availability, name="availability"),
]
