"""The announcer's script and the list of recipients: what they say, on which paper, and that text stays text."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from openpyxl import load_workbook  # noqa: TID253 - tests may read at once what they check

from judging.documents import announcer_script, samples
from judging.documents.announcer_script import render_announcer_script
from judging.documents.ceremony_data import CalledWinner, CeremonyBook, ScriptStep
from judging.documents.guest_list import render_guest_list, render_guest_workbook
from tests.factories.world import AT

from .reading import HOSTILE, page_sizes, text, tight

CATEGORY = "Kategori Pemerintah Kabupaten/Kota"
FIRST = CalledWinner(
    title="Terbaik I",
    category=CATEGORY,
    name=samples.LONGEST_REGENCY,
    score="87,25",
    say="NA-ge-KE-o",
    guest="Ibu Tamu (contoh)",
    office="Bupati",
    seat="A1",
    handed_by="Gubernur (contoh)",
    taken_by="Bapak Ajudan (contoh)",
    taken_at=AT,
)
SECOND = CalledWinner(
    title="Terbaik II", category=CATEGORY, name=HOSTILE, origin=HOSTILE, guest=HOSTILE, is_absent=True
)


def book(*, is_secret: bool = True) -> CeremonyBook:
    steps = (
        ScriptStep(number=1, kind="black", heading="", text=""),
        ScriptStep(number=2, kind="opening", heading="Paritrana Award 2024", text="Selamat malam, Bapak dan Ibu"),
        ScriptStep(number=3, kind="part", heading=CATEGORY, text=""),
        ScriptStep(number=4, kind="place", heading=CATEGORY, text="", winners=(SECOND,)),
        ScriptStep(number=5, kind="place", heading=CATEGORY, text="", winners=(FIRST,)),
        ScriptStep(number=6, kind="all", heading=CATEGORY, text="", winners=(FIRST, SECOND)),
        ScriptStep(number=7, kind="closing", heading="Paritrana Award 2024", text="Sampai jumpa"),
    )
    return CeremonyBook(
        issuing_body=samples.ISSUING_BODY,
        edition="Paritrana Award 2024",
        place="Kupang",
        zone="Asia/Makassar",
        printed_at=AT,
        steps=steps,
        winners=(SECOND, FIRST),
        is_secret=is_secret,
        held_on=date(2025, 7, 21),
        demo_mark=samples.DEMO_MARK,
    )


@pytest.fixture(scope="module")
def script_pdf() -> bytes:
    return render_announcer_script(book())


@pytest.fixture(scope="module")
def list_pdf() -> bytes:
    return render_guest_list(book())


def test_the_script_says_what_is_said_who_comes_and_how_the_name_sounds(script_pdf: bytes) -> None:
    printed = tight(text(script_pdf))

    for words in (
        "Selamat malam, Bapak dan Ibu",
        f"Kita sampai pada {CATEGORY}.",
        f"Terbaik I {CATEGORY} diraih oleh …",
        "JEDA · layar maju",
        samples.LONGEST_REGENCY,
        "[NA-ge-KE-o]",
        "Nilai 87,25",
        "Diwakili: Ibu Tamu (contoh), Bupati (kursi A1)",
        "Diserahkan oleh: Gubernur (contoh)",
        "Tidak hadir: tidak dipanggil ke panggung.",
        "Sampai jumpa",
        "Kupang, Senin, 21 Juli 2025",
    ):
        assert tight(words) in printed


def test_the_list_has_a_seat_for_everybody_and_who_took_what(list_pdf: bytes) -> None:
    printed = tight(text(list_pdf))

    for words in (
        "Tanda tangan",
        "A1",
        "Bapak Ajudan (contoh)",
        "Selasa, 24 Juni 2025, pukul 09.00 WITA",
        "tidak hadir",
    ):
        assert tight(words) in printed


def test_both_are_a4_one_upright_and_one_across(script_pdf: bytes, list_pdf: bytes) -> None:
    assert (page_sizes(script_pdf), page_sizes(list_pdf)) == ({(210, 297)}, {(297, 210)})


def test_text_of_people_stays_text(script_pdf: bytes, list_pdf: bytes) -> None:
    for printed in (script_pdf, list_pdf):
        assert tight("<script>alert(1)</script>") in tight(text(printed))


def test_secret_until_announced(script_pdf: bytes, list_pdf: bytes) -> None:
    announced = text(render_guest_list(replace(book(is_secret=False), steps=())))

    assert ["RAHASIA" in text(printed) for printed in (script_pdf, list_pdf)] == [True, True]
    assert "RAHASIA" not in announced
    assert samples.DEMO_MARK in announced


def test_the_workbook_holds_the_same_rows_as_text() -> None:
    page = load_workbook(io.BytesIO(render_guest_workbook(book())))["Penerima"]
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=7)]

    assert rows[1] == [
        2,
        "Terbaik I",
        CATEGORY,
        samples.LONGEST_REGENCY,
        None,
        "Ibu Tamu (contoh)",
        "Bupati",
        "A1",
        None,
        "Gubernur (contoh)",
        "Bapak Ajudan (contoh)",
        "Selasa, 24 Juni 2025, pukul 09.00 WITA",
    ]
    assert (rows[0][3], rows[0][8]) == (" ".join(HOSTILE.split()), "tidak hadir")


@pytest.mark.parametrize(
    ("guest", "is_absent", "told"),
    [
        ("", True, ""),
        ("", False, "Bupati"),
        ("Ibu Tamu", True, "Ibu Tamu, Bupati"),
        ("Ibu Tamu", False, "Ibu Tamu, Bupati"),
    ],
)
def test_an_office_alone_represents_nobody_who_does_not_come(
    monkeypatch: pytest.MonkeyPatch, guest: str, told: str, *, is_absent: bool
) -> None:
    printed: list[dict[str, Any]] = []
    monkeypatch.setattr(announcer_script, "to_pdf", lambda _template, values: printed.append(values))
    winner = replace(FIRST, guest=guest, is_absent=is_absent)

    render_announcer_script(
        replace(book(), steps=(ScriptStep(number=4, kind="place", heading=CATEGORY, text="", winners=(winner,)),))
    )

    assert printed[0]["steps"][0]["winners"][0]["guest"] == told
