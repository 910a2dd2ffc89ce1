from fractions import Fraction

import pytest

from judging.core.aggregation import METHODS

from .marks import SETTINGS, marks


@pytest.mark.parametrize(
    ("values", "median"), [((5,), 5), ((1, 9), 5), ((9, 1, 4), 4), ((1, 2, 5, 100), Fraction(7, 2))]
)
def test_median_is_the_middle_or_the_mean_of_the_middle_two(values, median):
    assert METHODS["median"].combine(marks(*values), SETTINGS).value == median
