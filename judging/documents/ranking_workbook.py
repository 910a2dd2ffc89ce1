"""The ranking workbook of a round: for each category a sheet of places and one of every seat's marks.

User text is written as text whatever it begins with, so a name can never become a formula. Numbers are
exact decimals rounded half up to the printed digits. Equal input gives equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from paritrana.kernel import wording

from .cells import (
    CELL_DIGITS,
    finish_sheet,
    head_row,
    number_cell,
    packed,
    sheet_title,
    text_cell,
    title_rows,
)
from .data import CategoryScores, CriterionScore, Mark, RankedLine, RankingSheet, RankingWorkbook
from .ranking_sheet import SOURCES, weight_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

FIXED_HEADS = ("Peringkat", "Nomine", "Asal", "Nilai resmi", "Gelar", "Status", "Keterangan")
MARK_HEADS = ("Nomine", "Unsur", "Penilai")


def render_ranking_workbook(workbook: RankingWorkbook) -> bytes:
    """Return the workbook of a round as ``.xlsx``: two sheets per category, notes on method at the end."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for number, category in enumerate(workbook.categories, start=1):
        _ranking(book, workbook, category.sheet, number)
        _marks(book, workbook, category, number)
    _notes(book, workbook)
    return packed(book, title=workbook.title, day=workbook.day)


def _ranking(book: Workbook, workbook: RankingWorkbook, sheet: RankingSheet, number: int) -> None:
    page = book.create_sheet(sheet_title(f"{number} {_short(sheet.category)}"))
    row = title_rows(page, sheet.category, workbook.title, workbook.demo_mark)
    heads = list(FIXED_HEADS)
    for criterion in sheet.criteria:
        heads.append(f"{criterion.name} ({weight_text(criterion.weight)}, {SOURCES[criterion.source]})")
        if criterion.source == "panel":
            heads.append(f"n {criterion.name}")
    head_row(page, row, heads)
    first = row + 1
    for row, line in enumerate(sheet.ranked, start=first):
        _ranked_row(page, row, line, sheet)
    for row, status in enumerate(sheet.unranked, start=first + len(sheet.ranked)):
        texts = {2: status.nominee, 3: status.origin, 6: status.status, 7: status.reason}
        for column, text in texts.items():
            text_cell(page, row, column, text)
    finish_sheet(page, first, frozen_columns=2, widths=(10, 42, 24, 12, 14, 24, 44), rest=18)


def _ranked_row(page: Worksheet, row: int, line: RankedLine, sheet: RankingSheet) -> None:
    if line.place.isdecimal():
        number_cell(page, row, 1, int(line.place), 0)
    else:
        text_cell(page, row, 1, line.place)
    text_cell(page, row, 2, line.nominee)
    text_cell(page, row, 3, line.origin)
    number_cell(page, row, 4, line.official_score, -int(line.official_score.as_tuple().exponent))
    text_cell(page, row, 5, line.award)
    text_cell(page, row, 7, " ".join(filter(None, (line.tie_step, line.deviation))))
    column = len(FIXED_HEADS) + 1
    for criterion, cell in zip(sheet.criteria, line.scores, strict=True):
        _score(page, row, column, cell, sheet.digits)
        column += 1
        if criterion.source == "panel":
            if cell.seats is not None:
                number_cell(page, row, column, cell.seats, 0)
            column += 1


def _score(page: Worksheet, row: int, column: int, cell: CriterionScore, digits: int) -> None:
    if cell.score is None:
        text_cell(page, row, column, cell.absence)
    else:
        number_cell(page, row, column, cell.score, digits)


def _marks(book: Workbook, workbook: RankingWorkbook, category: CategoryScores, number: int) -> None:
    sheet = category.sheet
    page = book.create_sheet(sheet_title(f"{number} Nilai unsur"))
    row = title_rows(page, f"Nilai setiap unsur: {sheet.category}", workbook.title, workbook.demo_mark)
    panel = [criterion for criterion in sheet.criteria if criterion.source == "panel"]
    heads = list(MARK_HEADS)
    for criterion in panel:
        heads += [criterion.name, f"Ikut dihitung: {criterion.name}"]
    head_row(page, row, heads)
    first = row + 1
    for row, seat_sheet in enumerate(category.seat_sheets, start=first):
        for column, text in enumerate((seat_sheet.nominee, seat_sheet.seat, seat_sheet.member), start=1):
            text_cell(page, row, column, text)
        _seat_marks(page, row, seat_sheet.marks)
    finish_sheet(page, first, frozen_columns=2, widths=(42, 36, 36), rest=17)


def _seat_marks(page: Worksheet, row: int, marks: Sequence[Mark]) -> None:
    for index, mark in enumerate(marks):
        column = len(MARK_HEADS) + 1 + 2 * index
        if mark.value is None:
            text_cell(page, row, column, mark.state)
        else:
            digits = max(0, -int(mark.value.as_tuple().exponent))
            number_cell(page, row, column, mark.value, min(digits, CELL_DIGITS))
        counted = mark.counted and mark.value is not None
        text_cell(page, row, column + 1, "ya" if counted else "tidak")


def _notes(book: Workbook, workbook: RankingWorkbook) -> None:
    page = book.create_sheet("Catatan")
    row = title_rows(page, "Catatan cara menghitung", workbook.title, workbook.demo_mark)
    head_row(page, row, ("Perihal", "Isi"))
    notes = [("Umum", note) for note in workbook.notes]
    for category in workbook.categories:
        notes += _category_notes(category.sheet)
    first = row + 1
    for row, (subject, text) in enumerate(notes, start=first):
        text_cell(page, row, 1, subject)
        text_cell(page, row, 2, text)
    finish_sheet(page, first, frozen_columns=0, widths=(44, 110), rest=12)


def _category_notes(sheet: RankingSheet) -> list[tuple[str, str]]:
    origin = sheet.provenance
    facts = (
        f"Rubrik: {sheet.rubric_version}, sidik {sheet.rubric_hash}",
        f"Sidik masukan: {sheet.input_hash}",
        f"Aturan penilaian versi {origin.rules_version}; mesin hitung {origin.engine_version}",
        f"Kepala log peristiwa: {origin.audit_head} ({origin.audit_events} peristiwa, dibaca "
        f"{wording.date_time(origin.recorded_at, origin.zone)})",
    )
    return [(sheet.category, text) for text in (*sheet.rules, *facts)]


def _short(category: str) -> str:
    return re.sub(r"^kategori\s+", "", category, flags=re.IGNORECASE)
