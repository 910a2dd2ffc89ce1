"""The day of the interviews: each tap, its second one, a stale one, and who came."""

from datetime import timedelta

import pytest

from judging.models import Attendance, InterviewState, Presence, Sheet, SheetState
from judging.selectors.scheduling_problem import is_fixed
from judging.services import interview_day as day
from judging.services.schedule import (
    InterviewChangedMeanwhile,
    InterviewIsOver,
    InterviewRefused,
    NomineeNotMet,
    lock_interview,
    move_interview,
)
from nominees.core.lifecycle import State
from nominees.models import Status
from nominees.services.screening import set_status
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=40)


@pytest.fixture
def world():
    round = make_round(state=State.SCORING)
    category = make_category(round)
    seats = make.make_panel(round, 3)
    one = make_nomination(category, region_code="53.01")
    return {"round": round, "secretary": make_user(Role.SECRETARIAT, round=round), "seats": seats, "one": one}


@pytest.fixture
def interview(world):
    return make.make_interview(world["one"], world["seats"])


def last_event():
    return AuditEvent.objects.order_by("-seq").first()


def tap(world, act, interview, *, version=None, at=AT, actor="secretary", **more):
    version = interview.version if version is None else version
    return act(interview=interview, expected_version=version, actor=world[actor], at=at, **more)


def test_an_interview_begins_and_ends_and_both_times_stay(world, interview):
    running = tap(world, day.start_interview, interview)
    assert (running.state, running.began_at, running.version) == (InterviewState.RUNNING, AT, 2)
    assert last_event().action == "interview.started"
    held = tap(world, day.hold_interview, running, at=LATER)
    held.refresh_from_db()
    assert (held.state, held.began_at, held.finished_at) == (InterviewState.HELD, AT, LATER)
    assert last_event().action == "interview.held"


@pytest.mark.parametrize(
    ("act", "more"), [(day.start_interview, {}), (day.hold_interview, {}), (day.record_no_show, {"reason": "sakit"})]
)
def test_the_second_tap_changes_nothing(world, interview, act, more):
    first = tap(world, act, interview, **more)
    events = AuditEvent.objects.count()
    again = tap(world, act, interview, version=1, at=LATER, **more)
    assert (again.state, again.version, again.began_at) == (first.state, first.version, first.began_at)
    assert AuditEvent.objects.count() == events


def test_a_wrong_tap_is_taken_back_once(world, interview):
    running = tap(world, day.start_interview, interview)
    planned = tap(world, day.put_back, running)
    assert (planned.state, planned.began_at) == (InterviewState.PLANNED, None)
    assert last_event().action == "interview.put_back"
    assert tap(world, day.put_back, running).version == planned.version


def test_what_was_held_by_mistake_runs_again_or_is_planned_again(world, interview):
    held = tap(world, day.hold_interview, tap(world, day.start_interview, interview), at=LATER)
    running = tap(world, day.put_back, held)
    assert (running.state, running.began_at, running.finished_at) == (InterviewState.RUNNING, AT, None)
    planned = tap(world, day.put_back, running)
    held = tap(world, day.hold_interview, planned)
    assert tap(world, day.put_back, held).state == InterviewState.PLANNED


def test_a_no_show_by_mistake_is_taken_back_once_the_nominee_is_taken_in_again(world, interview):
    gone = tap(world, day.record_no_show, interview, reason="")
    with pytest.raises(NomineeNotMet):
        tap(world, day.put_back, gone)
    set_status(nomination=world["one"], status=Status.RUNNING, reason="datang", actor=world["secretary"], at=AT)
    planned = tap(world, day.put_back, gone)
    assert (planned.state, last_event().action) == (InterviewState.PLANNED, "interview.put_back")


def test_a_no_show_is_not_taken_back_where_somebody_else_is_met_now(world, interview):
    gone = tap(world, day.record_no_show, interview, reason="")
    set_status(nomination=world["one"], status=Status.RUNNING, reason="datang", actor=world["secretary"], at=AT)
    other = make_nomination(world["one"].category, region_code="53.02")
    make.make_interview(other, world["seats"], room=interview.room, starts_at=interview.starts_at)
    with pytest.raises(InterviewRefused):
        tap(world, day.put_back, gone)


def test_a_stale_tap_is_refused_and_says_so(world, interview):
    tap(world, day.put_back, tap(world, day.start_interview, interview))
    for act in (day.start_interview, day.hold_interview):
        with pytest.raises(InterviewChangedMeanwhile):
            tap(world, act, interview, version=1)


def test_what_is_over_does_not_begin_again(world, interview):
    held = tap(world, day.hold_interview, interview)
    for act, more in ((day.start_interview, {}), (day.record_no_show, {"reason": ""})):
        with pytest.raises(InterviewIsOver):
            tap(world, act, held, **more)


def test_a_no_show_is_not_held(world, interview):
    gone = tap(world, day.record_no_show, interview, reason="")
    with pytest.raises(InterviewIsOver):
        tap(world, day.hold_interview, gone)


def test_a_running_interview_is_fixed_neither_moved_nor_locked_nor_a_no_show(world, interview):
    running = tap(world, day.start_interview, interview)
    assert is_fixed(running, AT - timedelta(days=1))
    where = {"room": running.room, "starts_at": LATER, "ends_at": LATER + timedelta(minutes=30), "seats": []}
    for act, more in (
        (move_interview, where),
        (lock_interview, {"is_locked": True}),
        (day.record_no_show, {"reason": ""}),
    ):
        with pytest.raises(InterviewIsOver):
            tap(world, act, running, **more)


def test_held_days_later_nobody_knows_when_it_ended(world, interview):
    assert tap(world, day.hold_interview, interview, at=AT + timedelta(days=3)).finished_at is None


def test_held_without_a_beginning_ends_when_it_is_said_on_its_day(world, interview):
    held = tap(world, day.hold_interview, interview, at=LATER)
    assert (held.began_at, held.finished_at) == (None, LATER)


def test_whoever_does_not_schedule_taps_nothing(world, interview):
    world["auditor"] = make_user(Role.AUDITOR, round=world["round"])
    for act in (day.start_interview, day.put_back, day.hold_interview):
        with pytest.raises(NotPermitted):
            tap(world, act, interview, actor="auditor")


def attend(world, interview, presences):
    return tap(world, day.record_attendance, interview, presences=presences)


def test_record_attendance_writes_presence_and_reason(world):
    interview = make.make_interview(world["one"], world["seats"])
    first, second, third = world["seats"]
    attend(world, interview, {first.pk: (Presence.PRESENT, ""), second.pk: (Presence.ABSENT, "Dinas luar")})
    assert dict(Attendance.objects.values_list("seat", "presence")) == {
        first.pk: Presence.PRESENT,
        second.pk: Presence.ABSENT,
        third.pk: Presence.EXPECTED,
    }
    assert "Dinas luar" in last_event().payload


def test_record_attendance_refuses_an_absence_without_reason(world):
    interview = make.make_interview(world["one"], world["seats"])
    with pytest.raises(day.AbsenceNeedsReason):
        attend(world, interview, {world["seats"][0].pk: (Presence.ABSENT, " ")})


def test_record_attendance_refuses_a_seat_that_is_not_placed(world):
    interview = make.make_interview(world["one"], world["seats"][:1])
    with pytest.raises(day.SeatNotAtInterview):
        attend(world, interview, {world["seats"][2].pk: (Presence.PRESENT, "")})


def test_record_attendance_refuses_absence_of_a_seat_that_has_scored(world):
    interview = make.make_interview(world["one"], world["seats"])
    seat = world["seats"][0]
    Sheet.objects.create(round=world["round"], seat=seat, nomination=world["one"], state=SheetState.SUBMITTED)
    with pytest.raises(day.AbsentSeatHasScored):
        attend(world, interview, {seat.pk: (Presence.ABSENT, "sakit")})
    assert not Attendance.objects.filter(presence=Presence.ABSENT).exists()


def test_record_no_show_takes_the_nominee_out_of_the_ranking(world):
    interview = make.make_interview(world["one"], world["seats"])
    day.record_no_show(interview=interview, expected_version=1, reason="Tanpa kabar", actor=world["secretary"], at=AT)
    world["one"].refresh_from_db()
    interview.refresh_from_db()
    assert (world["one"].status, world["one"].status_reason) == (Status.NO_SHOW, "Tanpa kabar")
    assert interview.state == InterviewState.NO_SHOW
    assert AuditEvent.objects.filter(action="interview.no_show").count() == 1


def test_record_no_show_after_somebody_scored_is_refused(world):
    interview = make.make_interview(world["one"], world["seats"])
    Sheet.objects.create(round=world["round"], seat=world["seats"][0], nomination=world["one"])
    with pytest.raises(day.InterviewHasSheets):
        day.record_no_show(interview=interview, expected_version=1, reason="", actor=world["secretary"], at=AT)
