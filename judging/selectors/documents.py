"""Issued papers: which there are, and which are still to come."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.db.models import Prefetch, QuerySet
from django.utils.text import slugify

from judging.models import Document, DocumentKind, Invitation, SignedFile
from judging.selectors.paper_subjects import Subject, Wanted, papers_wanted, subject_of
from judging.selectors.standings import tabulation_in_force
from nominees.models import Round
from paritrana.kernel.errors import DomainError

__all__ = ["Subject", "Wanted", "papers_wanted"]  # what a paper is about, beside the papers

#: Papers that no decision calls for, and that none makes outdated.
UNDECIDED: Final = frozenset({DocumentKind.PARTICIPATION, DocumentKind.PANEL_CERTIFICATE})
#: In which kinds are listed: what the result is told by, what explains it, what goes to people.
ORDER: Final = (
    DocumentKind.MINUTES,
    DocumentKind.AMENDMENT,
    DocumentKind.DECREE,
    DocumentKind.CERTIFICATE,
    DocumentKind.SPECIAL_CERTIFICATE,
    DocumentKind.WINNER_LETTER,
    DocumentKind.RANKING_SHEET,
    DocumentKind.EXPLANATION_SHEETS,
    DocumentKind.RANKING_WORKBOOK,
    DocumentKind.PARTICIPATION,
    DocumentKind.PANEL_CERTIFICATE,
)


class DocumentDamaged(DomainError):
    """The stored file is not there, or is not what was issued; facts ``number``."""

    code = "document_damaged"


class PaperState(StrEnum):
    """Where a paper stands.

    ``INCOMPLETE``: something is to be given before it can be issued. ``OUTDATED``: the decision it rests on was
    replaced; it should be revoked.
    """

    INCOMPLETE = "incomplete"
    READY = "ready"
    ISSUED = "issued"
    OUTDATED = "outdated"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the documents page."""

    kind: DocumentKind
    title: str
    state: PaperState
    subject: Subject
    document: Document | None = None


def documents_of(round: Round) -> QuerySet[Document]:
    """Return every paper ever issued in the round, by kind and serial. One query."""
    found = Document.objects.filter(round=round).select_related("award", "special_award", "tabulation")
    return found.order_by("kind", "serial")


def state_of(document: Document) -> PaperState:
    """Return where an issued paper stands; reads its award, special award and tabulation."""
    if document.revoked_at:
        return PaperState.REVOKED
    return PaperState.OUTDATED if _is_outdated(document) else PaperState.ISSUED


def _is_outdated(document: Document) -> bool:
    """Whether the decision was replaced that the paper rests on; who took part and who sat does not rest on any."""
    if document.kind in UNDECIDED:
        return False
    honour = document.award or document.special_award
    return bool(document.tabulation.superseded_at or (honour is not None and honour.superseded_at))


def in_force(documents: Iterable[Document]) -> dict[Subject, Document]:
    """Return the papers among ``documents`` that stand, by what they are about."""
    return {subject_of(one): one for one in documents if state_of(one) == PaperState.ISSUED}


def papers_of(round: Round) -> list[PaperRow]:
    """Return the lines of the documents page: issued, still to be issued, and revoked. Eleven queries at most."""
    documents = list(documents_of(round).prefetch_related(signed_forms()))
    tabulation = tabulation_in_force(round)
    standing = in_force(documents)
    wanted = papers_wanted(round, tabulation) if tabulation else []
    missing = [
        PaperRow(one.kind, one.title, _before(one), one.subject) for one in wanted if one.subject not in standing
    ]
    issued = [PaperRow(DocumentKind(one.kind), one.title, state_of(one), subject_of(one), one) for one in documents]
    order = {kind: position for position, kind in enumerate(ORDER)}
    return sorted([*issued, *missing], key=lambda row: order[row.kind])


def _before(wanted: Wanted) -> PaperState:
    return PaperState.INCOMPLETE if wanted.is_incomplete else PaperState.READY


def signed_forms() -> Prefetch[Any]:
    """Prefetch the signed form in force of each paper as ``signed_in_force``, a list of at most one."""
    return Prefetch("signed_files", SignedFile.objects.filter(superseded_at=None), to_attr="signed_in_force")


def stored_bytes(document: Document | Invitation | SignedFile) -> bytes:
    """Return the bytes that were issued, or signed, or raise :class:`DocumentDamaged`."""
    try:
        with document.file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        raise DocumentDamaged(number=_number_of(document)) from None
    if hashlib.sha256(content).hexdigest() != document.sha256:
        raise DocumentDamaged(number=_number_of(document))
    return content


def _number_of(paper: Document | Invitation | SignedFile) -> str:
    return paper.document.number if isinstance(paper, SignedFile) else paper.number


def file_stem(*words: str) -> str:
    """Return ``words`` as the name of a file without its ending; a hyphen stands where a number has its slashes."""
    return slugify(" ".join(words).replace("/", "-"))[:110].strip("-_")


def file_name(document: Document) -> str:
    """Return a name under which the paper is saved: plain letters, digits and hyphens, whatever its title holds."""
    stem = file_stem(document.number, document.title) or f"dokumen-{document.pk}"
    return f"{stem}.{'xlsx' if document.kind == DocumentKind.RANKING_WORKBOOK else 'pdf'}"
