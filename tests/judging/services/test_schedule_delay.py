"""Running late: the day is looked at, taken and released in one act; a stale look takes nothing."""

from datetime import date, timedelta

import pytest

from judging.models import ChangeKind, Interview, ReleasedInterview, ScheduleChange, ScheduleRelease
from judging.selectors.schedule_delay import delayed_day
from judging.selectors.schedule_plans import plan_of
from judging.services.interview_day import record_no_show, start_interview
from judging.services.schedule import InterviewRefused, cancel_interview
from judging.services.schedule_delay import (
    DelayChangedMeanwhile,
    DelayLeavesOut,
    DelayMovesNobody,
    shift_interviews,
)
from judging.services.schedule_releases import release
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import make_absence, make_prepared
from tests.factories.world import AT, make_nomination, make_user

pytestmark = pytest.mark.django_db
HALF = timedelta(minutes=30)


@pytest.fixture
def world():
    """09.00 and 09.30 in one room, 13.00 after lunch; the afternoon ends at 16.00."""
    world = make_prepared()
    world.three = make_nomination(world.category, region_code="53.03")
    make.make_interview(world.one, world.seats)
    make.make_interview(world.two, world.seats, starts_at=AT + HALF)
    make.make_interview(world.three, world.seats, starts_at=AT + timedelta(hours=4), minutes=170)
    return world


def first(world):
    return Interview.objects.select_related("round__edition", "round__region").get(nomination=world.one)


def looked(world, minutes, **more):
    return delayed_day(first(world), minutes=minutes, is_for_all=more.get("is_for_all", False))


def shift(world, minutes, **given):
    token = given.pop("token", None) or looked(world, minutes).token
    given = {"is_for_all": False, "actor": world.secretary, "at": AT} | given
    return shift_interviews(interview=first(world), minutes=minutes, token=token, **given)


def starts(world):
    return {one: plan.starts_at - AT for one, plan in plan_of(world.round).items()}


def test_the_rest_of_the_day_moves_in_one_change_and_is_released(world):
    release(round=world.round, actor=world.secretary, at=AT)
    change = shift(world, 15, note="Macet")
    assert starts(world) == {
        world.one.pk: timedelta(minutes=15),
        world.two.pk: timedelta(minutes=45),
        world.three.pk: timedelta(hours=4),
    }
    assert (change.kind, ScheduleChange.objects.count()) == (ChangeKind.SHIFTED, 1)
    latest = ScheduleRelease.objects.first()
    assert (latest.number, latest.note, latest.interviews.count()) == (2, "Macet", 3)
    assert {one.nomination_id for one in latest.interviews.filter(changed_in=2)} == {world.one.pk, world.two.pk}
    assert [event.action for event in AuditEvent.objects.order_by("-seq")[:2]] == [
        "schedule.released",
        "schedule.changed",
    ]


def test_only_those_concerned_are_released(world):
    release(round=world.round, actor=world.secretary, at=AT)
    Interview.objects.filter(nomination=world.three).update(ends_at=AT + timedelta(hours=6))  # prepared, not told
    shift(world, 15)
    told = ReleasedInterview.objects.get(release__number=2, nomination=world.three)
    assert (told.ends_at - told.starts_at, told.changed_in) == (timedelta(minutes=170), 1)


def test_while_nothing_was_released_nothing_is(world):
    shift(world, 15)
    assert not ScheduleRelease.objects.exists()


def test_whoever_has_no_place_left_is_named_and_leaves_only_knowingly(world):
    Interview.objects.filter(nomination=world.two).update(
        starts_at=AT + timedelta(hours=2, minutes=30), ends_at=AT + timedelta(hours=3)
    )
    release(round=world.round, actor=world.secretary, at=AT)
    Interview.objects.filter(nomination=world.one).update(
        starts_at=AT + timedelta(hours=2), ends_at=AT + timedelta(hours=2, minutes=30)
    )
    found = looked(world, 15)
    assert [str(one) for one in found.unfit] == [str(world.three)]
    assert [one.is_other_session for one in found.moved] == [False, True]
    with pytest.raises(DelayLeavesOut):
        shift(world, 15)
    assert not ScheduleChange.objects.exists()
    shift(world, 15, may_leave_out=True)
    assert set(starts(world)) == {world.one.pk, world.two.pk}
    assert not ReleasedInterview.objects.filter(release__number=2, nomination=world.three).exists()


def test_a_running_interview_that_overruns_moves_what_follows(world):
    start_interview(interview=first(world), expected_version=1, actor=world.secretary, at=AT)
    shift(world, 10)
    assert starts(world)[world.one.pk] == timedelta(0)
    assert starts(world)[world.two.pk] == timedelta(minutes=40)


def test_another_room_waits_only_for_a_delay_of_everybody(world):
    other = make_nomination(world.category, region_code="53.04")
    make.make_interview(other, [], room=make.make_room(world.round, "Aula"))
    assert {one.interview.nomination.pk for one in looked(world, 10).moved} == {world.one.pk, world.two.pk}
    everybody = {one.interview.nomination.pk for one in looked(world, 10, is_for_all=True).moved}
    assert everybody == {world.one.pk, world.two.pk, other.pk}


def test_what_the_rules_say_of_it_is_named_and_what_they_forbid_is_refused(world):
    make_absence(world.seats[0], date(2025, 6, 24), 10 * 60, 12 * 60)
    found = looked(world, 15)
    assert [(one.code, one.facts["nominee"]) for one in found.broken] == [("member_unavailable", str(world.two))]
    assert found.is_forbidden
    with pytest.raises(InterviewRefused):
        shift(world, 15)
    assert starts(world)[world.one.pk] == timedelta(0)


def test_a_look_at_another_day_takes_nothing(world):
    token = looked(world, 15).token
    Interview.objects.filter(nomination=world.two).update(starts_at=AT + 2 * HALF, ends_at=AT + 3 * HALF)
    with pytest.raises(DelayChangedMeanwhile):
        shift(world, 15, token=token)


def test_a_delay_that_a_gap_takes_up_is_no_act(world):
    Interview.objects.filter(nomination=world.one).update(is_locked=True)
    with pytest.raises(DelayMovesNobody):
        shift(world, 0)


def test_the_place_of_a_nominee_who_did_not_come_is_free_for_who_is_late(world):
    two = Interview.objects.get(nomination=world.two)
    record_no_show(interview=two, expected_version=1, reason="Sakit", actor=world.secretary, at=AT)
    assert looked(world, 30).broken == ()
    shift(world, 30)
    assert starts(world)[world.one.pk] == HALF
    assert Interview.objects.filter(room=world.room, starts_at=AT + HALF).count() == 2


def test_whoever_does_not_schedule_shifts_nothing(world):
    token = looked(world, 15).token
    with pytest.raises(NotPermitted):
        shift(world, 15, token=token, actor=make_user(Role.AUDITOR, round=world.round))


def test_the_same_number_of_queries_for_one_interview_and_for_many(world, django_assert_num_queries):
    with django_assert_num_queries(17):
        looked(world, 15)
    for number in range(4, 9):
        nomination = make_nomination(world.category, region_code=f"53.{number:02d}")
        make.make_interview(
            nomination,
            world.seats,
            starts_at=AT + HALF * number - timedelta(hours=1),
            room=make.make_room(world.round, "Aula"),
        )
    with django_assert_num_queries(17):
        looked(world, 15)


def test_an_interview_that_was_cancelled_meanwhile_delays_nobody(world):
    token, gone = looked(world, 15).token, first(world)
    cancel_interview(interview=gone, expected_version=1, actor=world.secretary, at=AT)
    with pytest.raises(DelayChangedMeanwhile):
        shift_interviews(interview=gone, minutes=15, is_for_all=False, token=token, actor=world.secretary, at=AT)
