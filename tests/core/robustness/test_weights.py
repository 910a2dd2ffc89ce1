"""Smallest changes of weights: by hand, against a linear programme, and level to the last fraction."""

import random
from fractions import Fraction

import numpy as np
import pytest

from judging.core.robustness.linear import Linear, leaf_scores, linear
from judging.core.robustness.weights import single_change, transfer, weight_flips
from tests.core.documents import random_document

from .categories import alike, category


def total(scores, weights):
    return sum(Fraction(score) * weight for score, weight in zip(scores, weights, strict=True)) / 100


def rescaled(weights, index, to_weight):
    """The others keep their proportions."""
    rest = 100 - weights[index]
    return [to_weight if k == index else w * (100 - to_weight) / rest for k, w in enumerate(weights)]


def random_field(rng):
    """Two nominees on whole weights that add up to 100 and coarse scores."""
    count = rng.randint(2, 8)
    cuts = sorted(rng.sample(range(1, 100), count - 1))
    weights = tuple(b - a for a, b in zip([0, *cuts], [*cuts, 100], strict=True))
    scores = {name: tuple(rng.randint(0, 100) for _ in weights) for name in ("a", "b")}
    return Linear(tuple(f"k{i}" for i in range(count)), weights, 1, scores, 1)


def ordered(field):
    one, other = sorted(field.scores, key=lambda name: -total(field.scores[name], field.weights))
    return one, other, field.scores[one], field.scores[other]


def test_one_weight_by_hand():
    # a 80, 60 and b 60, 70 at 60/40: 72 against 64. Level when 20t = 10(100 - t), t = 100/3.
    flips = weight_flips(*category(alike({"a": (80, 60), "b": (60, 70)}, (60, 40))))
    single = flips.first.single
    assert (single.above, single.below, single.criterion) == ("a", "b", "k0")
    assert (single.weight, single.to_weight, single.change) == (60, Fraction(100, 3), Fraction(80, 3))


def test_a_transfer_takes_from_where_the_second_loses_most():
    # Differences 30, 10, -20 at 50/30/20: gap 14 points. From k0 to k2 a point of weight closes half a point.
    flips = weight_flips(*category(alike({"a": (90, 60, 40), "b": (60, 50, 60)}, (50, 30, 20))))
    moved = flips.first.transfer
    assert [(move.source, move.target, move.amount) for move in moved.moves] == [("k0", "k2", 28)]
    assert moved.amount == 28
    assert flips.first.pair == ("a", "b")


def test_a_source_gives_no_more_than_its_weight():
    # k0 (weight 10) closes 50 for each of its points, 500 of the gap of 60*10 + 30*50 - 10*40... and k1 the rest.
    scores = {"a": (100, 80, 50), "b": (40, 50, 60)}
    found = weight_flips(*category(alike(scores, (10, 50, 40)))).first.transfer
    gap = 60 * 10 + 30 * 50 - 10 * 40
    assert [(move.source, move.amount) for move in found.moves] == [
        ("k0", 10),
        ("k1", Fraction(gap - 10 * 70, 40)),
    ]
    assert found.amount == sum(move.amount for move in found.moves)


def test_transfers_equal_the_linear_programme():
    from scipy.optimize import linprog

    rng = random.Random(7)  # noqa: S311 - the same cases every time
    reached = 0
    for _ in range(320):
        field = random_field(rng)
        above, below, high, low = ordered(field)
        found = transfer(field, above, below)
        count = len(field.weights)
        difference = np.array(high, dtype=float) - np.array(low, dtype=float)
        # w' = w + up - down, half the sum of up and down, gap 0, sum 100
        programme = linprog(
            np.full(2 * count, 0.5),
            A_eq=np.vstack([np.r_[difference, -difference], np.r_[np.ones(count), -np.ones(count)]]),
            b_eq=[-float(difference @ np.array(field.weights)), 0],
            bounds=[(0, None)] * count + [(0, weight) for weight in field.weights],
        )
        assert programme.success == (found is not None)
        if found is not None:
            reached += 1
            assert float(found.amount) == pytest.approx(programme.fun, abs=1e-9)
    assert reached > 250


def test_moved_weights_are_level_and_still_add_up():
    rng = random.Random(8)  # noqa: S311 - the same cases every time
    for _ in range(300):
        field = random_field(rng)
        above, below, high, low = ordered(field)
        found = transfer(field, above, below)
        if found is None:
            continue
        weights = dict(zip(field.leaves, map(Fraction, field.weights), strict=True))
        for move in found.moves:
            weights[move.source] -= move.amount
            weights[move.target] += move.amount
        assert min(weights.values()) >= 0
        assert sum(weights.values()) == 100
        assert total(high, weights.values()) == total(low, weights.values())


def test_the_single_change_is_the_published_formula_at_its_smallest():
    # t* = (r_b - r_a) / ((v_ak - r_a) - (v_bk - r_b)), r the score without k, rescaled (docs/scoring.md).
    rng = random.Random(9)  # noqa: S311 - the same cases every time
    found_any = 0
    for _ in range(300):
        field = random_field(rng)
        above, below, high, low = ordered(field)
        if total(high, field.weights) == total(low, field.weights):
            continue
        expected = []
        for k, weight in enumerate(field.weights):
            rest = rescaled([Fraction(w) for w in field.weights], k, Fraction(0))
            r_a, r_b = total(high, rest), total(low, rest)
            slope = (high[k] - r_a) - (low[k] - r_b)
            if slope and 0 <= (r_b - r_a) / slope <= 1:
                expected.append(abs(100 * (r_b - r_a) / slope - weight))
        found = single_change(field, above, below)
        assert (found.change if found else None) == min(expected, default=None)
        if found:
            found_any += 1
            index = field.leaves.index(found.criterion)
            level = rescaled([Fraction(w) for w in field.weights], index, found.to_weight)
            assert total(high, level) == total(low, level)
    assert found_any > 200


def test_one_who_is_better_everywhere_never_loses_to_weights():
    flips = weight_flips(*category(alike({"a": (80, 70), "b": (60, 50)}, (60, 40))))
    assert (flips.first.single, flips.first.transfer, flips.first.why_null) == (None, None, "never")
    assert flips.first.pair is None


def test_a_tie_needs_no_change():
    flips = weight_flips(*category(alike({"a": (80, 60), "b": (60, 80)}, (50, 50))))
    assert flips.first.single.change == 0
    assert (flips.first.transfer.amount, flips.first.transfer.moves) == (0, ())


def test_one_who_leads_by_the_chain_alone_is_level_already():
    # Rounded to whole points both have 70; the chain looks at k0, though b's exact total is higher.
    rounding = {"places": 0, "mode": "half_up", "at": "final"}
    document = alike({"a": (80, 59.8), "b": (60, 80.2)}, (50, 50), rounding=rounding, tie_break=["criterion:k0"])
    problem, result = category(document)
    assert result.order == ("a", "b")
    assert weight_flips(problem, result).first.single.change == 0


def test_every_titled_boundary_names_its_nearest_pair():
    scores = {"a": (90, 50), "b": (60, 79), "c": (70, 60), "d": (40, 85)}
    problem, result = category(alike(scores, (50, 50), labels=["I", "II", "III", "IV", "V"]))
    flips = weight_flips(problem, result)
    assert result.order == ("a", "b", "c", "d")
    assert [flip.after_place for flip in flips.boundaries] == [1, 2, 3]
    assert flips.first == flips.boundaries[0]
    field = linear(problem, result)
    for flip in flips.boundaries:
        inside, outside = result.order[: flip.after_place], result.order[flip.after_place :]
        amounts = [transfer(field, one, other) for one in inside for other in outside]
        assert flip.transfer.amount == min(found.amount for found in amounts if found)


def test_a_criterion_that_is_not_applicable_leaves_the_total_as_it_is():
    compared = 0
    for seed in range(60):
        problem, result = category(random_document(seed))
        if problem.policy.rounding.at == "every":
            continue
        for name in result.order:
            standing = result.by_nominee[name]
            scores = leaf_scores(problem.rubric, standing.nodes)
            weights = problem.rubric.leaf_weights
            if problem.policy.panel_level == "leaf" or problem.policy.panel_method == "mean":
                compared += bool(problem.leaves_out(name))
                assert sum(weights[leaf] * score for leaf, score in scores.items()) / 100 == standing.exact
    assert compared > 20


@pytest.mark.parametrize("method", ["median", "trimmed"])
def test_sheets_combined_whole_have_no_transfer_but_an_exact_change_of_one_weight(method):
    document = alike({"a": (80, 60), "b": (60, 70)}, (60, 40), panel_level="judge", panel_method=method)
    flips = weight_flips(*category(document))
    assert (flips.why_null, flips.first.transfer, flips.first.why_null) == ("not_linear", None, "not_linear")
    assert flips.first.single.change == Fraction(80, 3)  # every sheet is the same, so as the mean of them


def test_the_mean_of_whole_sheets_is_linear():
    document = alike({"a": (80, 60), "b": (60, 70)}, (60, 40), panel_level="judge")
    assert weight_flips(*category(document)).first.single.change == Fraction(80, 3)


@pytest.mark.parametrize("scores", [{"a": (80, 60)}, {"a": (80, 60), "b": (0, 0)}])
def test_without_anybody_below_there_is_nothing_to_flip(scores):
    flips = weight_flips(*category(alike(scores, (60, 40), disqualified=["b"] if "b" in scores else [])))
    assert (flips.first, flips.boundaries, flips.why_null) == (None, (), "no_challenger")
