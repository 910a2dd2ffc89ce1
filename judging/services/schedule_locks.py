"""Locking many interviews at once: those of a day, of a room, or of a room on a day."""

from datetime import date, datetime

from judging import audit_actions as actions
from judging.models import Interview, InterviewState, Room
from judging.permissions import can_schedule
from judging.selectors.interviews import interviews_of
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .schedule import NotOfThisRound


@atomic_service
def lock_interviews(
    *, round: Round, day: date, room: Room | None = None, is_locked: bool, actor: User, at: datetime
) -> int:
    """Lock or unlock the planned interviews of ``day`` (in ``room`` alone, if given); return how many changed.

    Each leaves its own event, as if it had been locked alone. Raises ``NotPermitted``, ``NotOfThisRound``.
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    if room is not None and room.round_id != round.pk:
        raise NotOfThisRound(name=room.name)
    changed = [
        one
        for one in interviews_of(round).filter(state=InterviewState.PLANNED, is_locked=not is_locked)
        if local_day(one.starts_at, round.time_zone) == day and (room is None or one.room_id == room.pk)
    ]
    for one in changed:
        one.is_locked = is_locked
        one.version += 1
    Interview.objects.bulk_update(changed, ["is_locked", "version"])
    action = actions.INTERVIEW_LOCKED if is_locked else actions.INTERVIEW_UNLOCKED
    for one in changed:
        payload = {
            "number": one.nomination.number,
            "room": one.room.name,
            "starts_at": one.starts_at.isoformat(),
            "ends_at": one.ends_at.isoformat(),
        }
        record(action=action, actor=actor, at=at, target=one, chain=round.scope, payload=payload)
    return len(changed)
