"""The form of the private note on the sheet's page, and that its words are found nowhere else."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from judging.models import PrivateNote
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.member_day import hidden, make_member_day
from tests.factories.onlookers import glancing, paperless
from tests.factories.scored import make_scored_round
from tests.factories.world import AT, make_round, make_user
from tests.judging.web.test_blind import PRIVATE, addresses

pytestmark = pytest.mark.django_db

WORDS = PRIVATE


@pytest.fixture(autouse=True)
def interview_day() -> Any:
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client: Client) -> dict[str, Any]:
    made = make_member_day(client)
    return made | {"note": round_url("judging:private_note", made["round"], number=made["nomination"].number)}


def write(client: Client, world: dict[str, Any], text: str, page: Any = None, **more: str) -> Any:
    page = page or client.get(world["url"])
    return client.post(world["note"], {"private_note": text, "note_seen": hidden(page, "note_seen"), **more})


def test_it_is_written_read_and_deleted_on_the_page_of_the_sheet(client: Client, world: dict[str, Any]) -> None:
    page = client.get(world["url"]).content.decode()
    assert f'action="{world["note"]}"' in page
    assert "delete_note" not in page
    saved = write(client, world, f"<b>{WORDS}</b>")
    assert (saved.status_code, saved.url) == (302, world["url"] + "#catatan-pribadi")
    page = client.get(world["url"]).content.decode()
    assert f"&lt;b&gt;{WORDS}&lt;/b&gt;</textarea>" in page
    deleted = write(client, world, "diketik", delete_note="1")
    assert deleted.status_code == 302
    assert not PrivateNote.objects.exists()


def test_a_sheet_that_is_read_only_keeps_its_note_form(client: Client, world: dict[str, Any]) -> None:
    world["round"].state = State.PLENARY
    world["round"].save()
    write(client, world, WORDS)
    assert WORDS in client.get(world["url"]).content.decode()


def test_a_stale_tab_is_shown_both_and_saves_after_that(client: Client, world: dict[str, Any]) -> None:
    stale = client.get(world["url"])
    write(client, world, "yang tersimpan")
    refused = write(client, world, "yang diketik", page=stale)
    assert refused.status_code == 422
    assert all(text in refused.content.decode() for text in ("yang tersimpan", "yang diketik"))
    assert PrivateNote.objects.get().text == "yang tersimpan"
    assert write(client, world, "keduanya", page=refused).status_code == 302
    assert PrivateNote.objects.get().text == "keduanya"


def test_too_long_is_kept_in_the_form(client: Client, world: dict[str, Any]) -> None:
    refused = write(client, world, WORDS + "a" * 2000)
    assert refused.status_code == 422
    assert WORDS in refused.content.decode()
    assert not PrivateNote.objects.exists()


def test_two_thousand_characters_with_line_breaks_fit(client: Client, world: dict[str, Any]) -> None:
    assert write(client, world, "a\r\n" * 999 + "a").status_code == 302


def test_looking_changes_nothing_and_is_not_kept_by_the_browser(client: Client, world: dict[str, Any]) -> None:
    write(client, world, WORDS)
    for url in (world["note"], world["url"]):
        assert "no-store" in client.get(url, {"delete_note": "1"})["Cache-Control"]
    assert PrivateNote.objects.count() == 1


def test_who_has_no_business_here(client: Client, world: dict[str, Any]) -> None:
    assert Client().get(world["note"]).status_code == 302
    for role, status in ((Role.SECRETARIAT, 403), (Role.CHAIR, 403), (Role.AUDITOR, 403)):
        client.force_login(make_user(role, round=world["round"]))
        assert client.get(world["note"]).status_code == client.post(world["note"]).status_code == status
    client.force_login(make_user(Role.PANEL_MEMBER, round=make_round(region_code="81")))
    assert client.get(world["note"]).status_code == client.post(world["note"]).status_code == 404


def test_a_nominee_that_is_not_there(client: Client, world: dict[str, Any]) -> None:
    assert client.get(round_url("judging:private_note", world["round"], number=9999)).status_code == 404


def test_no_address_shows_it_to_anybody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    paperless(monkeypatch)
    glancing(monkeypatch)
    scored = make_scored_round()
    author = make.holder(scored.seats[3])
    nomination = scored.nominations[1]
    PrivateNote.objects.create(author=author, nomination=nomination, text=WORDS, saved_at=AT)
    # The other roles, and the chair in the plenary, look at every address in test_blind.
    clerk = make_user(is_staff=True, is_superuser=True)
    readers = [scored.chair, make_user(Role.AUDITOR, round=scored.round)]
    administration = (reverse("admin:index"), reverse("admin:accounts_user_changelist"))
    assert seen_by(author, addresses(scored)) == {f"/2024/53/lembar/1/{end}" for end in ("", "catatan/")}
    assert not seen_by(clerk, {**addresses(scored), "admin": administration})
    for state, lookers in ((State.PLENARY, readers[1:]), (State.DECIDED, readers)):
        scored.round.state = state
        scored.round.save()
        for person in lookers:
            assert not seen_by(person, addresses(scored))


def seen_by(person: Any, pages: dict[str, Any]) -> set[str]:
    """The addresses whose answers hold the words."""
    client = Client()
    client.force_login(person)
    found = set()
    for url in (url for urls in pages.values() for url in urls):
        response = client.get(url)
        content = b"".join(response) if response.streaming else response.content
        if re.search(WORDS.encode(), content):
            found.add(url)
    return found


def test_asked_for_facts_a_save_answers_what_the_form_has_seen(client: Client, world: dict[str, Any]) -> None:
    stale = client.get(world["url"])
    first = write_as_facts(client, world, WORDS, hidden(stale, "note_seen"))
    assert set(first.json()) == {"note_seen", "text"}
    assert list(client.get(world["url"]).context["messages"]) == []
    second = write_as_facts(client, world, f"{WORDS} lagi", first.json()["note_seen"])
    assert (second.status_code, PrivateNote.objects.get().text) == (200, f"{WORDS} lagi")
    refused = write_as_facts(client, world, "yang lama", hidden(stale, "note_seen"))
    assert (refused.status_code, refused.json()["code"]) == (422, "private_note_changed_meanwhile")
    too_long = write_as_facts(client, world, "a" * 3000, second.json()["note_seen"])
    assert (too_long.status_code, too_long.json()["code"]) == (422, "private_note_too_long")
    assert PrivateNote.objects.get().text == f"{WORDS} lagi"
    emptied = write_as_facts(client, world, "", second.json()["note_seen"])
    assert emptied.status_code == 200
    assert not PrivateNote.objects.exists()


def write_as_facts(client: Client, world: dict[str, Any], text: str, seen: str) -> Any:
    return client.post(world["note"], {"private_note": text, "note_seen": seen}, headers={"accept": "application/json"})
