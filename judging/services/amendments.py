"""Amendments of minutes: one person asks for other words, a second one confirms; results never change by them."""

from collections.abc import Iterator
from datetime import datetime

from judging import audit_actions
from judging.core.amendment import is_quoted, touched
from judging.documents.paper_text import paper_text
from judging.models import Document, MinutesCorrection
from judging.permissions.amendments import can_amend_minutes
from judging.selectors.amendments import amendments_in_force, minutes_in_force, result_words
from judging.selectors.documents import stored_bytes
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round


class NoMinutesToAmend(DomainError):
    """No minutes stand: none were issued, or these were replaced since."""

    code = "no_minutes_to_amend"


class AmendmentIncomplete(DomainError):
    """An amendment says where, what is written, what it has to be, and why."""

    code = "amendment_incomplete"


class AmendmentChangesNothing(DomainError):
    """The right words are those that are written."""

    code = "amendment_changes_nothing"


class AmendmentTouchesResult(DomainError):
    """It names a place, a title or a total, a number, a vote or attendance, or exchanges a name; fact ``words``."""

    code = "amendment_touches_result"


class AmendmentNotQuoted(DomainError):
    """What is to be wrong stands neither in the issued minutes nor in an amendment of them that is in force."""

    code = "amendment_not_quoted"


class AmendmentSettled(DomainError):
    """It was confirmed or withdrawn before."""

    code = "amendment_settled"


class OwnAmendment(DomainError):
    """Who asked for an amendment does not confirm it."""

    code = "own_amendment"


@atomic_service
def request_amendment(
    *, round: Round, part: str, wrong: str, right: str, reason: str, actor: User, at: datetime, number: str = ""
) -> MinutesCorrection:
    """Ask for other words in the minutes that stand; they are in force once a second person confirms them.

    ``number`` is the one that the office gives, else the paper gets one of its series. Raises ``NotPermitted``,
    :class:`NoMinutesToAmend`, :class:`AmendmentIncomplete`, :class:`AmendmentChangesNothing`,
    :class:`AmendmentTouchesResult`, :class:`AmendmentNotQuoted`, and ``DocumentDamaged`` if the minutes cannot be read.
    """
    round = locked_round(round.pk)
    can_amend_minutes(actor, round, at=at).require()
    minutes = minutes_in_force(round)
    if minutes is None:
        raise NoMinutesToAmend
    part, wrong, right, reason = (text.strip() for text in (part, wrong, right, reason))
    if not (part and wrong and right and reason):
        raise AmendmentIncomplete
    if wrong.split() == right.split():
        raise AmendmentChangesNothing
    told = result_words(minutes.tabulation)
    words = touched(wrong, right, titles=told.titles, totals=told.totals, names=told.names)
    if words:
        raise AmendmentTouchesResult(words=words)
    if not any(is_quoted(wrong, text) for text in _standing(minutes)):
        raise AmendmentNotQuoted
    plenary = minutes.tabulation.plenary
    correction = MinutesCorrection.objects.create(
        plenary=plenary,
        minutes=minutes,
        serial=plenary.corrections.count() + 1,
        number=number.strip(),
        part=part,
        wrong=wrong,
        right=right,
        reason=reason,
        requested_by=actor,
        requested_at=at,
    )
    _record(audit_actions.AMENDMENT_REQUESTED, correction, round, actor, at)
    return correction


def _standing(minutes: Document) -> Iterator[str]:
    """What is to be read in ``minutes`` as they were issued, then the words that amendments put in their place.

    The paper counts, not the record: a name misspelled on it may be right in the record by now.
    """
    yield paper_text(stored_bytes(minutes))
    yield from amendments_in_force(minutes).values_list("right", flat=True)


@atomic_service
def confirm_amendment(*, correction: MinutesCorrection, actor: User, at: datetime) -> MinutesCorrection:
    """Put an amendment in force that somebody else asked for.

    Raises ``NotPermitted``, :class:`AmendmentSettled`, :class:`OwnAmendment`, :class:`NoMinutesToAmend`.
    """
    round, correction = _locked(correction, actor, at)
    if correction.requested_by_id == actor.pk:
        raise OwnAmendment
    if minutes_in_force(round) != correction.minutes:
        raise NoMinutesToAmend
    correction.confirmed_by, correction.confirmed_at = actor, at
    correction.save(update_fields=["confirmed_by", "confirmed_at"])
    _record(audit_actions.AMENDMENT_CONFIRMED, correction, round, actor, at)
    return correction


@atomic_service
def withdraw_amendment(*, correction: MinutesCorrection, actor: User, at: datetime) -> MinutesCorrection:
    """Take back an amendment that nobody confirmed; whoever may ask for one may.

    Raises ``NotPermitted``, :class:`AmendmentSettled`.
    """
    round, correction = _locked(correction, actor, at)
    correction.withdrawn_at = at
    correction.save(update_fields=["withdrawn_at"])
    _record(audit_actions.AMENDMENT_WITHDRAWN, correction, round, actor, at)
    return correction


def _locked(correction: MinutesCorrection, actor: User, at: datetime) -> tuple[Round, MinutesCorrection]:
    """Lock the round and the amendment; refuse who may not, and what is settled."""
    round = locked_round(correction.minutes.round_id)
    can_amend_minutes(actor, round, at=at).require()
    correction = MinutesCorrection.objects.select_for_update().get(pk=correction.pk)
    if correction.confirmed_at or correction.withdrawn_at:
        raise AmendmentSettled
    return round, correction


def _record(action: str, correction: MinutesCorrection, round: Round, actor: User, at: datetime) -> None:
    payload = {
        "minutes": correction.minutes.number,
        "serial": correction.serial,
        "part": correction.part,
        "wrong": correction.wrong,
        "right": correction.right,
        "reason": correction.reason,
    }
    record(action=action, actor=actor, at=at, target=correction, chain=round.scope, payload=payload)
