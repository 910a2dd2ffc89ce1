"""The export of scores: Indonesian numbers, words for absences, and no text that could be taken for a formula."""

import csv
import io

import pytest

from judging.core.scoresheet import State
from judging.documents.scores_csv import ROWS_AT_ONCE, cell_text, csv_pieces, safe_text


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_the_file_begins_with_the_byte_order_mark_and_ends_lines_as_excel_does() -> None:
    content = b"".join(csv_pieces(["Inovasi"], [("1", "Kabupaten Belu", "unsur-1", ["82.5"])]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == "Nomor;Nomine;Unsur;Inovasi\r\n1;Kabupaten Belu;unsur-1;82,5\r\n"


def test_absences_are_words_and_zero_is_a_number() -> None:
    cells = ["0", State.ABSENT, State.RECUSED, State.NOT_APPLICABLE, State.WITHDRAWN, State.NOT_ENTERED, None]
    (_, line) = read(b"".join(csv_pieces(list("abcdefg"), [("1", "x", "", cells)])))
    assert line[3:] == [
        "0",
        "Tidak hadir",
        "Benturan kepentingan",
        "Tidak berlaku",
        "Ditarik",
        "Belum diisi",
        "",
    ]
    assert line[2] == "Sekretariat dan indikator"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", '=cmd|" /C calc"!A0'])
def test_text_that_begins_like_a_formula_is_neutralised(text: str) -> None:
    heads, line = read(b"".join(csv_pieces([text], [("1", text, text, ["1"])])))
    for cell in (heads[3], line[1], line[2]):
        assert cell.startswith("'")


def test_separators_and_line_ends_in_a_name_stay_inside_its_cell() -> None:
    name = 'PT "Maju; Jaya"\r\n=1+1'
    (_, line) = read(b"".join(csv_pieces(["a"], [("1", name, "s", ["1"])])))
    assert line == ["1", 'PT "Maju; Jaya" =1+1', "s", "1"]
    assert safe_text(name) == 'PT "Maju; Jaya" =1+1'


def test_a_figure_without_end_has_ten_decimals() -> None:
    assert cell_text("692/9") == "76,8888888889"
    assert cell_text("-2.5") == "-2,5"


def test_the_file_comes_in_pieces() -> None:
    pieces = list(csv_pieces(["a"], [("1", "x", "s", ["1"])] * (2 * ROWS_AT_ONCE + 1)))
    assert [piece.count(b"\r\n") for piece in pieces] == [ROWS_AT_ONCE + 1, ROWS_AT_ONCE, 1]
