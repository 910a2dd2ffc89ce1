"""Plain mean of all marks."""

from .base import PanelSettings

CODE = "mean"


def check(settings: PanelSettings, at: str) -> None:
    """The mean has no settings of its own."""


def kept(count: int, settings: PanelSettings) -> tuple[int, int]:
    """All marks."""
    return 0, count
