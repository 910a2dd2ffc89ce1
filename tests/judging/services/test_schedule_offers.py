"""What would help is done through the service of its page, once; what is out of date or takes more is refused."""

import json
from datetime import timedelta

import pytest

from judging.core.scheduling.writing import write
from judging.models import (
    CategoryPlan,
    InterviewSession,
    NomineePlan,
    NomineeSpan,
    RoleGroup,
    RoomClosure,
    RunKind,
    ScheduleMaterial,
    ScheduleRun,
)
from judging.selectors.scheduling_problem import problem_of
from judging.services.schedule_offers import SIMPLE, OfferNotSimple, OfferOutOfDate, take_offer
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import MORNING, TUESDAY, WEDNESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
BEFORE = AT - timedelta(days=3)
DAY = TUESDAY.isoformat()


@pytest.fixture
def world():
    return make_prepared()


def run(world, row, **change):
    return ScheduleRun.objects.create(
        round=world.round,
        number=ScheduleRun.objects.count() + 1,
        kind=RunKind.EXPLAIN,
        state="done",
        asked_by=world.secretary,
        asked_at=AT,
        seconds=10,
        problem=json.dumps(write(problem_of(world.round, at=BEFORE))),
        explanation=json.dumps([{**row, "relax": [change]}]),
    )


def take(world, row, **change):
    return take_offer(run=run(world, row, **change), number=1, actor=world.secretary, at=AT)


def last_event():
    return AuditEvent.objects.order_by("-seq").first().action


def test_a_lower_quorum(world):
    row = {"type": "quorum", "category": "pemda"}
    take(world, row, change="quorum_lower", quorum=1)
    assert (CategoryPlan.objects.get().quorum, last_event()) == (1, "schedule.category_planned")
    with pytest.raises(OfferOutOfDate):
        take(world, row, change="quorum_lower", quorum=1)


def test_fewer_mandatory_seats_and_none(world):
    group = RoleGroup.objects.create(round=world.round, name="Pimpinan", minimum=2)
    group.seats.set(world.seats)
    row = {"type": "role", "group": "Pimpinan"}
    take(world, row, change="role_lower", min=1)
    assert (RoleGroup.objects.get().minimum, RoleGroup.objects.get().seats.count()) == (1, 3)
    take(world, row, change="role_lower", min=0)
    assert not RoleGroup.objects.exists()
    group = RoleGroup.objects.create(round=world.round, name="Pimpinan", minimum=1)
    group.seats.set(world.seats)
    with pytest.raises(OfferOutOfDate):
        take(world, row, change="role_lower", min=1)


def test_a_nominee_who_comes_all_day(world):
    row = {"type": "nominee_availability", "nominee": str(world.one.number)}
    NomineePlan.objects.create(nomination=world.one, arrives_on=WEDNESDAY, arrives_at=600)
    take(world, row, change="nominee_comes", day=DAY)
    plan = NomineePlan.objects.get()
    assert (plan.arrives_on, plan.arrives_at, NomineeSpan.objects.count()) == (TUESDAY, 0, 0)
    NomineeSpan.objects.create(nomination=world.one, kind="window", day=WEDNESDAY, start=480, end=540)
    NomineeSpan.objects.create(nomination=world.one, kind="avoid", day=TUESDAY, start=480, end=540)
    take(world, row, change="nominee_comes", day=DAY)
    spans = set(NomineeSpan.objects.values_list("kind", "day", "start", "end"))
    assert spans == {("window", WEDNESDAY, 480, 540), ("avoid", TUESDAY, 480, 540), ("window", TUESDAY, 0, 1440)}


def test_a_room_that_opens_and_a_session_more(world):
    RoomClosure.objects.create(room=world.room, day=TUESDAY, start=480, end=600)
    row, span = {"type": "room_availability", "room": world.room.name}, {"day": DAY, "start": 480, "end": 600}
    take(world, row, change="room_opens", **span)
    assert (RoomClosure.objects.exists(), last_event()) == (False, "room.reopened")
    with pytest.raises(OfferOutOfDate):
        take(world, row, change="room_opens", **span)
    evening = {"change": "session_added", "day": DAY, "start": 960, "end": 1200}
    take(world, {"type": "room_capacity"}, **evening)
    assert list(InterviewSession.objects.filter(day=TUESDAY).values_list("start", "end")) == [
        MORNING, (780, 960), (960, 1200),
    ]  # fmt: skip
    with pytest.raises(OfferOutOfDate):
        take(world, {"type": "room_capacity"}, **evening)


def test_an_interview_that_is_unlocked(world):
    interview = make.make_interview(world.one, world.seats)
    row = {"type": "pin", "nominee": str(world.one.number)}
    interview.is_locked = True
    interview.save()
    take(world, row, change="pin_dropped")
    interview.refresh_from_db()
    assert (interview.is_locked, last_event()) == (False, "interview.unlocked")


def test_limits_that_are_raised_once_and_leave_the_rest_alone(world):
    ScheduleMaterial.objects.update(
        max_continuous_min=60, min_break_min=15, max_minutes_per_day=120, levels={"off_grid": "ignored"}
    )
    rest = run(world, {"type": "rest"}, change="rest_later", max_continuous_min=120)
    load = run(world, {"type": "day_load"}, change="load_higher", minutes=60)
    for one in (rest, load):
        take_offer(run=one, number=1, actor=world.secretary, at=AT)
        with pytest.raises(OfferOutOfDate):
            take_offer(run=one, number=1, actor=world.secretary, at=AT)
    found = ScheduleMaterial.objects.get()
    assert (found.max_continuous_min, found.min_break_min, found.max_minutes_per_day) == (120, 15, 180)
    assert (found.levels, found.weights) == ({"off_grid": "ignored"}, {})


def test_what_needs_somebodys_word_is_not_done_by_a_button(world):
    assert "member_comes" not in SIMPLE
    assert "room_added" not in SIMPLE
    make_absence(world.seats[0])
    row = {"type": "member_availability", "member": "unsur-1"}
    with pytest.raises(OfferNotSimple):
        take(world, row, change="member_comes", day=DAY, start=480, end=720)


def test_refused_without_the_right_or_without_such_an_offer(world):
    asked = run(world, {"type": "quorum", "category": "pemda"}, change="quorum_lower", quorum=1)
    with pytest.raises(OfferOutOfDate):
        take_offer(run=asked, number=2, actor=world.secretary, at=AT)
    with pytest.raises(NotPermitted):
        take_offer(run=asked, number=1, actor=make_user(Role.CHAIR, round=world.round), at=AT)
    assert not CategoryPlan.objects.exists()
