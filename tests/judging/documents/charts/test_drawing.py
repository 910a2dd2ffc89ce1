"""The shapes: positions that fit any width, names that are cut, plain values for paper, and safe markup."""

from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string

from judging.documents.charts import Part, TotalsRow, for_paper, totals_chart
from judging.documents.charts.drawing import Number, clipped, name_line, percent, table
from judging.documents.rendering import plain

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '<script>alert(1)</script> & "Kabupaten" dengan nama yang panjang sekali (contoh)'


def drawn(chart: object) -> Any:
    """Return the drawing as a browser reads it."""
    return ElementTree.fromstring(render_to_string("components/chart.html", {"chart": chart}))  # noqa: S314 - own


def letters(svg: Any) -> list[str]:
    return [node.text for node in svg.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (Fraction(1, 3), 1, "33.33%"),
        (0.125, 1, "12.50%"),
        (0, 100, "0.00%"),
        (-2, 100, "0.00%"),
        (100, 100, "100.00%"),
    ],
)
def test_a_position_is_written_with_two_decimals_and_never_below_zero(part: Number, whole: int, written: str) -> None:
    assert percent(part, whole) == written


def test_a_long_name_is_cut_for_narrow_windows_only_and_whole_in_wide_ones() -> None:
    name = "Kabupaten Timor Tengah Selatan (contoh)"
    wide, narrow = name_line(name, 14)
    assert (wide.text, wide.only) == (name, "wide")
    assert (narrow.only, len(narrow.text) <= 30, narrow.text[-1]) == ("narrow", True, "…")
    assert [shape.only for shape in name_line("Kota Kupang", 14)] == [""]
    assert clipped("abcdef", 6) == "abcdef"


def test_a_drawing_is_an_image_with_words_and_without_style() -> None:
    chart = totals_chart(
        title=HOSTILE,
        description="Uraian",
        heads=("Nomine", "Nilai"),
        parts=[Part(f"Kriteria {number}", "8%") for number in range(9)],
        rows=[TotalsRow(HOSTILE, "45,00", (Fraction(5),) * 9)],
    )
    markup = render_to_string("components/chart.html", {"chart": chart})
    svg = drawn(chart)
    assert svg.get("role") == "img"
    named = [
        next(node.text for node in svg.iter() if node.get("id") == id) for id in svg.get("aria-labelledby").split()
    ]
    assert named == [HOSTILE, "Uraian"]
    assert "style" not in markup
    assert "<script" not in markup
    patterns = {f"url(#{node.get('id')})" for node in svg.iter(f"{SVG}pattern")}
    assert patterns
    assert patterns <= {node.get("fill") for node in svg.iter(f"{SVG}rect")}


def test_paper_gets_plain_values_and_the_drawing_for_a_narrow_column() -> None:
    chart = totals_chart(
        title="a",
        description="b",
        heads=("Nomine", "Nilai"),
        parts=[Part("Satu", "100%")],
        rows=[TotalsRow("Kabupaten Timor Tengah Selatan (contoh)", "50,00", (Fraction(50),))],
    )
    assert {shape.only for shape in chart.shapes} == {"", "wide", "narrow"}
    values: Any = plain(for_paper(chart))
    assert {shape["only"] for shape in values["shapes"]} == {"", "narrow"}
    assert values["box"] > 0


def test_a_row_without_a_cell_for_each_head_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a cell"):
        table(["a", "b"], [["1"]])
