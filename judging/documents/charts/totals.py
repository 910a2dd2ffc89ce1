"""Totals by criterion: one bar per nominee from 0 to 100, its parts in points side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from paritrana.kernel import wording

from .drawing import (
    INK,
    LINE,
    PAPER,
    SMALL,
    SOFT,
    Chart,
    Key,
    Pattern,
    Shape,
    circle,
    line,
    name_line,
    percent,
    rect,
    table,
    text,
)

# Four steps of lightness that a copier keeps apart, then the same hatched, then dotted: (base, pattern's ink, letters).
BASES: Final = (
    ("#1d4477", "#5f87b8", PAPER),
    ("#b7cdea", "#8fb0d8", INK),
    ("#53789f", "#83a4c6", PAPER),
    ("#e6edf6", "#b9cbe1", INK),
)
STRIPES: Final = (("0", 8, "8", 0), ("0", 16, "16", 0), ("8", 16, "16", 8))
ROW, BAR = 44, 20
TOP = 22
#: A part of so many points has room for its letter; in a wide window of so many for its number as well.
LETTER, FIGURE = 4, 7


@dataclass(frozen=True, slots=True)
class Part:
    """A criterion of the legend: its letter, name and weight of 100 in words ("40%")."""

    name: str
    weight: str


@dataclass(frozen=True, slots=True)
class TotalsRow:
    """One nominee: ``label`` with its place, the printed total, and the exact points of each criterion."""

    label: str
    total: str
    parts: tuple[Fraction, ...]


def letter_of(index: int) -> str:
    """Return the letter of a criterion: A to Z, then A2, B2 and so on."""
    again, place = divmod(index, 26)
    return chr(ord("A") + place) + (str(again + 1) if again else "")


def totals_chart(
    *,
    title: str,
    description: str,
    heads: tuple[str, str],
    parts: Sequence[Part],
    rows: Sequence[TotalsRow],
    note: str = "",
    id: str = "chart-totals",
) -> Chart:
    """Return the chart; ``heads`` name the columns of nominees and of totals in its table."""
    height = TOP + ROW * len(rows)
    shapes = _scale(height)
    for number, row in enumerate(rows):
        shapes += _row(row, TOP + ROW * number, id)
    legend = tuple(
        Key(
            f"{letter_of(index)}  {part.name} ({part.weight})",
            _swatch(index),
        )
        for index, part in enumerate(parts)
    )
    names = [f"{letter_of(index)} {part.name} ({part.weight})" for index, part in enumerate(parts)]
    numbers = [(row.label, *(wording.decimal_number(points, 2) for points in row.parts), row.total) for row in rows]
    patterns = tuple(pattern for index in range(len(parts)) if (pattern := _pattern(index, id)))
    return Chart(
        id,
        title,
        description,
        height,
        tuple(shapes),
        table([heads[0], *names, heads[1]], numbers),
        legend,
        patterns,
        note,
    )


def _scale(height: int) -> list[Shape]:
    found = []
    for points in range(0, 101, 25):
        x, anchor = percent(points), {0: "start", 100: "end"}.get(points, "middle")
        found += [
            text(x, 11, str(points), anchor=anchor, size=SMALL, fill=SOFT),
            line(x, 16, x, height, LINE),
        ]
    return found


def _row(row: TotalsRow, top: int, id: str) -> list[Shape]:
    # The name stands on white, so that no line of the scale runs through it.
    found = [rect("0", top, "100%", 20, PAPER), *name_line(row.label, top + 14, row.total)]
    start = Fraction(0)
    for index, points in enumerate(row.parts):
        if points > 0:
            found += _part(index, start, points, top + 20, id)
            start += points
    return found


def _part(index: int, start: Fraction, points: Fraction, top: int, id: str) -> list[Shape]:
    found = _bar(index, percent(start), percent(points), top, BAR, id)
    if points < LETTER:
        return found
    letter, middle = letter_of(index), percent(start + points / 2)
    if points < FIGURE:
        return found + _written(index, middle, top, letter)
    figure = f"{letter} {wording.decimal_number(points, 1)}"
    return found + _written(index, middle, top, letter, "narrow") + _written(index, middle, top, figure, "wide")


def _written(index: int, middle: str, top: int, words: str, only: str = "") -> list[Shape]:
    """A letter or number on its bar; over a pattern it stands on a plain ground."""
    base, _, ink = BASES[index % 4]
    found = [text(middle, top + 14, words, anchor="middle", size=SMALL, fill=ink, only=only)]
    if index >= len(BASES):
        width = 7 * len(words) + 4
        found.insert(0, rect(middle, top + 3, str(width), BAR - 6, base, shift=-width // 2, only=only))
    return found


def _bar(index: int, x: str, width: str, top: int, height: int, id: str) -> list[Shape]:
    found = [rect(x, top, width, height, BASES[index % 4][0], stroke=PAPER)]
    if index >= len(BASES):
        found.append(rect(x, top, width, height, f"url(#{id}-{index})", stroke=PAPER))
    return found


def _swatch(index: int) -> tuple[Shape, ...]:
    """The look of a criterion, 16 pixels square; drawn by hand, because a pattern belongs to its own drawing."""
    base, ink, _ = BASES[index % 4]
    found = [rect("0", 0, "16", 16, base, stroke=SOFT)]
    if index >= len(BASES) and _is_dotted(index):
        found += [circle(x, y, 1, ink, ink) for x in ("4", "12") for y in (4, 12)]
    elif index >= len(BASES):
        found += [
            line(x, y, x2, y2, ink, 2) for x, y, x2, y2 in (("0", 8, "8", 0), ("0", 16, "16", 0), ("8", 16, "16", 8))
        ]
    return tuple(found)


def _is_dotted(index: int) -> bool:
    return index // 4 % 2 == 0


def _pattern(index: int, id: str) -> Pattern | None:
    ink = BASES[index % 4][1]
    return Pattern(f"{id}-{index}", ink, dotted=_is_dotted(index)) if index >= len(BASES) else None
