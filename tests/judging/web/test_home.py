"""The first page."""

import pytest
from django.urls import reverse

from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from tests.factories.costs import cost
from tests.factories.world import make_round, make_user

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
        ["/2023/53/jadwal/", "/2023/53/nilai-administrasi/", "/2023/53/panel/benturan/"],
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
