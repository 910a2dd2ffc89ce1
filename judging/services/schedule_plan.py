"""Changing many interviews of the draft in one act: a computed schedule is taken, a delay shifts, a change is undone.

The same rules are asked as for a single one, about the whole schedule as it would be.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from judging import audit_actions as actions
from judging.core.scheduling.problem import Severity
from judging.models import (
    Attendance,
    ChangeKind,
    Interview,
    InterviewState,
    Presence,
    Room,
    ScheduleChange,
    ScheduleRun,
    Seat,
)
from judging.permissions import can_schedule
from judging.selectors.interviews import Placing, interviews_of, placings_of
from judging.selectors.schedule import NamedViolation, named_violations
from judging.selectors.schedule_plans import Plan, Planned, differing, plan_of, read
from nominees.models import SCORED, Nomination, Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .schedule import (
    InterviewChangedMeanwhile,
    InterviewIsLocked,
    InterviewIsOver,
    InterviewNeedsConfirmation,
    InterviewRefused,
    NomineeNotMet,
    NotOfThisRound,
)
from .schedule_changes import keep_change

#: Far from any interview: two that change places must not meet on the way.
ASIDE = timedelta(days=36_525)


class NothingToUndo(DomainError):
    """The change was taken back before, or it is an undoing itself."""

    code = "nothing_to_undo"


@atomic_service
def apply_plan(
    *,
    round: Round,
    kind: ChangeKind,
    before: Plan,
    after: Plan,
    actor: User,
    at: datetime,
    run: ScheduleRun | None = None,
    undoes: ScheduleChange | None = None,
    confirmed: Collection[str] = (),
) -> ScheduleChange:
    """Make the interviews of ``before`` those of ``after``; others stay. What is alike on both sides is left alone.

    Nothing is written unless all of it holds. Raises ``NotPermitted``, ``InterviewChangedMeanwhile`` (an interview is
    not as in ``before`` any more), ``InterviewIsOver``, ``InterviewIsLocked``, ``NomineeNotMet``, ``NotOfThisRound``,
    ``InterviewRefused``, ``InterviewNeedsConfirmation`` (only for what was not broken before).
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    changed = differing(before, after)
    names = {one.pk: one for one in Nomination.objects.filter(round=round, pk__in=changed).select_related("nominee")}
    rows = {one.nomination_id: one for one in interviews_of(round)}
    _require_as_before(changed, before, plan_of(round), names)
    _require_free([rows[one] for one in changed if one in rows])
    _require_known(round, [after[one] for one in changed if one in after], names)
    told = _ask_rules(round, rows, {one: after.get(one) for one in changed}, names, confirmed)
    _write(round, rows, changed, after)
    change = keep_change(round=round, kind=kind, before=before, after=after, actor=actor, at=at, run=run, undoes=undoes)
    payload = {
        "number": change.number,
        "kind": kind.value,
        "interviews": sorted(names[one].number for one in changed),
        **({"undoes": undoes.number} if undoes else {}),
        **({"run": run.number} if run else {}),
        **({"confirmed": told} if told else {}),
    }
    record(action=actions.SCHEDULE_CHANGED, actor=actor, at=at, target=change, chain=round.scope, payload=payload)
    return change


@atomic_service
def undo_change(
    *, change: ScheduleChange, actor: User, at: datetime, confirmed: Collection[str] = ()
) -> ScheduleChange:
    """Take ``change`` back, if its interviews are still as it left them.

    Raises ``NothingToUndo`` and whatever ``apply_plan`` raises.
    """
    locked_round(change.round_id)
    if change.kind == ChangeKind.UNDONE or ScheduleChange.objects.filter(undoes=change).exists():
        raise NothingToUndo
    return apply_plan(
        round=change.round,
        kind=ChangeKind.UNDONE,
        before=read(change.after),
        after=read(change.before),
        actor=actor,
        at=at,
        undoes=change,
        confirmed=confirmed,
    )


def _require_as_before(changed: Collection[int], before: Plan, now: Plan, names: dict[int, Nomination]) -> None:
    for one in sorted(changed):
        if before.get(one) != now.get(one):
            raise InterviewChangedMeanwhile(nominee=str(names.get(one, "")))


def _require_free(interviews: Sequence[Interview]) -> None:
    for one in interviews:
        if one.state != InterviewState.PLANNED:
            raise InterviewIsOver(nominee=str(one.nomination))
        if one.is_locked:
            raise InterviewIsLocked(nominee=str(one.nomination))


def _require_known(round: Round, wanted: Sequence[Planned], names: dict[int, Nomination]) -> None:
    rooms = set(Room.objects.filter(round=round).values_list("pk", flat=True))
    seats = set(Seat.objects.filter(round=round).values_list("pk", flat=True))
    for one in wanted:
        if one.nomination not in names or one.room not in rooms or not seats.issuperset(one.seats):
            raise NotOfThisRound(name=str(names.get(one.nomination, one.nomination)))
        if names[one.nomination].status not in SCORED:
            raise NomineeNotMet(nominee=str(names[one.nomination]))


def _ask_rules(
    round: Round,
    rows: dict[int, Interview],
    wanted: dict[int, Planned | None],
    names: dict[int, Nomination],
    confirmed: Collection[str],
) -> list[str]:
    """Ask the rules about the schedule as it would be; what was broken before and still is stands in nobody's way."""
    rooms = {one.pk: one for one in Room.objects.filter(round=round)}
    present = placings_of(rows.values())
    future = placings_of(one for nomination, one in rows.items() if nomination not in wanted)
    future += [_placing(one, names[one.nomination], rooms, rows) for one in wanted.values() if one]
    known = {(one.code, one.nominations) for one in named_violations(round, present)}
    found = [
        one
        for one in named_violations(round, future)
        if not wanted.keys().isdisjoint(one.nominations) and (one.code, one.nominations) not in known
    ]
    return _require_allowed(found, confirmed)


def _require_allowed(found: Sequence[NamedViolation], confirmed: Collection[str]) -> list[str]:
    """Return the codes that a person's word was asked for and given."""
    forbidden = tuple(one for one in found if one.severity is Severity.FORBIDDEN)
    if forbidden:
        raise InterviewRefused(nominee=str(forbidden[0].facts.get("nominee", "")), violations=forbidden)
    doubtful = tuple(one for one in found if one.severity is Severity.CONFIRM)
    if any(one.code not in confirmed for one in doubtful):
        raise InterviewNeedsConfirmation(nominee=str(doubtful[0].facts.get("nominee", "")), violations=doubtful)
    return sorted({one.code for one in doubtful})


def _placing(one: Planned, nomination: Nomination, rooms: dict[int, Room], rows: dict[int, Interview]) -> Placing:
    absent: set[int] = set()
    if one.nomination in rows:
        there = rows[one.nomination].attendances.all()
        absent = {row.seat_id for row in there if row.presence == Presence.ABSENT}
    return Placing(nomination, rooms[one.room], one.starts_at, one.ends_at, frozenset(one.seats) - absent)


def _write(round: Round, rows: dict[int, Interview], changed: Collection[int], after: Plan) -> None:
    moved = [rows[one] for one in changed if one in rows and one in after]
    Interview.objects.filter(pk__in=[rows[one].pk for one in changed if one in rows and one not in after]).delete()
    for row in moved:  # out of each other's way first: a room starts one interview at a time
        row.starts_at, row.ends_at = row.starts_at + ASIDE, row.ends_at + ASIDE
    Interview.objects.bulk_update(moved, ["starts_at", "ends_at"])
    for row in moved:
        wanted = after[row.nomination_id]
        row.room_id, row.starts_at, row.ends_at = wanted.room, wanted.starts_at, wanted.ends_at
        row.version += 1
    Interview.objects.bulk_update(moved, ["room", "starts_at", "ends_at", "version"])
    new = [
        Interview(
            round=round, nomination_id=one, room_id=after[one].room,
            starts_at=after[one].starts_at, ends_at=after[one].ends_at,
        )
        for one in sorted(changed)
        if one in after and one not in rows
    ]  # fmt: skip
    Interview.objects.bulk_create(new)
    _seat(moved, new, after)


def _seat(moved: Sequence[Interview], new: Sequence[Interview], after: Plan) -> None:
    """Seats that stay keep what was recorded of them."""
    gone, come = [], []
    for row in moved:
        there = {one.seat_id: one for one in row.attendances.all()}
        wanted = set(after[row.nomination_id].seats)
        gone += [one.pk for seat, one in there.items() if seat not in wanted]
        come += [Attendance(interview=row, seat_id=seat) for seat in sorted(wanted - there.keys())]
    for row in new:
        come += [Attendance(interview=row, seat_id=seat) for seat in after[row.nomination_id].seats]
    Attendance.objects.filter(pk__in=gone).delete()
    Attendance.objects.bulk_create(come)
