"""Practice by its pages: one button, the mark on everything that comes of it, and nobody else ever sees it."""

from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from judging.core.sheet_code import read_code
from judging.models import Seating, Sheet, SheetState
from judging.selectors.papers.common import PRACTICE_MARK
from judging.selectors.papers.score_sheets import chosen, paper_sheets, score_sheets_data
from judging.services import sheet_workbooks
from judging.web import score_sheets
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from tests.architecture.pages import ROUND_PAGES
from tests.factories.costs import cost
from tests.factories.member_day import hidden
from tests.factories.onlookers import paperless
from tests.factories.practice import Practising, make_practising
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
#: Everything that somebody opens in a practice round without an object of its own.
PLAIN = sorted(
    name
    for name, page in ROUND_PAGES.items()
    if not page.posted and not page.kwargs and page.state == State.SCORING and page.answer == 200
)


@pytest.fixture(autouse=True)
def moment(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(score_sheets, "render_score_sheets", lambda *data: repr(data).encode())
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world() -> Practising:
    return make_practising()


@pytest.fixture
def practice(world: Practising) -> Round:
    return world.open()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def overview(round: Round) -> str:
    return round_url("judging:round", round)


def test_the_secretariat_opens_it_from_the_overview_once(world: Practising) -> None:
    client = signed_in(world.secretary)
    section = client.get(overview(world.round)).context["practice"]
    assert (section["url"], section["number"], section["open_url"]) == ("", 0, "/2024/53/latihan/")
    for _click in range(2):
        assert client.post(section["open_url"], {"instead_of": "0"}).url == "/2024/53-latihan-1/"
    assert Round.objects.filter(practice__gt=0).count() == 1
    after = client.get(overview(world.round)).context["practice"]
    assert (after["url"], after["number"]) == ("/2024/53-latihan-1/", 1)
    assert client.get(section["open_url"]).status_code == 405


def test_it_begins_afresh_once_and_the_old_one_says_that_it_is_closed(world: Practising, practice: Round) -> None:
    client = signed_in(world.secretary)
    for _click in range(2):
        assert client.post("/2024/53/latihan/", {"instead_of": "1"}).url == "/2024/53-latihan-2/"
    old = client.get(overview(practice))
    assert (old.status_code, old.context["practice"]["is_closed"], old.context["tasks"]) == (200, True, [])
    assert old.context["practice"]["back_url"] == "/2024/53/"
    assert b"53-latihan-1" not in client.get(reverse("home")).content
    # Law 4 holds for what was entered there, too.
    for name in ("ranking", "plenary", "documents", "scores_csv", "package", "forwarding"):
        assert client.get(round_url(f"judging:{name}", practice)).status_code == 403


@pytest.mark.parametrize("typed", ["", "x", "-1", "7", "9" * 30, "١"])
def test_any_other_number_opens_nothing_beside_what_is_open(world: Practising, practice: Round, typed: str) -> None:
    response = signed_in(world.secretary).post("/2024/53/latihan/", {"instead_of": typed})
    assert response.url == ("/2024/53-latihan-2/" if typed == "١" else "/2024/53-latihan-1/")


def test_what_is_missing_is_said() -> None:
    round = make_round(state=State.NOMINATION)
    client = signed_in(make_user(Role.SECRETARIAT, round=round))
    response = client.post("/2024/53/latihan/", follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_nobody_else_opens_it(world: Practising, role: Role) -> None:
    client = signed_in(make_user(role, round=world.round))
    assert "practice" not in client.get(overview(world.round)).context
    assert client.post("/2024/53/latihan/").status_code == 403
    assert not Round.objects.filter(practice__gt=0).exists()


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_who_has_no_part_in_it_never_meets_it(world: Practising, practice: Round, role: Role) -> None:
    client = signed_in(make_user(role, round=world.round))
    assert client.get(overview(practice)).status_code == 404
    for page in (overview(world.round), reverse("home")):
        assert b"latihan" not in client.get(page, follow=True).content
    if role == Role.PLATFORM_ADMIN:
        assert b"53-latihan-1" not in client.get(reverse("administration")).content


def test_other_provinces_and_the_signed_out_never_get_in(practice: Round) -> None:
    addresses = [overview(practice), round_url("judging:my_day", practice), "/2024/53/latihan/"]
    other = make_round(region_code="52")
    for role in (Role.SECRETARIAT, Role.PANEL_MEMBER, Role.CHAIR):
        client = signed_in(make_user(role, round=other))
        assert [client.get(addresses[0]).status_code, client.get(addresses[1]).status_code] == [404, 404]
    assert signed_in(make_user(Role.SECRETARIAT, round=other)).post(addresses[2]).status_code == 404
    assert Client().get(addresses[0]).url.startswith(reverse("login"))
    assert Client().post(addresses[2]).url.startswith(reverse("login"))
    for scope in ("53-latihan-2", "53-latihan-01", "52-latihan-1", "nasional-latihan-1"):
        assert signed_in(make_user(Role.SECRETARIAT, round=other)).get(f"/2024/{scope}/").status_code == 404


def test_a_members_first_page_shows_it_apart(world: Practising, practice: Round) -> None:
    client = signed_in(world.member)
    page = client.get(reverse("home"))
    assert [item["round"] for item in page.context["rounds"]] == [world.round]
    assert [item["round"] for item in page.context["practice_rounds"]] == [practice]
    assert page.context["practice_rounds"][0]["tasks"][0]["url"] == "/2024/53-latihan-1/wawancara/"
    assert page.content.decode().count("LATIHAN: tidak dihitung") == 1


def test_every_page_is_marked(monkeypatch: pytest.MonkeyPatch, world: Practising, practice: Round) -> None:
    paperless(monkeypatch)
    wrong = []
    for user in (world.secretary, world.chair, world.member):
        client = signed_in(user)
        for name in PLAIN:
            page, real = (client.get(round_url(name, round)) for round in (practice, world.round))
            wrong += [f"{name}: {page.status_code}"] * (page.status_code not in expected(real.status_code))
            wrong += [f"{name}: no mark"] * (not is_told_apart(page, real))
    assert wrong == []
    assert len(PLAIN) > 40


def expected(status: int) -> tuple[int, ...]:
    """What may be answered in practice where the round beside it answers ``status``."""
    return (200, 403) if status != 403 else (403,)


def is_told_apart(page: HttpResponse, real: HttpResponse) -> bool:
    """Whether the mark is on the page of practice once and nowhere on the other; a file bears it in its name."""
    if not page["Content-Type"].startswith("text/html"):
        return "-53-latihan-1" in page.get("Content-Disposition", "") or b"/53-latihan-1/" in page.content
    return page.content.decode().count("LATIHAN: tidak dihitung") == 1 and b"LATIHAN" not in real.content


def test_members_score_there_and_the_sheet_is_marked(world: Practising, practice: Round) -> None:
    client = signed_in(world.member)
    day = client.get(round_url("judging:my_day", practice))
    assert len(day.context["rows"]) == 5
    address, review = (round_url(f"judging:{name}", practice, number=1) for name in ("sheet", "sheet_review"))
    page = client.get(address)
    assert b"LATIHAN: tidak dihitung" in page.content
    typed = {"nilai-komitmen": "80", "nilai-inovasi": "3", "langkah": "periksa"}
    client.post(address, {"revision": hidden(page, "revision"), "request_key": hidden(page, "request_key")} | typed)
    page = client.get(review)
    client.post(review, {"revision": hidden(page, "revision"), "request_key": hidden(page, "request_key")})
    sheet = Sheet.objects.get()
    assert (sheet.round, sheet.state) == (practice, SheetState.SUBMITTED)
    # The same number in the round that counts is another nominee, or none.
    assert client.get(round_url("judging:sheet", world.round, number=1)).status_code == 404


def test_nominees_open_with_their_marks(world: Practising, practice: Round) -> None:
    client = signed_in(world.secretary)
    for number in (1, 4):
        page = client.get(round_url("nominees:detail", practice, number=number))
        assert b"(contoh)" in page.content
        assert page.content.decode().count("LATIHAN: tidak dihitung") == 1


def test_paper_and_workbook_are_marked_and_belong_to_it_alone(world: Practising, practice: Round) -> None:
    printed = score_sheets_data(practice, chosen(paper_sheets(practice, AT)), 0, AT, "")
    assert printed.demo_mark == PRACTICE_MARK
    assert printed.sheets[0].code.startswith("2024/53-latihan-1/unsur-1/1/")
    assert read_code(printed.sheets[0].code) is not None
    made = sheet_workbooks.make_workbook(round=practice, day=practice.interviews_from, actor=world.member, at=AT)
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(made))
    for sheet in [one for one in book.worksheets if one.sheet_state == "visible"]:
        assert PRACTICE_MARK in {cell.value for row in sheet.iter_rows() for cell in row}
    fresh = world.open(instead_of=1)
    check = sheet_workbooks.check_workbook(
        round=fresh, day=fresh.interviews_from, content=made, actor=world.member, at=AT
    )
    assert [problem.code for problem in check.problems] == ["workbook_of_another_round"]


def test_reminders_are_marked(world: Practising, practice: Round, django_capture_on_commit_callbacks: Any) -> None:
    User.objects.filter(seatings__round=practice).update(email="anggota@contoh.example")
    client = signed_in(world.secretary)
    with (
        time_machine.travel(AT.replace(day=27), tick=False),
        django_capture_on_commit_callbacks(execute=True),
    ):
        client.force_login(world.secretary)
        client.post(round_url("judging:remind", practice, code="unsur-2"))
    sent = mail.outbox[0]
    assert sent.subject.startswith("[LATIHAN] ")
    assert "Babak latihan: tidak dihitung." in sent.body
    assert "/2024/53-latihan-1/" in sent.body


def test_pages_cost_the_same_however_often_it_was_begun_afresh(world: Practising) -> None:
    world.open()
    client = signed_in(world.secretary)
    pages = [reverse("home"), overview(world.round)]
    before = [cost(client, page) for page in pages]
    for number in (1, 2, 3):
        world.open(instead_of=number)
    assert [cost(client, page) for page in pages] == before
    assert Seating.objects.filter(round__practice=4).count() == 3
