"""What every panel method takes and gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm


@dataclass(frozen=True, slots=True)
class PanelSettings:
    """``trim`` marks are dropped from each end once there are ``trim_min_n`` marks; with fewer: the plain mean."""

    trim: int = 1
    trim_min_n: int = 5


@dataclass(frozen=True, slots=True)
class Aggregate:
    """One combined value and how it came about: ``value == total / divisor``; seats in alphabetical order."""

    value: Fraction
    used: tuple[str, ...]
    dropped: tuple[str, ...]
    total: Fraction
    divisor: int


def over(values: Mapping[str, Fraction], used: list[str]) -> Aggregate:
    """The mean of the marks of the seats in ``used`` (at least one); the others count as dropped."""
    unit, whole = _over_one_denominator(values)
    total = Fraction(sum(whole[seat] for seat in used), unit)
    dropped = tuple(sorted(set(values) - set(used)))
    return Aggregate(total / len(used), tuple(sorted(used)), dropped, total, len(used))


def ascending(values: Mapping[str, Fraction]) -> list[str]:
    """Seats from the lowest to the highest mark; equal marks by seat, so that the order of input is irrelevant."""
    _, whole = _over_one_denominator(values)
    return sorted(values, key=lambda seat: (whole[seat], seat))


def _over_one_denominator(values: Mapping[str, Fraction]) -> tuple[int, Mapping[str, int]]:
    """The marks as integers over one common denominator: as exact, and many times faster to add and compare."""
    unit = lcm(*(value.denominator for value in values.values()))
    return unit, {seat: value.numerator * (unit // value.denominator) for seat, value in values.items()}
