"""Trimmed mean: the k highest and k lowest marks are dropped; a mark held twice loses one copy."""

from judging.core.refusals import TrimTooLarge

from .base import PanelSettings

CODE = "trimmed"


def check(settings: PanelSettings, at: str) -> None:
    """Refuse a trim that would leave nothing of the smallest panel it applies to."""
    if 2 * settings.trim >= max(settings.trim_min_n, 1):
        raise TrimTooLarge(
            at,
            f"dropping {settings.trim} from each end leaves nothing of {settings.trim_min_n} marks",
            trim=settings.trim,
            trim_min_n=settings.trim_min_n,
        )


def kept(count: int, settings: PanelSettings) -> tuple[int, int]:
    """All but the ends; all marks when there are fewer than ``trim_min_n``."""
    return (0, count) if count < settings.trim_min_n else (settings.trim, count - settings.trim)
