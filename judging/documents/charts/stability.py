"""Rank stability: how often each nominee takes each place when the weights are drawn anew; darker is more often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from paritrana.kernel import wording

from .drawing import INK, LINE, PAPER, SMALL, SOFT, Chart, Number, Shape, name_line, percent, rect, table, text

ROW, CELL, TOP = 48, 24, 22
#: So many places have a column; the lower ones share the last.
COLUMNS: Final = 6
# Share of the draws from which on a cell has this fill and these letters; steps that a copier keeps apart.
SHADES: Final = (
    (Fraction(3, 4), "#1d4477", PAPER),
    (Fraction(1, 2), "#53789f", PAPER),
    (Fraction(1, 4), "#9db8d8", INK),
    (Fraction(1, 20), "#d3e0f0", INK),
    (Fraction(0), PAPER, SOFT),
)


@dataclass(frozen=True, slots=True)
class StabilityRow:
    """One nominee: its share (0..1) of the first place, of the second, and so on; together 1."""

    label: str
    shares: tuple[Number, ...]


def share_text(share: Number) -> str:
    """Return a share in whole per cent; what is rare is told from what never happened: "97%", "<1%", "–"."""
    if not share:
        return "–"
    hundredths = int(wording.round_half_up(Fraction(share) * 100, 0))
    if not hundredths:
        return "<1%"
    return ">99%" if hundredths == 100 and share < 1 else f"{hundredths}%"


def stability_chart(
    *,
    title: str,
    description: str,
    heads: tuple[str, str],
    rows: Sequence[StabilityRow],
    note: str = "",
    id: str = "chart-stability",
) -> Chart:
    """Return the chart; ``heads`` of its table: the column of nominees, and the word before the number of a place."""
    count = max((len(row.shares) for row in rows), default=0)
    places = [str(place) for place in range(1, min(count, COLUMNS) + 1)]
    columns = [*places, f"{COLUMNS + 1}+"] if count > COLUMNS else places
    width = Fraction(100, max(1, len(columns)))
    shapes = [
        text(percent(width * index + width / 2), 12, name, anchor="middle", size=SMALL, fill=SOFT)
        for index, name in enumerate(columns)
    ]
    cells = [_shares(row, len(columns)) for row in rows]
    for number, (row, shares) in enumerate(zip(rows, cells, strict=True)):
        shapes += _row(row.label, shares, TOP + ROW * number, width)
    written = [(row.label, *map(share_text, shares)) for row, shares in zip(rows, cells, strict=True)]
    height = TOP + ROW * len(rows)
    return Chart(
        id,
        title,
        description,
        height,
        tuple(shapes),
        table([heads[0], *(f"{heads[1]} {name}" for name in columns)], written),
        note=note,
    )


def _shares(row: StabilityRow, columns: int) -> list[Number]:
    found = list(row.shares[:columns])
    if len(row.shares) > columns:
        found[-1] = sum((Fraction(share) for share in row.shares[columns - 1 :]), Fraction(0))
    return found


def _row(label: str, shares: Sequence[Number], top: int, width: Fraction) -> list[Shape]:
    found = name_line(label, top + 14)
    for index, share in enumerate(shares):
        fill, ink = next((fill, ink) for least, fill, ink in SHADES if share >= least)
        x = percent(width * index + width / 2)
        found += [
            rect(percent(width * index), top + 19, percent(width), CELL, fill, stroke=LINE),
            text(x, top + 36, share_text(share), anchor="middle", size=SMALL, fill=ink),
        ]
    return found
