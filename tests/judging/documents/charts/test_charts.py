"""Each chart says what its table says, at the right place, in words and numbers."""

from fractions import Fraction

import pytest

from judging.documents.charts import (
    Part,
    SeverityRow,
    SpreadRow,
    StabilityRow,
    TotalsRow,
    severity_chart,
    spread_chart,
    stability_chart,
    totals_chart,
)
from judging.documents.charts.drawing import Chart, Number
from judging.documents.charts.spread import median_of
from judging.documents.charts.stability import share_text
from judging.documents.charts.totals import letter_of

from .test_drawing import drawn, letters


def totals(*parts: Fraction | int) -> Chart:
    return totals_chart(
        title="t",
        description="d",
        heads=("Nomine", "Nilai"),
        parts=[Part(f"K{number}", "10%") for number in range(len(parts))],
        rows=[TotalsRow("1. A", "60,33", tuple(Fraction(part) for part in parts))],
    )


def test_parts_stand_side_by_side_as_long_as_their_points() -> None:
    chart = totals(40, Fraction(25, 3), 12)
    bars = [shape for shape in chart.shapes if shape.kind == "rect" and shape.height == 20 and shape.y > 22]
    assert [(bar.x, bar.width) for bar in bars] == [("0.00%", "40.00%"), ("40.00%", "8.33%"), ("48.33%", "12.00%")]
    assert len({bar.fill for bar in bars}) == 3
    assert chart.table.heads == ("Nomine", "A K0 (10%)", "B K1 (10%)", "C K2 (10%)", "Nilai")
    assert chart.table.rows == (("1. A", "40,00", "8,33", "12,00", "60,33"),)


def test_a_part_shows_its_letter_where_there_is_room_and_its_number_in_a_wide_window() -> None:
    chart = totals(40, 5, 3, 0)
    written = [(shape.text, shape.only) for shape in chart.shapes if shape.y == 56]
    assert written == [("A", "narrow"), ("A 40,0", "wide"), ("B", "")]


def test_the_thirteenth_criterion_still_looks_like_no_other_of_the_first_twelve() -> None:
    chart = totals(*[Fraction(8)] * 12)
    looks = {tuple(shape.fill for shape in key.shapes) for key in chart.legend}
    assert len(looks) == 12
    assert [letter_of(index) for index in (0, 25, 26, 27)] == ["A", "Z", "A2", "B2"]


def spread(*totals: int, official: Fraction = Fraction(80)) -> Chart:
    row = SpreadRow("1. A", "80,00", official, tuple(Fraction(value) for value in totals))
    return spread_chart(
        title="t",
        description="d",
        heads=("Nomine", "Nilai", "Unsur", "Terendah", "Median", "Tertinggi"),
        keys=("Unsur", "Median", "Resmi"),
        rows=[row],
    )


def test_every_seat_is_a_dot_and_the_table_has_the_five_numbers() -> None:
    chart = spread(70, 80, 90, 90)
    dots = [shape.x for shape in chart.shapes if shape.kind == "circle"]
    assert dots == ["2.00%", "50.00%", "98.00%", "98.00%"]
    assert chart.table.rows == (("1. A", "80,00", "4", "70,00", "85,00", "90,00"),)
    assert [key.text for key in chart.legend] == ["Unsur", "Median", "Resmi"]


def test_a_nominee_without_complete_sheets_has_its_official_score_alone() -> None:
    chart = spread()
    assert [shape for shape in chart.shapes if shape.kind == "circle"] == []
    assert chart.table.rows == (("1. A", "80,00", "0", "–", "–", "–"),)


@pytest.mark.parametrize(("totals", "official"), [((0,), 0), ((100,), 100), ((99, 3), 50)])
def test_the_scale_holds_everything_from_0_to_100(totals: tuple[int, ...], official: int) -> None:
    chart = spread(*totals, official=Fraction(official))
    places = [float(shape.x.rstrip("%")) for shape in chart.shapes if shape.kind == "circle"]
    assert all(2 <= place <= 98 for place in places)


def test_the_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    assert median_of([Fraction(3), Fraction(1), Fraction(2)]) == 2
    assert median_of([Fraction(4), Fraction(1)]) == Fraction(5, 2)
    assert median_of([]) is None


def test_a_seat_below_the_panel_stands_left_with_two_errors_to_either_side() -> None:
    rows = [
        SeverityRow("Unsur A", "2,0 di bawah panel", "-2,0", -2, Fraction(1, 2), ("-2,0", "0,5")),
        SeverityRow("Unsur B", "tidak dapat dihitung", "–", None, None, ("–", "–")),
    ]
    chart = severity_chart(
        title="t", description="d", heads=("Unsur", "Selisih", "SE"), sides=("rendah", "tinggi"), rows=rows
    )
    (dot,) = [shape for shape in chart.shapes if shape.kind == "circle"]
    assert dot.x == "18.00%"  # -2 of 3 points
    assert {"2.00%", "34.00%"} <= {shape.x for shape in chart.shapes if shape.kind == "line"}
    assert chart.table.rows == (("Unsur A", "-2,0", "0,5"), ("Unsur B", "–", "–"))
    assert "tidak dapat dihitung" in letters(drawn(chart))


def test_no_seat_at_all_is_an_empty_chart() -> None:
    chart = severity_chart(title="t", description="d", heads=("Unsur",), sides=("a", "b"), rows=[])
    assert chart.table.rows == ()


@pytest.mark.parametrize(
    ("share", "written"), [(0, "–"), (0.0004, "<1%"), (0.9999, ">99%"), (1, "100%"), (Fraction(1, 3), "33%")]
)
def test_what_is_rare_is_told_from_what_never_happened(share: Number, written: str) -> None:
    assert share_text(share) == written


def test_each_cell_has_its_number_and_is_darker_for_more() -> None:
    rows = [StabilityRow("1. A", (0.8, 0.2)), StabilityRow("2. B", (0.2, 0.8))]
    chart = stability_chart(title="t", description="d", heads=("Nomine", "Peringkat"), rows=rows)
    cells = [(shape.x, shape.width) for shape in chart.shapes if shape.kind == "rect"]
    assert cells[:2] == [("0.00%", "50.00%"), ("50.00%", "50.00%")]
    fills = [shape.fill for shape in chart.shapes if shape.kind == "rect"]
    assert fills[0] == fills[3] != fills[1] == fills[2]
    assert chart.table.rows == (("1. A", "80%", "20%"), ("2. B", "20%", "80%"))


def test_the_places_below_the_sixth_share_a_column() -> None:
    shares = (0.0,) * 6 + (0.25, 0.75)
    chart = stability_chart(title="t", description="d", heads=("Nomine", "Peringkat"), rows=[StabilityRow("A", shares)])
    assert chart.table.heads == ("Nomine", *(f"Peringkat {place}" for place in (1, 2, 3, 4, 5, 6, "7+")))
    assert chart.table.rows == (("A", *["–"] * 6, "100%"),)
