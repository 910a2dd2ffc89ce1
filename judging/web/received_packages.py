"""A package at the national round: brought, shown with what its verification found, its key accepted, taken."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from judging.core.package_problems import problem_of
from judging.core.verifier_handover import SIZE_LIMIT
from judging.models import ReceivedPackage, TrustedKey
from judging.permissions.handover import can_receive, can_see_provinces
from judging.selectors.received_packages import (
    key_standing,
    manifest_of,
    needs_second_person,
    package_bytes,
    taken_with,
    winners_in,
)
from judging.services.received_packages import receive_package, take_package
from judging.services.trusted_keys import trust_key, withdraw_key
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import grouped
from paritrana.kernel.sentences import explain, sentence

from .acting import attempt, forbid_unless, person, prove
from .downloads import HEADERS
from .provinces_wording import package_badge

WINNER_COLUMNS = [
    {"label": phrases.NOMINEE},
    {"label": phrases.CATEGORY},
    {"label": _("Title")},
    {"label": _("Score"), "align": "end"},
]


class BringForm(forms.Form):
    """One package; what it is, its verification says."""

    berkas = forms.FileField(
        label=_("Hand-over package"),
        help_text=_("The ZIP file as the province sent it, at most 32 MB."),
        widget=forms.FileInput(attrs={"accept": ".zip"}),
    )


class KeyForm(forms.Form):
    """What the province read, and how it was asked."""

    dibacakan = forms.CharField(
        label=_("Last four groups of the fingerprint, as the province reads them"),
        max_length=160,
        help_text=_("Call the province on a number that you know. Have it read them from its own page."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    catatan = forms.CharField(
        label=_("With whom and how"), max_length=200, help_text=_("Name, office, number called and time.")
    )
    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ChangedKeyForm(KeyForm):
    """The province is known under another key."""

    berganti = forms.BooleanField(label=_("The province says that it made a new key"))
    field_order = ("dibacakan", "catatan", "berganti", "password")


@require_POST
@round_page(can_receive)
def bring_package(request: HttpRequest, round: Round) -> HttpResponse:
    """Verify and keep a package, then show what was found."""
    form = BringForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(form.errors["berkas"][0]))
        return redirect(round_url("judging:provinces", round))
    file: UploadedFile = form.cleaned_data["berkas"]
    try:
        package = receive_package(
            round=round,
            content=bytes(file.read(SIZE_LIMIT + 1)),
            file_name=file.name or "usulan.zip",
            actor=person(request),
            at=clock.now(),
        )
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:provinces", round))
    return redirect(round_url("judging:received_package", round, package_id=package.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_provinces)
def received_package(request: HttpRequest, round: Round, package_id: int) -> HttpResponse:
    """What a package holds and whether its key is known; posting takes its winners."""
    package = _package(round, package_id)
    may_receive = can_receive(person(request), round)
    if request.method == "POST":
        forbid_unless(may_receive)
        told = {"actor": person(request), "at": clock.now()}
        attempt(request, _("The winners were taken over."), take_package, package=package, **told)
        return redirect(round_url("judging:received_package", round, package_id=package.pk))
    standing = key_standing(package)
    context = {
        "round": round,
        "package": package,
        "badge": package_badge(package),
        "facts": _facts(package, round),
        "problems": [_problem(*found) for found in package.problems],
        "standing": standing,
        "fingerprint": grouped(package.fingerprint),
        "may_take": bool(may_receive) and not package.problems and not package.accepted,
        "needs_second": standing.trusted is not None and needs_second_person(standing.trusted, person(request)),
        "columns": WINNER_COLUMNS,
        "rows": _winners(package) if not package.problems else [],
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/received_packages/package.html", context)


def _problem(code: str, where: str, told: str) -> dict[str, str]:
    """One thing that differs: its sentence, where it is, and the verifier's own words."""
    found = problem_of(code, where, told)
    return {"text": sentence(found.code, found.facts), "where": where, "told": told}


def _facts(package: ReceivedPackage, round: Round) -> list[dict[str, Any]]:
    """What the package says of itself; of a refused one it is only claimed."""
    told = manifest_of(package)
    facts: list[dict[str, Any]] = [
        {"label": _("File"), "value": package.file_name},
        {"label": "SHA-256", "value": grouped(package.sha256)},
        {
            "label": _("Brought"),
            "value": f"{wording.date_time(package.received_at, round.time_zone)}, {package.received_by}",
        },
    ]
    if package.taken_at:
        taken = f"{wording.date_time(package.taken_at, round.time_zone)}, {package.taken_by}"
        facts.append({"label": _("Taken over"), "value": taken})
    if told and not package.problems:
        head = told["audit_head"]
        facts += [
            {"label": _("Package"), "value": str(told["number"])},
            {"label": _("Made"), "value": _moment(str(told["made"]["at"]), round)},
            {"label": _("Number of the minutes"), "value": told["minutes"]["number"]},
            {"label": _("Head of the log"), "value": f"{head['number']}: {grouped(head['hash'])}"},
        ]
    return facts


def _moment(text: str, round: Round) -> str:
    """A moment as the package tells it, in the zone of this round; as it is written where it is none."""
    try:
        return wording.date_time(datetime.fromisoformat(text), round.time_zone)
    except ValueError:
        return text


def _winners(package: ReceivedPackage) -> list[list[dict[str, Any]]]:
    try:
        told = winners_in(package_bytes(package))
    except DomainError:
        return []
    names = {row["code"]: row["name"] for row in told["categories"]}
    return [
        [
            {"text": row["recipient"], "note": row["leader"]},
            {"text": names[row["category"]]},
            {"text": row["title"]},
            {"text": row["score"].replace(".", ",")},
        ]
        for row in told["winners"]
    ]


@require_safe
@round_page(can_see_provinces)
def received_file(request: HttpRequest, round: Round, package_id: int) -> HttpResponse:
    """Hand the package out as it came."""
    package = _package(round, package_id)
    try:
        content = package_bytes(package)
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:received_package", round, package_id=package.pk))
    response = HttpResponse(content, content_type="application/octet-stream", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="paket-{package.sha256[:16]}.zip"'
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_receive)
def accept_key(request: HttpRequest, round: Round, package_id: int) -> HttpResponse:
    """Ask what the province read, how it was asked and for the own password, then accept its key."""
    package = _package(round, package_id)
    standing, back = key_standing(package), round_url("judging:received_package", round, package_id=package.pk)
    form = (ChangedKeyForm if standing.is_changed else KeyForm)(request.POST or None)
    if request.method == "POST" and prove(request, form):
        told = form.cleaned_data
        act = {"spoken": told["dibacakan"], "note": told["catatan"], "replaces": told.get("berganti", False)}
        act["password"] = told["password"]
        who = {"actor": person(request), "at": clock.now()}
        if attempt(request, _("The key was accepted."), trust_key, package=package, **act, **who):
            return redirect(back)
    facts = [{"label": _("Province"), "value": str(package.region or "–")}]
    facts += [{"label": _("Key known so far"), "value": grouped(key.fingerprint)} for key in standing.others]
    context = {"round": round, "form": form, "facts": facts, "cancel_url": back, "is_changed": standing.is_changed}
    return render(request, "judging/received_packages/key.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_receive)
def forget_key(request: HttpRequest, round: Round, key_id: int) -> HttpResponse:
    """Ask, then withdraw a key."""
    key = get_object_or_404(TrustedKey.objects.select_related("region"), pk=key_id)
    back = round_url("judging:province", round, code=key.region.code)
    if request.method == "POST":
        told = {"actor": person(request), "at": clock.now()}
        attempt(request, _("The key was withdrawn."), withdraw_key, key=key, round=round, **told)
        return redirect(back)
    facts = [
        {"label": _("Province"), "value": str(key.region)},
        {"label": _("Fingerprint of the key"), "value": grouped(key.fingerprint)},
    ]
    taken = taken_with(key)
    if taken:
        names = ", ".join(f"{one.round.edition}: {one.file_name}" for one in taken)
        facts.append({"label": _("Packages taken with it"), "value": names})
    context = {"round": round, "facts": facts, "cancel_url": back}
    return render(request, "judging/received_packages/forget_key.html", context)


def _package(round: Round, package_id: int) -> ReceivedPackage:
    rows = ReceivedPackage.objects.select_related("region", "received_by", "taken_by")
    return get_object_or_404(rows, round=round, pk=package_id)


def _crumbs(round: Round) -> list[dict[str, Any]]:
    return [{"url": round_url("judging:provinces", round), "label": _("Hand-overs of the provinces")}]


urlpatterns = [
    path("penerimaan/bawa/", bring_package, name="bring_package"),
    path("penerimaan/paket/<int:package_id>/", received_package, name="received_package"),
    path("penerimaan/paket/<int:package_id>.zip", received_file, name="received_file"),
    path("penerimaan/paket/<int:package_id>/kunci/", accept_key, name="accept_key"),
    path("penerimaan/kunci/<int:key_id>/cabut/", forget_key, name="forget_key"),
]
