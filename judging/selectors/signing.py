"""Signed forms of papers: which papers can be signed, which are, and what became of earlier forms."""

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from judging.models import Document, DocumentKind, SignedFile, SigningCertificate
from judging.selectors.documents import DocumentDamaged, PaperState, documents_of, state_of
from nominees.models import Round

#: Papers that are no PDF.
UNSIGNABLE = (DocumentKind.RANKING_WORKBOOK,)


@dataclass(frozen=True, slots=True)
class SigningRow:
    """A paper that stands, with its signed form in force."""

    document: Document
    signed: SignedFile | None


@dataclass(frozen=True, slots=True)
class Report:
    """What was found when a signed file was registered. ``rewritten``: its bytes do not begin with those issued.

    ``standing`` and ``problem`` are of the last signature: ``certified``, ``uncertified`` or ``unknown``.
    """

    rewritten: bool
    standing: str
    problem: str
    stamped_at: str
    signatures: list[dict[str, Any]]


def can_be_signed(document: Document) -> bool:
    """Whether the paper is a PDF and stands; reads its award and tabulation."""
    return document.kind not in UNSIGNABLE and state_of(document) == PaperState.ISSUED


def signing_rows(round: Round) -> list[SigningRow]:
    """Return the papers that can be signed, by kind and number, each with its signed form. Two queries."""
    signed = {one.document_id: one for one in signed_forms(round)}
    kinds = list(DocumentKind)
    papers = [document for document in documents_of(round) if can_be_signed(document)]
    papers.sort(key=lambda one: (kinds.index(DocumentKind(one.kind)), one.serial))
    return [SigningRow(one, signed.get(one.pk)) for one in papers]


def signed_forms(round: Round) -> QuerySet[SignedFile]:
    """Return the signed forms in force in the round. One query."""
    forms = SignedFile.objects.filter(document__round=round, superseded_at=None)
    return forms.select_related("document").order_by("document__kind", "document__serial")


def unsigned_papers(round: Round, kinds: Collection[str] = ()) -> list[Document]:
    """Return the papers without a signed form, of ``kinds`` or of every kind, as files to be signed. Two queries."""
    return [row.document for row in signing_rows(round) if not row.signed and (not kinds or row.document.kind in kinds)]


def history_of(document: Document) -> QuerySet[SignedFile]:
    """Return every signed form that the paper ever had, newest first. One query."""
    forms = SignedFile.objects.filter(document=document).select_related(
        "document", "certificate", "registered_by", "superseded_by"
    )
    return forms.order_by("-registered_at", "-pk")


def signed_form(round: Round, signed_id: int) -> SignedFile | None:
    """Return one signed form of the round, or ``None``. One query."""
    return SignedFile.objects.filter(document__round=round, pk=signed_id).select_related("document").first()


def certificates_of(round: Round) -> QuerySet[SigningCertificate]:
    """Return the certificate files of the round, newest first, without their content. One query."""
    return SigningCertificate.objects.filter(round=round).defer("content").select_related("added_by")


def usable_certificates(round: Round) -> QuerySet[SigningCertificate]:
    """Return those that were not withdrawn. One query."""
    return certificates_of(round).filter(withdrawn_at=None)


def report_of(signed: SignedFile) -> Report:
    """Return what the validation found. No query."""
    found = json.loads(signed.report)
    last = found["signatures"][-1]
    return Report(
        rewritten=found["kind"] == "rewritten",
        standing=last["standing"],
        problem=last["problem"],
        stamped_at=last["stamped_at"] or "",
        signatures=found["signatures"],
    )


def signed_bytes(signed: SignedFile) -> bytes:
    """Return the bytes that were registered, or raise ``DocumentDamaged``."""
    try:
        with signed.file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        raise DocumentDamaged(number=signed.document.number) from None
    if hashlib.sha256(content).hexdigest() != signed.sha256:
        raise DocumentDamaged(number=signed.document.number)
    return content


def paper_with_bytes(round: Round, digests: Iterable[str]) -> Document | None:
    """Return the paper whose issued bytes have one of these SHA-256, or ``None``. One query."""
    return documents_of(round).filter(sha256__in=list(digests)).first()
