"""The presenter's window and the screen: what each is told, and that the screen is told no name before its step."""

from base64 import b64decode
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from judging.models import CeremonyShow
from judging.selectors.awards import awards_in_force
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from paritrana.kernel.check_code import grouped
from tests.factories.awards import make_decided_round
from tests.factories.ceremony import make_show
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70))


@pytest.fixture
def organiser(client: Client, round: Round) -> Client:
    client.force_login(make_user(Role.ORGANISER, round=round))
    return client


def url(show: CeremonyShow, name: str = "ceremony_show") -> str:
    return str(round_url(f"judging:{name}", show.ceremony.round, code=show.code))


def names(round: Round) -> list[str]:
    return [str(award.nomination) for award in awards_in_force(round)]


def move(client: Client, show: CeremonyShow, step: Any, *, blank: Any = 0, turn: Any = 1) -> Any:
    posted = {"langkah": step, "gelap": blank, "giliran": turn}
    return client.post(url(show, "ceremony_show_state"), posted)


@pytest.mark.parametrize(("step", "is_rehearsal"), [("latihan", True), ("sungguhan", False)])
def test_a_button_opens_the_show_and_leads_to_its_window(
    organiser: Client, round: Round, step: str, *, is_rehearsal: bool
) -> None:
    response = organiser.post(round_url("judging:open_show", round), {"langkah": step})

    show = CeremonyShow.objects.get()
    assert show.is_rehearsal == is_rehearsal
    assert response["Location"] == url(show)


def test_a_show_that_was_ended_is_offered_to_go_on_and_does(organiser: Client, round: Round) -> None:
    ended = make_show(round, step=4, furthest=4, ended_at=AT)
    offered = organiser.get(round_url("judging:ceremony", round)).context["resumable"]

    response = organiser.post(round_url("judging:open_show", round), {"lanjut": ended.code})

    show = CeremonyShow.objects.get(ended_at=None)
    assert [(one["show"], one["number"]) for one in offered] == [(ended, 5)]
    assert [name for name in names(round) if name in offered[0]["what"]] == []
    assert (show.is_rehearsal, show.step, show.is_blank) == (False, 4, True)
    assert response["Location"] == url(show)
    assert organiser.post(round_url("judging:open_show", round), {"lanjut": "0" * 16}).status_code == 404


def test_a_show_that_counts_goes_on_only_for_who_may_run_it(client: Client, round: Round) -> None:
    ended = make_show(round, step=4, furthest=4, ended_at=AT)
    Round.objects.filter(pk=round.pk).update(state=State.SCORING)
    client.force_login(make_user(Role.ORGANISER, round=round))

    assert client.post(round_url("judging:open_show", round), {"lanjut": ended.code}).status_code == 403
    assert f'value="{ended.code}"' not in client.get(round_url("judging:ceremony", round)).content.decode()


def test_nothing_to_show_is_told(client: Client) -> None:
    round = make_round(state=State.SCORING)
    client.force_login(make_user(Role.ORGANISER, round=round))

    response = client.post(round_url("judging:open_show", round), {"langkah": "latihan"}, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_the_presenter_has_every_name_and_every_key(organiser: Client, round: Round) -> None:
    show = make_show(round)

    page = unescape(organiser.get(url(show)).content.decode())

    assert [name for name in names(round) if name not in page] == []
    assert page.count("data-key=") == 8
    assert page.count('data-reveals="1"') == 3
    assert grouped(show.code) in page


def test_the_presenter_moves_the_show_and_learns_where_it_stands(organiser: Client, round: Round) -> None:
    show = make_show(round)

    told = move(organiser, show, 3, blank=1, turn=5)
    looked = organiser.get(url(show, "ceremony_show_state"))

    expected = {
        "turn": 5,
        "step": 3,
        "furthest": 0,
        "is_blank": True,
        "is_over": False,
        "is_stale": False,
        "screen_ago": None,
    }
    assert (told.status_code, told.json(), looked.json()) == (200, expected, expected)


@pytest.mark.parametrize("posted", [("", 0, 0), ("x", 0, 0), (1, "x", 0), (-1, 0, 0), (1, 0, 2**31)])
def test_nonsense_is_no_move(organiser: Client, round: Round, posted: tuple[Any, Any, Any]) -> None:
    step, blank, turn = posted

    assert move(organiser, make_show(round), step, blank=blank, turn=turn).status_code == 400


def test_a_refused_move_tells_where_the_show_stands(organiser: Client, round: Round) -> None:
    show = make_show(round, step=2, furthest=2)
    awards_in_force(round).filter(place=1).update(superseded_at=AT)

    told = move(organiser, show, 3)

    assert told.status_code == 409
    assert (told.json()["step"], told.json()["is_stale"]) == (2, True)


def test_a_screen_is_opened_by_its_code_without_a_name_in_it(client: Client, round: Round) -> None:
    show = make_show(round)

    page = client.get(reverse("screen", kwargs={"code": grouped(show.code).lower()}))

    content = page.content.decode()
    assert page.status_code == 200
    assert [name for name in (*names(round), "Terbaik", "Kategori") if name in content] == []
    assert "no-store" in page["Cache-Control"]
    sealed = content.partition('data-sealed="')[2].partition('"')[0].split(" ")
    assert len(sealed) == 32  # eight, and empty ones
    assert all(b"Terbaik" not in b64decode(one) for one in sealed)


def test_a_screen_is_told_one_key_and_its_presenter_learns_of_it(client: Client, round: Round) -> None:
    show = make_show(round, step=2, furthest=4, turn=7)

    told = client.get(reverse("screen_state", kwargs={"code": show.code})).json()

    assert set(told) == {"turn", "step", "is_blank", "key"}
    assert (told["turn"], told["step"], len(b64decode(told["key"]))) == (7, 2, 32)
    client.force_login(make_user(Role.ORGANISER, round=round))
    assert client.get(url(show, "ceremony_show_state")).json()["screen_ago"] == 0


@pytest.mark.parametrize("name", ["screen", "screen_state"])
def test_an_ended_show_is_like_one_that_never_was(client: Client, round: Round, name: str) -> None:
    ended = make_show(round, ended_at=AT)

    answers = [client.get(reverse(name, kwargs={"code": code})) for code in (ended.code, "0" * 16, "pendek")]

    assert [answer.status_code for answer in answers] == [404] * 3


def test_the_code_is_typed_on_another_machine(client: Client, round: Round) -> None:
    show = make_show(round)

    found = client.post(reverse("screen_entry"), {"code": grouped(show.code).lower()})
    unknown = client.post(reverse("screen_entry"), {"code": "0" * 16})

    assert found["Location"] == reverse("screen", kwargs={"code": grouped(show.code)})
    assert unknown.context["form"].has_error("code", "no_show")


def test_the_end_closes_the_screen(organiser: Client, round: Round) -> None:
    show = make_show(round)

    ended = organiser.post(url(show, "end_show"))

    assert ended["Location"] == round_url("judging:ceremony", round)
    assert organiser.get(reverse("screen_state", kwargs={"code": show.code})).status_code == 404
    assert organiser.get(url(show, "ceremony_show_state")).json()["is_over"]


@pytest.mark.parametrize("name", ["ceremony_show", "ceremony_show_state", "end_show"])
def test_the_real_show_is_for_who_may_run_it_and_for_the_own_round(client: Client, round: Round, name: str) -> None:
    other = make_round(region_code="52", state=State.DECIDED)
    show = make_show(round)
    where = {"year": 2024, "scope": "52", "code": show.code}

    client.force_login(make_user(Role.ORGANISER, round=other))
    assert client.post(url(show, name)).status_code in {404, 405}
    assert client.get(reverse(f"judging:{name}", kwargs=where)).status_code in {404, 405}
    client.force_login(make_user(Role.CHAIR, round=round))
    assert client.post(url(show, name)).status_code == 403 or name == "ceremony_show"
    assert client.get(url(show, name)).status_code in {403, 405}


def test_a_real_show_closes_to_everybody_once_the_round_goes_back(organiser: Client, round: Round) -> None:
    show = make_show(round)
    Round.objects.filter(pk=round.pk).update(state=State.PLENARY)

    assert organiser.get(url(show)).status_code == 403
    assert move(organiser, show, 1).status_code == 403
