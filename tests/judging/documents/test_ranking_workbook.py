"""The workbook: text stays text, numbers are exact, and it prints on A4 landscape."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook  # noqa: TID253 - tests may read at once what they check

from judging.documents import samples
from judging.documents.cells import number_cell, sheet_title, text_cell
from judging.documents.ranking_workbook import render_ranking_workbook
from paritrana.kernel import wording


@pytest.fixture(scope="module")
def book(workbook_bytes: bytes) -> Workbook:
    return load_workbook(io.BytesIO(workbook_bytes))


def rows(book: Workbook, sheet: str) -> list[list[object]]:
    return [list(row) for row in book[sheet].iter_rows(values_only=True)]


def test_no_cell_is_a_formula(book: Workbook, workbook_bytes: bytes) -> None:
    kinds = {cell.data_type for page in book for line in page.iter_rows() for cell in line}
    assert kinds <= {"s", "n"}
    assert any('=HYPERLINK("http' in str(row[1]) for row in rows(book, "1 Pemerintah Kabupaten Kota"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "0123", "1e5", "#N/A", "TRUE", "2025-07-21"])
def test_any_text_is_stored_as_text(text: str) -> None:
    page = Workbook().active
    text_cell(page, 1, 1, text)
    stored = io.BytesIO()
    page.parent.save(stored)
    cell = load_workbook(stored).active["A1"]
    assert (cell.data_type, cell.value) == ("s", text.strip())


def test_printed_scores_equal_those_on_paper(book: Workbook) -> None:
    page = book["1 Pemerintah Kabupaten Kota"]
    heads = [cell.value for cell in page[5]]
    assert heads[:5] == ["Peringkat", "Nomine", "Asal", "Nilai resmi", "Gelar"]
    sheet = samples.workbook().categories[0].sheet
    for row, line in enumerate(sheet.ranked, start=6):
        cell = page.cell(row=row, column=4)
        assert cell.number_format == "0.00"
        assert f"{cell.value:.2f}" == str(line.official_score)
        coverage = page.cell(row=row, column=8)
        assert f"{coverage.value:.2f}" == str(wording.round_half_up(line.scores[0].score, 2))


def test_seats_stand_beside_every_panel_mean(book: Workbook) -> None:
    page = book["1 Pemerintah Kabupaten Kota"]
    heads = [cell.value for cell in page[5]]
    assert page.cell(row=6, column=heads.index("n Inovasi") + 1).value == 9


def test_nominees_without_a_place_keep_their_reason(book: Workbook) -> None:
    line = next(row for row in rows(book, "1 Pemerintah Kabupaten Kota") if row[1] == "Kabupaten Sabu Raijua")
    assert line[0] is None
    assert line[5:7] == ["Belum dapat diberi peringkat", "nilai Inovasi hanya dari 4 unsur, kuorum 5"]


def test_every_seat_has_its_marks_on_the_second_sheet(book: Workbook) -> None:
    lines = rows(book, "1 Nilai unsur")[5:]
    assert len(lines) == 6 * 9
    assert lines[0][3:] == [82.5, "ya", 90, "tidak", "Tidak hadir", "tidak"]


def test_notes_tell_rules_and_origin(book: Workbook) -> None:
    notes = [row[1] for row in rows(book, "Catatan")]
    sheet = samples.ranking_sheet()
    assert set(sheet.rules) <= set(notes)
    assert any(sheet.provenance.audit_head in str(note) for note in notes)


def test_every_sheet_is_frozen_marked_and_set_for_a4_landscape(book: Workbook) -> None:
    for page in book:
        assert page.freeze_panes is not None
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.oddHeader.center.text == samples.DEMO_MARK
        assert page["A3"].value == samples.DEMO_MARK
        assert page.print_title_rows == "$5:$5"


def test_the_same_data_gives_the_same_bytes(workbook_bytes: bytes) -> None:
    assert render_ranking_workbook(samples.workbook()) == workbook_bytes


def test_without_a_demo_mark_there_is_none() -> None:
    plain = render_ranking_workbook(replace(samples.workbook(), demo_mark=""))
    page = load_workbook(io.BytesIO(plain)).worksheets[0]
    assert page.oddHeader.center.text is None
    assert page["A3"].value is None


def test_numbers_keep_all_their_digits() -> None:
    page = Workbook().active
    number_cell(page, 1, 1, Decimal("87.125"), 2)
    assert page["A1"].value == Decimal("87.13")


def test_sheet_titles_are_ones_a_workbook_accepts() -> None:
    assert sheet_title("1 A/B: [C]*?\\ 'x'") == "1 A B C x"
    assert len(sheet_title("x" * 60)) == 31
