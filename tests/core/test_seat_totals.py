"""The matrix behind agreement and bias, compared with the plain definition."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from judging.core import package, quorum
from judging.core.evaluation import Evaluator
from judging.core.scoresheet import weights_in_whole
from judging.core.seat_totals import seat_totals

from .documents import golden, panel_of, random_document


def by_definition(problem):
    """Weighted mean of the panel leaves' scores of every complete sheet, one Fraction after the other."""
    found = {}
    for nominee in set(problem.nominees) - problem.disqualified:
        weights = weights_in_whole(problem.rubric, problem.rubric.shares(problem.leaves_out(nominee)))
        leaves = [leaf for leaf in problem.rubric.panel_leaves if leaf.id in weights]
        whole = sum((weights[leaf.id] for leaf in leaves), Fraction(0))
        for seat in quorum.complete_seats(Evaluator(problem).seats[nominee]) if whole else ():
            scores = [leaf.scale.to_hundred(problem.scores[seat, nominee, leaf.id]) for leaf in leaves]
            parts = [weights[leaf.id] * score for leaf, score in zip(leaves, scores, strict=True)]
            found[seat, nominee] = sum(parts) / whole
    return found


@pytest.mark.parametrize("seed", range(60))
def test_totals_are_those_of_the_definition(seed):
    problem = package.read(random_document(seed))
    assert dict(seat_totals(problem).totals) == by_definition(problem)


def test_weights_of_the_panel_are_rescaled_and_other_sources_left_out():
    totals = seat_totals(package.read(golden("five-villages")))
    # wawancara is 40 of 100: 60 % paparan (80 of 100), 40 % jawaban (4 on 1 to 5 is 75 of 100): 48 + 30.
    assert totals.panel_weight == 40
    assert totals.totals["ketua", "desa-ainoni"] == 78
    assert ("akademisi", "desa-damai") not in totals.totals  # recused
    assert not [pair for pair in totals.totals if pair[0] == "dprd"]  # absent throughout
    assert "dprd" in totals.seats


def test_an_incomplete_sheet_and_a_disqualified_nominee_are_left_out():
    marks = {
        "a": {"x": ["80", "70"], "y": ["60", None]},
        "b": {"x": ["50", "40"], "y": ["30", "20"]},
    }
    problem = package.read(panel_of(marks))
    totals = seat_totals(problem)
    assert dict(totals.totals) == {("ketua", "a"): 70, ("ketua", "b"): 40, ("sekretaris", "b"): 30}
    assert np.array_equal(totals.array(), [[70, np.nan], [40, 30]], equal_nan=True)
    assert seat_totals(replace(problem, disqualified=frozenset({"b"}))).nominees == ("a",)


def test_a_criterion_that_is_not_applicable_gives_its_weight_away():
    document = panel_of({"a": {"x": ["80"], "y": [None]}, "b": {"x": ["50"], "y": ["30"]}})
    document["tree"]["children"][1]["may_be_na"] = True
    document["not_applicable"] = [["a", "y"]]
    assert dict(seat_totals(package.read(document)).totals) == {("ketua", "a"): 80, ("ketua", "b"): 40}


def test_the_order_of_the_input_is_irrelevant():
    problem = package.read(random_document(3))
    turned = replace(problem, judges=problem.judges[::-1], nominees=problem.nominees[::-1])
    assert seat_totals(turned) == seat_totals(problem)


def test_no_panel_criterion_gives_an_empty_matrix():
    document = panel_of({"a": {"x": [None]}, "b": {"x": [None]}})
    document["tree"]["children"] = [{"id": "x", "weight": "100", "kind": "fixed"}]
    document["judges"] = ["ketua"]
    totals = seat_totals(package.read(document))
    assert totals.totals == {}
    assert totals.panel_weight == 0
    assert np.isnan(totals.array()).all()
