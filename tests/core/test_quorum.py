"""Enough scores or not, and what a recorded exception changes."""

from judging.core import package, quorum
from judging.core.tabulation import tabulate

from .documents import panel_of


def finals(document):
    return {standing.nominee: standing.final for standing in tabulate(package.read(document)).standings}


def shortfalls(document):
    return quorum.shortfalls(package.read(document))


def test_the_first_criterion_with_too_few_marks_is_named_with_both_numbers():
    marks = {"a": {"c": ["80", "80"], "d": ["80", None]}, "b": {"c": ["80", "80"], "d": ["80", "80"]}}
    assert shortfalls(panel_of(marks, min_scores=2)) == (quorum.Shortfall("a", "d", 1, 2),)


def test_recused_marks_do_not_make_a_quorum():
    document = panel_of({"a": {"c": ["80", "80"]}}, min_scores=2, recusals=[["ketua", "a"]])
    assert shortfalls(document) == (quorum.Shortfall("a", "c", 1, 2),)


def test_complete_sheets_are_counted_at_judge_level():
    marks = {"a": {"c": ["80", "80"], "d": ["80", None]}}
    assert shortfalls(panel_of(marks, min_scores=2, panel_level="judge")) == (quorum.Shortfall("a", "sheets", 1, 2),)


def test_the_disqualified_need_no_quorum():
    assert shortfalls(panel_of({"a": {"c": [None]}}, disqualified=["a"])) == ()


def test_a_recorded_exception_lets_a_nominee_rank_below_the_quorum():
    document = panel_of({"a": {"c": ["80", None, None]}}, min_scores=2)
    assert quorum.shortfalls(package.read(document)) == (quorum.Shortfall("a", "c", 1, 2),)
    assert finals(document | {"exceptions": ["a"]}) == {"a": "80.00"}
    assert quorum.shortfalls(package.read(document | {"exceptions": ["a"]})) == ()


def test_an_exception_does_not_make_up_for_no_mark_at_all():
    document = panel_of({"a": {"c": [None]}}, exceptions=["a"])
    assert shortfalls(document) == (quorum.Shortfall("a", "c", 0, 1),)
