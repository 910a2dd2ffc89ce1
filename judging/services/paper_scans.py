"""Scans of paper sheets: attached as they came, never replaced; a wrong one is struck out with a reason and stays."""

import hashlib
from datetime import datetime

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging import audit_actions as actions
from judging.core.scan_file import ScanUnreadable, kind_of
from judging.core.sheet_code import SheetCode
from judging.models import PaperScan, TypedSheet
from judging.permissions import can_type_paper
from judging.selectors.paper_scans import scan_in
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .paper_discards import PaperNeverTyped
from .paper_entries import locked_for_typist, place_of, record_paper


class ScanNotTaken(DomainError):
    """The file is no scan that can be opened; facts ``why``, a code of ``core.scan_file``."""

    code = "scan_not_taken"


class ScanAttachedAlready(DomainError):
    """The same bytes are attached to the same paper, and were not struck out."""

    code = "scan_attached_already"


class ScanOfAnotherSheet(DomainError):
    """The same bytes are attached to another paper, so that they show another's marks; facts ``seat``, ``nominee``."""

    code = "scan_of_another_sheet"


class ScanStruckAlready(DomainError):
    """The scan was struck out before."""

    code = "scan_struck_already"


class ScanStruckReasonMissing(DomainError):
    """A scan is struck out with a reason."""

    code = "scan_struck_reason_missing"


def attach_scan(*, round: Round, code: SheetCode, content: bytes, actor: User, at: datetime) -> PaperScan:
    """Attach ``content`` to the paper that was typed in by ``code``; its bytes are stored as they are.

    The file is written before the transaction, and removed again if that fails. Raises ``NotPermitted``,
    ``MemberTypesNoPaper``, ``PaperSheetUnknown``, ``PaperNeverTyped``, :class:`ScanNotTaken`,
    :class:`ScanAttachedAlready`, :class:`ScanOfAnotherSheet`.
    """
    can_type_paper(actor, round).require()
    try:
        kind = kind_of(content)
    except ScanUnreadable as refusal:
        raise ScanNotTaken(why=refusal.code) from None
    digest = hashlib.sha256(content).hexdigest()
    folder = f"paper-scans/{round.edition.assessment_year}"
    name = default_storage.save(f"{folder}/{digest[:32]}.{kind}", ContentFile(content))
    try:
        scan = PaperScan(kind=kind, file=name, size=len(content), sha256=digest, added_by=actor, added_at=at)
        return _attached(round=round, code=code, scan=scan, actor=actor, at=at)
    except BaseException:
        default_storage.delete(name)
        raise


@atomic_service
def _attached(*, round: Round, code: SheetCode, scan: PaperScan, actor: User, at: datetime) -> PaperScan:
    round = locked_for_typist(round, actor)
    typed = place_of(round, code, at).typed
    if typed is None:
        raise PaperNeverTyped
    _refuse_known(scan, typed, round)
    scan.sheet = typed
    scan.save()
    facts = {"sha256": scan.sha256, "size": scan.size, "kind": scan.kind}
    record_paper(actions.SCAN_ADDED, typed, round, actor, at, **facts)
    return scan


def _refuse_known(scan: PaperScan, typed: TypedSheet, round: Round) -> None:
    """The same file on two papers holds several sheets: each would show the marks of the other."""
    same = PaperScan.objects.filter(sha256=scan.sha256, struck_at=None, sheet__nomination__round=round)
    known = same.filter(sheet__discarded_at=None).select_related("sheet__seat", "sheet__nomination__nominee").first()
    if known and known.sheet_id == typed.pk:
        raise ScanAttachedAlready
    if known:
        raise ScanOfAnotherSheet(seat=known.sheet.seat.name, nominee=str(known.sheet.nomination))


@atomic_service
def strike_scan(*, scan: PaperScan, reason: str, actor: User, at: datetime) -> PaperScan:
    """Strike a wrong scan out: it stays listed and stored. ``reason``: at most 300 characters, without marks.

    Raises ``NotPermitted``, ``MemberTypesNoPaper``, :class:`ScanStruckAlready`, :class:`ScanStruckReasonMissing`.
    """
    round = locked_for_typist(scan.sheet.nomination.round, actor)
    found = scan_in(round, scan.pk)
    assert found  # noqa: S101 - scans are never deleted
    if found.struck_at:
        raise ScanStruckAlready
    if not reason.strip():
        raise ScanStruckReasonMissing
    found.struck_by, found.struck_at, found.struck_reason = actor, at, reason.strip()[:300]
    found.save(update_fields=["struck_by", "struck_at", "struck_reason"])
    facts = {"sha256": found.sha256, "reason": found.struck_reason}
    record_paper(actions.SCAN_STRUCK, found.sheet, round, actor, at, **facts)
    return found
