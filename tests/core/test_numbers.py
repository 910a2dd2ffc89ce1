from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.core import numbers
from judging.core.criteria import Scale
from judging.core.numbers import over_one_denominator, rounded, weighted
from judging.core.refusals import FloatInput, Malformed

tries = settings(max_examples=100, deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", Fraction(0)),
        ("82.5", Fraction(165, 2)),
        ("-3", Fraction(-3)),
        ("692/9", Fraction(692, 9)),
        ("+1.50", Fraction(3, 2)),
        ("1E+2", Fraction(100)),
        (7, Fraction(7)),
    ],
)
def test_exact_reads_decimals_and_fractions(text, value):
    assert numbers.exact(text) == value


@pytest.mark.parametrize(
    "bad", ["", " 80", "82,5", "abc", "NaN", "1/0", "1_000", "٣", "1" * 101, "1e999", None, True, [], {}]
)
def test_exact_refuses_anything_else(bad):
    with pytest.raises(Malformed) as caught:
        numbers.exact(bad, "scores[3]")
    assert caught.value.at == "scores[3]"


def test_exact_refuses_a_float_even_a_whole_one():
    with pytest.raises(FloatInput):
        numbers.exact(float("80"))


def test_typed_reads_a_comma_as_people_write_it():
    assert numbers.typed(" 82,5 ") == numbers.typed("82.5") == Fraction(165, 2)


@pytest.mark.parametrize("bad", ["1.234,5", "1/2", "1e2", "", "delapan"])
def test_typed_refuses_what_could_be_misread(bad):
    with pytest.raises(Malformed):
        numbers.typed(bad)


@pytest.mark.parametrize("bad", ["1.5", -1, 4, "x"])
def test_whole_refuses_parts_and_bounds(bad):
    with pytest.raises(Malformed):
        numbers.whole(bad, "policy.trim", most=3)


@pytest.mark.parametrize(
    ("value", "mode", "expected"),
    [
        ("7.125", "half_up", "7.13"),
        ("7.125", "half_even", "7.12"),
        ("7.135", "half_even", "7.14"),
        ("7.129", "down", "7.12"),
        ("7.121", "up", "7.13"),
        ("7.12", "up", "7.12"),
        ("-7.125", "half_up", "-7.13"),
        ("-7.129", "down", "-7.12"),
        ("-7.121", "up", "-7.13"),
        ("-0.001", "half_up", "0.00"),
        ("79.1", "half_up", "79.10"),
        ("1/3", "half_up", "0.33"),
        ("78.99", "half_up", "78.99"),
        ("0.005", "half_up", "0.01"),
        ("1.005", "half_up", "1.01"),
    ],
)
def test_printed_and_rounded_agree_on_exact_halves(value, mode, expected):
    exact = numbers.exact(value)
    assert numbers.printed(exact, 2, mode) == expected
    assert numbers.rounded(exact, 2, mode) == Fraction(expected)


def test_printed_without_decimals_has_no_point():
    assert numbers.printed(Fraction(5, 2), 0) == "3"


@pytest.mark.parametrize("text", ["0", "80", "82.5", "-0.125", "692/9", "0.01"])
def test_plain_is_read_back_as_itself(text):
    assert numbers.plain(numbers.exact(text)) == text


@tries
@given(value=st.fractions(min_value=-50, max_value=50, max_denominator=40), places=st.integers(0, 3))
def test_each_mode_is_the_one_it_is_called(value, places):
    unit = 10**places
    below, above = Fraction(floor(value * unit), unit), Fraction(ceil(value * unit), unit)
    assert rounded(value, places, "half_even") == Fraction(round(value * unit), unit)
    assert rounded(value, places, "down") == (below if value >= 0 else above)
    assert rounded(value, places, "up") == (above if value >= 0 else below)
    nearest = min((below, above), key=lambda near: (abs(near - value), -abs(near)))
    assert rounded(value, places, "half_up") == nearest


@tries
@given(terms=st.lists(st.tuples(st.fractions(0, 100), st.fractions(0, 100)), max_size=6))
def test_a_weighted_sum_and_one_denominator_are_exact(terms):
    assert weighted(terms) == sum((weight * score / 100 for weight, score in terms), Fraction(0))
    unit, whole = over_one_denominator([score for _, score in terms])
    assert [Fraction(number, unit) for number in whole] == [score for _, score in terms]


@tries
@given(
    low=st.integers(-5, 5),
    height=st.fractions(Fraction(1, 9), 50),
    share=st.fractions(0, 1),
    normalise=st.sampled_from(["max", "range"]),
)
def test_a_scale_maps_its_marks_to_a_hundred_by_its_definition(low, height, share, normalise):
    scale = Scale(Fraction(low), max(low + height, Fraction(1, 10)), None, normalise)
    mark = scale.minimum + (scale.maximum - scale.minimum) * share
    start = scale.minimum if normalise == "range" else Fraction(0)
    assert scale.to_hundred(mark) == max((mark - start) * 100 / (scale.maximum - start), Fraction(0))
    assert (scale.fault(mark), scale.fault(scale.minimum - 1), scale.fault(scale.maximum + 1)) == (
        None,
        "score_range",
        "score_range",
    )
