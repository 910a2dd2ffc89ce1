"""A member's day as a workbook and back: made, compared, then saved as drafts one nominee at a time.

Only the member compares and confirms; what the secretariat hands in for a member waits for that
(``services.sheet_workbooks_handed``). A file that the member sends is not kept; between comparison and confirmation its
marks travel signed, bound to the person, the round and an hour.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import uuid4

from django.core import signing

from judging.core import sheet_workbook as core
from judging.core.sheet_workbook import Binding, Bound, Difference, Problem
from judging.documents.sheet_workbook import sheet_workbook
from judging.models import SaveReceipt, Seating
from judging.permissions import can_score
from judging.selectors.papers.sheet_workbook import workbook_data
from judging.selectors.sheet_workbooks import OwnSheet, newest_keys, own_sheets
from judging.selectors.sheets import SheetAddress
from nominees.core.rows import RawSheet
from nominees.models import Round
from nominees.services.workbook_reader import read_workbook
from paritrana.accounts.models import User
from paritrana.kernel import wording
from paritrana.kernel.errors import DomainError

from .scores import save_draft

#: Salts keep a signature made for one purpose from being used for the other.
FILE_SALT, CHECK_SALT = "judging.sheet_workbook", "judging.sheet_workbook.check"
CHECK_HOLDS: Final = timedelta(hours=1)
SEALED_LIMIT: Final = 1_000_000
"""Characters of a sealed comparison: what a form can carry with room to spare."""


class NoSheetsThatDay(DomainError):
    """The actor holds no seat, or meets nobody on that day."""

    code = "no_sheets_that_day"


class WorkbookCheckOutdated(DomainError):
    """The comparison is older than an hour, altered, or another person's or round's: send the file again."""

    code = "workbook_check_outdated"


class Outcome(StrEnum):
    """What comes of one sheet of the file."""

    SAME = "same"
    UNTOUCHED = "untouched"
    CHANGED = "changed"
    CONFLICT = "conflict"
    CLOSED = "closed"
    OTHER_RUBRIC = "other_rubric"


#: What can be saved, if the member says so.
SAVEABLE: Final = frozenset({Outcome.CHANGED, Outcome.CONFLICT})


@dataclass(frozen=True, slots=True)
class Compared:
    """One sheet of the file against what is stored. ``entries`` are the file's marks, as they would be saved."""

    sheet: OwnSheet
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    entries: Mapping[str, Any] | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What a file holds: ``problems`` keep all of it from being saved; otherwise ``sealed`` carries it on."""

    problems: tuple[Problem, ...] = ()
    sheets: tuple[Compared, ...] = ()
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of one chosen nominee: the receipt, or why it was not saved."""

    number: int
    receipt: SaveReceipt | None
    error: DomainError | None


def make_workbook(*, round: Round, day: date | None, actor: User, at: datetime) -> bytes:
    """Return the actor's workbook of ``day`` (``None``: of all days), with the marks they saved so far.

    Nothing is written; each sheet gets a key of its own. Raises ``NotPermitted`` and :class:`NoSheetsThatDay`.
    """
    can_score(actor, round).require()
    seating, sheets = _own(round, day, actor, at)
    bound = tuple(_bound(sheet, uuid4().hex) for sheet in sheets if sheet.is_open)
    binding = Binding(*_whose(round, day, actor, seating), bound)
    data = workbook_data(
        round=round,
        seating=seating,
        sheets=sheets,
        keys={one.number: one.key for one in bound},
        token=signing.dumps(core.binding_to_plain(binding), salt=FILE_SALT, compress=True),
        day=wording.long_day_date(day) if day else "Semua wawancara",
    )
    return sheet_workbook(data)


def check_workbook(
    *, round: Round, day: date | None, content: bytes, actor: User, at: datetime, handed: int = 0
) -> Check:
    """Compare a filled workbook with what is stored; nothing is written.

    The file is parsed in a child process. ``handed``: which handed-in workbook it is, 0 for one the member sends; the
    comparison confirms that one alone. Raises ``NotPermitted`` and :class:`NoSheetsThatDay`.
    """
    can_score(actor, round).require()
    seating, own = _own(round, day, actor, at)
    raw, refusal = read_workbook(content)
    if refusal:
        return Check(problems=(Problem("", "", refusal),))
    binding = binding_in(raw)
    if binding is None:
        return Check(problems=(Problem("", "", "workbook_not_ours"),))
    refusal = _whose_refusal(binding, _whose(round, day, actor, seating))
    if refusal:
        return Check(problems=(Problem("", "", refusal),))
    # Of a handed-in copy nobody knows whether it is older than what the member sent: a newer save is asked about.
    latest = {} if handed else newest_keys(user=actor, round=round)
    problems, compared = _compare_all(binding, raw, {sheet.number: sheet for sheet in own}, latest)
    sealed = "" if problems else _seal(round, compared, actor, at, handed)
    if len(sealed) > SEALED_LIMIT:
        return Check(problems=(Problem("", "", "workbook_notes_too_long"),))
    return Check(tuple(problems), tuple(compared), sealed)


def save_checked(
    *, round: Round, sealed: str, chosen: Collection[int], actor: User, at: datetime, handed: int = 0
) -> tuple[Saved, ...]:
    """Save the drafts of the nominees ``chosen`` from a comparison, one transaction each; nothing is submitted.

    What one nominee is refused with keeps no other from being saved; doing all of it again saves nothing twice.
    ``handed`` as in :func:`check_workbook`. Raises ``NotPermitted`` and :class:`WorkbookCheckOutdated`.
    """
    can_score(actor, round).require()
    found = []
    for number, key, revision, entries in _unseal(sealed, round, actor, at, handed):
        if number not in chosen:
            continue
        address = SheetAddress(round.edition.assessment_year, round.scope_code, number)
        try:
            receipt = save_draft(
                address=address, entries=entries, expected_revision=revision, request_key=key, actor=actor, at=at
            )
            found.append(Saved(number, receipt, None))
        except DomainError as error:
            found.append(Saved(number, None, error))
    return tuple(found)


def _own(round: Round, day: date | None, actor: User, at: datetime) -> tuple[Seating, tuple[OwnSheet, ...]]:
    seating, sheets = own_sheets(user=actor, round=round, day=day, at=at)
    if seating is None or not sheets:
        raise NoSheetsThatDay()
    return seating, sheets


def _whose(round: Round, day: date | None, actor: User, seating: Seating) -> tuple[int, str, str, int, int]:
    text = day.isoformat() if day else ""
    return round.edition.assessment_year, round.scope_code, text, actor.pk, seating.seat_id


def _whose_refusal(binding: Binding, whose: tuple[int, str, str, int, int]) -> str:
    """Return the code of why a file of ours does not belong here, or an empty text."""
    year, scope, day, user, seat = whose
    if (binding.year, binding.scope) != (year, scope):
        return "workbook_of_another_round"
    if (binding.user, binding.seat) != (user, seat):
        return "workbook_of_another_member"
    return "" if binding.day == day else "workbook_of_another_day"


def _bound(sheet: OwnSheet, key: str) -> Bound:
    assert sheet.rubric and sheet.version  # noqa: S101, PT018 - an open sheet has both
    base = core.digest(core.told(sheet.rubric, sheet.cells))
    return Bound(sheet.number, key, sheet.revision, sheet.version.content_hash, base)


def binding_in(raw: list[RawSheet]) -> Binding | None:
    """Return what our signature on the hidden sheet vouches for; ``None`` for any other file."""
    hidden = next((sheet for sheet in raw if sheet.title == core.BINDING_SHEET), None)
    token = "".join(cells[1].text for _, cells in hidden.rows if 1 in cells) if hidden else ""
    try:
        return core.binding_from_plain(signing.loads(token, salt=FILE_SALT))
    except signing.BadSignature:
        return None


def _compare_all(
    binding: Binding, raw: list[RawSheet], own: Mapping[int, OwnSheet], latest: Mapping[int, str]
) -> tuple[list[Problem], list[Compared]]:
    titles = [sheet.title for sheet in raw]
    problems = list(core.foreign_sheets(titles, binding))
    cells = {sheet.title: cells_of(sheet) for sheet in raw}
    compared = []
    for bound in binding.sheets:
        sheet, title = own.get(bound.number), core.title_of(bound.number)
        if sheet is None or title not in cells:  # no longer of this day, or missing and told above
            continue
        if sheet.rubric is None or sheet.version is None or sheet.version.content_hash != bound.rubric_hash:
            compared.append(Compared(sheet, Outcome.OTHER_RUBRIC))
            continue
        entries, found = core.read_sheet(sheet.rubric, bound, cells[title])
        problems += found
        compared.append(_compare(sheet, bound, entries, latest))
    return problems, compared


def cells_of(sheet: RawSheet) -> dict[tuple[int, int], tuple[str, str]]:
    """Return the cells of a sheet by row and column, as ``core.sheet_workbook`` reads them."""
    return {(row, column): (cell.kind, cell.text) for row, cells in sheet.rows for column, cell in cells.items()}


def _compare(sheet: OwnSheet, bound: Bound, entries: Mapping[str, Any], latest: Mapping[int, str]) -> Compared:
    assert sheet.rubric  # noqa: S101 - asked before
    stored, sent = core.told(sheet.rubric, sheet.cells), core.told(sheet.rubric, entries)
    differing = core.differences(sheet.rubric, stored, sent)
    if not sheet.is_open:
        return Compared(sheet, Outcome.CLOSED, differing)
    if not differing:
        return Compared(sheet, Outcome.SAME)
    is_current = sheet.revision == bound.revision
    # An older copy in which this sheet was never filled in takes back nothing, even of what came from the same file.
    if not is_current and core.digest(sent) == bound.base:
        return Compared(sheet, Outcome.UNTOUCHED)
    # A sheet whose last save came from this very file has not moved on: the file was filled in further.
    newest = latest.get(sheet.stored.sheet_id, "") if sheet.stored else ""
    is_current = is_current or newest.startswith(bound.key)
    # The same marks over the same revision are the same save; other marks from the same file are another one.
    key = f"{bound.key}-{sheet.revision}-{core.digest(sent)}"
    return Compared(sheet, Outcome.CHANGED if is_current else Outcome.CONFLICT, differing, entries, key)


def _seal(round: Round, compared: list[Compared], actor: User, at: datetime, handed: int) -> str:
    sheets = [
        [one.sheet.number, one.key, one.sheet.revision, one.entries] for one in compared if one.outcome in SAVEABLE
    ]
    plain = {
        "round": round.pk,
        "user": actor.pk,
        "handed": handed,
        "until": int((at + CHECK_HOLDS).timestamp()),
        "sheets": sheets,
    }
    return signing.dumps(plain, salt=CHECK_SALT, compress=True) if sheets else ""


def _unseal(
    sealed: str, round: Round, actor: User, at: datetime, handed: int
) -> Iterator[tuple[int, str, int, Mapping[str, Any]]]:
    try:
        plain = signing.loads(sealed[:SEALED_LIMIT], salt=CHECK_SALT)
    except signing.BadSignature:
        raise WorkbookCheckOutdated from None
    whose = (plain["round"], plain["user"], plain.get("handed", 0))
    if whose != (round.pk, actor.pk, handed) or at.timestamp() > plain["until"]:
        raise WorkbookCheckOutdated
    yield from plain["sheets"]
