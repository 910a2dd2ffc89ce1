"""Scans of a paper sheet: that they are there, attaching one, opening one on the record, striking a wrong one out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from judging.core.scan_file import LARGEST, ScanUnreadable, kind_of
from judging.models import PaperScan, TypedSheet
from judging.permissions import can_open_scan, can_see_every_scan, can_see_scans, can_type_paper, scan_verdicts
from judging.selectors.paper_entries import PaperPlace
from judging.selectors.paper_scans import papers_at, scan_in, scans_of
from judging.services.paper_looks import open_scan
from judging.services.paper_scans import attach_scan, strike_scan
from nominees.models import Round
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases
from paritrana.kernel.errors import DomainError
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import Verdict

from .acting import attempt, forbid_unless, person
from .downloads import HEADERS
from .paper_entries import code_on, page_facts, paper_url, place_or_404

TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
SUFFIXES = {"jpeg": "jpg"}
#: What a scanner or a stranger wrote runs nowhere, even if a browser shows it after all.
SANDBOX = {"Content-Security-Policy": "sandbox; default-src 'none'"}
NO_MARKS = gettext_lazy("Write no marks here: the log shows it before scores may be seen.")


class ScanForm(forms.Form):
    """One file; what it is, its content says."""

    berkas = forms.FileField(
        label=gettext_lazy("Scan of this sheet alone"),
        help_text=gettext_lazy("PDF, JPEG or PNG of at most 10 MB, with all pages of this sheet and of no other."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
    helper = page_form_helper(with_tag=False)

    def clean_berkas(self) -> bytes:
        """The bytes of a file that is a scan; of a larger one no more is read than shows it."""
        file: UploadedFile = self.cleaned_data["berkas"]
        content = bytes(file.read(LARGEST + 1))
        try:
            kind_of(content)
        except ScanUnreadable as refusal:
            raise forms.ValidationError(sentence(refusal.code, {}), code=refusal.code) from None
        return content


class ReasonForm(forms.Form):
    """Why something of a paper shall not count."""

    alasan = forms.CharField(label=phrases.REASON, max_length=300, help_text=NO_MARKS)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_scans)
def paper_scans(request: HttpRequest, round: Round, seat: str, number: int, rubric: str) -> HttpResponse:
    """The scans of a paper, each with its hash; posting attaches one."""
    place, user = place_or_404(round, seat, number, rubric), person(request)
    papers = _papers_for(user, place)
    may_attach = bool(can_type_paper(user, round)) and place.typed is not None
    form = ScanForm(request.POST, request.FILES) if request.method == "POST" else ScanForm()
    if request.method == "POST":
        forbid_unless(can_type_paper(user, round))
        if form.is_valid():
            content, told = form.cleaned_data["berkas"], {"actor": user, "at": clock.now()}
            attempt(request, _("Attached."), attach_scan, round=round, code=place.code, content=content, **told)
            return redirect(paper_url("judging:paper_scans", round, place.code))
    context = page_facts(request, place, None) | {"form": form if may_attach else None, "actions": []}
    scans = scans_of(papers)
    verdicts = scan_verdicts(user, round, scans)
    context["rows"] = [_row(*each, may_strike=may_attach) for each in zip(scans, verdicts, strict=True)]
    return render(request, "judging/paper_entries/scans.html", context, status=422 if form.errors else 200)


def _papers_for(user: User, place: PaperPlace) -> list[TypedSheet]:
    """The papers whose scans ``user`` is told of: all, or those that the member filled in."""
    papers = papers_at(place)
    verdict = can_see_every_scan(user, place.nomination.round)
    if verdict:
        return papers
    own = [paper for paper in papers if paper.seating and paper.seating.user_id == user.pk]
    if not own and not place.is_written_by(user):
        raise PermissionDenied(verdict.code)
    return own


def _row(scan: PaperScan, verdict: Verdict, *, may_strike: bool) -> dict[str, Any]:
    return {
        "scan": scan,
        "kilobytes": -(-scan.size // 1024),
        "may_open": bool(verdict),
        "may_strike": may_strike and not scan.struck_at,
    }


@never_cache
@require_POST
@round_page(can_see_scans)
def open_paper_scan(request: HttpRequest, round: Round, scan_id: int) -> HttpResponseBase:
    """Hand the bytes out as they came. Posted, because each look leaves an event."""
    scan, user = _scan(round, scan_id), person(request)
    forbid_unless(can_open_scan(user, scan))
    try:
        content = open_scan(scan=scan, actor=user, at=clock.now())
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(paper_url("judging:paper_scans", round, code_on(round, scan.sheet)))
    response = HttpResponse(content, content_type=TYPES[scan.kind], headers=HEADERS | SANDBOX)
    paper, suffix = scan.sheet, SUFFIXES.get(scan.kind, scan.kind)
    name = f"pindaian-{paper.seat.code}-{paper.nomination.number}-{scan.sha256[:8]}.{suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_type_paper)
def strike_paper_scan(request: HttpRequest, round: Round, scan_id: int) -> HttpResponse:
    """Ask for the reason, then strike a wrong scan out."""
    scan = _scan(round, scan_id)
    back = paper_url("judging:paper_scans", round, code_on(round, scan.sheet))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = {"reason": form.cleaned_data["alasan"], "actor": person(request), "at": clock.now()}
        attempt(request, _("Struck out."), strike_scan, scan=scan, **told)
        return redirect(back)
    facts = [
        {"label": phrases.NOMINEE, "value": str(scan.sheet.nomination)},
        {"label": phrases.SEAT, "value": scan.sheet.seat.name},
        {"label": "SHA-256", "value": f"{scan.sha256[:16]}…"},
    ]
    context = {"round": round, "form": form, "facts": facts, "cancel_url": back}
    return render(request, "judging/paper_entries/strike.html", context, status=422 if form.errors else 200)


def _scan(round: Round, scan_id: int) -> PaperScan:
    scan = scan_in(round, scan_id)
    if scan is None:
        raise Http404
    return scan


urlpatterns = [
    path("lembar/kertas/<slug:seat>/<int:number>/<slug:rubric>/pindaian/", paper_scans, name="paper_scans"),
    path("lembar/pindaian/<int:scan_id>/", open_paper_scan, name="open_paper_scan"),
    path("lembar/pindaian/<int:scan_id>/coret/", strike_paper_scan, name="strike_paper_scan"),
]
