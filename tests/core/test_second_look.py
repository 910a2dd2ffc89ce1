"""What a member is pointed at before submitting: compared with the own marks alone, exactly, and only with enough."""

from fractions import Fraction

import pytest

from judging.core import rubric as rubrics
from judging.core.scoresheet import Entry, State
from judging.core.second_look import own_marks, remarks

TREE = {
    "id": "total",
    "children": [
        {"id": "a", "weight": "50", "kind": "panel", "min": "0", "max": "100"},
        {"id": "b", "weight": "25", "kind": "panel", "min": "1", "max": "5", "step": "1", "normalise": "range"},
        {"id": "c", "weight": "25", "kind": "panel", "min": "0", "max": "10"},
    ],
}
RUBRIC = rubrics.from_document(TREE)


def sheet(**marks):
    return {name: Entry(State.VALUE, Fraction(mark)) for name, mark in marks.items()}


def codes(mine, others):
    return [(remark.code, remark.criterion) for remark in remarks(RUBRIC, mine, others)]


@pytest.mark.parametrize(
    ("mark", "found"),
    [("55", []), ("105/2", [("far_from_own_median", "a")]), ("54.99", [("far_from_own_median", "a")]), ("100", [])],
)
def test_far_is_more_than_a_quarter_of_the_scale_from_the_own_median(mark, found):
    assert codes(sheet(a=mark), [sheet(a="70"), sheet(a="80"), sheet(a="90")]) == found


def test_facts_name_mark_and_median():
    (remark,) = remarks(RUBRIC, sheet(b="5"), [sheet(b="1"), sheet(b="2"), sheet(b="3"), sheet(b="4")])
    assert remark.facts == {"mark": "5", "median": "2.5"}


def test_with_fewer_than_three_others_nothing_is_said():
    assert codes(sheet(a="0"), [sheet(a="90"), sheet(a="95")]) == []
    assert codes(sheet(a="0"), [sheet(a="90"), sheet(a="95"), {"a": Entry(State.NOT_ENTERED)}]) == []


def test_a_criterion_without_a_mark_is_passed_over():
    mine = {"a": Entry(State.NOT_APPLICABLE, reason="baru")}
    assert codes(mine, [sheet(a="90"), sheet(a="95"), sheet(a="99")]) == []


def test_equal_height_on_every_scale_is_said_once():
    assert codes(sheet(a="50", b="3", c="5"), []) == [("all_equal", "")]
    assert codes(sheet(a="50", b="3", c="6"), []) == []
    assert codes(sheet(a="50", b="3"), []) == []


def test_own_marks_keep_their_order_and_leave_out_absences():
    others = [sheet(a="90"), {"a": Entry(State.NOT_ENTERED)}, {}, sheet(a="0")]
    assert own_marks("a", others) == [90, 0]
