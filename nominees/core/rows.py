"""From the cells of a workbook to clean rows; everything that is wrong is collected, nothing stops at the first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from .columns import Cell, Column, Value, value_of
from .coverage import counts_fit
from .import_sheets import (
    EXAMPLE_MARK,
    FORMS,
    HEADER_WITHIN,
    INDICATOR_FIELDS,
    OTHER_SHEETS,
    ROW_LIMIT,
    SheetForm,
    form_of,
)
from .matching import CellRefused, cleaned, name_key


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it was read: (row number, {column number: cell}) for each row that holds something."""

    title: str
    rows: Sequence[tuple[int, Mapping[int, Cell]]]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where: ``cell`` is like ``D7``, empty for a whole sheet; a sentence belongs to ``code``."""

    sheet: str
    cell: str
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the problem as plain data."""
        return {"sheet": self.sheet, "cell": self.cell, "code": self.code, "facts": dict(self.facts)}


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose cells are all clean; ``values`` has only the fields that were filled, ``cells`` where each stands."""

    sheet: str
    number: int
    kind: str
    values: Mapping[str, Value]
    cells: Mapping[str, str]

    def text(self, name: str) -> str:
        """Return the field ``name`` as text, empty when it was not filled."""
        return str(self.values.get(name, ""))

    def problem(self, name: str, code: str, /, **facts: str | int) -> Problem:
        """Return a problem at the cell of the field ``name`` (of the row's first cell if it has no column)."""
        return Problem(self.sheet, self.cells.get(name, f"A{self.number}"), code, facts)


def letters(column: int) -> str:
    """Return the letters of the column number (1 is A, 27 is AA)."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def check_sheets(sheets: Iterable[RawSheet]) -> tuple[list[Row], list[Problem]]:
    """Return the clean rows of the nominees' sheets, and every problem of every sheet."""
    rows: list[Row] = []
    problems: list[Problem] = []
    known = False
    others = {name_key(title) for title in OTHER_SHEETS}
    for sheet in sheets:
        if form := form_of(sheet.title):
            known = True
            found, wrong = _check_sheet(form, sheet)
            rows += found
            problems += wrong
        elif sheet.rows and name_key(sheet.title) not in others:
            problems.append(Problem(cleaned(sheet.title)[:31], "", "import_sheet_unknown", _expected()))
    if not known:
        problems = [Problem("", "", "import_no_known_sheet", _expected())]
    elif not rows and not problems:
        problems = [Problem("", "", "import_no_rows")]
    return rows, problems


def _expected() -> dict[str, str | int]:
    return {"sheets": ", ".join(form.title for form in FORMS)}


def _check_sheet(form: SheetForm, sheet: RawSheet) -> tuple[list[Row], list[Problem]]:
    if not sheet.rows:
        return [], []
    header_row, columns = _find_header(form, sheet)
    if not columns:
        return [], [Problem(form.title, "", "import_header_missing", {"within": HEADER_WITHIN})]
    problems = _check_header(form, sheet, header_row, columns)
    if problems:
        return [], problems
    body = [(n, cells) for n, cells in sheet.rows if n > header_row and _has_data(cells, columns)]
    if len(body) > ROW_LIMIT:
        return [], [Problem(form.title, "", "import_too_many_rows", {"limit": ROW_LIMIT})]
    rows = []
    for number, cells in body:
        row, wrong = _check_row(form, number, cells, columns)
        problems += wrong
        if not wrong:
            rows.append(row)
    return rows, problems


def _has_data(cells: Mapping[int, Cell], columns: Mapping[int, Column]) -> bool:
    """Whether a row holds more than a running number, and is not the template's example."""
    running = next((i for i, column in columns.items() if column.name == "no"), 0)
    first = cells.get(running)
    if first and cleaned(first.text).casefold() == EXAMPLE_MARK.casefold():
        return False
    return any(cleaned(cell.text) for i, cell in cells.items() if i != running)


def _find_header(form: SheetForm, sheet: RawSheet) -> tuple[int, dict[int, Column]]:
    """Return the row that names most of the form's columns, at least two, and what stands in which column."""
    by_header = {name_key(column.header): column for column in form.columns}
    best: tuple[int, dict[int, Column]] = (0, {})
    for number, cells in sheet.rows:
        if number > HEADER_WITHIN:
            break
        found = {i: by_header[key] for i, cell in cells.items() if (key := _header_key(cell)) in by_header}
        if len(found) > max(1, len(best[1])):
            best = (number, found)
    return best


def _header_key(cell: Cell) -> str:
    return name_key(cell.text.replace("*", " "))


def _check_header(form: SheetForm, sheet: RawSheet, header_row: int, columns: Mapping[int, Column]) -> list[Problem]:
    cells = next(cells for number, cells in sheet.rows if number == header_row)
    problems = []
    seen: set[str] = set()
    for i, cell in sorted(cells.items()):
        place = f"{letters(i)}{header_row}"
        shown = cleaned(cell.text)[:60]
        if i not in columns:
            problems.append(Problem(form.title, place, "import_column_unknown", {"header": shown}))
        elif columns[i].name in seen:
            problems.append(Problem(form.title, place, "import_column_twice", {"header": shown}))
        else:
            seen.add(columns[i].name)
    for column in form.columns:
        if column.required and column.name not in seen:
            facts: dict[str, str | int] = {"header": column.header}
            problems.append(Problem(form.title, f"A{header_row}", "import_column_missing", facts))
    return problems


def _check_row(
    form: SheetForm, number: int, cells: Mapping[int, Cell], columns: Mapping[int, Column]
) -> tuple[Row, list[Problem]]:
    places = {column.name: f"{letters(i)}{number}" for i, column in columns.items()}
    row = Row(form.title, number, form.kind, {}, places)
    values: dict[str, Value] = {}
    problems = []
    for i, column in columns.items():
        if column.name == "no":
            continue
        try:
            value = value_of(column, cells.get(i))
        except CellRefused as refused:
            problems.append(row.problem(column.name, refused.code, **refused.facts))
        else:
            if value is not None:
                values[column.name] = value
    stray = sorted(i for i in cells.keys() - columns.keys() if cleaned(cells[i].text))
    problems += [Problem(form.title, f"{letters(i)}{number}", "import_cell_outside") for i in stray]
    row = Row(form.title, number, form.kind, values, places)
    if not problems:
        problems = _check_counts(form, row)
    return row, problems


def _check_counts(form: SheetForm, row: Row) -> list[Problem]:
    """An indicator is whole (both counts, source, date) or absent, and its counts can be."""
    given = [name for name in INDICATOR_FIELDS if name in row.values]
    if not given:
        return []
    missing = [name for name in INDICATOR_FIELDS if name not in row.values]
    if missing:
        return [row.problem(m, "import_indicator_incomplete", header=form.column(m).header) for m in missing]
    if not counts_fit(int(row.values["count"]), int(row.values["base"])):
        return [row.problem("count", "import_counts_refused", count=row.values["count"], base=row.values["base"])]
    return []
