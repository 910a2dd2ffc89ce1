"""Writes of the ceremony: running order, words, who comes for an award, and who took its certificate away."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from judging import audit_actions as actions
from judging.models import Award, Ceremony, Guest
from judging.permissions.ceremony import can_prepare_ceremony, can_run_ceremony
from judging.selectors.ceremony import award_called, parts_of
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

#: What is known of a guest before the ceremony.
GUEST_FIELDS: Final = ("name", "office", "seat", "say", "is_absent", "handed_by")


class NoSuchPart(DomainError):
    """The ceremony has no such part, or not any more."""

    code = "no_such_part"


class AwardNotInForce(DomainError):
    """The award is not one of the decision in force."""

    code = "award_not_in_force"


class CertificateTakenAlready(DomainError):
    """``who`` has taken the certificate."""

    code = "certificate_taken_already"


class NobodyTookCertificate(DomainError):
    """It is not said who takes the certificate, or nobody has taken it."""

    code = "nobody_took_certificate"


@atomic_service
def move_part(*, round: Round, part: str, earlier: bool, actor: User, at: datetime) -> Ceremony:
    """Let ``part`` (``Part.key``) change places with the one before or after it; at the edge nothing changes.

    Raises ``NotPermitted``, :class:`NoSuchPart`.
    """
    round = locked_round(round.pk)
    can_prepare_ceremony(actor, round).require()
    ceremony = locked_ceremony(round, actor, at)
    order = [one.key for one in parts_of(round, ceremony)]
    if part not in order:
        raise NoSuchPart
    here = order.index(part)
    there = here - 1 if earlier else here + 1
    if not 0 <= there < len(order):
        return ceremony
    order[here], order[there] = order[there], order[here]
    ceremony.running_order = order
    _change(ceremony, actor, at, "running_order")
    record(
        action=actions.CEREMONY_ARRANGED,
        actor=actor,
        at=at,
        target=ceremony,
        chain=round.scope,
        payload={"order": order, "version": ceremony.version},
    )
    return ceremony


@atomic_service
def save_ceremony_words(
    *, round: Round, opening: str, closing: str, shows_totals: bool, actor: User, at: datetime
) -> Ceremony:
    """Keep what the first and the last screen say and whether totals are shown. Raises ``NotPermitted``."""
    round = locked_round(round.pk)
    can_prepare_ceremony(actor, round).require()
    ceremony = locked_ceremony(round, actor, at)
    said = {"opening": opening.strip(), "closing": closing.strip(), "shows_totals": shows_totals}
    if all(getattr(ceremony, name) == value for name, value in said.items()):
        return ceremony
    for name, value in said.items():
        setattr(ceremony, name, value)
    _change(ceremony, actor, at, *said)
    payload = said | {"version": ceremony.version}
    record(action=actions.CEREMONY_WORDS_SAVED, actor=actor, at=at, target=ceremony, chain=round.scope, payload=payload)
    return ceremony


@atomic_service
def save_guest(*, round: Round, award: str, about: Mapping[str, str | bool], actor: User, at: datetime) -> Guest:
    """Keep who comes for ``award`` (``Winner.key``): ``about`` gives each of ``GUEST_FIELDS``.

    The log names the fields that changed, not what they say. Raises ``NotPermitted``, :class:`AwardNotInForce`.
    """
    round = locked_round(round.pk)
    can_run_ceremony(actor, round).require()
    guest = _guest(round, award, actor, at)
    said = {name: _stripped(about[name]) for name in GUEST_FIELDS}
    changed = [name for name, value in said.items() if getattr(guest, name) != value]
    if not changed:
        return guest
    for name in changed:
        setattr(guest, name, said[name])
    guest.save(update_fields=changed)
    payload = {"award": award, "changed": changed}
    record(action=actions.GUEST_SAVED, actor=actor, at=at, target=guest, chain=round.scope, payload=payload)
    return guest


@atomic_service
def record_certificate_taken(*, round: Round, award: str, by: str, actor: User, at: datetime) -> Guest:
    """Record that ``by`` has taken the certificate of ``award`` (``Winner.key``) away.

    Raises ``NotPermitted``, :class:`AwardNotInForce`, :class:`NobodyTookCertificate`,
    :class:`CertificateTakenAlready`.
    """
    round = locked_round(round.pk)
    can_run_ceremony(actor, round).require()
    guest, by = _guest(round, award, actor, at), by.strip()
    if not by:
        raise NobodyTookCertificate
    if guest.collected_at:
        raise CertificateTakenAlready(who=guest.collected_by)
    guest.collected_by, guest.collected_at = by, at
    guest.save(update_fields=["collected_by", "collected_at"])
    payload = {"award": award, "by": by}
    record(action=actions.CERTIFICATE_TAKEN, actor=actor, at=at, target=guest, chain=round.scope, payload=payload)
    return guest


@atomic_service
def take_back_certificate_taken(*, round: Round, award: str, actor: User, at: datetime) -> Guest:
    """Correct a wrong tap: the certificate of ``award`` is still there; the log keeps who was said to have it.

    Raises ``NotPermitted``, :class:`AwardNotInForce`, :class:`NobodyTookCertificate`.
    """
    round = locked_round(round.pk)
    can_run_ceremony(actor, round).require()
    guest = _guest(round, award, actor, at)
    if not guest.collected_at:
        raise NobodyTookCertificate
    payload = {"award": award, "by": guest.collected_by}
    guest.collected_by, guest.collected_at = "", None
    guest.save(update_fields=["collected_by", "collected_at"])
    record(action=actions.CERTIFICATE_NOT_TAKEN, actor=actor, at=at, target=guest, chain=round.scope, payload=payload)
    return guest


def locked_ceremony(round: Round, actor: User, at: datetime) -> Ceremony:
    """Return the ceremony of a locked ``round``, locked; the first act makes it."""
    Ceremony.objects.get_or_create(round=round, defaults={"changed_by": actor, "changed_at": at})
    ceremony = Ceremony.objects.select_for_update().get(round=round)
    ceremony.round = round
    return ceremony


def _change(ceremony: Ceremony, actor: User, at: datetime, *fields: str) -> None:
    ceremony.version += 1
    ceremony.changed_by, ceremony.changed_at = actor, at
    ceremony.save(update_fields=["version", "changed_by", "changed_at", *fields])


def _stripped(value: str | bool) -> str | bool:
    return value.strip() if isinstance(value, str) else value


def _guest(round: Round, key: str, actor: User, at: datetime) -> Guest:
    """Return what is known of who comes for an award; the first act makes the row."""
    award = award_called(round, key)
    if award is None:
        raise AwardNotInForce
    ceremony = locked_ceremony(round, actor, at)
    of = {"award": award} if isinstance(award, Award) else {"special_award": award}
    guest, _is_new = Guest.objects.get_or_create(**of, defaults={"ceremony": ceremony})
    return guest
