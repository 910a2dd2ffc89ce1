"""Papers of the schedule and invitations: who gets which, from the release and never from the draft."""

import io
import zipfile
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from judging.models import Invitation, InvitationText
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role, User
from paritrana.kernel.sentences import sentence
from tests.factories.costs import cost
from tests.factories.schedule_documents import DAY, World, quick_letters, unlaid
from tests.factories.sheets import make_interview, make_recusal
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
PAPERS = ("schedule_papers", "schedule_workbook", "schedule_paper")
LETTERS = ("attendance_list", "attendance_lists", "invitations", "invitations_archive", "invitation")
TEXT = {"venue": "Kantor Gubernur (contoh)", "bring": "Bahan paparan.", "langkah": "naskah"}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> Any:
    quick_letters(monkeypatch)
    unlaid(monkeypatch)
    with mock.patch("judging.web.schedule_documents.clock.now", return_value=AT):
        yield


@pytest.fixture
def world() -> World:
    return World()


def url(name: str, query: str = "", **where: Any) -> str:
    if name == "schedule_paper":
        where.setdefault("kind", "tabel")
    if name == "invitation":
        where.setdefault("serial", 1)
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": "53", **where}) + query


def issue(client: Client, world: World) -> None:
    client.force_login(world.secretary)
    assert client.post(url("invitations"), {"langkah": "terbitkan"}).status_code == 302


def body(response: Any) -> bytes:
    return b"".join(response) if response.streaming else response.content


def test_everybody_of_the_round_prints_what_was_released_and_nobody_the_draft(client: Client, world: World) -> None:
    third = make_nomination(world.category, region_code="53.03")
    make_interview(third, world.seats, starts_at=AT + DAY)
    client.force_login(world.holder())
    for name in PAPERS:
        assert client.get(url(name)).status_code == 200
    paper = client.get(url("schedule_paper", kind="daftar"))
    assert "Kabupaten 53.01" in body(paper).decode()
    assert "Kabupaten 53.03" not in body(paper).decode()
    assert paper["Content-Disposition"] == 'attachment; filename="jadwal-daftar-2024-53-rilis-1.pdf"'
    assert client.get(url("schedule_paper", "?draf=1")).status_code == 403
    client.force_login(world.secretary)
    assert "is_draft=True" in body(client.get(url("schedule_paper", "?draf=1"))).decode()
    assert "Kabupaten 53.03" in body(client.get(url("schedule_workbook", "?draf=1"))).decode()


def test_a_practice_round_says_why_nobody_is_invited(client: Client, world: World) -> None:
    world.round.practice = 1
    world.round.save(update_fields=["practice"])
    client.force_login(world.secretary)
    for name in ("schedule_papers", "invitations"):
        page = client.get(reverse(f"judging:{name}", kwargs={"year": 2024, "scope": world.round.scope.split("/")[1]}))
        assert page.context["no_letters"] == sentence("not_in_practice")
        assert escape(page.context["no_letters"]) in page.content.decode()
        assert "app-table" not in page.content.decode()


def test_a_member_gets_the_own_list_and_no_letters(client: Client, world: World) -> None:
    client.force_login(world.holder())
    assert client.get(url("own_schedule_paper")).status_code == 200
    assert {client.get(url(name)).status_code for name in LETTERS} == {403}
    assert client.post(url("invitations"), {"langkah": "terbitkan"}).status_code == 403


def test_another_province_and_unknown_papers_are_not_found(client: Client, world: World) -> None:
    other = make_round(region_code="52", state=State.SCORING)
    client.force_login(make_user(Role.SECRETARIAT, round=other))
    assert {client.get(url(name)).status_code for name in (*PAPERS, *LETTERS)} == {404}
    client.force_login(world.secretary)
    assert client.get(url("schedule_paper", kind="lain")).status_code == 404
    assert client.get(url("invitation", serial=9)).status_code == 404
    assert client.get(url("invitations_print", file=1)).status_code == 404
    assert client.get(url("attendance_list", "?hari=2025-06-25&ruang=Lain")).status_code == 404


def test_attendance_lists_are_of_one_room_or_all_and_name_who_stands_aside(client: Client, world: World) -> None:
    make_recusal(world.seats[1], world.one)
    client.force_login(world.secretary)
    page = body(client.get(url("attendance_list", "?hari=2025-06-25&ruang=Ruang+Flobamora"))).decode()
    assert page.count("ScheduledInterview(") == 2
    assert page.count("is_recused=True") == 1
    with zipfile.ZipFile(io.BytesIO(body(client.get(url("attendance_lists"))))) as archive:
        assert archive.namelist() == ["daftar-hadir-01-2025-06-25-ruang-flobamora.pdf"]


def test_letters_are_issued_read_back_and_handed_out_together(client: Client, world: World) -> None:
    issue(client, world)
    assert Invitation.objects.count() == 2
    one = client.get(url("invitation"))
    assert b"UND-001/PARITRANA/NTT/2025" in one.content
    assert one["Content-Disposition"].startswith('attachment; filename="und-001-paritrana-ntt-2025')
    assert client.get(url("invitations_print", file=1)).content.count(b"InvitationLetter(") == 2
    with zipfile.ZipFile(io.BytesIO(body(client.get(url("invitations_archive"))))) as archive:
        assert archive.read(archive.namelist()[0]) == one.content
    page = client.get(url("invitations"))
    assert (page.context["sent"], page.context["total"], page.context["wanted"]) == (2, 2, 0)


def test_what_letters_say_is_saved_or_shown_again_with_what_is_wrong(client: Client, world: World) -> None:
    client.force_login(world.secretary)
    assert client.post(url("invitations"), TEXT).status_code == 302
    assert InvitationText.objects.get().venue == TEXT["venue"]
    wrong = client.post(url("invitations"), TEXT | {"venue": "x" * 201})
    assert (wrong.status_code, list(wrong.context["text_form"].errors)) == (200, ["venue"])


def test_what_cannot_be_issued_is_told(client: Client, world: World) -> None:
    other = make_round(region_code="52", state=State.SCORING)
    client.force_login(make_user(Role.SECRETARIAT, round=other))
    address = reverse("judging:invitations", kwargs={"year": 2024, "scope": "52"})
    told = client.post(address, {"langkah": "terbitkan"}, follow=True)
    assert [message.level_tag for message in told.context["messages"]] == ["error"]
    assert (
        client.get(reverse("judging:schedule_paper", kwargs={"year": 2024, "scope": "52", "kind": "tabel"})).status_code
        == 200
    )


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.CHAIR])
def test_readers_read_letters_and_issue_none(client: Client, world: World, role: Role) -> None:
    reader: User = make_user(role, round=world.round)
    client.force_login(reader)
    page = client.get(url("invitations"))
    assert (page.status_code, page.context["may_issue"]) == (200, False)
    assert client.post(url("invitations"), {"langkah": "terbitkan"}).status_code == 403
    assert not Invitation.objects.exists()


def test_anybody_checks_a_letter_by_its_code(client: Client, world: World) -> None:
    issue(client, world)
    client.logout()
    letter = Invitation.objects.earliest("serial")
    page = client.get(reverse("check_code", kwargs={"code": letter.check_code}))
    assert (page.context["answer"], page.context["facts"][-2]["value"]) == ("genuine", letter.number)


def test_a_damaged_letter_is_told_and_not_handed_out(client: Client, world: World) -> None:
    issue(client, world)
    letter = Invitation.objects.earliest("serial")
    letter.file.storage.delete(letter.file.name)
    for name in ("invitation", "invitations_archive"):
        assert client.get(url(name)).status_code == 302


@pytest.mark.parametrize(
    ("name", "queries"), [("schedule_papers", 17), ("invitations", 9), ("schedule_paper", 10), ("attendance_list", 10)]
)
def test_pages_cost_the_same_for_many(client: Client, world: World, name: str, queries: int) -> None:
    issue(client, world)
    first = cost(client, url(name))
    world.fill(12)
    assert (first, cost(client, url(name))) == (queries, queries)
