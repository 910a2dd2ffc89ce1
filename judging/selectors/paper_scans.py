"""Scans of paper sheets: that they are there, and for whom they may be opened. Only :func:`scan_bytes` reads one."""

import hashlib

from django.db.models import Count

from judging.models import PaperScan, TypedSheet
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError

from .paper_entries import PaperPlace, Progress, has_typed, progress_of, typed_sheets


class ScanDamaged(DomainError):
    """The stored file is missing or differs from what was attached; facts ``sha256``."""

    code = "scan_file_damaged"


def papers_at(place: PaperPlace) -> list[TypedSheet]:
    """Return every paper sheet typed in for the seat and the nominee of ``place``, discarded ones as well. Two queries.

    Each with the entries of ``typed_sheets``.
    """
    papers = typed_sheets(place.nomination.round).filter(seat=place.seat, nomination=place.nomination)
    found = list(papers)
    for paper in found:
        paper.nomination = place.nomination
    return found


def scans_of(papers: list[TypedSheet]) -> list[PaperScan]:
    """Return the scans of ``papers`` in the order in which they were attached, each with its paper. One query."""
    by_id = {paper.pk: paper for paper in papers}
    found = PaperScan.objects.filter(sheet__in=by_id).select_related("added_by", "struck_by")
    listed = list(found.order_by("added_at", "pk"))
    for scan in listed:
        scan.sheet = by_id[scan.sheet_id]
    return listed


def scan_in(round: Round, scan_id: int) -> PaperScan | None:
    """Return one scan of ``round`` with its paper and the entries of ``typed_sheets``. Three queries."""
    scan = PaperScan.objects.filter(pk=scan_id, sheet__nomination__round=round).first()
    if scan:
        scan.sheet = typed_sheets(round).get(pk=scan.sheet_id)
        scan.sheet.nomination.round = round
    return scan


def scan_counts(round: Round) -> dict[int, int]:
    """Return id of a paper sheet -> how many scans of it were not struck out. One query."""
    scans = PaperScan.objects.filter(sheet__nomination__round=round, struck_at=None).order_by()
    return dict(scans.values_list("sheet").annotate(Count("pk")))


def reads_its_marks(user: User, paper: TypedSheet) -> bool:
    """Whether ``user`` of the secretariat may see the marks on a paper of ``typed_sheets`` while it is open. No query.

    Both typists; once both have read it differently, whoever may be the third. ``user`` sits on no seat.
    """
    if paper.version_id or paper.discarded_at:
        return False
    return has_typed(paper, user) or progress_of(paper, user) is Progress.DIFFERENT


def scan_bytes(scan: PaperScan) -> bytes:
    """Return the bytes as they came, or raise :class:`ScanDamaged`."""
    try:
        with scan.file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        raise ScanDamaged(sha256=scan.sha256[:8]) from None
    if hashlib.sha256(content).hexdigest() != scan.sha256:
        raise ScanDamaged(sha256=scan.sha256[:8])
    return content
