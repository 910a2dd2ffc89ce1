"""From uploaded bytes to raw cells, with nothing of the file trusted on the way."""

import json
import subprocess
import sys
from pathlib import Path

from nominees.core.columns import Cell
from nominees.core.import_sheets import OTHER_SHEETS
from nominees.core.preflight import refusal
from nominees.core.rows import RawSheet

SECONDS = 20
_CHILD = Path(__file__).with_name("workbook_child.py")


def read_workbook(content: bytes) -> tuple[list[RawSheet], str]:
    """Return the sheets of ``content`` and an empty text, or no sheets and the code of the refusal.

    The parser runs in a child process for at most 20 seconds and 512 MB. Call it outside a transaction.
    """
    code = refusal(content)
    if code:
        return [], code
    try:
        # -I: nothing from the environment or the working directory; -W: a parser's remarks are not for us.
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own file
            [sys.executable, "-I", "-W", "ignore", str(_CHILD), *OTHER_SHEETS],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return [], "workbook_too_heavy"
    if done.returncode != 0:
        return [], "workbook_too_heavy"
    answer = json.loads(done.stdout)
    if "refusal" in answer:
        return [], answer["refusal"]
    return [_sheet(sheet["title"], sheet["rows"]) for sheet in answer["sheets"]], ""


def _sheet(title: str, rows: list[tuple[int, list[tuple[int, str, str]]]]) -> RawSheet:
    return RawSheet(title, [(number, {i: Cell(kind, text) for i, kind, text in cells}) for number, cells in rows])
