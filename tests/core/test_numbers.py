from fractions import Fraction

import pytest

from judging.core import numbers
from judging.core.refusals import FloatInput, Malformed


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
