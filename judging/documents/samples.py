"""Invented data for previews and tests: every field filled, with the longest names that really occur.

Regions are real, every person, business and score is invented and marked ``(contoh)``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

from .certificate_data import Certificate
from .data import (
    Criterion,
    CriterionScore,
    PanelMember,
    Provenance,
    RankedLine,
    RankingSheet,
    Signature,
    StatusLine,
)

DEMO_MARK = "CONTOH: bukan hasil sebenarnya"
ISSUING_BODY = "Pemerintah Provinsi Nusa Tenggara Timur"
EDITION = "Paritrana Award Tahun 2024 Tingkat Provinsi Nusa Tenggara Timur"
CATEGORY = "Kategori Pemerintah Kabupaten/Kota"
LONGEST_REGENCY = "Kabupaten Kepulauan Siau Tagulandang Biaro"
LONG_BUSINESS = "PT Perusahaan Daerah Pengelolaan Perikanan dan Peternakan Terpadu Flobamora Sejahtera Bersama (contoh)"
DAY = date(2025, 7, 21)
ZONE = "Asia/Makassar"

SIGNATURES = (
    Signature(
        office="Ketua Tim 9 Penilai", name="Dra. Yohana Bria Seran, M.Si. (contoh)", note="NIP 19700101 199503 2 001"
    ),
    Signature(office="Kepala BPJS Ketenagakerjaan Cabang Nusa Tenggara Timur", name="Bernadus Tefa (contoh)", note=""),
    Signature(office="Gubernur Nusa Tenggara Timur", name="Maria Goreti Lake (contoh)", note=""),
)


def certificate(
    recipient: str = "Kabupaten Nagekeo", *, award: str = "Terbaik I", signatures: int = 3, serial: int = 1
) -> Certificate:
    """Return a sample certificate."""
    code = f"PRT-24{serial:02d}-7K4M-QX9T"
    return Certificate(
        issuing_body=ISSUING_BODY,
        number=f"400.14/{serial:03d}/PARITRANA/NTT/2025",
        recipient=recipient,
        award=award,
        category=CATEGORY,
        edition=EDITION,
        place="Kupang",
        day=DAY,
        signatures=SIGNATURES[3 - signatures :],
        check_code=code,
        check_address=f"https://paritrana.example.id/cek/{code}",
        demo_mark=DEMO_MARK,
    )


def panel() -> tuple[PanelMember, ...]:
    """Return nine seats as a province names them: one substitute, one absent."""
    seats = (
        ("Dra. Yohana Bria Seran, M.Si. (contoh)", "Ketua", "Sekretaris Daerah"),
        ("Bernadus Tefa (contoh)", "Sekretaris", "Kepala BPJS Ketenagakerjaan Cabang Nusa Tenggara Timur"),
        ("Ir. Agustinus Nahak, M.M. (contoh)", "Anggota", "Dinas Koperasi, Tenaga Kerja dan Transmigrasi"),
        ("Fransiska Dhema (contoh)", "Anggota", "Unsur APINDO"),
        ("Stefanus Kolo (contoh)", "Anggota", "Unsur SPSI"),
        ("Margaretha Ina Tokan, S.E. (contoh)", "Anggota", "Unsur Dewan Pengupahan"),
        ("Prof. Dr. Petrus Banunaek, M.Hum. (contoh)", "Anggota", "Unsur akademisi"),
        ("Dr. Elisabeth Wea, S.H., M.H. (contoh)", "Anggota", "Ahli hukum"),
        ("Yakobus Lada Pareira (contoh)", "Anggota", "Tokoh DPRD"),
    )
    members = [PanelMember(name=name, role=role, seat=seat, attendance="Hadir") for name, role, seat in seats]
    members[3] = replace(members[3], substitutes_for="Hendrik Mooy (contoh)")
    members[8] = replace(members[8], attendance="Tidak hadir", note="tugas kedinasan")
    return tuple(members)


def provenance() -> Provenance:
    """Return sample fingerprints of rules, program and event log."""
    return Provenance(
        rules_version="2 (contoh, bukan bobot resmi)",
        engine_version="paritrana 0.1.0",
        audit_head=sha256(b"contoh log").hexdigest(),
        audit_events=4812,
        recorded_at=datetime(2025, 7, 14, 3, 30, tzinfo=UTC),
        zone=ZONE,
    )


CRITERIA = (
    Criterion(code="cakupan", name="Cakupan kepesertaan", weight=Fraction(40), source="indicator"),
    Criterion(code="regulasi", name="Regulasi dan anggaran", weight=Fraction(25), source="secretariat"),
    Criterion(code="inovasi", name="Inovasi", weight=Fraction(15), source="panel"),
    Criterion(code="komitmen", name="Komitmen pimpinan", weight=Fraction(15, 2), source="panel"),
    Criterion(code="pemahaman", name="Pemahaman dalam wawancara", weight=Fraction(25, 2), source="panel"),
)
NAMES = (
    ("Kabupaten Nagekeo", "84.74"),
    (LONGEST_REGENCY, "79.10"),
    ("Kabupaten Sumba Barat Daya", "79.10"),
    ("Kabupaten Timor Tengah Selatan", "78.32"),
    ("Kota Kupang", "71.05"),
    ("Kabupaten Belu", "64.90"),
)


def ranking_sheet(lines: int = len(NAMES)) -> RankingSheet:
    """Return a sample ranking; more lines than names repeat the names with a number."""
    return RankingSheet(
        issuing_body=ISSUING_BODY,
        edition=EDITION,
        category=CATEGORY,
        number="400.14/PR-01/PARITRANA/NTT/2025",
        place="Kupang",
        day=date(2025, 7, 14),
        criteria=CRITERIA,
        ranked=tuple(_ranked_line(index) for index in range(lines)),
        unranked=(
            StatusLine(
                nominee="Kabupaten Sabu Raijua",
                status="Belum dapat diberi peringkat",
                reason="nilai Inovasi hanya dari 4 unsur, kuorum 5",
            ),
            StatusLine(
                nominee="Kabupaten Malaka", status="Tidak hadir", reason="tidak hadir pada wawancara 25 Juni 2025"
            ),
        ),
        rules=(
            "Nilai tiap kriteria panel adalah rata-rata setelah satu nilai tertinggi dan satu nilai terendah "
            "dikeluarkan; bila kurang dari lima nilai, rata-rata biasa.",
            "Nomine yang dinilai kurang dari lima unsur tidak diberi peringkat.",
            "Nilai resmi dibulatkan satu kali di akhir menjadi dua angka di belakang koma, setengah ke atas.",
            "Bila nilai resmi sama: kriteria Cakupan, kriteria Inovasi, median, lalu keputusan pleno.",
        ),
        rubric_version="Rubrik Pemerintah versi 2 (contoh, bukan bobot resmi)",
        rubric_hash=sha256(b"contoh rubrik").hexdigest(),
        input_hash=sha256(b"contoh masukan").hexdigest(),
        provenance=provenance(),
        panel=panel(),
        demo_mark=DEMO_MARK,
    )


def _ranked_line(index: int) -> RankedLine:
    round_, position = divmod(index, len(NAMES))
    name, total = NAMES[position]
    tied = position in (1, 2)
    scores = (
        CriterionScore(score=Fraction(692 - 31 * position, 9)),
        CriterionScore(score=Fraction(80 - 5 * position)),
        CriterionScore(score=Fraction(493 - 20 * position, 6), seats=9 - position % 3),
        CriterionScore(score=None, absence="Tidak berlaku")
        if position == 4
        else CriterionScore(score=Fraction(1000 - 41 * position, 12), seats=8),
        CriterionScore(score=Fraction(3239 - 90 * position, 40), seats=7),
    )
    return RankedLine(
        place=str(index + 1),
        nominee=f"{name} ({round_ + 1})" if round_ else name,
        official_score=Decimal(total),
        scores=scores,
        award=f"Terbaik {'I' * (index + 1)}" if index < 3 else "",
        tied=tied,
        tie_step="Nilai sama; diputuskan oleh kriteria Cakupan kepesertaan." if tied else "",
        deviation="Pleno memindahkan dari peringkat 4 ke 5 (berita acara butir 3)." if position == 4 else "",
    )
