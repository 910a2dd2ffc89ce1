"""One sheet beside the panel's: exact, of values only, and silent where a mark could be traced to its seat."""

from fractions import Fraction

from judging.core import rubric as rubrics
from judging.core.calibration import Beside, beside
from judging.core.scoresheet import Entry, State

RUBRIC = rubrics.from_document(
    {
        "id": "total",
        "children": [
            {"id": "a", "weight": "50", "kind": "panel", "min": "0", "max": "100"},
            {"id": "b", "weight": "50", "kind": "panel", "min": "0", "max": "100", "may_be_na": True},
        ],
    }
)
OUT = Entry(State.NOT_APPLICABLE, reason="baru")


def sheet(a: str, b: str | None) -> dict[str, Entry]:
    return {"a": Entry(State.VALUE, Fraction(a)), "b": Entry(State.VALUE, Fraction(b)) if b else OUT}


def test_median_and_range_are_exact_and_of_values_only() -> None:
    own = sheet("70.1", None)
    panel = [own, sheet("0", "1"), sheet("80.4", "2"), sheet("90", "3.5")]
    assert beside(RUBRIC, own, panel) == (
        Beside("a", Fraction("70.1"), Fraction("75.25"), Fraction(0), Fraction(90), 4),
        Beside("b", None, Fraction(2), Fraction(1), Fraction("3.5"), 3),
    )


def test_of_two_marks_nothing_but_the_own_is_told() -> None:
    own = sheet("70", "60")
    first, second = beside(RUBRIC, own, [own, sheet("90", "80"), sheet("95", None)])
    assert first.middle == 90
    assert second == Beside("b", Fraction(60), None, None, None, 2)


def test_the_order_of_the_seats_is_irrelevant() -> None:
    panel = [sheet("1", "9"), sheet("5", "2"), sheet("3", None), sheet("3", "4")]
    assert beside(RUBRIC, panel[0], panel) == beside(RUBRIC, panel[0], panel[::-1])
