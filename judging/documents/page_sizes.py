"""How large a sheet of paper is."""

from __future__ import annotations

from .certificate_data import Orientation
from .data import Paper

SIZES: dict[Paper, tuple[int, int]] = {"A4": (210, 297), "F4": (215, 330)}


def page_size(paper: Paper, orientation: Orientation) -> tuple[int, int]:
    """Return width and height in millimetres as the sheet lies."""
    short, long = SIZES[paper]
    return (long, short) if orientation == "landscape" else (short, long)
