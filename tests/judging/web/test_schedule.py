"""The board and its forms: what everybody reads, what the secretariat writes, what a refusal says."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from judging.models import Attendance, Interview, InterviewState
from nominees.core.lifecycle import State
from nominees.models import Status
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make.make_rules(round, min_scores=2)
    seats = make.make_panel(round, 2)
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    return {
        "round": round,
        "category": category,
        "seats": seats,
        "room": make.make_room(round),
        "one": make_nomination(category, region_code="53.01"),
        "two": make_nomination(category, region_code="53.02"),
    }


def url(world, name, nomination=None):
    return round_url(f"judging:{name}", world["round"], **({"number": nomination.number} if nomination else {}))


def form(world, **changes):
    seats = [seat.pk for seat in world["seats"]]
    times = {"day": "2025-06-24", "starts": "09:00", "ends": "09:30"}
    return {"room": world["room"].pk, "seats": seats, "version": "1"} | times | changes


def test_place_by_form_in_the_zone_of_the_round(client, world):
    page = client.get(url(world, "place_interview", world["one"]))
    assert page.content.decode().count("checked") == 2
    assert "WITA" in page.content.decode()
    placed = client.post(url(world, "place_interview", world["one"]), form(world))
    assert placed.url == url(world, "schedule_board")
    assert Interview.objects.get().starts_at == datetime(2025, 6, 24, 1, 0, tzinfo=UTC)
    page = client.get(url(world, "interview", world["one"]))
    assert (page.context["time"], len(page.context["attendances"])) == ("pukul 09.00–09.30 WITA", 2)


def test_refusal_names_both_interviews_and_keeps_the_form(client, world):
    make.make_interview(world["one"], world["seats"])
    page = client.post(url(world, "place_interview", world["two"]), form(world, starts="09:10", ends="09:40"))
    assert page.status_code == 422
    told = [problem["text"] for problem in page.context["problems"]]
    assert len(told) == 2  # the room; both seats together
    assert all(str(world["one"]) in text and str(world["two"]) in text for text in told)
    assert 'value="09:10"' in page.content.decode()
    assert Interview.objects.count() == 1


def test_recused_seat_is_not_ticked_and_refused(client, world):
    make.make_recusal(world["seats"][0], world["one"])
    page = client.get(url(world, "place_interview", world["one"]))
    assert page.context["form"].initial["seats"] == [world["seats"][1].pk]
    page = client.post(url(world, "place_interview", world["one"]), form(world))
    assert world["seats"][0].name in page.context["problems"][0]["text"]


def test_form_with_mistakes_is_shown_again(client, world):
    page = client.post(url(world, "place_interview", world["one"]), form(world, day="kapan-kapan"))
    assert page.context["form"].errors.keys() == {"day"}
    assert not Interview.objects.exists()


def test_placing_twice_leads_to_moving(client, world):
    make.make_interview(world["one"], world["seats"])
    assert client.get(url(world, "place_interview", world["one"])).url == url(world, "move_interview", world["one"])


def test_move_by_form_and_from_a_stale_page(client, world):
    make.make_interview(world["one"], world["seats"])
    page = client.get(url(world, "move_interview", world["one"]))
    assert 'value="09:00"' in page.content.decode()
    moved = client.post(url(world, "move_interview", world["one"]), form(world, starts="10:00", ends="10:30"))
    assert moved.url == url(world, "interview", world["one"])
    stale = client.post(url(world, "move_interview", world["one"]), form(world, starts="11:00", ends="11:30"))
    assert stale.status_code == 422
    assert Interview.objects.get().starts_at == AT + timedelta(hours=1)


def test_interviews_placed_before_a_recusal_are_marked(client, world):
    make.make_interview(world["one"], world["seats"])
    make.make_recusal(world["seats"][0], world["one"])
    page = client.get(url(world, "interview", world["one"]))
    assert [problem["tone"] for problem in page.context["problems"]] == ["danger"]
    assert page.context["recused"] == (world["seats"][0].name,)


def record(client, world, step, **more):
    version = re.search(
        r'name="version" value="(\d+)"', client.get(url(world, "interview", world["one"])).content.decode()
    )
    return client.post(url(world, "record_interview", world["one"]), {"version": version[1], "langkah": step} | more)


def test_attendance_held_and_no_show_by_form(client, world):
    make.make_interview(world["one"], world["seats"])
    first, second = world["seats"]
    marks = {
        f"presence-{first.pk}": "present",
        f"reason-{first.pk}": "",
        f"presence-{second.pk}": "absent",
        f"reason-{second.pk}": "Dinas luar",
    }
    assert record(client, world, "kehadiran", **marks).url == url(world, "interview", world["one"])
    assert dict(Attendance.objects.values_list("seat", "presence")) == {first.pk: "present", second.pk: "absent"}
    record(client, world, "selesai")
    assert Interview.objects.get().state == InterviewState.HELD


def test_no_show_by_form(client, world):
    make.make_interview(world["one"], world["seats"])
    record(client, world, "tidak-hadir", reason="Tanpa kabar")
    world["one"].refresh_from_db()
    assert (world["one"].status, Interview.objects.get().state) == (Status.NO_SHOW, InterviewState.NO_SHOW)


def test_cancel_by_form_and_unknown_step(client, world):
    make.make_interview(world["one"], world["seats"])
    assert record(client, world, "lain").status_code == 404
    assert record(client, world, "batal").url == url(world, "schedule_board")
    assert not Interview.objects.exists()
    assert client.get(url(world, "interview", world["one"])).status_code == 404


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.CHAIR, Role.AUDITOR])
def test_others_write_nothing(client, world, role):
    make.make_interview(world["one"], world["seats"])
    client.force_login(make_user(role, round=world["round"]))
    page = client.get(url(world, "interview", world["one"]))
    assert '<form method="post" action="/2024/53/jadwal' not in page.content.decode()
    assert client.get(url(world, "place_interview", world["two"])).status_code == 403
    assert client.post(url(world, "move_interview", world["one"]), form(world)).status_code == 403
    assert client.post(url(world, "record_interview", world["one"]), {"langkah": "batal"}).status_code == 403
    assert Interview.objects.count() == 1


def test_other_province_gets_404_and_signed_out_signs_in(client, world):
    make.make_interview(world["one"], world["seats"])
    addresses = [url(world, "schedule"), url(world, "interview", world["one"])]
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="81")))
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    client.logout()
    assert all(client.get(address).url.startswith("/masuk/") for address in addresses)
