"""A member's sheet: saved as a draft, submitted once. Nothing is merged, nothing overwritten unseen.

A sheet that was reopened (``services.reopening``) is a draft again, as its next version; what was submitted stays.

The seat follows from who asks and on which local day (the seating in force); nobody can name another's. Each save is
one transaction of few statements, because nine people save at once: `select authority - lock sheet - write version -
write sheet - write receipt - log`. Longer than its neighbours, because everything that may refuse a save stands here.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Subquery

from judging import audit_actions as actions
from judging.core.criteria import Rubric
from judging.core.scoresheet import Issue, Reading, State, parse, to_plain, unexplained
from judging.core.sealed_reason import seal
from judging.core.sheet_workbook import TEXT_LIMIT
from judging.models import Reopening, RubricVersion, SaveReceipt, Seat, Sheet, SheetState, SheetVersion
from judging.selectors.cells import Cell
from judging.selectors.rubrics import read_version
from judging.selectors.sheets import SheetAddress, SheetContext, address_of, cells_in, current_version, sheet_context
from nominees.core.lifecycle import Act
from nominees.models import SCORED, Nomination, Round
from nominees.permissions import state_allows
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction
from paritrana.kernel.verdict import Verdict

from .save_statements import DRAFT_REWRITTEN, NEW_RECEIPT, SHEET_MOVED_ON

Raw = Mapping[str, Any]

#: What a member says of a criterion; absences and recusals follow from attendance and recusals alone.
MEMBER_STATES = frozenset({State.VALUE, State.NOT_ENTERED, State.NOT_APPLICABLE})


class SheetNotFound(DomainError):
    """No such nominee, or none of the actor's business."""

    code = "sheet_not_found"


class NomineeNotScored(DomainError):
    """Only nominees in or outside the ranking are scored."""

    code = "nominee_not_scored"


class SeatRecused(DomainError):
    """The seat declared a conflict of interest with this nominee."""

    code = "seat_recused"


class SeatAbsent(DomainError):
    """The seat was absent at the interview."""

    code = "seat_absent"


class NotSeatedHere(DomainError):
    """The actor holds no seat that day, or the seat is not placed at this interview."""

    code = "not_seated_here"


class RubricMissing(DomainError):
    """The category has no rubric yet."""

    code = "rubric_missing"


class SheetHasProblems(DomainError):
    """Entries that cannot stand; ``issues`` lists all of them by criterion."""

    code = "sheet_has_problems"


class SheetChangedMeanwhile(DomainError):
    """The sheet was saved elsewhere since this page was shown: ``stored`` and ``sent`` marks, ``revision`` now."""

    code = "sheet_changed_meanwhile"


class SheetAlreadySubmitted(DomainError):
    """A submitted sheet takes no more saves."""

    code = "sheet_already_submitted"


class SheetClosed(DomainError):
    """The plenary has opened."""

    code = "sheet_closed"


class RequestKeyInUse(DomainError):
    """The request key belongs to another sheet."""

    code = "request_key_in_use"


class RequestKeyMalformed(DomainError):
    """A request key has 8 to 64 printable characters."""

    code = "request_key_malformed"


class _Overtaken(Exception):
    """Another first save was quicker."""


@dataclass(frozen=True, slots=True)
class _Save:
    """What was asked; ``entries`` of ``None`` stands for the marks as they were saved.

    ``on_paper``: what the event of a sheet typed in from paper tells besides; no mark.
    """

    address: SheetAddress
    entries: Raw | None
    expected: int
    key: str
    actor: User
    at: datetime
    submit: bool
    on_paper: Raw = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where it may be written."""

    round: Round
    nomination: Nomination
    seat: Seat
    seating_id: int
    rubric_version: RubricVersion


@atomic_service
def save_draft(
    *, address: SheetAddress, entries: Raw, expected_revision: int, request_key: str, actor: User, at: datetime
) -> SaveReceipt:
    """Save the actor's sheet on the nominee at ``address`` and return the receipt.

    ``entries`` maps a criterion to ``{"state", "value", "note", "reason"}`` or a bare value, as typed;
    ``expected_revision`` is what the page had seen (0: no sheet yet). A ``request_key`` that was answered before gets
    that answer again and changes nothing; with other marks than then it is a save of a page that is out of date.
    Raises ``SheetNotFound``, ``NotPermitted``, ``NomineeNotScored``, ``SeatRecused``, ``SeatAbsent``,
    ``NotSeatedHere``, ``RubricMissing``, ``SheetHasProblems``, ``SheetChangedMeanwhile``, ``SheetAlreadySubmitted``,
    ``SheetClosed``, ``RequestKeyInUse``, ``RequestKeyMalformed``.
    """
    return _write(_Save(address, entries, expected_revision, request_key, actor, at, submit=False))


@atomic_service
def submit_sheet(
    *,
    address: SheetAddress,
    expected_revision: int,
    request_key: str,
    actor: User,
    at: datetime,
    entries: Raw | None = None,
) -> SaveReceipt:
    """Submit the actor's sheet: with ``entries``, or as it was saved at ``expected_revision``.

    Every panel criterion needs a value, or "not applicable" with a reason where the rubric allows it; a value outside
    the criterion's soft bounds needs a note. Raises as :func:`save_draft`.
    """
    return _write(_Save(address, entries, expected_revision, request_key, actor, at, submit=True))


def submit_typed(
    *, context: SheetContext, entries: Raw, expected_revision: int, key: str, on_paper: Raw, actor: User, at: datetime
) -> SheetVersion:
    """Submit for the seat of ``context`` what was typed in from its paper sheet; only ``services.paper_entries``.

    That service has checked who may and locked the round; everything asked of the sheet itself is asked here. The
    facts ``on_paper`` go into the event. Raises as :func:`submit_sheet`; the facts of an error hold no mark.
    """
    require_transaction()
    save = _Save(address_of(context.nomination), entries, expected_revision, key, actor, at, True, on_paper)
    state_allows(context.round, Act.SCORE).require()
    stored = current_version(seat_id=context.seat_id, nomination_id=context.nomination.pk, lock=True)
    place = _require_open(context, stored)
    if _revision(stored) != expected_revision:
        raise SheetChangedMeanwhile(revision=_revision(stored))
    marks = require_marks(read_version(place.rubric_version), entries)
    try:
        version = _store(place, stored, marks, save)
    except _Overtaken:
        raise SheetChangedMeanwhile(revision=1) from None
    _answer(place, version, save, is_first=stored is None)
    return version


def require_marks(rubric: Rubric, entries: Raw) -> dict[str, Any]:
    """Return complete marks as they are stored; raises :class:`SheetHasProblems` with everything that cannot stand."""
    return to_plain(_read(rubric, entries, submit=True).entries)


def _write(save: _Save) -> SaveReceipt:
    if not 8 <= len(save.key) <= 64 or not save.key.isprintable():  # PostgreSQL takes no NUL in a text
        raise RequestKeyMalformed()
    context = require_member(sheet_context(user=save.actor, address=save.address, at=save.at, key=save.key))
    if context.key_is_known:
        return _first_answer(save, context)
    state_allows(context.round, Act.SCORE).require()
    stored = current_version(seat_id=context.seat_id, nomination_id=context.nomination.pk, lock=True)
    is_stale = _revision(stored) != save.expected
    if is_stale and SaveReceipt.objects.filter(pk=save.key).exists():
        return _first_answer(save, context)  # answered while this one waited for the lock
    if save.submit and stored:
        # The seat may have been recorded absent while this one waited: asked again, now that it holds the lock.
        context = require_member(sheet_context(user=save.actor, address=save.address, at=save.at))
    place = _require_open(context, stored)
    sent = cells_in(stored, save.actor) if save.entries is None else save.entries
    # Before the marks are judged: whoever is out of date first sees what changed, and loses nothing they typed.
    if is_stale:
        raise SheetChangedMeanwhile(stored=cells_in(stored, save.actor), sent=sent, revision=_revision(stored))
    marks = to_plain(_read(read_version(place.rubric_version), sent, submit=save.submit).entries)
    try:
        version = _store(place, stored, marks, save)
    except _Overtaken:
        return _overtaken(save, context, sent)
    return _answer(place, version, save, is_first=stored is None)


def _revision(stored: SheetVersion | None) -> int:
    return stored.sheet.revision if stored else 0


def require_member(context: SheetContext | None) -> SheetContext:
    """The rule of ``permissions.can_score``, asked of what the one query of a save has brought along."""
    if context is None or not context.is_insider:
        raise SheetNotFound()
    if not context.is_member:
        Verdict("role_needed").require()
    return context


def obstacle(context: SheetContext, sheet: Sheet | None) -> DomainError | None:
    """Return what keeps the sheet from being written, or ``None``; the page shows the same that a save is refused by.

    The round's state is asked apart, of ``permissions.can_score``.
    """
    name = str(context.nomination)
    if context.nomination.status not in SCORED:
        return NomineeNotScored(nominee=name)
    cell = context.cell(sheet.state if sheet else None)
    if sheet and sheet.closed_at and cell is not Cell.RECUSED:
        return SheetClosed(nominee=name)
    refusal = _REFUSED.get(cell)
    if refusal:
        return refusal(nominee=name)
    return None if context.version else RubricMissing(category=str(context.nomination.category))


_REFUSED: dict[Cell, type[DomainError]] = {
    Cell.RECUSED: SeatRecused,
    Cell.NOT_SEATED: NotSeatedHere,
    Cell.ABSENT: SeatAbsent,
    Cell.SUBMITTED: SheetAlreadySubmitted,
}


def _require_open(context: SheetContext, stored: SheetVersion | None) -> _Place:
    """Return where the sheet is written, or raise what stands in the way."""
    refusal = obstacle(context, stored.sheet if stored else None)
    if refusal:
        raise refusal
    # Without a seat or a rubric there was an obstacle.
    assert context.seat and context.seating_id and context.version  # noqa: S101, PT018
    return _Place(context.round, context.nomination, context.seat, context.seating_id, context.version)


def _read(rubric: Rubric, entries: Raw, *, submit: bool) -> Reading:
    reading = parse(rubric, entries)
    issues = [*reading.issues, *(unexplained(rubric, reading.entries) if submit else ())]
    for criterion, entry in reading.entries.items():
        if entry.state not in MEMBER_STATES:
            issues.append(Issue(criterion, "state_not_for_member", {"state": entry.state.value}))
        if max(len(entry.note), len(entry.reason)) > TEXT_LIMIT:  # a paper prints it, whoever posted it
            issues.append(Issue(criterion, "text_too_long", {"most": str(TEXT_LIMIT)}))
        faulty = any(issue.criterion == criterion for issue in reading.issues)
        if submit and entry.state is State.NOT_ENTERED and not faulty:
            issues.append(Issue(criterion, "not_entered", {}))
    if issues:
        raise SheetHasProblems(issues=tuple(issues))
    return reading


def _store(place: _Place, stored: SheetVersion | None, marks: Raw, save: _Save) -> SheetVersion:
    """Write sheet and version; the first save creates them, and fixes the rubric by which they are judged."""
    state = SheetState.SUBMITTED if save.submit else SheetState.DRAFT
    if stored is None:
        version = SheetVersion(sheet=_new_sheet(place, state), number=1)
        if place.rubric_version.locked_at is None:
            RubricVersion.objects.filter(pk=place.rubric_version.pk, locked_at=None).update(locked_at=save.at)
    else:
        version = stored
        version.sheet.revision += 1
        version.sheet.state = state
        SHEET_MOVED_ON.update(sheet=version.sheet_id, revision=version.sheet.revision, state=state.value)
    version.rubric_version = place.rubric_version
    version.seating_id = place.seating_id
    version.entries = _canonical(marks)
    version.content_hash = content_hash(key=save.key, rubric_hash=place.rubric_version.content_hash, cells=marks)
    version.state = state
    version.saved_by, version.saved_at = save.actor, save.at
    version.submitted_at = save.at if save.submit else None
    _write_version(version)
    return version


def _write_version(version: SheetVersion) -> None:
    if version.pk is None or version.submitted_at:
        version.save()
        return
    DRAFT_REWRITTEN.update(
        version=version.pk,
        rubric=version.rubric_version_id,
        seating=version.seating_id,
        entries=version.entries,
        digest=version.content_hash,
        saved_by=version.saved_by_id,
        saved_at=version.saved_at,
    )


def _new_sheet(place: _Place, state: str) -> Sheet:
    """Create the row of a sheet. The round is locked: a plenary that opens now waits, or has closed scoring."""
    state_allows(locked_round(place.round.pk), Act.SCORE).require()
    try:
        with transaction.atomic():
            return Sheet.objects.create(
                round=place.round, seat=place.seat, nomination=place.nomination, state=state, revision=1
            )
    except IntegrityError:
        raise _Overtaken from None


def _overtaken(save: _Save, context: SheetContext, sent: Raw) -> SaveReceipt:
    """Two first saves at once: the same request again gets its answer, any other one sees what is there now."""
    if SaveReceipt.objects.filter(pk=save.key).exists():
        return _first_answer(save, context)
    stored = current_version(seat_id=context.seat_id, nomination_id=context.nomination.pk)
    raise SheetChangedMeanwhile(stored=cells_in(stored, save.actor), sent=sent, revision=_revision(stored))


def _answer(place: _Place, version: SheetVersion, save: _Save, *, is_first: bool) -> SaveReceipt:
    """Write receipt and event. The event holds a hash, never a mark: the log is read before scores are open."""
    receipt = SaveReceipt(
        key=save.key,
        sheet=version.sheet,
        user=save.actor,
        revision=version.sheet.revision,
        content_hash=version.content_hash,
        submitted=save.submit,
        at=save.at,
    )
    try:
        NEW_RECEIPT.save(receipt)
    except IntegrityError:  # the same key at the same moment, on another sheet
        raise RequestKeyInUse() from None
    version.sheet.seat, version.sheet.nomination = place.seat, place.nomination  # the event names both
    begun = actions.SHEET_STARTED if is_first else actions.SHEET_SAVED
    replaced = _replaced(version) if save.submit else {}
    submitted = actions.SHEET_CORRECTED if replaced else actions.SHEET_SUBMITTED
    record(
        action=submitted if save.submit else begun,
        actor=save.actor,
        at=save.at,
        target=version.sheet,
        chain=place.round.scope,
        payload={
            "seat": place.seat.code,
            "nomination": place.nomination.number,
            "revision": receipt.revision,
            "version": version.number,
            "content_hash": receipt.content_hash,
            **replaced,
            **save.on_paper,
        },
    )
    return receipt


def _replaced(version: SheetVersion) -> dict[str, Any]:
    """What the log says of the submitted version that a correction takes the place of; nothing for a first one."""
    if version.number == 1:
        return {}
    keys = Reopening.objects.filter(correction=version.pk).values("reason_key")
    before: Any = (
        SheetVersion.objects.only("number", "content_hash")
        .annotate(reason_key=Subquery(keys[:1]))
        .get(sheet=version.sheet_id, number=version.number - 1)
    )
    return {
        "replaces": {"version": before.number, "content_hash": before.content_hash},
        "reason_hash": seal(version.reason, before.reason_key or ""),
    }


def _first_answer(save: _Save, context: SheetContext) -> SaveReceipt:
    receipt = SaveReceipt.objects.select_related("sheet").get(pk=save.key)
    if receipt.user_id != save.actor.pk or receipt.sheet.nomination_id != context.nomination.pk:
        raise RequestKeyInUse()
    if _is_another_save(save, context, receipt):
        stored = current_version(seat_id=context.seat_id, nomination_id=context.nomination.pk)
        raise SheetChangedMeanwhile(stored=cells_in(stored, save.actor), sent=save.entries, revision=_revision(stored))
    return receipt


def _is_another_save(save: _Save, context: SheetContext, receipt: SaveReceipt) -> bool:
    """Whether a key that was answered comes with other marks: a page gone back to, or changed before the answer came.

    To answer it as before would say "saved" of marks that are nowhere.
    """
    if save.entries is None or context.version is None:
        return False
    reading = parse(read_version(context.version), save.entries)
    cells = to_plain(reading.entries)
    digest = content_hash(key=save.key, rubric_hash=context.version.content_hash, cells=cells)
    return bool(reading.issues) or digest != receipt.content_hash


def content_hash(*, key: str, rubric_hash: str, cells: Raw) -> str:
    """Return the SHA-256 of a saved sheet: its marks, its rubric and the request key of the save.

    The key is random and kept with the receipt; without it, the few possible marks of a sheet could be guessed from
    the hash by whoever reads the log.
    """
    return hashlib.sha256(_canonical({"cells": cells, "key": key, "rubric": rubric_hash}).encode()).hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
