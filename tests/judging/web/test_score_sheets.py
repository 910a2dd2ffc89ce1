"""Printing empty score sheets: who gets which, in which files, and that no mark is on any of them."""

import io
import re
import zipfile
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from judging.models import Recusal, Seat
from judging.selectors.papers import score_sheets as selectors
from judging.web import score_sheets as views
from nominees.core.lifecycle import State
from nominees.models import Nomination, Round
from paritrana.accounts.models import Role, User
from tests.factories.costs import cost
from tests.factories.scored import submit
from tests.factories.sheets import holder, make_interview, make_panel, make_recusal, make_rubric
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user
from tests.judging.documents.reading import page_sizes, pages_text, text, tight

pytestmark = pytest.mark.django_db
NAMES = ("score_sheets", "score_sheets_archive", "score_sheets_file")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with mock.patch("judging.web.score_sheets.clock.now", return_value=AT):
        yield


class World:
    """A round with three seats and three nominees: two on the day, one on the next."""

    def __init__(self) -> None:
        self.round: Round = make_round(state=State.SCORING, is_demo=True)
        self.category = make_category(self.round)
        self.version = make_rubric(self.category)
        self.seats: list[Seat] = make_panel(self.round)
        self.nominations = [self.nominate(number) for number in (1, 2, 3)]
        self.secretary: User = make_user(Role.SECRETARIAT, round=self.round)
        self.member: User = holder(self.seats[1])

    def nominate(self, number: int) -> Nomination:
        made = make_nomination(self.category, region_code=f"53.{number:02d}")
        Nomination.objects.filter(pk=made.pk).update(number=number)
        made.number = number
        starts_at = AT + (timedelta(days=1) if number == 3 else timedelta(minutes=30 * number))
        make_interview(made, self.seats, starts_at=starts_at, released=True)
        return made

    def url(self, name: str = "score_sheets_file", query: str = "", file: int = 1) -> str:
        where: dict[str, Any] = {"year": 2024, "scope": "53"}
        if name == "score_sheets_file":
            where["file"] = file
        return reverse(f"judging:{name}", kwargs=where) + query


@pytest.fixture
def world() -> World:
    return World()


def codes(pdf: bytes) -> list[str]:
    """The codes of the sheets in the order of the pages."""
    full = [page.partition("Kode lembar ")[2].split()[0] for page in pages_text(pdf) if "Kode lembar " in page]
    return [code.removeprefix("2024/53/").rpartition("/")[0] for code in full]


@pytest.fixture
def unlaid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only which sheets are printed is asked: nothing is laid out, a file is the list of their codes."""
    monkeypatch.setattr(views, "render_score_sheets", lambda data, _paper: " ".join(_codes(data)).encode())


def _codes(data: Any) -> list[str]:
    return [sheet.code for sheet in data.sheets]


def listed(content: bytes) -> list[str]:
    """The codes of the sheets in a file that was not laid out."""
    return [code.removeprefix("2024/53/").rpartition("/")[0] for code in content.decode().split()]


def test_the_secretariat_prints_the_next_day_with_interviews(client: Client, world: World) -> None:
    client.force_login(world.secretary)
    page = client.get(world.url("score_sheets"))
    response = client.get(page.context["files"][0]["url"])

    assert page.context["total"] == 6
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="lembar-penilaian-2024-53-2025-06-24.pdf"'
    assert codes(response.content) == [f"unsur-{seat}/{number}" for seat in (1, 2, 3) for number in (1, 2)]
    assert "Lembar 6 dari 6" in text(response.content)
    assert "CONTOH" in text(response.content)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?hari=2025-06-25", ["unsur-1/3", "unsur-2/3", "unsur-3/3"]),
        ("?hari=semua&unsur=unsur-3", ["unsur-3/1", "unsur-3/2", "unsur-3/3"]),
        ("?nomor=2", ["unsur-1/2", "unsur-2/2", "unsur-3/2"]),
        ("?nomor=2&unsur=unsur-1", ["unsur-1/2"]),
    ],
)
def test_a_day_a_seat_an_interview(client: Client, world: World, unlaid: None, query: str, expected: list[str]) -> None:
    client.force_login(world.secretary)
    assert listed(client.get(world.url(query=query)).content) == expected


def test_on_f4_as_well(client: Client, world: World) -> None:
    client.force_login(world.secretary)
    assert page_sizes(client.get(world.url(query="?nomor=1&kertas=F4")).content) == {(215, 330)}
    assert page_sizes(client.get(world.url(query="?nomor=1")).content) == {(210, 297)}


def test_a_member_gets_the_own_seats_sheets_and_no_others(client: Client, world: World, unlaid: None) -> None:
    client.force_login(world.member)
    page = client.get(world.url("score_sheets", "?hari=semua"))

    assert page.context["total"] == 3
    assert b"Unsur 1" not in page.content
    assert listed(client.get(page.context["files"][0]["url"]).content) == ["unsur-2/1", "unsur-2/2", "unsur-2/3"]
    for name in NAMES:
        assert client.get(world.url(name, "?unsur=unsur-1")).status_code == 403
        assert client.get(world.url(name, "?unsur=unsur-2")).status_code == 200


def test_a_member_is_not_told_why_others_do_not_score(client: Client, world: World) -> None:
    make_recusal(world.seats[0], world.nominations[0])
    client.force_login(world.member)
    assert client.get(world.url("score_sheets")).context["left_out"] == 0
    printed = text(client.get(world.url()).content)
    assert "benturan kepentingan: " not in printed
    assert "tidak dicetak" not in printed


def test_a_member_without_a_seat_has_nothing_to_print(client: Client, world: World, unlaid: None) -> None:
    client.force_login(make_user(Role.PANEL_MEMBER, round=world.round))
    assert client.get(world.url("score_sheets")).context["files"] == []
    assert listed(client.get(world.url()).content) == []
    assert client.get(world.url(query="?unsur=unsur-1")).status_code == 403


def test_a_conflict_of_interest_is_listed_first_and_not_printed(client: Client, world: World) -> None:
    recusal: Recusal = make_recusal(world.seats[0], world.nominations[0])
    client.force_login(world.secretary)
    pdf = client.get(world.url()).content

    assert "unsur-1/1" not in codes(pdf)
    assert len(codes(pdf)) == 5
    assert tight("Tidak dinilai: benturan kepentingan") in tight(pages_text(pdf)[0])
    assert tight(recusal.reason) not in tight(text(pdf))  # the reason itself stays in the minutes


def test_no_mark_of_anybody_is_printed(client: Client, world: World) -> None:
    marks = {"komitmen": "87.3125", "inovasi": "3"}
    submit(world.nominations[0], world.seats[0], world.version, marks, state="draft")
    submit(world.nominations[0], world.seats[1], world.version, marks)
    client.force_login(world.secretary)
    before = client.get(world.url(query="?nomor=1"))

    assert codes(before.content) == ["unsur-1/1", "unsur-3/1"]
    told = re.sub(r"Orang \d+", "", text(before.content))  # however many people there were before these
    assert "87" not in told
    assert "3125" not in told


def test_many_sheets_come_in_files_and_as_one_archive(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "SHEETS_PER_FILE", 4)
    client.force_login(world.secretary)
    files = client.get(world.url("score_sheets")).context["files"]
    archive = client.get(world.url("score_sheets_archive"))
    packed = zipfile.ZipFile(io.BytesIO(b"".join(archive.streaming_content)))  # type: ignore[attr-defined]

    assert [(one["first"], one["last"], one["seats"]) for one in files] == [
        (1, 4, ["Unsur 1", "Unsur 2"]),
        (5, 6, ["Unsur 3"]),
    ]
    assert archive["Cache-Control"] == "private, no-store"
    assert packed.testzip() is None
    assert packed.namelist() == [f"lembar-penilaian-2024-53-2025-06-24-{part}.pdf" for part in (1, 2)]
    assert "Lembar 5 dari 6" in text(packed.read(packed.namelist()[1]))
    assert packed.read(packed.namelist()[0]) == client.get(files[0]["url"]).content
    assert client.get(world.url(file=3)).status_code == 404


@pytest.mark.parametrize("query", ["?hari=2025-06-31", "?hari=2025-07-24", "?unsur=lain", "?kertas=A3", "?nomor=x"])
def test_a_choice_that_is_none_is_not_found(client: Client, world: World, query: str) -> None:
    client.force_login(world.secretary)
    for name in NAMES:
        assert client.get(world.url(name, query)).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_who_may_not_print(client: Client, world: World, name: str) -> None:
    assert client.get(world.url(name))["Location"].startswith(reverse("login"))
    for role in (Role.CHAIR, Role.ORGANISER, Role.AUDITOR):
        client.force_login(make_user(role, round=world.round))
        assert client.get(world.url(name)).status_code == 403
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))
    assert client.get(world.url(name)).status_code == 404
    client.force_login(world.secretary)
    assert client.post(world.url(name)).status_code == 405


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (State.PREPARATION, 403),
        (State.NOMINATION, 200),
        (State.SCORING, 200),
        (State.PLENARY, 403),
        (State.DECIDED, 403),
    ],
)
def test_sheets_are_printed_while_interviews_are_planned_and_held(
    client: Client, world: World, state: State, answer: int
) -> None:
    Round.objects.filter(pk=world.round.pk).update(state=state)
    client.force_login(world.secretary)
    assert client.get(world.url("score_sheets")).status_code == answer


def test_a_file_costs_the_same_for_three_nominees_and_for_thirty(client: Client, world: World) -> None:
    client.force_login(world.secretary)
    url = world.url("score_sheets", "?hari=semua")
    few = cost(client, url)
    for number in range(4, 31):
        world.nominate(number)

    assert cost(client, url) == few
    assert client.get(url).context["total"] == 90


def test_the_schedule_leads_the_secretariat_to_the_print(client: Client, world: World) -> None:
    schedule = reverse("judging:schedule", args=(2024, "53"))
    links = {
        schedule + "?hari=2025-06-24": world.url("score_sheets", "?hari=2025-06-24"),
        reverse("judging:interview", args=(2024, "53", 1)): world.url("score_sheets", "?nomor=1"),
    }
    for page, link in links.items():
        client.force_login(world.secretary)
        assert link.encode() in client.get(page).content
        client.force_login(world.member)
        assert link.encode() not in client.get(page).content


def test_a_members_day_leads_to_the_own_print(client: Client, world: World) -> None:
    client.force_login(world.member)
    page = reverse("judging:my_day", args=(2024, "53"))
    assert world.url("score_sheets", "?hari=2025-06-24").encode() in client.get(page).content
    assert world.url("score_sheets", "?hari=semua").encode() in client.get(page, {"hari": "semua"}).content
