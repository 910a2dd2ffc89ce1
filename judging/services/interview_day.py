"""Writes of the day of the interviews: what began, what was held, who came. ``schedule_delay`` moves what is late.

A tap that was answered already is harmless: the second one finds the interview as it asks for and changes nothing.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from judging import audit_actions as actions
from judging.models import Attendance, Interview, InterviewState, Presence, Sheet, SheetState
from judging.permissions import can_schedule
from nominees.models import Round, Status
from nominees.services.locks import locked_round
from nominees.services.screening import set_status
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .schedule import InterviewIsOver, current_interview, record_act, require_place, save_interview

Presences = Mapping[int, tuple[str, str]]


class InterviewHasSheets(DomainError):
    """Members have begun to score this nominee."""

    code = "interview_has_sheets"


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
def start_interview(*, interview: Interview, expected_version: int, actor: User, at: datetime) -> Interview:
    """Say that a planned interview begins at ``at``; one that is running already is left as it is.

    Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``.
    """
    round, interview, is_done = _asked(interview, expected_version, InterviewState.RUNNING, actor)
    if is_done:
        return interview
    if interview.state != InterviewState.PLANNED:
        raise InterviewIsOver(nominee=str(interview.nomination))
    interview.state, interview.began_at = InterviewState.RUNNING, at
    save_interview(interview)
    record_act(actions.INTERVIEW_STARTED, interview, round, actor, at)
    return interview


@atomic_service
def put_back(*, interview: Interview, expected_version: int, actor: User, at: datetime) -> Interview:
    """Take a wrong tap back: what was held runs again if it was begun, all else is planned again.

    One that is planned is left as it is. Of a nominee who did not come, the nomination is taken in again first (its
    status is a matter of screening), and the place must still be free. Raises ``NotPermitted``,
    ``InterviewChangedMeanwhile``, ``NomineeNotMet``, ``InterviewRefused``.
    """
    round, interview, is_done = _asked(interview, expected_version, InterviewState.PLANNED, actor)
    if is_done:
        return interview
    if interview.state == InterviewState.NO_SHOW:
        require_place(interview)
    if interview.state == InterviewState.HELD and interview.began_at:
        interview.state = InterviewState.RUNNING
    else:
        interview.state, interview.began_at = InterviewState.PLANNED, None
    interview.finished_at = None
    save_interview(interview)
    record_act(actions.INTERVIEW_PUT_BACK, interview, round, actor, at)
    return interview


@atomic_service
def hold_interview(*, interview: Interview, expected_version: int, actor: User, at: datetime) -> Interview:
    """Mark a planned or running interview as held; one that was held is left as it is.

    ``at`` is when it ended if it was running, or if it is said on its day; told later, nobody knows.
    Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``.
    """
    round, interview, is_done = _asked(interview, expected_version, InterviewState.HELD, actor)
    if is_done:
        return interview
    if interview.state == InterviewState.NO_SHOW:
        raise InterviewIsOver(nominee=str(interview.nomination))
    if _is_told_at_once(interview, round, at):
        interview.finished_at = at
    interview.state = InterviewState.HELD
    save_interview(interview)
    record_act(actions.INTERVIEW_HELD, interview, round, actor, at)
    return interview


@atomic_service
def record_no_show(*, interview: Interview, expected_version: int, reason: str, actor: User, at: datetime) -> Interview:
    """Record that the nominee did not come: the nomination leaves the ranking with ``reason``.

    Recorded already, it is left as it is. Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``,
    ``InterviewHasSheets``.
    """
    round, interview, is_done = _asked(interview, expected_version, InterviewState.NO_SHOW, actor)
    if is_done:
        return interview
    if interview.state != InterviewState.PLANNED:
        raise InterviewIsOver(nominee=str(interview.nomination))
    if Sheet.objects.filter(nomination=interview.nomination_id).exists():
        raise InterviewHasSheets(nominee=str(interview.nomination))
    interview.state = InterviewState.NO_SHOW
    save_interview(interview)
    told = reason.strip() or "Tidak hadir wawancara"
    set_status(nomination=interview.nomination, status=Status.NO_SHOW, reason=told, actor=actor, at=at)
    record_act(actions.INTERVIEW_NO_SHOW, interview, round, actor, at, reason=told)
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
    interview = current_interview(interview, expected_version)
    if interview.state == InterviewState.NO_SHOW:
        raise InterviewIsOver(nominee=str(interview.nomination))
    rows = {row.seat_id: row for row in interview.attendances.select_related("seat")}
    for seat_id, (presence, reason) in presences.items():
        if seat_id not in rows:
            raise SeatNotAtInterview()
        rows[seat_id].presence, rows[seat_id].reason = Presence(presence), reason.strip()
    _check_absences(interview, [row for row in rows.values() if row.presence == Presence.ABSENT])
    Attendance.objects.bulk_update(rows.values(), ["presence", "reason"])
    save_interview(interview)
    told = {row.seat.code: {"presence": row.presence, "reason": row.reason} for row in rows.values()}
    record_act(actions.ATTENDANCE_RECORDED, interview, round, actor, at, attendance=told)
    return interview


def _asked(
    interview: Interview, expected_version: int, wanted: InterviewState, actor: User
) -> tuple[Round, Interview, bool]:
    """Return the locked round, ``interview`` as it is now, and whether it is as ``wanted`` already."""
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    rows = Interview.objects.select_related("nomination__nominee", "room")
    if found := rows.filter(pk=interview.pk, state=wanted).first():
        return round, found, True
    return round, current_interview(interview, expected_version), False


def _is_told_at_once(interview: Interview, round: Round, at: datetime) -> bool:
    """Whether ``at`` is when it ended, not when somebody wrote it down days later."""
    if interview.state == InterviewState.RUNNING:
        return True
    return local_day(at, round.time_zone) == local_day(interview.starts_at, round.time_zone)


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
