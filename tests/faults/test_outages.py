"""The database is away, full or read-only: everybody is told, nothing is half-written, and all is well afterwards."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import override

from judging.models import SaveReceipt, SheetVersion
from nominees.templatetags.rounds import round_url
from paritrana.audit.models import AuditEvent
from paritrana.busy import RETRY_AFTER, TITLES
from paritrana.kernel.outages import Outage
from tests.factories.saves import make_sheet_world

from .outages import away, cut, full, next_request, read_only

pytestmark = pytest.mark.usefixtures("shared_database")

Out = Callable[[], AbstractContextManager[None]]
OUT: list[tuple[Out, Outage]] = [(away, Outage.AWAY), (read_only, Outage.UNWRITABLE), (full, Outage.UNWRITABLE)]
MARKS = {"nilai-komitmen": "80", "nilai-inovasi": "3"}
FACTS = {"accept": "application/json"}


class Site:
    """A member at a sheet; ``post`` saves it as its page does."""

    def __init__(self, client: Client) -> None:
        world = make_sheet_world()
        self.client = client
        self.client.force_login(world["member"])
        self.url = round_url("judging:sheet", world["round"], number=world["nomination"].number)

    def post(self, turn: int = 0, note: str = "", headers: dict[str, str] = FACTS) -> HttpResponse:
        next_request()
        fields: dict[str, Any] = {**MARKS, "revision": turn, "request_key": f"kunci-permintaan-{turn}"}
        answer = self.client.post(
            self.url,
            {**fields, "langkah": "simpan", "catatan-komitmen": note, "catatan-inovasi": note},
            headers=headers,
        )
        assert isinstance(answer, HttpResponse)
        return answer

    def get(self, url: str = "") -> HttpResponse:
        next_request()
        answer = self.client.get(url or self.url)
        assert isinstance(answer, HttpResponse)
        return answer


@pytest.fixture
def site(client: Client) -> Site:
    client.raise_request_exception = False  # answered as in service
    return Site(client)


def kept() -> tuple[int, int, int]:
    return SheetVersion.objects.count(), SaveReceipt.objects.count(), AuditEvent.objects.count()


@pytest.mark.parametrize(("out", "outage"), OUT)
def test_a_save_is_told_so_and_counts_once_when_it_comes_again(site: Site, out: Out, outage: Outage) -> None:
    versions, receipts, events = kept()
    note = "— tetap " * 240  # two of these fit into no page
    with out():
        refused = site.post(note=note)
        assert refused.status_code == 503, refused.content
        assert (refused["Retry-After"], refused["Cache-Control"]) == (str(RETRY_AFTER), "no-store")
        assert json.loads(refused.content)["code"] == outage.value
    assert kept() == (versions, receipts, events)
    assert [json.loads(site.post(note=note).content)["revision"] for _ in range(2)] == [1, 1]
    assert kept() == (versions + 1, receipts + 1, events + 1)


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(("out", "outage"), OUT[:2])
def test_a_page_says_so_in_the_readers_language(site: Site, out: Out, outage: Outage, language: str) -> None:
    with out():
        refused = site.post(headers={"accept": "text/html", "accept-language": language})
    text = refused.content.decode()
    assert (refused.status_code, refused["Retry-After"]) == (503, str(RETRY_AFTER))
    assert f'lang="{language}"' in text
    with override(language):
        assert str(TITLES[outage]) in text


def test_what_is_there_can_be_read_while_nothing_can_be_written(site: Site) -> None:
    assert site.post().status_code == 200
    for out in (read_only, full):
        with out():
            assert site.get().status_code == 200


@pytest.mark.parametrize("address", ["", "/", "/tidak-ada/"])
def test_every_page_says_that_the_database_is_away(site: Site, address: str) -> None:
    """That there is no such page is said by a page that looks up who is signed in."""
    with away():
        assert site.get(address).status_code == 503
    assert site.get(address).status_code in {200, 302, 404}


def test_a_connection_that_was_cut_costs_at_most_the_request_that_had_it(site: Site) -> None:
    assert site.post().status_code == 200
    cut()
    answer = site.client.get(site.url)  # in the middle of a request, as it were: nothing has looked at the connection
    assert answer.status_code == (503 if connection.vendor == "postgresql" else 200)
    assert site.post(1).status_code == 200


@pytest.mark.parametrize("error", [OperationalError("no such table"), ImproperlyConfigured("no such setting")])
def test_any_other_error_is_left_to_fail(site: Site, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def broken(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("judging.web.sheets.scores.save_draft", broken)
    failed = site.post()
    assert failed.status_code == 500
    assert "Retry-After" not in failed
