"""Read the two CSV forms of official codes: provinces with regencies, and villages. Pure: no database.

Every complaint names the file and the line (the header is line 1).
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from paritrana.kernel.errors import DomainError

from .models import REGENCY_KINDS, VILLAGE_KINDS, RegionKind

REGENCY_HEADER = ("code", "name", "kind", "province_code")
VILLAGE_HEADER = ("code", "name", "kind", "district", "regency_code")

_PROVINCE = re.compile(r"\d{2}")
_REGENCY = re.compile(r"\d{2}\.\d{2}")
_VILLAGE = re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}")


class RegionFileUnreadable(DomainError):
    """The file is missing, is not UTF-8, or does not have the columns of its form."""

    code = "region_file_unreadable"


class RegionRowRefused(DomainError):
    """A row contradicts the form of official codes; facts: file, line, text."""

    code = "region_row_refused"


@dataclass(frozen=True, slots=True)
class Row:
    """One area as its file has it; ``parent`` is the code of the area that contains it (empty for a province)."""

    code: str
    name: str
    kind: str
    parent: str


def read_regencies(path: Path) -> list[Row]:
    """Return provinces, then regencies and cities. Raises the two errors above."""
    rows: dict[str, Row] = {}
    for line, (code, name, kind, province) in _lines(path, REGENCY_HEADER):
        is_province = kind == RegionKind.PROVINCE
        if not (_PROVINCE if is_province else _REGENCY).fullmatch(code):
            raise _refused(path, line, f"code {code!r}")
        if not is_province and kind not in REGENCY_KINDS:
            raise _refused(path, line, f"kind {kind!r}")
        if province != code[:2]:
            raise _refused(path, line, f"province_code {province!r}")
        _add(rows, Row(code, name, kind, "" if is_province else province), path, line)
    return sorted(rows.values(), key=lambda row: (len(row.code), row.code))


def read_villages(path: Path) -> list[Row]:
    """Return the districts that the village rows imply, then the villages. Raises the two errors above."""
    districts: dict[str, Row] = {}
    villages: dict[str, Row] = {}
    for line, (code, name, kind, district, regency) in _lines(path, VILLAGE_HEADER):
        if not _VILLAGE.fullmatch(code):
            raise _refused(path, line, f"code {code!r}")
        if kind not in VILLAGE_KINDS:
            raise _refused(path, line, f"kind {kind!r}")
        if regency != code[:5]:
            raise _refused(path, line, f"regency_code {regency!r}")
        above = Row(code[:8], district, RegionKind.DISTRICT, regency)
        if not district or districts.setdefault(above.code, above) != above:
            raise _refused(path, line, f"district {district!r}")
        _add(villages, Row(code, name, kind, above.code), path, line)
    return [*districts.values(), *villages.values()]


def _add(rows: dict[str, Row], row: Row, path: Path, line: int) -> None:
    if not row.name or len(row.name) > 100:
        raise _refused(path, line, f"name {row.name!r}")
    if rows.setdefault(row.code, row) is not row:
        raise _refused(path, line, f"code {row.code!r}")


def _lines(path: Path, header: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line number, cells) below a header that must be exactly ``header``."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RegionFileUnreadable(file=path.name, text=type(error).__name__) from error
    reader = csv.reader(io.StringIO(text, newline=""))
    if tuple(next(reader, ())) != header:
        raise RegionFileUnreadable(file=path.name, text=",".join(header))
    for cells in reader:
        if len(cells) != len(header):
            raise _refused(path, reader.line_num, ",".join(cells))
        yield reader.line_num, [cell.strip() for cell in cells]


def _refused(path: Path, line: int, text: str) -> RegionRowRefused:
    return RegionRowRefused(file=path.name, line=line, text=text)
