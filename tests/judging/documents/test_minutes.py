"""The berita acara: date and totals in words, who met, what was decided."""

from dataclasses import replace

from judging.documents import samples
from judging.documents.data import CorrectionLine
from judging.documents.minutes import _values
from judging.documents.presenting import VACANT, panel_rows, vote_text
from judging.documents.rendering import to_html

from .reading import page_sizes, pages_text, text, tight


def test_it_is_folio_with_numbered_pages_and_the_mark_on_each(minutes_pdf: bytes) -> None:
    pages = pages_text(minutes_pdf)
    assert page_sizes(minutes_pdf) == {(215, 330)}
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert samples.DEMO_MARK in page


def test_it_opens_with_the_day_in_words(minutes_pdf: bytes) -> None:
    opening = (
        "Pada hari ini, Senin tanggal empat belas bulan Juli tahun dua ribu dua puluh lima (14-07-2025), "
        "pukul 09.00–14.20 WITA, bertempat di Ruang Rapat Gubernur, Kantor Gubernur Nusa Tenggara Timur, Kupang,"
    )
    assert tight(opening) in tight(text(minutes_pdf))


def test_it_says_everything_that_was_decided(minutes_pdf: bytes) -> None:
    printed = tight(text(minutes_pdf))
    minutes = samples.minutes()
    expected = [
        "Nomor: 400.14/BA-01/PARITRANA/NTT/2025",
        "menggantikan Hendrik Mooy (contoh)",
        "Tidak hadir",
        "84,74 (delapan puluh empat koma tujuh empat)",
        "79,10 (tujuh puluh sembilan koma satu nol)",
        "91,25 (sembilan puluh satu koma dua lima)",
        "20 (dua puluh) nomine diberi peringkat, 2 (dua) di luar peringkat",
        "setuju 6 (enam), tidak setuju 1 (satu), abstain 1 (satu)",
        "Demikian Berita Acara ini dibuat dalam rangkap 3 (tiga)",
        minutes.provenance.audit_head,
        minutes.provenance.engine_version,
        *(member.name for member in minutes.panel),
        *(line.reason for line in minutes.recusals),
        *(resolution.reason for resolution in minutes.resolutions),
        *(resolution.matter for resolution in minutes.resolutions),
        *(result.input_hash for result in minutes.results),
        *(line.nominee for result in (*minutes.results, *minutes.pools) for line in result.lines),
    ]
    assert [words for words in expected if tight(words) not in printed] == []


def test_nothing_decided_and_nobody_recused_is_said_too() -> None:
    plain = replace(samples.minutes(), recusals=(), resolutions=(), pools=(), ended_at=None, demo_mark="")
    html = to_html("minutes.html", _values(plain))
    assert "Tidak ada benturan kepentingan" in html
    assert "seluruh peringkat mengikuti hasil hitungan" in html
    assert "pukul 09.00 WITA" in html
    assert "Kategori umum" not in html
    assert "demo-" not in html


def test_a_vacant_seat_keeps_its_row() -> None:
    rows = panel_rows([replace(samples.panel()[0], name="")])
    assert rows[0]["name"] == VACANT


def test_a_tie_settled_by_the_rules_has_no_vote() -> None:
    assert vote_text(None) == ""


def test_corrected_sheets_are_listed_with_who_agreed_and_nothing_is_said_without_any() -> None:
    line = CorrectionLine(
        member="Anggota 2 (contoh)",
        seat="Unsur 2",
        nominee="Kabupaten Alor",
        reason="kriteria tertukar",
        before=1,
        after=2,
        endorsed_by="Sekretaris (contoh)",
        granted_by="Ketua (contoh)",
    )
    printed = to_html("minutes.html", _values(replace(samples.minutes(), corrections=(line,))))
    told = (
        "Lembar penilaian yang dikoreksi",
        line.member,
        "versi 1 → 2",
        line.reason,
        line.endorsed_by,
        line.granted_by,
    )
    assert [words for words in told if words not in printed] == []
    assert told[0] not in to_html("minutes.html", _values(samples.minutes()))
