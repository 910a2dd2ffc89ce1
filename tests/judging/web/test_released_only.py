"""Members see the schedule as it was released: whatever changes in the draft, no byte of their pages does."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from judging.models import Interview, InterviewState, Seating
from judging.services import schedule as single
from judging.services.schedule_releases import release
from nominees.models import Nomination, Status
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.member_day import make_member_day
from tests.factories.world import AT, make_nomination, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DRAWN_ANEW = rb'csrfmiddlewaretoken"[^>]*|"token": "[^"]*"|name="request_key" value="[^"]*"'
PAGES = ("my_day", "day_review", "provisions", "schedule")


@pytest.fixture(autouse=True)
def one_moment():
    with translation.override("en"), time_machine.travel(AT - HOUR, tick=False):
        yield


@pytest.fixture
def world(client):
    found = make_member_day(client)
    make.make_rules(found["round"], min_scores=1)
    return found | {
        "two": make_nomination(found["category"], region_code="53.02"),
        "actor": make_user(Role.SECRETARIAT, round=found["round"]),
    }


def seen(client, world):
    """Every page on which a member meets the schedule, without what is drawn anew each time."""
    round = world["round"]
    found = {name: client.get(round_url(f"judging:{name}", round)).content for name in PAGES}
    for name in ("sheet", "interview"):
        found[name] = client.get(round_url(f"judging:{name}", round, number=world["nomination"].number)).content
    found["all"] = client.get(f"{world['day']}?hari=semua").content
    found["paper"] = client.get(f"{round_url('judging:score_sheets', round)}?hari=semua").content
    return {name: re.sub(DRAWN_ANEW, b"", page) for name, page in found.items()}


def move(world):
    interview = Interview.objects.get(nomination=world["nomination"])
    single.move_interview(
        interview=interview, expected_version=interview.version, room=make.make_room(world["round"], "Ruang lain"),
        starts_at=AT + 3 * HOUR, ends_at=AT + 4 * HOUR, seats=world["seats"], actor=world["actor"], at=AT,
    )  # fmt: skip


def place(world):
    single.place_interview(
        nomination=world["two"], room=make.make_room(world["round"], "Ruang rahasia"), starts_at=AT + 5 * HOUR,
        ends_at=AT + 6 * HOUR, seats=world["seats"][1:], actor=world["actor"], at=AT,
    )  # fmt: skip


def cancel(world):
    interview = Interview.objects.get(nomination=world["nomination"])
    single.cancel_interview(interview=interview, expected_version=interview.version, actor=world["actor"], at=AT)


@pytest.mark.parametrize("change", [move, place, cancel])
def test_a_change_of_the_draft_changes_no_byte_until_it_is_released(client, world, change):
    before = seen(client, world)
    assert "09.00–09.30 WITA" in before["my_day"].decode()
    change(world)
    assert seen(client, world) == before
    release(round=world["round"], actor=world["actor"], at=AT, confirmed=("unplaced",))
    assert seen(client, world)["all"] != before["all"]


@pytest.mark.parametrize("change", [move, place, cancel])
def test_how_far_the_panel_is_tells_the_chair_nothing_of_the_draft(client, world, change):
    client.force_login(make_user(Role.CHAIR, round=world["round"]))
    pages = [
        round_url("judging:progress", world["round"]),
        round_url("judging:progress_seat", world["round"], code=world["seats"][0].code),
    ]
    with time_machine.travel(AT + 10 * HOUR, tick=False):  # what was released is over, so sheets are late
        before = [re.sub(DRAWN_ANEW, b"", client.get(page).content) for page in pages]
        change(world)
        assert [re.sub(DRAWN_ANEW, b"", client.get(page).content) for page in pages] == before


def test_a_seat_taken_out_of_the_draft_still_finds_the_nominee_on_its_list(client, world):
    interview = Interview.objects.get(nomination=world["nomination"])
    before = client.get(world["day"]).content
    single.move_interview(
        interview=interview, expected_version=interview.version, room=interview.room, starts_at=interview.starts_at,
        ends_at=interview.ends_at, seats=world["seats"][1:], actor=world["actor"], at=AT,
    )  # fmt: skip
    assert re.sub(DRAWN_ANEW, b"", client.get(world["day"]).content) == re.sub(DRAWN_ANEW, b"", before)
    release(round=world["round"], actor=world["actor"], at=AT, confirmed=("unplaced",))
    numbers = [item["row"].nomination for item in client.get(f"{world['day']}?hari=semua").context["rows"]]
    assert numbers == [world["two"]]


def test_an_interview_that_began_is_shown_as_it_is(client, world):
    move(world)
    Interview.objects.update(state=InterviewState.RUNNING)
    page = client.get(world["day"]).content.decode()
    assert "12.00–13.00 WITA" in page
    assert "Ruang lain" in page


def test_before_the_first_release_no_time_is_shown(client, world):
    member = world["member"]
    assert Seating.objects.filter(user=member).exists()
    place(world)
    Nomination.objects.filter(pk=world["nomination"].pk).update(status=Status.WITHDRAWN, status_reason="uji")
    (item,) = client.get(f"{world['day']}?hari=semua").context["rows"]
    assert (item["row"].nomination, item["row"].meeting, item["row"].time) == (world["two"], None, "")
