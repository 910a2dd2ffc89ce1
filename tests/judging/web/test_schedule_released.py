"""The schedule that everybody of the round reads: a day at a time, the own interviews marked, nothing of the draft."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import Attendance, Interview, InterviewState, NomineePlan, Presence
from judging.selectors.schedule_shown import shown_interview, shown_schedule
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.schedule import make_prepared
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
DRAWN_ANEW = r"csrfmiddlewaretoken\"[^>]*"


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    found = make_prepared(sessions=False)
    make.make_interview(found.one, found.seats[:2], released=True)
    make.make_interview(found.two, found.seats[1:], starts_at=AT + DAY, released=True)
    return found


def page(client, world, query="", who=None):
    client.force_login(who or world.holder())
    return client.get(round_url("judging:schedule", world.round) + query)


def listed(page):
    return [row[0]["text"] for table in page.context["tables"] for row in table["rows"]]


def test_today_is_shown_first_and_every_day_can_be(client, world):
    assert listed(page(client, world)) == [str(world.one)]
    assert listed(page(client, world, "?hari=2025-06-25")) == [str(world.two)]
    assert listed(page(client, world, "?hari=semua")) == [str(world.one), str(world.two)]
    assert listed(page(client, world, "?hari=2025-06-26")) == []


def test_a_member_finds_the_own_interviews_and_shows_only_these(client, world):
    mine = page(client, world, "?hari=semua")
    assert [bool(row[0]["note"]) for table in mine.context["tables"] for row in table["rows"]] == [True, False]
    assert listed(page(client, world, "?saya=1&hari=semua")) == [str(world.one)]
    others = page(client, world, "?saya=1&hari=semua", make_user(Role.AUDITOR, round=world.round))
    assert len(listed(others)) == 2


def test_what_is_over_shows_how_it_was(client, world):
    Interview.objects.filter(nomination=world.one).update(state=InterviewState.HELD)
    Attendance.objects.filter(seat=world.seats[0], interview__nomination=world.one).update(
        presence=Presence.ABSENT, reason="sakit"
    )
    (table,) = page(client, world).context["tables"]
    (row,) = table["rows"]
    assert (row[3]["text"], row[4]["tone"]) == ("1", "success")
    assert row[3]["note"].endswith(world.seats[0].name)


def test_an_interview_that_began_is_on_line_as_it_was_told(world, django_assert_max_num_queries):
    NomineePlan.objects.create(nomination=world.one, is_online=True)
    Interview.objects.filter(nomination=world.one).update(state=InterviewState.RUNNING)
    assert shown_interview(world.round, world.one).is_online
    with django_assert_max_num_queries(5):
        _latest, rows = shown_schedule(world.round)
    assert [row.is_online for row in rows] == [True, False]


def test_before_the_first_release_it_says_so_whatever_is_placed(client):
    found = make_prepared(sessions=False)
    empty = re.sub(DRAWN_ANEW, "", page(client, found).content.decode())
    make.make_interview(found.one, found.seats)
    assert re.sub(DRAWN_ANEW, "", page(client, found).content.decode()) == empty
    interview = client.get(round_url("judging:interview", found.round, number=found.one.number))
    assert (interview.status_code, interview.context["shown"]) == (200, None)
    assert client.get(round_url("judging:interview", found.round, number=999_999)).status_code == 404


def test_the_secretariat_is_told_what_is_not_released_yet(client, world):
    Interview.objects.filter(nomination=world.one).update(ends_at=AT + timedelta(hours=1))
    band = page(client, world, who=world.secretary)
    assert band.context["unreleased"] == 1
    assert round_url("judging:release_schedule", world.round) in band.content.decode()
    assert page(client, world).context["unreleased"] == 0


def test_the_menu_leads_to_the_board_or_to_what_was_released(client, world):
    def entry(found):
        return [one["url"] for one in found.context["nav_items"] if "/jadwal/" in one["url"]]

    assert entry(page(client, world)) == [round_url("judging:schedule", world.round)]
    assert entry(page(client, world, who=world.secretary)) == [round_url("judging:schedule_board", world.round)]


def test_another_province_gets_404_and_signed_out_signs_in(client, world):
    stranger = make_user(Role.SECRETARIAT, round=make_round(region_code="81"))
    assert page(client, world, who=stranger).status_code == 404
    client.logout()
    assert client.get(round_url("judging:schedule", world.round)).url.startswith("/masuk/")


@pytest.mark.parametrize("interviews", [1, 30])
def test_it_costs_the_same_for_one_and_thirty(client, world, interviews):
    for index in range(interviews):
        nomination = make_nomination(world.category, region_code=f"53.{index + 10}")
        make.make_interview(
            nomination, world.seats, starts_at=AT + timedelta(hours=index + 1, minutes=5), released=True
        )
    client.force_login(world.holder())
    with CaptureQueriesContext(connection) as captured:
        client.get(round_url("judging:schedule", world.round) + "?hari=semua")
    assert len(captured) == 9
