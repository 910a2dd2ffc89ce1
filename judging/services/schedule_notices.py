"""Telling those whom a release concerns: who hears of it, and the messages on their way."""

from collections.abc import Iterable, Sequence

from judging.models import NoticeState, ScheduleNotice, ScheduleRelease
from judging.selectors.schedule_news import concerned_by
from judging.selectors.schedule_releases import Difference
from paritrana.kernel.transactions import require_transaction

from .reminders import mail_is_set_up


def address_notices(*, release: ScheduleRelease, news: Sequence[Difference]) -> Iterable[ScheduleNotice]:
    """Write down who is to be told of ``news``. In the transaction of the release."""
    require_transaction()
    has_mail = mail_is_set_up()
    return ScheduleNotice.objects.bulk_create(
        ScheduleNotice(
            release=release,
            seating=one.seating,
            nomination=one.nomination,
            state=NoticeState.WAITING if has_mail and one.email else NoticeState.BY_HAND,
        )
        for one in concerned_by(release.round, news)
    )
