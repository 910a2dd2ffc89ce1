"""Something happened to a schedule: the fact is written down, all of it or nothing, through the services of its page.

No interview moves by it, but for one that is cancelled or takes longer: what is broken now is told, then repaired.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from judging import audit_actions as actions
from judging.models import ChangeKind, Interview, InterviewState, NomineePlan, NomineeSpanKind, Room, Seating, Weight
from judging.models.schedule_material import MINUTES_OF_A_DAY
from judging.permissions import can_enter_absence, can_schedule
from judging.selectors.schedule_material import interview_dates
from judging.selectors.schedule_plans import planned_of
from nominees.models import Nomination, Round, Status
from nominees.services.screening import set_status
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .locks import locked_round
from .schedule import (
    InterviewIsOver,
    cancel_interview,
    current_interview,
    lock_interview,
    record_act,
    save_interview,
)
from .schedule_absences import AwayAlready, enter_absence
from .schedule_changes import keep_change
from .schedule_material import SpanReversed, require_day, require_span
from .schedule_nominees import NomineeTime, plan_nominee
from .schedule_rooms import ClosedAlready, close_room

LONGEST = 240  # minutes by which an interview can take longer


class NoTimeLeft(DomainError):
    """The nominee could come at no time any more. Facts: nominee."""

    code = "no_time_left"


class OverrunOutOfRange(DomainError):
    """No minutes, too many, or beyond the day. Facts: most."""

    code = "overrun_out_of_range"


@atomic_service
def nominee_cannot_come(
    *, nomination: Nomination, first: date, last: date, start: int, end: int, actor: User, at: datetime
) -> NomineePlan:
    """``nomination`` cannot come on the days from ``first`` to ``last`` between these minutes.

    What is left of the windows are its windows; without any, what is left of the interview days. Raises
    ``NotPermitted``, ``DayNotOfTheRound``, ``SpanReversed``, :class:`NoTimeLeft`.
    """
    round = locked_round(nomination.round_id)
    can_schedule(actor, round).require()
    lost = list(_days(round, first, last))
    require_span(start, end)
    spans = list(nomination.interview_spans.all())
    windows = [(one.day, one.start, one.end) for one in spans if one.kind == NomineeSpanKind.WINDOW]
    whole = [(day, 0, MINUTES_OF_A_DAY) for day in interview_dates(round)]
    left = [piece for window in windows or whole for piece in _without(window, lost, start, end)]
    if not left:
        raise NoTimeLeft(nominee=str(nomination))
    plan = NomineePlan.objects.filter(nomination=nomination).first() or NomineePlan()
    return plan_nominee(
        nomination=nomination,
        is_online=plan.is_online,
        arrives_on=plan.arrives_on,
        arrives_at=plan.arrives_at,
        times=[
            *(NomineeTime(NomineeSpanKind.WINDOW, *one) for one in left),
            *(
                NomineeTime(NomineeSpanKind.AVOID, one.day, one.start, one.end, Weight(one.weight))
                for one in spans
                if one.kind == NomineeSpanKind.AVOID
            ),
        ],
        actor=actor,
        at=at,
    )


@atomic_service
def nominee_withdraws(*, nomination: Nomination, reason: str, actor: User, at: datetime) -> Nomination:
    """``nomination`` comes no more: it leaves the ranking with ``reason``, and its interview, locked or not, is off.

    Raises ``NotPermitted``, ``StatusReasonMissing``, ``StatusChangeRefused``, ``InterviewIsOver`` for an interview that
    runs or was held.
    """
    round = locked_round(nomination.round_id)
    can_schedule(actor, round).require()
    interview = Interview.objects.filter(nomination=nomination).select_related("nomination__nominee", "room").first()
    if interview is not None:
        version = interview.version
        if interview.is_locked:
            interview = lock_interview(
                interview=interview, expected_version=version, is_locked=False, actor=actor, at=at
            )
        cancel_interview(interview=interview, expected_version=interview.version, actor=actor, at=at)
    return set_status(nomination=nomination, status=Status.WITHDRAWN, reason=reason, actor=actor, at=at)


@atomic_service
def member_is_away(
    *, seating: Seating, first: date, last: date, start: int, end: int, note: str = "", actor: User, at: datetime
) -> int:
    """The person of ``seating`` cannot come on the days from ``first`` to ``last`` between these minutes.

    Days on which that is known are passed over. Returns how many were entered. Raises ``NotPermitted``,
    ``DayNotOfTheRound``, ``SpanReversed``, ``NotSeatedThen``, and ``AwayAlready`` if all of it is known.
    """
    round = locked_round(seating.round_id)
    can_enter_absence(actor, round, seating).require()
    entered = 0
    for day in _days(round, first, last):
        if not seating.absences.filter(day=day, start__lte=start, end__gte=end).exists():
            enter_absence(seating=seating, day=day, start=start, end=end, note=note, actor=actor, at=at)
            entered += 1
    if not entered:
        raise AwayAlready
    return entered


@atomic_service
def room_is_lost(
    *, room: Room, first: date, last: date, start: int, end: int, reason: str = "", actor: User, at: datetime
) -> int:
    """``room`` is not to be had on the days from ``first`` to ``last`` between these minutes.

    Days on which that is known are passed over. Returns how many were entered. Raises ``NotPermitted``,
    ``DayNotOfTheRound``, ``SpanReversed``, and ``ClosedAlready`` if all of it is known.
    """
    round = locked_round(room.round_id)
    can_schedule(actor, round).require()
    entered = 0
    for day in _days(round, first, last):
        if not room.closures.filter(day=day, start__lte=start, end__gte=end).exists():
            close_room(room=room, day=day, start=start, end=end, reason=reason, actor=actor, at=at)
            entered += 1
    if not entered:
        raise ClosedAlready(room=room.name)
    return entered


@atomic_service
def interview_overruns(
    *, interview: Interview, expected_version: int, minutes: int, actor: User, at: datetime
) -> Interview:
    """``interview`` takes ``minutes`` longer than planned, whatever it runs into: that is a fact and breaks the rest.

    Raises ``NotPermitted``, ``InterviewChangedMeanwhile``, ``InterviewIsOver``, :class:`OverrunOutOfRange`.
    """
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    interview = current_interview(interview, expected_version)
    if interview.state not in (InterviewState.PLANNED, InterviewState.RUNNING):
        raise InterviewIsOver(nominee=str(interview.nomination))
    ends_at = interview.ends_at + timedelta(minutes=minutes)
    is_same_day = local_day(ends_at, round.time_zone) == local_day(interview.starts_at, round.time_zone)
    if not 1 <= minutes <= LONGEST or not is_same_day:
        raise OverrunOutOfRange(most=LONGEST)
    before = planned_of(interview)
    interview.ends_at = ends_at
    save_interview(interview)
    pk = interview.nomination_id
    keep_change(
        round=round, kind=ChangeKind.MOVED, before={pk: before}, after={pk: planned_of(interview)}, actor=actor, at=at
    )
    record_act(actions.INTERVIEW_LENGTHENED, interview, round, actor, at, minutes=minutes)
    return interview


def _days(round: Round, first: date, last: date) -> Iterator[date]:
    """Every day of the span; its ends are days of the round."""
    if last < first:
        raise SpanReversed
    for day in (first, last):
        require_day(round, day)
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _without(window: tuple[date, int, int], lost: list[date], start: int, end: int) -> Iterator[tuple[date, int, int]]:
    """What is left of ``window`` without these minutes of the days that are ``lost``."""
    day, first, last = window
    if day not in lost:
        yield window
        return
    if first < min(last, start):
        yield day, first, min(last, start)
    if max(first, end) < last:
        yield day, max(first, end), last
