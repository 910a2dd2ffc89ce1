"""The writer of workbooks: kinds of cells, names of pages, and a package that readers accept."""

import io
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import Workbook, load_workbook  # noqa: TID253 - tests may read at once what they check

from judging.documents.cells import shown, words
from judging.documents.xlsx import Book, Cell, Formula, Value, column_name, literal, number_text, page_title
from judging.documents.xlsx_parts import Style


def read(*values: Value, data_only: bool = False) -> Workbook:
    book = Book()
    book.page("Uji").add([Cell(value, Style()) for value in values])
    return load_workbook(io.BytesIO(book.packed(title="uji", day=date(2025, 7, 21))), data_only=data_only)


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "0123", "1e5", "#N/A", "TRUE", "2025-07-21", "<a>&amp;"]
)
def test_any_text_is_stored_as_text(text: str) -> None:
    cell = read(text).active["A1"]
    assert (cell.data_type, cell.value) == ("s", text.strip())


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "＝1"])
def test_text_that_begins_like_a_formula_is_guarded_against_editing(text: str) -> None:
    assert read(text).active["A1"].quotePrefix


def test_ordinary_text_is_not_guarded() -> None:
    assert not read("Kabupaten Belu").active["A1"].quotePrefix


def test_only_a_formula_is_a_formula_and_it_carries_its_value() -> None:
    values = (Formula("1+1", 2), Formula('"a"&"<b>"', "a<b>"), "=1+1")
    line = read(*values).active[1]
    assert [cell.data_type for cell in line] == ["f", "f", "s"]
    assert [cell.value for cell in line] == ["=1+1", '="a"&"<b>"', "=1+1"]
    assert [cell.value for cell in read(*values, data_only=True).active[1]] == [2, "a<b>", "=1+1"]


def test_numbers_are_exact_or_cut_after_fifteen_decimals() -> None:
    assert number_text(Decimal("87.10")) == "87.10"
    assert number_text(Fraction(165, 2)) == "82.5"
    assert number_text(Fraction(1, 3)) == "0.333333333333333"
    assert number_text(-7) == "-7"
    assert literal(Fraction(1, 8)) == Fraction(1, 8)
    assert literal(Fraction(692, 9)) == Formula("692/9", Fraction(692, 9))


def test_shown_numbers_are_rounded_half_up() -> None:
    assert shown(Decimal("87.125"), 2).value == Decimal("87.13")


def test_page_names_are_ones_a_workbook_accepts() -> None:
    assert page_title("1 A/B: [C]*?\\ 'x'") == "1 A B C x"
    assert len(page_title("x" * 60)) == 31


def test_two_pages_cannot_share_a_name() -> None:
    book = Book()
    book.page("Satu")
    with pytest.raises(ValueError, match="two pages"):
        book.page("satu")


def test_columns_are_named_as_spreadsheets_name_them() -> None:
    assert [column_name(number) for number in (1, 26, 27, 52, 53, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_empty_cells_are_not_written_and_skipped_rows_stay_empty() -> None:
    book = Book()
    page = book.page("Uji")
    page.add([None, words(""), words("b")])
    page.skip()
    page.add([words("c")])
    sheet = load_workbook(io.BytesIO(book.packed(title="uji", day=date(2025, 7, 21)))).active
    assert [[cell.value for cell in line] for line in sheet.iter_rows()] == [
        [None, None, "b"],
        [None, None, None],
        ["c", None, None],
    ]


def test_looks_are_read_back() -> None:
    style = Style(bold=True, size=14, color="12284C", fill="F3F6FB", line_below=True, wrap=True, digits=3)
    book = Book()
    book.page("Uji").add([Cell(Fraction(1, 2), style)])
    cell = load_workbook(io.BytesIO(book.packed(title="uji", day=date(2025, 7, 21)))).active["A1"]
    assert (cell.font.b, cell.font.sz, cell.font.color.rgb) == (True, 14, "FF12284C")
    assert cell.fill.fgColor.rgb == "FFF3F6FB"
    assert cell.border.bottom.style == "medium"
    assert (cell.alignment.wrap_text, cell.number_format) == (True, "0.000")


def test_the_file_is_dated_by_its_paper() -> None:
    book = Book()
    book.page("Uji")
    properties = load_workbook(io.BytesIO(book.packed(title="Judul", day=date(2025, 7, 21)))).properties
    assert (properties.title, properties.creator) == ("Judul", "Paritrana")
    assert properties.created.date() == properties.modified.date() == date(2025, 7, 21)
