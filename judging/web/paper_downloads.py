"""Many papers at once: one PDF for the printer, one archive of files, and sheets of labels."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from judging.documents.labels import PER_SHEET, render_labels
from judging.documents.merging import MOST, merge
from judging.models import DocumentKind, PrintBatch
from judging.permissions import can_issue_documents, can_read_documents
from judging.permissions.documents import can_print_labels
from judging.selectors.documents import stored_bytes
from judging.selectors.paper_downloads import filed, standing_papers
from judging.selectors.papers.labels import labels_of_nominees, labels_of_winners
from judging.selectors.print_batches import batch_of
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .acting import person
from .downloads import HEADERS, zip_response

WINNERS: Final = "pemenang"
LABELS: Final = {WINNERS: labels_of_winners, "nomine": labels_of_nominees}
#: In the words of the file names.
WORDS: Final = {
    DocumentKind.CERTIFICATE: "piagam",
    DocumentKind.SPECIAL_CERTIFICATE: "piagam-khusus",
    DocumentKind.PARTICIPATION: "piagam-peserta",
    DocumentKind.PANEL_CERTIFICATE: "piagam-tim-penilai",
    DocumentKind.RANKING_SHEET: "lembar-peringkat",
    DocumentKind.EXPLANATION_SHEETS: "lembar-penjelasan",
    DocumentKind.MINUTES: "berita-acara",
    DocumentKind.DECREE: "keputusan",
    DocumentKind.AMENDMENT: "perubahan-berita-acara",
    DocumentKind.WINNER_LETTER: "surat-pemenang",
    DocumentKind.RANKING_WORKBOOK: "buku-kerja",
}


@require_safe
@round_page(can_read_documents)
def archive(request: HttpRequest, round: Round) -> HttpResponseBase:
    """Every paper that stands, of one kind (``?jenis=``) or batch (``?cetak=``), one file each."""
    return _archive(request, round, *_asked(request, round))


@require_safe
@round_page(can_read_documents)
def certificates(request: HttpRequest, round: Round) -> HttpResponseBase:
    """The winners' certificates that stand, under the address that they had first."""
    return _archive(request, round, [DocumentKind.CERTIFICATE], None)


def _archive(request: HttpRequest, round: Round, kind: list[str], batch: PrintBatch | None) -> HttpResponseBase:
    papers = filed(standing_papers(round, kind, batch))
    names = {id(one.paper): one.name for one in papers}
    stem = _stem(round, kind, batch)
    try:
        return zip_response([one.paper for one in papers], f"{stem}.zip", round.zone, named=lambda one: names[id(one)])
    except DomainError as error:
        return _refused(request, round, error)


@require_safe
@round_page(can_read_documents)
def for_printing(request: HttpRequest, round: Round) -> HttpResponseBase:
    """The same as one PDF, ``MOST`` papers at most; ``?berkas=2`` is the second one."""
    kind, batch = _asked(request, round)
    papers = [one for one in standing_papers(round, kind, batch) if one.kind != DocumentKind.RANKING_WORKBOOK]
    turn = _number(request, "berkas", 1)
    part = papers[(turn - 1) * MOST : turn * MOST] if turn >= 1 else []
    if not part:
        messages.info(request, _("There is nothing to print yet."))
        return redirect(round_url("judging:documents", round))
    stem = f"{_stem(round, kind, batch)}{f'-{turn}' if len(papers) > MOST else ''}"
    try:
        file = merge((stored_bytes(one) for one in part), stem)
    except DomainError as error:
        return _refused(request, round, error)
    return FileResponse(file, as_attachment=True, filename=f"{stem}.pdf", headers=HEADERS)


@require_safe
@round_page(can_print_labels)
def labels(request: HttpRequest, round: Round, whose: str) -> HttpResponse:
    """Sheets of labels for folders; ``?kosong=5`` leaves the first five places of the first sheet free."""
    if whose not in LABELS:
        raise Http404
    if whose == WINNERS and not (verdict := can_issue_documents(person(request), round)):
        raise PermissionDenied(verdict.code)
    free = _number(request, "kosong", 0)
    if not 0 <= free < PER_SHEET:
        raise Http404
    day = wording.local_day(clock.now(), round.time_zone)
    content = render_labels(LABELS[whose](round, day, free))
    response = HttpResponse(content, content_type="application/pdf", headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="label-{whose}-{round.scope.replace("/", "-")}.pdf"'
    return response


def _asked(request: HttpRequest, round: Round) -> tuple[list[str], PrintBatch | None]:
    kind = request.GET.get("jenis", "")
    if kind and kind not in DocumentKind.values:
        raise Http404
    number = _number(request, "cetak", 0)
    batch = batch_of(round, number) if number else None
    if number and batch is None:
        raise Http404
    return [kind] if kind else [], batch


def _number(request: HttpRequest, name: str, usual: int) -> int:
    text = request.GET.get(name, str(usual))
    if not (text.isascii() and text.isdecimal() and len(text) < 7):
        raise Http404
    return int(text)


def _stem(round: Round, kind: list[str], batch: PrintBatch | None) -> str:
    """How a file is called: ``piagam-2024-53``, ``dokumen-2024-53-cetak-2``."""
    word = WORDS[DocumentKind(kind[0])] if kind else "dokumen"
    part = f"-cetak-{batch.number}" if batch else ""
    return f"{word}-{round.scope.replace('/', '-')}{part}"


def _refused(request: HttpRequest, round: Round, error: DomainError) -> HttpResponse:
    messages.error(request, explain(error))
    return redirect(round_url("judging:documents", round))


urlpatterns = [
    path("dokumen/piagam.zip", certificates, name="certificates"),
    path("dokumen/unduhan.zip", archive, name="documents_archive"),
    path("dokumen/unduhan.pdf", for_printing, name="documents_print"),
    path("dokumen/label-<slug:whose>.pdf", labels, name="document_labels"),
]
