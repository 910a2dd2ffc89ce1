"""Exact numbers on paper: never rounded without a mark."""

from fractions import Fraction

import pytest

from judging.documents.exact_text import equals, exact, number, plain, signed


@pytest.mark.parametrize(
    ("value", "short", "whole", "inside", "end"),
    [
        (Fraction(80), "80", "80", "80", "= 80"),
        (Fraction("82.5"), "82,5", "82,5", "82,5", "= 82,5"),
        (Fraction(1234567, 1000), "1.234,567", "1.234,567", "1.234,567", "= 1.234,567"),
        (Fraction(181, 3), "≈ 60,333333", "181/3 ≈ 60,333333", "60,333333", "≈ 60,333333"),
        (Fraction(1, 2**7), "≈ 0,007813", "1/128 ≈ 0,007813", "0,007813", "≈ 0,007813"),
        (Fraction(-2), "−2", "−2", "−2", "= −2"),
    ],
)
def test_a_number_ends_or_says_that_it_does_not(value: Fraction, short: str, whole: str, inside: str, end: str) -> None:
    assert (number(value), exact(value), plain(value), equals(value)) == (short, whole, inside, end)


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (Fraction(6), "+6"),
        (Fraction("-0.9"), "−0,9"),
        (Fraction(0), "0"),
        (Fraction(20, 3), "≈ +6,666667"),
        (Fraction(-20, 3), "≈ −6,666667"),
    ],
)
def test_a_difference_carries_its_sign(value: Fraction, printed: str) -> None:
    assert signed(value) == printed
