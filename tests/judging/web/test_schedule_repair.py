"""The repair page: what happened is written down by its form, what is broken is told, and a repair is asked for."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import (
    Interview,
    NomineeSpan,
    RoomClosure,
    RunKind,
    ScheduleRun,
    SeatAbsence,
)
from nominees.models import Status
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.schedule import TUESDAY, make_absence, make_prepared
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
    make.make_interview(world.one, world.seats)
    make.make_interview(world.two, world.seats, starts_at=AT + timedelta(hours=1))
    client.force_login(world.secretary)
    return world


def url(world, word=""):
    return round_url("judging:schedule_repair", world.round) + (f"?apa={word}" if word else "")


def write_down(client, world, word, **fields):
    return client.post(url(world, word), {"langkah": "catat", **fields})


def test_a_whole_draft_and_what_can_happen(client, world):
    page = client.get(url(world))
    assert (page.context["is_whole"], page.context["rules"], len(page.context["happenings"])) == (True, [], 5)
    for one in page.context["happenings"]:
        assert client.get(one["url"]).context["form"] is not None
    assert client.get(url(world, "lain")).status_code == 404
    assert client.post(url(world), {}).status_code == 404


def test_what_is_broken_is_told_by_rule_with_two_ways_on(client, world):
    told = {"seating": world.seats[0].seatings.get().pk, "first": TUESDAY.isoformat(), "note": "sakit"}
    assert write_down(client, world, "anggota", **told).url == url(world)
    assert SeatAbsence.objects.get().end == 1440
    page = client.get(url(world))
    (rule,) = page.context["rules"]
    assert len(rule["rows"]) == 2
    assert "Unsur 1" in rule["rows"][0]["text"]
    assert [one["url"] for one in rule["rows"][0]["links"]] == [
        round_url("judging:why_not", world.round, number=world.one.number)
    ]
    assert round_url("judging:schedule_board", world.round) in page.content.decode()
    answer = client.post(url(world), {"langkah": "perbaiki", "keep_today": "on", "seconds": "5"})
    run = ScheduleRun.objects.get()
    assert answer.url == round_url("judging:schedule_run", world.round, number=run.number)
    assert (run.kind, run.seconds, run.options["keep_today"]) == (RunKind.REPAIR, 5, True)


def test_each_form_writes_its_fact(client, world):
    day = TUESDAY.isoformat()
    write_down(client, world, "nomine", nomination=world.one.pk, first=day, start="09:00", end="10:00")
    assert NomineeSpan.objects.filter(day=TUESDAY).count() == 2
    write_down(client, world, "ruang", room=world.room.pk, first=day, last="2025-06-25", start="08:00")
    assert list(RoomClosure.objects.values_list("start", "end")) == [(480, 1440)] * 2
    interview = Interview.objects.get(nomination=world.two)
    write_down(client, world, "lama", interview=f"{interview.pk}-{interview.version}", minutes=20)
    write_down(client, world, "lama", interview=f"{interview.pk}-{interview.version}", minutes=20)  # a second click
    assert Interview.objects.get(pk=interview.pk).ends_at == interview.ends_at + timedelta(minutes=20)
    write_down(client, world, "mundur", nomination=world.two.pk, reason="mundur (contoh)")
    world.two.refresh_from_db()
    assert (world.two.status, Interview.objects.count()) == (Status.WITHDRAWN, 1)


def test_a_form_with_mistakes_stays_and_says_so(client, world):
    page = write_down(client, world, "mundur", nomination=world.two.pk, reason="")
    assert page.context["form"].errors.keys() == {"reason"}
    for wrong in ("", "x-1", "1²-1", "99999999-1"):
        page = write_down(client, world, "lama", interview=wrong, minutes=5)
        assert page.context["form"].errors.keys() == {"interview"}
    assert client.post(url(world), {"langkah": "perbaiki", "seconds": "7"}).context["mend"].errors
    assert not ScheduleRun.objects.exists()


def test_the_address_may_say_whom_it_is_about(client, world):
    page = client.get(f"{url(world, 'lama')}&nomor={world.two.number}").content.decode()
    interview = Interview.objects.get(nomination=world.two)
    assert f'value="{interview.pk}-{interview.version}" selected' in page
    assert client.get(f"{url(world, 'nomine')}&nomor=1²").status_code == 200


def test_who_has_no_interview_is_listed(client, world):
    third = make_nomination(world.category, region_code="53.03")
    page = client.get(url(world))
    assert [one["title"] for one in page.context["unplaced"]] == [third]
    assert page.context["is_whole"] is False


def test_only_whoever_schedules(client, world):
    client.force_login(make_user(Role.CHAIR, round=world.round))
    assert client.get(url(world)).status_code == 403
    assert client.post(url(world), {"langkah": "perbaiki", "seconds": "5"}).status_code == 403


def test_costs_the_same_for_any_number(client, world):
    make_absence(world.seats[0])

    def count():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(world)).context["rules"]
        return len(queries)

    few = count()
    for number in range(3, 33):
        nomination = make_nomination(world.category, region_code=f"53.{number:02}")
        make.make_interview(nomination, world.seats, starts_at=AT + timedelta(minutes=30 * number))
    assert count() == few == 20
