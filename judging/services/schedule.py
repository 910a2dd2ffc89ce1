"""Writes of the schedule: where and when a nominee is met. What happens on the day stands in ``interview_day``.

Every placing asks the same rules as the page (``core.scheduling``); what they forbid is refused as a whole.
"""

from collections.abc import Collection
from datetime import datetime

from judging import audit_actions as actions
from judging.core.scheduling.problem import Severity
from judging.core.scheduling.rules import RULES
from judging.models import Attendance, ChangeKind, Interview, InterviewState, Room, Seat
from judging.permissions import can_schedule
from judging.selectors.interviews import Placing, interviews_of, placing_of, placings_of
from judging.selectors.schedule import named_violations
from judging.selectors.schedule_plans import Planned, planned_of
from nominees.models import SCORED, Nomination, Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .schedule_changes import keep_change


class InterviewRefused(DomainError):
    """The rules forbid this placing; ``violations`` are named, each with both interviews that clash."""

    code = "interview_refused"


class InterviewNeedsConfirmation(DomainError):
    """Rules of this round ask for a person's word before this placing; ``violations`` are named."""

    code = "interview_needs_confirmation"


class InterviewIsLocked(DomainError):
    """Somebody locked it: it stays where it is until it is unlocked."""

    code = "interview_is_locked"


class InterviewChangedMeanwhile(DomainError):
    """Somebody else changed the interview since it was shown."""

    code = "interview_changed_meanwhile"


class InterviewIsOver(DomainError):
    """It has begun, was held, or the nominee did not come: it is not moved or cancelled any more."""

    code = "interview_is_over"


class NomineeNotMet(DomainError):
    """Only nominees in or outside the ranking are interviewed."""

    code = "nominee_not_met"


class NotOfThisRound(DomainError):
    """A room, seat or nomination of another round."""

    code = "not_of_this_round"


@atomic_service
def place_interview(
    *,
    nomination: Nomination,
    room: Room,
    starts_at: datetime,
    ends_at: datetime,
    seats: Collection[Seat],
    confirmed: Collection[str] = (),
    actor: User,
    at: datetime,
) -> Interview:
    """Give ``nomination`` its interview and the seats that sit there. Times are aware.

    ``confirmed``: codes of rules that ask for a person's word, and for which the actor gives it; the log says so.
    Raises ``NotPermitted``, ``NomineeNotMet``, ``InterviewIsOver`` (did not come), ``NotOfThisRound``,
    ``InterviewRefused`` and ``InterviewNeedsConfirmation``.
    """
    round = locked_round(nomination.round_id)
    can_schedule(actor, round).require()
    _require_met(nomination)
    _require_same_round(round, room, *seats)
    told = _ask_rules(round, _placing(nomination, room, starts_at, ends_at, seats), confirmed=confirmed)
    interview = Interview.objects.create(
        round=round, nomination=nomination, room=room, starts_at=starts_at, ends_at=ends_at
    )
    Attendance.objects.bulk_create(Attendance(interview=interview, seat=seat) for seat in seats)
    _keep(ChangeKind.PLACED, None, _planned(interview, seats), round, actor, at)
    record_act(actions.INTERVIEW_PLACED, interview, round, actor, at, seats=sorted(seat.code for seat in seats), **told)
    return interview


@atomic_service
def move_interview(
    *,
    interview: Interview,
    expected_version: int,
    room: Room,
    starts_at: datetime,
    ends_at: datetime,
    seats: Collection[Seat],
    confirmed: Collection[str] = (),
    actor: User,
    at: datetime,
) -> Interview:
    """Change place, time or seats of a planned interview that still is as ``expected_version`` was.

    Seats that stay keep what was recorded of them; ``confirmed`` as for a new one. Raises ``NotPermitted``,
    ``InterviewChangedMeanwhile``, ``InterviewIsOver``, ``InterviewIsLocked``, ``NotOfThisRound``, ``InterviewRefused``,
    ``InterviewNeedsConfirmation``.
    """
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    interview = current_interview(interview, expected_version)
    _require_planned(interview)
    _require_unlocked(interview)
    _require_same_round(round, room, *seats)
    placing = _placing(interview.nomination, room, starts_at, ends_at, seats)
    told = _ask_rules(round, placing, moved=interview, confirmed=confirmed)
    before, planned = _facts(interview), planned_of(interview)
    interview.room, interview.starts_at, interview.ends_at = room, starts_at, ends_at
    save_interview(interview)
    interview.attendances.exclude(seat__in=seats).delete()
    there = set(interview.attendances.values_list("seat_id", flat=True))
    Attendance.objects.bulk_create(Attendance(interview=interview, seat=seat) for seat in seats if seat.pk not in there)
    _keep(ChangeKind.MOVED, planned, _planned(interview, seats), round, actor, at)
    codes = sorted(seat.code for seat in seats)
    record_act(actions.INTERVIEW_MOVED, interview, round, actor, at, before=before, seats=codes, **told)
    return interview


@atomic_service
def cancel_interview(*, interview: Interview, expected_version: int, actor: User, at: datetime) -> None:
    """Take a planned interview off the schedule; the nominee is unplaced again.

    Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``, ``InterviewIsLocked``.
    """
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    interview = current_interview(interview, expected_version)
    _require_planned(interview)
    _require_unlocked(interview)
    _keep(ChangeKind.CANCELLED, planned_of(interview), None, round, actor, at)
    record_act(actions.INTERVIEW_CANCELLED, interview, round, actor, at)
    interview.delete()


@atomic_service
def lock_interview(
    *, interview: Interview, expected_version: int, is_locked: bool, actor: User, at: datetime
) -> Interview:
    """Lock a planned interview where it is, or unlock it: nobody moves a locked one, no schedule is made around it.

    Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``.
    """
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    interview = current_interview(interview, expected_version)
    _require_planned(interview)
    if interview.is_locked == is_locked:
        return interview
    interview.is_locked = is_locked
    save_interview(interview)
    record_act(actions.INTERVIEW_LOCKED if is_locked else actions.INTERVIEW_UNLOCKED, interview, round, actor, at)
    return interview


def current_interview(interview: Interview, expected_version: int) -> Interview:
    """Return ``interview`` as it is now; a cancelled one counts as changed.

    Raises ``InterviewChangedMeanwhile`` unless it still is as ``expected_version`` was.
    """
    found = Interview.objects.select_related("nomination__nominee", "room").filter(pk=interview.pk).first()
    if found is None or found.version != expected_version:
        raise InterviewChangedMeanwhile(nominee=str(interview.nomination))
    return found


def save_interview(interview: Interview) -> None:
    """Save a changed ``interview`` as its next version."""
    interview.version += 1
    fields = ["room", "starts_at", "ends_at", "state", "is_locked", "began_at", "finished_at", "version"]
    interview.save(update_fields=fields)


def _require_scored(nomination: Nomination) -> None:
    nomination.refresh_from_db(fields=["status"])
    if nomination.status not in SCORED:
        raise NomineeNotMet(nominee=str(nomination))


def _require_met(nomination: Nomination) -> None:
    _require_scored(nomination)
    if Interview.objects.filter(nomination=nomination, state=InterviewState.NO_SHOW).exists():
        raise InterviewIsOver(nominee=str(nomination))


def _require_planned(interview: Interview) -> None:
    if interview.state != InterviewState.PLANNED:
        raise InterviewIsOver(nominee=str(interview.nomination))


def _require_unlocked(interview: Interview) -> None:
    if interview.is_locked:
        raise InterviewIsLocked(nominee=str(interview.nomination))


def _require_same_round(round: Round, *things: Room | Seat) -> None:
    for thing in things:
        if thing.round_id != round.pk:
            raise NotOfThisRound(name=str(thing))


def _placing(
    nomination: Nomination, room: Room, starts_at: datetime, ends_at: datetime, seats: Collection[Seat]
) -> Placing:
    return Placing(nomination, room, starts_at, ends_at, frozenset(seat.pk for seat in seats))


def _ask_rules(
    round: Round, placing: Placing, *, moved: Interview | None = None, confirmed: Collection[str]
) -> dict[str, list[str]]:
    """Ask the rules about the whole schedule with ``placing`` in it, instead of the ``moved`` interview if any.

    Returns what the log says of rules that a person confirmed.
    """
    others = placings_of(other for other in interviews_of(round) if moved is None or other.pk != moved.pk)
    mine = placing.nomination.pk
    found = [one for one in named_violations(round, [*others, placing]) if mine in one.nominations]
    forbidden = tuple(one for one in found if one.severity is Severity.FORBIDDEN)
    if forbidden:
        raise InterviewRefused(nominee=str(placing.nomination), violations=forbidden)
    doubtful = tuple(one for one in found if one.severity is Severity.CONFIRM)
    if any(one.code not in confirmed for one in doubtful):
        raise InterviewNeedsConfirmation(nominee=str(placing.nomination), violations=doubtful)
    return {"confirmed": sorted({one.code for one in doubtful})} if doubtful else {}


def require_place(interview: Interview) -> None:
    """Raise unless ``interview`` may stand where it is: ``NomineeNotMet``, ``InterviewRefused``."""
    _require_scored(interview.nomination)
    everything = {rule.code for rule in RULES}
    _ask_rules(interview.round, placing_of(interview), moved=interview, confirmed=everything)


def _planned(interview: Interview, seats: Collection[Seat]) -> Planned:
    ids = tuple(sorted(seat.pk for seat in seats))
    return Planned(interview.nomination_id, interview.room_id, interview.starts_at, interview.ends_at, ids)


def _keep(
    kind: ChangeKind, before: Planned | None, after: Planned | None, round: Round, actor: User, at: datetime
) -> None:
    old, new = ({one.nomination: one} if one else {} for one in (before, after))
    keep_change(round=round, kind=kind, before=old, after=new, actor=actor, at=at)


def _facts(interview: Interview) -> dict[str, str]:
    return {
        "room": interview.room.name,
        "starts_at": interview.starts_at.isoformat(),
        "ends_at": interview.ends_at.isoformat(),
    }


def record_act(action: str, interview: Interview, round: Round, actor: User, at: datetime, **more: object) -> None:
    """Tell the log of ``action`` on ``interview``: which nominee, where, when, and ``more``."""
    payload = {"number": interview.nomination.number, **_facts(interview), **more}
    record(action=action, actor=actor, at=at, target=interview, chain=round.scope, payload=payload)
