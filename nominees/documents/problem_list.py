"""What was wrong with a workbook, as a workbook: sheet, cell, what to do."""

import io
from collections.abc import Sequence

from .workbook_cells import put_text

HEADERS = (("Lembar", 18), ("Sel", 10), ("Kode", 32), ("Yang harus dilakukan", 110))


def problem_list(problems: Sequence[tuple[str, str, str, str]]) -> bytes:
    """Return (sheet, cell, code, sentence) rows as ``.xlsx`` bytes."""
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font

    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Masalah"
    for i, (name, width) in enumerate(HEADERS, start=1):
        put_text(sheet, 1, i, name).font = Font(bold=True)
        sheet.column_dimensions["ABCD"[i - 1]].width = width
    for row, problem in enumerate(problems, start=2):
        for i, text in enumerate(problem, start=1):
            put_text(sheet, row, i, text).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()
