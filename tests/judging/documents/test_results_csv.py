"""A result as CSV: for a double click in an Indonesian spreadsheet, and never a formula."""

import csv
import io
from dataclasses import replace

import pytest

from judging.core.publication import CATEGORY, Other, Part, Winner
from judging.documents.results_csv import HEADS, results_csv
from tests.core.test_publication import RESULTS

FIRST, MARK = "Kabupaten Ende (contoh)", "CONTOH: bukan hasil sebenarnya"


def _read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_line_for_each_winner_other_nominee_and_special_award() -> None:
    content = results_csv(RESULTS)

    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    heads, *rows = _read(content)
    place = ["Paritrana Award 2024", "Provinsi Nusa Tenggara Timur"]
    assert heads == [*HEADS, "Nilai", "Tanda"]
    assert rows == [
        [*place, "Kategori", "Pemerintah Daerah", "1", "Terbaik I", FIRST, "", "", "84,74", MARK],
        [*place, "Kategori", "Pemerintah Daerah", "", "", "Kabupaten Alor (contoh)", "", "Nomine", "", MARK],
        [
            *place,
            "Piagam khusus",
            "",
            "",
            "Inovasi",
            "Provinsi Bali (contoh)",
            "",
            "perlindungan pekerja rentan",
            "",
            MARK,
        ],
    ]


def test_totals_and_mark_have_no_column_where_there_are_none() -> None:
    heads, *rows = _read(results_csv(replace(RESULTS, shows_totals=False, mark="")))

    assert heads == list(HEADS)
    assert {len(row) for row in rows} == {len(HEADS)}


@pytest.mark.parametrize("text", ["=1+1", "+62", "-1", "@SUM(A1)", "＝1", " =1", "\t=1", 'a\r\nb;c"d', "\u202eabc"])
def test_no_text_becomes_a_formula_or_a_line(text: str) -> None:
    part = Part(CATEGORY, "x", text, (Winner(1, text, text, text),), (Other(text, text),))
    heads, *rows = _read(results_csv(replace(RESULTS, edition=text, place=text, parts=(part,), specials=())))

    assert len(rows) == 2
    assert {len(row) for row in rows} == {len(heads)}
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "＝", "\t"))]
