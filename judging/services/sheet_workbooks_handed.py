"""A filled workbook that the secretariat hands in for a member: kept unread until the member takes it or turns it down.

Its structure is checked, never compared with what is stored, and what is wrong is told without what stands in the
cell: until sheets are submitted nobody but the member sees marks here.
"""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from django.db import IntegrityError, transaction

from judging import audit_actions as actions
from judging.core import sheet_workbook as core
from judging.core.criteria import Rubric
from judging.core.sheet_workbook import Binding, Problem
from judging.models import HandedState, HandedWorkbook, Seating
from judging.permissions import can_hand_in_workbooks, can_score
from judging.selectors.panels import in_force_on
from judging.selectors.paper_entries import is_seated
from judging.selectors.rubrics import assigned_versions, read_version
from judging.selectors.sheet_workbooks_handed import handed_content, handed_for, handed_workbooks, waiting_workbooks
from nominees.core.rows import RawSheet
from nominees.models import Nomination, Round
from nominees.services.locks import locked_round
from nominees.services.workbook_reader import read_workbook
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction
from paritrana.kernel.wording import local_day

from .sheet_workbooks import Check, Saved, WorkbookCheckOutdated, binding_in, cells_of, check_workbook, save_checked

#: Problems of cells that are told by their own sentence: it holds nothing that stands in the cell. ``header`` names
#: the criterion; every other fact may be a mark or a note.
TOLD_AS_THEY_ARE: Final = frozenset({"import_cell_formula", "import_cell_error", "workbook_cell_date"})


class MemberHandsInNoWorkbook(DomainError):
    """Whoever sits on a seat does not handle another member's marks."""

    code = "member_hands_in_no_workbook"


class HandedWorkbookUnknown(DomainError):
    """No such workbook was handed in for the actor, or the seat is held by somebody else by now."""

    code = "handed_workbook_unknown"


class HandedWorkbookSettled(DomainError):
    """The workbook was taken, turned down or dropped; fact ``state``."""

    code = "handed_workbook_settled"


class HandedWorkbookReasonMissing(DomainError):
    """A workbook is turned down with a reason."""

    code = "handed_workbook_reason_missing"


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What came of handing a file in: ``problems`` and nothing kept, or the entry; ``is_new`` for the first time."""

    problems: tuple[Problem, ...] = ()
    handed: HandedWorkbook | None = None
    is_new: bool = False


def hand_in_workbook(*, round: Round, content: bytes, actor: User, at: datetime) -> HandedIn:
    """Keep a member's filled workbook for that member to decide on; whose it is, the file says.

    The same bytes are one entry, whatever became of it. Parsed in a child process, outside the transaction. Raises
    ``NotPermitted`` and :class:`MemberHandsInNoWorkbook`.
    """
    _require_hander(round, actor)
    digest = hashlib.sha256(content).hexdigest()
    known = _known(round, digest)
    if known:
        return HandedIn(handed=known)
    raw, refusal = read_workbook(content)
    binding = None if refusal else binding_in(raw)
    if binding is None:
        return HandedIn(problems=(Problem("", "", refusal or "workbook_not_ours"),))
    if (binding.year, binding.scope) != (round.edition.assessment_year, round.scope_code):
        return HandedIn(problems=(Problem("", "", "workbook_of_another_round"),))
    seating = _seating_of(binding, round, at)
    if seating is None:
        return HandedIn(problems=(Problem("", "", "workbook_of_nobody"),))
    problems = _structure(binding, raw, round)
    if problems:
        return HandedIn(problems=problems)
    day = datetime.fromisoformat(binding.day).date() if binding.day else None
    entry = HandedWorkbook(seating=seating, day=day, content=content, sha256=digest, handed_by=actor, handed_at=at)
    return _kept(round=round, entry=entry, actor=actor, at=at)


@atomic_service
def _kept(*, round: Round, entry: HandedWorkbook, actor: User, at: datetime) -> HandedIn:
    round = locked_round(round.pk)
    _require_hander(round, actor)
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:  # two clicks at once
        known = _known(round, entry.sha256)
        if known is None:
            raise
        return HandedIn(handed=known)
    _record(actions.WORKBOOK_HANDED_IN, entry, round, actor, at)
    return HandedIn(handed=entry, is_new=True)


def compare_handed(*, handed: HandedWorkbook, actor: User, at: datetime) -> Check:
    """Return what the member's own upload of the same file would show. Nothing is written.

    Raises ``NotPermitted``, ``NoSheetsThatDay``, :class:`HandedWorkbookUnknown`, :class:`HandedWorkbookSettled`.
    """
    round = handed.seating.round
    can_score(actor, round).require()
    found = _own(handed, actor, at)
    if found.state != HandedState.WAITING:
        raise HandedWorkbookSettled(state=found.state)
    content = handed_content(found)
    return check_workbook(round=round, day=found.day, content=content, actor=actor, at=at, handed=found.pk)


def take_handed(
    *, handed: HandedWorkbook, sealed: str, chosen: Collection[int], actor: User, at: datetime
) -> tuple[Saved, ...]:
    """Save the drafts that the member chose in the comparison; when all went well the workbook is taken.

    Where one nominee is refused the workbook waits on, to be compared anew. An empty ``sealed`` takes a file that holds
    nothing to save. Taking twice saves nothing twice. Raises as :func:`compare_handed`, and ``WorkbookCheckOutdated``.
    """
    round = handed.seating.round
    can_score(actor, round).require()
    found = _own(handed, actor, at)
    if found.state not in (HandedState.WAITING, HandedState.TAKEN):
        raise HandedWorkbookSettled(state=found.state)
    saved: tuple[Saved, ...] = ()
    if sealed:
        saved = save_checked(round=round, sealed=sealed, chosen=chosen, actor=actor, at=at, handed=found.pk)
    elif found.state == HandedState.WAITING:
        check = compare_handed(handed=found, actor=actor, at=at)
        if check.problems or check.sealed:
            raise WorkbookCheckOutdated
    if not any(one.error for one in saved):
        numbers = [one.number for one in saved]
        _settle(handed=found, state=HandedState.TAKEN, reason="", actor=actor, at=at, saved=numbers)
    return saved


def turn_down_handed(*, handed: HandedWorkbook, reason: str, actor: User, at: datetime) -> None:
    """Drop a workbook that the member does not want to count. ``reason``: at most 300 characters, without marks.

    Raises ``NotPermitted``, :class:`HandedWorkbookUnknown`, :class:`HandedWorkbookSettled` and
    :class:`HandedWorkbookReasonMissing`.
    """
    can_score(actor, handed.seating.round).require()
    found = _own(handed, actor, at)
    if not reason.strip():
        raise HandedWorkbookReasonMissing
    _settle(handed=found, state=HandedState.TURNED_DOWN, reason=reason.strip()[:300], actor=actor, at=at)


def lapse_handed(*, round: Round, actor: User, at: datetime) -> None:
    """Drop what no member decided on, because the sheets are closed. Inside the plenary's transaction."""
    require_transaction()
    for handed in waiting_workbooks(round).order_by("pk"):
        _write(handed, HandedState.LAPSED, "", at)
        _record(actions.WORKBOOK_LAPSED, handed, round, actor, at)


@atomic_service
def _settle(
    *, handed: HandedWorkbook, state: HandedState, reason: str, actor: User, at: datetime, **facts: object
) -> None:
    round = locked_round(handed.seating.round_id)
    can_score(actor, round).require()
    found = _own(handed, actor, at)
    if found.state == state:
        return
    if found.state != HandedState.WAITING:
        raise HandedWorkbookSettled(state=found.state)
    _write(found, state, reason, at)
    action = actions.WORKBOOK_TAKEN if state == HandedState.TAKEN else actions.WORKBOOK_TURNED_DOWN
    _record(action, found, round, actor, at, **facts, **({"reason": reason} if reason else {}))


def _write(handed: HandedWorkbook, state: HandedState, reason: str, at: datetime) -> None:
    handed.state, handed.reason, handed.settled_at, handed.content = state, reason, at, None
    handed.save(update_fields=["state", "reason", "settled_at", "content"])


def _record(action: str, handed: HandedWorkbook, round: Round, actor: User, at: datetime, **facts: object) -> None:
    """Write an event: seat, day and hash, never a mark. Of the hash nobody counts back: each file holds random keys."""
    day = handed.day.isoformat() if handed.day else ""
    payload = {"seat": handed.seating.seat.code, "day": day, "sha256": handed.sha256, **facts}
    record(action=action, actor=actor, at=at, target=handed, chain=round.scope, payload=payload)


def _require_hander(round: Round, actor: User) -> None:
    can_hand_in_workbooks(actor, round).require()
    if is_seated(actor, round):
        raise MemberHandsInNoWorkbook


def _known(round: Round, digest: str) -> HandedWorkbook | None:
    return handed_workbooks(round).filter(sha256=digest).exclude(state=HandedState.LAPSED).first()


def _own(handed: HandedWorkbook, actor: User, at: datetime) -> HandedWorkbook:
    found = handed_for(actor, handed.seating.round, handed.pk, at)
    if found is None:
        raise HandedWorkbookUnknown
    return found


def _seating_of(binding: Binding, round: Round, at: datetime) -> Seating | None:
    """Return the seating of whom the file is bound to, if it is in force at ``at``."""
    day = local_day(at, round.time_zone)
    found = Seating.objects.filter(in_force_on(day), round=round, seat=binding.seat, user=binding.user)
    return found.select_related("seat").first()


def _structure(binding: Binding, raw: list[RawSheet], round: Round) -> tuple[Problem, ...]:
    """Return what is wrong with the file itself, in words that tell no mark; a sheet of another rubric is not read."""
    cells = {sheet.title: cells_of(sheet) for sheet in raw}
    problems = list(core.foreign_sheets(cells, binding))
    rubrics = _rubrics(binding, round)
    for bound in binding.sheets:
        title, rubric = core.title_of(bound.number), rubrics.get((bound.number, bound.rubric_hash))
        if rubric and title in cells:
            problems += core.read_sheet(rubric, bound, cells[title])[1]
    return tuple(map(_without_marks, problems))


def _rubrics(binding: Binding, round: Round) -> Mapping[tuple[int, str], Rubric]:
    """Return number and hash -> rubric, where the nominee is still judged by the one it was downloaded with."""
    versions = assigned_versions(round)
    numbers = [bound.number for bound in binding.sheets]
    found = Nomination.objects.filter(round=round, number__in=numbers).values_list("number", "category_id")
    read = {version.pk: read_version(version) for version in set(versions.values())}
    return {
        (number, versions[category].content_hash): read[versions[category].pk]
        for number, category in found
        if category in versions
    }


def _without_marks(problem: Problem) -> Problem:
    facts: dict[str, Any] = {name: fact for name, fact in problem.facts.items() if name == "header"}
    if problem.code in TOLD_AS_THEY_ARE or problem.code.startswith("workbook_"):
        return replace(problem, facts=facts)
    return replace(problem, code="workbook_cell_not_taken", facts={})
