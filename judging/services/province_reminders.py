"""Reminding a province of its hand-over: by e-mail from here, or told by telephone or chat and written down."""

import smtplib
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import transaction

from judging import audit_actions
from judging.models import ProvinceReminder
from judging.permissions.handover import can_receive
from judging.selectors.provinces import message_to, provinces_of
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.regions.models import Region

from .reminders import MailNotSetUp, mail_is_set_up

MAIL, CHAT, PHONE = "mail", "chat", "phone"
WAYS = (MAIL, CHAT, PHONE)
#: Two clicks, or two people, remind a province once.
PAUSE = timedelta(hours=1)


class ProvinceDone(DomainError):
    """The province's winners are here; facts ``province``."""

    code = "province_done"


class ProvinceRemindedLately(DomainError):
    """The province was reminded less than an hour ago; facts ``province``."""

    code = "province_reminded_lately"


class ProvinceWithoutAddress(DomainError):
    """No e-mail address of the province's secretariat is known; facts ``province``."""

    code = "province_without_address"


class ProvinceMailFailed(DomainError):
    """The mail server did not take the message; facts ``province``. The log says so too."""

    code = "province_mail_failed"


@atomic_service
def remind_province(
    *, round: Round, region: Region, way: str, note: str, actor: User, at: datetime
) -> ProvinceReminder:
    """Remind ``region`` by e-mail (``way`` ``mail``), or record that it was told by ``chat`` or ``phone``.

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
    reminder = ProvinceReminder.objects.create(
        edition=round.edition, region=region, way=way, note=note.strip()[:300], sent_by=actor, sent_at=at
    )
    payload = {"province": region.code, "way": way, "note": reminder.note}
    record(
        action=audit_actions.PROVINCE_REMINDED,
        actor=actor,
        at=at,
        target=reminder,
        chain=round.scope,
        payload=payload,
    )
    if way == MAIL:
        mail = EmailMessage(message.subject, message.body, to=message.addresses)
        transaction.on_commit(lambda: _deliver(mail, reminder, round, actor, at))
    return reminder


def _deliver(mail: EmailMessage, reminder: ProvinceReminder, round: Round, actor: User, at: datetime) -> None:
    try:
        mail.send()
    except (smtplib.SMTPException, OSError, ValueError):  # a ValueError: no address that mail knows
        with transaction.atomic():
            record(
                action=audit_actions.PROVINCE_REMINDER_FAILED,
                actor=actor,
                at=at,
                target=reminder,
                chain=round.scope,
                payload={"province": reminder.region.code},
            )
        raise ProvinceMailFailed(province=reminder.region.full_name) from None
