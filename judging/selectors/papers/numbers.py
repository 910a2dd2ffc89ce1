"""The numbers of papers: one pattern per kind, in this one place.

A secretariat writes its own on the page of the numbers (``NumberingScheme``, for one round), an operator for the whole
site in ``DOCUMENT_NUMBERS`` (kind -> pattern). ``judging.core.numbering`` says what a pattern may name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings

from judging.core.numbering import facts_of, written
from judging.models import DocumentKind, NumberingScheme
from nominees.models import Round

INVITATION: Final = "invitation"
PATTERNS: Final[dict[str, str]] = {
    DocumentKind.CERTIFICATE: "{serial:03d}/PARITRANA/{place}/{year}",
    DocumentKind.RANKING_SHEET: "LP-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.EXPLANATION_SHEETS: "PJ-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.MINUTES: "BA-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.RANKING_WORKBOOK: "BK-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.SPECIAL_CERTIFICATE: "PK-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.PARTICIPATION: "PS-{serial:03d}/PARITRANA/{place}/{year}",
    DocumentKind.PANEL_CERTIFICATE: "PT-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.DECREE: "SK-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.AMENDMENT: "PB-{serial:02d}/PARITRANA/{place}/{year}",
    DocumentKind.WINNER_LETTER: "SP-{serial:03d}/PARITRANA/{place}/{year}",
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


@dataclass(frozen=True, slots=True)
class Numbering:
    """How the papers of a kind are numbered: the pattern, and the serial number that the first of them carries."""

    pattern: str
    first: int = 1
    is_own: bool = False


def numbering_of(round: Round) -> dict[str, Numbering]:
    """Return how each kind of paper is numbered in ``round``, invitations too. One query."""
    usual = {kind: Numbering(pattern) for kind, pattern in usual_patterns().items()}
    schemes = NumberingScheme.objects.filter(round=round)
    return usual | {
        one.kind: Numbering(one.pattern or usual[one.kind].pattern, one.first, is_own=True) for one in schemes
    }


def usual_patterns() -> Mapping[str, str]:
    """Return the patterns that hold where a round has none of its own, by kind."""
    own: dict[str, str] = getattr(settings, "DOCUMENT_NUMBERS", {})
    return PATTERNS | own


def document_number(kind: str, serial: int, round: Round, day: date, pattern: str = "") -> str:
    """Return the number of a paper of ``kind`` (a ``DocumentKind`` or ``INVITATION``): "001/PARITRANA/NTT/2025".

    ``day`` is that of issue. Without ``pattern``, the usual one.
    """
    return written(pattern or usual_patterns()[kind], number_facts(round, serial, day))


def number_facts(round: Round, serial: int, day: date) -> dict[str, int | str]:
    """Return what the fields of a pattern are filled with; reads the round's edition and region."""
    region = round.region
    return facts_of(
        serial=serial,
        day=day,
        edition=round.edition.assessment_year,
        place=ABBREVIATIONS.get(region.code, region.code) if region else NATIONAL,
        province=region.name if region else NATIONAL,
    )
