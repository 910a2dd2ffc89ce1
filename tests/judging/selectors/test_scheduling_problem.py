"""The problem of a round: ids that stay, what is pinned, and that it costs the same for any number of nominees."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.core.scheduling import document
from judging.core.scheduling.check import violations
from judging.core.scheduling.problem import Severity, Span
from judging.core.scheduling.writing import write
from judging.models import CategoryPlan, NomineePlan, NomineeSpan, RoleGroup, RoomClosure, SharedPerson
from judging.selectors.schedule_checks import schedule_checks
from judging.selectors.scheduling_problem import problem_of
from nominees.models import Status
from tests.factories import sheets as make
from tests.factories.schedule import THURSDAY, TUESDAY, WEDNESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_nomination

pytestmark = pytest.mark.django_db
BEFORE = AT - timedelta(days=3)


@pytest.fixture
def world():
    return make_prepared()


def test_ids_are_codes_numbers_and_names(world):
    problem = problem_of(world.round, at=BEFORE)
    assert [(day.id, len(day.sessions)) for day in problem.days] == [("2025-06-24", 2), ("2025-06-25", 2)]
    assert [(one.id, one.quorum, one.duration) for one in problem.categories] == [("pemda", 2, 30)]
    assert [(one.id, one.modes) for one in problem.rooms] == [("Ruang Flobamora", {"onsite"})]
    assert [one.id for one in problem.members] == ["unsur-1", "unsur-2", "unsur-3"]
    assert [(one.id, one.region, one.mode) for one in problem.nominees] == [
        (str(world.one.number), "53.01", "onsite"),
        (str(world.two.number), "53.02", "onsite"),
    ]
    assert problem.weights["unsur_missing"] == 10


def test_every_seat_is_wished_for_until_somebody_says_fewer(world):
    (category,) = problem_of(world.round, at=BEFORE).categories
    assert category.unsur_target == len(world.seats)
    CategoryPlan.objects.create(category=world.category, quorum=1, panel_max=2)
    (category,) = problem_of(world.round, at=BEFORE).categories
    assert category.unsur_target == 2


def test_only_those_whom_the_panel_meets(world):
    world.two.status = Status.WITHDRAWN
    world.two.status_reason = "mundur"
    world.two.save()
    assert [one.id for one in problem_of(world.round, at=BEFORE).nominees] == [str(world.one.number)]


def test_everything_that_was_set_arrives_in_the_document_and_nobody_is_named(world):
    group = RoleGroup.objects.create(round=world.round, name="Pimpinan", minimum=1)
    group.seats.set(world.seats[:1])
    plan = CategoryPlan.objects.create(category=world.category, duration=20, buffer=5, quorum=3, unsur_target=3)
    plan.role_groups.set([group])
    NomineePlan.objects.create(nomination=world.one, is_online=True)
    NomineePlan.objects.create(nomination=world.two, arrives_on=WEDNESDAY, arrives_at=600)
    NomineeSpan.objects.create(nomination=world.two, kind="avoid", day=WEDNESDAY, start=480, end=720, weight="high")
    RoomClosure.objects.create(room=world.room, day=TUESDAY, start=480, end=540)
    RoomClosure.objects.create(room=world.room, day=THURSDAY, start=480, end=540)  # no interviews then
    make_absence(world.seats[1])
    make.make_recusal(world.seats[2], world.one)
    person = SharedPerson.objects.create(round=world.round, number=4, name="Sekretaris Daerah Rahasia")
    person.nominations.set([world.one, world.two])

    problem = problem_of(world.round, at=BEFORE)

    one, two = (problem.nominee[str(nomination.number)] for nomination in (world.one, world.two))
    assert (one.mode, one.windows, one.persons) == ("online", (), ("orang-4",))
    assert two.windows == (Span("2025-06-25", 600, 1440),)
    assert two.avoid == (Span("2025-06-25", 480, 720, 10),)
    assert problem.category["pemda"].role_groups == ("Pimpinan",)
    assert problem.rooms[0].unavailable == (Span("2025-06-24", 480, 540),)
    assert problem.member["unsur-2"].unavailable == (Span("2025-06-24", 480, 720),)
    assert problem.member["unsur-3"].recused == {one.id}
    text = json.dumps(write(problem))
    assert document.read(json.loads(text)) == problem
    assert "Rahasia" not in text
    assert not any(seat.seatings.get().name in text for seat in world.seats)


def test_windows_are_cut_by_the_arrival_and_none_left_is_never(world):
    NomineePlan.objects.create(nomination=world.one, arrives_on=WEDNESDAY, arrives_at=600)
    for day, end in ((TUESDAY, 720), (WEDNESDAY, 660)):
        NomineeSpan.objects.create(nomination=world.one, kind="window", day=day, start=480, end=end)
    NomineeSpan.objects.create(nomination=world.two, kind="window", day=THURSDAY, start=480, end=720)
    problem = problem_of(world.round, at=BEFORE)
    assert problem.nominee[str(world.one.number)].windows == (Span("2025-06-25", 600, 660),)
    checks = schedule_checks(world.round, at=BEFORE)
    assert (checks.without_slot, checks.is_passed) == ((world.two,), False)


def test_absence_of_a_former_holder_binds_only_as_long_as_that_person_sits_there(world):
    make_absence(world.seats[0], TUESDAY)
    make_absence(world.seats[0], WEDNESDAY)
    world.seats[0].seatings.update(ends_on=TUESDAY)
    member = problem_of(world.round, at=BEFORE).member["unsur-1"]
    assert member.unavailable == (Span("2025-06-24", 480, 720), Span("2025-06-25", 0, 1440))


def test_seat_that_nobody_holds_is_no_member(world):
    world.seats[2].seatings.update(ends_on=date(2025, 6, 1))
    assert [one.id for one in problem_of(world.round, at=BEFORE).members] == ["unsur-1", "unsur-2"]


def test_todays_schedule_is_the_baseline_and_only_the_locked_and_begun_are_pinned(world):
    first = make.make_interview(world.one, world.seats[:2])
    second = make.make_interview(world.two, world.seats, starts_at=AT + timedelta(days=1))
    assert problem_of(world.round, at=BEFORE).pins == ()
    assert {one.nominee for one in problem_of(world.round, at=AT).pins} == {str(world.one.number)}
    second.is_locked = True
    second.save()
    problem = problem_of(world.round, at=BEFORE)
    (pin,) = problem.pins
    starts = (pin.nominee, pin.day, pin.start, pin.room, pin.members)
    assert starts == (
        str(world.two.number),
        "2025-06-25",
        540,
        "Ruang Flobamora",
        {"unsur-1", "unsur-2", "unsur-3"},
    )
    assert {one.nominee for one in problem.baseline} == {str(world.one.number), str(world.two.number)}
    assert violations(problem, problem.baseline) == ()
    first.state = "no_show"
    first.save()
    assert [one.nominee for one in problem_of(world.round, at=AT).baseline] == [str(world.two.number)]


def test_interview_of_another_length_and_outside_all_days_is_still_told(world):
    make.make_interview(world.one, world.seats, starts_at=AT + timedelta(days=2), minutes=50)
    problem = problem_of(world.round, at=AT + timedelta(days=3))
    assert problem.duration(str(world.one.number)) == 50
    assert problem.day["2025-06-26"].sessions == ()
    assert document.read(write(problem)) == problem


def test_a_day_that_the_dates_of_the_round_left_behind_is_none(world):
    world.round.interviews_from = WEDNESDAY
    world.round.save()
    assert [day.id for day in problem_of(world.round, at=BEFORE).days] == ["2025-06-25"]


def test_levels_and_limits(world):
    material = world.round.schedule_material
    material.levels, material.max_continuous_min, material.grid_min = {"below_quorum": "confirm"}, 120, 10
    material.save()
    problem = problem_of(world.round, at=BEFORE)
    assert problem.levels == {"below_quorum": Severity.CONFIRM}
    assert (problem.limits.max_continuous_min, problem.grid_min) == (120, 10)


def test_round_without_material_has_a_problem_without_days():
    world = make_prepared(sessions=False)
    checks = schedule_checks(world.round, at=BEFORE)
    assert (checks.days, checks.rooms, checks.nominees, checks.is_passed) == ((), 1, 2, False)


@pytest.mark.parametrize("nominees", [2, 30])
def test_costs_the_same_for_two_and_thirty_nominees(world, nominees):
    plan = CategoryPlan.objects.create(category=world.category)
    group = RoleGroup.objects.create(round=world.round, name="Pimpinan")
    plan.role_groups.add(group)
    for number in range(2, nominees):
        make_nomination(world.category, region_code=f"53.{number + 10}")
    make.make_interview(world.one, world.seats)
    make_absence(world.seats[0])
    round = type(world.round).objects.select_related("edition", "region").get(pk=world.round.pk)
    with CaptureQueriesContext(connection) as captured:
        problem = problem_of(round, at=BEFORE)
    assert (len(problem.nominees), len(captured)) == (nominees, 18)
