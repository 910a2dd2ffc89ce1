"""When the holder of a seat cannot come: told by the member, or by the secretariat for the member."""

from datetime import date, datetime

from judging import audit_actions as actions
from judging.models import SeatAbsence, Seating
from judging.permissions import can_enter_absence
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import long_date

from .locks import locked_round
from .schedule_material import begun, require_day, require_span


class NotSeatedThen(DomainError):
    """Somebody else holds the seat on that day. Facts: seat, day."""

    code = "not_seated_then"


class AwayAlready(DomainError):
    """This time is entered already."""

    code = "away_already"


@atomic_service
def enter_absence(
    *, seating: Seating, day: date, start: int, end: int, note: str = "", actor: User, at: datetime
) -> SeatAbsence:
    """The person of ``seating`` cannot come on ``day`` between these minutes; who entered it is kept.

    The log has no note. Raises ``NotPermitted``, ``DayNotOfTheRound``, ``SpanReversed``, :class:`NotSeatedThen`,
    :class:`AwayAlready`.
    """
    round = locked_round(seating.round_id)
    can_enter_absence(actor, round, seating).require()
    require_day(round, day)
    require_span(start, end)
    if day < seating.starts_on or (seating.ends_on is not None and day > seating.ends_on):
        raise NotSeatedThen(seat=seating.seat.name, day=long_date(day))
    if SeatAbsence.objects.filter(seating=seating, day=day, start__lte=start, end__gte=end).exists():
        raise AwayAlready
    begun(round)
    absence = SeatAbsence.objects.create(
        seating=seating, day=day, start=start, end=end, note=note.strip(), entered_by=actor, entered_at=at
    )
    _record(actions.ABSENCE_ENTERED, absence, round, actor, at)
    return absence


@atomic_service
def remove_absence(*, absence: SeatAbsence, actor: User, at: datetime) -> None:
    """The person can come after all. A member removes the own ones, whoever entered them. Raises ``NotPermitted``."""
    round = locked_round(absence.seating.round_id)
    can_enter_absence(actor, round, absence.seating).require()
    _record(actions.ABSENCE_REMOVED, absence, round, actor, at)
    absence.delete()


def _record(action: str, absence: SeatAbsence, round: Round, actor: User, at: datetime) -> None:
    payload = {
        "seat": absence.seating.seat.code,
        "day": absence.day.isoformat(),
        "span": [absence.start, absence.end],
        "own": absence.seating.user_id == actor.pk,
    }
    record(action=action, actor=actor, at=at, target=absence.seating.seat, chain=round.scope, payload=payload)
