"""The member's day: what is next and when, what is missing, the own marks so far, submitting what is complete."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import Seating, Sheet, SheetState
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.member_day import give, hidden, make_member_day, sheet_url
from tests.factories.reopenings import grant, make_reopening_world
from tests.factories.world import AT, make_nomination, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def world(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return make_member_day(client)


def another(world, *, minutes=30, code="53.02"):
    nomination = make_nomination(world["category"], region_code=code)
    make.make_interview(nomination, world["seats"], starts_at=AT + timedelta(minutes=minutes), released=True)
    return nomination


def test_next_interview_is_counted_down_and_then_runs(client, world, interview_day):
    later = another(world, minutes=90)
    running = client.get(world["day"]).context["coming"]
    assert (running["row"].nomination, running["text"]) == (world["nomination"], "running now")
    interview_day.move_to(AT + timedelta(minutes=65))
    coming = client.get(world["day"]).context["coming"]
    assert (coming["row"].nomination, coming["text"], coming["seconds"]) == (later, "in 25 min", 1500)
    interview_day.move_to(AT + timedelta(minutes=125))
    assert client.get(world["day"]).context["coming"] is None


def test_countdown_is_in_the_page_and_passes_over_recused_ones(client, world):
    make.make_recusal(world["seats"][0], world["nomination"])
    later = another(world, minutes=130)
    page = client.get(world["day"])
    assert page.context["coming"]["row"].nomination == later
    assert 'data-countdown="7800"' in page.content.decode()
    assert "in 2 h 10 min" in page.content.decode()


def test_today_and_tomorrow_are_named(client, world):
    another(world, minutes=24 * 60)
    another(world, minutes=48 * 60, code="53.03")
    words = [word for _day, word in client.get(world["day"]).context["days"]]
    assert words == ["Today", "Tomorrow", ""]


def test_list_says_what_each_sheet_lacks(client, world):
    later = another(world)
    another(world, minutes=60, code="53.03")
    give(client, world["nomination"], "80", "")
    give(client, later, "0")
    page = client.get(world["day"])
    assert [item["row"].missing for item in page.context["rows"]] == [1, 0, None]
    assert [bool(item["left"]) for item in page.context["rows"]] == [True, True, False]
    assert page.context["ready"] == 1


def test_sheet_shows_the_own_marks_so_far_and_no_predecessors(client, world):
    later = another(world)
    give(client, world["nomination"], "80", "2")
    page = client.get(sheet_url(later))
    assert [field.earlier for field in page.context["fields"]] == [("80",), ("2",)]
    assert [sheet.total.points for sheet in page.context["earlier"]] == ["39,00"]
    assert [field.earlier for field in client.get(world["url"]).context["fields"]] == [(), ()]

    after = make_user(Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.filter(seat=world["seats"][0]).update(ends_on="2025-06-23")
    Seating.objects.create(
        round=world["round"], seat=world["seats"][0], user=after, name="Pengganti", starts_on="2025-06-24"
    )
    client.force_login(after)
    assert client.get(sheet_url(later)).context["earlier"] == []
    assert [item["row"].missing for item in client.get(world["day"]).context["rows"]] == [None, None]


def test_review_points_at_a_mark_far_from_the_own_others(client, world):
    for index, mark in enumerate(("78", "80", "82")):
        give(client, another(world, minutes=30 * (index + 1), code=f"53.{index + 10}"), mark)
    give(client, world["nomination"], "20")
    found = client.get(world["review"]).context["hints"]
    assert [(hint.criterion, hint.title) for hint in found] == [("komitmen", "Komitmen")]
    assert "80" in found[0].text
    assert client.get(world["review"]).context["total"].is_complete  # it stands in nobody's way


def submission(page, *nominations):
    data = {"kirim": [str(each.number) for each in nominations]}
    for each in nominations:
        for name in (f"revision-{each.number}", f"request_key-{each.number}"):
            data[name] = hidden(page, name)
    return data


def test_the_complete_sheets_of_a_day_are_submitted_together(client, world):
    later, unfinished = another(world), another(world, minutes=60, code="53.03")
    tomorrow = another(world, minutes=24 * 60, code="53.04")
    for nomination in (world["nomination"], later, tomorrow):
        give(client, nomination, "80")
    give(client, unfinished, "80", "")
    page = client.get(world["day_review"])
    assert [ready.row.nomination for ready in page.context["ready"]] == [world["nomination"], later]
    data = submission(page, world["nomination"], later)

    for _click in range(2):
        assert client.post(world["day_review"], data).url.startswith(world["day"])

    submitted = Sheet.objects.filter(state=SheetState.SUBMITTED).values_list("nomination_id", flat=True)
    assert set(submitted) == {world["nomination"].pk, later.pk}
    assert client.get(world["day_review"]).context["ready"] == []
    assert len(client.get(world["day_review"] + "?hari=semua").context["ready"]) == 1


def test_one_refused_sheet_stops_no_other(client, world):
    later = another(world)
    for nomination in (world["nomination"], later):
        give(client, nomination, "80")
    data = submission(client.get(world["day_review"]), world["nomination"], later)
    give(client, world["nomination"], "60")  # meanwhile, in another tab

    page = client.post(world["day_review"], data, follow=True)

    assert Sheet.objects.get(nomination=later).state == SheetState.SUBMITTED
    assert Sheet.objects.get(nomination=world["nomination"]).state == SheetState.DRAFT
    told = {message.level_tag: str(message) for message in page.context["messages"]}
    assert str(later) in told["success"]
    assert str(world["nomination"]) in told["error"]


def test_the_review_says_why_the_other_sheets_of_the_day_are_not_there(client, world):
    done, begun, recused = (another(world, minutes=30 * i, code=f"53.0{i + 1}") for i in (1, 2, 3))
    another(world, minutes=120, code="53.05")
    another(world, minutes=24 * 60, code="53.06")
    make.make_recusal(world["seats"][0], recused)
    give(client, done, "80")
    client.post(world["day_review"], submission(client.get(world["day_review"]), done))
    give(client, begun, "80", "")
    give(client, world["nomination"], "80")

    page = client.get(world["day_review"])

    assert [ready.row.nomination for ready in page.context["ready"]] == [world["nomination"]]
    assert {one["label"]: one["value"] for one in page.context["others"]} == {
        "Submitted": "1",
        "Not complete": "1",
        "Recused": "1",
        "Not started": "1",
    }


def test_a_granted_reopening_stands_in_its_row(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    reopened = make_reopening_world()
    client.force_login(reopened["member"])
    url = round_url("judging:my_day", reopened["round"]) + "?hari=semua"
    assert [item["left"] for item in client.get(url).context["rows"]] == [""]
    grant(reopened)
    (item,) = client.get(url).context["rows"]
    assert item["left"].startswith("Reopened for correction")


def test_nothing_chosen_or_nonsense_submits_nothing(client, world):
    give(client, world["nomination"], "80")
    client.get(world["day_review"])
    for data in ({}, {"kirim": "x"}, {"kirim": "99999"}, {"kirim": str(world["nomination"].number)}):
        assert client.post(world["day_review"], data).status_code == 302
    assert Sheet.objects.get().state == SheetState.DRAFT


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CHAIR, Role.AUDITOR])
def test_day_review_is_the_members_alone(client, world, role):
    client.force_login(make_user(role, round=world["round"]))
    assert client.get(world["day_review"]).status_code == 403
    assert client.post(world["day_review"], {"kirim": "1"}).status_code == 403
    client.logout()
    assert client.get(world["day_review"]).url.startswith("/masuk/")


def _count(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_day_and_its_review_cost_the_same_for_one_and_thirty(client, world):
    give(client, world["nomination"], "80")
    client.get(world["day"])  # takes the message of the save
    urls = (world["day"], world["day_review"] + "?hari=semua", world["url"])
    small = [_count(client, url) for url in urls]
    for index in range(29):
        nomination = another(world, minutes=25 * (index + 1), code=f"53.{index + 10}")
        give(client, nomination, "70")
    client.get(world["day"])
    assert [_count(client, url) for url in urls] == small
    assert small[0] <= 7  # one of them for the rubrics of complete drafts, whose notes may be missing
    assert small[2] <= 10


def test_the_day_leads_to_availability_only_while_it_opens(client, world):
    url = round_url("judging:availability", world["round"])
    for state in (State.SCORING, State.PLENARY):
        world["round"].state = state
        world["round"].save()
        assert (url in client.get(world["day"]).content.decode()) == (client.get(url).status_code == 200)
