"""The pages of releases: looking before releasing, what was told to whom, the log of the draft."""

import hashlib
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import Interview, NoticeState, ScheduleNotice, ScheduleRelease
from judging.services import schedule as single
from judging.services.schedule_releases import release
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role, User
from tests.factories import sheets as make
from tests.factories.member_day import hidden
from tests.factories.schedule import make_prepared
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def one_moment():
    with translation.override("en"), time_machine.travel(AT - HOUR, tick=False):
        yield


@pytest.fixture
def world(client):
    found = make_prepared(sessions=False)
    make.make_interview(found.one, found.seats[:2])
    client.force_login(found.secretary)
    return found


def url(world, name, **where):
    return round_url(f"judging:{name}", world.round, **where)


def move(world):
    interview = Interview.objects.get(nomination=world.one)
    single.move_interview(
        interview=interview, expected_version=interview.version, room=make.make_room(world.round, "Aula"),
        starts_at=AT + 3 * HOUR, ends_at=AT + 4 * HOUR, seats=world.seats[1:], actor=world.secretary, at=AT,
    )  # fmt: skip


def post(client, world, **changes):
    page = client.get(url(world, "release_schedule"))
    seen = page.context["form"].initial["seen"]
    return client.post(url(world, "release_schedule"), {"note": "Jadwal", "seen": seen, "unplaced": "on"} | changes)


def test_what_is_about_to_be_told_is_shown_and_then_released(client, world):
    page = client.get(url(world, "release_schedule"))
    assert [row[0]["text"] for row in page.context["rows"]] == [str(world.one)]
    assert page.context["waiting"] == [world.two]
    assert len(page.context["told_rows"]) == 3
    assert post(client, world).url == url(world, "schedule_releases")
    made = ScheduleRelease.objects.get()
    assert (made.note, made.released_by) == ("Jadwal", world.secretary)


def test_without_the_word_for_those_who_wait_and_on_a_stale_page_nothing_is_released(client, world):
    assert post(client, world, unplaced="").status_code == 200
    assert post(client, world, seen="0" * 64).status_code == 200
    assert not ScheduleRelease.objects.exists()


def test_the_answer_to_a_stale_page_can_be_released_itself(client, world):
    stale = client.get(url(world, "release_schedule")).context["form"].initial["seen"]
    move(world)
    answer = post(client, world, seen=stale)
    assert hidden(answer, "seen") != stale
    assert answer.context["form"]["note"].value() == "Jadwal"
    assert post(client, world, seen=hidden(answer, "seen")).status_code == 302
    assert post(client, world).status_code == 200  # the second click
    assert ScheduleRelease.objects.count() == 1


def test_a_broken_rule_is_named_and_leaves_no_button(client, world):
    make.make_recusal(world.seats[0], world.one)
    page = client.get(url(world, "release_schedule"))
    assert [problem["tone"] for problem in page.context["problems"]] == ["danger"]
    assert 'name="seen"' not in page.content.decode()


def test_a_release_shows_what_changed_who_was_told_and_its_checksum(client, world):
    release(round=world.round, actor=world.secretary, at=AT - 2 * HOUR, confirmed=("unplaced",))
    move(world)
    release(round=world.round, actor=world.secretary, at=AT - HOUR, confirmed=("unplaced",))
    page = client.get(url(world, "schedule_release", number=2))
    (row,) = page.context["rows"]
    assert (row[1]["text"].count(","), "Unsur 3" in row[1]["note"], "Unsur 1" in row[1]["note"]) == (2, True, True)
    assert len(page.context["notices"]) == 4
    text = client.get(url(world, "schedule_release", number=2) + "?format=json").content
    assert hashlib.sha256(text).hexdigest() == page.context["release"].sha256
    assert client.get(url(world, "schedule_release", number=3)).status_code == 404


def test_what_is_told_by_hand_can_be_copied_and_opened_in_whatsapp(client, world):
    User.objects.filter(pk=world.holder().pk).update(phone="0812-3456-7890")
    release(round=world.round, actor=world.secretary, at=AT - HOUR, confirmed=("unplaced",))
    page = client.get(url(world, "schedule_release", number=1)).content.decode()
    assert "https://wa.me/6281234567890?text=" in page
    auditor = make_user(Role.AUDITOR, round=world.round)
    client.force_login(auditor)
    assert "wa.me" not in client.get(url(world, "schedule_release", number=1)).content.decode()


def test_what_failed_is_sent_again_by_a_button(client, world):
    User.objects.filter(pk=world.holder().pk).update(email="satu@contoh.example")
    release(round=world.round, actor=world.secretary, at=AT - HOUR, confirmed=("unplaced",))
    told = ScheduleNotice.objects.filter(seating__seat=world.seats[0])
    told.update(state=NoticeState.FAILED, attempts=3)
    assert client.post(url(world, "send_schedule_notices", number=1)).status_code == 302
    assert list(told.values_list("state", "attempts")) == [(NoticeState.WAITING, 0)]


def test_the_log_says_what_was_done_and_when_it_was_told(client, world):
    release(round=world.round, actor=world.secretary, at=AT - 2 * HOUR, confirmed=("unplaced",))
    move(world)
    (act,) = client.get(url(world, "schedule_changes")).context["acts"]
    assert (act["released_in"], act["who"]) == (None, str(world.secretary))
    (told,) = act["moves"]
    assert "09.00–09.30 WITA" in told["before"]
    assert told["after"].endswith("12.00–13.00 WITA · Aula")
    release(round=world.round, actor=world.secretary, at=AT, confirmed=("unplaced",))
    assert client.get(url(world, "schedule_changes")).context["acts"][0]["released_in"] == 2


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.CHAIR, Role.ORGANISER])
def test_only_secretariat_and_auditors_read_only_the_secretariat_releases(client, world, role):
    release(round=world.round, actor=world.secretary, at=AT, confirmed=("unplaced",))
    pages = [url(world, "schedule_releases"), url(world, "schedule_changes"), url(world, "schedule_release", number=1)]
    client.force_login(make_user(Role.AUDITOR, round=world.round))
    assert [client.get(page).status_code for page in pages] == [200] * 3
    assert client.get(url(world, "release_schedule")).status_code == 403
    client.force_login(make_user(role, round=world.round))
    assert [client.get(page).status_code for page in pages] == [403] * 3
    assert client.post(url(world, "send_schedule_notices", number=1)).status_code == 403
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="81")))
    assert [client.get(page).status_code for page in pages] == [404] * 3


@pytest.mark.parametrize("interviews", [1, 30])
def test_the_pages_cost_the_same_for_one_and_thirty(client, world, interviews):
    for index in range(interviews):
        nomination = make_nomination(world.category, region_code=f"53.{index + 10}")
        make.make_interview(nomination, world.seats, starts_at=AT + HOUR * (index + 1))
    release(round=world.round, actor=world.secretary, at=AT, confirmed=("unplaced",))
    Interview.objects.filter(nomination=world.one).update(ends_at=AT + timedelta(minutes=45))
    costs = {}
    for name, where in (("schedule_releases", {}), ("release_schedule", {}), ("schedule_release", {"number": 1})):
        with CaptureQueriesContext(connection) as captured:
            client.get(url(world, name, **where))
        costs[name] = len(captured)
    assert costs == {"schedule_releases": 11, "release_schedule": 24, "schedule_release": 23}
