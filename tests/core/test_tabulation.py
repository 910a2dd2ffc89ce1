"""The rules of a tabulation one by one, on documents small enough to check in the head."""

import pickle
from fractions import Fraction

import pytest

from judging.core import package
from judging.core.tabulation import tabulate

from .documents import changed, panel_of

TWO = {"a": {"c": ["80", "80"], "d": ["60", "60"]}, "b": {"c": ["60", "60"], "d": ["80", "80"]}}


def run(document):
    return tabulate(package.read(document))


def finals(document):
    return {standing.nominee: standing.final for standing in run(document).standings}


def reasons(document):
    return {standing.nominee: standing.reason for standing in run(document).standings}


LEVELS = {"a": {"c": ["100", "50", "80", "80", "80"], "d": ["50", "100", "80", "80", "80"]}}


@pytest.mark.parametrize(("level", "final"), [("leaf", "80.00"), ("judge", "78.33")])
def test_a_trim_per_criterion_differs_from_a_trim_per_judge(level, final):
    assert finals(panel_of(LEVELS, panel_method="trimmed", panel_level=level)) == {"a": final}


@pytest.mark.parametrize("level", ["leaf", "judge"])
def test_the_plain_mean_is_the_same_at_both_levels(level):
    assert finals(panel_of(LEVELS, panel_level=level)) == {"a": "78.00"}


def test_sheets_that_were_trimmed_are_named_at_judge_level():
    (standing,) = run(panel_of(LEVELS, panel_method="trimmed", panel_level="judge")).standings
    assert [sheet.seat for sheet in standing.sheets if sheet.dropped] == ["ketua", "spsi"]
    assert standing.counts == {"sheets": 5}


def test_an_incomplete_sheet_does_not_count_at_judge_level():
    marks = {"a": {"c": ["80", "60", "10"], "d": ["80", "60", None]}}
    assert finals(panel_of(marks, panel_level="judge")) == {"a": "70.00"}
    assert reasons(panel_of(marks, panel_level="judge", min_scores=3)) == {"a": "insufficient_scores:sheets"}


ROUNDING = {"a": {"c": ["79.125"], "d": ["79.145"]}}


@pytest.mark.parametrize(
    ("rule", "final", "official"),
    [
        ({"places": 2, "mode": "half_up", "at": "none"}, "79.14", "79.135"),
        ({"places": 2, "mode": "half_up", "at": "final"}, "79.14", "79.14"),
        ({"places": 2, "mode": "half_even", "at": "final"}, "79.14", "79.14"),
        ({"places": 2, "mode": "down", "at": "final"}, "79.13", "79.13"),
        # each leaf 79.13 and 79.15, each half of it 39.565 and 39.575: up to 39.57 and 39.58 (even: 39.56 and 39.57)
        ({"places": 2, "mode": "half_up", "at": "every"}, "79.15", "79.15"),
        ({"places": 2, "mode": "half_even", "at": "every"}, "79.13", "79.13"),
    ],
)
def test_where_and_how_rounding_happens_is_the_rules_matter(rule, final, official):
    (standing,) = run(panel_of(ROUNDING, rounding=rule)).standings
    assert (standing.final, standing.official) == (final, Fraction(official))


CLOSE = {"a": {"c": ["80.001"]}, "b": {"c": ["80.002"]}}


def test_rounded_scores_tie_only_when_the_rounded_score_is_official():
    exact = panel_of(CLOSE, rounding={"places": 2, "mode": "half_up", "at": "none"})
    assert run(panel_of(CLOSE)).unresolved_ties == (("a", "b"),)
    assert run(exact).order == ("b", "a")
    assert finals(exact) == {"a": "80.00", "b": "80.00"}


@pytest.mark.parametrize(("least", "reason"), [(2, None), (3, "insufficient_scores:d")])
def test_every_panel_criterion_needs_its_quorum(least, reason):
    marks = {"a": {"c": ["80", "60", "70"], "d": ["80", "60", None]}}
    assert reasons(panel_of(marks, min_scores=least)) == {"a": reason}


def test_no_mark_at_all_is_never_enough():
    assert reasons(panel_of({"a": {"c": [None]}}, min_scores=0)) == {"a": "insufficient_scores:c"}


def with_value(leaf, values, **changes):
    document = panel_of({name: {"c": ["80"]} for name in values}, weights=["50"], **changes)
    document["tree"]["children"].append({"id": "x", "weight": "50", **leaf})
    document["values"] = {name: {"x": value} for name, value in values.items() if value is not None}
    return document


@pytest.mark.parametrize(("rule", "reason", "final"), [("unranked", "missing_value:x", None), ("zero", None, "40.00")])
def test_a_missing_figure_follows_the_rule(rule, reason, final):
    # Less is better here: a figure of 0 would be the best there is, but what is missing scores 0.
    leaf = {"kind": "indicator", "transform": {"type": "linear", "lo": "100", "hi": "0"}}
    (standing,) = run(with_value(leaf, {"a": None}, missing_value=rule)).standings
    assert (standing.reason, standing.final) == (reason, final)


def test_the_disqualified_are_no_peers():
    leaf = {"kind": "indicator", "transform": {"type": "minmax", "better": "high"}}
    document = with_value(leaf, {"a": "10", "b": "20", "c": "90"})
    assert run(document).by_nominee["b"].nodes["x"] == Fraction(25, 2)
    out = run(document | {"disqualified": ["c"]})
    assert out.by_nominee["b"].nodes["x"] == 100
    assert (out.by_nominee["c"].reason, out.order) == ("disqualified", ("b", "a"))


def test_the_unranked_stay_peers():
    leaf = {"kind": "indicator", "transform": {"type": "minmax", "better": "high"}}
    document = with_value(leaf, {"a": "10", "b": "20", "c": "90"})
    document["scores"] = [row for row in document["scores"] if row[1] != "c"]
    out = run(document)
    assert (out.by_nominee["c"].reason, out.by_nominee["b"].nodes["x"]) == ("insufficient_scores:c", Fraction(25, 2))


def test_not_applicable_gives_its_weight_to_the_siblings():
    document = panel_of({"a": {"c": ["80"], "d": ["60"], "e": [None]}}, weights=["30", "20", "50"])
    document = changed(document, ["tree", "children", 2, "may_be_na"], True) | {"not_applicable": [["a", "e"]]}
    (standing,) = run(document).standings
    assert (standing.exact, dict(standing.counts)) == (72, {"c": 1, "d": 1})
    assert "e" not in standing.nodes


def test_nothing_applicable_is_no_score():
    document = changed(panel_of({"a": {"c": ["80"]}}), ["tree", "children", 0, "may_be_na"], True)
    assert reasons(document | {"not_applicable": [["a", "c"]]}) == {"a": "not_applicable"}


def test_a_branch_that_weighs_nothing_without_its_leaf_drops_out():
    document = changed(
        panel_of({"a": {"c": ["80"], "d": ["60"]}}, weights=["100", "0"]), ["tree", "children", 0, "may_be_na"], True
    )
    assert reasons(document | {"not_applicable": [["a", "c"]]}) == {"a": "not_applicable"}


@pytest.mark.parametrize(("weights", "decision"), [(["I"], True), ([], False)])
def test_a_tie_over_a_titled_place_needs_a_decision(weights, decision):
    result = run(panel_of(TWO, labels=weights))
    assert (result.unresolved_ties, result.needs_decision) == ((("a", "b"),), decision)
    assert [standing.tied for standing in result.standings] == [True, True]


def test_a_tie_over_the_last_prize_needs_a_decision():
    marks = {"a": {"c": ["90"]}, "b": {"c": ["80"]}, "d": {"c": ["80"]}}
    assert run(panel_of(marks, labels=["I", "II"])).needs_decision
    assert run(panel_of(marks, labels=["I", "II"], ranking="1334")).needs_decision
    assert not run(panel_of(marks, labels=["I"])).needs_decision


def test_ordinal_places_do_not_hide_a_tie():
    result = run(panel_of(TWO, ranking="1234"))
    assert [standing.place for standing in result.standings] == [1, 2]
    assert (result.unresolved_ties, result.needs_decision) == ((("a", "b"),), True)


def test_fractional_places_are_exact_text_in_the_answer():
    answer = package.answer(run(panel_of(TWO, ranking="fractional")))
    assert [answer["nominees"][name]["rank"] for name in "ab"] == ["3/2", "3/2"]


def test_a_tree_may_be_deep():
    document = panel_of({"a": {"c": ["80"]}})
    for level in range(200):
        document["tree"] = {"id": f"n{level}", "children": [{**document["tree"], "weight": "100"}]}
    assert finals(document) == {"a": "80.00"}


def test_an_empty_category_has_an_empty_answer():
    document = panel_of(TWO) | {"nominees": [], "scores": []}
    assert (run(document).standings, run(document).needs_decision) == ((), False)


@pytest.mark.parametrize("level", ["leaf", "judge"])
def test_a_result_can_be_stored_and_explains_itself_afterwards(level):
    result = run(panel_of(LEVELS, panel_method="trimmed", panel_level=level))
    again = pickle.loads(pickle.dumps(result))  # noqa: S301 - our own bytes
    assert again == result
    assert again.standings[0].trace == result.standings[0].trace
    assert again.standings[0].sheets == result.standings[0].sheets
