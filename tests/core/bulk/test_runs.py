"""The bulk path equals the official one on random problems, seat by seat and method by method."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.core import bulk, package
from judging.core.tabulation import tabulate
from tests.core.documents import panel_of, random_document

METHODS = [None, "mean", "median", "trimmed"]


def expected(problem, without, method):
    """What the official path says of the problem itself rewritten."""
    if without is not None:
        problem = replace(
            problem,
            judges=tuple(seat for seat in problem.judges if seat != without),
            scores={cell: mark for cell, mark in problem.scores.items() if cell[0] != without},
            states={cell: state for cell, state in problem.states.items() if cell[0] != without},
            recusals=frozenset(pair for pair in problem.recusals if pair[0] != without),
        )
    if method is not None:
        problem = replace(problem, policy=replace(problem.policy, panel_method=method, panel_methods=()))
    return tabulate(problem)


def check(problem, without, method):
    """One run against the official path."""
    found, official = bulk.compile(problem).run(without=without, method=method), expected(problem, without, method)
    assert found.groups == official.groups, f"without {without} by {method}"
    assert found.places == {row.nominee: row.place for row in official.standings}
    exact = {row.nominee: row.exact for row in official.standings}
    assert {name: found.total(name) for name in exact} == exact


@pytest.mark.parametrize("start", range(0, 80, 20))
def test_every_run_equals_the_official_tabulation(start):
    for seed in range(start, start + 20):
        problem = package.read(random_document(seed))
        for nth, without in enumerate((None, *problem.judges)):
            check(problem, without, METHODS[(seed + nth) % 4])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(seed=st.integers(min_value=0, max_value=10**9), method=st.sampled_from(METHODS))
def test_any_random_category_equals_the_official_tabulation(seed, method):
    problem = package.read(random_document(seed))
    check(problem, (None, *problem.judges)[seed % (len(problem.judges) + 1)], method)


TIED = {name: {"c": ["80", "70", "90"], "d": ["70", "80", "90"]} for name in ("a", "b")}


@pytest.mark.parametrize("chain", [[], ["by_weight"], ["median", "first_places", "head_to_head", "fewest_low"]])
def test_ties_are_carried_through_the_chain(chain):
    document = panel_of(TIED, tie_break=chain)
    document["scores"][0][3], document["scores"][1][3] = "70", "80"
    problem = package.read(document)
    for without in (None, *problem.judges):
        check(problem, without, "median")


@pytest.mark.parametrize(
    "changes",
    [
        {"panel_level": "judge"},
        {"rounding": {"places": 1, "mode": "up", "at": "every"}},
        {"panel_methods": {"c": "median"}},
        {"min_scores": 3},
    ],
)
def test_every_kind_of_rule_is_covered(changes):
    problem = package.read(panel_of(TIED, **changes))
    for without in (None, *problem.judges):
        check(problem, without, None)
        check(problem, without, "trimmed")


@pytest.mark.parametrize("mark", ["79.123456789012345678901234567890", "238/3", "1/1125899906842629"])
def test_marks_with_many_digits_cannot_overflow(mark):
    document = panel_of({"a": {"c": [mark, "80", "1/7"]}, "b": {"c": ["80", "80", "2/11"]}})
    check(package.read(document), None, "mean")
    check(package.read(document), "ketua", "median")


def test_nobody_and_nothing_to_rank():
    empty = package.read(panel_of(TIED) | {"nominees": [], "scores": []})
    assert bulk.compile(empty).run().first == ()
    alone = package.read(panel_of({"a": {"c": ["80"]}}))
    found = bulk.compile(alone).run(without="ketua")
    assert (found.places, found.first, found.total("a")) == ({"a": None}, (), None)
