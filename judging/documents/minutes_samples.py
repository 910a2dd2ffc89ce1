"""Invented minutes and an amendment: every kind of entry, with the longest names that really occur.

Regions are real, every person, business and score is invented and marked ``(contoh)``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256

from .minutes_data import (
    Amendment,
    CategoryResult,
    Confirmation,
    Difference,
    EarlierMeeting,
    LeftOutLine,
    Minutes,
    MovedLine,
    RecusalLine,
    Replaced,
    Resolution,
    ResultLine,
    SeatVote,
    SpecialLine,
    StepBack,
    TieLine,
    Vote,
)
from .samples import (
    CATEGORY,
    DEMO_MARK,
    EDITION,
    ISSUING_BODY,
    LONG_BUSINESS,
    LONGEST_REGENCY,
    NAMES,
    ZONE,
    panel,
    provenance,
)

NUMBER = "400.14/BA-01/PARITRANA/NTT/2025"
CATEGORIES = (
    CATEGORY,
    "Kategori Pemerintah Desa/Kelurahan",
    "Kategori Usaha Kecil dan Mikro",
    "Kategori Badan Usaha Besar dan Menengah Sektor Jasa Keuangan",
    "Kategori Badan Usaha Besar dan Menengah Sektor Perdagangan dan Jasa (termasuk Kesehatan)",
    "Kategori Badan Usaha Besar dan Menengah Sektor Pendidikan",
    "Kategori Badan Usaha Besar dan Menengah Sektor Manufaktur, Pertambangan, dan Konstruksi",
    "Kategori Badan Usaha Besar dan Menengah Sektor Pertanian, Perkebunan, Peternakan, dan Perikanan",
)
POOL = "Kategori umum: Badan Usaha Besar dan Menengah, lintas sektor"
SPECIAL = SpecialLine(
    title="Piagam Khusus Inovasi Perlindungan Pekerja Rentan",
    recipient="Pemerintah Provinsi Nusa Tenggara Timur",
    citation="perintis pembiayaan iuran pekerja rentan bersama badan usaha milik daerah",
)


def minutes() -> Minutes:
    """Return sample minutes with every kind of entry."""
    return Minutes(
        issuing_body=ISSUING_BODY,
        number=NUMBER,
        occasion="Rapat Pleno Penetapan Pemenang Paritrana Award Tahun 2024 Tingkat Provinsi Nusa Tenggara Timur",
        edition=EDITION,
        place="Kupang",
        venue="Ruang Rapat Gubernur, Kantor Gubernur Nusa Tenggara Timur",
        started_at=datetime(2025, 7, 14, 1, 0, tzinfo=UTC),
        ended_at=datetime(2025, 7, 14, 6, 20, tzinfo=UTC),
        zone=ZONE,
        tabulation=1,
        frozen_at=datetime(2025, 7, 14, 1, 0, tzinfo=UTC),
        panel=panel(),
        results=tuple(_result(index) for index in range(len(CATEGORIES))),
        pools=(_pool(),),
        specials=(SPECIAL,),
        recusals=_recusals(),
        left_out=(
            LeftOutLine(
                category=CATEGORY,
                nominee="Kabupaten Malaka",
                reason="Tidak hadir wawancara: tidak hadir pada wawancara 25 Juni 2025",
            ),
            LeftOutLine(
                category="Kategori Usaha Kecil dan Mikro",
                nominee="Kelompok Nelayan Teluk Biru (contoh)",
                reason="Di luar peringkat: pemenang pertama tiga tahun berturut-turut",
                origin="Kabupaten Kepulauan Siau Tagulandang Biaro",
            ),
        ),
        ties=(
            TieLine(
                category=CATEGORY,
                nominees=(LONGEST_REGENCY, "Kabupaten Sumba Barat Daya"),
                official_score=Decimal("79.10"),
                settled="Nilai sama; diputuskan oleh keputusan pleno.",
            ),
        ),
        resolutions=_resolutions(),
        moved=(
            MovedLine(category=CATEGORY, nominee="Kota Kupang", computed_place="4", place="5"),
            MovedLine(category=CATEGORY, nominee="Kabupaten Belu", computed_place="5", place="4"),
        ),
        confirmations=(
            Confirmation(
                office="Ketua Tim 9",
                name="Dra. Yohana Bria Seran, M.Si. (contoh)",
                at=datetime(2025, 7, 14, 6, 20, tzinfo=UTC),
            ),
            Confirmation(
                office="Pejabat kedua: Sekretaris Tim 9",
                name="Bernadus Tefa (contoh)",
                at=datetime(2025, 7, 14, 6, 31, tzinfo=UTC),
            ),
        ),
        provenance=provenance(),
        copies=3,
        demo_mark=DEMO_MARK,
    )


def replaced() -> tuple[Replaced, tuple[StepBack, ...]]:
    """Return what minutes say of an earlier decision that they replace."""
    change = Difference(
        category=CATEGORY,
        nominee=LONGEST_REGENCY,
        before="peringkat 3, Terbaik III, nilai 78,32",
        after="peringkat 2, Terbaik II, nilai 79,10",
    )
    step = StepBack(
        matter="Penetapan dibuka kembali ke rapat pleno",
        reason="cakupan pekerja rentan salah dibaca dari lembar (contoh)",
        asked_by="Sekretariat (contoh)",
        asked_at=datetime(2025, 7, 16, 1, 0, tzinfo=UTC),
        confirmed_by="Dra. Yohana Bria Seran, M.Si. (contoh)",
        confirmed_at=datetime(2025, 7, 16, 2, 15, tzinfo=UTC),
    )
    number = "400.14/BA-00/PARITRANA/NTT/2025"
    return Replaced(number=number, day=date(2025, 7, 14), differences=(change,)), (step,)


def earlier() -> tuple[EarlierMeeting, ...]:
    """A meeting that a step back gave up, with what was moved in it."""
    meeting = EarlierMeeting(
        opened_at=datetime(2025, 7, 11, 1, 0, tzinfo=UTC),
        venue="Ruang Rapat Gubernur",
        given_up_at=datetime(2025, 7, 11, 4, 30, tzinfo=UTC),
        reason="satu lembar penilaian dikirim untuk nomine yang keliru (contoh)",
        resolutions=_resolutions()[1:4],
    )
    return (meeting,)


def amendment() -> Amendment:
    """Return a sample amendment."""
    return Amendment(
        issuing_body=ISSUING_BODY,
        edition=EDITION,
        number="400.14/PBA-01/PARITRANA/NTT/2025",
        serial=1,
        minutes_number=NUMBER,
        minutes_day=date(2025, 7, 14),
        part="Alinea pembuka, tempat rapat",
        wrong="Ruang Rapat Gubernur, Kantor Gubernur Nusa Tenggara Timur",
        right="Ruang Rapat Asisten Pemerintahan dan Kesejahteraan Rakyat, Kantor Gubernur Nusa Tenggara Timur",
        reason="rapat dipindahkan pada pagi hari, undangan menyebut ruang semula (contoh)",
        asked_by="Margaretha Ina Tokan, S.E. (contoh)",
        asked_at=datetime(2025, 7, 17, 1, 5, tzinfo=UTC),
        confirmed_by="Dra. Yohana Bria Seran, M.Si. (contoh)",
        confirmed_at=datetime(2025, 7, 17, 3, 40, tzinfo=UTC),
        place="Kupang",
        day=date(2025, 7, 17),
        zone=ZONE,
        provenance=provenance(),
        demo_mark=DEMO_MARK,
    )


def _recusals() -> tuple[RecusalLine, ...]:
    found = (
        ("Prof. Dr. Petrus Banunaek, M.Hum. (contoh)", "Unsur akademisi", "Universitas Lontar Timor (contoh)"),
        ("Fransiska Dhema (contoh)", "Unsur APINDO", LONG_BUSINESS),
        ("Bernadus Tefa (contoh)", "Kepala BPJS Ketenagakerjaan Cabang Nusa Tenggara Timur", "Kabupaten Belu"),
    )
    return tuple(
        RecusalLine(member=member, seat=seat, nominee=nominee, category=CATEGORY, reason="hubungan pekerjaan")
        for member, seat, nominee in found
    )


def _resolutions() -> tuple[Resolution, ...]:
    return (
        Resolution(
            kind="exception",
            category="Kategori Usaha Kecil dan Mikro",
            nominees=("UD Tenun Ikat Sejahtera (contoh)",),
            matter="Diberi peringkat dengan nilai dari 4 unsur.",
            reason="dua unsur berhalangan karena penerbangan dibatalkan",
            vote=Vote(in_favour=7, abstaining=1),
        ),
        Resolution(
            number=1,
            kind="tie",
            category=CATEGORY,
            nominees=(LONGEST_REGENCY, "Kabupaten Sumba Barat Daya"),
            matter=f"Peringkat II ditetapkan bagi {LONGEST_REGENCY}.",
            reason="cakupan pekerja rentan lebih luas",
            proposed_by="Ahli hukum",
            vote=Vote(in_favour=6, against=1, abstaining=1),
            ballots=tuple(
                SeatVote(seat=member.seat, member=member.name, choice=choice)
                for member, choice in zip(panel(), ["Setuju"] * 6 + ["Tidak setuju", "Abstain"], strict=False)
            ),
        ),
        Resolution(
            number=2,
            kind="deviation",
            category=CATEGORY,
            nominees=("Kota Kupang",),
            matter="Dipindahkan dari peringkat 4 ke peringkat 5.",
            reason="data cakupan belum diverifikasi pada saat wawancara",
            proposed_by="Unsur akademisi",
            is_secret=True,
            vote=Vote(in_favour=8),
        ),
        Resolution(
            number=3,
            kind="deviation",
            category=CATEGORY,
            nominees=("Kabupaten Alor",),
            matter="Dipindahkan dari peringkat 6 ke peringkat 3.",
            reason="temuan lapangan",
            proposed_by="Tokoh DPRD",
            vote=Vote(in_favour=2, against=6),
            outcome="rejected",
        ),
        Resolution(
            number=4,
            kind="special",
            category="",
            nominees=(SPECIAL.recipient,),
            matter=f"{SPECIAL.title} bagi {SPECIAL.recipient}.",
            reason=SPECIAL.citation,
            proposed_by="Unsur SPSI",
            vote=Vote(in_favour=8),
        ),
    )


def _pool() -> CategoryResult:
    return CategoryResult(
        category=POOL,
        lines=(
            ResultLine(award="Terbaik I", place="1", nominee=LONG_BUSINESS, official_score=Decimal("91.25")),
            ResultLine(
                award="Terbaik II", place="2", nominee="PT Cahaya Flobamora (contoh)", official_score=Decimal("88.00")
            ),
        ),
        nominees_ranked=5,
        rubric_version="Rubrik Badan Usaha versi 1 (contoh, bukan bobot resmi)",
        rubric_hash=sha256(b"contoh rubrik badan usaha").hexdigest(),
        input_hash=sha256(b"contoh masukan umum").hexdigest(),
        answer_hash=sha256(b"contoh jawaban umum").hexdigest(),
    )


def _result(index: int) -> CategoryResult:
    names = NAMES[:3] if index < 3 else (("PT Cahaya Flobamora (contoh)", "88.00"), (LONG_BUSINESS, "86.45"), NAMES[5])
    lines = tuple(
        ResultLine(
            award=f"Terbaik {'I' * place}",
            place=str(place),
            nominee=name,
            official_score=Decimal(score),
            origin="Kabupaten Timor Tengah Selatan" if index else "",
        )
        for place, (name, score) in enumerate(names, start=1)
    )
    return CategoryResult(
        category=CATEGORIES[index],
        lines=lines,
        nominees_ranked=20 - index,
        nominees_unranked=2 if index == 0 else 0,
        rubric_version="Rubrik Pemerintah versi 2 (contoh, bukan bobot resmi)",
        rubric_hash=sha256(b"contoh rubrik").hexdigest(),
        input_hash=sha256(f"contoh masukan {index}".encode()).hexdigest(),
        answer_hash=sha256(f"contoh jawaban {index}".encode()).hexdigest(),
    )
