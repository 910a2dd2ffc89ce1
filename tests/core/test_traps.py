"""Mistakes seen in other products, each made impossible here."""

from fractions import Fraction

import pytest

from judging.core import package, rubric
from judging.core.numbers import printed
from judging.core.refusals import DuplicateId, DuplicateScore, UnknownReference
from judging.core.scoresheet import State, parse, running_total
from judging.core.tabulation import tabulate

from .documents import changed, golden, panel_of


def run(document):
    return tabulate(package.read(document))


def test_not_applicable_is_not_counted_as_zero():
    document = panel_of({"a": {"c": ["80"], "d": [None]}})
    document = changed(document, ["tree", "children", 1, "may_be_na"], True) | {"not_applicable": [["a", "d"]]}
    assert run(document).by_nominee["a"].final == "80.00"


def test_a_missing_mark_is_not_zero_and_the_count_stands_beside_the_mean():
    marks = ["80"] * 8
    absent, zero = (run(panel_of({"a": {"c": [*marks, last]}})).by_nominee["a"] for last in (None, "0"))
    assert (absent.final, absent.counts["c"]) == ("80.00", 8)
    assert (zero.final, zero.counts["c"]) == ("71.11", 9)


def test_means_are_not_binary_and_ranks_are_not_on_rounded_means():
    # 78.995 is a half only when it is exact; in binary it is less and would be printed 78.99.
    (standing,) = run(panel_of({"a": {"c": ["78.99", "79"]}})).standings
    assert (standing.exact, standing.final) == (Fraction(15799, 200), "79.00")
    # criterion means that would tie when rounded on the way still part two nominees
    close = {"a": {"c": ["80", "80", "80.01"]}, "b": {"c": ["80", "80", "80.00"]}}
    exact = {"places": 2, "mode": "half_up", "at": "none"}
    assert run(panel_of(close, rounding=exact)).order == ("a", "b")


def test_equal_looking_numbers_are_never_ranked_apart_without_saying_why():
    result = run(golden("five-villages"))
    one, other = result.by_nominee["desa-bolok"], result.by_nominee["desa-ainoni"]
    assert (one.final, one.place, other.final, other.place) == ("69.27", 2, "69.27", 3)
    assert one.resolved_by == other.resolved_by == ("by_weight",)
    parted = result.ties[0].comparisons[-1]
    assert (parted.step, parted.basis) == ("by_weight", "cakupan")


def test_one_member_cannot_be_entered_twice():
    document = panel_of({"a": {"c": ["80"]}})
    with pytest.raises(DuplicateId):
        package.read(document | {"judges": document["judges"] * 2})
    with pytest.raises(DuplicateScore):
        package.read(document | {"scores": document["scores"] * 2})


def test_rows_created_beforehand_do_not_count_as_finished():
    criteria = rubric.from_document(golden("five-villages")["tree"])
    blank = parse(criteria, {leaf.id: {"state": "not_entered"} for leaf in criteria.panel_leaves}).entries
    total = running_total(criteria, blank)
    assert (total.answered, total.is_complete, total.average) == (0, False, None)


def test_the_lowest_level_and_not_scored_look_different():
    document = panel_of({"a": {"c": ["0", None]}})
    (trace,) = (item for item in run(document).by_nominee["a"].trace if item.criterion == "c")
    assert [(mark.state, mark.value) for mark in trace.marks] == [(State.VALUE, 0), (State.NOT_ENTERED, None)]


def test_a_recused_seats_mark_is_shown_as_recused_and_does_not_count():
    marks = {"a": {"c": ["80", "80", "10"]}}
    standing = run(panel_of(marks, recusals=[["disnaker", "a"]])).by_nominee["a"]
    assert (standing.final, standing.counts["c"]) == ("80.00", 2)
    (trace,) = (item for item in standing.trace if item.criterion == "c")
    assert [mark.state for mark in trace.marks] == [State.VALUE, State.VALUE, State.RECUSED]


def test_a_conflict_found_after_scoring_leaves_the_scores_as_they_were_entered():
    document = panel_of({"a": {"c": ["80", "80", "10"]}})
    before, after = (package.read(document | {"recusals": found}) for found in ([], [["disnaker", "a"]]))
    assert before.scores == after.scores
    assert ["disnaker", "a", "c", "10"] in package.document(after)["scores"]
    one, other = tabulate(before), tabulate(after)
    assert (one.by_nominee["a"].final, other.by_nominee["a"].final) == ("56.67", "80.00")
    assert one.digest != other.digest


def test_a_deleted_criterion_cannot_drop_out_of_past_scores():
    document = panel_of({"a": {"c": ["80"], "d": ["60"]}})
    gone = changed(document, ["tree", "children"], [{"id": "c", "weight": "100"}])
    with pytest.raises(UnknownReference) as caught:
        package.read(gone)
    assert caught.value.at == "scores[1]"


def test_changed_settings_give_another_digest_and_leave_the_old_result_alone():
    document = panel_of({"a": {"c": ["80", "60", "10"]}})
    old = run(document)
    new = run(changed(document, ["policy", "panel_method"], "median"))
    assert (old.by_nominee["a"].final, new.by_nominee["a"].final) == ("50.00", "60.00")
    assert old.digest != new.digest
    assert run(document) == old
    single = run(changed(document, ["policy", "panel_methods"], {"c": "median"}))
    assert (single.by_nominee["a"].final, single.digest in {old.digest, new.digest}) == ("60.00", False)


def test_a_tie_for_a_prize_asks_for_a_decision_and_is_not_settled_by_sorting():
    for order in (["a", "b"], ["b", "a"]):
        document = panel_of({name: {"c": ["80"]} for name in order})
        result = run(document)
        assert [row.place for row in result.standings] == [1, 1]
        assert (result.unresolved_ties, result.needs_decision) == ((("a", "b"),), True)


def test_a_published_jury_result_that_tells_half_up_from_half_even():
    # component marks of nine with one judge absent, 7.125 exactly, published as 7.13
    marks = ["7", "7.25", "7", "7.25", "7", "7.25", None, "7", "7.25"]
    document = panel_of({"a": {"c": marks}}, panel_method="trimmed", min_scores=5)
    trace = next(item for item in run(document).by_nominee["a"].trace if item.criterion == "c")
    assert (trace.mean, trace.count, trace.divisor) == (Fraction(57, 8), 8, 6)
    assert (printed(trace.mean), printed(trace.mean, 2, "half_even")) == ("7.13", "7.12")
