"""The workbook in which a member fills in sheets without network: its places, its binding, what a filled one says.

One sheet per nominee, one row per criterion; the writer (``judging.documents.sheet_workbook``) and the reader below
share the places. Cells come as ``(kind, text)``: ``s`` text, ``n`` number, ``d`` date, ``f`` formula, ``b``, ``e``.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from .criteria import Criterion, Rubric
from .scoresheet import Issue, State, parse, to_plain
from .typed_marks import typed_text

FRONT_SHEET: Final = "Daftar"
BINDING_SHEET: Final = "_ikatan"
HEADER_ROW: Final = 6
FIRST_ROW: Final = HEADER_ROW + 1
#: Columns of a nominee's sheet; the first is hidden and says which criterion the row is.
ID, GROUP, TITLE, WEIGHT, SCALE, MARK, REASON, NOTE = range(1, 9)
#: Where the key of a sheet stands.
KEY_PLACE: Final = (1, ID)
TEXT_LIMIT: Final = 2000
"""Characters of a note or a reason; the form allows fewer."""
OUTSIDE_TOLD: Final = 5
"""So many cells outside the table are named per sheet."""

Place = tuple[int, int]
Cells = Mapping[Place, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Bound:
    """What ties one sheet of the file to one score sheet.

    ``key`` begins the request keys of its saves; ``revision`` is what was stored at the download (0: nothing);
    ``base`` is the ``digest`` of the marks that were written into the file.
    """

    number: int
    key: str
    revision: int
    rubric_hash: str
    base: str


@dataclass(frozen=True, slots=True)
class Binding:
    """Whose workbook this is, and of which day (ISO; empty for all days)."""

    year: int
    scope: str
    day: str
    user: int
    seat: int
    sheets: tuple[Bound, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and where: ``cell`` is like ``F7``, empty for a whole sheet; a sentence belongs to ``code``."""

    sheet: str
    cell: str
    code: str
    facts: Mapping[str, str | int] = field(default_factory=dict)


class Told(NamedTuple):
    """What one criterion says, as it is compared: the reason counts only where the criterion is not applicable."""

    state: str
    value: str
    reason: str
    note: str


NOTHING: Final = Told(State.NOT_ENTERED.value, "", "", "")


@dataclass(frozen=True, slots=True)
class Difference:
    """A criterion of which the file says something else than what is stored."""

    criterion: Criterion
    stored: Told
    sent: Told


def title_of(number: int) -> str:
    """Return the title of the sheet of the nomination ``number``."""
    return f"Nomine {number}"


def address(row: int, column: int) -> str:
    """Return the address of a place, such as ``F7``. Columns up to 702."""
    before, last = divmod(column - 1, 26)
    return f"{chr(64 + before) if before else ''}{chr(65 + last)}{row}"


def binding_to_plain(binding: Binding) -> dict[str, Any]:
    """Return the binding as plain data."""
    sheets = [[one.number, one.key, one.revision, one.rubric_hash, one.base] for one in binding.sheets]
    whose = {name: getattr(binding, name) for name in ("year", "scope", "day", "user", "seat")}
    return {**whose, "sheets": sheets}


def binding_from_plain(plain: Mapping[str, Any]) -> Binding:
    """Read back what ``binding_to_plain`` wrote; only ever called on what we signed ourselves."""
    whose = {name: plain[name] for name in ("year", "scope", "day", "user", "seat")}
    return Binding(**whose, sheets=tuple(Bound(*one) for one in plain["sheets"]))


def tidy(text: str) -> str:
    """Return free text without invisible characters, with plain line ends and no blanks around it."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = (sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in {"Cc", "Cf"})
    return "".join(kept).strip()


def told(rubric: Rubric, cells: Mapping[str, Any]) -> dict[str, Told]:
    """Return what stored marks (plain, as ``to_plain`` writes them) say of every panel criterion."""
    return {leaf.id: _told(cells.get(leaf.id) or {}) for leaf in rubric.panel_leaves}


def digest(said: Mapping[str, Told]) -> str:
    """Return a short hash by which it is seen whether a sheet of the file was filled in at all."""
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def differences(rubric: Rubric, stored: Mapping[str, Told], sent: Mapping[str, Told]) -> tuple[Difference, ...]:
    """Return the criteria of which ``stored`` and ``sent`` say different things, in the order of the rubric."""
    return tuple(
        Difference(leaf, stored[leaf.id], sent[leaf.id])
        for leaf in rubric.panel_leaves
        if stored[leaf.id] != sent[leaf.id]
    )


def foreign_sheets(titles: Iterable[str], binding: Binding) -> Iterator[Problem]:
    """Yield a problem for every sheet that was added, taken away or renamed."""
    found, expected = list(titles), [title_of(one.number) for one in binding.sheets]
    known = {*expected, FRONT_SHEET, BINDING_SHEET}
    for title in found:
        if title not in known:
            yield Problem(title, "", "workbook_sheet_foreign")
    for title in expected:
        if title not in found:
            yield Problem(title, "", "workbook_sheet_missing")


def read_sheet(rubric: Rubric, bound: Bound, cells: Cells) -> tuple[dict[str, Any], list[Problem]]:
    """Return the marks of one sheet (plain, as ``to_plain``) and everything wrong with it.

    Rows that do not stand where they were written are not guessed at: the sheet is refused whole.
    """
    title, leaves = title_of(bound.number), rubric.panel_leaves
    expected = {KEY_PLACE: bound.key} | {(FIRST_ROW + i, ID): leaf.id for i, leaf in enumerate(leaves)}
    for place, text in expected.items():
        if cells.get(place, ("", ""))[1] != text:
            return {}, [Problem(title, address(place[0], TITLE), "workbook_sheet_altered")]
    last = FIRST_ROW + len(leaves) - 1
    outside = [place for place, (_, text) in cells.items() if (place[0] > last or place[1] > NOTE) and text.strip()]
    problems = [Problem(title, address(*place), "workbook_cell_outside") for place in outside[:OUTSIDE_TOLD]]
    raw: dict[str, Any] = {}
    for row, leaf in enumerate(leaves, start=FIRST_ROW):
        raw[leaf.id], found = _row(leaf, row, cells, title)
        problems += found
    reading = parse(rubric, raw)
    problems += [_located(issue, leaves, title) for issue in reading.issues]
    return to_plain(reading.entries), sorted(problems, key=_by_place)


def _by_place(problem: Problem) -> tuple[int, str]:
    return int("".join(filter(str.isdigit, problem.cell))), problem.cell


def _told(cell: Mapping[str, Any]) -> Told:
    state = str(cell.get("state", State.NOT_ENTERED.value))
    reason = tidy(str(cell.get("reason", ""))) if state == State.NOT_APPLICABLE else ""
    return Told(state, str(cell.get("value", "")), reason, tidy(str(cell.get("note", ""))))


def _row(leaf: Criterion, row: int, cells: Cells, title: str) -> tuple[dict[str, str], list[Problem]]:
    """Return what stands in the three cells of a criterion; a cell with a problem reads as empty."""
    found: dict[str, str] = {}
    problems = []
    for name, column in (("value", MARK), ("reason", REASON), ("note", NOTE)):
        kind, text = cells.get((row, column), ("s", ""))
        code = _fault(kind, text, is_mark=column == MARK)
        if code:
            facts: dict[str, str | int] = {"header": leaf.title or leaf.id, "length": len(text), "limit": TEXT_LIMIT}
            problems.append(Problem(title, address(row, column), code, facts))
        elif column == MARK:
            found[name] = typed_text(text) if kind == "s" else text
        elif tidy(text):
            found[name] = tidy(text)
    is_refused = any(problem.cell == address(row, MARK) for problem in problems)
    if "reason" in found and not is_refused:
        found["state"] = State.NOT_APPLICABLE.value
    return found, problems


def _fault(kind: str, text: str, *, is_mark: bool) -> str:
    """Return the code of why a cell cannot be taken, or an empty text."""
    if kind in ("f", "e"):
        return {"f": "import_cell_formula", "e": "import_cell_error"}[kind]
    if is_mark:
        return {"d": "workbook_cell_date", "b": "cell_malformed"}.get(kind, "")
    return "import_cell_too_long" if len(text) > TEXT_LIMIT else ""


def _located(issue: Issue, leaves: tuple[Criterion, ...], title: str) -> Problem:
    row = next(i for i, leaf in enumerate(leaves, start=FIRST_ROW) if leaf.id == issue.criterion)
    column = REASON if issue.code == "not_applicable" else MARK
    return Problem(title, address(row, column), f"cell_{issue.code}", dict(issue.facts))
