"""Rank acceptabilities: where the shares of the simplex are known exactly, and how ties share them."""

from math import sqrt

import pytest

from judging.core.robustness.acceptability import acceptability, why_not
from tests.core.documents import panel_of

from .categories import alike, category

FAR = 4  # standard errors: wide enough for a fixed seed, narrow enough to find a wrong share


def near(found, share, samples=10_000):
    return abs(found - share) <= FAR * sqrt(share * (1 - share) / samples)


def test_two_criteria_have_known_shares():
    # With weight w on k0: a = 100w, b = 100(1 - w), c = 60. a leads when w > 0.6, b when w < 0.4.
    found = acceptability(*category(alike({"a": (100, 0), "b": (0, 100), "c": (60, 60)}, (50, 50))))
    assert near(found.uniform["a"][0], 0.4)
    assert near(found.uniform["b"][0], 0.4)
    assert near(found.uniform["c"][0], 0.2)
    assert near(found.uniform["c"][1], 0.8)
    assert found.uniform["c"][2] == 0


def test_three_criteria_are_uniform_on_the_simplex():
    # One leads on each criterion alone: by symmetry a third each; a leads b by w0 > w1 only.
    found = acceptability(*category(alike({"a": (90, 0, 0), "b": (0, 90, 0), "c": (0, 0, 90)}, (20, 30, 50))))
    assert all(near(row[place], 1 / 3) for row in found.uniform.values() for place in range(3))


def test_a_weight_of_20_varies_by_4_points():
    # a leads while the weight of k0 is above its limit: the normal share beyond one standard deviation, nearly.
    found = acceptability(*category(alike({"a": (100, 0), "b": (24, 24)}, (20, 80))))
    assert found.concentration == 99
    assert 0.14 < found.official["a"][0] < 0.18


def test_places_of_each_add_up_to_one_and_so_do_those_of_a_place():
    found = acceptability(
        *category(alike({n: (i * 7 % 5, i * 3 % 4, i) for i, n in enumerate("abcdef")}, (20, 30, 50)))
    )
    for view in (found.uniform, found.official):
        assert all(sum(row) == pytest.approx(1) for row in view.values())
        assert all(sum(row[place] for row in view.values()) == pytest.approx(1) for place in range(6))


def test_equal_nominees_share_the_places_they_hold():
    found = acceptability(*category(alike({"a": (80, 70), "b": (80, 70), "c": (60, 50)}, (50, 50))))
    assert found.uniform == {"a": (0.5, 0.5, 0), "b": (0.5, 0.5, 0), "c": (0, 0, 1)}


def test_a_criterion_without_weight_does_not_part_them_at_the_official_weights():
    found = acceptability(*category(alike({"a": (80, 70), "b": (80, 60)}, (100, 0))))
    assert found.official == {"a": (0.5, 0.5), "b": (0.5, 0.5)}
    assert found.uniform == {"a": (1, 0), "b": (0, 1)}


def test_the_seed_makes_it_repeatable():
    made = category(alike({"a": (100, 0), "b": (0, 100)}, (50, 50)))
    assert acceptability(*made) == acceptability(*made)
    assert acceptability(*made).uniform != acceptability(*made, seed=1).uniform


def test_the_standard_error_is_that_of_the_worst_figure():
    found = acceptability(*category(alike({"a": (100, 0), "b": (0, 100)}, (50, 50))), samples=400)
    worst = max(
        share * (1 - share) for view in (found.uniform, found.official) for row in view.values() for share in row
    )
    assert found.standard_error == pytest.approx(sqrt(worst / 400))
    assert 0.024 < found.standard_error <= 0.025


def test_a_table_of_thousands_is_refused(monkeypatch):
    _, result = made = category(alike({"a": (80, 60), "b": (60, 70), "c": (50, 50)}, (60, 40)))
    assert why_not(result) is None
    monkeypatch.setattr("judging.core.robustness.acceptability.MOST_NOMINEES", 2)
    assert (acceptability(*made), why_not(result)) == (None, "too_many_nominees")


def test_nothing_where_nobody_is_ranked():
    assert acceptability(*category(alike({"a": (80, 60), "b": (60, 70)}, (60, 40), disqualified=["a", "b"]))) is None


@pytest.mark.parametrize("method", ["median", "trimmed"])
def test_whole_sheets_by_seats_that_agree_give_the_shares_of_their_criteria(method):
    document = alike({"a": (100, 0), "b": (0, 100), "c": (60, 60)}, (50, 50), panel_level="judge", panel_method=method)
    found = acceptability(*category(document))
    assert near(found.uniform["a"][0], 0.4)
    assert near(found.uniform["c"][1], 0.8)


def test_whole_sheets_are_summed_before_they_are_combined():
    # Three sheets of a: (100,0), (0,100), (40,40). Their middle total is w, 1 - w or 0.4, at most 0.5 and at least 0.4,
    # by w; b has 45. So a leads while the middle one is above 0.45: w in 0.45..0.55, a tenth.
    marks = {"a": {"k": ["100", "0", "40"], "m": ["0", "100", "40"]}, "b": {"k": ["45"] * 3, "m": ["45"] * 3}}
    found = acceptability(*category(panel_of(marks, panel_level="judge", panel_method="median")))
    assert near(found.uniform["a"][0], 0.1)
    assert found.uniform["a"][0] + found.uniform["b"][0] == pytest.approx(1)


def test_whole_sheets_that_are_equal_share_their_places():
    marks = {"a": {"k": ["80", "70", "60"]}, "b": {"k": ["90", "70", "50"]}}
    found = acceptability(*category(panel_of(marks, panel_level="judge", panel_method="median")))
    assert found.official == {"a": (0.5, 0.5), "b": (0.5, 0.5)}
