from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.core.aggregation import METHODS

from .marks import SETTINGS, marks


def test_every_method_is_registered_under_its_own_code():
    assert {code: method.code for code, method in METHODS.items()} == {c: c for c in ("mean", "median", "trimmed")}


@pytest.mark.parametrize("code", list(METHODS))
@settings(max_examples=60, deadline=None, derandomize=True)
@given(values=st.lists(st.fractions(0, 100, max_denominator=30), min_size=1, max_size=10))
def test_the_short_way_and_the_one_that_names_the_seats_agree(code, values):
    found = METHODS[code].combine(marks(*values), SETTINGS)
    assert found.value == Fraction(*METHODS[code].mean(values, SETTINGS)) == found.total / found.divisor
    assert sorted(found.used + found.dropped) == sorted(marks(*values))
    kept = [marks(*values)[seat] for seat in found.used]
    dropped = [marks(*values)[seat] for seat in found.dropped]
    assert (sum(kept), len(kept)) == (found.total, found.divisor)
    assert all(not min(kept) < mark < max(kept) for mark in dropped)
