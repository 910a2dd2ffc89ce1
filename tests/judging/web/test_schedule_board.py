"""The board's pages and what its script asks: dropped, refused, asked, too late, undone, locked; and what it costs."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import ChangeKind, Interview, InterviewState, RoomClosure, ScheduleChange, ScheduleMaterial
from judging.selectors.schedule_plans import plan_of
from judging.services.schedule_plan import apply_plan
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories.schedule import TUESDAY, WEDNESDAY, make_absence
from tests.factories.schedule_board import make_board
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    found = make_board(3, seats=4)
    client.force_login(found.secretary)
    return found


def url(world, name):
    return round_url(f"judging:schedule_board{name}", world.round)


def place(world, nomination, *, start=600, day=TUESDAY, room=0, version=1, **more):
    fields = {"number": nomination.number, "day": day.isoformat(), "start": start, "room": world.rooms[room].pk}
    return fields | {"version": version, "hari": day.isoformat()} | more


def post(client, world, name, fields):
    return client.post(url(world, name), fields, headers=JSON)


def minute(nomination):
    starts = Interview.objects.get(nomination=nomination).starts_at.astimezone(nomination.round.zone)
    return starts.hour * 60 + starts.minute


def test_the_page_shows_a_day_its_cards_and_who_waits(client, world):
    page = client.get(url(world, ""))
    text = page.content.decode()
    assert page.context["board"].shown == TUESDAY
    assert all(f'id="w{one.number}"' in text for one in [*world.placed, *world.unplaced])
    assert " style=" not in text
    assert client.get(url(world, ""), {"hari": WEDNESDAY.isoformat()}).context["board"].shown == WEDNESDAY
    assert client.get(url(world, ""), {"hari": "kapan"}).status_code == 200
    alone = client.get(url(world, ""), {"bagian": "papan"}).content.decode()
    assert "<html" not in alone
    assert f'id="w{world.placed[0].number}"' in alone


def test_who_waits_is_narrowed_to_a_category(client):
    world = make_board(0, unplaced=4, categories=2)
    client.force_login(world.secretary)
    page = client.get(url(world, ""), {"kategori": "kategori-1"})
    assert [one.nomination for one in page.context["unplaced"]] == world.unplaced[2:]
    assert "checks" in page.context  # nothing is placed: the way to a schedule is shown


def test_every_day_with_interviews_is_printed(client, world):
    page = client.get(url(world, "_print"))
    assert [one["day"] for one in page.context["days"]] == [TUESDAY]


def test_a_dragged_card_is_told_what_it_would_break(client, world):
    fits = post(client, world, "_probe", place(world, world.placed[0])).json()
    assert (fits["worst"], fits["lines"], fits["seats"]) == ("", [], "")
    taken = post(client, world, "_probe", place(world, world.placed[0], start=510)).json()
    assert taken["worst"] == "forbidden"
    assert any(str(world.placed[2]) in line for line in taken["lines"])
    assert post(client, world, "_probe", place(world, world.placed[0], start="nanti")).status_code == 404
    beyond = place(world, world.placed[0], start=1439) | {"day": "9999-12-31"}
    assert post(client, world, "_probe", beyond).status_code == 404
    assert minute(world.placed[0]) == 480


def test_a_dropped_card_is_moved_and_the_board_comes_back(client, world):
    answer = post(client, world, "_move", place(world, world.placed[0], day=WEDNESDAY)).json()
    assert answer["done"]
    assert f'data-shown="{WEDNESDAY.isoformat()}"' in answer["html"]
    assert minute(world.placed[0]) == 600


def test_who_waits_is_placed_and_taken_off_again(client, world):
    waiting = world.unplaced[0]
    assert post(client, world, "_move", place(world, waiting, version=0)).json()["done"]
    assert Interview.objects.get(nomination=waiting).attendances.count() == len(world.seats)
    off = {"number": waiting.number, "version": 1, "to": "lepas", "hari": TUESDAY.isoformat()}
    assert post(client, world, "_move", off).json()["done"]
    assert not Interview.objects.filter(nomination=waiting).exists()
    assert post(client, world, "_move", off).status_code == 409


def test_what_is_forbidden_or_locked_is_refused_with_the_reason(client, world):
    answer = post(client, world, "_move", place(world, world.placed[0], start=510))
    assert (answer.status_code, len(answer.json()["refused"])) == (422, 1)  # the seats would be others
    Interview.objects.update(is_locked=True)
    answer = post(client, world, "_move", place(world, world.placed[0]))
    assert (answer.status_code, len(answer.json()["refused"])) == (422, 1)
    assert minute(world.placed[0]) == 480


def test_a_card_may_lie_where_nobody_came(client, world):
    gone, waiting = world.placed[0], world.unplaced[0]
    Interview.objects.filter(nomination=gone).update(state=InterviewState.NO_SHOW)
    there = place(world, waiting, version=0, start=480)
    assert post(client, world, "_probe", there).json()["worst"] == ""
    answer = post(client, world, "_move", there).json()
    assert answer["done"]
    assert all(f'id="w{one.number}"' in answer["html"] for one in (gone, waiting))


def test_somebody_was_faster(client, world):
    Interview.objects.filter(nomination=world.placed[0]).update(version=2)
    answer = post(client, world, "_move", place(world, world.placed[0], start=510))
    assert answer.status_code == 409
    assert str(world.placed[0]) in answer.json()["changed"]
    assert 'data-v="2"' in answer.json()["html"]
    assert minute(world.placed[0]) == 480


def test_a_persons_word_is_asked_for_and_taken(client, world):
    ScheduleMaterial.objects.update(levels={"room_unavailable": "confirm"})
    RoomClosure.objects.create(room=world.rooms[0], day=TUESDAY, start=600, end=660)
    asked = post(client, world, "_move", place(world, world.placed[0])).json()["ask"]
    assert asked["confirmed"] == ["room_unavailable"]
    assert minute(world.placed[0]) == 480
    answer = post(
        client, world, "_move", place(world, world.placed[0], confirmed=asked["confirmed"], seats=asked["seats"])
    )
    assert answer.json()["done"]


def test_other_seats_are_asked_about_first(client, world):
    make_absence(world.seats[0], WEDNESDAY)
    asked = post(client, world, "_move", place(world, world.placed[0], day=WEDNESDAY)).json()["ask"]
    assert world.seats[0].name in asked["lines"][0]
    told = place(world, world.placed[0], day=WEDNESDAY, seats=asked["seats"])
    assert post(client, world, "_move", told).json()["done"]
    attending = Interview.objects.get(nomination=world.placed[0]).attendances
    assert sorted(attending.values_list("seat_id", flat=True)) == asked["seats"]


def undo(client, world, number, **more):
    return post(client, world, "_undo", {"number": number, "hari": TUESDAY.isoformat()} | more)


def test_acts_are_undone_one_after_the_other_even_a_whole_schedule(client, world):
    before = plan_of(world.round)
    after = {key: one for key, one in before.items() if key != world.placed[2].pk}
    apply_plan(round=world.round, kind=ChangeKind.TAKEN, before=before, after=after, actor=world.secretary, at=AT)
    post(client, world, "_move", place(world, world.placed[0]))
    for number in (2, 1):
        shown = client.get(url(world, "")).context["acts"]
        assert [act["number"] for act in shown if act["is_next"]] == [number]
        assert undo(client, world, number).json()["done"]
    assert plan_of(world.round) == before
    assert not any(act["is_next"] for act in client.get(url(world, "")).context["acts"])


def test_what_cannot_be_undone_says_why(client, world):
    post(client, world, "_move", place(world, world.placed[0]))
    Interview.objects.filter(nomination=world.placed[0]).update(is_locked=True)
    assert undo(client, world, 1).status_code == 422
    Interview.objects.filter(nomination=world.placed[0]).update(is_locked=False, starts_at=AT)
    assert undo(client, world, 1).status_code == 409
    assert undo(client, world, 99).status_code == 404
    assert ScheduleChange.objects.count() == 1


def test_undoing_without_a_script_leads_back_to_the_day(client, world):
    post(client, world, "_move", place(world, world.placed[0]))
    answer = client.post(url(world, "_undo"), {"number": 1, "hari": WEDNESDAY.isoformat()})
    assert answer.url == f"{url(world, '')}?hari={WEDNESDAY.isoformat()}"
    assert minute(world.placed[0]) == 480
    client.get(answer.url)
    again = client.post(url(world, "_undo"), {"number": 1, "hari": "?"}, follow=True)
    assert [message.level_tag for message in again.context["messages"]] == ["error"]


def test_one_card_and_a_whole_day_are_locked(client, world):
    one = {"number": world.placed[0].number, "version": 1, "langkah": "kunci"}
    assert post(client, world, "_lock", one).json()["done"]
    assert post(client, world, "_lock", one).status_code == 409
    client.post(url(world, "_lock"), {"day": TUESDAY.isoformat(), "room": "", "langkah": "kunci"})
    assert set(Interview.objects.values_list("is_locked", flat=True)) == {True}
    client.post(url(world, "_lock"), {"day": TUESDAY.isoformat(), "room": world.rooms[0].pk, "langkah": "lepas"})
    assert Interview.objects.filter(is_locked=True).count() == 1
    assert client.post(url(world, "_lock"), {"day": "", "langkah": "lepas"}).status_code == 404


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.CHAIR, Role.AUDITOR])
def test_only_the_secretariat_has_a_board(client, world, role):
    client.force_login(make_user(role, round=world.round))
    before = plan_of(world.round)
    assert client.get(url(world, "")).status_code == 403
    for name in ("_probe", "_move", "_undo", "_lock"):
        assert post(client, world, name, place(world, world.placed[0])).status_code == 403
    assert plan_of(world.round) == before


def test_another_province_finds_nothing_and_a_room_or_nominee_of_another_round_is_none(client, world):
    other = make_round(region_code="81", state=State.SCORING)
    stranger = make_board(1, region_code="82")
    assert post(client, world, "_probe", place(stranger, world.placed[0])).status_code == 404
    assert post(client, world, "_move", place(world, stranger.unplaced[0]) | {"number": 999}).status_code == 404
    client.force_login(make_user(Role.SECRETARIAT, round=other))
    assert client.get(url(world, "")).status_code == 404
    for name in ("_probe", "_move", "_undo", "_lock"):
        assert post(client, world, name, place(world, world.placed[0])).status_code == 404


def test_a_round_that_is_past_scheduling_has_no_board(client, world):
    Round.objects.filter(pk=world.round.pk).update(state=State.PLENARY)
    assert client.get(url(world, "")).status_code == 403
    assert post(client, world, "_move", place(world, world.placed[0])).status_code == 403


@pytest.mark.parametrize("interviews", [5, 40])
def test_page_and_probe_cost_the_same_for_5_and_40(client, interviews):
    world = make_board(interviews, rooms=3, unplaced=interviews // 5, categories=2, seats=6)
    client.force_login(world.secretary)
    with CaptureQueriesContext(connection) as page:
        client.get(url(world, ""))
    with CaptureQueriesContext(connection) as asked:
        post(client, world, "_probe", place(world, world.placed[0], day=WEDNESDAY, start=930))
    assert (len(page), len(asked)) == (25, 25)
