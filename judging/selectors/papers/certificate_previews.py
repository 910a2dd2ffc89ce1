"""What a preview of a certificate says: names of this round, the longest before all, and a mark that it is none."""

from dataclasses import replace
from datetime import date
from typing import Final

from judging.documents.certificate_data import Certificate
from judging.models import CertificateUse, Office, Seating, SpecialAward
from judging.selectors.certificate_designs import Look
from nominees.core.lifecycle import State
from nominees.models import Nomination, Round, Status

from .certificates import Words, day_of_certificates, words_maker, words_of
from .common import signing_title

LONGEST: Final = "terpanjang"
SHORTEST: Final = "terpendek"
SAMPLE: Final = "contoh"
MARK: Final = "PRATINJAU: bukan piagam"
NUMBER: Final = "000/CONTOH/PRATINJAU"
#: Before the decision stands, nobody but the plenary knows its awards.
TOLD_IN: Final = frozenset({State.DECIDED, State.ANNOUNCED, State.CLOSED})
CODE: Final = "0" * 16
FIRST: Final = "Terbaik I"

#: The longest name of a regency in the country, with what stands below it.
SAMPLES: Final[dict[str, Words]] = {
    CertificateUse.AWARD: Words(
        "Kabupaten Kepulauan Siau Tagulandang Biaro", FIRST, "Kategori Pemerintah Kabupaten/Kota"
    ),
    CertificateUse.SPECIAL: Words(
        "Pemerintah Provinsi (contoh)",
        "Piagam Khusus Inovasi Perlindungan Pekerja",
        "atas perluasan perlindungan pekerja rentan melalui anggaran daerah (contoh)",
    ),
    CertificateUse.PARTICIPATION: Words(
        "Kabupaten Kepulauan Siau Tagulandang Biaro", "Nomine", "Kategori Pemerintah Kabupaten/Kota"
    ),
    CertificateUse.PANEL: Words(
        "Prof. Dr. Ir. Contoh Nama Dengan Gelar, S.H., M.Hum. (contoh)", "Anggota", "Unsur akademisi"
    ),
}


def preview_certificate(round: Round, use: str, which: str, look: Look, today: date, address: str) -> Certificate:
    """Return a certificate in ``look`` that is marked as a preview. Five queries at most.

    ``which``: the longest or shortest name of the round (:data:`LONGEST`, :data:`SHORTEST`), or :data:`SAMPLE`, which
    stands as well while the round has no names. ``address`` is the public one that its QR code leads to.
    """
    words = words_of_preview(round, use, which)
    made = words_maker(round, day_of_certificates(round, today), look)(words, NUMBER, CODE, address)
    return replace(made, demo_mark=MARK)


def words_of_preview(round: Round, use: str, which: str) -> Words:
    """Return the words of the longest or shortest certificate of ``use``, as far as names are known. Two queries."""
    sample = SAMPLES[use]
    if use == CertificateUse.PANEL:
        sample = replace(sample, award=signing_title(round, Office.MEMBER))
    known = [] if which == SAMPLE else _known(round, use)
    if not known:
        return sample
    return (min if which == SHORTEST else max)(known, key=lambda words: (len(words.recipient), len(words.category)))


def _known(round: Round, use: str) -> list[Words]:
    """What certificates of ``use`` would say. Before there are winners, every nominee may be one."""
    if use == CertificateUse.PANEL:
        return [words_of(one) for one in Seating.objects.filter(round=round).select_related("seat")]
    if use == CertificateUse.SPECIAL:
        if State(round.state) not in TOLD_IN:
            return []
        special = SpecialAward.objects.filter(plenary__tabulation__round=round, superseded_at=None)
        return [words_of(one) for one in special]
    rows = Nomination.objects.filter(round=round, is_calibration=False).exclude(status=Status.REJECTED)
    nominations = rows.select_related("category", "nominee__region__parent__parent")
    found = [words_of(one) for one in nominations]
    if use == CertificateUse.PARTICIPATION:
        return found
    return [replace(words, award=FIRST) for words in found]
