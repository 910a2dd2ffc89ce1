"""The shapes of a chart, and what goes with every chart: title, description, legend and table.

Positions sideways are text ("12.50%" of the width), those downwards whole pixels. Colours are presentation attributes,
never style sheets: pages forbid inline style, and the writer of PDF reads no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from fractions import Fraction

Number = int | Fraction | float

INK, SOFT, LINE, PAPER = "#1b2230", "#525b6e", "#c5ccd8", "#ffffff"
LABEL, SMALL = 13, 12
#: A name of more letters is cut where the window is narrow.
NARROW = 30
WIDE = 78
PAPER_WIDTH, COLUMN = 440, 318


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape. ``kind``: rect, line, circle or text; ``only``: drawn in a "wide" or "narrow" window alone."""

    kind: str
    x: str
    y: int
    only: str = ""
    x2: str = ""
    y2: int = 0
    width: str = ""
    height: int = 0
    radius: int = 0
    shift: int = 0
    fill: str = "none"
    stroke: str = "none"
    thick: int = 1
    text: str = ""
    anchor: str = "start"
    size: int = LABEL
    weight: int = 400


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the legend: a swatch (a rectangle, or the mark itself) and what it means."""

    text: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Hatching or dots that lie over a plain fill; used as ``url(#id)``."""

    id: str
    ink: str
    dotted: bool


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart as text. The first column names the row; ``words`` are the columns that hold words."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: tuple[int, ...] = (0,)

    @property
    def cells(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """Each row as pairs of a head and its cell: on a phone every cell says what it is."""
        return tuple(tuple(zip(self.heads, row, strict=True)) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing ``height`` pixels high and as wide as its place, its words, and the table that says the same."""

    id: str
    title: str
    description: str
    height: int
    shapes: tuple[Shape, ...]
    table: Table
    legend: tuple[Key, ...] = ()
    patterns: tuple[Pattern, ...] = field(default=())
    note: str = ""
    box: int = 0


def percent(part: Number, whole: Number = 100) -> str:
    """Return ``part`` of ``whole`` as a position or width with two decimals: "12.50%". Never below zero."""
    hundredths = max(0, round(Fraction(part) * 10_000 / Fraction(whole)))
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


def rect(
    x: str, y: int, width: str, height: int, fill: str, *, stroke: str = "none", shift: int = 0, only: str = ""
) -> Shape:
    """A rectangle; ``shift`` moves it sideways by whole pixels, for marks centred on a position."""
    return Shape("rect", x, y, only, width=width, height=height, fill=fill, stroke=stroke, shift=shift)


def line(x: str, y: int, x2: str, y2: int, stroke: str = LINE, thick: int = 1) -> Shape:
    """A straight line."""
    return Shape("line", x, y, x2=x2, y2=y2, stroke=stroke, thick=thick)


def circle(x: str, y: int, radius: int, fill: str, stroke: str) -> Shape:
    """A circle around a position."""
    return Shape("circle", x, y, radius=radius, fill=fill, stroke=stroke, thick=2)


def text(
    x: str,
    y: int,
    words: str,
    *,
    anchor: str = "start",
    size: int = LABEL,
    weight: int = 400,
    fill: str = INK,
    only: str = "",
) -> Shape:
    """One line of letters standing on ``y``; ``anchor``: start, middle or end."""
    return Shape("text", x, y, only, text=words, anchor=anchor, size=size, weight=weight, fill=fill)


def clipped(words: str, limit: int) -> str:
    """Return ``words`` in at most ``limit`` letters, with an ellipsis where something was cut."""
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def name_line(name: str, y: int, value: str = "", short: str = "") -> list[Shape]:
    """The line above a row: whose it is, cut to the window, and its number at the right end.

    ``short`` stands for the number in a narrow window.
    """
    wide, narrow = clipped(name, WIDE), clipped(name, NARROW)
    found = [text("0%", y, wide, only="" if wide == narrow else "wide")]
    if wide != narrow:
        found.append(text("0%", y, narrow, only="narrow"))
    if short:
        found.append(text("100%", y, short, anchor="end", weight=600, only="narrow"))
    if value:
        found.append(text("100%", y, value, anchor="end", weight=600, only="wide" if short else ""))
    return found


def for_paper(chart: Chart) -> dict[str, object]:
    """Return the chart as plain values for a paper's template, drawn for a narrow column of a fixed width.

    The whole drawing is then scaled to a third of a landscape page: ``box`` is the width it was drawn for, ``scaled``
    its width and height on paper, all in pixels of 1/96 inch.
    """
    shapes = [asdict(shape) for shape in chart.shapes if shape.only != "wide"]
    scaled = [COLUMN, chart.height * COLUMN // PAPER_WIDTH]
    return {**asdict(chart), "shapes": shapes, "box": PAPER_WIDTH, "scaled": scaled}


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], words: tuple[int, ...] = (0,)) -> Table:
    """Return a table; every row has as many cells as there are heads."""
    found = tuple(tuple(row) for row in rows)
    if any(len(row) != len(heads) for row in found):
        raise ValueError("every row of a chart's table needs a cell under each head")
    return Table(tuple(heads), found, words)
