"""The days and places of a round: when interviews are held, where and when the ceremony is."""

from datetime import date, datetime

from judging import audit_actions
from judging.models import Interview
from judging.permissions import can_change_dates
from nominees.models import Round
from nominees.services.rounds import PeriodReversed
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day, long_date

from .locks import locked_round


class InterviewOutsideDays(DomainError):
    """An interview is placed on a day that would not be an interview day any more. Facts: nominee, day."""

    code = "interview_outside_days"


@atomic_service
def change_round_dates(
    *,
    round: Round,
    city: str,
    interviews_from: date | None,
    interviews_until: date | None,
    ceremony_on: date | None,
    ceremony_place: str,
    actor: User,
    at: datetime,
) -> Round:
    """Set the interview days, the ceremony's day and place, and the city; nothing different leaves no event.

    Raises ``PeriodReversed``, :class:`InterviewOutsideDays` and ``NotPermitted``.
    """
    locked = locked_round(round.pk)
    can_change_dates(actor, locked).require()
    wanted = {
        "city": city,
        "interviews_from": interviews_from,
        "interviews_until": interviews_until,
        "ceremony_on": ceremony_on,
        "ceremony_place": ceremony_place,
    }
    changes = {name: (getattr(locked, name), value) for name, value in wanted.items() if value != getattr(locked, name)}
    if not changes:
        return locked
    if interviews_from and interviews_until and interviews_until < interviews_from:
        raise PeriodReversed
    _keeps_interviews(locked, interviews_from, interviews_until)
    for name, (_, value) in changes.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(changes))
    payload = {name: [_plain(value) for value in pair] for name, pair in changes.items()}
    action = audit_actions.ROUND_DATES_CHANGED
    record(action=action, actor=actor, at=at, target=locked, chain=locked.scope, payload=payload)
    return locked


def _keeps_interviews(round: Round, first: date | None, last: date | None) -> None:
    """Refuse days that leave an interview out; without a first or last day that end is open."""
    for interview in Interview.objects.filter(round=round).select_related("nomination__nominee"):
        day = local_day(interview.starts_at, round.time_zone)
        if (first and day < first) or (last and day > last):
            raise InterviewOutsideDays(nominee=str(interview.nomination), day=long_date(day))


def _plain(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value
