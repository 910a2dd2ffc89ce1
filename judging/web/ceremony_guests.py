"""Who comes for an award, who took its certificate away, and the papers of the ceremony."""

from typing import Any, Final

from django import forms
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from judging.documents.announcer_script import render_announcer_script
from judging.documents.guest_list import render_guest_list, render_guest_workbook
from judging.models import Guest
from judging.permissions.ceremony import can_run_ceremony, can_see_winners_of_ceremony
from judging.selectors.ceremony import Called, called_in, ceremony_of, parts_of
from judging.selectors.papers.ceremony import ceremony_book
from judging.services import ceremony as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases
from paritrana.kernel.forms import page_form_helper

from .acting import attempt, person
from .downloads import HEADERS, XLSX

#: In the address where one lands: the award whose guest was saved.
SAVED: Final = "disimpan"


class GuestForm(forms.ModelForm[Guest]):
    """Who comes for one award; every award of the page has such a form of its own."""

    helper = page_form_helper(with_tag=False)

    class Meta:
        model = Guest
        fields = services.GUEST_FIELDS


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_winners_of_ceremony)
def guests(request: HttpRequest, round: Round) -> HttpResponse:
    """All awards with who comes for them; posting saves one."""
    may_run = can_run_ceremony(person(request), round)
    bound: dict[str, GuestForm] = {}
    if request.method == "POST":
        if not may_run:
            raise PermissionDenied(may_run.code)
        key = request.POST.get("gelar", "")[:40]
        form = GuestForm(request.POST, auto_id=f"{key}-%s")
        if form.is_valid():
            told, about = _("Saved."), {name: form.cleaned_data[name] for name in services.GUEST_FIELDS}
            page = round_url("judging:ceremony_guests", round)
            done = _attempt(request, told, services.save_guest, round, key, about=about)
            return redirect(f"{page}?{SAVED}={key}#{key}" if done else page)
        bound[key] = form
    rows = [
        {"called": one, "form": bound.get(one.winner.key) or _form(one) if may_run else None} for one in _called(round)
    ]
    context = {"round": round, "rows": rows, "labels": _labels(), "breadcrumbs": crumbs(round)}
    return render(request, "judging/ceremony/guests.html", context | _landing(request))


def _landing(request: HttpRequest) -> dict[str, Any]:
    """The row that was saved says so itself: the page opens there, far below its head."""
    told = list(get_messages(request)) if SAVED in request.GET else []
    return {"saved": request.GET[SAVED], "told": told[-1], "messages": []} if told else {}


def _form(one: Called) -> GuestForm:
    return GuestForm(instance=one.guest, auto_id=f"{one.winner.key}-%s")


def _labels() -> dict[str, Any]:
    return {name: Guest._meta.get_field(name).verbose_name for name in services.GUEST_FIELDS}  # type: ignore[union-attr]


def _called(round: Round) -> list[Called]:
    return called_in(round, parts_of(round, ceremony_of(round)))


def _attempt(request: HttpRequest, told: Any, act: Any, round: Round, key: str, **given: Any) -> bool:
    return attempt(request, told, act, round=round, award=key, actor=person(request), at=clock.now(), **given)


def crumbs(round: Round) -> list[dict[str, Any]]:
    """Return the way back to the ceremony."""
    return [{"url": round_url("judging:ceremony", round), "label": phrases.CEREMONY}]


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_winners_of_ceremony)
def taken(request: HttpRequest, round: Round) -> HttpResponse:
    """Certificates at the table, on a phone: who has taken which away; posting records one, or takes that back."""
    may_run = can_run_ceremony(person(request), round)
    if request.method == "POST":
        if not may_run:
            raise PermissionDenied(may_run.code)
        key = request.POST.get("gelar", "")[:40]
        if request.POST.get("langkah") == "batal":
            _attempt(
                request,
                _("Taken back: the certificate is still here."),
                services.take_back_certificate_taken,
                round,
                key,
            )
        else:
            by = request.POST.get("oleh", "")[:150]
            _attempt(request, _("Recorded."), services.record_certificate_taken, round, key, by=by)
        return redirect(f"{round_url('judging:certificates_taken', round)}#{key}")
    rows = _called(round)
    context = {
        "round": round,
        "rows": rows,
        "may_run": bool(may_run),
        "taken": sum(one.guest is not None and one.guest.collected_at is not None for one in rows),
        "total": len(rows),
        "breadcrumbs": crumbs(round),
    }
    return render(request, "judging/ceremony/taken.html", context)


@require_safe
@round_page(can_see_winners_of_ceremony)
def script(request: HttpRequest, round: Round) -> HttpResponse:
    """What the announcer says, as PDF."""
    return _file(
        render_announcer_script(ceremony_book(round, clock.now())), f"{_stem('naskah-pembawa-acara', round)}.pdf"
    )


@require_safe
@round_page(can_see_winners_of_ceremony)
def guest_list(request: HttpRequest, round: Round) -> HttpResponse:
    """Seats, and who signs for a certificate, as PDF."""
    return _file(render_guest_list(ceremony_book(round, clock.now())), f"{_stem('daftar-penerima', round)}.pdf")


@require_safe
@round_page(can_see_winners_of_ceremony)
def guest_workbook(request: HttpRequest, round: Round) -> HttpResponse:
    """The same as a workbook."""
    content = render_guest_workbook(ceremony_book(round, clock.now()))
    return _file(content, f"{_stem('daftar-penerima', round)}.xlsx", XLSX)


def _stem(what: str, round: Round) -> str:
    return f"{what}-{round.scope.replace('/', '-')}"


def _file(content: bytes, name: str, kind: str = "application/pdf") -> HttpResponse:
    response = HttpResponse(content, content_type=kind, headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


urlpatterns = [
    path("acara/tamu/", guests, name="ceremony_guests"),
    path("acara/piagam/", taken, name="certificates_taken"),
    path("acara/naskah.pdf", script, name="announcer_script"),
    path("acara/daftar.pdf", guest_list, name="guest_list"),
    path("acara/daftar.xlsx", guest_workbook, name="guest_workbook"),
]
