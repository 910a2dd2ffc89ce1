"""Tim 9: its seats, who sits there, and who judges whom."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging import permissions
from judging.models import Recusal, RecusalState, Seat
from judging.selectors.panels import PanelSeat, panel_of, recusals_of, seat_held_by
from judging.services import panels, recusals
from judging.services.panels_own_sector import set_own_sector
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases
from paritrana.kernel.wording import local_day, long_date

from .acting import at_present, attempt, forbid_unless, person
from .panel_forms import OwnSectorForm, PersonForm, RecusalForm, SeatForm, SettleForm, SubstituteForm, VacantForm

RECUSAL_TONES = {RecusalState.DECLARED: "warning", RecusalState.CONFIRMED: "danger", RecusalState.DECLINED: "neutral"}


@round_page(permissions.can_see_setup)
def panel(request: HttpRequest, round: Round) -> HttpResponse:
    """The seats; the secretariat adds one, or all nine at once."""
    form = SeatForm(request.POST if "save" in request.POST else None)
    if request.method == "POST":
        forbid_unless(permissions.can_seat_panel(person(request), round))
        whom = {"round": round, "actor": person(request), "at": clock.now()}
        if "standard" in request.POST:
            attempt(request, _("The nine seats are there."), panels.add_seats, seats=_standard(round), **whom)
            return redirect(round_url("judging:panel", round))
        if form.is_valid() and attempt(request, _("Seat added."), panels.add_seat, **form.cleaned_data, **whom):
            return redirect(round_url("judging:panel", round))
    seats = panel_of(round, local_day(clock.now(), round.time_zone))
    context = {
        "round": round,
        "rows": [_row(seat, round) for seat in seats],
        "columns": [{"label": label} for label in (phrases.SEAT, _("Holder"), _("Since"), _("Earlier holders"))],
        "may_seat": bool(permissions.can_seat_panel(person(request), round)),
        "form": form,
    }
    return render(request, "judging/panel/panel.html", context)


def _standard(round: Round) -> Any:
    return panels.panel_document(round.level)["seats"]


def _row(line: PanelSeat, round: Round) -> list[dict[str, Any]]:
    seat, seating = line.seat, line.seating
    holder: dict[str, Any] = {"text": _("Vacant"), "note": seat.vacant_reason, "tone": "neutral"}
    if seating:
        holder = {"text": seating.name, "note": seating.position_title}
    elif not seat.vacant_reason:
        holder = {"text": _("Not filled"), "tone": "warning"}
    others = [one for one in line.history if one != seating]
    return [
        {"text": seat.name, "note": seat.get_office_display(), "url": _seat_url(seat, round)},
        holder,
        {
            "text": long_date(seating.starts_on) if seating else "–",
            "note": seating.reason if seating and seating.is_substitute else "",
        },
        {"text": "; ".join(f"{one.name} ({_span(one)})" for one in others) or "–"},
    ]


def _span(seating: Any) -> str:
    last = f"–{long_date(seating.ends_on)}" if seating.ends_on else ""
    return f"{long_date(seating.starts_on)}{last}"


def _seat_url(seat: Seat, round: Round) -> str:
    return round_url("judging:seat", round, code=seat.code)


@round_page(permissions.can_see_setup)
def seat(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """One seat with all its seatings; the secretariat seats, substitutes, declares vacant, names the own sector."""
    today = local_day(clock.now(), round.time_zone)
    line = next((one for one in panel_of(round, today) if one.seat.code == code), None)
    if line is None:
        raise Http404
    held = any(one.ends_on is None for one in line.history)
    person_form = SubstituteForm if held else PersonForm
    forms: dict[str, Form] = {
        "person": person_form(request.POST if "person" in request.POST else None, initial={"starts_on": today}),
        "vacant": VacantForm(request.POST if "vacant" in request.POST else None),
        "sector": OwnSectorForm(request.POST if "sector" in request.POST else None, seat=line.seat),
    }
    if request.method == "POST":
        forbid_unless(permissions.can_seat_panel(person(request), round))
        if _change_seat(request, line.seat, forms, held=held):
            return redirect(round_url("judging:panel", round))
    context = {
        "round": round,
        "line": line,
        "held": held,
        "forms": forms,
        "own_sector": line.seat.own_categories.all(),
        "may_seat": bool(permissions.can_seat_panel(person(request), round)),
        "breadcrumbs": [{"url": round_url("judging:panel", round), "label": _("Panel")}],
        "rows": [
            [
                {"text": one.name, "note": one.position_title},
                {"text": _span(one)},
                {"text": one.reason or "–"},
            ]
            for one in line.history
        ],
        "columns": [{"label": label} for label in (phrases.NAME, _("Days"), phrases.REASON)],
    }
    return render(request, "judging/panel/seat.html", context)


def _change_seat(request: HttpRequest, seat: Seat, forms: dict[str, Form], *, held: bool) -> bool:
    name = next((each for each in ("vacant", "sector") if each in request.POST), "person")
    form = forms[name]
    if not form.is_valid():
        return False
    acts: dict[str, Callable[..., object]] = {
        "vacant": panels.declare_vacant,
        "sector": set_own_sector,
        "person": panels.substitute if held else panels.seat_person,
    }
    return attempt(
        request,
        _("The panel is changed."),
        acts[name],
        seat=seat,
        actor=person(request),
        at=clock.now(),
        **form.cleaned_data,
    )


@round_page(permissions.can_see_setup)
def recusal_list(request: HttpRequest, round: Round) -> HttpResponse:
    """All recusals; a member declares for the own seat."""
    own = seat_held_by(person(request), round, local_day(clock.now(), round.time_zone))
    may_declare = own is not None and bool(permissions.can_declare_recusal(person(request), round))
    form = RecusalForm(request.POST or None, round=round)
    if request.method == "POST":
        forbid_unless(permissions.can_declare_recusal(person(request), round))
        if own is None:
            raise Http404
        if form.is_valid() and attempt(
            request,
            _("Declared. The seat no longer scores this nominee."),
            recusals.declare_recusal,
            seat=own,
            actor=person(request),
            at=clock.now(),
            **form.cleaned_data,
        ):
            return redirect(round_url("judging:recusals", round))
    may_settle = bool(permissions.can_settle_recusal(person(request), round, at=clock.now()))
    context = {
        "round": round,
        "own": own,
        "form": form if may_declare else None,
        "columns": [{"label": label} for label in (phrases.NOMINEE, phrases.SEAT, phrases.REASON, phrases.STATUS)],
        "rows": [_recusal_row(one, round, may_settle=may_settle) for one in recusals_of(round)],
        "breadcrumbs": [{"url": round_url("judging:panel", round), "label": _("Panel")}],
    }
    return render(request, "judging/panel/recusals.html", context)


def _recusal_row(recusal: Recusal, round: Round, *, may_settle: bool) -> list[dict[str, Any]]:
    state = RecusalState(recusal.state)
    settle = may_settle and state == RecusalState.DECLARED
    seat: dict[str, Any] = {"text": recusal.seat.name, "note": str(recusal.declared_by)}
    nominee: dict[str, Any] = {"text": str(recusal.nomination), "note": recusal.nomination.category.name}
    if settle:
        nominee["url"] = round_url("judging:recusal", round, recusal_id=recusal.pk)
    answer = {"text": state.label, "tone": RECUSAL_TONES[state], "note": recusal.settled_reason}
    return [nominee, seat, {"text": recusal.reason}, answer]


@round_page(at_present(permissions.can_settle_recusal))
def settle(request: HttpRequest, round: Round, recusal_id: int) -> HttpResponse:
    """The secretary's answer to one declaration."""
    recusal = get_object_or_404(recusals_of(round), pk=recusal_id)
    form = SettleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = {"recusal": recusal, "actor": person(request), "at": clock.now()}
        attempt(request, _("Settled."), recusals.settle_recusal, **done, **form.cleaned_data)
        return redirect(round_url("judging:recusals", round))
    listing = round_url("judging:recusals", round)
    context = {
        "round": round,
        "form": form,
        "cancel_url": listing,
        "breadcrumbs": [{"url": listing, "label": _("Recusals")}],
        "facts": [
            {"label": phrases.NOMINEE, "value": str(recusal.nomination)},
            {"label": phrases.SEAT, "value": recusal.seat.name},
            {"label": phrases.REASON, "value": recusal.reason},
        ],
    }
    return render(request, "judging/panel/settle.html", context)


urlpatterns = [
    path("panel/", panel, name="panel"),
    path("panel/unsur/<slug:code>/", seat, name="seat"),
    path("panel/benturan/", recusal_list, name="recusals"),
    path("panel/benturan/<int:recusal_id>/", settle, name="recusal"),
]
