"""A column of the import workbook: its header, whether it must be filled, how a cell is cleaned, what is said if not.

A cleaner takes a :class:`Cell` that holds something and returns plain data, or raises ``CellRefused``.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from .matching import CellRefused, cleaned, name_key

Value = str | int
_MONTHS = (
    *("januari", "februari", "maret", "april", "mei", "juni"),
    *("juli", "agustus", "september", "oktober", "november", "desember"),
)
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+")
_NUMERIC_DATE = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_WRITTEN_DATE = re.compile(r"(\d{1,2}) ([a-z]+) (\d{4})")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[A-Za-z]{2,}")
_PHONE = re.compile(r"\+?[0-9][0-9 ().-]{5,28}")
LARGEST_COUNT = 10**12


class Cell(NamedTuple):
    """What a workbook's cell holds. ``kind``: s text, n number, b truth value, d date (ISO), f formula, e error."""

    kind: str
    text: str


Cleaner = Callable[[Cell], Value]


@dataclass(frozen=True, slots=True)
class Column:
    """``name`` is the field, ``header`` what stands above it; ``as_text`` columns are formatted as text in Excel.

    ``choices`` names a list of the template's code sheet; ``width`` is in characters; ``example`` fills the row that
    the template marks as an example.
    """

    name: str
    header: str
    clean: Cleaner
    required: bool = False
    as_text: bool = False
    choices: str = ""
    width: int = 18
    example: str = ""


def value_of(column: Column, cell: Cell | None) -> Value | None:
    """Return the clean value of ``cell``, ``None`` if it is empty. Raises ``CellRefused``."""
    if cell is not None and cell.kind == "f":
        raise CellRefused("import_cell_formula", header=column.header)
    if cell is not None and cell.kind == "e":
        raise CellRefused("import_cell_error", header=column.header)
    if cell is None or not cleaned(cell.text):
        if column.required:
            raise CellRefused("import_cell_required", header=column.header)
        return None
    return column.clean(cell)


def text(limit: int) -> Cleaner:
    """Any text of at most ``limit`` characters; ``=``, ``@`` and the like stay what they are: text."""

    def clean(cell: Cell) -> Value:
        value = cleaned(cell.text)
        if len(value) > limit:
            raise CellRefused("import_cell_too_long", limit=limit, length=len(value))
        return value

    return clean


def code(limit: int) -> Cleaner:
    """A text that Excel may have turned into a number: refused then, because 53.10 would have become 53.1."""

    def clean(cell: Cell) -> Value:
        if cell.kind != "s":
            raise CellRefused("import_cell_code_as_number", text=cell.text[:40])
        return text(limit)(cell)

    return clean


def digits(length: int) -> Cleaner:
    """Exactly ``length`` digits; spaces, dots and dashes between them do not matter."""

    def clean(cell: Cell) -> Value:
        value = re.sub(r"[ .-]", "", cleaned(cell.text))
        if cell.kind not in "sn" or not re.fullmatch(f"[0-9]{{{length}}}", value):
            raise CellRefused("import_cell_digits", length=length, text=cell.text[:40])
        return value

    return clean


def registration(cell: Cell) -> Value:
    """A registration number of 5 to 20 letters and digits."""
    value = re.sub(r"[ .-]", "", cleaned(cell.text))
    if cell.kind not in "sn" or not re.fullmatch(r"[0-9A-Za-z]{5,20}", value):
        raise CellRefused("import_cell_registration", text=cell.text[:40])
    return value


def choice(codes: Mapping[str, str]) -> Cleaner:
    """One of ``codes``, by label or by code."""
    by_key = {name_key(label): code for code, label in codes.items()} | {name_key(code): code for code in codes}

    def clean(cell: Cell) -> Value:
        try:
            return by_key[name_key(cell.text)]
        except KeyError:
            listed = "; ".join(codes.values())
            raise CellRefused("import_cell_choice", text=cell.text[:80], choices=listed) from None

    return clean


def whole_number(cell: Cell) -> Value:
    """A count from 0 on: 5300, or 5.300 with Indonesian thousands; nothing else, least of all a percentage."""
    value = cleaned(cell.text)
    if cell.kind == "n" and value.endswith(".0"):
        value = value[:-2]
    if cell.kind == "s" and _THOUSANDS.fullmatch(value):
        value = value.replace(".", "")
    if cell.kind not in "sn" or not re.fullmatch(r"[0-9]{1,13}", value) or int(value) > LARGEST_COUNT:
        raise CellRefused("import_cell_number", text=cell.text[:40])
    return int(value)


def day(cell: Cell) -> Value:
    """A day between 2000 and 2100 as ISO text: a date cell, 31/12/2024, 2024-12-31 or 31 Desember 2024."""
    found = _day_of(cell)
    if found is None or not 2000 <= found.year <= 2100:
        raise CellRefused("import_cell_date", text=cell.text[:40])
    return found.isoformat()


def _day_of(cell: Cell) -> date | None:
    value = cleaned(cell.text).casefold()
    try:
        if cell.kind == "d" or re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            return date.fromisoformat(value[:10])
        if numeric := _NUMERIC_DATE.fullmatch(value):
            return date(int(numeric[3]), int(numeric[2]), int(numeric[1]))
        if (written := _WRITTEN_DATE.fullmatch(value)) and written[2] in _MONTHS:
            return date(int(written[3]), _MONTHS.index(written[2]) + 1, int(written[1]))
    except ValueError:
        return None
    return None


def email(cell: Cell) -> Value:
    """An e-mail address."""
    value = cleaned(cell.text)
    if not _EMAIL.fullmatch(value) or len(value) > 254:
        raise CellRefused("import_cell_email", text=cell.text[:80])
    return value


def phone(cell: Cell) -> Value:
    """A phone number, kept as written."""
    value = cleaned(cell.text)
    if cell.kind not in "sn" or not _PHONE.fullmatch(value):
        raise CellRefused("import_cell_phone", text=cell.text[:40])
    return value
