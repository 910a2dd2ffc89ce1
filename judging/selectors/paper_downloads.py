"""Which stored papers are handed out together, in which order and under which names."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from unicodedata import category, normalize

from django.db.models import Q

from judging.models import Document, DocumentKind, PrintBatch, SignedFile
from judging.selectors.documents import ORDER, PaperState, documents_of, signed_forms, state_of
from judging.selectors.paper_subjects import papers_wanted, subject_of
from judging.selectors.standings import tabulation_in_force
from nominees.models import Round

#: What no file name may hold on any of the systems that people unpack an archive on.
FORBIDDEN: Final = re.compile(r'[<>:"/\\|?*]+')
LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Filed:
    """A paper in an archive: what is handed out (the signed form, where there is one) and under which name."""

    document: Document
    paper: Document | SignedFile
    name: str


def standing_papers(round: Round, kinds: Collection[str] = (), batch: PrintBatch | None = None) -> list[Document]:
    """Return the papers that stand, of ``kinds`` and of ``batch`` where given, by kind, category and place.

    Twelve queries at most, whatever the number.
    """
    which = (Q(kind__in=kinds) if kinds else Q()) & (Q(print_items__batch=batch) if batch else Q())
    found = documents_of(round).filter(which).prefetch_related(signed_forms())
    documents = [one for one in found if state_of(one) == PaperState.ISSUED]
    tabulation = tabulation_in_force(round) if documents else None
    wanted = papers_wanted(round, tabulation) if tabulation else []
    places = {one.subject: place for place, one in enumerate(wanted)}
    order = {kind: place for place, kind in enumerate(ORDER)}
    last = len(places)
    return sorted(
        documents, key=lambda one: (order[DocumentKind(one.kind)], places.get(subject_of(one), last), one.serial)
    )


def filed(documents: Sequence[Document]) -> list[Filed]:
    """Return the papers of an archive with their names: "001 Terbaik I, Kategori: Kabupaten ….pdf". No query."""
    width = max(len(str(len(documents))), 3)
    found = []
    for position, document in enumerate(documents, start=1):
        signed = getattr(document, "signed_in_force", [])
        mark = " (bertanda tangan)" if signed else ""
        name = f"{position:0{width}} {readable(document.title)}{mark}.{suffix_of(document)}"
        found.append(Filed(document, signed[0] if signed else document, name))
    return found


def readable(title: str) -> str:
    """Return ``title`` as part of a file name: its own words, without anything that a file system or a shell minds."""
    text = "".join(" " if letter.isspace() else letter for letter in normalize("NFC", title))
    text = "".join(letter for letter in text if category(letter)[0] != "C")
    text = " ".join(FORBIDDEN.sub(" - ", text).split())
    return text[:LONGEST].strip(" .-") or "dokumen"


def suffix_of(document: Document) -> str:
    """Return how the file's name ends."""
    return "xlsx" if document.kind == DocumentKind.RANKING_WORKBOOK else "pdf"
