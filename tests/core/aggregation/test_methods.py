from fractions import Fraction as F

import pytest

from judging.core.aggregation import METHODS, PanelSettings
from judging.core.refusals import TrimTooLarge

SETTINGS = PanelSettings(trim=1, trim_min_n=5)


def marks(*values):
    return {f"s{index}": F(value) for index, value in enumerate(values)}


def test_every_method_is_registered_under_its_own_code():
    assert {code: method.code for code, method in METHODS.items()} == {c: c for c in ("mean", "median", "trimmed")}


def test_mean_uses_all():
    found = METHODS["mean"].combine(marks(1, 2, 4), SETTINGS)
    assert (found.value, found.total, found.divisor, found.dropped) == (F(7, 3), 7, 3, ())


@pytest.mark.parametrize(("values", "median"), [((5,), 5), ((1, 9), 5), ((9, 1, 4), 4), ((1, 2, 5, 100), F(7, 2))])
def test_median_is_the_middle_or_the_mean_of_the_middle_two(values, median):
    assert METHODS["median"].combine(marks(*values), SETTINGS).value == median


def test_trimmed_drops_one_high_and_one_low():
    found = METHODS["trimmed"].combine(marks(0, 60, 65, "62.5", 58, 99), SETTINGS)
    assert (found.total, found.divisor, found.dropped) == (F(491, 2), 4, ("s0", "s5"))
    assert found.value == found.total / found.divisor


def test_trimmed_drops_one_copy_of_a_mark_held_twice():
    found = METHODS["trimmed"].combine(marks(90, 90, 10, 10, 50), SETTINGS)
    assert (found.total, found.divisor) == (150, 3)


def test_trimmed_is_the_plain_mean_below_its_minimum():
    found = METHODS["trimmed"].combine(marks(0, 50, 70, 100), SETTINGS)
    assert (found.value, found.dropped) == (55, ())


def test_the_same_marks_drop_the_same_seats_in_any_order():
    given = marks(5, 5, 5, 5, 5)
    back = dict(reversed(given.items()))
    assert METHODS["trimmed"].combine(given, SETTINGS) == METHODS["trimmed"].combine(back, SETTINGS)


@pytest.mark.parametrize(("trim", "least"), [(1, 2), (3, 5), (1, 0)])
def test_a_trim_that_leaves_nothing_is_refused(trim, least):
    with pytest.raises(TrimTooLarge) as caught:
        METHODS["trimmed"].check(PanelSettings(trim, least), "policy.trim")
    assert caught.value.facts["trim"] == trim


@pytest.mark.parametrize(("trim", "least"), [(0, 0), (1, 3), (2, 5)])
def test_a_trim_that_leaves_one_mark_is_accepted(trim, least):
    METHODS["trimmed"].check(PanelSettings(trim, least), "policy.trim")
