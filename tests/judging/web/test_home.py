"""The first page."""

import pytest
import time_machine
from django.urls import reverse

from judging.models import HandedWorkbook
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.costs import cost
from tests.factories.member_day import sheet_url
from tests.factories.papers import OTHER, address, make_paper_world, type_in
from tests.factories.reopenings import advise, ask, decide, make_reopening_world
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


def test_the_public_finds_check_and_sign_in_and_no_round(client):
    make_round()
    page = client.get(reverse("home"))
    content = page.content.decode()
    assert reverse("check") in content
    assert reverse("login") in content
    assert "/2024/53/" not in content


def test_one_round_leads_straight_to_it(client):
    round = make_round()
    client.force_login(make_user(Role.PANEL_MEMBER, round=round))
    assert client.get(reverse("home")).url == "/2024/53/"


def test_several_rounds_are_listed_and_no_others(client):
    first, second = make_round(), make_round(year=2023)
    make_round(region_code="52")
    user = make_user(Role.AUDITOR, round=first)
    make_grants = make_user(Role.AUDITOR, round=second).grants
    make_grants.update(user=user)
    client.force_login(user)
    page = client.get(reverse("home"))
    assert [item["round"] for item in page.context["rounds"]] == [first, second]
    assert "CONTOH" not in page.content.decode()


def test_each_round_says_what_its_roles_do_next(client):
    first, second = make_round(state=State.SCORING), make_round(year=2023, state=State.SCORING, is_demo=True)
    user = make_user(Role.PANEL_MEMBER, round=first)
    make_user(Role.SECRETARIAT, round=second).grants.update(user=user)
    client.force_login(user)
    page = client.get(reverse("home"))
    tasks = [[task["url"] for task in item["tasks"]] for item in page.context["rounds"]]
    assert tasks == [
        ["/2024/53/wawancara/", "/2024/53/panel/benturan/", "/2024/53/ketersediaan/"],
        ["/2023/53/jadwal/papan/", "/2023/53/nilai-administrasi/", "/2023/53/panel/benturan/"],
    ]
    assert "CONTOH: bukan hasil sebenarnya" in page.content.decode()


def test_without_a_round_the_page_says_so(client):
    client.force_login(make_user())
    response = client.get(reverse("home"))
    assert response.status_code == 200
    assert response.context["rounds"] == []


def test_rounds_cost_the_same_for_2_and_30(client):
    client.force_login(make_user(Role.PLATFORM_ADMIN, username="admin"))
    make_round(), make_round(year=2000)
    two = cost(client, reverse("home"))
    for year in range(2001, 2029):
        if year != 2024:
            make_round(year=year)
    assert cost(client, reverse("home")) == two <= 6


def test_nothing_is_posted_to_it(client):
    assert client.post(reverse("home")).status_code == 405


def tasks_by_round(client):
    """The address of each task on the first page, by round."""
    page = client.get(reverse("home"))
    return {item["round"].pk: [task["url"] for task in item["tasks"]] for item in page.context["rounds"]}


def test_what_waits_for_a_person_comes_first(client):
    world = make_reopening_world()
    round = world["round"]
    second = make_round(year=2023)
    for name in ("member", "chair", "secretary", "other"):
        make_user(Role.AUDITOR, round=second).grants.update(user=world[name])
    requests, sheet = round_url("judging:reopenings", round), sheet_url(world["nomination"])

    def leads(name, url):
        client.force_login(world[name])
        found = tasks_by_round(client)[round.pk]
        assert (found[0] == url) == (url in found)
        return url in found

    with time_machine.travel(AT, tick=False):
        one = ask(world)
        assert [leads(name, requests) for name in ("secretary", "chair", "member")] == [True, False, False]
        decided = advise(world, one)
        assert [leads(name, requests) for name in ("secretary", "chair", "member")] == [False, True, False]
        decide(world, decided)
        assert [leads(name, sheet) for name in ("member", "other", "chair")] == [True, False, False]
        client.force_login(world["member"])
        assert sheet in [task["url"] for task in client.get(round_url("judging:round", round)).context["tasks"]]


def test_a_paper_and_a_workbook_wait_for_their_member(client):
    world = make_paper_world()
    round = world["round"]
    seating = world["member"].seatings.get(round=round)
    book = HandedWorkbook.objects.create(
        seating=seating, day=AT.date(), sha256="0" * 64, content=b"", handed_by=world["ani"], handed_at=AT
    )
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    with time_machine.travel(AT, tick=False):
        client.force_login(world["member"])
        found = [task["url"] for task in client.get(round_url("judging:round", round)).context["tasks"]]
        assert found[:2] == [
            round_url("judging:handed_workbook", round, handed_id=book.pk),
            address(world, "paper_settle"),
        ]
        client.force_login(make.holder(world["seats"][1]))
        others = client.get(round_url("judging:round", round)).context["tasks"]
        assert not {task["url"] for task in others} & set(found[:2])


def test_what_waits_costs_the_first_page_one_query_for_any_number_of_rounds(client):
    user = make_user(Role.PANEL_MEMBER, round=make_round(state=State.SCORING))
    client.force_login(user)
    counts = []
    for years in (range(2000, 2001), range(2001, 2020)):
        for year in years:
            other = make_user(Role.PANEL_MEMBER, round=make_round(year=year, state=State.SCORING))
            other.grants.update(user=user)
        counts.append(cost(client, reverse("home")))
    assert counts[0] == counts[1]
