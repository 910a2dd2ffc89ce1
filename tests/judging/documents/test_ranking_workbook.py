"""The workbook: text stays text, only our own formulas are formulas, and it prints on A4 landscape."""

import io
from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl import Workbook, load_workbook  # noqa: TID253 - tests may read at once what they check

from judging.documents import samples
from judging.documents.ranking_workbook import render_ranking_workbook
from judging.documents.workbook_sample import HOSTILE, workbook

PLACES, MARKS, WORKINGS, PARAMETERS = "1 Pemerintah Kabupaten Kota", "1 Nilai unsur", "1 Hitungan", "1 Bobot"


@pytest.fixture(scope="module")
def book(workbook_bytes: bytes) -> Workbook:
    return load_workbook(io.BytesIO(workbook_bytes))


@pytest.fixture(scope="module")
def values(workbook_bytes: bytes) -> Workbook:
    return load_workbook(io.BytesIO(workbook_bytes), data_only=True)


def rows(book: Workbook, sheet: str) -> list[list[object]]:
    return [list(row) for row in book[sheet].iter_rows(min_row=7, values_only=True)]


def test_each_category_has_four_pages_and_the_notes_come_last(book: Workbook) -> None:
    assert book.sheetnames == [PLACES, MARKS, WORKINGS, PARAMETERS, "Catatan"]


def test_hostile_names_are_texts_that_stay_texts_when_edited(book: Workbook) -> None:
    found = [cell for page in book for line in page.iter_rows() for cell in line if cell.value == HOSTILE]
    assert len(found) == 2 + 9  # ranking, workings, nine seats
    assert {cell.data_type for cell in found} == {"s"}
    assert all(cell.quotePrefix for cell in found)


def test_only_the_expected_columns_hold_formulas(book: Workbook) -> None:
    heads = {
        (page.title, page.cell(6, cell.column).value)
        for page in book
        for line in page.iter_rows(min_row=7)
        for cell in line
        if cell.data_type == "f"
    }
    assert {name for page, name in heads if page == MARKS} == set()
    assert {name for page, name in heads if page == "Catatan"} == set()
    typed = {"Nomine", "Asal", "Gelar", "Status", "Keterangan", "Peringkat", "Nilai resmi (sistem)"}
    assert not typed & {name for _, name in heads}
    assert (PLACES, "Nilai resmi (rumus)") in heads
    assert (WORKINGS, "Nilai 0-100: Nilai akhir") in heads


def test_formulas_carry_their_value_for_programs_that_do_not_calculate(book: Workbook, values: Workbook) -> None:
    empty = [
        (page.title, cell.coordinate)
        for page in book
        for line in page.iter_rows()
        for cell in line
        if cell.data_type == "f" and values[page.title][cell.coordinate].value is None and '""' not in cell.value
    ]
    # The last nominee has no official score: what refers to it is empty text.
    assert {cell for _, cell in empty} <= {"E11", "H11", "Y11"}


def test_official_scores_stand_beside_their_formula(values: Workbook) -> None:
    page = values[PLACES]
    assert [cell.value for cell in page[6]][:6] == [
        "Peringkat",
        "Nomine",
        "Asal",
        "Gelar",
        "Nilai resmi (rumus)",
        "Nilai resmi (sistem)",
    ]
    for row, line in enumerate(workbook().categories[0].lines[:4], start=7):
        for column in (5, 6):
            cell = page.cell(row=row, column=column)
            assert cell.number_format == "0.00"
            assert f"{cell.value:.2f}" == str(line.score)
        assert page.cell(row=row, column=7).value == "cocok"
    assert page["A4"].value == "Nilai menurut rumus sama dengan nilai sistem: 4 dari 4 nomine."


def test_seats_stand_beside_every_panel_mean(values: Workbook) -> None:
    page = values[PLACES]
    heads = [cell.value for cell in page[6]]
    assert [page.cell(row=row, column=heads.index("n Inovasi") + 1).value for row in (7, 8, 9)] == [8, 8, 9]


def test_a_nominee_without_a_place_keeps_its_reason(values: Workbook) -> None:
    last = rows(values, PLACES)[4]
    assert last[0] is None
    assert last[10] == "missing_value:cakupan"
    assert rows(values, WORKINGS)[4][22] == "Belum ada"


def test_every_seat_has_its_marks_as_numbers_and_its_absences_as_words(values: Workbook) -> None:
    lines = rows(values, MARKS)
    assert len(lines) == 5 * 9
    assert lines[0][3:5] == [85.5, "ya"]
    assert lines[3][3:] == ["Tidak hadir", "tidak"] * 3
    assert lines[9 + 6][3:] == ["Benturan kepentingan", "tidak"] * 3
    assert lines[3 * 9][5:7] == ["Tidak berlaku", "tidak"]


def test_counts_make_the_figure_by_formula_and_a_fraction_is_a_division(book: Workbook) -> None:
    page = book[WORKINGS]
    assert [page[cell].value for cell in ("D7", "E7", "F7")] == [692, 900, "=D7*100/E7"]
    bare = replace(workbook().categories[0], lines=tuple(replace(x, counts={}) for x in workbook().categories[0].lines))
    plain = load_workbook(io.BytesIO(render_ranking_workbook(replace(workbook(), categories=(bare,)))))
    assert plain[WORKINGS]["D7"].value == "=692/9"


def test_notes_tell_rules_and_origin(book: Workbook) -> None:
    notes = [row[1] for row in rows(book, "Catatan")]
    sheet = samples.ranking_sheet()
    assert set(sheet.rules) <= set(notes)
    assert any(sheet.provenance.audit_head in str(note) for note in notes)


def test_every_page_is_frozen_marked_and_set_for_a4_landscape(book: Workbook) -> None:
    for page in book:
        assert page.freeze_panes is not None
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.oddHeader.center.text == samples.DEMO_MARK
        assert page["A3"].value == samples.DEMO_MARK
        assert page.print_title_rows == "$6:$6"


def test_the_same_data_gives_the_same_bytes(workbook_bytes: bytes) -> None:
    assert render_ranking_workbook(workbook()) == workbook_bytes


def test_without_a_demo_mark_there_is_none() -> None:
    plain = render_ranking_workbook(replace(workbook(), demo_mark=""))
    page = load_workbook(io.BytesIO(plain)).worksheets[0]
    assert page.oddHeader.center.text is None
    assert page["A3"].value is None


def test_a_category_without_seats_or_nominees_is_still_a_workbook() -> None:
    category = workbook().categories[0]
    problem = replace(category.problem, nominees=(), judges=(), scores={}, recusals=frozenset(), states={})
    bare = replace(category, problem=problem, lines=(), seat_sheets=())
    book = load_workbook(io.BytesIO(render_ranking_workbook(replace(workbook(), categories=(bare,)))))
    assert book[PLACES]["B7"].value is None


def test_every_line_needs_the_sheets_of_all_seats() -> None:
    category = workbook().categories[0]
    with pytest.raises(ValueError, match="one sheet per seat"):
        replace(category, seat_sheets=category.seat_sheets[1:])


def test_a_decided_place_stands_beside_the_computed_one() -> None:
    category = workbook().categories[0]
    moved = replace(category.lines[1], place="5/2", score=Decimal("78.91"))
    lines = (category.lines[0], moved, *category.lines[2:])
    content = render_ranking_workbook(replace(workbook(), categories=(replace(category, lines=lines),)))
    row = rows(load_workbook(io.BytesIO(content), data_only=True), PLACES)[1]
    assert (row[0], row[7], row[8], row[9]) == (2.5, 2, 2, "sama")
    assert row[6] == "BERBEDA"
