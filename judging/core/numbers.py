"""The one place where exact numbers are read, rounded and printed.

Inside the core every number that counts is an ``int`` or a ``Fraction``; binary floating point never enters.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from math import lcm
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


@lru_cache(maxsize=20_000)  # the same few marks are read over and over
def _from_text(text: str) -> Fraction | None:
    """The exact number that ``text`` writes, or None when it is not one."""
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


def _half_up(numerator: int, denominator: int) -> int:
    """Nearest integer, an exact half goes away from zero."""
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


def _half_even(numerator: int, denominator: int) -> int:
    """Nearest integer, an exact half goes to the even neighbour."""
    low, rest = divmod(numerator, denominator)
    up = 2 * rest > denominator or (2 * rest == denominator and low % 2 == 1)
    return low + up


def _down(numerator: int, denominator: int) -> int:
    """Towards zero."""
    magnitude = abs(numerator) // denominator
    return magnitude if numerator >= 0 else -magnitude


def _up(numerator: int, denominator: int) -> int:
    """Away from zero."""
    magnitude = -(-abs(numerator) // denominator)
    return magnitude if numerator >= 0 else -magnitude


#: How a fraction (numerator, denominator > 0) becomes an integer.
MODES: Final[Mapping[str, Callable[[int, int], int]]] = MappingProxyType(
    {"half_up": _half_up, "half_even": _half_even, "down": _down, "up": _up}
)


def _in_units(value: Fraction, places: int, mode: str) -> int:
    """``value`` in whole units of its last printed decimal."""
    numerator, denominator = value.as_integer_ratio()
    return MODES[mode](numerator * 10**places, denominator)


def rounded(value: Fraction, places: int = 2, mode: str = "half_up") -> Fraction:
    """``value`` to ``places`` decimals by one of ``MODES``; the result is exact."""
    return Fraction(_in_units(value, places, mode), 10**places)


def printed(value: Fraction, places: int = 2, mode: str = "half_up") -> str:
    """``value`` with exactly ``places`` decimals and a point: ``"79.10"``."""
    units = _in_units(value, places, mode)
    digits = str(abs(units)).rjust(places + 1, "0")
    sign = "-" if units < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def plain(value: Fraction) -> str:
    """Exact text: the shortest decimal when there is a finite one (``"82.5"``), else the fraction (``"692/9"``)."""
    return _plain(*value.as_integer_ratio())


@lru_cache(maxsize=20_000)  # the same few marks and weights are written over and over
def _plain(numerator: int, denominator: int) -> str:
    """``plain`` of a fraction in lowest terms."""
    if denominator == 1:
        return str(numerator)
    rest, twos, fives = denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    return f"{numerator}/{denominator}" if rest != 1 else printed(Fraction(numerator, denominator), max(twos, fives))


def over_one_denominator(values: Collection[Fraction]) -> tuple[int, list[int]]:
    """The values as integers over one common denominator: as exact, and many times faster to add and compare."""
    ratios = [value.as_integer_ratio() for value in values]
    unit = lcm(*{denominator for _, denominator in ratios})
    return unit, [numerator * (unit // denominator) for numerator, denominator in ratios]


def weighted(terms: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """The sum of weight * score / 100: exact, in integers over one common denominator."""
    products = []
    for weight, score in terms:
        (above, below), (numerator, denominator) = weight.as_integer_ratio(), score.as_integer_ratio()
        products.append((above * numerator, below * denominator))
    unit = lcm(*{denominator for _, denominator in products})
    return Fraction(sum(numerator * (unit // denominator) for numerator, denominator in products), unit * 100)
