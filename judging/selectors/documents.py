"""Issued papers: which there are, and which are still to come."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import F, QuerySet
from django.utils.text import slugify

from judging.models import Document, DocumentKind, Invitation, Tabulation
from judging.selectors.awards import award_group_name, awards_in_force
from judging.selectors.standings import tabulation_in_force
from nominees.models import Round
from paritrana.kernel.errors import DomainError

#: The papers that every category and pool has, and what their titles begin with.
PART_PAPERS = {
    DocumentKind.RANKING_SHEET: "Lembar peringkat",
    DocumentKind.EXPLANATION_SHEETS: "Lembar penjelasan",
}

#: Kind, then the id of the award, category and pool that a paper is about.
Subject = tuple[str, int | None, int | None, int | None]


class DocumentDamaged(DomainError):
    """The stored file is not there, or is not what was issued; facts ``number``."""

    code = "document_damaged"


class PaperState(StrEnum):
    """Where a paper stands. ``OUTDATED``: the decision it rests on was replaced; it should be revoked."""

    READY = "ready"
    ISSUED = "issued"
    OUTDATED = "outdated"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that the decision calls for."""

    kind: DocumentKind
    title: str
    award_id: int | None = None
    category_id: int | None = None
    pool_id: int | None = None

    @property
    def subject(self) -> Subject:
        """What identifies the paper among those of its tabulation."""
        return (self.kind, self.award_id, self.category_id, self.pool_id)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the documents page."""

    kind: DocumentKind
    title: str
    state: PaperState
    document: Document | None = None


def papers_wanted(round: Round, tabulation: Tabulation) -> list[Wanted]:
    """Return every paper that the decision calls for, in the order of the documents page. Two queries."""
    certificates = [
        Wanted(DocumentKind.CERTIFICATE, f"{award.title}, {award_group_name(award)}: {award.nomination}", award.pk)
        for award in awards_in_force(round)
    ]
    parts = tabulation.parts.select_related("category", "pool").order_by(
        F("category__position").asc(nulls_last=True), "category__code", "pool__code"
    )
    sheets = [
        Wanted(kind, f"{words}: {part.category or part.pool}", category_id=part.category_id, pool_id=part.pool_id)
        for kind, words in PART_PAPERS.items()
        for part in parts
    ]
    minutes = Wanted(DocumentKind.MINUTES, "Berita acara pleno")
    return [*certificates, *sheets, minutes, Wanted(DocumentKind.RANKING_WORKBOOK, "Buku kerja peringkat")]


def documents_of(round: Round) -> QuerySet[Document]:
    """Return every paper ever issued in the round, by kind and serial. One query."""
    return Document.objects.filter(round=round).select_related("award", "tabulation").order_by("kind", "serial")


def state_of(document: Document) -> PaperState:
    """Return where an issued paper stands; reads its award and tabulation."""
    if document.revoked_at:
        return PaperState.REVOKED
    award = document.award
    outdated = document.tabulation.superseded_at or (award is not None and award.superseded_at)
    return PaperState.OUTDATED if outdated else PaperState.ISSUED


def in_force(documents: Iterable[Document]) -> dict[Subject, Document]:
    """Return the papers among ``documents`` that stand, by what they are about."""
    return {
        (one.kind, one.award_id, one.category_id, one.pool_id): one
        for one in documents
        if state_of(one) == PaperState.ISSUED
    }


def papers_of(round: Round) -> list[PaperRow]:
    """Return the lines of the documents page: issued, still to be issued, and revoked. Four queries."""
    documents = list(documents_of(round))
    tabulation = tabulation_in_force(round)
    standing = in_force(documents)
    wanted = papers_wanted(round, tabulation) if tabulation else []
    missing = [PaperRow(one.kind, one.title, PaperState.READY) for one in wanted if one.subject not in standing]
    issued = [PaperRow(DocumentKind(one.kind), one.title, state_of(one), one) for one in documents]
    return sorted([*issued, *missing], key=lambda row: list(DocumentKind).index(row.kind))


def certificates_in_force(round: Round) -> list[Document]:
    """Return the certificates that stand, by number. One query."""
    rows = documents_of(round).filter(kind=DocumentKind.CERTIFICATE)
    return [document for document in rows if state_of(document) == PaperState.ISSUED]


def stored_bytes(document: Document | Invitation) -> bytes:
    """Return the bytes that were issued, or raise :class:`DocumentDamaged`."""
    try:
        with document.file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        raise DocumentDamaged(number=document.number) from None
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise DocumentDamaged(number=document.number)
    return content


def file_name(document: Document) -> str:
    """Return a name under which the paper is saved: plain letters, digits and hyphens, whatever its title holds."""
    stem = slugify(f"{document.number} {document.title}")[:110].strip("-_") or f"dokumen-{document.pk}"
    return f"{stem}.{'xlsx' if document.kind == DocumentKind.RANKING_WORKBOOK else 'pdf'}"
