"""The template: what it offers, and that the product reads what it wrote itself."""

from io import BytesIO
from typing import Any

import pytest

from nominees.core.import_sheets import FORMS
from nominees.core.rows import check_sheets
from nominees.documents.import_template import HEADER_ROW, TemplateData, import_template
from nominees.services.workbook_reader import read_workbook

DATA = TemplateData(
    title="Daftar nomine (contoh)",
    categories=[("Pemerintah Kabupaten/Kota", "government"), ('=CMD("x")', "business")],
    regions=[("53.71", "Kota Kupang", "", "")],
)


@pytest.fixture(scope="module")
def content() -> bytes:
    return import_template(DATA)


def _opened(content: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(content))


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return _opened(content)


def test_the_sheets_stand_in_order_with_their_headings(book: Any) -> None:
    assert book.sheetnames == ["Pemerintah", "Desa", "Badan Usaha", "Petunjuk", "Kode", "Kode Wilayah"]
    for form in FORMS:
        headings = [cell.value.removesuffix(" *") for cell in book[form.title][HEADER_ROW]]
        assert headings == [column.header for column in form.columns]


def test_every_cell_is_text_even_a_category_that_looks_like_a_formula(book: Any) -> None:
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}
    assert any(cell.value == '=CMD("x")' for row in book["Kode"].iter_rows() for cell in row)


def test_codes_are_formatted_as_text_and_choices_are_offered(book: Any) -> None:
    sheet = book["Badan Usaha"]
    by_heading = {cell.value.removesuffix(" *"): cell.column_letter for cell in sheet[HEADER_ROW]}
    assert sheet[f"{by_heading['NIB']}{HEADER_ROW + 5}"].number_format == "@"
    offered = {
        str(v.sqref).rstrip("0123456789:").rstrip("0123456789")[:1] for v in sheet.data_validations.dataValidation
    }
    assert offered >= {by_heading["Sektor"], by_heading["Ukuran usaha"], by_heading["Kategori"]}


def test_the_empty_template_is_read_and_its_examples_are_not_nominees(content: bytes) -> None:
    sheets, refusal = read_workbook(content)

    rows, problems = check_sheets(sheets)

    assert (refusal, rows, [p.code for p in problems]) == ("", [], ["import_no_rows"])


def test_a_filled_template_is_read_back(content: bytes) -> None:
    book = _opened(content)
    sheet = book["Pemerintah"]
    for column, value in enumerate(["1", "53.71", "Kota Kupang"], start=1):
        sheet.cell(row=HEADER_ROW + 2, column=column).value = value
    stream = BytesIO()
    book.save(stream)

    rows, problems = check_sheets(read_workbook(stream.getvalue())[0])

    assert problems == []
    assert [(row.kind, dict(row.values)) for row in rows] == [
        ("government", {"region_code": "53.71", "name": "Kota Kupang"})
    ]


def test_the_examples_themselves_are_right(content: bytes) -> None:
    """Somebody who follows an example must not be refused for it."""
    book = _opened(content)
    for form in FORMS:
        book[form.title].cell(row=HEADER_ROW + 1, column=1).value = "1"
    stream = BytesIO()
    book.save(stream)

    rows, problems = check_sheets(read_workbook(stream.getvalue())[0])

    assert problems == []
    assert [row.kind for row in rows] == [form.kind for form in FORMS]
