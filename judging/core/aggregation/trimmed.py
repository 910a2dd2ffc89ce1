"""Trimmed mean: the k highest and k lowest marks are dropped; a mark held twice loses one copy."""

from collections.abc import Mapping
from fractions import Fraction

from judging.core.refusals import TrimTooLarge

from .base import Aggregate, PanelSettings, ascending, over

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


def combine(values: Mapping[str, Fraction], settings: PanelSettings) -> Aggregate:
    """The trimmed mean of ``values`` (seat -> mark, at least one); the plain mean below ``trim_min_n`` marks."""
    order = ascending(values)
    if len(order) < settings.trim_min_n:
        return over(values, order)
    return over(values, order[settings.trim : len(order) - settings.trim])
