"""All scores of a category as CSV for an Indonesian spreadsheet: semicolons, decimal commas, UTF-8 with its mark.

A text that begins like a formula gets an apostrophe before it, so that it stays text (law 12). Numbers are ours alone:
exact, or ten decimals where a figure has no end.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Final

from judging.core.scoresheet import State
from paritrana.kernel import wording

from .absences import ABSENCES
from .rendering import printable

BYTE_ORDER_MARK: Final = "\ufeff"
FIGURE_DIGITS: Final = 10
ROWS_AT_ONCE: Final = 500
HEADS: Final = ("Nomor", "Nomine", "Unsur")
OTHER_SOURCES: Final = "Sekretariat dan indikator"
_FORMULA_LIKE: Final = tuple("=+-@＝＋－＠")

Row = tuple[str, str, str, Sequence[str | State | None]]


def csv_pieces(criteria: Iterable[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the file in pieces. ``rows``: number, nominee, seat (empty: other sources) and a cell per criterion."""
    written = io.StringIO()
    written.write(BYTE_ORDER_MARK)
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([*HEADS, *map(safe_text, criteria)])
    for count, (number, nominee, seat, cells) in enumerate(rows, start=1):
        writer.writerow([number, safe_text(nominee), safe_text(seat or OTHER_SOURCES), *map(cell_text, cells)])
        if count % ROWS_AT_ONCE == 0:
            yield _taken(written)
    yield _taken(written)


def _taken(written: io.StringIO) -> bytes:
    text = written.getvalue()
    written.seek(0)
    written.truncate()
    return text.encode()


@lru_cache(maxsize=4096)
def safe_text(text: str) -> str:
    """Return user text on one line that no spreadsheet takes for a formula."""
    clean = printable(text)
    return f"'{clean}" if clean.startswith(_FORMULA_LIKE) else clean


@lru_cache(maxsize=4096)
def cell_text(cell: str | State | None) -> str:
    """Return a number with a decimal comma, the word for an absence, or nothing."""
    if cell is None:
        return ""
    if isinstance(cell, State):
        return ABSENCES[cell]
    if "/" in cell:
        cell = f"{wording.round_half_up(Fraction(cell), FIGURE_DIGITS):f}"
    return cell.replace(".", ",")
