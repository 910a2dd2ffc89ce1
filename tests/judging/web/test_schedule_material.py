"""The pages of what a schedule rests on: what they show, what their forms write, whom they turn away."""

import json
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.core.scheduling import document
from judging.models import (
    CategoryPlan,
    Interview,
    InterviewSession,
    NomineePlan,
    NomineeSpan,
    RoleGroup,
    Room,
    RoomClosure,
    ScheduleMaterial,
    SeatAbsence,
    SharedPerson,
)
from nominees.templatetags.rounds import round_url
from tests.factories import sheets as make
from tests.factories.schedule import AFTERNOON, MORNING, TUESDAY, WEDNESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_nomination

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    world = make_prepared()
    client.force_login(world.secretary)
    return world


def url(world, name, **kwargs):
    return round_url(f"judging:{name}", world.round, **kwargs)


def test_overview_says_what_is_missing_and_where_it_is_set(client, world):
    page = client.get(url(world, "schedule_material"))
    assert (page.context["problems"], page.context["checks"].is_passed) == ([], True)
    NomineePlan.objects.create(nomination=world.one, is_online=True)
    for seat in world.seats[:2]:
        for day in (TUESDAY, WEDNESDAY):
            make_absence(seat, day, 0, 1440)
    problems = client.get(url(world, "schedule_material")).context["problems"]
    assert [one["url"] for one in problems] == [
        url(world, "schedule_nominee", number=world.one.number),
        url(world, "schedule_members"),
    ]
    InterviewSession.objects.all().delete()
    Room.objects.all().delete()
    problems = client.get(url(world, "schedule_material")).context["problems"]
    assert [one["url"] for one in problems][:2] == [url(world, "schedule_days"), url(world, "schedule_rooms")]


def test_overview_tells_of_a_day_that_is_too_short_and_of_recusals(client, world):
    NomineePlan.objects.create(nomination=world.one, arrives_on=WEDNESDAY, arrives_at=0)
    CategoryPlan.objects.create(category=world.category, duration=240)
    InterviewSession.objects.filter(start=AFTERNOON[0]).delete()
    InterviewSession.objects.filter(day=TUESDAY).update(end=600)
    for seat in world.seats[:2]:
        make.make_recusal(seat, world.two)
    problems = client.get(url(world, "schedule_material")).context["problems"]
    assert [one["url"] for one in problems] == [
        url(world, "schedule_days"),  # more minutes than there are
        url(world, "schedule_days"),  # both can come on Wednesday alone
        url(world, "recusals"),
    ]


def test_document_is_of_the_open_format(client, world):
    answer = client.get(url(world, "schedule_document"))
    assert answer["Content-Disposition"] == 'attachment; filename="jadwal-2024-53.json"'
    assert len(document.read(json.loads(answer.content)).nominees) == 2


def test_days_by_form(client, world):
    InterviewSession.objects.filter(day=TUESDAY).delete()
    client.post(url(world, "schedule_days"), {"langkah": "biasa"})
    assert InterviewSession.objects.filter(round=world.round).count() == 6
    times = {"2025-06-24-start-1": "07:30", "2025-06-24-end-1": "09:00"}
    client.post(url(world, "schedule_days"), {"day": "2025-06-24", **times})
    assert InterviewSession.objects.get(day=TUESDAY).start == 450
    page = client.get(url(world, "schedule_days"))
    assert [len(row["sessions"]) for row in page.context["days"]] == [1, 2, 2]
    assert 'value="07:30"' in page.content.decode()
    wrong = client.post(url(world, "schedule_days"), {"day": "2025-06-24", "2025-06-24-start-1": "x"})
    assert wrong.context["days"][0]["form"].errors
    assert client.post(url(world, "schedule_days"), {"day": "besok"}).status_code == 404


def test_rooms_by_form(client, world):
    here, pk = url(world, "schedule_rooms"), world.room.pk
    client.post(here, {"langkah": "tambah", "new-name": "Zoom", "new-modes": "online"})
    assert Room.objects.get(name="Zoom").is_onsite is False
    client.post(here, {"langkah": "mode", "id": pk, f"modes-{pk}-modes": "both"})
    assert Room.objects.get(pk=pk).is_online is True
    span = {"day": "2025-06-24", "start": "08:00", "end": "10:00", "note": "servis"}
    client.post(here, {"langkah": "tutup", "id": pk} | {f"closing-{pk}-{key}": value for key, value in span.items()})
    closure = RoomClosure.objects.get()
    assert (closure.start, closure.end, closure.reason) == (480, 600, "servis")
    assert "08.00–10.00" in client.get(here).content.decode()
    assert client.post(here, {"langkah": "tutup", "id": pk}).context["rows"][0]["closing"].errors
    client.post(here, {"langkah": "buka", "id": closure.pk})
    assert not RoomClosure.objects.exists()
    assert client.post(here, {"langkah": "buka", "id": "1²"}).status_code == 404


def test_categories_by_form(client, world):
    here = url(world, "schedule_categories")
    client.post(here, {"name": "Pimpinan", "minimum": 1, "seats": [world.seats[0].pk]})
    group = RoleGroup.objects.get()
    numbers = {"duration": 25, "buffer": 5, "quorum": "", "panel_max": 3, "unsur_target": 2}
    where = url(world, "schedule_category", code="pemda")
    assert client.post(where, {**numbers, "role_groups": [group.pk]}).url == here
    plan = CategoryPlan.objects.get()
    assert (plan.duration, plan.quorum, list(plan.role_groups.all())) == (25, None, [group])
    assert [cell["text"] for cell in client.get(here).context["rows"][0]][1:] == ["25", "5", "2", "3", "Pimpinan"]
    assert client.post(where, {**numbers, "quorum": 9}).status_code == 200
    client.post(here, {"langkah": "hapus", "id": group.pk})
    assert not RoleGroup.objects.exists()


def test_nominee_and_region_by_form(client, world):
    where = url(world, "schedule_nominee", number=world.one.number)
    rows = {"times-TOTAL_FORMS": 2, "times-INITIAL_FORMS": 0}
    window = {"kind": "window", "day": "2025-06-25", "start": "09:00", "end": "11:00", "weight": "normal"}
    told = {"mode": "onsite", "arrives_on": "2025-06-24", "arrives_at": "10:00"}
    posted = told | rows | {f"times-0-{key}": value for key, value in window.items()}
    assert client.post(where, posted).url == url(world, "schedule_nominees")
    span = NomineeSpan.objects.get()
    assert (span.kind, span.day, span.start, span.end) == ("window", WEDNESDAY, 540, 660)
    page = client.get(where).content.decode()
    assert 'value="09:00"' in page
    assert 'value="10:00"' in page
    wrong = client.post(where, told | rows | {"times-0-kind": "avoid"})
    assert wrong.context["times"].errors[0]
    client.post(
        url(world, "schedule_nominees"),
        {"langkah": "wilayah", "region-region": "53.02", "region-arrives_on": "2025-06-25", "region-arrives_at": ""},
    )
    assert NomineePlan.objects.get(nomination=world.two).arrives_on == WEDNESDAY


def test_person_of_several_nominees_by_form(client, world):
    here = url(world, "schedule_nominees")
    both = [world.one.pk, world.two.pk]
    client.post(here, {"langkah": "orang", "person-name": "Ibu Camat (contoh)", "person-nominations": both})
    assert "Ibu Camat" in client.get(here).content.decode()
    client.post(here, {"langkah": "hapus", "id": SharedPerson.objects.get().pk})
    assert not SharedPerson.objects.exists()
    assert client.post(here, {"langkah": "apa"}).status_code == 404


def test_rules_by_form_keep_only_what_is_unusual(client, world):
    where = url(world, "schedule_rules")
    form = client.get(where).context["form"]
    usual = {field.name: field.value() for field in form if field.value() is not None}
    client.post(where, usual | {"max_continuous_min": 240, "weight-idle": "high", "level-below_quorum": "confirm"})
    material = ScheduleMaterial.objects.get()
    assert (material.max_continuous_min, material.weights["idle"]) == (240, "high")
    assert material.levels == {"below_quorum": "confirm"}
    client.post(where, usual)
    material.refresh_from_db()
    assert (material.max_continuous_min, material.levels) == (None, {"below_quorum": "forbidden"})
    assert client.post(where, usual | {"level-off_grid": "nonsense"}).context["form"].errors


def test_secretariat_enters_an_absence_and_sees_who_did(client, world):
    here = url(world, "schedule_members")
    make_absence(world.seats[0])
    seating = world.seats[1].seatings.get()
    client.post(here, {"seating": seating.pk, "day": "2025-06-24", "start": "13:00", "end": "14:00", "note": ""})
    assert [one.is_own for one in client.get(here).context["absences"]] == [True, False]
    for absence in SeatAbsence.objects.all():
        client.post(here, {"langkah": "hapus", "id": absence.pk})
    assert not SeatAbsence.objects.exists()


def tap(client, world, span=MORNING, day="2025-06-24"):
    told = {"langkah": "sesi", "day": day, "start": span[0], "end": span[1]}
    return client.post(url(world, "availability"), told)


def test_member_taps_a_session_away_and_back(client, world):
    client.force_login(world.holder())
    tap(client, world)
    absence = SeatAbsence.objects.get()
    assert (absence.start, absence.end, absence.is_own) == (*MORNING, True)
    days = client.get(url(world, "availability")).context["days"]
    assert [one.state for day in days for one in day["taps"]] == ["away", "there", "there", "there"]
    tap(client, world)
    assert not SeatAbsence.objects.exists()
    assert tap(client, world, span=("x", 1)).status_code == 404


def test_member_enters_a_free_span_and_sees_what_others_entered(client, world):
    client.force_login(world.holder())
    here = url(world, "availability")
    client.post(here, {"langkah": "rentang", "day": "2025-06-24", "start": "09:00", "end": "10:00", "note": "rapat"})
    page = client.get(here)
    assert page.context["days"][0]["taps"][0].state == "partly"
    assert "rapat" in page.content.decode()
    assert client.post(here, {"langkah": "rentang"}).context["form"].errors
    client.post(here, {"langkah": "hapus", "id": SeatAbsence.objects.get().pk})
    assert not SeatAbsence.objects.exists()


def test_nobody_reaches_the_absence_of_somebody_else(client, world):
    absence = make_absence(world.seats[0])
    client.force_login(world.holder(2))
    here = url(world, "availability")
    assert "rapat" not in client.get(here).content.decode()
    assert client.get(here).context["absences"] == []
    assert client.post(here, {"langkah": "hapus", "id": absence.pk}).status_code == 404
    client.force_login(world.secretary)
    assert client.get(here).status_code == 403
    assert SeatAbsence.objects.count() == 1


def test_days_without_sessions_are_tapped_by_the_usual_ones(client, world):
    InterviewSession.objects.all().delete()
    client.force_login(world.holder())
    days = client.get(url(world, "availability")).context["days"]
    assert [(len(day["taps"]), day["day"].day) for day in days] == [(2, 24), (2, 25), (2, 26)]


def placing(world, **more):
    seats = [seat.pk for seat in world.seats]
    return {"room": world.room.pk, "day": "2025-06-24", "starts": "09:00", "ends": "09:30", "seats": seats} | more


def test_a_placing_that_needs_a_word_asks_for_it(client, world):
    ScheduleMaterial.objects.update(levels={"member_unavailable": "confirm"})
    make_absence(world.seats[0])
    where = url(world, "place_interview", number=world.one.number)
    asked = client.post(where, placing(world))
    assert asked.status_code == 422
    ticks = re.findall(r"<input[^>]*name=\"confirmed\"[^>]*>", asked.content.decode())
    assert [re.findall(r'(?:type|value)="(\w+)"', tick) for tick in ticks] == [["checkbox", "member_unavailable"]]
    client.post(where, placing(world, confirmed=["member_unavailable"]))
    assert Interview.objects.get().nomination == world.one


def test_interview_is_locked_and_unlocked_by_form(client, world):
    make.make_interview(world.one, world.seats)
    where = url(world, "record_interview", number=world.one.number)
    for step, is_locked, version in (("kunci", True, 1), ("lepas", False, 2)):
        client.post(where, {"langkah": step, "version": version})
        assert Interview.objects.get().is_locked is is_locked


@pytest.mark.parametrize("nominees", [2, 30])
def test_pages_cost_the_same_for_two_and_thirty_nominees(client, world, nominees):
    CategoryPlan.objects.create(category=world.category)
    for number in range(2, nominees):
        make_nomination(world.category, region_code=f"53.{number + 10}")
    make.make_interview(world.one, world.seats)
    counts = {}
    for name in ("schedule_material", "schedule_nominees", "schedule"):
        with CaptureQueriesContext(connection) as captured:
            client.get(url(world, name))
        counts[name] = len(captured)
    assert counts == {"schedule_material": 23, "schedule_nominees": 9, "schedule": 10}
