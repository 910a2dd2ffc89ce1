"""Copies of the issued papers under names that a person finds, for commands."""

from pathlib import Path
from typing import Final

from judging.models import DocumentKind
from judging.selectors.documents import PaperState, documents_of, file_name, state_of, stored_bytes
from nominees.models import Round

FOLDERS: Final = {
    DocumentKind.CERTIFICATE: "piagam",
    DocumentKind.RANKING_SHEET: "lembar-peringkat",
    DocumentKind.EXPLANATION_SHEETS: "lembar-penjelasan",
    DocumentKind.MINUTES: "berita-acara",
    DocumentKind.RANKING_WORKBOOK: "buku-kerja",
    DocumentKind.SPECIAL_CERTIFICATE: "piagam-khusus",
    DocumentKind.PARTICIPATION: "piagam-peserta",
    DocumentKind.PANEL_CERTIFICATE: "piagam-tim-penilai",
    DocumentKind.DECREE: "keputusan",
    DocumentKind.AMENDMENT: "perubahan-berita-acara",
    DocumentKind.WINNER_LETTER: "surat-pemenang",
}


def write_papers(round: Round, folder: Path) -> int:
    """Copy every paper that stands into ``folder``, by kind; return how many there are.

    A copy that is there and right is left as it is; what else lies in the folder is left alone. Raises
    ``DocumentDamaged``.
    """
    papers = [document for document in documents_of(round) if state_of(document) == PaperState.ISSUED]
    for document in papers:
        target = folder / round.scope.replace("/", "-") / FOLDERS[DocumentKind(document.kind)] / file_name(document)
        content = stored_bytes(document)
        if target.exists() and target.read_bytes() == content:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return len(papers)
