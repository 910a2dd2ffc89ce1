"""Packed totals equal fractions, cell by cell, whatever is missing and whoever is tied."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.core import bulk, package
from judging.core.aggregation import METHODS, PanelSettings
from judging.core.numbers import rounded
from judging.core.policy import Policy, Rounding
from judging.core.refusals import Refusal
from judging.core.tabulation import tabulate
from tests.core.documents import panel_of

RULES = [
    Policy(panel_method=method, panel=PanelSettings(trim, least), min_scores=quorum, rounding=Rounding(2, mode, at))
    for method, trim, least, quorum, mode, at in [
        ("mean", 1, 5, 1, "half_up", "final"),
        ("median", 1, 5, 3, "half_even", "final"),
        ("trimmed", 1, 5, 5, "half_up", "final"),
        ("trimmed", 2, 6, 1, "down", "final"),
        ("trimmed", 0, 5, 1, "up", "final"),
        ("trimmed", 3, 7, 1, "half_up", "none"),
    ]
]


def random_marks(seed, nominees, gaps, *, coarse=True):
    rng = np.random.default_rng(seed)
    marks = rng.integers(0, 21, (9, nominees, 4)) * 500 if coarse else rng.integers(0, 10_001, (9, nominees, 4))
    marks[rng.random(marks.shape) < gaps] = -1
    return np.ascontiguousarray(marks, dtype=np.int16)


def by_fractions(marks, weights, policy):
    """(exact totals, places) the slow way; None without a quorum."""
    method, exact = METHODS[policy.panel_method], []
    for nominee in range(marks.shape[1]):
        cells = [[Fraction(int(m), 100) for m in column if m >= 0] for column in marks[:, nominee].T]
        if min(map(len, cells)) < max(policy.min_scores, 1):
            exact.append(None)
            continue
        values = [method.combine({str(nth): m for nth, m in enumerate(c)}, policy.panel).value for c in cells]
        exact.append(sum(weight * value / 100 for weight, value in zip(weights, values, strict=True)))
    rule = policy.rounding
    score = [x if x is None or rule.at == "none" else rounded(x, rule.places, rule.mode) for x in exact]
    ranked = sorted((x for x in score if x is not None), reverse=True)
    return exact, [0 if x is None else ranked.index(x) + 1 for x in score]


def check(marks, weights, policy):
    found = bulk.totals(marks, weights, policy)
    exact, ranks = by_fractions(marks, weights, policy)
    assert [found.exact(index) for index in range(marks.shape[1])] == exact
    assert found.ranks.tolist() == ranks
    return found


WEIGHTS = [Fraction(40), Fraction("22.5"), Fraction("12.25"), Fraction("25.25")]


@pytest.mark.parametrize("policy", RULES, ids=lambda rule: f"{rule.panel_method}-{rule.panel.trim}")
@pytest.mark.parametrize(("gaps", "coarse"), [(0, True), (0, False), (0.1, True), (0.6, False)])
def test_hundreds_of_nominees_equal_fractions(policy, gaps, coarse):
    found = check(random_marks(7, 150, gaps, coarse=coarse), WEIGHTS, policy)
    assert found.numerators.dtype == np.int64


weights = st.lists(st.integers(0, 97), min_size=4, max_size=4).filter(any)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(seed=st.integers(0, 2**32), gaps=st.sampled_from([0, 0, 0.2, 0.9]), policy=st.sampled_from(RULES), parts=weights)
def test_any_random_block_equals_fractions(seed, gaps, policy, parts):
    check(random_marks(seed, 12, gaps), [Fraction(100 * part, sum(parts)) for part in parts], policy)


def test_long_weights_go_on_in_python_integers():
    odd = Fraction(1, 10**30)
    exact = [Fraction(25) + odd, Fraction(25) - odd, Fraction(25), Fraction(25)]
    assert check(random_marks(3, 30, 0.2), exact, RULES[2]).numerators.dtype == object


def test_a_large_panel_is_sorted_all_the_same():
    marks = np.concatenate([random_marks(seed, 20, 0.2) for seed in (1, 2)])
    check(marks, WEIGHTS, RULES[1])


def test_packed_sheets_equal_the_official_tabulation():
    marks = random_marks(11, 12, 0.1)
    names = [f"w{index:02}" for index in range(12)]
    rows = {
        name: {
            f"c{leaf}": [None if m < 0 else str(Fraction(int(m), 100)) for m in marks[:, nominee, leaf]]
            for leaf in range(4)
        }
        for nominee, name in enumerate(names)
    }
    document = panel_of(rows, weights=[str(weight) for weight in map(float, WEIGHTS)], panel_method="trimmed")
    result = tabulate(package.read(document)).by_nominee
    found = bulk.totals(marks, WEIGHTS, Policy(min_scores=1))
    assert [found.exact(index) for index in range(12)] == [result[name].exact for name in names]
    assert found.ranks.tolist() == [result[name].place for name in names]


def test_blobs_are_unpacked_seat_by_seat():
    blobs = [np.arange(6 * n, 6 * n + 6, dtype="<i2").tobytes() for n in range(2)]
    marks = bulk.unpack(blobs, seats=2, leaves=3)
    assert marks.tolist() == [[[0, 1, 2], [6, 7, 8]], [[3, 4, 5], [9, 10, 11]]]
    assert bulk.unpack([], 2, 3).shape == (2, 0, 3)


@pytest.mark.parametrize(
    ("content", "code"), [([1, 2], "malformed"), ([1, 2, -2], "score_range"), ([0, 0, 10_001], "score_range")]
)
def test_a_block_of_the_wrong_size_or_range_is_refused(content, code):
    with pytest.raises(Refusal) as caught:
        bulk.unpack([np.array(content, dtype="<i2").tobytes()], 1, 3)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("weights", "policy", "code"),
    [
        ([Fraction(50), Fraction(49), Fraction(0), Fraction(0)], Policy(), "weights_sum"),
        ([Fraction(100)], Policy(), "weights_sum"),
        (WEIGHTS, Policy(panel_level="judge"), "panel_level"),
        (WEIGHTS, Policy(panel_methods=(("c", "mean"),)), "panel_method"),
        (WEIGHTS, Policy(rounding=Rounding(2, "half_up", "every")), "malformed"),
    ],
)
def test_rules_that_need_the_engine_are_refused(weights, policy, code):
    with pytest.raises(Refusal) as caught:
        bulk.totals(random_marks(1, 3, 0), weights, policy)
    assert caught.value.code == code


def test_nobody_to_rank():
    found = bulk.totals(random_marks(1, 0, 0), WEIGHTS, Policy())
    assert (found.numerators.tolist(), found.ranks.tolist()) == ([], [])
