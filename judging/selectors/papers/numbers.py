"""The numbers of papers: one pattern per kind, in this one place.

A secretariat with its own filing code sets ``DOCUMENT_NUMBERS`` (kind -> pattern) in the settings. A pattern may name
``serial`` (counts within kind and round, never used twice), ``place`` (the province's abbreviation) and ``year`` (of
issue).
"""

from typing import Final

from django.conf import settings

from judging.models import DocumentKind
from nominees.models import Round

INVITATION: Final = "invitation"
PATTERNS: Final[dict[str, str]] = {
    DocumentKind.CERTIFICATE: "{serial:03d}/PARITRANA/{place}/{year}",
    DocumentKind.RANKING_SHEET: "LP-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.EXPLANATION_SHEETS: "PJ-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.MINUTES: "BA-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.RANKING_WORKBOOK: "BK-{serial:02d}/PARITRANA/{place}/{year}",
    INVITATION: "UND-{serial:03d}/PARITRANA/{place}/{year}",
}
NATIONAL: Final = "NASIONAL"
# The abbreviations that provincial offices use in their letters, by official code.
ABBREVIATIONS: Final = {
    "11": "ACEH", "12": "SUMUT", "13": "SUMBAR", "14": "RIAU", "15": "JAMBI", "16": "SUMSEL", "17": "BENGKULU",
    "18": "LAMPUNG", "19": "BABEL", "21": "KEPRI", "31": "JAKARTA", "32": "JABAR", "33": "JATENG", "34": "DIY",
    "35": "JATIM", "36": "BANTEN", "51": "BALI", "52": "NTB", "53": "NTT", "61": "KALBAR", "62": "KALTENG",
    "63": "KALSEL", "64": "KALTIM", "65": "KALTARA", "71": "SULUT", "72": "SULTENG", "73": "SULSEL", "74": "SULTRA",
    "75": "GORONTALO", "76": "SULBAR", "81": "MALUKU", "82": "MALUT", "91": "PAPUA", "92": "PAPUA BARAT",
    "93": "PAPUA SELATAN", "94": "PAPUA TENGAH", "95": "PAPUA PEGUNUNGAN", "96": "PAPUA BARAT DAYA",
}  # fmt: skip


def document_number(kind: str, serial: int, round: Round, year: int) -> str:
    """Return the number of a paper of ``kind`` (a ``DocumentKind`` or ``INVITATION``): "001/PARITRANA/NTT/2025"."""
    patterns: dict[str, str] = PATTERNS | getattr(settings, "DOCUMENT_NUMBERS", {})
    place = ABBREVIATIONS.get(round.region.code, round.region.code) if round.region else NATIONAL
    return patterns[kind].format(serial=serial, place=place, year=year)
