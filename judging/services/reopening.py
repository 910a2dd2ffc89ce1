"""A submitted sheet is opened again by three people: its member asks, the secretary endorses, the chair grants.

Granting makes the next version, a draft that starts from the submitted marks. The submitted version stays as it is and
counts until the correction is submitted; an open correction is an open draft and keeps the sheets from being closed. It
can be given up: then the sheet is submitted as it was.
A request of the chair is endorsed by the secretariat and granted by the secretary; ``selectors.officers`` says who
stands in. The log holds no reason, only its seal (``core.sealed_reason``): it is read before marks are open.
"""

import secrets
from datetime import datetime

from judging import audit_actions, permissions
from judging.core.sealed_reason import seal
from judging.models import Reopening, ReopeningState, SheetState, SheetVersion
from judging.models.reopening import OPEN
from judging.selectors.officers import Officers, SecondWord, officers_of
from judging.selectors.panels import seat_held_by
from judging.selectors.reopening import left_behind
from judging.selectors.sheets import SheetAddress, address_of, current_version, sheet_context
from nominees.models import Round
from nominees.permissions import has_role
from paritrana.accounts.models import Role, User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .locks import locked_round
from .scores import SheetAlreadySubmitted, obstacle, require_member


class SheetNotSubmitted(DomainError):
    """Only a submitted sheet can be reopened; facts ``nominee``."""

    code = "sheet_not_submitted"


class NotOwnSubmission(DomainError):
    """Somebody else submitted the sheet for this seat; facts ``nominee``."""

    code = "not_own_submission"


class ReopeningReasonMissing(DomainError):
    """Asked, declined, refused or given up without a reason."""

    code = "reopening_reason_missing"


class ReopeningStands(DomainError):
    """A request for this sheet waits already; facts ``nominee``."""

    code = "reopening_stands"


class ReopeningAnswered(DomainError):
    """This answer was given before, or the request was withdrawn."""

    code = "reopening_answered"


class ReopeningNotEndorsed(DomainError):
    """Nobody has endorsed the request yet."""

    code = "reopening_not_endorsed"


class OwnReopening(DomainError):
    """Who asked does not answer."""

    code = "own_reopening"


class ReopeningAdvisedByYou(DomainError):
    """Who endorsed does not grant or refuse as well."""

    code = "reopening_advised_by_you"


class NotYourReopening(DomainError):
    """Only who asked withdraws."""

    code = "not_your_reopening"


class SheetCannotBeReopened(DomainError):
    """The member lost the seat, is recused, or the nominee is no longer scored; facts ``seat``, ``nominee``."""

    code = "sheet_cannot_be_reopened"


class CorrectionNotOpen(DomainError):
    """There is nothing to give up: not granted, submitted meanwhile, or given up before."""

    code = "correction_not_open"


class CorrectionNotLeftBehind(DomainError):
    """Who corrects still holds the seat: only that person gives it up; facts ``seat``, ``nominee``."""

    code = "correction_not_left_behind"


@atomic_service
def ask_reopening(*, address: SheetAddress, reason: str, actor: User, at: datetime) -> Reopening:
    """Ask that the actor's own submitted sheet on the nominee at ``address`` be opened again.

    Raises ``SheetNotFound``, ``NotPermitted``, :class:`SheetNotSubmitted` and whatever else keeps the sheet from being
    written (``scores.obstacle``), :class:`NotOwnSubmission`, :class:`ReopeningReasonMissing`, :class:`ReopeningStands`.
    """
    context = require_member(sheet_context(user=actor, address=address, at=at))
    round = locked_round(context.round.pk)
    permissions.can_ask_reopening(actor, round).require()
    stored = current_version(seat_id=context.seat_id, nomination_id=context.nomination.pk, lock=True)
    nominee = str(context.nomination)
    refusal = obstacle(context, stored.sheet if stored else None)
    if stored is None or not isinstance(refusal, SheetAlreadySubmitted):
        raise refusal or SheetNotSubmitted(nominee=nominee)
    if actor.pk not in (stored.saved_by_id, stored.seating.user_id):  # a paper sheet was typed in by somebody else
        raise NotOwnSubmission(nominee=nominee)
    if not reason.strip():
        raise ReopeningReasonMissing
    if Reopening.objects.filter(sheet=stored.sheet, state__in=OPEN).exists():
        raise ReopeningStands(nominee=nominee)
    reopening = Reopening.objects.create(
        sheet=stored.sheet,
        version=stored,
        reason=reason.strip(),
        reason_key=secrets.token_hex(16),
        asked_by=actor,
        asked_by_chair=bool(has_role(actor, round, Role.CHAIR)),
        asked_at=at,
    )
    _record(audit_actions.REOPENING_ASKED, reopening, round, actor, at, reason=reopening.reason)
    return reopening


@atomic_service
def advise_reopening(*, reopening: Reopening, endorsed: bool, actor: User, at: datetime, reason: str = "") -> Reopening:
    """Endorse a request, or decline it with a reason, which ends it.

    Raises ``NotPermitted``, :class:`OwnReopening`, :class:`ReopeningAnswered`, :class:`ReopeningReasonMissing`.
    """
    round, reopening = _locked(reopening)
    officers, word = _second_word(reopening, round, at)
    permissions.can_advise_reopening(actor, round, officers=officers, word=word).require()
    _refuse_own(reopening, actor)
    if reopening.state != ReopeningState.ASKED:
        raise ReopeningAnswered
    _require_reason(reason, unless=endorsed)
    reopening.state = ReopeningState.ENDORSED if endorsed else ReopeningState.DECLINED
    reopening.advised_by, reopening.advised_at, reopening.advised_reason = actor, at, reason.strip()
    reopening.save(update_fields=["state", "advised_by", "advised_at", "advised_reason"])
    action = audit_actions.REOPENING_ENDORSED if endorsed else audit_actions.REOPENING_DECLINED
    _record(action, reopening, round, actor, at, reason=reopening.advised_reason)
    return reopening


@atomic_service
def decide_reopening(*, reopening: Reopening, granted: bool, actor: User, at: datetime, reason: str = "") -> Reopening:
    """Grant an endorsed request, which opens the sheet as its next version, or refuse it with a reason.

    Raises ``NotPermitted``, :class:`OwnReopening`, :class:`ReopeningAdvisedByYou`, :class:`ReopeningNotEndorsed`,
    :class:`ReopeningAnswered`, :class:`ReopeningReasonMissing`, :class:`SheetCannotBeReopened`.
    """
    round, reopening = _locked(reopening)
    officers, word = _second_word(reopening, round, at)
    permissions.can_decide_reopening(actor, round, officers=officers, word=word).require()
    _refuse_own(reopening, actor)
    if reopening.state == ReopeningState.ASKED:
        raise ReopeningNotEndorsed
    if reopening.state != ReopeningState.ENDORSED:
        raise ReopeningAnswered
    if reopening.advised_by_id == actor.pk:
        raise ReopeningAdvisedByYou
    _require_reason(reason, unless=granted)
    facts: dict[str, object] = {}
    if granted:
        reopening.correction = _open_next_version(reopening, at)
        facts = {"correction": reopening.correction.number, "content_hash": reopening.version.content_hash}
    reopening.state = ReopeningState.GRANTED if granted else ReopeningState.REFUSED
    reopening.decided_by, reopening.decided_at, reopening.decided_reason = actor, at, reason.strip()
    reopening.save(update_fields=["state", "correction", "decided_by", "decided_at", "decided_reason"])
    action = audit_actions.REOPENING_GRANTED if granted else audit_actions.REOPENING_REFUSED
    _record(action, reopening, round, actor, at, reason=reopening.decided_reason, **facts)
    return reopening


@atomic_service
def withdraw_reopening(*, reopening: Reopening, actor: User, at: datetime) -> Reopening:
    """Take the own request back before it is decided.

    Raises ``NotPermitted``, :class:`NotYourReopening`, :class:`ReopeningAnswered`.
    """
    round, reopening = _locked(reopening)
    permissions.can_ask_reopening(actor, round).require()
    if reopening.asked_by_id != actor.pk:
        raise NotYourReopening
    if reopening.state not in OPEN:
        raise ReopeningAnswered
    reopening.state, reopening.withdrawn_at = ReopeningState.WITHDRAWN, at
    reopening.save(update_fields=["state", "withdrawn_at"])
    _record(audit_actions.REOPENING_WITHDRAWN, reopening, round, actor, at)
    return reopening


@atomic_service
def give_up_correction(*, reopening: Reopening, reason: str, actor: User, at: datetime) -> Reopening:
    """End the correction that ``reopening`` opened: its draft goes, and the sheet is submitted again as it was.

    Whoever holds the seat does so; a correction left behind by somebody who holds it no more is also closed by those
    who answer requests. A page that still shows the draft is out of date from now on.
    Raises ``NotPermitted``, :class:`CorrectionNotOpen`, :class:`CorrectionNotLeftBehind`,
    :class:`ReopeningReasonMissing`.
    """
    round, reopening = _locked(reopening)
    sheet, day = reopening.sheet, local_day(at, round.time_zone)
    is_own = seat_held_by(actor, round, day) == sheet.seat
    if is_own:
        permissions.can_ask_reopening(actor, round).require()
    else:
        permissions.can_close_correction(actor, round, officers=officers_of(round, day)).require()
    stored = current_version(seat_id=sheet.seat_id, nomination_id=sheet.nomination_id, lock=True)
    if stored is None or stored.pk != reopening.correction_id or stored.state != SheetState.DRAFT:
        raise CorrectionNotOpen
    if not is_own and reopening.pk not in left_behind(round, day):
        raise CorrectionNotLeftBehind(seat=sheet.seat.name, nominee=str(sheet.nomination))
    _require_reason(reason, unless=False)
    reopening.state, reopening.correction = ReopeningState.GIVEN_UP, None
    reopening.ended_by, reopening.ended_at, reopening.ended_reason = actor, at, reason.strip()
    reopening.save(update_fields=["state", "correction", "ended_by", "ended_at", "ended_reason"])
    _drop(stored)
    facts = {"correction": stored.number, "content_hash": reopening.version.content_hash}
    _record(audit_actions.CORRECTION_GIVEN_UP, reopening, round, actor, at, reason=reopening.ended_reason, **facts)
    return reopening


def _drop(correction: SheetVersion) -> None:
    """Delete a draft, which is no part of the record, and leave the sheet as it was submitted."""
    sheet = correction.sheet
    correction.delete()
    sheet.state = SheetState.SUBMITTED
    sheet.revision += 1
    sheet.save(update_fields=["state", "revision"])


def _second_word(reopening: Reopening, round: Round, at: datetime) -> tuple[Officers, SecondWord]:
    officers = officers_of(round, local_day(at, round.time_zone))
    return officers, officers.second_word(reopening)


def _locked(reopening: Reopening) -> tuple[Round, Reopening]:
    """Lock the round, then read the request again: a plenary that opens now waits, or has closed scoring."""
    round = locked_round(reopening.sheet.round_id)
    locked = Reopening.objects.select_for_update(of=("self",)).select_related(
        "asked_by", "version", "sheet__seat", "sheet__nomination__nominee"
    )
    return round, locked.get(pk=reopening.pk)


def _refuse_own(reopening: Reopening, actor: User) -> None:
    if reopening.asked_by_id == actor.pk:
        raise OwnReopening


def _require_reason(reason: str, *, unless: bool) -> None:
    if not unless and not reason.strip():
        raise ReopeningReasonMissing


def _open_next_version(reopening: Reopening, at: datetime) -> SheetVersion:
    """Make the sheet a draft again: version n + 1 with the marks of the submitted one, which stays.

    The copy belongs to who asked. A page that still shows the submitted sheet is out of date from now on.
    """
    sheet, member = reopening.sheet, reopening.asked_by
    context = sheet_context(user=member, address=address_of(sheet.nomination), at=at)
    stored = current_version(seat_id=sheet.seat_id, nomination_id=sheet.nomination_id, lock=True)
    still_theirs = context is not None and context.is_member and context.seat_id == sheet.seat_id
    if context is None or stored is None or not still_theirs:
        raise SheetCannotBeReopened(seat=sheet.seat.name, nominee=str(sheet.nomination))
    if not isinstance(obstacle(context, stored.sheet), SheetAlreadySubmitted):
        raise SheetCannotBeReopened(seat=sheet.seat.name, nominee=str(sheet.nomination))
    correction = SheetVersion.objects.create(
        sheet=stored.sheet,
        number=stored.number + 1,
        rubric_version=stored.rubric_version,
        seating=stored.seating,
        state=SheetState.DRAFT,
        entries=stored.entries,
        content_hash=stored.content_hash,
        saved_by=member,
        saved_at=at,
        reason=reopening.reason,
    )
    stored.sheet.state = SheetState.DRAFT
    stored.sheet.revision += 1
    stored.sheet.save(update_fields=["state", "revision"])
    return correction


def _record(
    action: str, reopening: Reopening, round: Round, actor: User, at: datetime, *, reason: str = "", **facts: object
) -> None:
    """Write the event: seat, nominee and version numbers, never a mark; the ``reason`` sealed, as it may name one."""
    sheet = reopening.sheet
    facts["reason_hash"] = seal(reason, reopening.reason_key)
    record(
        action=action,
        actor=actor,
        at=at,
        target=reopening,
        chain=round.scope,
        payload={
            "seat": sheet.seat.code,
            "nomination": sheet.nomination.number,
            "version": reopening.version.number,
            **{name: fact for name, fact in facts.items() if fact != ""},
        },
    )
