"""The package of a province's winners for the national round: made, downloaded, said to be sent."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from judging.models import Handover
from judging.permissions.handover import can_make_handover, can_read_handover
from judging.selectors.handover import handover_bytes, handover_name, handovers_of, last_decided_at
from judging.services.handover import make_handover, refuse_unsendable, send_handover
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import grouped
from paritrana.kernel.sentences import explain

from .acting import attempt, person
from .downloads import HEADERS


class SentForm(forms.Form):
    """How the package left."""

    cara = forms.CharField(
        label=_("How it was sent"), max_length=150, help_text=_("For example by e-mail, by courier, on a USB stick.")
    )


def handover_panel(user: User, round: Round) -> dict[str, Any]:
    """What the forwarding page shows of packages: nothing to whom may not read them. Two queries for the list."""
    if not can_read_handover(user, round):
        return {"may_read_packages": False}
    may_make, decided = bool(can_make_handover(user, round)), last_decided_at(round.pk)
    return {
        "may_read_packages": True,
        "may_make_package": may_make,
        "packages": [_row(one, round, decided, may_make=may_make) for one in handovers_of(round)],
    }


def _row(one: Handover, round: Round, decided: datetime | None, *, may_make: bool) -> dict[str, Any]:
    is_outdated = decided is not None and decided > one.made_at
    sent = wording.date_time(one.sent_at, round.time_zone) if one.sent_at else ""
    return {
        "number": one.number,
        "made": wording.date_time(one.made_at, round.time_zone),
        "kilobytes": -(-one.size // 1024),
        "sha256": one.sha256,
        "fingerprint": grouped(one.fingerprint),
        "sent": f"{sent}, {one.sent_how}" if sent else "",
        "is_outdated": is_outdated,
        "may_send": may_make and not sent and not is_outdated,
    }


@require_POST
@round_page(can_make_handover)
def make_package(request: HttpRequest, round: Round) -> HttpResponse:
    """Make the next package."""
    attempt(
        request,
        _("The package was made and verified."),
        make_handover,
        round=round,
        actor=person(request),
        at=clock.now(),
    )
    return redirect(round_url("judging:forwarding", round))


@require_safe
@round_page(can_read_handover)
def package_file(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Hand the bytes out as they were made. Reading leaves no event."""
    found = _package(round, number)
    try:
        content = handover_bytes(found)
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:forwarding", round))
    response = HttpResponse(content, content_type="application/zip", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{handover_name(found)}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_make_handover)
def package_sent(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Ask how the package was sent, then record it; one that cannot be sent any more is told at once."""
    found, back = _package(round, number), round_url("judging:forwarding", round)
    try:
        refuse_unsendable(found)
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(back)
    form = SentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"how": form.cleaned_data["cara"], "actor": person(request), "at": clock.now()}
        attempt(request, _("Recorded as sent."), send_handover, handover=found, **told)
        return redirect(back)
    facts = [
        {"label": _("Package"), "value": str(found.number)},
        {"label": "SHA-256", "value": grouped(found.sha256)},
    ]
    context = {"round": round, "form": form, "facts": facts, "cancel_url": back}
    return render(request, "judging/forwarding/sent.html", context, status=422 if form.errors else 200)


def _package(round: Round, number: int) -> Handover:
    found = handovers_of(round).select_related("round__edition", "round__region").filter(number=number).first()
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("usulan/paket/", make_package, name="make_package"),
    path("usulan/paket/<int:number>.zip", package_file, name="package_file"),
    path("usulan/paket/<int:number>/terkirim/", package_sent, name="package_sent"),
]
