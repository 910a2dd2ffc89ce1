"""The workbook that a member fills in without network. Indonesian, because it is paper; text stays text.

openpyxl and not our own writer: protection, choices and colours that follow the entries are what this file is about.
The protection has no password: it guards against slips; against all else the reader checks the binding.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from judging.core import sheet_workbook as places
from judging.core.sheet_workbook import FIRST_ROW, HEADER_ROW, MARK, NOTE, REASON, TITLE, address, title_of
from nominees.documents.workbook_cells import put_text

TOKEN_CHUNK = 1000
LINE_HEIGHT = 15
TALLEST_ROW = 400
_WIDTHS = {places.GROUP: 14, TITLE: 26, places.WEIGHT: 8, places.SCALE: 60, MARK: 11, REASON: 24, NOTE: 34}
_HEADERS = {
    places.GROUP: "Kelompok",
    TITLE: "Kriteria",
    places.WEIGHT: "Bobot",
    places.SCALE: "Skala dan arti nilai",
    MARK: "Nilai",
    REASON: "Alasan, bila tidak berlaku",
    NOTE: "Catatan",
}
_GUIDE = (
    "Isi sel berbingkai di lembar tiap nomine: nilai, dan bila perlu catatan. Sel kuning belum terisi; kosong bukan "
    "nol. Desimal dengan koma atau titik.",
    "Kriteria yang tidak berlaku bagi nomine: kosongkan nilainya dan tulis alasannya. Sel abu-abu tidak dapat diisi.",
    "Setelah selesai, unggah berkas ini di halaman wawancara Anda. Selisih diperlihatkan dahulu; nilai disimpan "
    "sebagai draf dan baru dikirim oleh Anda sendiri di aplikasi.",
    "Jangan mengubah nama, urutan baris, atau susunan lembar. Berkas ini hanya berlaku bagi Anda.",
)
_INK, _HEAD, _EMPTY, _LOCKED, _FILLED = "1F1F1F", "0A489F", "FFF2B3", "ECEFF3", "FFFFFF"


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion: how it is marked and what is stored of it. ``choices`` are all marks of a short scale."""

    id: str
    group: str
    title: str
    weight: str
    scale: str
    minimum: Decimal
    maximum: Decimal
    choices: tuple[Decimal, ...]
    may_be_na: bool
    mark: Decimal | None
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class NomineeSheet:
    """The sheet of one nominee; ``facts`` stand under its name."""

    number: int
    key: str
    name: str
    facts: tuple[str, ...]
    rows: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class ListedNominee:
    """A line of the first sheet; ``state`` says why there is no sheet, and is empty where there is one."""

    number: int
    name: str
    category: str
    time: str
    state: str


@dataclass(frozen=True, slots=True)
class SheetWorkbook:
    """Everything in the file: ``heading`` lines, the nominees of the day, their sheets, the signed binding."""

    heading: tuple[str, ...]
    nominees: tuple[ListedNominee, ...]
    sheets: tuple[NomineeSheet, ...]
    token: str


def sheet_workbook(data: SheetWorkbook) -> bytes:
    """Return the workbook as ``.xlsx`` bytes."""
    from openpyxl import Workbook
    from openpyxl.workbook.protection import WorkbookProtection

    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    workbook.security = WorkbookProtection(lockStructure=True)
    front = workbook.create_sheet(places.FRONT_SHEET)
    _write_front(front, data)
    lists = _choice_lists(data.sheets)
    for nominee in data.sheets:
        _write_nominee(workbook.create_sheet(title_of(nominee.number)), nominee, lists)
    _write_binding(workbook.create_sheet(places.BINDING_SHEET), data.token, lists)
    sheet: Any
    for sheet in workbook.worksheets:
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False  # false: allowed, to widen a column
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _write_front(sheet: Any, data: SheetWorkbook) -> None:
    from openpyxl.styles import Alignment

    for row, text in enumerate(data.heading, start=1):
        put_text(sheet, row, 1, text).font = _font(bold=row == 1, size=14 if row == 1 else 11)
    row = len(data.heading) + 1
    for number, text in enumerate(_GUIDE, start=1):
        row += 1
        cell = put_text(sheet, row, 1, f"{number}. {text}")
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=5)
        sheet.row_dimensions[row].height = LINE_HEIGHT + 4
    row += 2
    for column, (header, width) in enumerate(
        (("No.", 6), ("Nomine", 46), ("Kategori", 34), ("Waktu", 46), ("Lembar", 38)), start=1
    ):
        _head(put_text(sheet, row, column, header))
        sheet.column_dimensions[address(1, column)[:-1]].width = width
    filled = {one.number: one for one in data.sheets}
    for place, line in enumerate(data.nominees, start=row + 1):
        _write_line(sheet, place, line, filled.get(line.number))
    _for_paper(sheet)


def _write_line(sheet: Any, row: int, line: ListedNominee, filled: NomineeSheet | None) -> None:
    """List one nominee: with a way to its sheet and how much of it is answered, or why there is none."""
    from openpyxl.styles import Alignment

    put_text(sheet, row, 1, str(line.number))
    for column, text in enumerate((line.name, line.category, line.time), start=2):
        put_text(sheet, row, column, text).alignment = Alignment(wrap_text=True, vertical="top")
    last = sheet.cell(row=row, column=5)
    if filled is None:
        put_text(sheet, row, 5, line.state).font = _font(italic=True, color="525252")
        return
    last.value = _progress(filled, f"'{title_of(line.number)}'!")
    _link(last, title_of(line.number), address(FIRST_ROW, MARK))


def _link(cell: Any, title: str, at: str) -> None:
    """Lead from ``cell`` to a place in this file."""
    from openpyxl.worksheet.hyperlink import Hyperlink

    cell.font = _font(underline="single", color=_HEAD)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{title}'!{at}")


def _progress(sheet: NomineeSheet, prefix: str = "") -> str:
    """Return the formula that says how many criteria are answered, by a mark or a reason."""
    last = FIRST_ROW + len(sheet.rows) - 1
    marks, reasons = (f"{prefix}{address(FIRST_ROW, c)}:{address(last, c)}" for c in (MARK, REASON))
    # A cell holds something when its text has a length: true of numbers and of texts alike.
    return f'="Terisi "&SUMPRODUCT(--(LEN({marks})+LEN({reasons})>0))&" dari {len(sheet.rows)}"'


def _write_nominee(sheet: Any, data: NomineeSheet, lists: dict[tuple[Decimal, ...], str]) -> None:
    from openpyxl.styles import Alignment

    put_text(sheet, *places.KEY_PLACE, data.key)
    put_text(sheet, 1, places.GROUP, f"Nomine {data.number}: {data.name}").font = _font(bold=True, size=14)
    for row, text in enumerate(data.facts[: HEADER_ROW - 3], start=2):
        cell = put_text(sheet, row, places.GROUP, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=row, start_column=places.GROUP, end_row=row, end_column=NOTE)
        sheet.row_dimensions[row].height = _height([(text, sum(_WIDTHS.values()))])
    progress = sheet.cell(row=HEADER_ROW - 1, column=places.GROUP)
    progress.value, progress.font = _progress(data), _font(bold=True)
    _link(put_text(sheet, HEADER_ROW - 1, NOTE, "Kembali ke daftar"), places.FRONT_SHEET, "A1")
    for column, header in _HEADERS.items():
        _head(put_text(sheet, HEADER_ROW, column, header))
        sheet.column_dimensions[address(1, column)[:-1]].width = _WIDTHS[column]
    sheet.column_dimensions["A"].hidden = True
    for row, criterion in enumerate(data.rows, start=FIRST_ROW):
        _write_criterion(sheet, row, criterion)
        _limit_mark(sheet, row, criterion, lists)
    _limit_texts(sheet, FIRST_ROW + len(data.rows) - 1)
    sheet.freeze_panes = address(FIRST_ROW, places.WEIGHT)
    sheet.sheet_view.selection[0].activeCell = sheet.sheet_view.selection[0].sqref = address(FIRST_ROW, MARK)
    _for_paper(sheet)


def _write_criterion(sheet: Any, row: int, data: CriterionRow) -> None:
    from openpyxl.styles import Alignment, Border, Side

    line = Border(bottom=Side(style="thin", color="C5CDD8"))
    put_text(sheet, row, places.ID, data.id)
    for column, text in (
        (places.GROUP, data.group),
        (TITLE, data.title),
        (places.WEIGHT, data.weight),
        (places.SCALE, data.scale),
    ):
        cell = put_text(sheet, row, column, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font, cell.border = _font(bold=column == TITLE), line
    mark = sheet.cell(row=row, column=MARK)
    mark.value = data.mark
    _open(mark, size=14, horizontal="center")
    _open(_text_cell(sheet, row, NOTE, data.note))
    reason = _text_cell(sheet, row, REASON, data.reason)
    if data.may_be_na:
        _open(reason)
    else:
        _close(reason)
    texts = {
        places.GROUP: data.group,
        TITLE: data.title,
        places.SCALE: data.scale,
        REASON: data.reason,
        NOTE: data.note,
    }
    sheet.row_dimensions[row].height = _height([(text, _WIDTHS[column]) for column, text in texts.items()])


def _text_cell(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write user text so that it stays text also when somebody edits the cell."""
    cell = put_text(sheet, row, column, text) if text else sheet.cell(row=row, column=column)
    cell.quotePrefix = bool(text)
    return cell


def _limit_mark(sheet: Any, row: int, data: CriterionRow, lists: dict[tuple[Decimal, ...], str]) -> None:
    """Offer the marks of a short scale as a list; hold others between the ends of theirs."""
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.worksheet.datavalidation import DataValidation

    at = address(row, MARK)
    if data.choices:
        rule = DataValidation(type="list", formula1=lists[data.choices], allow_blank=True)
    else:
        rule = DataValidation(
            type="decimal", operator="between", formula1=str(data.minimum), formula2=str(data.maximum), allow_blank=True
        )
    rule.errorTitle, rule.error = data.title[:32], f"Nilai di luar skala {data.scale.partition(chr(10))[0]}."[:255]
    rule.showErrorMessage = True
    sheet.add_data_validation(rule)
    rule.add(at)
    rule_of: Any = FormulaRule  # has no types
    empty = rule_of(formula=[f"LEN(${at})+LEN(${address(row, REASON)})=0"], fill=PatternFill(bgColor=_EMPTY))
    sheet.conditional_formatting.add(at, empty)


def _limit_texts(sheet: Any, last: int) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(
        type="textLength", operator="lessThanOrEqual", formula1=str(places.TEXT_LIMIT), allow_blank=True
    )
    rule.error, rule.showErrorMessage = f"Paling panjang {places.TEXT_LIMIT} huruf.", True
    sheet.add_data_validation(rule)
    rule.add(f"{address(FIRST_ROW, REASON)}:{address(last, NOTE)}")


def _choice_lists(sheets: Sequence[NomineeSheet]) -> dict[tuple[Decimal, ...], str]:
    """Return where each list of choices stands on the hidden sheet: numbers there show as the computer writes them."""
    found: dict[tuple[Decimal, ...], str] = {}
    for choices in (row.choices for sheet in sheets for row in sheet.rows if row.choices):
        if choices not in found:
            column = address(1, len(found) + 3)[:-1]
            found[choices] = f"'{places.BINDING_SHEET}'!${column}$1:${column}${len(choices)}"
    return found


def _write_binding(sheet: Any, token: str, lists: dict[tuple[Decimal, ...], str]) -> None:
    chunks = [token[i : i + TOKEN_CHUNK] for i in range(0, len(token), TOKEN_CHUNK)]
    for row, chunk in enumerate(chunks, start=1):
        put_text(sheet, row, 1, chunk)
    for column, choices in enumerate(lists, start=3):
        for row, choice in enumerate(choices, start=1):
            sheet.cell(row=row, column=column).value = choice
    sheet.sheet_state = "veryHidden"


def _font(**look: Any) -> Any:
    """Return the one typeface of the file: a font that is not named becomes whatever the program likes."""
    from openpyxl.styles import Font

    usual: dict[str, Any] = {"name": "Calibri", "size": 11, "color": _INK}
    return Font(**(usual | look))


def _head(cell: Any) -> None:
    from openpyxl.styles import Alignment, PatternFill

    cell.font, cell.fill = _font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor=_HEAD)
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _open(cell: Any, *, size: int = 11, horizontal: str = "left") -> None:
    from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side

    side = Side(style="thin", color="5B6B7F")
    cell.protection = Protection(locked=False)
    cell.border = Border(left=side, right=side, top=side, bottom=side)
    cell.fill, cell.font = PatternFill("solid", fgColor=_FILLED), _font(size=size)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal=horizontal)


def _close(cell: Any) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=_LOCKED)


def _height(parts: Sequence[tuple[str, int]]) -> int:
    """Return the height of a row in points, so that its longest wrapped text (characters per line) shows."""
    lines = max(sum(len(line) * 10 // (width * 11) + 1 for line in text.split("\n")) for text, width in parts)
    return min(max(lines * LINE_HEIGHT + 4, 24), TALLEST_ROW)


def _for_paper(sheet: Any) -> None:
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
