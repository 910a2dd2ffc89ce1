"""Placing by hand where material is set: its rules, their levels, a person's word, and locks."""

from datetime import timedelta

import pytest

from judging.models import CategoryPlan, Interview, NomineePlan, RoleGroup, RoomClosure, ScheduleMaterial, SharedPerson
from judging.services import schedule as services
from paritrana.audit.models import AuditEvent
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import TUESDAY, make_absence, make_prepared
from tests.factories.world import AT

pytestmark = pytest.mark.django_db
NOON, AFTERNOON = AT + timedelta(hours=3), AT + timedelta(hours=4)


@pytest.fixture
def world():
    return make_prepared()


def place(world, nomination=None, *, starts_at=AT, minutes=30, seats=None, room=None, confirmed=()):
    return services.place_interview(
        nomination=nomination or world.one,
        room=room or world.room,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        seats=world.seats if seats is None else seats,
        confirmed=confirmed,
        actor=world.secretary,
        at=AT,
    )


def refused(world, *args, **told):
    """Codes by which the rules refuse it; every violation has its sentence."""
    with pytest.raises(services.InterviewRefused) as error:
        place(world, *args, **told)
    for violation in error.value.facts["violations"]:
        assert sentence(violation.code, violation.facts)
    assert not Interview.objects.filter(nomination=world.one).exists()
    return [violation.code for violation in error.value.facts["violations"]]


def levels(world, **chosen):
    ScheduleMaterial.objects.update_or_create(round=world.round, defaults={"levels": chosen})


def test_what_fits_is_placed(world):
    assert place(world).starts_at == AT


def test_interview_lies_inside_a_session(world):
    assert refused(world, starts_at=NOON - timedelta(minutes=10)) == ["outside_session"]
    assert refused(world, starts_at=AT + timedelta(days=2)) == ["outside_interview_days"]
    assert refused(world, starts_at=AT + timedelta(minutes=2)) == ["off_grid"]


def test_closed_room_absent_member_and_window(world):
    RoomClosure.objects.create(room=world.room, day=TUESDAY, start=0, end=720)
    make_absence(world.seats[1])
    NomineePlan.objects.create(nomination=world.one, arrives_on=TUESDAY, arrives_at=780)
    assert refused(world) == ["outside_window", "room_unavailable", "member_unavailable"]
    assert place(world, starts_at=AFTERNOON).room == world.room


def test_mode_binds_only_nominees_of_whom_it_was_said(world):
    link = make.make_room(world.round, "Tautan Zoom")
    link.is_onsite, link.is_online = False, True
    link.save()
    place(world, world.two, room=link)
    NomineePlan.objects.create(nomination=world.one)
    assert refused(world, room=link, starts_at=AFTERNOON) == ["room_mode"]


def test_mandatory_seats_largest_panel_and_buffer(world):
    group = RoleGroup.objects.create(round=world.round, name="Pimpinan")
    group.seats.set(world.seats[2:])
    plan = CategoryPlan.objects.create(category=world.category, buffer=10, panel_max=2)
    plan.role_groups.add(group)
    assert refused(world) == ["above_panel_max"]
    assert refused(world, seats=world.seats[:2]) == ["role_missing"]
    place(world, world.two, seats=world.seats[1:])
    assert refused(world, starts_at=AT + timedelta(minutes=30), seats=world.seats[1:]) == [
        "room_taken",
        "seat_elsewhere",
    ]


def test_person_of_two_nominees_is_named_to_the_secretariat(world):
    person = SharedPerson.objects.create(round=world.round, number=1, name="Ibu Camat (contoh)")
    person.nominations.set([world.one, world.two])
    place(world, world.two, seats=world.seats[:1])
    with pytest.raises(services.InterviewRefused) as error:
        place(world, room=make.make_room(world.round, "Aula"), seats=world.seats[1:])
    (violation,) = error.value.facts["violations"]
    assert (violation.code, violation.facts["person"]) == ("person_elsewhere", "Ibu Camat (contoh)")


def test_rest_and_load_of_a_day(world):
    ScheduleMaterial.objects.update(max_continuous_min=40, max_minutes_per_day=50)
    assert refused(world, minutes=60) == ["day_load", "no_break"]


def test_a_rule_that_needs_confirmation_asks_and_the_log_keeps_the_answer(world):
    levels(world, member_unavailable="confirm", outside_session="confirm")
    make_absence(world.seats[0])
    with pytest.raises(services.InterviewNeedsConfirmation) as error:
        place(world)
    assert explain(error.value)
    assert [one.code for one in error.value.facts["violations"]] == ["member_unavailable"]
    with pytest.raises(services.InterviewNeedsConfirmation):
        place(world, confirmed={"outside_session"})  # another rule than the broken one
    place(world, confirmed={"member_unavailable"})
    assert '"confirmed":["member_unavailable"]' in AuditEvent.objects.get(action="interview.placed").payload


def test_warning_and_ignored_stop_nobody(world):
    levels(world, member_unavailable="warning", off_grid="ignored")
    make_absence(world.seats[0])
    place(world, starts_at=AT + timedelta(minutes=3))
    assert "confirmed" not in AuditEvent.objects.get(action="interview.placed").payload


def test_too_small_a_panel_is_a_warning_until_somebody_says_otherwise(world):
    place(world, seats=world.seats[:1])
    levels(world, below_quorum="forbidden")
    with pytest.raises(services.InterviewRefused):
        place(world, world.two, starts_at=AFTERNOON, seats=world.seats[:1])


def test_material_without_sessions_leaves_the_days_open():
    world = make_prepared(sessions=False)
    make_absence(world.seats[0], start=0, end=60)
    place(world, starts_at=NOON)
    assert refused_day(world) == ["outside_interview_days"]


def refused_day(world):
    with pytest.raises(services.InterviewRefused) as error:
        place(world, world.two, starts_at=AT + timedelta(days=9))
    return [violation.code for violation in error.value.facts["violations"]]


def lock(world, interview, is_locked=True, actor=None):
    version = Interview.objects.get().version
    told = {"interview": interview, "expected_version": version, "is_locked": is_locked, "at": AT}
    return services.lock_interview(actor=actor or world.secretary, **told)


def test_locked_interview_is_neither_moved_nor_cancelled(world):
    interview = lock(world, place(world))
    told = {"interview": interview, "expected_version": interview.version, "actor": world.secretary, "at": AT}
    where = {"room": world.room, "starts_at": AFTERNOON, "ends_at": AFTERNOON + timedelta(minutes=30), "seats": []}
    with pytest.raises(services.InterviewIsLocked):
        services.move_interview(**told, **where)
    with pytest.raises(services.InterviewIsLocked):
        services.cancel_interview(**told)
    lock(world, interview, is_locked=False)
    told["expected_version"] += 1
    assert services.move_interview(**told, **where).starts_at == AFTERNOON
    counted = [AuditEvent.objects.filter(action=f"interview.{act}").count() for act in ("locked", "unlocked")]
    assert counted == [1, 1]


def test_locking_twice_changes_nothing_and_members_do_not_lock(world):
    interview = lock(world, place(world))
    assert lock(world, interview).version == interview.version
    with pytest.raises(NotPermitted):
        lock(world, interview, actor=world.holder())
