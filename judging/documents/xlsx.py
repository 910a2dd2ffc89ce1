"""A small writer of ``.xlsx``: rows of text, exact numbers and formulas that carry the value they had when written.

Why not openpyxl, which the import of workbooks uses for reading: it writes formulas without their value, so that a
preview on a telephone, which does not calculate, shows empty cells; it keeps every styled cell in memory; and it puts
the moment of writing into the file. Here a formula is written beside its value (``<f>`` and ``<v>``), a page is text
from its first row on, and equal input gives equal bytes. User text is a shared string whatever it begins with, and is
marked (``quotePrefix``) so that it stays text when somebody edits the cell: only ``Formula`` makes a formula.
"""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final
from xml.sax.saxutils import escape

from paritrana.kernel import wording

from .rendering import printable
from .xlsx_parts import Style, content_types, core_properties, relations, styles, workbook

TEXT_LIMIT: Final = 32_767
TITLE_LIMIT: Final = 31
LINE_HEIGHT: Final = 15
CACHED_DIGITS: Final = 15
"""Values beside formulas are cut after so many decimals; a spreadsheet keeps about as many."""
_FORMULA_LIKE: Final = tuple("=+-@＝＋－＠")
_FORBIDDEN_IN_TITLES: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))

Number = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Formula:
    """Our own formula, without the equals sign, and the value it has for the data as written."""

    text: str
    value: Number | str


Value = str | Number | Formula | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and how it looks."""

    value: Value
    style: Style


@dataclass
class Page:
    """One sheet, written row by row from the top. ``widths`` in characters; ``frozen``: columns, rows that stay.

    ``filtered_from``: the row of heads below which every line can be filtered; 0: none.
    """

    title: str
    book: Book
    widths: Sequence[int] = ()
    rest_width: int = 14
    frozen: tuple[int, int] = (0, 0)
    repeated_row: int = 0
    header: str = ""
    filtered_from: int = 0
    _rows: list[str] = field(default_factory=list)
    _next: int = 1
    _columns: int = 0

    @property
    def next_row(self) -> int:
        """The number of the row that ``add`` writes next."""
        return self._next

    def add(self, cells: Iterable[Cell | None]) -> None:
        """Write one row; None and empty text leave a cell empty."""
        row = self._next
        written = []
        count, lines = 0, 1
        for count, cell in enumerate(cells, start=1):
            if cell is not None and cell.value is not None and cell.value != "":
                written.append(self.book.cell_xml(f"{column_name(count)}{row}", cell))
                if cell.style.wrap and isinstance(cell.value, str):
                    lines = max(lines, line_count(cell.value, self._width(count) - 2 * cell.style.bold))
        height = f' ht="{LINE_HEIGHT * lines}" customHeight="1"' if lines > 1 else ""
        self._rows.append(f'<row r="{row}"{height}>{"".join(written)}</row>')
        self._next, self._columns = row + 1, max(self._columns, count)

    def _width(self, column: int) -> int:
        return self.widths[column - 1] if column <= len(self.widths) else self.rest_width

    def skip(self) -> None:
        """Leave one row empty."""
        self._next += 1

    @property
    def filtered(self) -> str:
        """The cells that carry a filter, heads included."""
        if not self.filtered_from:
            return ""
        last = max(self._next - 1, self.filtered_from)
        return f"A{self.filtered_from}:{column_name(self._columns)}{last}"

    def xml(self) -> str:
        """The sheet's part of the package; elements in the order that the format asks for."""
        columns, rows = self.frozen
        pane = ""
        if columns or rows:
            split = f' xSplit="{columns}"' * bool(columns) + f' ySplit="{rows}"' * bool(rows)
            name = {(True, True): "bottomRight", (False, True): "bottomLeft"}.get(
                (bool(columns), bool(rows)), "topRight"
            )
            corner = f"{column_name(columns + 1)}{rows + 1}"
            pane = f'<pane{split} topLeftCell="{corner}" activePane="{name}" state="frozen"/><selection pane="{name}"/>'
        header = f"<oddHeader>&amp;C{escape(self.header.replace('&', '&&'))}</oddHeader>" if self.header else ""
        return (
            f'{_HEAD}<worksheet xmlns="{_MAIN}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/>{self._columns_xml()}'
            f"<sheetData>{''.join(self._rows)}</sheetData>"
            f"{f'<autoFilter ref={chr(34)}{self.filtered}{chr(34)}/>' if self.filtered else ''}"
            '<pageMargins left="0.5" right="0.5" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'
            f"<headerFooter>{header}<oddFooter>&amp;RHalaman &amp;P dari &amp;N</oddFooter></headerFooter></worksheet>"
        )

    def _columns_xml(self) -> str:
        count = max(self._columns, len(self.widths), 1)
        columns = (
            f'<col min="{number}" max="{number}" width="{self._width(number)}" customWidth="1"/>'
            for number in range(1, count + 1)
        )
        return f"<cols>{''.join(columns)}</cols>"


class Book:
    """A workbook: pages in order, one table of texts, one of styles."""

    def __init__(self) -> None:
        self.pages: list[Page] = []
        self._texts: dict[str, int] = {}
        self._styles: dict[Style, int] = {Style(): 0}

    def page(self, title: str) -> Page:
        """Add a page; ``title`` is cut to what workbooks accept and must be new in this book."""
        name = page_title(title)
        if any(page.title.casefold() == name.casefold() for page in self.pages):
            raise ValueError(f"two pages of one workbook are called {name}")
        self.pages.append(Page(name, self))
        return self.pages[-1]

    def cell_xml(self, place: str, cell: Cell) -> str:
        """One cell; the kind of the value decides everything but the look."""
        value = cell.value
        if isinstance(value, str):
            return self._text_xml(place, value, cell.style)
        style = self._style(cell.style)
        if isinstance(value, Formula):
            if isinstance(value.value, str):
                kind, cached = ' t="str"', escape(printable(value.value))
            else:
                kind, cached = "", number_text(value.value)
            return f'<c r="{place}" s="{style}"{kind}><f>{escape(value.text)}</f><v>{cached}</v></c>'
        assert value is not None  # noqa: S101 - empty cells are not written
        return f'<c r="{place}" s="{style}"><v>{number_text(value)}</v></c>'

    def _text_xml(self, place: str, text: str, style: Style) -> str:
        clean = printable(text)[:TEXT_LIMIT]
        if not clean:
            return ""
        if clean.startswith(_FORMULA_LIKE):
            style = style.guarded()
        index = self._texts.setdefault(clean, len(self._texts))
        return f'<c r="{place}" s="{self._style(style)}" t="s"><v>{index}</v></c>'

    def _style(self, style: Style) -> int:
        return self._styles.setdefault(style, len(self._styles))

    def packed(self, *, title: str, day: date) -> bytes:
        """Return the file, dated ``day`` everywhere."""
        sheets = [(f"xl/worksheets/sheet{number}.xml", page.xml()) for number, page in enumerate(self.pages, start=1)]
        titles = [(page.title, page.repeated_row) for page in self.pages]
        parts = [
            ("[Content_Types].xml", content_types(len(sheets))),
            ("_rels/.rels", relations(None)),
            ("docProps/core.xml", core_properties(printable(title), day)),
            ("xl/workbook.xml", workbook(titles, [page.filtered for page in self.pages])),
            ("xl/_rels/workbook.xml.rels", relations(len(sheets))),
            ("xl/styles.xml", styles(list(self._styles))),
            ("xl/sharedStrings.xml", self._texts_xml()),
            *sheets,
        ]
        stored = io.BytesIO()
        with zipfile.ZipFile(stored, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            for name, content in parts:
                entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, content.encode())
        return stored.getvalue()

    def _texts_xml(self) -> str:
        items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in self._texts)
        return f'{_HEAD}<sst xmlns="{_MAIN}" uniqueCount="{len(self._texts)}">{items}</sst>'


_HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@lru_cache(maxsize=1024)
def column_name(number: int) -> str:
    """Return the letters of column ``number``, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=4096)  # the same few marks are written over and over
def number_text(number: Number) -> str:
    """Return a number as the format writes it: exact where it has at most 15 decimals, else rounded half up."""
    if isinstance(number, int):
        return str(number)
    if isinstance(number, Decimal):
        return f"{number:f}"
    text = f"{wording.round_half_up(number, CACHED_DIGITS):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def line_count(text: str, width: int) -> int:
    """Return on how many lines a text stands in a column so many characters wide."""
    room = max(width, 1)
    return 1 if len(text) <= room else max(len(textwrap.wrap(text, room, break_on_hyphens=False)), 1)


def page_title(text: str) -> str:
    """Return a sheet name without the characters that workbooks refuse, at most 31 long."""
    return printable(text.translate(_FORBIDDEN_IN_TITLES))[:TITLE_LIMIT].rstrip()


def literal(number: Fraction) -> Number | Formula:
    """Return a number as a cell holds it: itself when it is a short decimal, else the division that makes it."""
    scaled = number * 10**CACHED_DIGITS
    if scaled.denominator == 1:
        return number
    return Formula(f"{number.numerator}/{number.denominator}", number)


def quoted(title: str) -> str:
    """Return a sheet's name as formulas write it before a cell."""
    return f"'{title}'!"


__all__ = [
    "Book",
    "Cell",
    "Formula",
    "Number",
    "Page",
    "Style",
    "Value",
    "column_name",
    "literal",
    "number_text",
    "page_title",
    "quoted",
]
