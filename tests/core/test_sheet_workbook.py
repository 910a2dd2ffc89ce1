"""What a filled sheet of the workbook says, and that nothing misplaced is guessed at."""

import pytest

from judging.core import sheet_workbook as book
from judging.core.rubric import from_document
from judging.core.typed_marks import typed_text
from tests.factories.sheets import TREE

RUBRIC = from_document(TREE)
BOUND = book.Bound(7, "k" * 32, 0, "hash", "base")
FIRST, SECOND = book.FIRST_ROW, book.FIRST_ROW + 1


def sheet(**cells):
    """A sheet as it was written, with ``F7=("n", "80")`` and the like put in."""
    found = {
        book.KEY_PLACE: ("s", BOUND.key),
        (FIRST, book.ID): ("s", "komitmen"),
        (SECOND, book.ID): ("s", "inovasi"),
    }
    columns = {"F": book.MARK, "G": book.REASON, "H": book.NOTE, "J": 10}
    return found | {(int(at[1:]), columns[at[0]]): cell for at, cell in cells.items()}


def read(**cells):
    return book.read_sheet(RUBRIC, BOUND, sheet(**cells))


def complaints(**cells):
    return [(problem.sheet, problem.cell, problem.code) for problem in read(**cells)[1]]


@pytest.mark.parametrize(("row", "column", "text"), [(7, 6, "F7"), (1, 1, "A1"), (12, 27, "AA12"), (3, 52, "AZ3")])
def test_address(row, column, text):
    assert book.address(row, column) == text


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (("n", "87.5"), "87.5"),
        (("s", "87,5"), "87.5"),
        (("s", " 87.5 "), "87.5"),
        (("n", "0"), "0"),
        (("s", "0"), "0"),
        (("n", "100"), "100"),
    ],
)
def test_a_mark_is_exact_however_it_was_typed(cell, value):
    entries, problems = read(F7=cell)
    assert problems == []
    assert entries["komitmen"] == {"state": "value", "value": value}


def test_empty_is_not_entered_and_zero_is_a_mark():
    entries, problems = read(F7=("n", "0"), F8=("s", "  "))
    assert problems == []
    assert (entries["komitmen"]["state"], entries["inovasi"]["state"]) == ("value", "not_entered")


def test_a_reason_alone_means_not_applicable_and_a_note_stays_a_note():
    entries, problems = read(G8=("s", " belum ada "), H7=("s", "baik\r\nsekali\u202e"), F7=("n", "80"))
    assert problems == []
    assert entries["inovasi"] == {"state": "not_applicable", "reason": "belum ada"}
    assert entries["komitmen"]["note"] == "baik\nsekali"


@pytest.mark.parametrize(
    ("cells", "at", "code"),
    [
        ({"F7": ("n", "101")}, "F7", "cell_score_range"),
        ({"F7": ("n", "-1")}, "F7", "cell_score_range"),
        ({"F8": ("n", "2.5")}, "F8", "cell_score_step"),
        ({"F7": ("s", "delapan")}, "F7", "cell_malformed"),
        ({"F7": ("s", "87,5 %")}, "F7", "cell_malformed"),
        ({"F7": ("s", "1.000")}, "F7", "cell_score_range"),
        ({"F7": ("n", "1e-07")}, "F7", "cell_malformed"),
        ({"F7": ("b", "True")}, "F7", "cell_malformed"),
        ({"F7": ("d", "2025-02-01")}, "F7", "workbook_cell_date"),
        ({"F7": ("f", "")}, "F7", "import_cell_formula"),
        ({"F7": ("e", "#N/A")}, "F7", "import_cell_error"),
        ({"H7": ("f", "")}, "H7", "import_cell_formula"),
        ({"H7": ("s", "x" * (book.TEXT_LIMIT + 1))}, "H7", "import_cell_too_long"),
        ({"G7": ("s", "tidak ada")}, "G7", "cell_not_applicable"),
        ({"F8": ("n", "3"), "G8": ("s", "tidak ada")}, "F8", "cell_value_unexpected"),
        ({"J7": ("s", "catatan di samping")}, "J7", "workbook_cell_outside"),
        ({"F9": ("n", "5")}, "F9", "workbook_cell_outside"),
    ],
)
def test_a_cell_that_cannot_stand_is_named_with_its_address(cells, at, code):
    assert complaints(**cells) == [("Nomine 7", at, code)]


def test_all_problems_are_told_at_once():
    assert [cell for _, cell, _ in complaints(F7=("n", "101"), F8=("f", ""), H8=("e", "#REF!"))] == ["F7", "F8", "H8"]


@pytest.mark.parametrize(
    "change",
    [
        {book.KEY_PLACE: ("s", "another sheet's")},
        {(FIRST, book.ID): ("s", "inovasi"), (SECOND, book.ID): ("s", "komitmen")},
        {(FIRST, book.ID): ("s", "")},
    ],
)
def test_rows_or_sheets_out_of_place_are_refused_whole(change):
    entries, problems = book.read_sheet(RUBRIC, BOUND, sheet(F7=("n", "80")) | change)
    assert entries == {}
    assert [problem.code for problem in problems] == ["workbook_sheet_altered"]


def test_sheets_added_renamed_or_taken_away_are_told():
    binding = book.Binding(2024, "53", "2025-06-24", 1, 1, (BOUND,))
    titles = [book.FRONT_SHEET, "Nomine 8", book.BINDING_SHEET]
    found = [(problem.sheet, problem.code) for problem in book.foreign_sheets(titles, binding)]
    assert found == [("Nomine 8", "workbook_sheet_foreign"), ("Nomine 7", "workbook_sheet_missing")]
    assert list(book.foreign_sheets([*titles[::2], "Nomine 7"], binding)) == []


def test_binding_is_read_back_as_it_was():
    binding = book.Binding(2024, "nasional", "", 3, 4, (BOUND, BOUND))
    assert book.binding_from_plain(book.binding_to_plain(binding)) == binding


def test_differences_leave_out_what_says_the_same():
    stored = book.told(RUBRIC, {"komitmen": {"state": "value", "value": "80", "note": "a\r\nb"}})
    sent = book.told(RUBRIC, {"komitmen": {"state": "value", "value": "80", "note": "a\nb"}, "inovasi": {}})
    assert book.differences(RUBRIC, stored, sent) == ()
    assert book.digest(stored) == book.digest(sent)
    other = book.told(RUBRIC, {"komitmen": {"state": "value", "value": "81", "note": "a\nb"}})
    assert [line.criterion.id for line in book.differences(RUBRIC, stored, other)] == ["komitmen"]
    assert book.digest(stored) != book.digest(other)


def test_a_point_before_three_digits_stands_between_thousands():
    assert (typed_text("1.000"), typed_text("87.5")) == ("1000", "87.5")
