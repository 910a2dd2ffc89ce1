"""Naming the nominee for calibration, and what a member sees on its sheet before and after everybody has submitted."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import SheetState
from nominees.core.lifecycle import State
from nominees.models import Nomination, Status
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from paritrana.kernel import phrases
from tests.factories.scored import Scored, make_scored_round, submit
from tests.factories.sheets import holder
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db

#: A mark of the last seat that nobody else gave.
FAR = "13.25"


@pytest.fixture(autouse=True)
def moment() -> Any:
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def scored() -> Scored:
    made = make_scored_round()
    Nomination.objects.filter(pk=made.nominations[5].pk).update(is_calibration=True)
    return made


def correct(scored: Scored, position: int, mark: str, state: str = SheetState.SUBMITTED) -> None:
    marks = {"inovasi": mark, "pemahaman": mark}
    seat, version = scored.seats[position - 1], scored.category.rubric.version
    submit(scored.nominations[5], seat, version, marks, number=2, state=state)


def page(scored: Scored, user: Any, number: int = 5) -> Any:
    client = Client()
    client.force_login(user)
    return client.get(round_url("judging:sheet", scored.round, number=number))


def test_the_sheet_shows_own_median_and_range_once_all_have_submitted(scored: Scored) -> None:
    correct(scored, 9, FAR)
    seen = page(scored, scored.member)
    row = seen.context["calibration"][0]
    assert (row.title, row.own, row.middle, row.range, row.count) == ("Inovasi", "90", "90,00", "13,25–90", 9)
    assert "13,25–90" in seen.content.decode()


@pytest.mark.parametrize("out", [2, 4], ids=["the-own-sheet", "another-sheet"])
def test_before_that_nothing_of_it_is_on_the_page(scored: Scored, out: int) -> None:
    correct(scored, 9, FAR)
    correct(scored, out, "50", SheetState.DRAFT)
    for seat in scored.seats[:8]:
        seen = page(scored, holder(seat))
        assert not seen.context.get("calibration")
        assert "13,25" not in seen.content.decode()


def test_other_nominees_have_no_such_table(scored: Scored) -> None:
    seen = page(scored, scored.member, number=1)
    assert not seen.context["calibration"]
    assert 'id="kalibrasi"' not in seen.content.decode()


def test_the_day_says_so_and_does_not_count_it(scored: Scored) -> None:
    client = Client()
    client.force_login(holder(scored.seats[3]))
    url = round_url("judging:my_day", scored.round) + "?hari=semua"
    seen = client.get(url)
    assert seen.content.decode().count(str(phrases.CALIBRATION)) == 1
    assert {row["row"].nomination.number for row in seen.context["rows"]} >= {1, 5}
    expected = seen.context["expected"]
    Nomination.objects.update(is_calibration=False)
    assert client.get(url).context["expected"] == expected + 1


@pytest.fixture
def world(client: Client) -> dict[str, Any]:
    round = make_round(state=State.NOMINATION)
    category = make_category(round)
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    nomination = make_nomination(category, region_code="53.01")
    url = round_url("judging:calibration", round)
    return {"round": round, "category": category, "nomination": nomination, "url": url}


def test_it_is_named_and_ended_on_its_page(client: Client, world: dict[str, Any]) -> None:
    assert str(world["nomination"]) in client.get(world["url"]).content.decode()
    assert not Nomination.objects.filter(is_calibration=True).exists()
    for data, flag in (({}, True), ({}, True), ({"end": "1"}, False)):
        answer = client.post(world["url"], {"nominee": world["nomination"].number, **data})
        assert (answer.status_code, answer.url) == (302, world["url"])
        assert Nomination.objects.get().is_calibration is flag
        assert client.get(world["url"]).status_code == 200


def test_its_page_as_a_nominee_says_so_and_offers_no_way_into_the_running(
    client: Client, world: dict[str, Any]
) -> None:
    client.post(world["url"], {"nominee": world["nomination"].number})
    detail = client.get(round_url("nominees:detail", world["round"], number=world["nomination"].number))
    assert detail.context["state"]["text"] == str(phrases.CALIBRATION)
    assert Status.RUNNING not in dict(detail.context["form"].fields["status"].choices)


def test_a_refusal_is_told_and_an_unknown_nominee_is_none(client: Client, world: dict[str, Any]) -> None:
    for nomination in (world["nomination"], make_nomination(world["category"], region_code="53.02")):
        answer = client.post(world["url"], {"nominee": nomination.number}, follow=True)
    assert str(world["nomination"]) in str(next(iter(answer.context["messages"])))
    for number in ("", "x", "9999", "1" * 30):
        assert client.post(world["url"], {"nominee": number}).status_code == 404


def test_who_has_no_business_here(client: Client, world: dict[str, Any]) -> None:
    assert Client().get(world["url"]).status_code == 302
    client.force_login(make_user(Role.PANEL_MEMBER, Role.CHAIR, round=world["round"]))
    assert client.get(world["url"]).status_code == client.post(world["url"]).status_code == 403
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="81")))
    assert client.get(world["url"]).status_code == client.post(world["url"]).status_code == 404


def test_costs_do_not_grow_with_the_round(client: Client, world: dict[str, Any]) -> None:
    few = cost(client, world["url"])
    for index in range(29):
        make_nomination(make_category(world["round"], f"k{index}"), region_code=f"53.{index + 10}")
        make_nomination(world["category"], region_code=f"53.{index + 40}")
    assert cost(client, world["url"]) == few <= 12


def cost(client: Client, url: str) -> int:
    """Queries of one look."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)
