from fractions import Fraction

from judging.core.aggregation import METHODS

from .marks import SETTINGS, marks


def test_mean_uses_all():
    found = METHODS["mean"].combine(marks(1, 2, 4), SETTINGS)
    assert (found.value, found.total, found.divisor, found.dropped) == (Fraction(7, 3), 7, 3, ())
