"""Write text as text: no name, however it begins, ever becomes a formula."""

from typing import Any

ILLEGAL = dict.fromkeys(i for i in range(32) if i not in (9, 10, 13))


def put_text(sheet: Any, row: int, column: int, text: str) -> Any:
    """Write ``text`` into the cell as a string and return the cell."""
    cell = sheet.cell(row=row, column=column)
    cell.value = text.translate(ILLEGAL)
    cell.data_type = "s"
    return cell
