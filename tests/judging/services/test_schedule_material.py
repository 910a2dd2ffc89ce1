"""What a schedule rests on, set: result, rows, event; each refusal once; who may and who may not."""

from datetime import date

import pytest

from judging.models import (
    CategoryPlan,
    InterviewSession,
    NomineePlan,
    NomineeSpan,
    NomineeSpanKind,
    RoleGroup,
    Room,
    RoomClosure,
    ScheduleMaterial,
    SeatAbsence,
    SharedPerson,
    Weight,
)
from judging.services import schedule_absences as absences
from judging.services import schedule_categories as categories
from judging.services import schedule_material as material
from judging.services import schedule_nominees as nominees
from judging.services import schedule_rooms as rooms
from judging.services.schedule import NotOfThisRound
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.sentences import explain
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import AFTERNOON, MORNING, THURSDAY, TUESDAY, WEDNESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
SATURDAY = date(2025, 6, 28)


@pytest.fixture
def world():
    return make_prepared(sessions=False)


def by(world, **told):
    return {"actor": world.secretary, "at": AT} | told


def events(action):
    return AuditEvent.objects.filter(action=action)


def sessions(world, day):
    return list(InterviewSession.objects.filter(round=world.round, day=day).values_list("start", "end"))


def test_usual_sessions_leave_lunch_prayer_and_weekend_free(world):
    world.round.interviews_until = SATURDAY
    world.round.save()
    material.set_sessions(round=world.round, day=TUESDAY, sessions=[(540, 600)], **by(world))
    new = material.make_usual_sessions(round=world.round, **by(world))
    assert [day.day for day in new] == [25, 26, 27]
    assert sessions(world, TUESDAY) == [(540, 600)]
    assert sessions(world, THURSDAY) == [MORNING, AFTERNOON]
    assert sessions(world, date(2025, 6, 27)) == [(480, 690), (810, 960)]
    assert events("schedule.sessions_set").count() == 4
    assert material.make_usual_sessions(round=world.round, **by(world)) == []


def test_sessions_of_a_day_are_replaced_and_the_same_leaves_no_event(world):
    for spans in ([AFTERNOON, MORNING], [MORNING, AFTERNOON], []):
        material.set_sessions(round=world.round, day=TUESDAY, sessions=spans, **by(world))
    assert sessions(world, TUESDAY) == []
    assert events("schedule.sessions_set").count() == 2


@pytest.mark.parametrize(
    ("day", "spans", "error"),
    [
        (SATURDAY, [MORNING], material.DayNotOfTheRound),
        (TUESDAY, [(600, 600)], material.SpanReversed),
        (TUESDAY, [(600, 1441)], material.SpanReversed),
        (TUESDAY, [MORNING, (700, 800)], material.SessionsOverlap),
    ],
)
def test_sessions_that_make_no_sense_are_refused(world, day, spans, error):
    with pytest.raises(error) as refused:
        material.set_sessions(round=world.round, day=day, sessions=spans, **by(world))
    assert explain(refused.value)
    assert not ScheduleMaterial.objects.exists()


def test_round_without_dates_has_no_usual_sessions(world):
    world.round.interviews_from = world.round.interviews_until = None
    world.round.save()
    with pytest.raises(material.NoInterviewDays):
        material.make_usual_sessions(round=world.round, **by(world))


def test_rules_are_set_once_and_kept_as_words(world):
    rules = material.ScheduleRules(10, 240, 15, 360, {"idle": "high"}, {"below_quorum": "confirm"})
    for _ in range(2):
        found = material.set_rules(round=world.round, rules=rules, **by(world))
    assert (found.grid_min, found.weights, found.levels) == (10, {"idle": "high"}, {"below_quorum": "confirm"})
    assert events("schedule.rules_set").count() == 1


@pytest.mark.parametrize(
    ("rules", "error"),
    [
        ({"levels": {"recused_seat_placed": "warning"}}, material.RuleCannotBeLoosened),
        ({"levels": {"member_unavailable": "ignored"}}, material.RuleCannotBeLoosened),
        ({"min_break_min": 15}, material.BreakNeedsStretch),
        ({"max_minutes_per_day": 0}, material.BreakNeedsStretch),
        ({"weights": {"unheard-of": "high"}}, ValueError),
        ({"grid_min": 0}, ValueError),
    ],
)
def test_law_bound_rules_and_nonsense_are_refused(world, rules, error):
    with pytest.raises(error):
        material.set_rules(round=world.round, rules=material.ScheduleRules(**rules), **by(world))
    assert not ScheduleMaterial.objects.exists()


def test_room_gets_modes_and_closures(world):
    rooms.change_room(room=world.room, is_onsite=False, is_online=True, **by(world))
    closure = rooms.close_room(room=world.room, day=TUESDAY, start=480, end=600, reason=" servis ", **by(world))
    assert (Room.objects.get().is_onsite, closure.reason) == (False, "servis")
    with pytest.raises(rooms.ClosedAlready):
        rooms.close_room(room=world.room, day=TUESDAY, start=500, end=600, **by(world))
    rooms.reopen_room(closure=closure, **by(world))
    assert not RoomClosure.objects.exists()
    assert [events(f"room.{act}").count() for act in ("changed", "closed", "reopened")] == [1, 1, 1]


def test_room_without_any_mode_is_refused(world):
    for act in (
        lambda: rooms.change_room(room=world.room, is_onsite=False, is_online=False, **by(world)),
        lambda: rooms.add_room(round=world.round, name="Aula", is_onsite=False, **by(world)),
    ):
        with pytest.raises(rooms.RoomNeedsMode):
            act()


def plan(world, **told):
    given = {"duration": 20, "buffer": 5, "quorum": 2, "panel_max": 5, "unsur_target": 3, "role_groups": []} | told
    return categories.plan_category(category=world.category, **given, **by(world))


def test_category_with_mandatory_seats(world):
    group = categories.set_role_group(round=world.round, name="Pimpinan", minimum=1, seats=world.seats[:2], **by(world))
    found = plan(world, role_groups=[group])
    plan(world, role_groups=[group])
    assert list(found.role_groups.all()) == [group]
    assert events("schedule.category_planned").count() == 1
    again = categories.set_role_group(round=world.round, name="Pimpinan", minimum=2, seats=world.seats, **by(world))
    assert (again, again.minimum, again.seats.count()) == (group, 2, 3)
    categories.remove_role_group(group=group, **by(world))
    assert not RoleGroup.objects.exists()
    assert CategoryPlan.objects.get().role_groups.count() == 0


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"duration": 0}, categories.DurationMissing),
        ({"panel_max": 1}, categories.PanelBelowQuorum),
    ],
)
def test_category_that_makes_no_sense_is_refused(world, told, error):
    with pytest.raises(error) as refused:
        plan(world, **told)
    assert explain(refused.value)


def test_groups_and_seats_of_another_round_or_too_few_are_refused(world):
    other = make_round(region_code="51")
    seats = make.make_panel(other, 1)
    with pytest.raises(NotOfThisRound):
        categories.set_role_group(round=world.round, name="X", minimum=1, seats=seats, **by(world))
    with pytest.raises(categories.RoleGroupTooSmall):
        categories.set_role_group(round=world.round, name="X", minimum=4, seats=world.seats, **by(world))
    group = RoleGroup.objects.create(round=other, name="X")
    with pytest.raises(NotOfThisRound):
        plan(world, role_groups=[group])


def plan_nominee(world, *times, **told):
    given = {"is_online": False, "arrives_on": None, "arrives_at": 0} | told
    return nominees.plan_nominee(nomination=world.one, times=times, **given, **by(world))


def test_nominee_with_window_and_wish_replaces_what_was_there(world):
    window = nominees.NomineeTime(NomineeSpanKind.WINDOW, TUESDAY, 480, 720)
    wish = nominees.NomineeTime(NomineeSpanKind.AVOID, TUESDAY, 480, 540, Weight.HIGH)
    plan_nominee(world, window, wish, wish)
    assert NomineeSpan.objects.count() == 2
    plan_nominee(world, window, is_online=True, arrives_on=WEDNESDAY, arrives_at=600)
    assert NomineeSpan.objects.get().kind == "window"
    assert NomineePlan.objects.get().is_online
    assert events("schedule.nominee_planned").count() == 2
    for wrong in ((SATURDAY, 480, 720), (TUESDAY, 720, 480)):
        with pytest.raises((material.DayNotOfTheRound, material.SpanReversed)):
            plan_nominee(world, nominees.NomineeTime(NomineeSpanKind.WINDOW, *wrong))


def test_arrival_of_a_region_leaves_those_met_by_link_alone(world):
    def arrive(region):
        told = {"arrives_on": WEDNESDAY, "arrives_at": 600}
        return nominees.set_arrivals(round=world.round, region=region, **told, **by(world))

    assert arrive("53.01") == 1
    found = NomineePlan.objects.get()
    assert (found.nomination, found.arrives_on, found.arrives_at) == (world.one, WEDNESDAY, 600)
    NomineePlan.objects.create(nomination=world.two, is_online=True)
    for region in ("53.02", "53.77", ""):
        with pytest.raises(nominees.NobodyOfRegion):
            arrive(region)
    assert events("schedule.arrivals_set").count() == 1


def test_person_of_several_nominees_is_a_number_in_the_log(world):
    told = {"name": "Rahasia Sekali", "nominations": [world.one, world.two]}
    person = nominees.share_person(round=world.round, **told, **by(world))
    nominees.unshare_person(person=person, **by(world))
    assert not SharedPerson.objects.exists()
    for event in events("schedule.person_shared") | events("schedule.person_unshared"):
        assert event.object_label == "orang-1"
        assert "Rahasia" not in event.payload
    with pytest.raises(nominees.PersonOfOneNominee):
        nominees.share_person(round=world.round, name="X", nominations=[world.one], **by(world))


def enter(world, actor, position=1, day=TUESDAY, start=480, end=720):
    seating = world.seats[position - 1].seatings.get()
    return absences.enter_absence(seating=seating, day=day, start=start, end=end, note="rapat", actor=actor, at=AT)


def test_member_and_secretariat_enter_an_absence_and_who_did_is_kept(world):
    own = enter(world, world.holder())
    told = enter(world, world.secretary, position=2)
    assert (own.is_own, told.is_own) == (True, False)
    assert "rapat" not in events("absence.entered").first().payload
    absences.remove_absence(absence=told, actor=world.holder(2), at=AT)
    absences.remove_absence(absence=own, actor=world.secretary, at=AT)
    assert not SeatAbsence.objects.exists()
    assert events("absence.removed").count() == 2


def test_nobody_else_enters_or_removes_an_absence(world):
    with pytest.raises(NotPermitted):
        enter(world, world.holder(2), position=1)
    with pytest.raises(NotPermitted):
        absences.remove_absence(absence=make_absence(world.seats[0]), actor=world.holder(2), at=AT)
    assert SeatAbsence.objects.count() == 1


def test_absence_twice_or_of_a_former_holder_is_refused(world):
    enter(world, world.secretary)
    with pytest.raises(absences.AwayAlready):
        enter(world, world.secretary, start=500, end=600)
    world.seats[0].seatings.update(ends_on=TUESDAY)
    with pytest.raises(absences.NotSeatedThen):
        enter(world, world.secretary, day=WEDNESDAY)


def acts(world, actor):
    """Every service of the secretariat, as ``actor``."""
    whom = {"actor": actor, "at": AT}
    group = RoleGroup.objects.create(round=world.round, name="G")
    person = SharedPerson.objects.create(round=world.round, number=9, name="P")
    closure = RoomClosure.objects.create(room=world.room, day=TUESDAY, start=0, end=60)
    numbers = {"duration": 20, "buffer": 0, "quorum": None, "panel_max": None, "unsur_target": 0, "role_groups": []}
    arrival = {"arrives_on": None, "arrives_at": 0}
    both = [world.one, world.two]
    return [
        lambda: material.make_usual_sessions(round=world.round, **whom),
        lambda: material.set_sessions(round=world.round, day=TUESDAY, sessions=[], **whom),
        lambda: material.set_rules(round=world.round, rules=material.ScheduleRules(), **whom),
        lambda: rooms.change_room(room=world.room, is_onsite=True, is_online=True, **whom),
        lambda: rooms.close_room(room=world.room, day=TUESDAY, start=60, end=90, **whom),
        lambda: rooms.reopen_room(closure=closure, **whom),
        lambda: categories.plan_category(category=world.category, **numbers, **whom),
        lambda: categories.set_role_group(round=world.round, name="H", minimum=1, seats=world.seats, **whom),
        lambda: categories.remove_role_group(group=group, **whom),
        lambda: nominees.plan_nominee(nomination=world.one, is_online=False, times=[], **arrival, **whom),
        lambda: nominees.set_arrivals(round=world.round, region="53.01", **arrival, **whom),
        lambda: nominees.share_person(round=world.round, name="Q", nominations=both, **whom),
        lambda: nominees.unshare_person(person=person, **whom),
    ]


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER])
def test_only_the_secretariat_prepares(world, role):
    for act in acts(world, make_user(role, round=world.round)):
        with pytest.raises(NotPermitted):
            act()
    assert not AuditEvent.objects.exists()


def test_nothing_is_prepared_once_the_sheets_are_closed(world):
    made = acts(world, world.secretary)
    world.round.state = State.PLENARY
    world.round.save()
    for act in made:
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(NotPermitted):
        enter(world, world.holder())
