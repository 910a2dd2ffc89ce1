"""Parse a workbook in a process of its own, with limits on time and memory, and print its cells as JSON.

Run as a script by :mod:`nominees.services.workbook_reader`; it imports nothing of the project, so that a parser that
goes astray takes nothing with it. Bytes come in on standard input; arguments are titles of sheets not worth reading.
"""

import io
import json
import resource
import sys
from datetime import date, datetime
from typing import Any

MEMORY_LIMIT = 512 * 1024 * 1024
CPU_SECONDS = 20
COLUMNS = 64
ROWS = 5050  # some more than are allowed, so that "too many" can be told from "just enough"
CELL_CHARACTERS = 3000
ALL_CHARACTERS = 20_000_000


class TooHeavy(Exception):
    """The sheets hold more text than any list of nominees."""


def kind_and_text(cell: Any) -> tuple[str, str] | None:
    """Return what ``cell`` holds as (kind, text): s, n, b, d, f or e as in ``nominees.core.columns.Cell``."""
    value = cell.value
    if cell.data_type == "f":
        return "f", ""
    if value is None:
        return None
    if cell.data_type == "e":
        return "e", str(value)[:40]
    if isinstance(value, bool):
        return "b", str(value)
    if isinstance(value, datetime | date):
        return "d", value.isoformat()
    if isinstance(value, float):
        return "n", str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    return ("n" if isinstance(value, int) else "s"), str(value)[:CELL_CHARACTERS]


def cells_of(sheet: Any) -> list[Any]:
    """Return the rows of ``sheet`` that hold something: [row number, [[column number, kind, text], ...]]."""
    sheet.reset_dimensions()  # what the file says of its size may be a lie
    rows: list[Any] = []
    characters = 0
    # Without a fixed width the rows that a file leaves out are empty tuples: a cell in row 1,048,576 costs little.
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if not row:
            continue
        found = [(i, *held) for i, cell in enumerate(row[:COLUMNS], start=1) if (held := kind_and_text(cell))]
        characters += sum(len(text) for _, _, text in found)
        if characters > ALL_CHARACTERS:
            raise TooHeavy
        if found:
            rows.append((number, found))
        if len(rows) > ROWS:
            break
    return rows


def main() -> None:
    """Read, parse, print."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    from openpyxl import load_workbook

    try:
        workbook = load_workbook(io.BytesIO(sys.stdin.buffer.read()), read_only=True, keep_links=False)
        unread = {title.casefold() for title in sys.argv[1:]}
        sheets = [
            {"title": sheet.title, "rows": [] if sheet.title.strip().casefold() in unread else cells_of(sheet)}
            for sheet in workbook.worksheets
        ]
        answer = json.dumps({"sheets": sheets})
    except (MemoryError, TooHeavy):
        answer = json.dumps({"refusal": "workbook_too_heavy"})
    except Exception:
        # Whatever a broken file makes the parser raise, it means the same to the person who sent it.
        answer = json.dumps({"refusal": "workbook_damaged"})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
