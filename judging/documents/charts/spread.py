"""Spread per nominee: every seat's total as a dot, the median as a bar, the official score as a square."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from paritrana.kernel import wording

from .drawing import (
    INK,
    LINE,
    PAPER,
    SMALL,
    SOFT,
    Chart,
    Key,
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

ROW, TOP = 44, 22
SEAT, MARK = "#ffffff", "#1d4477"


@dataclass(frozen=True, slots=True)
class SpreadRow:
    """One nominee: the official score and each seat's exact total on 0-100 (seats without a sheet left out)."""

    label: str
    score: str
    official: Fraction
    totals: tuple[Fraction, ...]


def median_of(totals: Sequence[Fraction]) -> Fraction | None:
    """Return the middle of the totals, of an even number the mean of the middle two; None for none."""
    if not totals:
        return None
    ordered, half = sorted(totals), len(totals) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def spread_chart(
    *,
    title: str,
    description: str,
    heads: tuple[str, str, str, str, str, str],
    keys: tuple[str, str, str],
    rows: Sequence[SpreadRow],
    note: str = "",
    id: str = "chart-spread",
) -> Chart:
    """Return the chart.

    ``heads`` of the table: nominee, official score, seats, lowest, median, highest. ``keys`` of the legend: a seat,
    the median, the official score.
    """
    low, high = _bounds([value for row in rows for value in (*row.totals, row.official)])
    height = TOP + ROW * len(rows)
    shapes = _scale(low, high, height)
    for number, row in enumerate(rows):
        shapes += _row(row, TOP + ROW * number, low, high)
    marks = (_seat("50%", 8), _median("50%", 8), _official("50%", 8))
    legend = tuple(Key(words, (mark,)) for words, mark in zip(keys, marks, strict=True))
    return Chart(id, title, description, height, tuple(shapes), table(heads, map(_cells, rows)), legend, note=note)


def _bounds(values: Sequence[Fraction]) -> tuple[int, int]:
    """The tens around everything shown, at least ten points apart, within 0..100."""
    if not values:
        return 0, 100
    low = min(90, max(0, int(min(values)) // 10 * 10))
    return low, max(low + 10, min(100, -(-max(values) // 10) * 10))


def _at(value: Number, low: int, high: int) -> str:
    # Two per cent are left at either end, so that no dot is cut.
    return percent(2 + 96 * (Fraction(value) - low) / (high - low))


def _scale(low: int, high: int, height: int) -> list[Shape]:
    found = []
    step = 10 if high - low > 20 else 5 if high - low > 10 else 2
    for points in range(low, high + 1, step):
        x = _at(points, low, high)
        found += [
            text(x, 11, str(points), anchor="middle", size=SMALL, fill=SOFT),
            line(x, 16, x, height, LINE),
        ]
    return found


def _row(row: SpreadRow, top: int, low: int, high: int) -> list[Shape]:
    middle = top + 31
    found = [
        rect("0", top, "100%", 20, PAPER),
        *name_line(row.label, top + 14, row.score),
        line(_at(low, low, high), middle, _at(high, low, high), middle, LINE),
    ]
    if row.totals:
        ends = (_at(value, low, high) for value in (min(row.totals), max(row.totals)))
        found.append(line(next(ends), middle, next(ends), middle, SOFT, 2))
    found += [_seat(_at(value, low, high), middle) for value in sorted(row.totals)]
    median = median_of(row.totals)
    if median is not None:
        found.append(_median(_at(median, low, high), middle))
    return [*found, _official(_at(row.official, low, high), middle)]


def _seat(x: str, y: int) -> Shape:
    return circle(x, y, 4, SEAT, SOFT)


def _median(x: str, y: int) -> Shape:
    return rect(x, y - 8, "3", 16, INK, shift=-1)


def _official(x: str, y: int) -> Shape:
    return rect(x, y - 4, "9", 9, MARK, stroke=PAPER, shift=-4)


def _cells(row: SpreadRow) -> tuple[str, ...]:
    values = (min(row.totals), median_of(row.totals), max(row.totals)) if row.totals else (None, None, None)
    figures = ("–" if value is None else wording.decimal_number(value, 2) for value in values)
    return (row.label, row.score, str(len(row.totals)), *figures)
