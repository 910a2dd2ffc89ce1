"""The berita acara: date and totals in words, who met, what was decided."""

from dataclasses import replace
from typing import Any

from judging.documents import minutes_samples, samples
from judging.documents.minutes import _values
from judging.documents.minutes_data import CorrectionLine, Minutes, Vote
from judging.documents.paper_text import paper_text
from judging.documents.presenting import VACANT, panel_rows, vote_text
from judging.documents.rendering import to_html

from .reading import HOSTILE, page_sizes, pages_text, text, tight


def _html(**changes: Any) -> str:
    return to_html("minutes.html", _values(replace(minutes_samples.minutes(), **changes)))


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
    minutes = minutes_samples.minutes()
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
        *(digest for one in minutes.results for digest in (one.rubric_hash, one.input_hash, one.answer_hash)),
        *(result.rubric_version for result in minutes.results),
        *(line.reason for line in minutes.left_out),
        *(line.settled for line in minutes.ties),
        *(one.name for one in minutes.confirmations),
        "atas rekapitulasi nilai nomor 1 (satu) yang dibekukan pada Senin, 14 Juli 2025, pukul 09.00 WITA",
        "8 (delapan) dari 9 (sembilan) unsur hadir",
        "Senin, 14 Juli 2025, pukul 14.31 WITA",
        "Hasil pemungutan suara tertutup: setuju 8 (delapan)",
        "Usul 3: Penyimpangan dari hitungan",
        "Diusulkan oleh Ahli hukum. Hasil pemungutan suara terbuka: setuju 6 (enam)",
        *(line.nominee for result in (*minutes.results, *minutes.pools) for line in result.lines),
    ]
    assert [words for words in expected if tight(words) not in printed] == []


def test_it_is_read_back_as_it_was_issued_across_pages_and_without_their_feet(minutes_pdf: bytes) -> None:
    minutes, read = minutes_samples.minutes(), tight(paper_text(minutes_pdf))
    expected = [
        "bertempat di Ruang Rapat Gubernur, Kantor Gubernur Nusa Tenggara Timur, Kupang",
        "84,74 (delapan puluh empat koma tujuh empat)",
        *(member.name for member in minutes.panel),
        *(line.reason for line in minutes.recusals),
        *(line.nominee for result in (*minutes.results, *minutes.pools) for line in result.lines),
        *(digest for one in minutes.results for digest in (one.rubric_hash, one.input_hash, one.answer_hash)),
    ]
    assert [words for words in expected if tight(words) not in read] == []
    assert "Halaman2dari" not in read
    assert tight(text(minutes_pdf)).count("Halaman2dari") == 1


def test_nothing_decided_and_nobody_recused_is_said_too() -> None:
    html = _html(
        recusals=(),
        resolutions=(),
        moved=(),
        ties=(),
        left_out=(),
        specials=(),
        confirmations=(),
        pools=(),
        ended_at=None,
        demo_mark="",
    )
    told = (
        "Tidak ada benturan kepentingan",
        "seluruh peringkat mengikuti hasil hitungan",
        "Tidak ada usul",
        "Tidak ada nilai resmi yang sama",
        "semua nomine yang dinilai diberi peringkat",
        "mulai pukul 09.00 WITA",
    )
    assert [words for words in told if words not in html] == []
    absent = ("Kategori umum", "demo-", "Penghargaan khusus", "Pengesahan", "Lampiran", "menggantikan Berita Acara")
    assert [words for words in absent if words in html] == []


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
    printed = _html(corrections=(line,))
    told = (
        "Lembar penilaian yang dikoreksi",
        line.member,
        "versi 1 → 2",
        line.reason,
        line.endorsed_by,
        line.granted_by,
    )
    assert [words for words in told if words not in printed] == []
    assert told[0] not in _html()


def test_open_votes_are_told_seat_by_seat_in_the_annex_and_secret_ones_only_counted() -> None:
    values = _values(minutes_samples.minutes())

    (annexed,) = values["open_votes"]
    assert annexed["title"] == "Usul 1: Nilai sama"
    assert [ballot["choice"] for ballot in annexed["ballots"]] == ["Setuju"] * 6 + ["Tidak setuju", "Abstain"]
    ways = [(one["title"], one["way"], one["outcome"]) for one in values["resolutions"]]
    assert ways == [
        ("Pengecualian kuorum", "terbuka", "Diterima"),
        ("Usul 1: Nilai sama", "terbuka", "Diterima"),
        ("Usul 2: Penyimpangan dari hitungan", "tertutup", "Diterima"),
        ("Usul 3: Penyimpangan dari hitungan", "terbuka", "Ditolak"),
        ("Usul 4: Penghargaan khusus", "terbuka", "Diterima"),
    ]


def test_minutes_that_replace_others_say_which_why_and_what_changed() -> None:
    replaced, steps = minutes_samples.replaced()
    (change,), (step,) = replaced.differences, steps

    html = _html(replaced=replaced, steps_back=steps)

    told = (
        f"menggantikan Berita Acara Nomor {replaced.number} tanggal 14 Juli 2025",
        step.reason,
        f"{step.asked_by}, Rabu, 16 Juli 2025, pukul 09.00 WITA",
        f"{step.confirmed_by}, Rabu, 16 Juli 2025, pukul 10.15 WITA",
        "<th>Semula</th><th>Menjadi</th>",
        change.before,
        change.after,
    )
    assert [words for words in told if words not in html] == []
    unchanged = _html(replaced=replace(replaced, number="", differences=()), steps_back=steps)
    assert "Peringkat, gelar, dan nilai resmi tidak berubah." in unchanged
    assert "berita acaranya tidak diterbitkan" in unchanged


def test_a_category_without_titles_says_so_instead_of_an_empty_table() -> None:
    results = minutes_samples.minutes().results

    html = _html(results=(replace(results[0], lines=()), results[1]))

    assert html.count("Tidak ada yang memperoleh gelar.") == 1
    assert "Tidak ada yang memperoleh gelar." not in _html()


def test_a_meeting_that_was_given_up_is_told_with_its_votes() -> None:
    (meeting,) = minutes_samples.earlier()

    html = " ".join(_html(earlier=(meeting,)).split())

    told = (
        "Jumat, 11 Juli 2025, pukul 09.00 WITA di Ruang Rapat Gubernur dihentikan pada Jumat, 11 Juli 2025, ",
        f"alasan: {meeting.reason}.",
        "Usul 3: Penyimpangan dari hitungan",
        "setuju 2 (dua), tidak setuju 6 (enam)",
    )
    part = html.partition("Rapat pleno sebelumnya yang dihentikan")[2].partition("<h2")[0]
    assert [words for words in told if words not in part] == []
    assert "Rapat pleno sebelumnya" not in _html()
    alone = " ".join(_html(earlier=(replace(meeting, resolutions=()),)).split())
    assert "Dalam rapat itu tidak ada usul yang diputuskan dengan pemungutan suara." in alone


def _hostile(minutes: Minutes) -> Minutes:
    """The same minutes with mark-up wherever somebody typed."""
    return replace(
        minutes,
        venue=HOSTILE,
        recusals=(replace(minutes.recusals[0], reason=HOSTILE),),
        resolutions=(replace(minutes.resolutions[1], reason=HOSTILE, matter=HOSTILE),),
        specials=(replace(minutes.specials[0], recipient=HOSTILE, citation=HOSTILE),),
        left_out=(replace(minutes.left_out[0], reason=HOSTILE),),
    )


def test_what_people_typed_is_text() -> None:
    html = to_html("minutes.html", _values(_hostile(minutes_samples.minutes())))
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 7
    assert "<script" not in html
    assert "<img" not in html


def test_who_could_vote_and_did_not_is_told() -> None:
    assert vote_text(Vote(in_favour=5, against=2, not_voting=1)) == (
        "setuju 5 (lima), tidak setuju 2 (dua), abstain 0 (nol), tidak memberikan suara 1 (satu)"
    )
    assert vote_text(Vote(in_favour=9)) == "setuju 9 (sembilan), tidak setuju 0 (nol), abstain 0 (nol)"
