"""Median: the middle mark, for an even number the mean of the middle two."""

from .base import PanelSettings

CODE = "median"


def check(settings: PanelSettings, at: str) -> None:
    """The median has no settings of its own."""


def kept(count: int, settings: PanelSettings) -> tuple[int, int]:
    """The middle one or two; the others count as dropped."""
    return (count - 1) // 2, count // 2 + 1
