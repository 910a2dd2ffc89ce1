"""How workbooks look: a few styles, the head of every page, texts, numbers and formulas as cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from paritrana.kernel import wording

from .xlsx import Cell, Formula, Number, Page, literal
from .xlsx_parts import Style

NAVY: Final = "12284C"
TEXT: Final = Style(wrap=True)
PLAIN: Final = Style()
INPUT: Final = Style(color="1F4E9E", fill="F3F6FB")
"""What was entered: blue, as spreadsheets mark what formulas start from."""
CENTER: Final = Style(center=True)
CHECK: Final = Style(indent=1)
STRONG: Final = Style(bold=True, color=NAVY)
HEAD: Final = Style(bold=True, color=NAVY, wrap=True, bottom=True, line_below=True)
TITLE: Final = Style(bold=True, size=14)
DEMO: Final = Style(bold=True, color="B3261E")

HEAD_ROW: Final = 6
FIRST_ROW: Final = 7
"""Every page has its table's head and first line in these rows, so that formulas know where things stand."""
SCORE_DIGITS: Final = 6
"""Decimals shown of scores that are not rounded yet; the cell holds more."""


def words(text: str, style: Style = TEXT) -> Cell:
    """User text or a word of ours."""
    return Cell(text, style)


def shown(number: Number, digits: int) -> Cell:
    """An exact number, rounded half up to so many digits, shown with exactly those."""
    return Cell(wording.round_half_up(number, digits), PLAIN.with_digits(digits))


def entered(number: Fraction | Decimal | int) -> Cell:
    """A number that somebody entered, with all its digits."""
    return Cell(literal(Fraction(number)), INPUT)


def formula(text: str, value: Number | str, digits: int | None = SCORE_DIGITS, style: Style = PLAIN) -> Cell:
    """A formula with the value it has now, shown with so many digits (None: as many as there are)."""
    return Cell(Formula(text, value), style if digits is None else style.with_digits(digits))


def start_page(
    page: Page, heading: str, title: str, demo_mark: str, heads: Sequence[str], summary: Iterable[Cell | None] = ()
) -> None:
    """Write what stands above a table, and its heads in ``HEAD_ROW``."""
    page.header, page.repeated_row = demo_mark, HEAD_ROW
    page.add([Cell(heading, TITLE)])
    page.add([Cell(title, PLAIN)])
    page.add([Cell(demo_mark, DEMO)])
    page.add(summary)
    page.skip()
    page.add([Cell(head, HEAD) for head in heads])
