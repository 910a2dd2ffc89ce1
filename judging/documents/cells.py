"""Small hands for workbooks: text that stays text, exact numbers, sheets ready to print, fixed bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from paritrana.kernel import wording

from .rendering import printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

CELL_DIGITS = 6
"""Marks are entered with at most so many decimal digits."""

TITLE_LIMIT = 31
TEXT_LIMIT = 32_767
_FORBIDDEN_IN_TITLES = re.compile(r"[\[\]:*?/\\']")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def text_cell(page: Worksheet, row: int, column: int, text: str) -> None:
    """Write user text as text, also when it begins like a formula; empty text leaves the cell empty."""
    from openpyxl.styles import Alignment

    clean = printable(text)[:TEXT_LIMIT]
    if not clean:
        return
    cell = page.cell(row=row, column=column)
    cell.value = clean
    cell.data_type = "s"  # openpyxl guesses a formula from "="; the file must not
    cell.alignment = Alignment(vertical="top", wrap_text=True)


def number_cell(page: Worksheet, row: int, column: int, number: wording.Number, digits: int) -> None:
    """Write an exact number, rounded half up to so many digits, shown with exactly those digits."""
    from openpyxl.styles import Alignment

    cell = page.cell(row=row, column=column)
    cell.value = wording.round_half_up(number, digits)
    cell.number_format = "0." + "0" * digits if digits else "0"
    cell.alignment = Alignment(vertical="top")


def title_rows(page: Worksheet, heading: str, title: str, demo_mark: str) -> int:
    """Write what stands above a table and return the row of its heads."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

    lines = [(heading, Font(bold=True, size=14)), (title, Font())]
    if demo_mark:
        lines.append((demo_mark, Font(bold=True, color="B3261E")))
        page.HeaderFooter.oddHeader = HeaderFooterItem(
            center=_HeaderFooterPart(text=printable(demo_mark).replace("&", "&&"))
        )
    for row, (text, font) in enumerate(lines, start=1):
        text_cell(page, row, 1, text)
        cell = page.cell(row=row, column=1)
        cell.font, cell.alignment = font, Alignment(vertical="top")
    return len(lines) + 2


def head_row(page: Worksheet, row: int, heads: Sequence[str]) -> None:
    """Write the heads of a table; they repeat on every printed page."""
    from openpyxl.styles import Alignment, Border, Font, Side

    for column, text in enumerate(heads, start=1):
        text_cell(page, row, column, text)
        cell = page.cell(row=row, column=column)
        cell.font = Font(bold=True, color="12284C")
        cell.alignment = Alignment(vertical="bottom", wrap_text=True)
        cell.border = Border(bottom=Side(style="medium", color="12284C"))
    page.print_title_rows = f"{row}:{row}"


def finish_sheet(page: Worksheet, first_row: int, *, frozen_columns: int, widths: Sequence[int], rest: int) -> None:
    """Freeze the heads, set column widths (characters) and print on A4 landscape, one page wide."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    page.freeze_panes = f"{get_column_letter(frozen_columns + 1)}{first_row}"
    for column in range(1, max(page.max_column, len(widths)) + 1):
        width = widths[column - 1] if column <= len(widths) else rest
        page.column_dimensions[get_column_letter(column)].width = width
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4 in the format's own list
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.HeaderFooter.oddFooter = HeaderFooterItem(right=_HeaderFooterPart(text="Halaman &P dari &N"))


def sheet_title(text: str) -> str:
    """Return a sheet name without the characters workbooks refuse, at most 31 long."""
    return printable(_FORBIDDEN_IN_TITLES.sub(" ", text))[:TITLE_LIMIT].rstrip()


def packed(book: Workbook, *, title: str, day: date) -> bytes:
    """Return the workbook's bytes with the paper's date instead of the moment of writing everywhere."""
    stamp = datetime.combine(day, time())
    book.properties.title, book.properties.creator = printable(title), "Paritrana"
    book.properties.created = stamp
    draft, final = io.BytesIO(), io.BytesIO()
    book.save(draft)
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(final, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>" + f"{stamp:%Y-%m-%dT%H:%M:%SZ}".encode() + rb"\2", content)
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return final.getvalue()
