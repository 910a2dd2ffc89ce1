"""Severity per seat: how far its marks lie from the panel's, with twice the standard error to either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from .drawing import (
    INK,
    LINE,
    PAPER,
    SMALL,
    SOFT,
    Chart,
    Number,
    Shape,
    circle,
    line,
    name_line,
    percent,
    rect,
    table,
    text,
)

ROW, TOP = 42, 22
MARK = "#1d4477"


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """One seat: ``effect`` points above (positive) or below the panel, its standard error, both in words, and short."""

    label: str
    words: str
    short: str
    effect: Number | None
    error: Number | None
    cells: tuple[str, ...]


def severity_chart(
    *,
    title: str,
    description: str,
    heads: Sequence[str],
    sides: tuple[str, str],
    rows: Sequence[SeverityRow],
    note: str = "",
    id: str = "chart-severity",
) -> Chart:
    """Return the chart; ``heads`` name the columns of ``cells`` after the seat, ``sides`` what left and right mean."""
    reach = max([1, *(ceil(_farthest(row)) for row in rows)])
    height = TOP + ROW * len(rows)
    shapes = [
        text("0%", 11, f"← {sides[0]}", size=SMALL, fill=SOFT),
        text("100%", 11, f"{sides[1]} →", anchor="end", size=SMALL, fill=SOFT),
        text("50%", 11, "0", anchor="middle", size=SMALL, fill=SOFT),
    ]
    for number, row in enumerate(rows):
        shapes += _row(row, TOP + ROW * number, reach)
    rows_of_table = ((row.label, *row.cells) for row in rows)
    return Chart(id, title, description, height, tuple(shapes), table(heads, rows_of_table), note=note)


def _farthest(row: SeverityRow) -> Fraction:
    """The end of the line that is farther from zero, in points."""
    return abs(Fraction(row.effect or 0)) + 2 * Fraction(row.error or 0)


def _row(row: SeverityRow, top: int, reach: int) -> list[Shape]:
    middle = top + 30
    found = [
        rect("0", top, "100%", 20, PAPER),
        *name_line(row.label, top + 14, row.words, row.short),
        line("2%", middle, "98%", middle, LINE),
        line("50%", middle - 9, "50%", middle + 9, INK),
    ]
    if row.effect is None:
        return found
    if row.error is not None:
        low, high = (_at(row.effect + 2 * sign * row.error, reach) for sign in (-1, 1))
        found += [
            line(low, middle, high, middle, SOFT, 3),
            line(low, middle - 5, low, middle + 5, SOFT, 2),
            line(high, middle - 5, high, middle + 5, SOFT, 2),
        ]
    return [*found, circle(_at(row.effect, reach), middle, 5, MARK, PAPER)]


def _at(value: Number, reach: int) -> str:
    return percent(50 + 48 * Fraction(value) / reach)
