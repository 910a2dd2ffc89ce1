"""Pages of the ceremony: order, words, guests, certificates taken, papers; who works there and who looks on."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from judging.models import Ceremony, Guest
from judging.selectors.awards import awards_in_force
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories.awards import make_decided_round
from tests.factories.ceremony import make_ceremony, unprinted
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db

GUEST: dict[str, Any] = {"name": "Ibu Tamu (contoh)", "office": "Bupati", "seat": "A1", "say": "", "handed_by": ""}
PAGES = ("ceremony", "ceremony_guests", "certificates_taken", "announcer_script", "guest_list", "guest_workbook")


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70), categories=2)


@pytest.fixture
def organiser(client: Client, round: Round) -> Client:
    client.force_login(make_user(Role.ORGANISER, round=round))
    return client


def url(round: Round, name: str) -> str:
    return str(round_url(f"judging:{name}", round))


def key(round: Round) -> str:
    return f"gelar-{awards_in_force(round)[0].pk}"


def levels(response: Any) -> list[str]:
    return [message.level_tag for message in response.context["messages"]]


def test_a_part_goes_down_by_its_button(organiser: Client, round: Round) -> None:
    response = organiser.post(url(round, "ceremony_order"), {"bagian": "kategori-kategori-1", "arah": "turun"})

    assert response["Location"] == f"{url(round, 'ceremony')}#urutan"
    page = organiser.get(url(round, "ceremony"))
    assert [part.key for part in page.context["parts"]] == ["kategori-kategori-2", "kategori-kategori-1"]


@pytest.mark.parametrize(
    "posted", [{"bagian": "kategori-kategori-1"}, {"arah": "naik"}, {"bagian": "x", "arah": "naik"}]
)
def test_a_strange_order_changes_nothing(organiser: Client, round: Round, posted: dict[str, str]) -> None:
    assert organiser.post(url(round, "ceremony_order"), posted).status_code == 302
    assert not Ceremony.objects.filter(version__gt=1).exists()


def test_words_are_saved_or_come_back(organiser: Client, round: Round) -> None:
    done = organiser.post(url(round, "ceremony"), {"opening": "Selamat malam", "closing": "", "shows_totals": "on"})
    refused = organiser.post(url(round, "ceremony"), {"opening": "x" * 301})

    assert (done.status_code, refused.status_code) == (302, 200)
    assert refused.context["form"].has_error("opening", "max_length")
    ceremony = Ceremony.objects.get(round=round)
    assert (ceremony.opening, ceremony.shows_totals) == ("Selamat malam", True)


def test_a_guest_is_saved_by_the_button_of_the_row(organiser: Client, round: Round) -> None:
    posted = GUEST | {"gelar": key(round), "is_absent": "on"}

    done = organiser.post(url(round, "ceremony_guests"), posted)
    refused = organiser.post(url(round, "ceremony_guests"), posted | {"seat": "x" * 21})

    assert done["Location"] == f"{url(round, 'ceremony_guests')}?disimpan={key(round)}#{key(round)}"
    guest = Guest.objects.get()
    assert (guest.name, guest.seat, guest.is_absent) == ("Ibu Tamu (contoh)", "A1", True)
    bound = [row["form"] for row in refused.context["rows"] if row["form"].is_bound]
    assert [form.has_error("seat", "max_length") for form in bound] == [True]


def test_the_row_where_one_lands_says_that_it_was_saved_once(organiser: Client, round: Round) -> None:
    landed = organiser.post(url(round, "ceremony_guests"), GUEST | {"gelar": key(round)}, follow=True)
    again = organiser.get(landed.redirect_chain[0][0])

    assert (landed.context["saved"], list(landed.context["messages"])) == (key(round), [])
    row = landed.content.decode().partition(f'id="{key(round)}"')[2].partition("</summary>")[0]
    assert "Ibu Tamu (contoh) · A1" in row
    assert [page.content.decode().count('role="status"') for page in (landed, again)] == [1, 0]


def test_an_award_that_is_gone_is_told(organiser: Client, round: Round) -> None:
    response = organiser.post(url(round, "ceremony_guests"), GUEST | {"gelar": "gelar-0"}, follow=True)

    assert levels(response) == ["error"]
    assert "#" not in response.redirect_chain[0][0]
    assert Guest.objects.count() == 0


def test_a_certificate_is_handed_out_and_taken_back(organiser: Client, round: Round) -> None:
    address, tap = url(round, "certificates_taken"), {"gelar": key(round), "langkah": "ambil", "oleh": "Bapak Ajudan"}

    first = organiser.post(address, tap, follow=True)
    second = organiser.post(address, tap, follow=True)
    assert (levels(first), levels(second)) == (["success"], ["error"])
    assert (second.context["taken"], second.context["total"]) == (1, 6)
    back = organiser.post(address, {"gelar": key(round), "langkah": "batal"}, follow=True)
    assert (levels(back), back.context["taken"]) == (["success"], 0)


def test_papers_are_files_that_nobody_keeps(organiser: Client, round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    unprinted(monkeypatch)

    for name, ending in (("announcer_script", "pdf"), ("guest_list", "pdf"), ("guest_workbook", "xlsx")):
        response = organiser.get(url(round, name))
        assert response["Content-Disposition"].endswith(f'.{ending}"')
        assert "no-store" in response["Cache-Control"]
        assert b"is_secret=True" in response.content


def test_before_the_decision_there_is_an_order_and_no_name(client: Client) -> None:
    round = make_decided_round((90, 80))
    Round.objects.filter(pk=round.pk).update(state=State.PLENARY)
    names = [str(award.nomination) for award in awards_in_force(round)]
    client.force_login(make_user(Role.ORGANISER, round=round))

    page = client.get(url(round, "ceremony"))

    assert (page.status_code, page.context["has_names"]) == (200, False)
    assert [name for name in names if name in page.content.decode()] == []
    assert {client.get(url(round, name)).status_code for name in PAGES[1:]} == {403}


def test_the_chair_looks_on(client: Client, round: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    unprinted(monkeypatch)
    Guest.objects.create(ceremony=make_ceremony(round), award=awards_in_force(round)[0], name="Ibu Tamu (contoh)")
    client.force_login(make_user(Role.CHAIR, round=round))

    looked = {name: client.get(url(round, name)) for name in PAGES}

    assert {response.status_code for response in looked.values()} == {200}
    assert "Ibu Tamu (contoh)" in looked["ceremony_guests"].content.decode()
    assert 'name="gelar"' not in looked["ceremony_guests"].content.decode()
    assert {client.post(url(round, name)).status_code for name in PAGES[:3]} == {403}


@pytest.mark.parametrize("name", [*PAGES, "ceremony_order", "open_show"])
def test_another_province_finds_nothing(client: Client, round: Round, name: str) -> None:
    client.force_login(make_user(Role.ORGANISER, Role.SECRETARIAT, round=make_round(region_code="52")))

    assert client.post(url(round, name)).status_code in {404, 405}
    assert client.get(url(round, name)).status_code in {404, 405}


@pytest.mark.parametrize("name", ["ceremony", "ceremony_guests", "certificates_taken"])
def test_a_list_costs_the_same_for_one_and_for_thirty(client: Client, name: str) -> None:
    costs = []
    for region_code, categories in (("53", 1), ("52", 10)):
        round = make_decided_round((90, 80, 70), categories=categories, region_code=region_code)
        ceremony = make_ceremony(round)
        Guest.objects.bulk_create(
            Guest(ceremony=ceremony, award=award, collected_at=AT, collected_by="Ibu")
            for award in awards_in_force(round)
        )
        client.force_login(make_user(Role.ORGANISER, round=round))
        with CaptureQueriesContext(connection) as queries:
            client.get(url(round, name))
        costs.append(len(queries))

    assert costs == [10, 10]
