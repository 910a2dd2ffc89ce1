"""Reminding panel members of missing sheets by e-mail: which nominees, never a score; each reminder is in the log."""

import smtplib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from judging import audit_actions, permissions
from judging.models import Seat
from judging.selectors.reminders import Reminder, reminders_of
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round

NO_MAIL = "django.core.mail.backends.dummy.EmailBackend"


class MailNotSetUp(DomainError):
    """This installation sends no e-mail."""

    code = "mail_not_set_up"


class NothingMissing(DomainError):
    """No sheet of the seat is due; facts ``seat``."""

    code = "reminder_nothing_missing"


class NoMailAddress(DomainError):
    """Nobody holds the seat, or no e-mail address is known; facts ``seat``."""

    code = "reminder_no_address"


class RemindedLately(DomainError):
    """The seat was reminded less than an hour ago; facts ``seat``."""

    code = "reminder_too_soon"


class NobodyToRemind(DomainError):
    """No late seat can be reminded now."""

    code = "reminder_nobody"


class MailNotDelivered(DomainError):
    """The mail server took some or none of the messages; facts ``seats``. The log says so too."""

    code = "reminder_not_delivered"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """Whom a reminder to all late seats went to, and whom it left out and why."""

    reminded: tuple[Reminder, ...]
    without_address: tuple[Reminder, ...]
    too_soon: tuple[Reminder, ...]


def mail_is_set_up() -> bool:
    """Whether this installation sends e-mail at all."""
    return bool(settings.EMAIL_BACKEND != NO_MAIL)


def sorted_out(reminders: Iterable[Reminder], at: datetime, *, confirmed: bool) -> Broadcast:
    """Return whom of the late seats a reminder to all would reach at ``at``. No query."""
    late = [one for one in reminders if one.progress.late]
    reachable = [one for one in late if one.email]
    return Broadcast(
        reminded=tuple(one for one in reachable if confirmed or not one.is_too_soon(at)),
        without_address=tuple(one for one in late if not one.email),
        too_soon=tuple(one for one in reachable if not confirmed and one.is_too_soon(at)),
    )


@atomic_service
def remind_seat(*, seat: Seat, actor: User, at: datetime, confirmed: bool = False) -> Reminder:
    """Send the holder of ``seat`` an e-mail that names the missing sheets; ``confirmed`` repeats it within an hour.

    The message goes out after the commit. Raises :class:`MailNotSetUp`, :class:`NothingMissing`,
    :class:`NoMailAddress`, :class:`RemindedLately` and, once committed, :class:`MailNotDelivered`.
    """
    round = _opened(seat.round, actor)
    reminder = next(one for one in reminders_of(round, at) if one.seat == seat)
    if not reminder.missing:
        raise NothingMissing(seat=seat.name)
    if not reminder.email:
        raise NoMailAddress(seat=seat.name)
    if reminder.is_too_soon(at) and not confirmed:
        raise RemindedLately(seat=seat.name)
    _send([reminder], actor=actor, at=at)
    return reminder


@atomic_service
def remind_late(*, round: Round, actor: User, at: datetime, confirmed: bool = False) -> Broadcast:
    """Send every late seat its e-mail, but for those without an address or, unless ``confirmed``, reminded lately.

    Raises :class:`MailNotSetUp`, :class:`NobodyToRemind` and, once committed, :class:`MailNotDelivered`.
    """
    round = _opened(round, actor)
    broadcast = sorted_out(reminders_of(round, at), at, confirmed=confirmed)
    if not broadcast.reminded:
        raise NobodyToRemind
    _send(broadcast.reminded, actor=actor, at=at)
    return broadcast


def _opened(round: Round, actor: User) -> Round:
    # Locked, so that two clicks in one moment send one message.
    round = locked_round(round.pk)
    permissions.can_remind(actor, round).require()
    if not mail_is_set_up():
        raise MailNotSetUp
    return round


def _send(reminders: Sequence[Reminder], *, actor: User, at: datetime) -> None:
    """Record the reminders and hand them to the mail server once that is committed."""
    for reminder in reminders:
        _record(audit_actions.REMINDER_SENT, reminder, actor, at)
    messages = [(one, EmailMessage(one.subject, one.body, to=[one.email])) for one in reminders]
    transaction.on_commit(lambda: _deliver(messages, actor, at))


def _deliver(messages: Sequence[tuple[Reminder, EmailMessage]], actor: User, at: datetime) -> None:
    """Send each message; one that is not taken is recorded, so that the seat can be reminded again at once."""
    connection = get_connection()
    failed = []
    for reminder, message in messages:
        message.connection = connection
        try:
            message.send()
        except (smtplib.SMTPException, OSError, ValueError):  # a ValueError: no address that mail knows
            connection.close()
            failed.append(reminder)
    if failed:
        with transaction.atomic():
            for reminder in failed:
                _record(audit_actions.REMINDER_FAILED, reminder, actor, at)
        raise MailNotDelivered(seats=", ".join(one.seat.name for one in failed))


def _record(action: str, reminder: Reminder, actor: User, at: datetime) -> None:
    record(
        action=action,
        actor=actor,
        at=at,
        target=reminder.seat,
        chain=reminder.round.scope,
        payload={"seat": reminder.seat.code, "missing": len(reminder.missing)},
    )
