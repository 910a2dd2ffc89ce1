"""Addresses of calendars: who makes which, what they open without a login, and that a revoked one opens nothing."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation
from icalendar import Calendar

from judging.models import CalendarFeed, Seating
from judging.services.calendar_feeds import open_calendar, revoke_calendar
from judging.web.calendars import PER_MINUTE
from nominees.models import Contact
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories.schedule import make_prepared
from tests.factories.schedule_documents import Meeting, make_release
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def released_day():
    cache.clear()
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    world = make_prepared(sessions=False)
    make_release(
        world.round,
        [Meeting(world.one, AT, world.room), Meeting(world.two, AT + HOUR, world.room)],
        world.seats[:2],
    )
    client.force_login(world.secretary)
    return world


def page(world):
    return round_url("judging:calendars", world.round)


def file_of(world, nomination):
    return round_url("judging:interview_file", world.round, number=nomination.number)


def address(feed):
    return reverse("calendar_feed", kwargs={"key": feed.key})


def nominee_feed(world):
    return open_calendar(whose=world.one, actor=world.secretary, at=AT)


def test_anybody_with_the_address_reads_the_calendar_and_no_other_nominee(world):
    found = Client().get(address(nominee_feed(world)))
    assert (found.status_code, found["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert found["Cache-Control"] == "private"
    assert "Set-Cookie" not in found.headers
    (event,) = Calendar.from_ical(found.content).walk("VEVENT")
    assert (event.start, event["LOCATION"]) == (AT, world.room.name)
    assert str(world.two.nominee) not in found.content.decode()


def test_a_calendar_that_did_not_change_is_not_sent_again(world):
    feed = nominee_feed(world)
    tag = Client().get(address(feed))["ETag"]
    again = Client().get(address(feed), headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    make_release(world.round, [Meeting(world.one, AT + HOUR, world.room)], world.seats)
    assert Client().get(address(feed), headers={"If-None-Match": tag}).status_code == 200


def test_an_unknown_or_revoked_address_opens_nothing(world):
    feed = nominee_feed(world)
    revoke_calendar(feed=feed, actor=world.secretary, at=AT)
    for key in (feed.key, "a" * 43, "kunci", "a%00b"):
        assert Client().get(f"/kalender/{key}.ics").status_code == 404
    assert Client().post(address(feed)).status_code == 405


def test_one_address_does_not_ask_without_end(world):
    url = address(nominee_feed(world))
    cache.set("throttle:calendar:127.0.0.1", PER_MINUTE, 60)
    assert Client().get(url).status_code == 429


def test_a_member_makes_the_own_calendar_and_sees_its_address(client, world):
    client.force_login(world.holder())
    assert client.get(page(world)).context["own"] is None
    done = client.post(page(world), {"langkah": "buat", "siapa": "saya"})
    assert done.url == f"{page(world)}#saya"
    feed = CalendarFeed.objects.get()
    assert feed.seating == Seating.objects.get(seat=world.seats[0])
    own = client.get(page(world)).context["own"]
    assert own["address"] == f"http://testserver{address(feed)}"
    assert own["webcal"].startswith("webcal://")
    assert own["qr"].startswith("data:image/svg+xml")


def test_an_address_is_renewed_and_ended(client, world):
    client.force_login(world.holder())
    for step, seen in (("buat", 1), ("baru", 2), ("cabut", 2), ("cabut", 2)):
        client.post(page(world), {"langkah": step, "siapa": "saya"})
        assert CalendarFeed.objects.count() == seen
    assert not CalendarFeed.objects.filter(revoked_at=None).exists()


def test_the_secretariat_shares_those_of_rooms_and_nominees_with_a_text_to_send(client, world):
    Contact.objects.create(
        nomination=world.one, person="Ibu Ratna (contoh)", phone="0812-3456-7890", email="r@contoh.id"
    )
    for whose in (f"ruang-{world.room.pk}", f"nomine-{world.one.number}"):
        client.post(page(world), {"langkah": "buat", "siapa": whose})
    seen = client.get(page(world)).context
    assert seen["rooms"][0]["feed"]["address"].endswith(".ics")
    shared = {item["name"]: item["feed"] for item in seen["nominees"]}
    mine = shared[f"{world.one.number}. {world.one.nominee.name}"]
    assert mine["address"] in mine["text"]
    assert mine["chat"].startswith("https://wa.me/6281234567890?text=Yth.")
    assert mine["mail"].startswith("mailto:r%40contoh.id?subject=Jadwal")
    assert shared[f"{world.two.number}. {world.two.nominee.name}"] is None


def test_nobody_makes_what_is_not_theirs(client, world):
    elsewhere = make_nomination(make_category(make_round(region_code="52")))
    for whose in ("saya", f"nomine-{elsewhere.number}", "ruang-0", "ruang-x", "kota-1", ""):
        assert client.post(page(world), {"langkah": "buat", "siapa": whose}).status_code == 404
    assert client.post(page(world), {"langkah": "jual", "siapa": f"ruang-{world.room.pk}"}).status_code == 404
    client.force_login(world.holder())
    assert client.post(page(world), {"langkah": "buat", "siapa": f"ruang-{world.room.pk}"}).status_code == 403
    assert client.get(page(world)).context["rooms"] == []
    client.force_login(make_user(Role.AUDITOR, round=world.round))
    assert client.get(page(world)).status_code == 403
    assert not CalendarFeed.objects.exists()


def test_one_interview_as_a_file_for_whoever_sees_the_schedule(client, world):
    client.force_login(make_user(Role.AUDITOR, round=world.round))
    found = client.get(file_of(world, world.two))
    assert "attachment" in found["Content-Disposition"]
    (event,) = Calendar.from_ical(found.content).walk("VEVENT")
    assert event.start == AT + HOUR
    assert world.seats[0].name in event["DESCRIPTION"]
    unplaced = make_nomination(world.category)
    assert client.get(file_of(world, unplaced)).status_code == 404


def test_the_same_queries_for_one_nominee_and_for_many(client, world, django_assert_num_queries):
    client.get(page(world))
    with django_assert_num_queries(9):
        client.get(page(world))
    for number in range(20):
        open_calendar(whose=make_nomination(world.category), actor=world.secretary, at=AT + HOUR * number)
    with django_assert_num_queries(9):
        client.get(page(world))
