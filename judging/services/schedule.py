"""Writes of the schedule: where and when a nominee is met, who came.

Every placing asks the same rules as the page (``core.scheduling``); what they forbid is refused as a whole.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from judging import audit_actions as actions
from judging.core.scheduling.problem import Severity
from judging.models import Attendance, ChangeKind, Interview, InterviewState, Presence, Room, Seat, Sheet, SheetState
from judging.permissions import can_schedule
from judging.selectors.interviews import Placing, interviews_of, placing_of
from judging.selectors.schedule import named_violations
from judging.selectors.schedule_plans import Planned, planned_of
from nominees.models import SCORED, Nomination, Round, Status
from nominees.services.locks import locked_round
from nominees.services.screening import set_status
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .schedule_changes import keep_change

Presences = Mapping[int, tuple[str, str]]


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
    """It was held, or the nominee did not come: it is not moved or cancelled any more."""

    code = "interview_is_over"


class InterviewHasSheets(DomainError):
    """Members have begun to score this nominee."""

    code = "interview_has_sheets"


class NomineeNotMet(DomainError):
    """Only nominees in or outside the ranking are interviewed."""

    code = "nominee_not_met"


class NotOfThisRound(DomainError):
    """A room, seat or nomination of another round."""

    code = "not_of_this_round"


class AbsenceNeedsReason(DomainError):
    """A seat is marked absent without saying why."""

    code = "absence_needs_reason"


class SeatNotAtInterview(DomainError):
    """Attendance of a seat that was not placed at the interview."""

    code = "seat_not_at_interview"


class AbsentSeatHasScored(DomainError):
    """A seat that submitted its sheet cannot have been absent."""

    code = "absent_seat_has_scored"


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
    Raises ``NotPermitted``, ``NomineeNotMet``, ``NotOfThisRound``, ``InterviewRefused`` and
    ``InterviewNeedsConfirmation``.
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
    _record(actions.INTERVIEW_PLACED, interview, round, actor, at, seats=sorted(seat.code for seat in seats), **told)
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
    interview = _current(interview, expected_version)
    _require_planned(interview)
    _require_unlocked(interview)
    _require_same_round(round, room, *seats)
    placing = _placing(interview.nomination, room, starts_at, ends_at, seats)
    told = _ask_rules(round, placing, moved=interview, confirmed=confirmed)
    before, planned = _facts(interview), planned_of(interview)
    interview.room, interview.starts_at, interview.ends_at = room, starts_at, ends_at
    _save(interview)
    interview.attendances.exclude(seat__in=seats).delete()
    there = set(interview.attendances.values_list("seat_id", flat=True))
    Attendance.objects.bulk_create(Attendance(interview=interview, seat=seat) for seat in seats if seat.pk not in there)
    _keep(ChangeKind.MOVED, planned, _planned(interview, seats), round, actor, at)
    codes = sorted(seat.code for seat in seats)
    _record(actions.INTERVIEW_MOVED, interview, round, actor, at, before=before, seats=codes, **told)
    return interview


@atomic_service
def cancel_interview(*, interview: Interview, expected_version: int, actor: User, at: datetime) -> None:
    """Take a planned interview off the schedule; the nominee is unplaced again.

    Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``, ``InterviewIsLocked``.
    """
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    interview = _current(interview, expected_version)
    _require_planned(interview)
    _require_unlocked(interview)
    _keep(ChangeKind.CANCELLED, planned_of(interview), None, round, actor, at)
    _record(actions.INTERVIEW_CANCELLED, interview, round, actor, at)
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
    interview = _current(interview, expected_version)
    _require_planned(interview)
    if interview.is_locked == is_locked:
        return interview
    interview.is_locked = is_locked
    _save(interview)
    _record(actions.INTERVIEW_LOCKED if is_locked else actions.INTERVIEW_UNLOCKED, interview, round, actor, at)
    return interview


@atomic_service
def record_attendance(
    *, interview: Interview, expected_version: int, presences: Presences, actor: User, at: datetime
) -> Interview:
    """Record who of the placed seats came: seat id to (``Presence``, reason); an absence needs its reason.

    A corrected absence opens the seat's sheet again. Raises ``NotPermitted``, ``InterviewChangedMeanwhile``,
    ``InterviewIsOver`` (no-show), ``SeatNotAtInterview``, ``AbsenceNeedsReason``, ``AbsentSeatHasScored``.
    """
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    interview = _current(interview, expected_version)
    if interview.state == InterviewState.NO_SHOW:
        raise InterviewIsOver(nominee=str(interview.nomination))
    rows = {row.seat_id: row for row in interview.attendances.select_related("seat")}
    for seat_id, (presence, reason) in presences.items():
        if seat_id not in rows:
            raise SeatNotAtInterview()
        rows[seat_id].presence, rows[seat_id].reason = Presence(presence), reason.strip()
    _check_absences(interview, [row for row in rows.values() if row.presence == Presence.ABSENT])
    Attendance.objects.bulk_update(rows.values(), ["presence", "reason"])
    _save(interview)
    told = {row.seat.code: {"presence": row.presence, "reason": row.reason} for row in rows.values()}
    _record(actions.ATTENDANCE_RECORDED, interview, round, actor, at, attendance=told)
    return interview


@atomic_service
def hold_interview(*, interview: Interview, expected_version: int, actor: User, at: datetime) -> Interview:
    """Mark a planned interview as held. Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``."""
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    interview = _current(interview, expected_version)
    _require_planned(interview)
    interview.state = InterviewState.HELD
    _save(interview)
    _record(actions.INTERVIEW_HELD, interview, round, actor, at)
    return interview


@atomic_service
def record_no_show(*, interview: Interview, expected_version: int, reason: str, actor: User, at: datetime) -> Interview:
    """Record that the nominee did not come: the nomination leaves the ranking with ``reason``.

    Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``, ``InterviewHasSheets``.
    """
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    interview = _current(interview, expected_version)
    _require_planned(interview)
    if Sheet.objects.filter(nomination=interview.nomination_id).exists():
        raise InterviewHasSheets(nominee=str(interview.nomination))
    interview.state = InterviewState.NO_SHOW
    _save(interview)
    told = reason.strip() or "Tidak hadir wawancara"
    set_status(nomination=interview.nomination, status=Status.NO_SHOW, reason=told, actor=actor, at=at)
    _record(actions.INTERVIEW_NO_SHOW, interview, round, actor, at, reason=told)
    return interview


def _current(interview: Interview, expected_version: int) -> Interview:
    """Return ``interview`` as it is now; a cancelled one counts as changed."""
    found = Interview.objects.select_related("nomination__nominee", "room").filter(pk=interview.pk).first()
    if found is None or found.version != expected_version:
        raise InterviewChangedMeanwhile(nominee=str(interview.nomination))
    return found


def _save(interview: Interview) -> None:
    interview.version += 1
    interview.save(update_fields=["room", "starts_at", "ends_at", "state", "is_locked", "version"])


def _require_met(nomination: Nomination) -> None:
    nomination.refresh_from_db(fields=["status"])
    if nomination.status not in SCORED:
        raise NomineeNotMet(nominee=str(nomination))


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
    others = [placing_of(other) for other in interviews_of(round) if moved is None or other.pk != moved.pk]
    mine = placing.nomination.pk
    found = [one for one in named_violations(round, [*others, placing]) if mine in one.nominations]
    forbidden = tuple(one for one in found if one.severity is Severity.FORBIDDEN)
    if forbidden:
        raise InterviewRefused(nominee=str(placing.nomination), violations=forbidden)
    doubtful = tuple(one for one in found if one.severity is Severity.CONFIRM)
    if any(one.code not in confirmed for one in doubtful):
        raise InterviewNeedsConfirmation(nominee=str(placing.nomination), violations=doubtful)
    return {"confirmed": sorted({one.code for one in doubtful})} if doubtful else {}


def _planned(interview: Interview, seats: Collection[Seat]) -> Planned:
    ids = tuple(sorted(seat.pk for seat in seats))
    return Planned(interview.nomination_id, interview.room_id, interview.starts_at, interview.ends_at, ids)


def _keep(
    kind: ChangeKind, before: Planned | None, after: Planned | None, round: Round, actor: User, at: datetime
) -> None:
    old, new = ({one.nomination: one} if one else {} for one in (before, after))
    keep_change(round=round, kind=kind, before=old, after=new, actor=actor, at=at)


def _check_absences(interview: Interview, absent: Collection[Attendance]) -> None:
    for row in absent:
        if not row.reason:
            raise AbsenceNeedsReason(seat=row.seat.name)
    # Locked whatever their state: a draft that is being submitted now is either in before, or refused after.
    sheets = Sheet.objects.select_for_update(of=("self",)).select_related("seat")
    seats = [row.seat_id for row in absent]
    for sheet in sheets.filter(nomination=interview.nomination_id, seat__in=seats).order_by("pk"):
        # A reopened sheet is a draft, but what was submitted before still counts.
        if sheet.state == SheetState.SUBMITTED or sheet.versions.filter(state=SheetState.SUBMITTED).exists():
            raise AbsentSeatHasScored(seat=sheet.seat.name)


def _facts(interview: Interview) -> dict[str, str]:
    return {
        "room": interview.room.name,
        "starts_at": interview.starts_at.isoformat(),
        "ends_at": interview.ends_at.isoformat(),
    }


def _record(action: str, interview: Interview, round: Round, actor: User, at: datetime, **more: object) -> None:
    payload = {"number": interview.nomination.number, **_facts(interview), **more}
    record(action=action, actor=actor, at=at, target=interview, chain=round.scope, payload=payload)
