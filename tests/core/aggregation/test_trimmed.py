from fractions import Fraction

import pytest

from judging.core.aggregation import METHODS, PanelSettings
from judging.core.refusals import TrimTooLarge

from .marks import SETTINGS, marks


def test_trimmed_drops_one_high_and_one_low():
    found = METHODS["trimmed"].combine(marks(0, 60, 65, "62.5", 58, 99), SETTINGS)
    assert (found.total, found.divisor, found.dropped) == (Fraction(491, 2), 4, ("s0", "s5"))
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
