"""Marks as they are typed and read."""

from fractions import Fraction

import pytest

from judging.web.marks import shown, typed_text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("87,5", "87,5"),
        (" 87.5 ", "87.5"),
        ("1.000", "1000"),
        ("1.234,5", "1234,5"),
        ("12.345.678", "12345678"),
        ("87.125", "87125"),
        ("1.0000", "1.0000"),
        ("delapan", "delapan"),
        ("", ""),
    ],
)
def test_typed_text_takes_a_point_before_three_digits_for_thousands(typed, text):
    assert typed_text(typed) == text


@pytest.mark.parametrize(
    ("value", "text"), [("82.5", "82,5"), ("80", "80"), (Fraction(1, 4), "0,25"), ("8..5", "8..5"), ("1/3", "1/3")]
)
def test_shown_has_a_decimal_comma(value, text):
    assert shown(value) == text
