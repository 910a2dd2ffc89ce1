"""Why is an interview not somewhere else? What stands against it, what it would cost, where it could be instead."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from judging.core.scheduling.problem import Severity
from judging.messages.schedule_material import LEVELS
from judging.models import Interview, Room
from judging.permissions import can_schedule
from judging.selectors.schedule import NamedViolation
from judging.selectors.schedule_material import met_nominations, sessions_of
from judging.selectors.schedule_why import Elsewhere, WhyNot, why_not
from nominees.models import Nomination, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording
from paritrana.kernel.sentences import sentence

from .schedule_material import crumbs
from .schedule_material_forms import day_choices, minutes_of, time_field

TONES = {Severity.FORBIDDEN: "danger", Severity.CONFIRM: "warning", Severity.WARNING: "warning"}
#: What keeps an interview where it is, so that nothing was looked for.
STAYING = frozenset({"interview_is_over", "interview_is_locked"})


class PlaceForm(forms.Form):
    """Somewhere that an interview might be; the names are those of the address."""

    hari = forms.TypedChoiceField(label=gettext_lazy("Day"), coerce=date.fromisoformat, empty_value=None)
    mulai = time_field(gettext_lazy("From"))
    ruang = forms.ModelChoiceField(label=gettext_lazy("Room"), queryset=Room.objects.none(), empty_label=None)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["hari"]
        day.choices = day_choices(round)
        room: Any = self.fields["ruang"]
        room.queryset = Room.objects.filter(round=round)
        self.fields["mulai"].help_text = wording.zone_label(round.time_zone)


@require_safe
@round_page(can_schedule)
def why(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Ask about a day, a time and a room, else about where it is; who asks for JSON gets the same as data."""
    nomination = get_object_or_404(met_nominations(round), number=number)
    present = _present(nomination, round)
    asked = {name: request.GET[name] for name in PlaceForm.base_fields if name in request.GET}
    form = PlaceForm(asked or present or _first(round), round=round)
    told: dict[str, Any] | None = None
    if form.is_valid():
        place = form.cleaned_data
        start = minutes_of(place["mulai"])
        told = _told(why_not(round, nomination, place["ruang"], place["hari"], start, at=clock.now()), round)
        told["is_present"] = present is not None and {name: form[name].value() for name in present} == present
    if request.accepts("application/json") and not request.accepts("text/html"):
        return JsonResponse(told or {"errors": form.errors}, status=200 if told else 422)
    context = {
        "round": round,
        "nomination": nomination,
        "form": form if told or asked else PlaceForm(round=round),
        "answer": told,
        "breadcrumbs": crumbs(round, with_material=False),
    }
    return render(request, "judging/schedule_why/why.html", context)


def _present(nomination: Nomination, round: Round) -> dict[str, str] | None:
    """Where it is now, as the address has it."""
    found = Interview.objects.filter(nomination=nomination).first()
    if found is None:
        return None
    starts = found.starts_at.astimezone(round.zone)
    return {"hari": starts.date().isoformat(), "mulai": starts.strftime("%H:%M"), "ruang": str(found.room_id)}


def _first(round: Round) -> dict[str, str]:
    """The first session and room: from there on the nearest places are those that come first."""
    session, room = sessions_of(round).first(), Room.objects.filter(round=round).first()
    if session is None or room is None:
        return {}
    start = wording.minute_text(session.start).replace(".", ":")
    return {"hari": session.day.isoformat(), "mulai": start, "ruang": str(room.pk)}


def _told(found: WhyNot, round: Round) -> dict[str, Any]:
    """Return the answer as data: sentences, names, and what a form posts to put the interview there."""
    name = "judging:place_interview" if found.version is None else "judging:move_interview"
    return {
        "allowed": found.is_allowed,
        **_where(found, round),
        "stays": any(one.code in STAYING for one in found.violations),
        "seats": list(found.seat_names),
        "violations": [violation_told(one) for one in found.violations],
        "cost": found.cost,
        "wishes": [
            {"wish": one.wish, "text": sentence(f"wish_{one.wish}", {"count": signed(one.count)}), "cost": one.cost}
            for one in found.changes
        ],
        "action": round_url(name, round, number=found.nomination.number),
        "fields": _fields(found.room, found.starts_at, found.ends_at, found.seats, found.version, round),
        "elsewhere": [_elsewhere(one, found, round) for one in found.elsewhere],
    }


def _where(one: WhyNot | Elsewhere, round: Round) -> dict[str, str]:
    """Return day, time and room in words, and all of it as ``place``."""
    day = wording.long_day_date(wording.local_day(one.starts_at, round.time_zone))
    time = wording.time_range(one.starts_at, one.ends_at, round.time_zone)
    return {"day": day, "time": time, "room": one.room.name, "place": f"{day}, {time}, {one.room.name}"}


def violation_told(one: NamedViolation) -> dict[str, Any]:
    """Return what is broken in words, with what that means here and the tone of it."""
    return {
        "code": one.code,
        "level": one.severity.value,
        "level_text": str(LEVELS[one.severity]),
        "tone": TONES[one.severity],
        "text": sentence(one.code, one.facts),
    }


def signed(number: int) -> str:
    """Return a difference with its sign."""
    return f"{number:+d}".replace("-", "\N{MINUS SIGN}")


def _elsewhere(one: Elsewhere, found: WhyNot, round: Round) -> dict[str, Any]:
    facts = {"come": ", ".join(one.come), "gone": ", ".join(one.gone)}
    changes = []
    if one.come:
        changes.append(_("Would sit there too: %(come)s.") % facts)
    if one.gone:
        changes.append(_("Would not sit there: %(gone)s.") % facts)
    return {
        **_where(one, round),
        "panel": changes,
        "violations": [violation_told(broken) for broken in one.violations],
        "fields": _fields(one.room, one.starts_at, one.ends_at, one.seats, found.version, round),
    }


def _fields(
    room: Room, starts_at: datetime, ends_at: datetime, seats: tuple[int, ...], version: int | None, round: Round
) -> list[tuple[str, str]]:
    """Return what the form of placing or moving takes."""
    starts, ends = starts_at.astimezone(round.zone), ends_at.astimezone(round.zone)
    fields = [
        ("room", str(room.pk)),
        ("day", starts.date().isoformat()),
        ("starts", starts.strftime("%H:%M")),
        ("ends", ends.strftime("%H:%M")),
        *(("seats", str(seat)) for seat in seats),
    ]
    return fields if version is None else [*fields, ("version", str(version))]


urlpatterns = [path("jadwal/<int:number>/mengapa/", why, name="why_not")]
