"""Exact numbers as paper writes them for somebody who redoes a sum: whole where they end, marked where they do not."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from paritrana.kernel import wording

#: Decimals to which a number without an end is rounded for the reader.
DIGITS: Final = 6
ABOUT: Final = "≈"


def decimals(value: Fraction) -> str | None:
    """Return "82,5" for a number that ends within six decimals, else None."""
    for places in range(DIGITS + 1):
        if (value * 10**places).denominator == 1:
            return _signed(wording.decimal_number(value, places))
    return None


def about(value: Fraction) -> str:
    """Return "≈ 60,333333": six decimals, half up, marked as rounded."""
    return f"{ABOUT} {_signed(wording.decimal_number(value, DIGITS))}"


def ratio(value: Fraction) -> str:
    """Return "181/3"."""
    return _signed(f"{value.numerator}/{value.denominator}")


def plain(value: Fraction) -> str:
    """Return "82,5" or, bare for use inside a sum, "60,333333"."""
    return decimals(value) or about(value).removeprefix(ABOUT).strip()


def number(value: Fraction) -> str:
    """Return "82,5", or "≈ 60,333333" for what follows from figures on the same page."""
    return decimals(value) or about(value)


def equals(value: Fraction) -> str:
    """Return the end of a sum: "= 82,5" or "≈ 60,333333"."""
    text = decimals(value)
    return f"= {text}" if text is not None else about(value)


def exact(value: Fraction) -> str:
    """Return a number with its fraction where no decimal ends: "82,5" or "181/3 ≈ 60,333333"."""
    return decimals(value) or f"{ratio(value)} {about(value)}"


def signed(value: Fraction) -> str:
    """Return a difference with its sign: "+6", "−0,9", "≈ −6,666667"."""
    text = decimals(value)
    if text is None:
        return f"{ABOUT} {'+' if value > 0 else ''}{about(value).removeprefix(ABOUT).strip()}"
    return f"+{text}" if value > 0 else text


def _signed(text: str) -> str:
    """A true minus sign, which no printer loses."""
    return text.replace("-", "\N{MINUS SIGN}")
