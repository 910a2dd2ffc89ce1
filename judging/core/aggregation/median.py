"""Median: the middle mark, for an even number the mean of the middle two."""

from collections.abc import Mapping
from fractions import Fraction

from .base import Aggregate, PanelSettings, ascending, over

CODE = "median"


def check(settings: PanelSettings, at: str) -> None:
    """The median has no settings of its own."""


def combine(values: Mapping[str, Fraction], settings: PanelSettings) -> Aggregate:
    """The median of ``values`` (seat -> mark, at least one); the marks outside the middle count as dropped."""
    order = ascending(values)
    middle = (len(order) - 1) // 2
    return over(values, order[middle : len(order) // 2 + 1])
