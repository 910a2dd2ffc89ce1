"""The pages of amendments: asked for by one, confirmed by another, read by everybody in the round."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from judging.models import Document, MinutesCorrection
from nominees.models import Round
from paritrana.accounts.models import Role, User
from tests.factories.amendments import WORDS, make_amendment, make_minutes, unset
from tests.factories.awards import make_decided_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
WHERE = {"year": 2024, "scope": "53"}
LIST = reverse("judging:amendments", kwargs=WHERE)


def _url(name: str, one: MinutesCorrection) -> str:
    return reverse(f"judging:{name}", kwargs=WHERE | {"correction_id": one.pk})


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    unset(monkeypatch)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def minutes(round: Round) -> Document:
    return make_minutes(round)


@pytest.fixture
def secretary(round: Round) -> User:
    return make_user(Role.SECRETARIAT, round=round)


@pytest.fixture
def chair(round: Round) -> User:
    return make_user(Role.CHAIR, round=round)


def test_one_asks_and_another_confirms(
    client: Client, round: Round, minutes: Document, secretary: User, chair: User
) -> None:
    client.force_login(secretary)
    assert client.post(LIST, WORDS).status_code == 302
    one = MinutesCorrection.objects.get()
    assert client.get(_url("amendment", one)).context["may_confirm"] is False

    client.force_login(chair)
    assert client.get(_url("amendment", one)).context["may_confirm"] is True
    assert client.post(_url("confirm_amendment", one)).status_code == 302

    one.refresh_from_db()
    assert one.confirmed_by == chair
    assert client.get(_url("amendment", one)).context["is_open"] is False


def test_who_asked_is_refused_and_may_withdraw(client: Client, round: Round, secretary: User) -> None:
    one = make_amendment(round, secretary)
    client.force_login(secretary)

    client.post(_url("confirm_amendment", one))
    one.refresh_from_db()
    assert one.confirmed_at is None

    client.post(_url("withdraw_amendment", one))
    one.refresh_from_db()
    assert one.withdrawn_at is not None


def test_a_result_is_refused_and_what_was_typed_stays(
    client: Client, round: Round, minutes: Document, secretary: User
) -> None:
    client.force_login(secretary)

    response = client.post(LIST, WORDS | {"right": "Terbaik I"})

    assert response.status_code == 200
    assert response.context["form"]["right"].value() == "Terbaik I"
    assert not MinutesCorrection.objects.exists()


def test_what_the_minutes_do_not_say_is_refused_at_its_field(
    client: Client, round: Round, minutes: Document, secretary: User
) -> None:
    client.force_login(secretary)

    response = client.post(LIST, WORDS | {"wrong": "Balai (contoh)"})

    assert response.context["form"].errors.keys() == {"wrong"}
    assert not MinutesCorrection.objects.exists()


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.AUDITOR, Role.PANEL_MEMBER])
def test_others_read_and_change_nothing(client: Client, round: Round, secretary: User, role: Role) -> None:
    one = make_amendment(round, secretary)
    client.force_login(make_user(role, round=round))

    assert client.get(LIST).context["form"] is None
    assert client.get(_url("amendment", one)).context["is_open"] is False
    for url in (LIST, _url("confirm_amendment", one), _url("withdraw_amendment", one)):
        assert client.post(url, WORDS).status_code == 403
    assert client.get(_url("amendment_preview", one)).status_code == 403


def test_the_draft_is_shown_in_place(client: Client, round: Round, secretary: User) -> None:
    one = make_amendment(round, secretary)
    client.force_login(secretary)

    response = client.get(_url("amendment_preview", one))

    assert response["Content-Disposition"].startswith("inline")
    assert WORDS["right"].encode() in response.content
    assert b"DRAF" in response.content


def test_where_each_stands_is_said(client: Client, round: Round, minutes: Document, secretary: User) -> None:
    settled: list[dict[str, Any]] = [{}, {"confirmed_at": AT, "confirmed_by": make_user()}, {"withdrawn_at": AT}]
    for fields in settled:
        make_amendment(round, secretary, minutes=minutes, **fields)
    client.force_login(secretary)

    def tones() -> list[str]:
        return [row[-1]["icon"] for row in client.get(LIST).context["rows"]]

    assert tones() == ["hourglass", "check", "minus"]
    Document.objects.filter(pk=minutes.pk).update(revoked_at=AT)
    assert tones() == ["history", "history", "minus"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same(
    client: Client,
    round: Round,
    minutes: Document,
    secretary: User,
    count: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(count):
        make_amendment(round, secretary, minutes=minutes)
    client.force_login(secretary)

    with django_assert_num_queries(6):
        assert len(client.get(LIST).context["rows"]) == count


def test_another_rounds_amendment_is_not_there(client: Client, round: Round, secretary: User) -> None:
    other = make_decided_round((90, 80), region_code="52")
    one = make_amendment(other, make_user())
    client.force_login(secretary)

    assert client.get(_url("amendment", one)).status_code == 404
