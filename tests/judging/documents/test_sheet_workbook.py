"""The workbook's form: protected but for the marks, choices for short scales, and user text that stays text."""

from dataclasses import replace
from decimal import Decimal

import pytest

from judging.core.sheet_workbook import BINDING_SHEET, FIRST_ROW, FRONT_SHEET, KEY_PLACE, address
from judging.documents.sheet_workbook import CriterionRow, ListedNominee, NomineeSheet, SheetWorkbook, sheet_workbook
from tests.factories.sheet_workbooks import opened

NASTY = '=HYPERLINK("http://x";"klik")'
WIDE = CriterionRow(
    "komitmen", "Kebijakan", "Komitmen", "30", "0–100", Decimal(0), Decimal(100), (), False, Decimal("87.5"), "", NASTY
)
SHORT = replace(
    WIDE,
    id="inovasi",
    title="Inovasi",
    scale="1–4, kelipatan 1\n1 = Kurang",
    choices=tuple(map(Decimal, range(1, 5))),
    may_be_na=True,
    mark=None,
    reason="@alasan",
    note="",
)
DATA = SheetWorkbook(
    heading=("Lembar penilaian", "Unsur 1: Anggota", "Selasa, 24 Juni 2025"),
    nominees=(
        ListedNominee(7, NASTY, "Pemda", "09.00", ""),
        ListedNominee(8, "+62", "Pemda", "10.00", "Tidak dinilai: benturan kepentingan"),
    ),
    sheets=(NomineeSheet(7, "kunci", NASTY, ("Pemda", "-fakta"), (WIDE, SHORT)),),
    token="t" * 2500,
)


@pytest.fixture(scope="module")
def book():
    return opened(sheet_workbook(DATA))


def test_one_sheet_for_each_open_nominee_and_a_hidden_binding(book):
    assert book.sheetnames == [FRONT_SHEET, "Nomine 7", BINDING_SHEET]
    assert book[BINDING_SHEET].sheet_state == "veryHidden"
    assert "".join(cell.value for (cell,) in book[BINDING_SHEET]["A1:A3"]) == DATA.token
    assert book.security.lockStructure


def test_every_sheet_is_protected_and_only_marks_reasons_and_notes_are_open(book):
    assert all(sheet.protection.sheet for sheet in book.worksheets)
    unlocked = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if not cell.protection.locked
    }
    assert unlocked == {f"Nomine 7!{at}" for at in ("F7", "H7", "F8", "G8", "H8")}


def test_marks_stand_as_numbers_and_empty_ones_are_empty(book):
    sheet = book["Nomine 7"]
    assert (sheet["F7"].value, sheet["F7"].data_type) == (87.5, "n")
    assert sheet["F8"].value is None
    assert sheet[address(*KEY_PLACE)].value == "kunci"
    assert sheet.column_dimensions["A"].hidden


def test_short_scales_offer_their_marks_and_long_ones_their_ends(book):
    rules = {str(rule.sqref): rule for rule in book["Nomine 7"].data_validations.dataValidation}
    assert (rules["F7"].type, rules["F7"].formula1, rules["F7"].formula2) == ("decimal", "0", "100")
    assert (rules["F8"].type, rules["F8"].formula1) == ("list", f"'{BINDING_SHEET}'!$C$1:$C$4")
    assert [cell.value for (cell,) in book[BINDING_SHEET]["C1:C4"]] == [1, 2, 3, 4]
    assert rules[f"G{FIRST_ROW}:H{FIRST_ROW + 1}"].type == "textLength"


def test_no_user_text_is_a_formula_and_our_own_are_the_only_ones(book):
    formulas = {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }
    assert len(formulas) == 2
    assert all(text.startswith('="Terisi "&SUMPRODUCT(') for text in formulas.values())
    assert book["Nomine 7"]["H7"].value == NASTY
    assert book["Nomine 7"]["H7"].quotePrefix


def test_whoever_is_not_scored_is_listed_with_the_reason(book):
    texts = [cell.value for row in book[FRONT_SHEET].iter_rows() for cell in row if cell.value]
    assert "Tidak dinilai: benturan kepentingan" in texts
    links = [cell.hyperlink.location for row in book[FRONT_SHEET].iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'Nomine 7'!F7"]
