"""Verification of what provinces claim: how far it is, one nominee's claims beside its evidence, one verdict."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from judging.models import Claim, ClaimVerdict
from judging.permissions.national import can_see_claims, can_verify_claims
from judging.selectors.claims import (
    INDICATOR,
    Progress,
    claimed_counts,
    claims_of,
    counted,
    evidence_told,
    progress_of,
    unlisted,
)
from judging.selectors.tabulations import sha256_of
from judging.services import claims as services
from judging.services.claims import Finding
from nominees.models import Nomination, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording

from .acting import attempt, forbid_unless, person

COLUMNS = [
    {"label": phrases.NOMINEE},
    {"label": phrases.STATUS},
    {"label": _("Claims"), "align": "end"},
]
CLAIM_COLUMNS = [{"label": label} for label in (_("Claim"), _("As claimed"), _("Verdict"), _("As found"))]
EVIDENCE_COLUMNS = [{"label": _("Evidence")}, {"label": "SHA-256"}]
TONES = {
    ClaimVerdict.OPEN: ("warning", "hourglass"),
    ClaimVerdict.CONFIRMED: ("success", "circle-check"),
    ClaimVerdict.CORRECTED: ("info", "history"),
    ClaimVerdict.REFUTED: ("danger", "alert-circle"),
}
#: Where a version of the claim stands: when it was verified and what it claimed, as the page showed it.
SEEN = "dilihat"


class ClaimForm(forms.Form):
    """Something to be verified that did not come with the winner."""

    label = forms.CharField(label=_("Claim"), max_length=200)
    claimed = forms.CharField(label=_("As claimed"), max_length=300)


class FindingForm(forms.Form):
    """What the verification found; counts only where the claim is one."""

    verdict = forms.ChoiceField(
        label=_("Verdict"),
        choices=lambda: [one for one in ClaimVerdict.choices if one[0] != ClaimVerdict.OPEN],
        widget=forms.RadioSelect,
    )
    count = forms.IntegerField(label=_("Count as found"), min_value=0, required=False)
    base = forms.IntegerField(label=_("Out of, as found"), min_value=1, required=False)
    found = forms.CharField(label=_("As found"), max_length=300, required=False)
    basis = forms.CharField(
        label=_("On what basis"), max_length=300, help_text=_("Which paper, whose word, which count.")
    )

    def __init__(self, *args: Any, counts: bool, **told: Any) -> None:
        super().__init__(*args, **told)
        for name in ("found",) if counts else ("count", "base"):
            del self.fields[name]


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_claims)
def claims(request: HttpRequest, round: Round) -> HttpResponse:
    """How far the verification is; posting draws the claims of winners that came since."""
    may_verify = can_verify_claims(person(request), round)
    if request.method == "POST":
        forbid_unless(may_verify)
        whom = {"round": round, "actor": person(request), "at": clock.now()}
        attempt(request, _("The claims of all winners are listed."), services.draw_claims, **whom)
        return redirect(round_url("judging:claims", round))
    found, waiting = progress_of(round), unlisted(round)
    context = {
        "round": round,
        "may_verify": bool(may_verify),
        "waiting": [str(one) for one in waiting],
        "open": sum(one.open for one in found),
        "total": sum(one.total for one in found),
        "columns": COLUMNS,
        "rows": [_row(one, round, is_listed=one.nomination not in waiting) for one in found],
        "empty": {"title": _("No nominee yet"), "text": ""},
    }
    return render(request, "judging/claims/claims.html", context)


def _row(one: Progress, round: Round, *, is_listed: bool) -> list[dict[str, Any]]:
    badge: dict[str, Any] = {"text": _("Verified"), "tone": "success", "icon": "circle-check"}
    if not is_listed:
        badge = {"text": _("Not listed yet"), "tone": "warning", "icon": "alert-triangle"}
    elif one.open:
        badge = {"text": _("%(count)s to check") % {"count": one.open}, "tone": "warning", "icon": "hourglass"}
    elif not one.total:
        badge = {"text": _("No claim"), "tone": "neutral", "icon": "circle-dashed"}
    url = round_url("judging:claims_of", round, number=one.nomination.number)
    name = {"text": str(one.nomination), "url": url, "note": one.nomination.category.name}
    return [name, badge, {"text": str(one.total)}]


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_claims)
def nominee_claims(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """The claims of one nominee beside the evidence its province lists; posting adds a claim."""
    nomination = _nomination(round, number)
    may_verify = can_verify_claims(person(request), round)
    form = ClaimForm(request.POST or None)
    if request.method == "POST":
        forbid_unless(may_verify)
        whom = {"nomination": nomination, "actor": person(request), "at": clock.now()}
        if form.is_valid() and attempt(
            request, _("The claim was added."), services.add_claim, **form.cleaned_data, **whom
        ):
            return redirect(round_url("judging:claims_of", round, number=number))
    context = {
        "round": round,
        "nomination": nomination,
        "form": form if may_verify else None,
        "columns": CLAIM_COLUMNS,
        "rows": [_claim(one, round, number, bool(may_verify)) for one in claims_of(nomination)],
        "empty": {"title": _("No claim"), "text": ""},
        "evidence_columns": EVIDENCE_COLUMNS,
        "evidence": [[{"text": one["title"]}, {"text": f"{one['sha256'][:16]}…"}] for one in evidence_told(nomination)],
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/claims/nominee.html", context, status=422 if form.errors else 200)


def _claim(claim: Claim, round: Round, number: int, may_verify: bool) -> list[dict[str, Any]]:
    verdict = ClaimVerdict(claim.verdict)
    tone, icon = TONES[verdict]
    name: dict[str, Any] = {"text": claim.label}
    if may_verify:
        name["url"] = round_url("judging:claim", round, number=number, claim_number=claim.number)
    badge: dict[str, Any] = {"text": verdict.label, "tone": tone, "icon": icon}
    if claim.checked_at:
        badge["note"] = f"{wording.date_time(claim.checked_at, round.time_zone)}, {claim.checked_by}"
    return [name, {"text": claim.claimed}, badge, {"text": claim.found or "–", "note": claim.basis}]


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_verify_claims)
def claim(request: HttpRequest, round: Round, number: int, claim_number: int) -> HttpResponse:
    """Write down what was found; what becomes of the counts is shown before and after."""
    nomination = _nomination(round, number)
    found = get_object_or_404(Claim.objects.select_related("nomination"), nomination=nomination, number=claim_number)
    counts = claimed_counts(found)
    initial = {"count": counts.count, "base": counts.base} if counts else {}
    form = FindingForm(request.POST or None, counts=counts is not None, initial=initial)
    if request.method == "POST" and form.is_valid():
        whom = {"actor": person(request), "at": clock.now(), **_as_seen(found, request.POST.get(SEEN, ""))}
        finding = Finding(**form.cleaned_data)
        if attempt(
            request, _("The verdict was written down."), services.verify_claim, claim=found, finding=finding, **whom
        ):
            return redirect(round_url("judging:claims_of", round, number=number))
    context = {
        "round": round,
        "form": form,
        "facts": _facts(found),
        "seen": _seen(found),
        "title": found.label,
        "subtitle": str(nomination),
        "is_counts": counts is not None,
        "breadcrumbs": [
            *_crumbs(round),
            {"url": round_url("judging:claims_of", round, number=number), "label": str(nomination)},
        ],
    }
    return render(request, "judging/claims/claim.html", context, status=422 if form.errors else 200)


def _facts(claim: Claim) -> list[dict[str, Any]]:
    """What is claimed, what counts now, and the verdict so far."""
    criterion = claim.source.removeprefix(INDICATOR)
    now = claim.nomination.indicators.filter(criterion=criterion).first()
    facts: list[dict[str, Any]] = [{"label": _("As claimed"), "value": claim.claimed}]
    if claim.source.startswith(INDICATOR):
        text = counted(now.count, now.base) if now else str(_("No counts yet"))
        facts.append({"label": _("Counts of the nomination at present"), "value": text})
    if claim.checked_at:
        told = f"{ClaimVerdict(claim.verdict).label}. {claim.found} {claim.basis}"
        facts.append({"label": _("Verdict so far"), "value": told})
    return facts


def _seen(claim: Claim) -> str:
    checked = claim.checked_at.isoformat() if claim.checked_at else "-"
    return f"{checked} {sha256_of(f'{claim.source} {claim.claimed}')[:16]}"


def _as_seen(claim: Claim, seen: str) -> dict[str, Any]:
    """What the service compares with the claim as it is by then; what the page had seen otherwise never equals it."""
    (was_checked, _, had), (is_checked, _, has) = seen.partition(" "), _seen(claim).partition(" ")
    return {
        "expected": claim.checked_at if was_checked == is_checked else clock.now(),
        "claimed": claim.claimed if had == has else "",
    }


def _nomination(round: Round, number: int) -> Nomination:
    rows = Nomination.objects.select_related("nominee__region", "category", "forwarded_from", "round__edition")
    return get_object_or_404(rows, round=round, number=number)


def _crumbs(round: Round) -> list[dict[str, Any]]:
    return [{"url": round_url("judging:claims", round), "label": _("Verification")}]


urlpatterns = [
    path("verifikasi/", claims, name="claims"),
    path("verifikasi/<int:number>/", nominee_claims, name="claims_of"),
    path("verifikasi/<int:number>/<int:claim_number>/", claim, name="claim"),
]
