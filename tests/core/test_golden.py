"""The worked examples of ``tests/golden``: exact fractions, printed strings, places, and why."""

from fractions import Fraction

import pytest

from judging.core import package
from judging.core.scoresheet import State
from judging.core.tabulation import tabulate

from .documents import golden


@pytest.fixture(scope="module")
def villages():
    return tabulate(package.read(golden("five-villages")))


EXPECTED = golden("five-villages.expected")


@pytest.mark.parametrize("name", list(golden("tabulation-1.expected")["nominees"]))
def test_the_example_of_the_format_is_answered_field_by_field(name):
    expected = golden("tabulation-1.expected")["nominees"][name]
    row = package.answer(tabulate(package.read(golden("tabulation-1"))))["nominees"][name]
    assert {field: row[field] for field in expected} == expected


def test_the_example_of_the_format_is_ordered_and_decided():
    expected = golden("tabulation-1.expected")
    answer = package.answer(tabulate(package.read(golden("tabulation-1"))))
    assert {field: answer[field] for field in ("order", "unresolved_ties", "needs_decision")} == {
        field: expected[field] for field in ("order", "unresolved_ties", "needs_decision")
    }


@pytest.mark.parametrize("name", list(EXPECTED["nominees"]))
def test_the_five_villages_are_answered_field_by_field(villages, name):
    assert package.answer(villages)["nominees"][name] == EXPECTED["nominees"][name]


def test_the_five_villages_explain_their_tie(villages):
    answer = package.answer(villages)
    assert answer["ties"][0]["steps"][:2] == EXPECTED["ties"][0]["steps"]
    assert len(answer["ties"]) == 1
    assert len(answer["ties"][0]["steps"]) == 2
    assert answer["ties"][0]["outcome"] == EXPECTED["ties"][0]["outcome"]
    assert (answer["order"], answer["unresolved_ties"], answer["needs_decision"]) == (EXPECTED["order"], [], False)


@pytest.mark.parametrize("name", list(EXPECTED["panel"]))
def test_the_five_villages_show_sum_divisor_and_mean_of_each_criterion(villages, name):
    trace = {item.criterion: item for item in villages.by_nominee[name].trace}
    shown = {
        leaf: {"sum": str(trace[leaf].total), "divisor": trace[leaf].divisor, "mean": str(trace[leaf].mean)}
        for leaf in ("paparan", "jawaban")
    }
    assert shown == EXPECTED["panel"][name]
    dropped = [mark.seat for mark in trace["paparan"].marks if mark.dropped]
    assert sorted(dropped) == EXPECTED["dropped_paparan"][name]


def test_the_five_villages_show_the_absent_and_the_recused(villages):
    trace = {item.criterion: item for item in villages.by_nominee["desa-damai"].trace}
    states = {mark.seat: mark.state for mark in trace["paparan"].marks}
    assert states["dprd"] is State.ABSENT
    assert states["akademisi"] is State.RECUSED
    assert list(states.values()).count(State.VALUE) == trace["paparan"].count == 7


def test_every_trace_adds_up_to_the_total(villages):
    for standing in villages.standings:
        trace = {item.criterion: item for item in standing.trace}
        parts = [trace[name].part for name in ("cakupan", "regulasi", "wawancara")]
        assert sum(parts, Fraction(0)) == trace["total"].score == standing.exact
        for name in ("paparan", "jawaban"):
            item = trace[name]
            used = [mark.value for mark in item.marks if mark.used]
            assert (sum(used), len(used)) == (item.total, item.divisor)
            assert item.product == item.share * item.score / 100
