"""Placing by hand: what is written, what is refused, and that a refusal changes nothing."""

from datetime import timedelta

import pytest

from judging.models import Attendance, Interview, Presence, RecusalState, Room
from judging.services import schedule as services
from judging.services import schedule_rooms as rooms
from judging.services.interview_day import record_no_show
from nominees.core.lifecycle import State
from nominees.models import Nomination, Status
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
HALF_HOUR = timedelta(minutes=30)


@pytest.fixture
def world():
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make.make_rules(round, min_scores=3)
    return {
        "round": round,
        "secretary": make_user(Role.SECRETARIAT, round=round),
        "seats": make.make_panel(round, 3),
        "one": make_nomination(category, region_code="53.01"),
        "two": make_nomination(category, region_code="53.02"),
        "room": make.make_room(round),
    }


def place(world, nomination="one", *, starts_at=AT, room=None, seats=None, actor="secretary"):
    return services.place_interview(
        nomination=world[nomination],
        room=room or world["room"],
        starts_at=starts_at,
        ends_at=starts_at + HALF_HOUR,
        seats=world["seats"] if seats is None else seats,
        actor=world[actor],
        at=AT,
    )


def move(world, interview, **changes):
    given = {"room": interview.room, "starts_at": interview.starts_at, "seats": world["seats"]} | changes
    return services.move_interview(
        interview=interview,
        expected_version=given.pop("expected_version", interview.version),
        ends_at=given["starts_at"] + HALF_HOUR,
        actor=world["secretary"],
        at=AT,
        **given,
    )


def last_event():
    return AuditEvent.objects.order_by("-seq").first()


def test_place_interview_writes_interview_seats_and_event(world):
    interview = place(world)
    assert Interview.objects.get() == interview
    assert set(Attendance.objects.values_list("seat", "presence")) == {
        (seat.pk, Presence.EXPECTED) for seat in world["seats"]
    }
    assert (last_event().action, last_event().chain) == ("interview.placed", world["round"].scope)


def test_place_interview_in_a_taken_room_names_both_and_changes_nothing(world):
    place(world)
    before = AuditEvent.objects.count()
    with pytest.raises(services.InterviewRefused) as refusal:
        place(world, "two", seats=[])
    (violation,) = refusal.value.facts["violations"][:1]
    assert violation.code == "room_taken"
    told = sentence(violation.code, violation.facts)
    assert str(world["one"]) in told
    assert str(world["two"]) in told
    assert (Interview.objects.count(), AuditEvent.objects.count()) == (1, before)


def refused_codes(refusal):
    return {violation.code for violation in refusal.value.facts["violations"]}


def test_place_interview_with_a_seat_that_sits_elsewhere_is_refused(world):
    place(world)
    with pytest.raises(services.InterviewRefused) as refusal:
        place(world, "two", room=make.make_room(world["round"], "Ruang 2"), starts_at=AT + timedelta(minutes=10))
    assert refused_codes(refusal) == {"seat_elsewhere"}


@pytest.mark.parametrize("state", [RecusalState.DECLARED, RecusalState.CONFIRMED])
def test_place_interview_with_a_recused_seat_is_refused(world, state):
    make.make_recusal(world["seats"][1], world["one"], state)
    with pytest.raises(services.InterviewRefused) as refusal:
        place(world)
    assert refused_codes(refusal) == {"recused_seat_placed"}


def test_place_interview_with_a_declined_recusal_is_fine(world):
    make.make_recusal(world["seats"][1], world["one"], RecusalState.DECLINED)
    assert place(world).pk


def test_place_interview_outside_the_days_is_refused(world):
    with pytest.raises(services.InterviewRefused) as refusal:
        place(world, starts_at=AT - timedelta(days=1))
    assert refused_codes(refusal) == {"outside_interview_days"}


def test_place_interview_twice_is_refused(world):
    place(world)
    with pytest.raises(services.InterviewRefused) as refusal:
        place(world, starts_at=AT + timedelta(hours=3))
    assert refused_codes(refusal) == {"nominee_twice"}


def test_place_interview_that_ends_before_it_starts_is_refused(world):
    with pytest.raises(services.InterviewRefused) as refusal:
        services.place_interview(
            nomination=world["one"],
            room=world["room"],
            starts_at=AT,
            ends_at=AT - HALF_HOUR,
            seats=[],
            actor=world["secretary"],
            at=AT,
        )
    assert refused_codes(refusal) == {"ends_before_start"}


def test_place_interview_below_quorum_is_only_a_warning(world):
    assert place(world, seats=world["seats"][:1]).pk


def test_place_interview_of_a_withdrawn_nominee_is_refused(world):
    world["one"].status, world["one"].status_reason = Status.WITHDRAWN, "mundur"
    world["one"].save()
    with pytest.raises(services.NomineeNotMet):
        place(world)


def test_the_place_of_who_did_not_come_is_free_but_not_for_the_same_nominee_again(world):
    interview = place(world)
    record_no_show(interview=interview, expected_version=1, reason="", actor=world["secretary"], at=AT)
    with pytest.raises(services.NomineeNotMet):
        place(world)
    Nomination.objects.filter(pk=world["one"].pk).update(status=Status.RUNNING)
    with pytest.raises(services.InterviewIsOver):
        place(world)
    assert place(world, "two").starts_at == AT


def test_place_interview_in_another_rounds_room_is_refused(world):
    other = make_round(region_code="81")
    with pytest.raises(services.NotOfThisRound):
        place(world, room=make.make_room(other))


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER])
def test_place_interview_needs_the_secretariat(world, role):
    world["somebody"] = make_user(role, round=world["round"])
    with pytest.raises(NotPermitted):
        place(world, actor="somebody")
    assert not Interview.objects.exists()


def test_place_interview_has_no_place_in_the_plenary(world):
    world["round"].state = State.PLENARY
    world["round"].save()
    with pytest.raises(NotPermitted):
        place(world)


def test_move_interview_within_its_own_time_is_no_clash(world):
    interview = place(world)
    moved = move(world, interview, starts_at=AT + timedelta(minutes=10), seats=world["seats"][:2])
    moved.refresh_from_db()
    assert (moved.starts_at, moved.version) == (AT + timedelta(minutes=10), 2)
    assert [row.seat for row in moved.attendances.all()] == world["seats"][:2]
    assert last_event().action == "interview.moved"


def test_move_interview_onto_another_is_refused(world):
    place(world)
    second = place(world, "two", starts_at=AT + timedelta(hours=1))
    with pytest.raises(services.InterviewRefused):
        move(world, second, starts_at=AT)
    second.refresh_from_db()
    assert second.starts_at == AT + timedelta(hours=1)


def test_move_interview_from_a_stale_page_is_refused(world):
    interview = place(world)
    move(world, interview, starts_at=AT + timedelta(hours=1))
    with pytest.raises(services.InterviewChangedMeanwhile) as stale:
        move(world, interview, starts_at=AT + timedelta(hours=2), expected_version=1)
    assert str(world["one"]) in explain(stale.value)


def test_cancel_interview_leaves_the_nominee_unplaced_and_an_event(world):
    interview = place(world)
    services.cancel_interview(interview=interview, expected_version=1, actor=world["secretary"], at=AT)
    assert not Interview.objects.exists()
    assert last_event().action == "interview.cancelled"
    with pytest.raises(services.InterviewChangedMeanwhile):
        services.cancel_interview(interview=interview, expected_version=1, actor=world["secretary"], at=AT)


def test_add_room_refuses_the_same_name_in_other_letters(world):
    room = rooms.add_room(round=world["round"], name="Aula", actor=world["secretary"], at=AT)
    assert last_event().action == "room.added"
    with pytest.raises(rooms.RoomNameTaken):
        rooms.add_room(round=world["round"], name=" aula", actor=world["secretary"], at=AT)
    assert Room.objects.filter(name__iexact=room.name).count() == 1
