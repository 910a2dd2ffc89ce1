"""What happened is written down with its events, in one piece; what is refused leaves nothing."""

from datetime import timedelta

import pytest

from judging.models import (
    Interview,
    InterviewState,
    NomineePlan,
    NomineeSpan,
    RoomClosure,
    ScheduleChange,
    SeatAbsence,
)
from judging.selectors.schedule_broken import broken_of
from judging.services import schedule_happened as services
from judging.services.schedule import InterviewChangedMeanwhile, InterviewIsOver
from judging.services.schedule_absences import AwayAlready
from judging.services.schedule_material import DayNotOfTheRound, SpanReversed
from judging.services.schedule_rooms import ClosedAlready
from nominees.models import Status
from nominees.services.screening import StatusReasonMissing
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import THURSDAY, TUESDAY, WEDNESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
BEFORE = AT - timedelta(days=3)


@pytest.fixture
def world():
    world = make_prepared()
    for nomination, hours in ((world.one, 0), (world.two, 1)):
        make.make_interview(nomination, world.seats, starts_at=AT + timedelta(hours=hours))
    return world


def span(first=TUESDAY, last=TUESDAY, start=0, end=1440):
    return {"first": first, "last": last, "start": start, "end": end}


def events(seen=0):
    return list(AuditEvent.objects.order_by("seq").values_list("action", flat=True))[seen:]


def broken(world, at=BEFORE):
    return [(one.code, one.nominations) for one in broken_of(world.round, at=at).violations]


def whom(world):
    return {"actor": world.secretary, "at": BEFORE}


def test_a_nominee_who_cannot_come_has_what_is_left(world):
    NomineePlan.objects.create(nomination=world.one, is_online=False, arrives_on=TUESDAY, arrives_at=60)
    NomineeSpan.objects.create(nomination=world.one, kind="avoid", day=WEDNESDAY, start=480, end=540, weight="high")
    services.nominee_cannot_come(nomination=world.one, **span(start=480, end=600), **whom(world))
    assert set(NomineeSpan.objects.values_list("kind", "day", "start", "end", "weight")) == {
        ("window", TUESDAY, 0, 480, "normal"),
        ("window", TUESDAY, 600, 1440, "normal"),
        ("window", WEDNESDAY, 0, 1440, "normal"),
        ("window", THURSDAY, 0, 1440, "normal"),
        ("avoid", WEDNESDAY, 480, 540, "high"),
    }
    assert (NomineePlan.objects.get().arrives_at, events()) == (60, ["schedule.nominee_planned"])
    assert broken(world) == [("outside_window", (world.one.pk,))]
    services.nominee_cannot_come(nomination=world.one, **span(TUESDAY, WEDNESDAY), **whom(world))
    assert set(NomineeSpan.objects.filter(kind="window").values_list("day", flat=True)) == {THURSDAY}
    with pytest.raises(services.NoTimeLeft):
        services.nominee_cannot_come(nomination=world.one, **span(THURSDAY, THURSDAY), **whom(world))


def test_a_nominee_who_withdraws_is_met_no_more_locked_or_not(world):
    Interview.objects.filter(nomination=world.one).update(is_locked=True)
    services.nominee_withdraws(nomination=world.one, reason="mundur (contoh)", **whom(world))
    world.one.refresh_from_db()
    assert (world.one.status, world.one.status_reason) == (Status.WITHDRAWN, "mundur (contoh)")
    assert [one.nomination for one in Interview.objects.all()] == [world.two]
    assert events() == ["interview.unlocked", "interview.cancelled", "nomination.status_set"]
    assert ScheduleChange.objects.get().kind == "cancelled"
    assert broken_of(world.round, at=BEFORE).unplaced == ()


def test_whoever_withdraws_while_being_met_or_without_a_reason_changes_nothing(world):
    with pytest.raises(StatusReasonMissing):
        services.nominee_withdraws(nomination=world.one, reason=" ", **whom(world))
    Interview.objects.filter(nomination=world.one).update(state=InterviewState.RUNNING)
    with pytest.raises(InterviewIsOver):
        services.nominee_withdraws(nomination=world.one, reason="mundur", **whom(world))
    assert (Interview.objects.count(), events()) == (2, [])


def test_a_member_who_is_ill_for_days(world):
    seating = make_absence(world.seats[0], WEDNESDAY, 0, 1440).seating
    told = {"seating": seating, **span(TUESDAY, THURSDAY), "note": "sakit"}
    assert services.member_is_away(**told, **whom(world)) == 2
    assert set(SeatAbsence.objects.values_list("day", flat=True)) == {TUESDAY, WEDNESDAY, THURSDAY}
    assert events() == ["absence.entered"] * 2
    found = broken_of(world.round, at=BEFORE).violations
    assert [(one.code, one.facts["seat"]) for one in found] == [("member_unavailable", "Unsur 1")] * 2
    assert broken(world, AT + timedelta(minutes=1)) == [("member_unavailable", (world.two.pk,))]  # what began is past
    with pytest.raises(AwayAlready):
        services.member_is_away(**told, **whom(world))


def test_a_room_that_is_lost(world):
    told = {"room": world.room, **span(TUESDAY, WEDNESDAY, 600, 720), "reason": "bocor"}
    assert services.room_is_lost(**told, **whom(world)) == 2
    assert list(RoomClosure.objects.values_list("day", "start", "reason")) == [
        (TUESDAY, 600, "bocor"), (WEDNESDAY, 600, "bocor"),
    ]  # fmt: skip
    assert broken(world) == [("room_unavailable", (world.two.pk,))]
    with pytest.raises(ClosedAlready):
        services.room_is_lost(**told, **whom(world))


def test_an_interview_that_takes_longer_runs_into_the_next(world):
    interview = Interview.objects.get(nomination=world.one)
    told = {"interview": interview, "expected_version": 1, "minutes": 45}
    found = services.interview_overruns(**told, actor=world.secretary, at=AT)
    assert (found.ends_at, found.version) == (AT + timedelta(minutes=75), 2)
    assert (events(), ScheduleChange.objects.get().kind) == (["interview.lengthened"], "moved")
    pair = (world.one.pk, world.two.pk)
    assert broken(world, AT) == [("room_taken", pair), ("seat_elsewhere", pair)]
    with pytest.raises(InterviewChangedMeanwhile):
        services.interview_overruns(**told, actor=world.secretary, at=AT)


@pytest.mark.parametrize("minutes", [0, 241])
def test_an_interview_takes_no_minutes_or_a_day_longer(world, minutes):
    interview = Interview.objects.get(nomination=world.one)
    with pytest.raises(services.OverrunOutOfRange):
        services.interview_overruns(interview=interview, expected_version=1, minutes=minutes, **whom(world))
    Interview.objects.filter(pk=interview.pk).update(state=InterviewState.HELD)
    with pytest.raises(InterviewIsOver):
        services.interview_overruns(interview=interview, expected_version=1, minutes=5, **whom(world))


def test_spans_lie_on_days_of_the_round_and_in_order(world):
    with pytest.raises(SpanReversed):
        services.room_is_lost(room=world.room, **span(WEDNESDAY, TUESDAY), **whom(world))
    with pytest.raises(SpanReversed):
        services.nominee_cannot_come(nomination=world.one, **span(start=600, end=600), **whom(world))
    with pytest.raises(DayNotOfTheRound):
        services.room_is_lost(room=world.room, **span(last=TUESDAY + timedelta(days=30)), **whom(world))
    assert events() == []


def test_a_panel_below_the_quorum_does_not_hold(world):
    one = Interview.objects.get(nomination=world.one)
    one.attendances.exclude(seat=world.seats[0]).delete()
    assert broken(world) == [("below_quorum", (world.one.pk,))]


def test_only_whoever_schedules_writes_it_down(world):
    chair = make_user(Role.CHAIR, round=world.round)
    interview = Interview.objects.get(nomination=world.one)
    refused = {"actor": chair, "at": BEFORE}
    for act, told in (
        (services.nominee_cannot_come, {"nomination": world.one, **span()}),
        (services.nominee_withdraws, {"nomination": world.one, "reason": "x"}),
        (services.member_is_away, {"seating": world.seats[0].seatings.get(), **span()}),
        (services.room_is_lost, {"room": world.room, **span()}),
        (services.interview_overruns, {"interview": interview, "expected_version": 1, "minutes": 5}),
    ):
        with pytest.raises(NotPermitted):
            act(**told, **refused)
    assert events() == []
