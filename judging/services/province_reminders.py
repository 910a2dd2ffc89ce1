"""Reminding a province of its hand-over: by e-mail from here, or told by telephone or chat and written down."""

import smtplib
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from judging import audit_actions
from judging.models import ProvinceReminder
from judging.permissions.handover import can_receive
from judging.selectors.province_messages import ProvinceMessage, message_to, silence_of
from judging.selectors.provinces import provinces_of
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.regions.models import Region

from .reminders import MailNotSetUp, mail_is_set_up

MAIL, CHAT, PHONE, LETTER = "mail", "chat", "phone", "letter"
WAYS = (MAIL, CHAT, PHONE, LETTER)
#: By these many provinces are reminded in one act.
WAYS_TO_ALL = (MAIL, LETTER)
#: Two clicks, or two people, remind a province once.
PAUSE = timedelta(hours=1)
#: Whoever was reminded in this time is left out when all are.
PAUSE_OF_ALL = timedelta(hours=24)


class ProvinceDone(DomainError):
    """The province's winners are here; facts ``province``."""

    code = "province_done"


class ProvinceRemindedLately(DomainError):
    """The province was reminded less than an hour ago; facts ``province``."""

    code = "province_reminded_lately"


class ProvinceWithoutAddress(DomainError):
    """No e-mail address of the province's secretariat is known; facts ``province``."""

    code = "province_without_address"


class NobodyToRemind(DomainError):
    """Every province has sent something, was reminded within a day, or cannot be reached this way."""

    code = "province_nobody_to_remind"


class ProvinceMailFailed(DomainError):
    """The mail server did not take the message; facts ``province``, all of them. The log says so too."""

    code = "province_mail_failed"


@atomic_service
def remind_province(
    *, round: Round, region: Region, way: str, note: str, actor: User, at: datetime
) -> ProvinceReminder:
    """Remind ``region`` by e-mail (``way`` ``mail``), or record that it was told by ``chat``, ``phone``, ``letter``.

    The e-mail goes out after the commit. Raises ``NotPermitted``, ``ValueError`` for another way, ``MailNotSetUp`` and
    the errors of this module.
    """
    if way not in WAYS:
        raise ValueError(way)
    round = locked_round(round.pk)
    can_receive(actor, round).require()
    message, province = message_to(round, region), region.full_name
    if any(one.is_done for one in provinces_of(round, region)):
        raise ProvinceDone(province=province)
    if message.reminded_at and at - message.reminded_at < PAUSE:
        raise ProvinceRemindedLately(province=province)
    if way == MAIL and not mail_is_set_up():
        raise MailNotSetUp
    if way == MAIL and not message.addresses:
        raise ProvinceWithoutAddress(province=province)
    reminder = _recorded(message, round, way, note, actor, at)
    if way == MAIL:
        transaction.on_commit(lambda: _deliver([(message, reminder)], round, actor, at))
    return reminder


@atomic_service
def remind_silent(*, round: Round, way: str, note: str, actor: User, at: datetime) -> list[ProvinceReminder]:
    """Remind every province that has sent nothing, by e-mail (``mail``) or, recorded, by one ``letter`` to all.

    Left out is who was reminded within a day (an e-mail that was not taken is none), and by e-mail whoever has no
    address here. Each has its row and its event; e-mails go out after the commit, one that fails keeps no other back.
    Raises ``NotPermitted``, ``ValueError`` for another way, ``MailNotSetUp`` and :class:`NobodyToRemind`; after the
    commit :class:`ProvinceMailFailed`.
    """
    if way not in WAYS_TO_ALL:
        raise ValueError(way)
    round = locked_round(round.pk)
    can_receive(actor, round).require()
    if way == MAIL and not mail_is_set_up():
        raise MailNotSetUp
    reached = silence_of(round, by_mail=way == MAIL, since=at - PAUSE_OF_ALL).reached
    if not reached:
        raise NobodyToRemind
    found = [(message, _recorded(message, round, way, note, actor, at)) for message in reached]
    if way == MAIL:
        transaction.on_commit(lambda: _deliver(found, round, actor, at))
    return [reminder for _, reminder in found]


def _recorded(
    message: ProvinceMessage, round: Round, way: str, note: str, actor: User, at: datetime
) -> ProvinceReminder:
    """Write the row and its event."""
    reminder = ProvinceReminder.objects.create(
        edition=round.edition, region=message.region, way=way, note=note.strip()[:300], sent_by=actor, sent_at=at
    )
    payload = {"province": message.region.code, "way": way, "note": reminder.note}
    record(
        action=audit_actions.PROVINCE_REMINDED,
        actor=actor,
        at=at,
        target=reminder,
        chain=round.scope,
        payload=payload,
    )
    return reminder


def _deliver(
    reminders: Sequence[tuple[ProvinceMessage, ProvinceReminder]], round: Round, actor: User, at: datetime
) -> None:
    """Send the e-mails; write down and tell which were not taken, once all were tried.

    They are not counted as sent, so that these provinces can be reminded again at once. A server that does not answer
    is asked once, not for each province: somebody waits.
    """
    connection = get_connection()
    failed, waiting = [], deque(reminders)
    while waiting and _answers(connection):
        message, reminder = waiting.popleft()
        try:
            EmailMessage(message.subject, message.body, to=message.addresses, connection=connection).send()
        except (smtplib.SMTPException, OSError, ValueError):  # a ValueError: no address that mail knows
            failed.append(reminder)
            connection.close()
    connection.close()
    failed += [reminder for _, reminder in waiting]
    if not failed:
        return
    with transaction.atomic():
        for reminder in failed:
            record(
                action=audit_actions.PROVINCE_REMINDER_FAILED,
                actor=actor,
                at=at,
                target=reminder,
                chain=round.scope,
                payload={"province": reminder.region.code},
            )
    raise ProvinceMailFailed(province=", ".join(reminder.region.full_name for reminder in failed))


def _answers(connection: BaseEmailBackend) -> bool:
    """Whether there is a mail server at the other end; a connection that is open stays so."""
    try:
        connection.open()
    except (smtplib.SMTPException, OSError):
        return False
    return True
