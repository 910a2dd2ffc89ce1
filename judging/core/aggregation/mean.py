"""Plain mean of all marks."""

from collections.abc import Mapping
from fractions import Fraction

from .base import Aggregate, PanelSettings, over

CODE = "mean"


def check(settings: PanelSettings, at: str) -> None:
    """The mean has no settings of its own."""


def combine(values: Mapping[str, Fraction], settings: PanelSettings) -> Aggregate:
    """The mean of ``values`` (seat -> mark, at least one)."""
    return over(values, list(values))
