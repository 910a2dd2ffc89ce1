"""The day on a phone: what is shown, each tap, a stale one, and a delay that is looked at before it is taken."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import translation

from judging.models import Attendance, Interview, InterviewState, Presence, ScheduleRelease
from judging.selectors.interview_day import Standing
from judging.services.schedule_releases import release
from nominees.models import Status
from nominees.templatetags.rounds import round_url
from tests.factories import sheets as make
from tests.factories.schedule import make_absence, make_prepared
from tests.factories.world import AT, make_nomination

pytestmark = pytest.mark.django_db
HALF = timedelta(minutes=30)


@pytest.fixture(autouse=True)
def a_quarter_past():
    with translation.override("en"), time_machine.travel(AT + timedelta(minutes=15), tick=False):
        yield


@pytest.fixture
def world(client):
    world = make_prepared()
    make.make_interview(world.one, world.seats)
    make.make_interview(world.two, world.seats, starts_at=AT + HALF)
    client.force_login(world.secretary)
    return world


def url(world, name, nomination=None, query=""):
    given = {"number": nomination.number} if nomination else {}
    return round_url(f"judging:{name}", world.round, **given) + query


def tap(client, world, step, *, version="1", query=""):
    return client.post(url(world, "interview_day_act", world.one, query), {"langkah": step, "version": version})


def standings(page):
    return [item["row"].standing for item in page.context["rows"]]


def state(world):
    return Interview.objects.get(nomination=world.one).state


def test_the_day_says_what_is_late_and_what_comes_next_in_the_zone_of_the_round(client, world):
    page = client.get(url(world, "interview_day"))
    assert standings(page) == [Standing.LATE, Standing.NEXT]
    late = page.context["rows"][0]
    assert (late["row"].time, late["row"].minutes) == ("pukul 09.00–09.30 WITA", 15)
    assert "pukul 09.15 WITA" in page.content.decode()


def test_each_tap_leads_back_to_the_row_and_to_the_chosen_room(client, world):
    done = tap(client, world, "mulai", query="?ruang=7")
    assert done.url == f"{url(world, 'interview_day')}?hari=2025-06-24&ruang=7#wawancara-{world.one.number}"
    assert standings(client.get(url(world, "interview_day"))) == [Standing.RUNNING, Standing.NEXT]
    tap(client, world, "kembali", version="2")
    assert state(world) == InterviewState.PLANNED
    tap(client, world, "selesai", version="3")
    assert standings(client.get(url(world, "interview_day"))) == [Standing.HELD, Standing.NEXT]


def test_the_second_tap_is_harmless_and_a_stale_one_shows_how_it_is(client, world):
    tap(client, world, "mulai")
    tap(client, world, "mulai")
    assert Interview.objects.get(nomination=world.one).version == 2
    stale = client.post(url(world, "interview_day_act", world.one), {"langkah": "selesai", "version": "1"}, follow=True)
    assert [message.level_tag for message in stale.context["messages"]][-1] in {"error", "danger"}
    assert standings(stale) == [Standing.RUNNING, Standing.NEXT]
    assert tap(client, world, "terbang").status_code == 404


def test_an_interview_over_time_is_told(client, world):
    Interview.objects.filter(nomination=world.one).update(state="running", ends_at=AT + timedelta(minutes=5))
    (row, _next) = client.get(url(world, "interview_day")).context["rows"]
    assert (row["row"].standing, row["row"].minutes) == (Standing.OVERRUNS, 10)


def test_a_room_and_a_day_are_chosen(client, world):
    hall = make.make_room(world.round, "Aula")
    make.make_interview(make_nomination(world.category), [], room=hall)
    tomorrow = make_nomination(world.category)
    make.make_interview(tomorrow, [], starts_at=AT + timedelta(days=1))
    assert len(client.get(url(world, "interview_day")).context["rows"]) == 3
    (row,) = client.get(url(world, "interview_day", query=f"?ruang={hall.pk}")).context["rows"]
    assert row["row"].interview.room == hall
    (row,) = client.get(url(world, "interview_day", query="?hari=2025-06-25")).context["rows"]
    assert row["row"].interview.nomination == tomorrow
    for asked in ("?hari=2025-13-99", "?hari=kapan&ruang=x"):
        assert len(client.get(url(world, "interview_day", query=asked)).context["rows"]) == 3


def test_without_interviews_the_page_says_so(client, world):
    Interview.objects.all().delete()
    assert client.get(url(world, "interview_day")).context["found"].day is None
    assert client.get(url(world, "schedule_delay")).context["may_ask"] is False


def seats_form(world, **changes):
    return {"version": "1"} | {f"seat-{seat.pk}": "hadir" for seat in world.seats} | changes


def test_who_is_missing_is_tapped_with_the_reason(client, world):
    first, second, third = world.seats
    taps = seats_form(
        world, **{f"seat-{first.pk}": "sakit", f"seat-{second.pk}": "lain", f"reason-{second.pk}": "Macet"}
    )
    client.post(url(world, "interview_day_attendance", world.one), taps)
    assert set(
        Attendance.objects.filter(interview__nomination=world.one).values_list("seat", "presence", "reason")
    ) == {
        (first.pk, Presence.ABSENT, "Sakit"),
        (second.pk, Presence.ABSENT, "Macet"),
        (third.pk, Presence.PRESENT, ""),
    }
    form = client.get(url(world, "interview_day_attendance", world.one)).context["form"]
    assert [taps.initial for taps, _reason in form.rows] == ["sakit", "lain", "hadir"]


def test_another_reason_is_asked_for(client, world):
    taps = seats_form(world, **{f"seat-{world.seats[0].pk}": "lain"})
    page = client.post(url(world, "interview_day_attendance", world.one), taps)
    assert page.status_code == 200
    assert not Attendance.objects.filter(presence=Presence.ABSENT).exists()


def test_a_no_show_is_asked_once_more(client, world):
    address = url(world, "interview_day_no_show", world.one)
    assert client.get(address).status_code == 200
    assert state(world) == InterviewState.PLANNED
    client.post(address, {"version": "1", "reason": "Tanpa kabar"})
    world.one.refresh_from_db()
    assert (state(world), world.one.status) == (InterviewState.NO_SHOW, Status.NO_SHOW)


def delay(world, minutes="10", **more):
    extra = "".join(f"&{key}={value}" for key, value in more.items())
    return url(world, "schedule_delay", query=f"?dari={world.one.number}&menit={minutes}{extra}")


def test_a_delay_is_looked_at_then_taken_and_told(client, world):
    release(round=world.round, actor=world.secretary, at=AT)
    page = client.get(delay(world))
    assert [row[3]["text"] for row in page.context["rows"]] == ["pukul 09.10–09.40 WITA", "pukul 09.40–10.10 WITA"]
    token = page.context["take"].initial["token"]
    taken = client.post(delay(world), {"token": token, "note": "Jadwal mundur 10 menit."})
    assert taken.url == f"{url(world, 'interview_day')}?hari=2025-06-24"
    assert Interview.objects.get(nomination=world.two).starts_at == AT + timedelta(minutes=40)
    assert ScheduleRelease.objects.get(number=2).note == "Jadwal mundur 10 menit."


def test_a_delay_that_was_looked_at_before_somebody_else_moved_is_shown_again(client, world):
    token = client.get(delay(world)).context["take"].initial["token"]
    Interview.objects.filter(nomination=world.two).update(starts_at=AT + 2 * HALF, ends_at=AT + 3 * HALF)
    assert client.post(delay(world), {"token": token}).url == delay(world)
    assert Interview.objects.get(nomination=world.one).starts_at == AT


def test_a_forbidden_delay_names_the_rule_and_offers_no_button(client, world):
    make_absence(world.seats[0], start=10 * 60)
    page = client.get(delay(world))
    assert [problem["tone"] for problem in page.context["problems"]] == ["danger"]
    assert 'name="token"' not in page.content.decode()


def test_a_delay_needs_its_minutes_and_an_interview_that_is_there(client, world):
    assert client.get(delay(world, minutes="")).context["form"].errors.keys() == {"menit"}
    typed = client.get(delay(world, minutes="15", sendiri="7")).context
    assert typed["found"].moved
    assert typed["form"].data == {"dari": world.one.number, "menit": 7}  # the next press counts, not what was typed
    assert client.get(url(world, "schedule_delay", query="?dari=99999&menit=5")).status_code == 404
    assert client.get(url(world, "schedule_delay", query=f"?dari={world.two.number}")).context["form"].initial == {
        "dari": world.two.number
    }


@pytest.mark.parametrize(("late", "proposed"), [(15, {"menit": 15}), (22, {"menit": 25}), (-5, {})])
def test_the_delay_that_there_is_already_is_proposed(client, world, late, proposed):
    starts = AT + timedelta(minutes=15 - late)
    Interview.objects.filter(nomination=world.one).update(starts_at=starts, ends_at=starts + timedelta(minutes=5))
    form = client.get(url(world, "schedule_delay", query=f"?dari={world.one.number}")).context["form"]
    assert form.initial == {"dari": world.one.number} | proposed


def test_a_member_opens_none_of_it(client, world):
    client.force_login(world.holder())
    for name, nomination in (
        ("interview_day", None),
        ("schedule_delay", None),
        ("interview_day_attendance", world.one),
        ("interview_day_no_show", world.one),
    ):
        assert client.get(url(world, name, nomination)).status_code == 403
    assert tap(client, world, "mulai").status_code == 403


def test_the_same_queries_for_one_interview_and_for_many(client, world, django_assert_num_queries):
    with django_assert_num_queries(7):
        client.get(url(world, "interview_day"))
    for number in range(12):
        make.make_interview(make_nomination(world.category), world.seats, starts_at=AT + HALF * (number + 2))
    with django_assert_num_queries(7):
        client.get(url(world, "interview_day"))
