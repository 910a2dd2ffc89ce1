"""What every panel method takes and gives back."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from judging.core.numbers import over_one_denominator


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


@dataclass(frozen=True, slots=True)
class Method:
    """A panel method: the mean of the marks that it keeps.

    ``kept(count, settings)`` says which of ``count`` (at least one) marks in rising order stay, as a range of
    positions ``(start, stop)``; ``check`` refuses settings under which nothing might stay.
    """

    code: str
    check: Callable[[PanelSettings, str], None]
    kept: Callable[[int, PanelSettings], tuple[int, int]]

    def mean(self, marks: Collection[Fraction], settings: PanelSettings) -> tuple[int, int]:
        """The combined value of at least one mark, as numerator and denominator (not in lowest terms)."""
        unit, whole = over_one_denominator(marks)
        whole.sort()
        start, stop = self.kept(len(whole), settings)
        return sum(whole[start:stop]), unit * (stop - start)

    def combine(self, values: Mapping[str, Fraction], settings: PanelSettings) -> Aggregate:
        """The same of ``values`` (seat -> mark) with who was used and who was dropped.

        Of equal marks the alphabetically first seat counts as the lower one, so that the order of input is irrelevant.
        """
        unit, whole = over_one_denominator(values.values())
        order = sorted(zip(whole, values, strict=True))
        start, stop = self.kept(len(order), settings)
        total = Fraction(sum(number for number, _ in order[start:stop]), unit)
        used = tuple(sorted(seat for _, seat in order[start:stop]))
        dropped = tuple(sorted(seat for _, seat in order[:start] + order[stop:]))
        return Aggregate(total / len(used), used, dropped, total, len(used))
