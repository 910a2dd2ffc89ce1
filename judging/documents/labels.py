"""Sheets of labels for folders and envelopes: A4 with three columns of eight, as stationers sell them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from .rendering import head, printable, to_pdf

PER_SHEET: Final = 24


@dataclass(frozen=True, kw_only=True)
class Label:
    """One label: a few words above (a title, or a number), the name, and where it belongs."""

    above: str
    name: str
    below: str = ""
    number: str = ""


@dataclass(frozen=True, kw_only=True)
class Labels:
    """All labels of one print; ``free`` leaves so many at the beginning of the first sheet that were used before."""

    issuing_body: str
    title: str
    day: date
    labels: tuple[Label, ...]
    free: int = 0
    demo_mark: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.free < PER_SHEET:
            raise ValueError("a sheet has places for 24 labels")


def render_labels(labels: Labels) -> bytes:
    """Return the sheets as a PDF; without a label, one empty sheet."""
    places: list[dict[str, str] | None] = [None] * labels.free
    places += [
        {"above": one.above, "name": one.name, "below": one.below, "number": one.number, "size": _size(one.name)}
        for one in labels.labels
    ]
    values = {
        "head": head(
            title=printable(labels.title), author=labels.issuing_body, day=labels.day, demo_mark=labels.demo_mark
        ),
        "sheets": list(_sheets(places)),
        "demo_mark": labels.demo_mark,
    }
    return to_pdf("labels.html", values)


def _sheets(places: Sequence[dict[str, str] | None]) -> list[list[dict[str, object]]]:
    rows = [{"label": place or {}, "is_free": place is None} for place in places]
    return [rows[start : start + PER_SHEET] for start in range(0, len(rows), PER_SHEET)] or [[]]


def _size(name: str) -> str:
    """How large a name is set: long ones smaller, so that four lines hold them."""
    return "long" if len(name) > 60 else "usual"
