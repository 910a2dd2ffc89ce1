"""Telling those whom a release concerns: who hears of it, the messages on their way, what became of each.

A message is claimed before it is sent: its row says that it failed until the mail server took it. So a worker that is
killed in between sends nothing twice; whether such a message went out, a person decides who sends it again.
"""

import logging
import smtplib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Final

from django.core.mail import EmailMessage
from django.db.models import F

from judging import audit_actions as actions
from judging.documents.calendar import render_calendar
from judging.models import CalendarFeed, NoticeState, ScheduleNotice, ScheduleRelease
from judging.permissions import can_schedule
from judging.selectors.calendar_feeds import calendar_of
from judging.selectors.schedule_messages import Message, messages_of, notices_of, overtaken_nominees
from judging.selectors.schedule_news import concerned_by
from judging.selectors.schedule_releases import Difference
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction

from .reminders import MailNotSetUp, mail_is_set_up

logger = logging.getLogger(__name__)

#: How often one message is handed to the mail server before somebody has to look.
ATTEMPTS: Final = 3
#: For so long a message that was claimed may still be with a worker: several times what a mail server may take.
CLAIMED: Final = timedelta(minutes=2)
#: Before what was not taken is tried once more.
PAUSE: Final = timedelta(minutes=5)
CALENDAR: Final = "wawancara.ics"


class NothingToSend(DomainError):
    """No message of the release failed or waits."""

    code = "no_notice_to_send"


def address_notices(*, release: ScheduleRelease, news: Sequence[Difference]) -> None:
    """Write down who is to be told of ``news`` and have it sent. In the transaction of the release.

    Who has no address, and everybody where no mail is set up, is told by hand.
    """
    require_transaction()
    has_mail = mail_is_set_up()
    rows = ScheduleNotice.objects.bulk_create(
        ScheduleNotice(
            release=release,
            seating=one.seating,
            nomination=one.nomination,
            state=NoticeState.WAITING if has_mail and one.email else NoticeState.BY_HAND,
        )
        for one in concerned_by(release.round, news)
    )
    if any(row.state == NoticeState.WAITING for row in rows):
        _enqueue(release)


@atomic_service
def send_again(*, release: ScheduleRelease, actor: User, at: datetime) -> int:
    """Have every message of ``release`` sent that failed or still waits; return how many.

    What a worker claimed just now is left to it, or it would be sent twice. Raises ``NotPermitted``, ``MailNotSetUp``,
    :class:`NothingToSend`.
    """
    can_schedule(actor, locked_round(release.round_id)).require()
    if not mail_is_set_up():
        raise MailNotSetUp
    rows = ScheduleNotice.objects.filter(release=release, state__in=(NoticeState.FAILED, NoticeState.WAITING))
    rows = rows.exclude(state=NoticeState.FAILED, settled_at__gt=at - CLAIMED)
    count = rows.update(state=NoticeState.WAITING, attempts=0, settled_at=None)
    if not count:
        raise NothingToSend
    _enqueue(release)
    return count


def send_notices(release_id: int, *, now: Callable[[], datetime]) -> bool:
    """Send the waiting messages of a release; return whether some wait for another attempt.

    Outside any transaction: each message is claimed, sent and settled by itself. ``now`` reads the clock.
    """
    release = ScheduleRelease.objects.select_related("round__edition", "round__region").get(pk=release_id)
    messages = messages_of(release)
    for notice in notices_of(release).filter(state=NoticeState.WAITING):
        message = messages.get((notice.seating_id, notice.nomination_id))
        if message is None or not message.whom.email or notice.nomination_id in overtaken_nominees(release):
            _leave_to_people(notice)
        elif _claim(notice, now()):
            _settle(notice, message, is_sent=_sent(message), at=now())
    return notices_of(release).filter(state=NoticeState.WAITING, attempts__gt=0).exists()


def _enqueue(release: ScheduleRelease) -> None:
    from judging.tasks import send_schedule_notices  # which names this module

    send_schedule_notices.enqueue(release.pk)


@atomic_service
def _claim(notice: ScheduleNotice, at: datetime) -> bool:
    """Whether the message is this worker's to send: nobody else took it meanwhile."""
    waiting = ScheduleNotice.objects.filter(pk=notice.pk, state=NoticeState.WAITING)
    return waiting.update(state=NoticeState.FAILED, attempts=F("attempts") + 1, settled_at=at) == 1


@atomic_service
def _leave_to_people(notice: ScheduleNotice) -> None:
    """The address is gone, the person does not hold the seat any more, or a later release told the nominee better."""
    ScheduleNotice.objects.filter(pk=notice.pk, state=NoticeState.WAITING).update(state=NoticeState.BY_HAND)


def _sent(message: Message) -> bool:
    mail = EmailMessage(message.subject, message.body, to=[message.whom.email])
    feed = CalendarFeed(round=message.release.round, seating=message.whom.seating, nomination=message.whom.nomination)
    mail.attach(CALENDAR, render_calendar(calendar_of(feed)), "text/calendar")
    try:
        mail.send()
    except (smtplib.SMTPException, OSError, ValueError) as error:  # a ValueError: no address that mail knows
        logger.warning("A message about release %s was not taken: %s", message.release.pk, type(error).__name__)
        return False
    return True


@atomic_service
def _settle(notice: ScheduleNotice, message: Message, *, is_sent: bool, at: datetime) -> None:
    """Write down what became of a claimed message; one that can still be tried waits again."""
    notice.refresh_from_db(fields=["attempts"])
    is_final = is_sent or notice.attempts >= ATTEMPTS
    state = NoticeState.SENT if is_sent else NoticeState.FAILED if is_final else NoticeState.WAITING
    ScheduleNotice.objects.filter(pk=notice.pk).update(state=state, settled_at=at if is_final else None)
    if is_final:
        seating, nomination = message.whom.seating, message.whom.nomination
        record(
            action=actions.NOTICE_SENT if is_sent else actions.NOTICE_FAILED,
            actor=None,
            at=at,
            target=message.release,
            chain=message.release.round.scope,
            payload={
                "number": message.release.number,
                **({"seat": seating.seat.code} if seating else {}),
                **({"nominee": nomination.number} if nomination else {}),
            },
        )
