"""Categories and pools are added on their page, in preparation."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nominees.core.lifecycle import State
from nominees.models import Category, Pool, Round
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from tests.factories.world import make_category, make_round, make_user

pytestmark = pytest.mark.django_db
FINANCE = {
    "name": "Jasa Keuangan",
    "code": "keuangan",
    "kind": "business",
    "sector": "finance",
    "sizes": ["medium", "large"],
    "places": 3,
    "forward_quota": 1,
}
POOL = {"name": "Badan Usaha, Umum", "code": "umum", "mode": "firsts", "places": 3}


@pytest.fixture
def round(client: Client) -> Round:
    found = make_round()
    client.force_login(make_user(Role.SECRETARIAT, round=found))
    return found


def _url(name: str, round: Round) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": round.scope_code})


def _levels(response: Any) -> list[str]:
    return [message.level_tag for message in response.context["messages"]]


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.PLATFORM_ADMIN])
def test_a_category_is_added_once(client: Client, round: Round, role: Role) -> None:
    client.force_login(make_user(role, round=round))
    actions = client.get(_url("categories", round)).context["actions"]
    assert [action["url"] for action in actions] == [_url("add_category", round), _url("add_pool", round)]

    first = client.post(_url("add_category", round), FINANCE)
    second = client.post(_url("add_category", round), FINANCE)

    assert first.url == _url("categories", round)
    assert _levels(second)[-1] == "error"
    category = Category.objects.get()
    assert (category.code, category.sector, category.sizes, category.places) == (
        "keuangan",
        "finance",
        ["medium", "large"],
        3,
    )
    assert AuditEvent.objects.get().action == "category.added"


def test_what_does_not_fit_a_category_is_refused(client: Client, round: Round) -> None:
    for wrong in ({"kind": "village"}, {"forward_quota": 4}):
        assert _levels(client.post(_url("add_category", round), FINANCE | wrong)) == ["error"]
    for wrong in ({"code": "dua kata"}, {"places": 0}, {"kind": "x"}, {"name": ""}):
        assert client.post(_url("add_category", round), FINANCE | wrong).context["form"].errors
    assert not Category.objects.exists()


def test_a_category_called_like_the_page_has_its_own_address(client: Client, round: Round) -> None:
    make_category(round, "tambah")
    page = client.get(_url("categories", round))
    assert client.get(page.context["rows"][0][0]["url"]).context["title"] == "Kategori tambah"
    assert client.get(_url("add_category", round)).status_code == 200


def test_a_pool_is_added_over_categories_of_this_round(client: Client, round: Round) -> None:
    mine = [make_category(round, f"k{number}", kind="business").pk for number in range(2)]
    village = make_category(round, "desa", kind="village").pk
    theirs = make_category(make_round(region_code="52"), "k", kind="business").pk

    for few in (mine[:1], [mine[0], village]):
        assert _levels(client.post(_url("add_pool", round), POOL | {"categories": few})) == ["error"]
    other = client.post(_url("add_pool", round), POOL | {"categories": [mine[0], theirs]})
    assert other.context["form"].errors["categories"]
    assert client.post(_url("add_pool", round), POOL | {"categories": mine}).url == _url("categories", round)
    assert _levels(client.post(_url("add_pool", round), POOL | {"categories": mine}))[-1] == "error"

    assert list(Pool.objects.get().categories.values_list("pk", flat=True)) == mine
    assert AuditEvent.objects.get().action == "pool.added"


@pytest.mark.parametrize(("role", "state"), [(Role.CHAIR, State.PREPARATION), (Role.SECRETARIAT, State.NOMINATION)])
def test_nobody_else_and_not_later(client: Client, round: Round, role: Role, state: State) -> None:
    Round.objects.update(state=state)
    client.force_login(make_user(role, round=round))
    assert client.get(_url("categories", round)).context["actions"] == []
    assert client.post(_url("add_category", round), FINANCE).status_code == 403
    assert client.post(_url("add_pool", round), POOL).status_code == 403
    assert not Category.objects.exists()


def test_the_national_round_asks_for_no_forward_quota(client: Client) -> None:
    national = make_round(region_code=None)
    client.force_login(make_user(Role.NATIONAL_SECRETARIAT, round=national))

    client.post(_url("add_category", national), FINANCE)

    page = client.get(_url("categories", national))
    assert [len(page.context["columns"]), len(page.context["rows"][0])] == [4, 4]
    form = client.get(_url("add_category", national)).context["form"]
    assert [field.name for field in form.hidden_fields()] == ["forward_quota"]
    assert national.categories.get().forward_quota == 1
