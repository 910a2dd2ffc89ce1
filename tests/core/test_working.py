"""The sum on paper: every score follows from its figure, and the criteria's points add up to the official score."""

from fractions import Fraction
from itertools import pairwise

import pytest

from judging.core import package
from judging.core.result import Standing
from judging.core.tabulation import Problem, tabulate
from judging.core.working import REMAINDER, Conversion, contributions, differences, rows_of, whole_shares

from .documents import golden, panel_of, random_document

SEEDS = range(120)


def _ranked(seed: int) -> tuple[Problem, list[Standing]]:
    problem = package.read(random_document(seed))
    return problem, [each for each in tabulate(problem).standings if each.is_ranked]


def test_every_conversion_ends_at_the_score_of_the_engine() -> None:
    seen = set()
    for seed in SEEDS:
        problem = package.read(random_document(seed))
        for standing in tabulate(problem).standings:
            for row in rows_of(problem, standing):
                if row.conversion is not None and row.node.score is not None and row.node.marks == ():
                    seen.add(row.conversion.rule)
                if row.conversion is not None and problem.policy.panel_level == "leaf" and row.node.score is not None:
                    assert row.conversion.score == row.node.score
    assert seen >= {"max", "identity", "linear", "piecewise", "flat", "step", "below", "minmax", "zero"}


def test_contributions_add_up_to_the_official_score() -> None:
    for seed in SEEDS:
        problem, ranked = _ranked(seed)
        for standing in ranked:
            found = contributions(problem.rubric, standing)
            assert sum(found.values()) == standing.official
            if problem.policy.rounding.at == "none" and problem.policy.panel_level == "leaf":
                assert found[REMAINDER] == 0


def test_differences_add_up_to_the_difference_of_the_official_scores() -> None:
    for seed in SEEDS:
        problem, ranked = _ranked(seed)
        for upper, lower in pairwise(ranked):
            found = differences(problem.rubric, upper, lower)
            assert sum(each.points for each in found) == upper.official - lower.official
            assert [each.criterion for each in found][-1] == REMAINDER


def test_whole_shares_of_the_leaves_are_the_whole() -> None:
    for seed in SEEDS:
        problem, ranked = _ranked(seed)
        for standing in ranked:
            shares = whole_shares(problem.rubric, standing)
            assert sum(shares[leaf.id] for leaf in problem.rubric.leaves if leaf.id in shares) == 100


def test_a_criterion_that_does_not_apply_brings_no_points_and_its_weight_goes_to_its_siblings() -> None:
    document = panel_of(
        {"a": {"x": ["80"], "y": [None]}, "b": {"x": ["60"], "y": ["90"]}}, not_applicable=[["a", "y"]], min_scores=1
    )
    document["tree"]["children"][1]["may_be_na"] = True
    problem = package.read(document)
    first, second = tabulate(problem).standings
    assert contributions(problem.rubric, first) == {"x": 80, REMAINDER: 0}
    assert [(each.criterion, each.points) for each in differences(problem.rubric, first, second)] == [
        ("x", 50),
        ("y", -45),
        (REMAINDER, 0),
    ]
    assert [row.share for row in rows_of(problem, first)] == [100, 100, None]


def test_who_has_no_total_has_nothing_to_take_apart() -> None:
    problem = package.read(panel_of({"a": {"x": ["80"]}}, disqualified=["a"]))
    (standing,) = tabulate(problem).standings
    with pytest.raises(ValueError, match="no total"):
        contributions(problem.rubric, standing)


def test_a_sum_that_leaves_the_scale_is_held_at_its_end() -> None:
    found = Conversion("linear", Fraction(70), start=Fraction(10), run=Fraction(50))
    assert (found.raw, found.score, found.is_held) == (120, 100, True)
    assert not Conversion("linear", Fraction(60), start=Fraction(10), run=Fraction(50)).is_held


def test_the_published_example_is_taken_apart_to_its_total() -> None:
    problem = package.read(golden("tabulation-1"))
    for standing in tabulate(problem).standings:
        if standing.is_ranked:
            assert sum(contributions(problem.rubric, standing).values()) == standing.official
