"""Rooms and video links of a schedule: what is held in them, when they are closed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging.models import Room, RoomClosure
from judging.permissions import can_schedule
from judging.services import schedule_rooms as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock

from .acting import attempt, person
from .schedule_forms import BOTH, ONLINE, ONSITE, RoomForm, modes_of
from .schedule_material import crumbs
from .schedule_material_forms import ModesForm, SpanForm


@round_page(can_schedule)
def rooms(request: HttpRequest, round: Round) -> HttpResponse:
    """Every room with its forms; ``langkah`` names what was posted."""
    forms: dict[str, Any] = {}
    if request.method == "POST":
        done, forms = _act(request, round)
        if done:
            return redirect(round_url("judging:schedule_rooms", round))
    rows = [
        {
            "room": room,
            "modes": forms.get(f"modes-{room.pk}") or ModesForm(prefix=f"modes-{room.pk}", initial=_modes(room)),
            "closing": forms.get(f"closing-{room.pk}") or SpanForm(prefix=f"closing-{room.pk}", round=round),
        }
        for room in Room.objects.filter(round=round).prefetch_related("closures")
    ]
    context = {
        "round": round,
        "rows": rows,
        "room_form": forms.get("new") or RoomForm(prefix="new"),
        "breadcrumbs": crumbs(round),
    }
    return render(request, "judging/schedule_material/rooms.html", context)


def _act(request: HttpRequest, round: Round) -> tuple[bool, dict[str, Any]]:
    """Do what was posted; whether there is nothing to mend, and the form that there is to mend by its prefix."""
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    step, number = request.POST.get("langkah", ""), request.POST.get("id", "")
    form: Any
    if step == "tambah":
        form = RoomForm(request.POST, prefix="new")
        if form.is_valid():
            attempt(request, _("Room added."), services.add_room, round=round, **form.room(), **whom)
        return form.is_valid(), {"new": form}
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    if step == "buka":
        closure = get_object_or_404(RoomClosure.objects.select_related("room"), room__round=round, pk=number)
        attempt(request, _("Room open again."), services.reopen_room, closure=closure, **whom)
        return True, {}
    room = get_object_or_404(Room, round=round, pk=number)
    prefix = f"modes-{room.pk}" if step == "mode" else f"closing-{room.pk}"
    if step == "mode":
        form = ModesForm(request.POST, prefix=prefix)
        if form.is_valid():
            told = modes_of(form.cleaned_data["modes"])
            attempt(request, _("Room saved."), services.change_room, room=room, **told, **whom)
    elif step == "tutup":
        form = SpanForm(request.POST, prefix=prefix, round=round)
        if form.is_valid():
            told = {**form.span(), "reason": form.cleaned_data["note"]}
            attempt(request, _("Closure saved."), services.close_room, room=room, **told, **whom)
    else:
        raise Http404
    return form.is_valid(), {prefix: form}


def _modes(room: Room) -> dict[str, str]:
    if room.is_onsite and room.is_online:
        return {"modes": BOTH}
    return {"modes": ONSITE if room.is_onsite else ONLINE}


urlpatterns = [path("jadwal/bahan/ruang/", rooms, name="schedule_rooms")]
