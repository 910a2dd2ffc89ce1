"""Administrative scores: entered twice by two people, who do not see each other's figure before both are in."""

import json
from dataclasses import dataclass
from datetime import datetime

from django.utils.crypto import salted_hmac

from judging import audit_actions as actions
from judging.core.criteria import FIXED
from judging.core.numbers import plain, typed
from judging.core.refusals import Refusal
from judging.models import CategoryRubric, SecretariatEntry
from judging.permissions import can_enter_secretariat_scores
from judging.selectors.rubrics import read_version
from nominees.models import SCORED, Nomination, Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service


class CriterionNotSecretariat(DomainError):
    """The category's rubric has no such criterion with an administrative score."""

    code = "criterion_not_secretariat"


class SecretariatScoreInvalid(DomainError):
    """Not a number, or not on the scale; ``why`` is ``malformed``, ``score_range`` or ``score_step``."""

    code = "secretariat_score_invalid"


class NomineeNotInRound(DomainError):
    """Only nominees in or outside the ranking get administrative scores."""

    code = "nominee_has_no_secretariat_score"


class EnteredByYouAlready(DomainError):
    """The second figure must come from a second person."""

    code = "entered_by_you_already"


class BothTurnsEntered(DomainError):
    """Two people have entered this score; one of them may correct the own figure."""

    code = "both_turns_entered"


class NoOwnEntry(DomainError):
    """Only who entered a figure corrects it."""

    code = "no_own_entry"


class CorrectionReasonMissing(DomainError):
    """A correction says why."""

    code = "correction_reason_missing"


@dataclass(frozen=True, slots=True)
class _Asked:
    round: Round
    nomination: Nomination
    value: str


@atomic_service
def enter_secretariat_score(
    *, nomination: Nomination, criterion: str, value: str, source: str, actor: User, at: datetime
) -> SecretariatEntry:
    """Enter the first figure, or the second by another person; equal figures confirm each other.

    ``value`` is typed (``80`` or ``87,5``) and checked against the criterion's scale; ``source`` says where it is from.
    Raises ``NotPermitted``, ``NomineeNotInRound``, ``CriterionNotSecretariat``, ``SecretariatScoreInvalid``,
    ``EnteredByYouAlready``, ``BothTurnsEntered``.
    """
    asked = _check(nomination, criterion, value, actor)
    entries = list(SecretariatEntry.objects.filter(nomination=nomination, criterion=criterion))
    if any(entry.entered_by_id == actor.pk for entry in entries):
        raise EnteredByYouAlready()
    if len(entries) > 1:
        raise BothTurnsEntered()
    entry = SecretariatEntry.objects.create(
        nomination=asked.nomination,
        criterion=criterion,
        turn=len(entries) + 1,
        value=asked.value,
        source=source.strip(),
        entered_by=actor,
        entered_at=at,
    )
    _record(actions.SECRETARIAT_SCORE_ENTERED, asked, entry, actor, at)
    return entry


@atomic_service
def correct_secretariat_score(
    *, nomination: Nomination, criterion: str, value: str, source: str, reason: str, actor: User, at: datetime
) -> SecretariatEntry:
    """Replace the actor's own figure, with the reason in the log.

    Raises as :func:`enter_secretariat_score`, and ``NoOwnEntry``, ``CorrectionReasonMissing``.
    """
    asked = _check(nomination, criterion, value, actor)
    if not reason.strip():
        raise CorrectionReasonMissing()
    entry = (
        SecretariatEntry.objects.select_for_update()
        .filter(nomination=nomination, criterion=criterion, entered_by=actor)
        .first()
    )
    if entry is None:
        raise NoOwnEntry()
    before = _fingerprint(entry)
    entry.nomination = asked.nomination
    entry.value, entry.source, entry.entered_at = asked.value, source.strip(), at
    entry.save(update_fields=["value", "source", "entered_at"])
    _record(actions.SECRETARIAT_SCORE_CORRECTED, asked, entry, actor, at, before=before, reason=reason.strip())
    return entry


def _check(nomination: Nomination, criterion: str, value: str, actor: User) -> _Asked:
    """Lock the round, so that two first figures stand in line, and check person, nominee, criterion and figure."""
    round = locked_round(nomination.round_id)
    can_enter_secretariat_scores(actor, round).require()
    nomination = Nomination.objects.select_related("nominee").get(pk=nomination.pk)
    if nomination.status not in SCORED:
        raise NomineeNotInRound(nominee=str(nomination))
    return _Asked(round, nomination, _on_scale(nomination, criterion, value))


def _on_scale(nomination: Nomination, criterion: str, value: str) -> str:
    """Return ``value`` as exact text, checked against its criterion."""
    assigned = CategoryRubric.objects.select_related("version").filter(category=nomination.category_id).first()
    leaf = read_version(assigned.version).by_id.get(criterion) if assigned else None
    if leaf is None or leaf.kind != FIXED:
        raise CriterionNotSecretariat(criterion=criterion)
    scale = {"min": plain(leaf.scale.minimum), "max": plain(leaf.scale.maximum)}
    try:
        mark = typed(value)
    except Refusal:
        raise SecretariatScoreInvalid(why="malformed", value=value, **scale) from None
    fault = leaf.scale.fault(mark)
    if fault:
        raise SecretariatScoreInvalid(why=fault, value=value, **scale)
    return plain(mark)


def _record(action: str, asked: _Asked, entry: SecretariatEntry, actor: User, at: datetime, **more: object) -> None:
    payload = {
        "nomination": asked.nomination.number,
        "criterion": entry.criterion,
        "turn": entry.turn,
        "source": entry.source,
        "fingerprint": _fingerprint(entry),
        **more,
    }
    record(action=action, actor=actor, at=at, target=entry, chain=asked.round.scope, payload=payload)


def _fingerprint(entry: SecretariatEntry) -> str:
    """Return what tells a changed figure without telling the figure: keyed, because the log is read before the lock."""
    told = json.dumps([entry.pk, entry.turn, entry.value, entry.source])
    return salted_hmac("judging.secretariat_score", told, algorithm="sha256").hexdigest()
