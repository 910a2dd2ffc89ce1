"""Who is signed in: a session until it ends, an account until it is closed, two queries."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from paritrana.accounts.backends import AccountBackend
from paritrana.accounts.models import User
from paritrana.accounts.sessions import SessionStore
from paritrana.kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client: Client) -> Client:
    user = User.objects.create(username="ama", display_name="Ama Kolo (contoh)")
    client.force_login(user, backend="paritrana.accounts.backends.AccountBackend")
    return client


def _stored(client: Client) -> SessionStore:
    return SessionStore(client.cookies["sessionid"].value)


def test_session_is_read_back_by_its_key_in_one_query(signed_in: Client) -> None:
    store = _stored(signed_in)
    with CaptureQueriesContext(connection) as queries:
        assert store["_auth_user_backend"] == "paritrana.accounts.backends.AccountBackend"
    assert len(queries) == 1


def test_session_that_has_ended_is_empty_and_keeps_no_key(signed_in: Client) -> None:
    Session.objects.update(expire_date=clock.now() - timedelta(seconds=1))
    store = _stored(signed_in)
    assert store.keys() == {}.keys()
    assert store.session_key is None


def test_key_of_no_session_opens_nothing(signed_in: Client) -> None:
    assert SessionStore("x" * 32).load() == {}
    signed_in.cookies["sessionid"] = "x" * 32
    assert signed_in.get(reverse("account")).status_code == 302


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "other"}])
def test_closed_account_and_changed_password_end_every_session(signed_in: Client, change: dict[str, object]) -> None:
    assert signed_in.get(reverse("account")).status_code == 200
    User.objects.update(**change)
    answer = signed_in.get(reverse("account"))
    assert (answer.status_code, reverse("login") in answer["Location"]) == (302, True)


def test_person_is_found_by_id_or_not_at_all(signed_in: Client) -> None:
    user = User.objects.get()
    assert AccountBackend().get_user(str(user.pk)) == user
    assert AccountBackend().get_user(user.pk + 1) is None
    assert AccountBackend().get_user(2**70) is None
