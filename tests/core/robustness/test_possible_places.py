"""Best and worst places while marks are missing: against every completion on a coarse scale."""

import copy
import random
from itertools import product

import pytest

from judging.core.robustness.possible_places import possible_places
from tests.core.documents import changed, panel_of, random_document

from .categories import category, one_criterion

COARSE = {"max": "4", "step": "2"}


def found_in(document):
    return possible_places(*category(document))


def completions(document):
    """Every document that this one can still become, three marks to a cell."""
    given = {tuple(row[:3]) for row in document["scores"]}
    recused = {tuple(row) for row in document["recusals"]}
    stated = {tuple(row[:3]) for row in document.get("states", [])}
    leaves = [leaf["id"] for leaf in document["tree"]["children"]]
    still = [
        cell
        for cell in product(document["judges"], document["nominees"], leaves)
        if cell not in given and cell[:2] not in recused and cell not in stated
        if cell[1] not in document["disqualified"]
    ]
    for marks in product(["0", "2", "4"], repeat=len(still)):
        full = copy.deepcopy(document)
        full["scores"] += [[*cell, mark] for cell, mark in zip(still, marks, strict=True)]
        yield full


def reached(document):
    """nominee -> (best, worst) place over all completions; ties at their best and at their worst.

    One that has no total yet may never get one: it is ahead of nobody at best.
    """
    spans, ranked = {}, set(category(document)[1].order)
    for full in completions(document):
        _, result = category(full)
        official = {name: result.by_nominee[name].official for name in result.order}
        for name, own in official.items():
            best = 1 + sum(score > own for other, score in official.items() if other in ranked and other != name)
            worst = 1 + sum(score >= own for other, score in official.items() if other != name)
            low, high = spans.get(name, (best, worst))
            spans[name] = (min(low, best), max(high, worst))
    return {name: spans.get(name) for name in document["nominees"]}


ROWS = [
    {"a": ["4", "4", None], "b": ["2", "2", None], "c": ["0", "0", "0"]},
    {"a": ["4", "4", "4"], "b": ["2", "2", None], "c": ["0", "2", "0"]},
    {"a": ["4", "0", None], "b": ["2", "2", None], "c": ["2", None, "4"]},
    {"a": ["4", "4", "4"], "b": ["0", "0", "2"], "c": ["2", "2", None]},
]


@pytest.mark.parametrize("method", ["mean", "median", "trimmed"])
@pytest.mark.parametrize("rows", ROWS, ids=range(len(ROWS)))
def test_equal_to_trying_every_completion(rows, method):
    document = one_criterion(rows, panel_method=method, trim_min_n=3)
    document["tree"]["children"][0] |= COARSE
    assert found_in(document).places == reached(document)


@pytest.mark.parametrize("seed", range(24))
def test_equal_to_trying_every_completion_of_random_categories(seed):
    rng = random.Random(seed)  # noqa: S311 - test data, the same every time
    marks = {name: {leaf: [rng.choice("024") for _ in range(3)] for leaf in ("k", "m")} for name in ("a", "b", "c")}
    for name, leaf, seat in rng.sample(sorted(product(marks, ("k", "m"), range(3))), rng.randint(1, 3)):
        marks[name][leaf][seat] = None
    level = rng.choice(["leaf", "judge"])
    document = panel_of(
        marks,
        weights=rng.choice([["50", "50"], ["30", "70"]]),
        panel_level=level,
        panel_method=rng.choice(["mean", "median", "trimmed"]),
        trim_min_n=3,
        min_scores=rng.choice([1, 2, 3]),
        rounding={"places": rng.choice([0, 1]), "mode": "down", "at": "every" if level == "leaf" else "final"},
        disqualified=rng.choice([[], [], ["c"]]),
    )
    for leaf in document["tree"]["children"]:
        leaf |= COARSE
    found = found_in(document)
    assert not found.open_cells or found.places == reached(document)


@pytest.mark.parametrize("rounding", ["none", "final"])
def test_the_official_score_decides(rounding):
    document = one_criterion(
        {"a": ["4", "4", None], "b": ["4", "2", "4"], "c": ["2", "2", "2"]},
        rounding={"places": 0, "mode": "half_up", "at": rounding},
    )
    document["tree"]["children"][0] |= COARSE
    assert found_in(document).places == reached(document)


def test_recused_and_stated_cells_are_not_open():
    document = one_criterion({"a": ["4", "4", None], "b": ["2", None, "2"]})
    document["tree"]["children"][0] |= COARSE
    seats = document["judges"]
    document["recusals"] = [[seats[2], "a"]]
    assert found_in(document).open_cells == 1
    document["states"] = [[seats[1], "b", "k", "absent"]]
    closed = found_in(document)
    assert (closed.open_cells, closed.places) == (0, {"a": (1, 1), "b": (2, 2)})
    assert closed.is_certain("a")


def test_one_place_can_be_certain_while_others_are_not():
    found = found_in(one_criterion({"a": ["90", "90", None], "b": ["20", "20", "20"], "c": ["20", "20", None]}))
    assert found.places == {"a": (1, 1), "b": (2, 3), "c": (2, 3)}
    assert (found.is_certain("a"), found.is_certain("b"), found.is_certain("nobody")) == (True, False, False)


def test_one_below_the_quorum_may_overtake_but_need_not():
    rows = {"a": ["60", "60"], "b": ["90", None]}
    found = found_in(one_criterion(rows, min_scores=2)).places
    assert found == {"a": (1, 2), "b": (1, 2)}
    sure = found_in(one_criterion({"a": ["60", "60"], "b": ["100", None]} | {"c": ["10", "10"]}, min_scores=2)).places
    assert (sure["a"], sure["c"]) == ((1, 2), (2, 3))


def test_one_outside_the_ranking_has_no_place_and_no_open_cells():
    found = found_in(one_criterion({"a": ["60", "60"], "b": [None, None]}, disqualified=["b"]))
    assert (found.places, found.open_cells) == ({"a": (1, 1), "b": None}, 0)


def with_indicator(transform, values):
    document = one_criterion({name: ["50"] for name in ("a", "b", "c")}, missing_value="unranked", weights=["50"])
    document["tree"]["children"].append({"id": "i", "weight": "50", "kind": "indicator", "transform": transform})
    document["values"] = {name: {"i": value} for name, value in values.items()}
    return document


def test_a_missing_figure_reaches_what_its_transform_gives():
    steps = {"type": "step", "steps": [["10", "40"], ["20", "60"]], "below": "30"}
    found = found_in(with_indicator(steps, {"a": "25", "b": "5"}))
    assert (found.open_cells, found.open_values) == (0, 1)
    assert found.places == {"a": (1, 2), "b": (2, 3), "c": (1, 3)}


def test_a_missing_peer_opens_a_criterion_that_compares_peers():
    peers = {"type": "minmax", "better": "high", "all_equal": "100"}
    assert found_in(with_indicator(peers, {"a": "25", "b": "5"})).places == dict.fromkeys("abc", (1, 3))
    assert found_in(with_indicator(peers, {"a": "25", "b": "5", "c": "10"})).places["a"] == (1, 1)


def test_a_missing_verified_mark_may_be_anything_on_its_scale():
    document = with_indicator({"type": "identity"}, {"a": "80", "b": "20", "c": "50"})
    document["tree"]["children"][1] = {"id": "i", "weight": "50", "kind": "fixed", "max": "100"}
    del document["values"]["c"]
    assert found_in(document).places == {"a": (1, 2), "b": (2, 3), "c": (1, 3)}


@pytest.mark.parametrize("seed", range(25))
def test_what_is_known_now_lies_between_best_and_worst(seed):
    document = random_document(seed)
    document = changed(document, ["policy", "ranking"], "1224")
    problem, result = category(document)
    found = possible_places(problem, result)
    assert set(found.places) == set(problem.nominees)
    if not found.open_cells and not found.open_values:
        assert found.places == {
            row.nominee: None if row.place is None else (row.place, row.place) for row in result.standings
        }
    for best, worst in filter(None, found.places.values()):
        assert 1 <= best <= worst <= len(problem.nominees)
