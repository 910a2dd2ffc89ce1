"""One weight changes where whole sheets are combined: against the engine itself on a fine grid of weights."""

import random
from fractions import Fraction

import pytest

from judging.core.robustness.weights import weight_flips
from tests.core.documents import SEATS, panel_of

from .categories import alike, category

GRID = 20


def sheets(rng, method):
    """Coarse marks of four or five seats on three criteria, so that sheets often cross."""
    seats, weights = rng.randint(4, 5), rng.choice([(50, 30, 20), (10, 60, 30), (34, 33, 33), (0, 70, 30)])
    marks = {
        name: {f"k{index}": [str(rng.randint(0, 10) * 10) for _ in SEATS[:seats]] for index in range(3)}
        for name in ("a", "b", "c")
    }
    rules = {"panel_level": "judge", "panel_method": method, "trim_min_n": 3, "labels": ["I", "II"]}
    return panel_of(marks, weights=[str(weight) for weight in weights], **rules)


def totals(document, criterion, to_weight):
    """The engine's exact totals when one weight is changed and the others keep their proportions."""
    children = document["tree"]["children"]
    weights = {child["id"]: Fraction(child["weight"]) for child in children}
    factor = (100 - to_weight) / (100 - weights[criterion])
    changed = {name: to_weight if name == criterion else weight * factor for name, weight in weights.items()}
    tree = {"id": "total", "children": [{"id": name, "weight": str(weight)} for name, weight in changed.items()]}
    _, result = category(document | {"tree": tree})
    return {name: standing.exact for name, standing in result.by_nominee.items()}


def leads(found, order, place):
    """Is everybody inside the first places strictly ahead of everybody outside?"""
    return min(found[name] for name in order[:place]) > max(found[name] for name in order[place:])


@pytest.mark.parametrize("method", ["median", "trimmed"])
def test_it_is_level_at_the_change_and_nowhere_nearer(method):
    compared = 0
    for seed in range(10):
        document = sheets(random.Random(seed), method)  # noqa: S311 - test data
        problem, result = category(document)
        for flip in weight_flips(problem, result).boundaries:
            single, order = flip.single, result.order
            reach = single.change if single else Fraction(100)
            if single:
                found = totals(document, single.criterion, single.to_weight)
                assert found[single.above] == found[single.below] or reach == 0
            for leaf, weight in problem.rubric.leaf_weights.items() if reach else ():
                for step in range(1 - GRID, GRID):
                    to_weight = weight + reach * step / GRID
                    if 0 <= to_weight <= 100:
                        compared += 1
                        assert leads(totals(document, leaf, to_weight), order, flip.after_place), (seed, flip)
    assert compared > 500


def test_a_lead_is_followed_round_the_bend_where_two_sheets_cross():
    # With x at t the sheets of a come to t, 60 and 100 - t: the middle one is 60 up to t = 40, then 100 - t.
    marks = {"a": {"x": ["100", "60", "0"], "y": ["0", "60", "100"]}, "b": {"x": ["55"] * 3, "y": ["55"] * 3}}
    document = panel_of(marks, weights=["30", "70"], panel_level="judge", panel_method="median")
    single = weight_flips(*category(document)).first.single
    assert (single.above, single.criterion, single.weight, single.to_weight) == ("a", "x", 30, 45)


def test_a_weight_of_100_has_nothing_to_rescale_and_a_level_pair_needs_no_change():
    rules = {"panel_level": "judge", "panel_method": "median"}
    assert (
        weight_flips(*category(alike({"a": (80, 0), "b": (60, 90)}, (100, 0), **rules))).first.single.criterion == "k1"
    )
    level = weight_flips(*category(alike({"a": (80, 60), "b": (60, 80)}, (50, 50), **rules))).first.single
    assert level.change == 0
