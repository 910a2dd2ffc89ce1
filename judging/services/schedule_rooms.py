"""Rooms of a round: what can be held in them, and when they are not to be had."""

from datetime import date, datetime

from judging import audit_actions as actions
from judging.models import Room, RoomClosure
from judging.permissions import can_schedule
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round
from .schedule_material import begun, require_day, require_span


class RoomNameTaken(DomainError):
    """The round has a room of this name."""

    code = "room_name_taken"


class RoomNeedsMode(DomainError):
    """A room in which nobody can be met, neither on site nor by video link."""

    code = "room_needs_mode"


class ClosedAlready(DomainError):
    """The room is closed then already. Facts: room."""

    code = "closed_already"


@atomic_service
def add_room(
    *, round: Round, name: str, is_onsite: bool = True, is_online: bool = False, actor: User, at: datetime
) -> Room:
    """Add a room, or a video link, to ``round``. Raises ``NotPermitted``, ``RoomNameTaken``, ``RoomNeedsMode``."""
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    name = name.strip()
    if Room.objects.filter(round=round, name__iexact=name).exists():
        raise RoomNameTaken(name=name)
    if not is_onsite and not is_online:
        raise RoomNeedsMode
    room = Room.objects.create(round=round, name=name, is_onsite=is_onsite, is_online=is_online)
    record(action=actions.ROOM_ADDED, actor=actor, at=at, target=room, chain=round.scope)
    return room


@atomic_service
def change_room(*, room: Room, is_onsite: bool, is_online: bool, actor: User, at: datetime) -> Room:
    """Say what can be held in ``room``. Raises ``NotPermitted``, :class:`RoomNeedsMode`."""
    round = locked_round(room.round_id)
    can_schedule(actor, round).require()
    if not is_onsite and not is_online:
        raise RoomNeedsMode
    room = Room.objects.get(pk=room.pk)
    if (room.is_onsite, room.is_online) != (is_onsite, is_online):
        room.is_onsite, room.is_online = is_onsite, is_online
        room.save(update_fields=["is_onsite", "is_online"])
        begun(round)
        payload = {"onsite": is_onsite, "online": is_online}
        record(action=actions.ROOM_CHANGED, actor=actor, at=at, target=room, chain=round.scope, payload=payload)
    return room


@atomic_service
def close_room(
    *, room: Room, day: date, start: int, end: int, reason: str = "", actor: User, at: datetime
) -> RoomClosure:
    """``room`` is not to be had on ``day`` between these minutes.

    Raises ``NotPermitted``, ``DayNotOfTheRound``, ``SpanReversed``, :class:`ClosedAlready`.
    """
    round = locked_round(room.round_id)
    can_schedule(actor, round).require()
    require_day(round, day)
    require_span(start, end)
    if RoomClosure.objects.filter(room=room, day=day, start__lte=start, end__gte=end).exists():
        raise ClosedAlready(room=room.name)
    begun(round)
    closure = RoomClosure.objects.create(room=room, day=day, start=start, end=end, reason=reason.strip())
    payload = {"day": day.isoformat(), "span": [start, end], "reason": closure.reason}
    record(action=actions.ROOM_CLOSED, actor=actor, at=at, target=room, chain=round.scope, payload=payload)
    return closure


@atomic_service
def reopen_room(*, closure: RoomClosure, actor: User, at: datetime) -> None:
    """Take a closure back. Raises ``NotPermitted``."""
    round = locked_round(closure.room.round_id)
    can_schedule(actor, round).require()
    payload = {"day": closure.day.isoformat(), "span": [closure.start, closure.end]}
    record(action=actions.ROOM_REOPENED, actor=actor, at=at, target=closure.room, chain=round.scope, payload=payload)
    closure.delete()
