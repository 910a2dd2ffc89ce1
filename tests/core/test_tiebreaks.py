"""Each step of the tie chain: what it compared, whom it parted, whom it left tied."""

from fractions import Fraction

import pytest

from judging.core import package
from judging.core.tabulation import tabulate

from .documents import changed, panel_of

# Equal totals of 70 everywhere.
MARKS = {
    "a": {"c": ["80", "80", "80"], "d": ["60", "60", "60"]},
    "b": {"c": ["60", "60", "60"], "d": ["80", "80", "80"]},
    "e": {"c": ["70", "70", "70"], "d": ["70", "70", "70"]},
}


def run(marks=MARKS, *steps, **changes):
    return tabulate(package.read(panel_of(marks, tie_break=list(steps), **changes)))


@pytest.mark.parametrize(
    ("step", "order"), [("criterion:c", "aeb"), ("criterion:d", "bea"), ("by_weight", "aeb"), ("criterion:total", None)]
)
def test_a_criterion_parts_by_its_exact_score(step, order):
    result = run(MARKS, step)
    assert result.unresolved_ties == (() if order else (("a", "b", "e"),))
    assert "".join(result.order) == (order or "abe")


def test_by_weight_starts_with_the_heaviest_leaf_and_tells_which_one_settled():
    marks = {"a": {"c": ["68"], "d": ["80"]}, "b": {"c": ["80"], "d": ["77"]}}
    result = run(marks, "by_weight", weights=["20", "80"])
    assert result.order == ("a", "b")
    (comparison,) = result.ties[0].comparisons
    assert (comparison.basis, comparison.values) == ("d", {"a": 80, "b": 77})
    assert comparison.separated == ("a", "b")


# Means of 70 for all; medians 70, 72, 70.
SPREAD = {"a": {"c": ["60", "70", "80"]}, "b": {"c": ["60", "72", "78"]}, "e": {"c": ["50", "70", "90"]}}


def test_median_leaves_the_rest_to_the_next_step():
    result = run(SPREAD, "median", "first_places")
    assert [item.step for item in result.ties[0].comparisons] == ["median", "first_places"]
    first, second = result.ties[0].comparisons
    assert (first.separated, first.left_tied) == (("b",), (("a", "e"),))
    # ketua's best is shared by a and b, sekretaris's is b, disnaker's is e
    assert second.values == {"a": 1, "e": 1}
    assert result.unresolved_ties == (("a", "e"),)
    assert result.by_nominee["b"].resolved_by == ("median",)
    assert result.by_nominee["a"].resolved_by == ("median",)


def test_first_places_count_over_all_ranked_nominees_and_shared_tops_count():
    result = run(SPREAD, "first_places")
    assert result.ties[0].comparisons[0].values == {"a": 1, "b": 2, "e": 1}


def test_first_places_ignore_the_disqualified():
    result = run({**SPREAD, "z": {"c": ["99", "99", "99"]}}, "first_places", disqualified=["z"])
    assert result.ties[0].comparisons[0].values == {"a": 1, "b": 2, "e": 1}


def test_fewest_low_prefers_the_one_that_fewest_put_last():
    result = run(SPREAD, "fewest_low")
    # lowest: ketua e; sekretaris a and e; disnaker b
    assert result.ties[0].comparisons[0].values == {"a": 1, "b": 1, "e": 2}
    assert result.order == ("a", "b", "e")


def test_head_to_head_counts_duels_inside_the_group():
    result = run(SPREAD, "head_to_head")
    # a-b drawn (one seat each, one equal); a-e drawn; b-e won by b
    assert result.ties[0].comparisons[0].values == {"a": 1, "b": Fraction(3, 2), "e": Fraction(1, 2)}
    assert result.order == ("b", "a", "e")


def test_a_later_step_never_reopens_an_earlier_one():
    # criterion c puts a first; d would put b first but only looks at who is still tied
    result = run(MARKS, "criterion:c", "criterion:d")
    assert result.order == ("a", "e", "b")
    assert [item.step for item in result.ties[0].comparisons] == ["criterion:c"]


def test_a_step_without_a_number_for_somebody_leaves_the_group_as_it_is():
    document = panel_of(
        {"a": {"c": ["70"], "d": ["70"]}, "b": {"c": [None], "d": ["70"]}}, tie_break=["criterion:c", "criterion:d"]
    )
    document = changed(document, ["tree", "children", 0, "may_be_na"], True) | {"not_applicable": [["b", "c"]]}
    result = tabulate(package.read(document))
    assert result.unresolved_ties == (("a", "b"),)
    assert result.ties[0].comparisons[0].values is None


def decide(*decisions, marks=MARKS, steps=("chair",)):
    return run(marks, *steps, chair=[{"order": order, "reason": reason} for order, reason in decisions])


def test_the_plenary_orders_a_group_that_it_covers():
    result = decide((["e", "b", "a"], "musyawarah mufakat"))
    assert result.order == ("e", "b", "a")
    assert result.ties[0].comparisons[0].reason == "musyawarah mufakat"
    assert result.by_nominee["e"].resolved_by == ("chair",)


@pytest.mark.parametrize(
    "decision", [(["e", "b", "a"], ""), (["e", "b", "a"], " \n"), (["e", "b"], "menyebut dua dari tiga")]
)
def test_a_decision_without_reason_or_for_others_does_not_count(decision):
    result = decide(decision)
    assert (result.unresolved_ties, result.needs_decision) == ((("a", "b", "e"),), True)


def test_the_first_decision_that_counts_is_followed():
    result = decide((["a", "b", "e"], ""), (["b", "e", "a"], "satu"), (["a", "e", "b"], "dua"))
    assert result.order == ("b", "e", "a")


def test_the_plenary_cannot_overrule_a_step_before_it():
    assert decide((["b", "e", "a"], "x"), steps=("criterion:c", "chair")).order == ("a", "e", "b")


def test_a_decision_for_a_group_that_the_chain_has_parted_covers_what_is_left():
    # median takes b out; the plenary named only a and e
    result = run(SPREAD, "median", "chair", chair=[{"order": ["e", "a"], "reason": "x"}])
    assert (result.order, result.needs_decision) == (("b", "e", "a"), False)


def test_equal_inputs_stay_tied_through_the_whole_chain():
    same = {"a": MARKS["a"], "b": MARKS["a"]}
    chain = ["criterion:c", "by_weight", "median", "first_places", "head_to_head", "fewest_low", "chair"]
    result = run(same, *chain)
    assert result.unresolved_ties == (("a", "b"),)
    assert {item.step for item in result.ties[0].comparisons} == set(chain)
    assert result.by_nominee["a"].resolved_by == ()
