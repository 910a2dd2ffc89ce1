"""Why not here: names instead of ids, the same as data, a button that puts the interview where it may be."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.core.scheduling.writing import write
from judging.models import (
    CategoryPlan,
    Interview,
    NomineeSpan,
    RoomClosure,
    RunKind,
    RunState,
    RunStatus,
    ScheduleMaterial,
    ScheduleRun,
)
from judging.selectors.scheduling_problem import problem_of
from judging.web.schedule_offers import explained
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.schedule import TUESDAY, WEDNESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_nomination, make_user

pytestmark = pytest.mark.django_db
BEFORE = AT - timedelta(days=3)


@pytest.fixture(autouse=True)
def before_the_interviews():
    with translation.override("en"), time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def world(client):
    world = make_prepared()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(world.secretary)
    return world


def url(world, nomination):
    return round_url("judging:why_not", world.round, number=nomination.number)


def ask(client, world, nomination, day=TUESDAY, start="09:00", **headers):
    query = {"hari": day.isoformat(), "mulai": start, "ruang": world.room.pk}
    return client.get(url(world, nomination), query, **headers)


def test_what_stands_against_it_is_named(client, world):
    make.make_interview(world.one, world.seats)
    make.make_interview(world.two, world.seats, starts_at=AT + timedelta(hours=1))
    make_absence(world.seats[1])
    RoomClosure.objects.create(room=world.room, day=TUESDAY, start=480, end=600)
    answer = ask(client, world, world.two).context["answer"]
    told = {one["code"]: one for one in answer["violations"]}
    assert told.keys() == {"room_unavailable", "room_taken", "seat_elsewhere", "member_unavailable"}
    text = told["seat_elsewhere"]["text"]
    assert all(name in text for name in ("Unsur 1, Unsur 2, Unsur 3", str(world.one), "09.00 WITA", "Juni 2025"))
    assert "Unsur 2" in told["member_unavailable"]["text"]
    assert {one["level"] for one in answer["violations"]} == {"forbidden"}
    assert answer["allowed"] is False


def test_a_place_nearby_is_taken_by_its_button(client, world):
    make.make_interview(world.one, world.seats)
    make.make_interview(world.two, world.seats, starts_at=AT + timedelta(hours=1))
    page = ask(client, world, world.two)
    nearest = page.context["answer"]["elsewhere"][0]
    assert nearest["time"] == "pukul 08.30–09.00 WITA"
    assert 'name="starts" value="08:30"' in page.content.decode()
    fields = {}
    for name, value in nearest["fields"]:
        fields.setdefault(name, []).append(value)
    client.post(page.context["answer"]["action"], fields)
    assert Interview.objects.get(nomination=world.two).starts_at == AT - timedelta(minutes=30)


def test_who_has_no_interview_is_placed_and_what_it_costs_is_told(client, world):
    make.make_interview(world.one, world.seats)
    make_absence(world.seats[0], WEDNESDAY, 0, 1440)
    answer = ask(client, world, world.two, WEDNESDAY).context["answer"]
    assert (answer["allowed"], answer["seats"]) == (True, ["Unsur 2", "Unsur 3"])
    costs = {one["wish"]: one["cost"] for one in answer["wishes"]}
    assert costs == {"unsur_missing": 10, "category_day": 3, "load_range": 1}
    assert answer["wishes"][1]["text"].endswith("+1")
    fields = {}
    for name, value in answer["fields"]:
        fields.setdefault(name, []).append(value)
    client.post(answer["action"], fields)
    assert Interview.objects.filter(nomination=world.two).exists()


def test_a_locked_interview_stays_and_a_day_without_sessions_is_none(client, world):
    interview = make.make_interview(world.one, world.seats)
    Interview.objects.update(is_locked=True)
    answer = ask(client, world, world.one, start="10:00").context["answer"]
    assert ([one["code"] for one in answer["violations"]], answer["elsewhere"]) == (["interview_is_locked"], [])
    Interview.objects.update(is_locked=False)
    thursday = interview.starts_at.date() + timedelta(days=2)
    answer = ask(client, world, world.one, thursday).context["answer"]
    assert [one["code"] for one in answer["violations"]] == ["outside_interview_days"]
    assert answer["elsewhere"]
    answer = ask(client, world, world.one, start="23:45").context["answer"]
    assert [one["code"] for one in answer["violations"]] == ["ends_before_start"]


def test_a_round_without_material_is_asked_by_its_days_alone(client, world):
    ScheduleMaterial.objects.all().delete()
    world.round.interview_sessions.all().delete()
    answer = ask(client, world, world.one, start="21:03").context["answer"]
    assert (answer["allowed"], answer["violations"]) == (True, [])
    assert answer["elsewhere"]


def test_the_same_as_data(client, world):
    NomineeSpan.objects.create(nomination=world.one, kind="window", day=WEDNESDAY, start=480, end=720)
    answer = ask(client, world, world.one, headers={"accept": "application/json"}).json()
    assert [one["code"] for one in answer["violations"]] == ["outside_window"]
    assert answer["elsewhere"][0]["day"] == "Rabu, 25 Juni 2025"
    wrong = client.get(url(world, world.one), {"hari": "x"}, headers={"accept": "application/json"})
    assert (wrong.status_code, sorted(wrong.json()["errors"])) == (422, ["hari", "mulai", "ruang"])


def test_without_a_question_it_is_asked_about_where_it_is_or_could_be_first(client, world):
    make.make_interview(world.one, world.seats)
    page = client.get(url(world, world.one))
    answer = page.context["answer"]
    assert (answer["is_present"], answer["violations"], answer["wishes"]) == (True, [], [])
    assert answer["elsewhere"][0]["time"] == "pukul 08.55–09.25 WITA"
    assert 'value="09:00"' in page.content.decode()
    answer = client.get(url(world, world.two)).context["answer"]
    assert (answer["is_present"], answer["time"]) == (False, "pukul 08.00–08.30 WITA")


def test_a_question_with_mistakes_or_about_nobody(client, world):
    assert ask(client, world, world.one, start="x").context["form"].errors.keys() == {"mulai"}
    world.round.interview_sessions.all().delete()
    page = client.get(url(world, world.one))
    assert (page.context["answer"], page.context["form"].errors) == (None, {})
    assert client.get(round_url("judging:why_not", world.round, number=99999)).status_code == 404


def test_only_whoever_schedules_asks(client, world):
    client.force_login(make_user(Role.CHAIR, round=world.round))
    assert client.get(url(world, world.one)).status_code == 403


def test_costs_the_same_for_any_number(client, world):
    make.make_interview(world.one, world.seats)

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert ask(client, world, world.one, start="10:00").status_code == 200
        return len(queries)

    few = count()
    for number in range(3, 33):
        nomination = make_nomination(world.category, region_code=f"53.{number:02}")
        make.make_interview(nomination, world.seats, starts_at=AT + timedelta(hours=number))
    assert count() == few == 28


def make_explained(world, **relax):
    """A run of which nothing fits because of a quorum."""
    row = {"type": "quorum", "category": world.category.code, "relax": [relax]}
    return ScheduleRun.objects.create(
        round=world.round,
        number=1,
        kind=RunKind.EXPLAIN,
        state=RunState.DONE,
        status=RunStatus.INFEASIBLE,
        asked_by=world.secretary,
        asked_at=AT,
        seconds=10,
        problem=json.dumps(write(problem_of(world.round, at=BEFORE))),
        explanation=json.dumps([row, {"type": "recusal", "member": "unsur-1", "nominee": str(world.one.number)}]),
    )


def test_an_offer_is_looked_at_and_taken_by_a_button(client, world):
    run = make_explained(world, change="quorum_lower", quorum=1)
    (offer,) = explained(run)["offers"]
    assert offer["url"] == round_url("judging:schedule_category", world.round, code=world.category.code)
    page = client.get(offer["act"]).content.decode()
    assert f"Lower the quorum of {world.category} to 1." in page
    assert client.post(offer["act"]).url == round_url("judging:schedule_runs", world.round)
    assert CategoryPlan.objects.get().quorum == 1
    again = client.post(offer["act"])
    assert again.url == round_url("judging:schedule_run", world.round, number=1)
    client.force_login(make_user(Role.CHAIR, round=world.round))
    assert client.get(offer["act"]).status_code == client.post(offer["act"]).status_code == 403


def test_the_reason_is_told_with_names_and_where_it_is_changed(client, world):
    run = make_explained(world, change="room_added", room=world.room.name)
    told = explained(run)
    assert [one["text"] for one in told["requirements"]] == [
        f"{world.category}: at least 2 seats have to be there.",
        f"Unsur 1 may not sit with {world.one} because of a conflict of interest.",
    ]
    assert told["requirements"][1]["url"] == round_url("judging:recusals", world.round)
    assert [("act" in one, one["url"]) for one in told["offers"]] == [
        (False, round_url("judging:schedule_rooms", world.round))
    ]
    offer = round_url("judging:schedule_offer", world.round, number=1, offer=1)
    assert client.get(offer).status_code == 404  # somebody has to find a room first
    page = client.get(round_url("judging:schedule_run", world.round, number=1)).content.decode()
    assert told["requirements"][0]["text"] in page
