"""A paper score sheet becomes a submitted one: typed in twice, blind, by two people who sit on no seat.

Equal entries are submitted at once. Where they differ, or the member saved a draft online meanwhile, a third person
of the secretariat or the member who wrote the paper looks at it and settles what it says, with a reason.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.utils.crypto import salted_hmac

from judging import audit_actions as actions
from judging.core import double_entry
from judging.core.sheet_code import SheetCode
from judging.models import PaperEntry, SheetVersion, TypedSheet
from judging.permissions import can_settle_paper, can_type_paper
from judging.selectors.paper_entries import (
    PaperPlace,
    both_readings,
    draft_online,
    has_typed,
    is_seated,
    paper_place,
)
from judging.selectors.rubrics import read_version
from judging.selectors.sheets import current_version
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .scores import NotSeatedHere, SeatAbsent, SeatRecused, obstacle, require_marks, submit_typed

Raw = Mapping[str, Any]


class PaperSheetUnknown(DomainError):
    """The code is of another round, or names no seat or nominee of this one."""

    code = "paper_sheet_unknown"


class PaperSheetOutdated(DomainError):
    """The sheet was printed from another version of the rubric; facts ``nominee``."""

    code = "paper_sheet_outdated"


class SeatHasNoPaper(DomainError):
    """The seat is recused, absent or not placed at the interview; facts ``seat``, ``nominee``, ``why``."""

    code = "paper_seat_has_no_sheet"


class PaperForCorrection(DomainError):
    """The submitted sheet was reopened: its member corrects it, not a paper; facts ``nominee``."""

    code = "paper_for_correction"


class PaperHolderChanged(DomainError):
    """Another person holds the seat on the day of the interview than when the paper was typed in; facts ``nominee``."""

    code = "paper_holder_changed"


class MemberTypesNoPaper(DomainError):
    """Whoever sits on a seat reads no other member's marks."""

    code = "member_types_no_paper"


class PaperTypedByYou(DomainError):
    """The second entry comes from somebody else, and so does the third step."""

    code = "paper_typed_by_you"


class PaperEntriesFinal(DomainError):
    """Two entries are in: nothing is typed over them."""

    code = "paper_entries_final"


class NoOwnPaperEntry(DomainError):
    """Only who typed an entry corrects it."""

    code = "no_own_paper_entry"


class PaperNotComplete(DomainError):
    """The second entry is missing; there is nothing to settle yet."""

    code = "paper_not_complete"


class PaperSubmittedAlready(DomainError):
    """This paper was submitted."""

    code = "paper_submitted_already"


class PaperReasonMissing(DomainError):
    """A third step says why."""

    code = "paper_reason_missing"


class DraftSavedOnline(DomainError):
    """The seat has a draft online, newer than the page or not yet agreed to be replaced."""

    code = "paper_draft_online"


@atomic_service
def type_paper_sheet(*, round: Round, code: SheetCode, entries: Raw, actor: User, at: datetime) -> TypedSheet:
    """Type a paper sheet in: the first entry, or by another person the second, which submits it if both are equal.

    ``entries`` as typed, complete. Raises ``NotPermitted``, :class:`MemberTypesNoPaper`, :class:`PaperSheetUnknown`,
    :class:`PaperSheetOutdated`, :class:`SeatHasNoPaper`, :class:`PaperForCorrection`, :class:`PaperTypedByYou`,
    :class:`PaperEntriesFinal`, :class:`PaperSubmittedAlready`, :class:`PaperHolderChanged`, ``NomineeNotScored``,
    ``RubricMissing``, ``SheetAlreadySubmitted``, ``SheetClosed``, ``SheetHasProblems``.
    """
    round, place = _typing(round, code, actor, at)
    typed = place.typed or TypedSheet(
        seat=place.seat, seating=place.seating, nomination=place.nomination, rubric_version=place.context.version
    )
    before = list(typed.entries.all()) if place.typed else []
    if any(entry.entered_by_id == actor.pk for entry in before):
        raise PaperTypedByYou
    if len(before) > 1:
        raise PaperEntriesFinal
    marks = _marks(place, entries)
    if not place.typed:
        typed.save()
    entry = PaperEntry.objects.create(
        sheet=typed,
        turn=len(before) + 1,
        entries=_canonical(marks),
        entered_by=actor,
        entered_at=at,
        final_at=at if before else None,
    )
    record_paper(actions.PAPER_ENTERED, typed, round, actor, at, turn=entry.turn, fingerprint=_fingerprint(entry))
    if before:
        typed.entries.filter(pk=before[0].pk).update(final_at=at)
        _submit_if_equal(place, typed, json.loads(before[0].entries), marks, actor, at)
    return typed


@atomic_service
def correct_paper_entry(*, round: Round, code: SheetCode, entries: Raw, actor: User, at: datetime) -> TypedSheet:
    """Correct the actor's own first entry, before the second is in.

    Raises as :func:`type_paper_sheet`, and :class:`NoOwnPaperEntry`.
    """
    round, place = _typing(round, code, actor, at)
    typed = place.typed
    if typed is None or not has_typed(typed, actor):
        raise NoOwnPaperEntry
    (entry, *others) = typed.entries.all()
    if others:
        raise PaperEntriesFinal
    before = _fingerprint(entry)
    entry.entries, entry.entered_at = _canonical(_marks(place, entries)), at
    entry.save(update_fields=["entries", "entered_at"])
    facts = {"turn": entry.turn, "fingerprint": _fingerprint(entry), "before": before}
    record_paper(actions.PAPER_CORRECTED, typed, round, actor, at, **facts)
    return typed


@atomic_service
def settle_paper_sheet(
    *,
    round: Round,
    code: SheetCode,
    choices: Raw,
    reason: str,
    expected_revision: int,
    replace_draft: bool,
    actor: User,
    at: datetime,
) -> TypedSheet:
    """Settle what the paper says where two entries differ (``choices``, a mark for each such criterion) and submit it.

    ``expected_revision`` is that of the sheet online which the page had seen (0: none); a draft there is only replaced
    when ``replace_draft`` says so, and kept. Raises as :func:`type_paper_sheet`, and :class:`PaperNotComplete`,
    :class:`PaperReasonMissing`, :class:`DraftSavedOnline`.
    """
    round = locked_round(round.pk)
    can_settle_paper(actor, round).require()
    place = place_of(round, code, at)
    typed = require_third(place, actor)
    _require_open(place)
    if not reason.strip():
        raise PaperReasonMissing
    draft = draft_online(place)
    if draft and (not replace_draft or draft.sheet.revision != expected_revision):
        raise DraftSavedOnline(nominee=str(place.nomination))
    first, second = both_readings(typed)
    apart = double_entry.differing(first, second)
    marks = _marks(place, {**double_entry.agreed(first, second), **{name: choices.get(name) for name in apart}})
    typed.settled_by, typed.reason = actor, reason.strip()
    typed.replaced = draft.entries if draft else ""
    version = _submit(place, typed, marks, draft.sheet.revision if draft else 0, actor, at)
    facts = {"reason": typed.reason, "differing": len(apart), "version": version.number}
    replaced = {"replaced_draft": draft.content_hash} if draft else {}
    record_paper(actions.PAPER_SETTLED, typed, round, actor, at, **facts, **replaced)
    return typed


def require_third(place: PaperPlace, actor: User) -> TypedSheet:
    """Return the sheet if ``actor`` may settle it: neither of its typists, and on no seat but the one that wrote it.

    Raises :class:`PaperNotComplete`, :class:`PaperSubmittedAlready`, :class:`PaperTypedByYou`,
    :class:`MemberTypesNoPaper`, ``NotPermitted``.
    """
    if not place.is_written_by(actor):
        can_type_paper(actor, place.nomination.round).require()
        if is_seated(actor, place.nomination.round):
            raise MemberTypesNoPaper
    typed = place.typed
    if typed is None or len(typed.entries.all()) < 2:
        raise PaperNotComplete
    if typed.version_id:
        raise PaperSubmittedAlready
    if has_typed(typed, actor):
        raise PaperTypedByYou
    return typed


def _typing(round: Round, code: SheetCode, actor: User, at: datetime) -> tuple[Round, PaperPlace]:
    """Lock the round, so that two typists stand in line, and check person, paper and seat."""
    round = locked_for_typist(round, actor)
    place = place_of(round, code, at)
    if place.typed and place.typed.version_id:
        raise PaperSubmittedAlready
    _require_open(place)
    return round, place


def locked_for_typist(round: Round, actor: User) -> Round:
    """Return ``round``, locked, for a person of the secretariat who sits on no seat.

    Raises ``NotPermitted``, :class:`MemberTypesNoPaper`.
    """
    round = locked_round(round.pk)
    can_type_paper(actor, round).require()
    if is_seated(actor, round):
        raise MemberTypesNoPaper
    return round


def place_of(round: Round, code: SheetCode, at: datetime) -> PaperPlace:
    """Return what ``code`` names in ``round``, or raise :class:`PaperSheetUnknown`."""
    place = paper_place(round, code, at)
    if place is None:
        raise PaperSheetUnknown
    return place


def _require_open(place: PaperPlace) -> None:
    refusal = paper_obstacle(place)
    if refusal:
        raise refusal


def paper_obstacle(place: PaperPlace) -> DomainError | None:
    """Return what keeps the paper from being typed in, or ``None``; the page shows the same that is refused."""
    name = str(place.nomination)
    stored = current_version(seat_id=place.seat.pk, nomination_id=place.nomination.pk)
    refusal = obstacle(place.context, stored.sheet if stored else None)
    if isinstance(refusal, SeatRecused | SeatAbsent | NotSeatedHere):
        return SeatHasNoPaper(seat=place.seat.name, nominee=name, why=refusal.code)
    if refusal:
        return refusal
    if stored and stored.number > 1:
        return PaperForCorrection(nominee=name)
    if place.typed and place.typed.seating_id not in (None, place.context.seating_id):
        return PaperHolderChanged(nominee=name)
    return None if place.is_current else PaperSheetOutdated(nominee=name)


def _marks(place: PaperPlace, entries: Raw) -> dict[str, Any]:
    assert place.context.version  # noqa: S101 - without one there was an obstacle
    return require_marks(read_version(place.context.version), entries)


def _submit_if_equal(place: PaperPlace, typed: TypedSheet, first: Any, second: Any, actor: User, at: datetime) -> None:
    """A draft of the member is never overwritten on the way: that is for a third person to decide."""
    if double_entry.differing(first, second) or draft_online(place):
        return
    _submit(place, typed, double_entry.agreed(first, second), 0, actor, at)


def _submit(place: PaperPlace, typed: TypedSheet, marks: Raw, revision: int, actor: User, at: datetime) -> SheetVersion:
    entries = typed.entries.select_related("entered_by").order_by("turn")
    version = submit_typed(
        context=place.context,
        entries=marks,
        expected_revision=revision,
        key=f"kertas-{uuid4().hex}",
        on_paper={"on_paper": {"code": str(place.code), "typed_by": [str(one.entered_by) for one in entries]}},
        actor=actor,
        at=at,
    )
    typed.version = version
    typed.save(update_fields=["version", "settled_by", "reason", "replaced"])
    return version


def record_paper(action: str, typed: TypedSheet, round: Round, actor: User, at: datetime, **facts: object) -> None:
    """Write an event about a paper sheet: seat, nominee, hashes, never a mark."""
    payload = {"seat": typed.seat.code, "nomination": typed.nomination.number, **facts}
    record(action=action, actor=actor, at=at, target=typed, chain=round.scope, payload=payload)


def _fingerprint(entry: PaperEntry) -> str:
    """Return what tells a changed entry without telling its marks: keyed, because the log is read before they are."""
    told = json.dumps([entry.pk, entry.turn, entry.entries])
    return salted_hmac("judging.paper_entry", told, algorithm="sha256").hexdigest()


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
