"""The one place where exact numbers are read, rounded and printed.

Inside the core every number that counts is an ``int`` or a ``Fraction``; binary floating point never enters.
"""

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from .refusals import FloatInput, Malformed

HUNDRED: Final = Fraction(100)
ZERO: Final = Fraction(0)

_LONGEST: Final = 100  # characters; nothing real is longer, and hostile input must not stall the arithmetic
_EXACT: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?|[+-]?[0-9]+/[0-9]+")
_TYPED: Final = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")


def exact(value: object, at: str = "") -> Fraction:
    """Read an exact decimal (``"82.5"``) or fraction (``"692/9"``); a JSON integer is exact too.

    Raises ``FloatInput`` for a binary float, ``Malformed`` for anything else that is not such a number.
    """
    if isinstance(value, float):
        raise FloatInput(at, "a JSON float is not exact: write the number as a string", value=str(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    number = _from_text(value) if isinstance(value, str) else None
    if number is None:
        raise Malformed(at, "expected an exact decimal or fraction in a string", value=str(value)[:_LONGEST])
    return number


@lru_cache(maxsize=4096)  # the same few marks are read over and over
def _from_text(text: str) -> Fraction | None:
    """The number, or None when ``text`` is not one."""
    if len(text) > _LONGEST or not _EXACT.fullmatch(text):
        return None
    try:
        return Fraction(text)
    except ZeroDivisionError:
        return None


def typed(value: object, at: str = "") -> Fraction:
    """Read a mark as people type it: ``82.5`` or ``82,5`` (comma as in Indonesian), surrounding blanks ignored."""
    if not isinstance(value, str):
        return exact(value, at)
    text = value.strip()
    if len(text) > _LONGEST or not _TYPED.fullmatch(text):
        raise Malformed(at, "expected a plain decimal number", value=text[:_LONGEST])
    return Fraction(text.replace(",", "."))


def whole(value: object, at: str, *, least: int = 0, most: int = 10_000) -> int:
    """Read a count: an integer between ``least`` and ``most`` (both included)."""
    number = exact(value, at)
    if number.denominator != 1 or not least <= number <= most:
        raise Malformed(at, f"expected a whole number between {least} and {most}", value=str(value))
    return number.numerator


def _half_up(value: Fraction) -> int:
    """Nearest integer, an exact half goes away from zero."""
    magnitude = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
    return magnitude if value >= 0 else -magnitude


def _down(value: Fraction) -> int:
    """Towards zero."""
    magnitude = abs(value.numerator) // value.denominator
    return magnitude if value >= 0 else -magnitude


def _up(value: Fraction) -> int:
    """Away from zero."""
    magnitude = -(-abs(value.numerator) // value.denominator)
    return magnitude if value >= 0 else -magnitude


MODES: Final[Mapping[str, Callable[[Fraction], int]]] = MappingProxyType(
    # Python rounds a Fraction to the even neighbour exactly, in integers.
    {"half_up": _half_up, "half_even": round, "down": _down, "up": _up}
)


def rounded(value: Fraction, places: int = 2, mode: str = "half_up") -> Fraction:
    """``value`` to ``places`` decimals by one of ``MODES``; the result is exact."""
    unit = 10**places
    return Fraction(MODES[mode](value * unit), unit)


def printed(value: Fraction, places: int = 2, mode: str = "half_up") -> str:
    """``value`` with exactly ``places`` decimals and a point: ``"79.10"``."""
    units = MODES[mode](value * 10**places)
    digits = str(abs(units)).rjust(places + 1, "0")
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def plain(value: Fraction) -> str:
    """Exact text: the shortest decimal when there is a finite one (``"82.5"``), else the fraction (``"692/9"``)."""
    if value.denominator == 1:
        return str(value.numerator)
    rest, twos, fives = value.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return str(value) if rest != 1 else printed(value, max(twos, fives))
