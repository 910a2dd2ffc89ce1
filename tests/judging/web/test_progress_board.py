"""The live board: its fragment and ETag, what needs a decision, who was last there, and no byte from a mark."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import translation

from judging.models import Attendance, Decision, DecisionKind, Presence, RecusalState
from judging.selectors.cells import Cell
from judging.selectors.open_points import OpenPoint
from judging.selectors.progress import progress_of
from judging.selectors.sheets import address_of
from judging.services import scores
from judging.services.reopening import advise_reopening, ask_reopening, decide_reopening, withdraw_reopening
from judging.web import progress
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from tests.factories import sheets as make
from tests.factories.costs import cost
from tests.factories.large_round import make_large_round
from tests.factories.papers import OTHER, make_paper_world, settle, type_in
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
FRAGMENT = {"bagian": "papan"}


@pytest.fixture(autouse=True)
def after_the_interview():
    with translation.override("en"), time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def world(client):
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make.make_rubric(category)
    make.make_rules(round, min_scores=2)
    seats = make.make_panel(round, 3)
    nomination = make_nomination(category, region_code="53.01")
    make.make_interview(nomination, seats, released=True)
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    return {"round": round, "seats": seats, "nomination": nomination, "url": round_url("judging:progress", round)}


def score(world, seat, *, komitmen="80", submit=True, at=AT):
    act = scores.submit_sheet if submit else scores.save_draft
    return act(
        address=address_of(world["nomination"]),
        entries={"komitmen": komitmen, "inovasi": "3"},
        expected_revision=0,
        request_key=f"kunci-{seat.pk}-{komitmen}",
        actor=make.holder(seat),
        at=at,
    )


def row_of(world):
    (table,) = progress_of(world["round"], LATER).tables
    (row,) = table.rows
    return row


def test_fragment_is_what_the_page_holds(client, world):
    page = client.get(world["url"])
    fragment = client.get(world["url"], FRAGMENT)

    assert fragment.content in page.content
    assert b"<html" not in fragment.content
    assert b"csrfmiddlewaretoken" not in fragment.content
    assert page.context["etag"] == fragment["ETag"]
    assert (fragment["X-Updated"], fragment["Cache-Control"]) == ("pukul 10.00.00 WITA", "private, no-cache")
    assert "10.00.00 WITA" in page.content.decode()


def test_unchanged_board_is_not_sent_again_and_a_changed_one_is(client, world):
    seen = client.get(world["url"], FRAGMENT)["ETag"]
    with time_machine.travel(LATER + timedelta(seconds=10), tick=False):
        again = client.get(world["url"], FRAGMENT, headers={"if-none-match": seen})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", seen)
    assert again["X-Updated"] == "pukul 10.00.10 WITA"

    score(world, world["seats"][0], submit=False)
    changed = client.get(world["url"], FRAGMENT, headers={"if-none-match": seen})
    assert changed.status_code == 200
    assert changed["ETag"] != seen


def test_no_byte_of_board_or_seat_depends_on_a_mark(client, world):
    pages = (world["url"], world["url"] + "?bagian=papan", seat_url(world, 0))
    seen = []
    for komitmen in ("1", "99"):
        with transaction.atomic():
            score(world, world["seats"][0], komitmen=komitmen)
            score(world, world["seats"][1], komitmen=komitmen, submit=False)
            seen.append([told(client.get(url)) for url in pages])
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert "#edit" in seen[0][1][1]
    assert told(client.get(pages[1])) != seen[0][1]


def told(response):
    lines = [line for line in response.content.decode().splitlines() if "csrfmiddlewaretoken" not in line]
    return dict(response.headers), "\n".join(lines)


def seat_url(world, index):
    return round_url("judging:progress_seat", world["round"], code=world["seats"][index].code)


@pytest.mark.parametrize("query", [{}, FRAGMENT])
def test_who_gets_the_board(client, world, query):
    for user, status in (
        (make_user(Role.CHAIR, round=world["round"]), 200),
        (make.holder(world["seats"][0]), 403),
        (make_user(Role.SECRETARIAT, round=make_round(region_code="81")), 404),
    ):
        client.force_login(user)
        assert client.get(world["url"], query).status_code == status
    client.logout()
    assert client.get(world["url"], query).status_code == 302


def test_looking_changes_nothing(client, world):
    for url in (world["url"], world["url"] + "?bagian=papan", seat_url(world, 0)):
        client.get(url)
        assert client.post(url).status_code == 405
    assert not AuditEvent.objects.exists()


def test_declared_recusal_waits_and_a_confirmed_one_does_not(client, world):
    recusal = make.make_recusal(world["seats"][0], world["nomination"], RecusalState.DECLARED)
    row = row_of(world)
    assert (row.cells[0], row.points) == (Cell.RECUSED, (OpenPoint.RECUSAL, None, None))
    (point,) = client.get(world["url"]).context["points"]
    assert (point["seat"], point["url"]) == ("Unsur 1", round_url("judging:recusals", world["round"]))

    recusal.state = RecusalState.CONFIRMED
    recusal.save()
    assert row_of(world).points == (None, None, None)


def test_draft_of_an_absent_seat_waits(client, world):
    score(world, world["seats"][1], submit=False)
    Attendance.objects.filter(seat=world["seats"][1]).update(presence=Presence.ABSENT)
    row = row_of(world)
    assert (row.cells[1], row.points[1]) == (Cell.ABSENT, OpenPoint.DRAFT)
    (point,) = client.get(world["url"]).context["points"]
    assert point["url"] == round_url("judging:interview", world["round"], number=world["nomination"].number)
    text = client.get(world["url"], FRAGMENT).content.decode()
    assert text.count("#gavel") == 2  # the list's heading and the cell


def test_paper_read_in_two_ways_waits_for_a_third_person_without_a_figure(client):
    papers = make_paper_world()
    url = round_url("judging:progress", papers["round"])
    client.force_login(papers["citra"])
    type_in(papers, "ani")
    assert client.get(url).context["points"] == []
    type_in(papers, "budi", OTHER)
    (point,) = client.get(url).context["points"]
    assert (point["seat"], point["reason"]) == (papers["seats"][0].name, OpenPoint.PAPER.label)
    assert point["url"] == round_url("judging:paper_entries", papers["round"])
    text = client.get(url, FRAGMENT).content.decode()
    assert text.count("#gavel") == 2  # the list's heading and the cell
    assert not any(mark in text for mark in ("73,25", "78,25"))

    client.force_login(make_user(Role.CHAIR, round=papers["round"]))
    assert client.get(url).context["points"][0]["url"] == ""  # only the secretariat opens papers
    settle(papers)
    assert client.get(url).context["points"] == []


def test_quorum_out_of_reach_waits_until_an_exception_is_recorded(client, world):
    Attendance.objects.exclude(seat=world["seats"][0]).update(presence=Presence.ABSENT)
    assert row_of(world).lacks_quorum
    (point,) = client.get(world["url"]).context["points"]
    assert (point["seat"], point["reason"]) == ("", OpenPoint.QUORUM.label)

    decision = Decision.objects.create(
        round=world["round"],
        kind=DecisionKind.QUORUM,
        votes_for=3,
        reason="uji",
        decided_by=make_user(),
        decided_at=AT,
    )
    decision.nominations.add(world["nomination"])
    assert not row_of(world).lacks_quorum


def test_last_active_is_the_later_of_save_and_sign_in(world):
    seat = world["seats"][0]
    User.objects.filter(pk=make.holder(seat).pk).update(last_login=AT)
    assert active(world) == [AT, None, None]
    score(world, seat, submit=False, at=AT + timedelta(minutes=5))
    assert active(world) == [AT + timedelta(minutes=5), None, None]
    User.objects.filter(pk=make.holder(seat).pk).update(last_login=LATER)
    assert active(world) == [LATER, None, None]


def test_a_granted_request_makes_nobody_active(world):
    seat = world["seats"][0]
    score(world, seat)
    whom = {"reopening": reopen(world, seat), "at": AT + timedelta(minutes=9)}
    advise_reopening(endorsed=True, actor=make_user(Role.SECRETARIAT, round=world["round"]), **whom)
    decide_reopening(granted=True, actor=make_user(Role.CHAIR, round=world["round"]), **whom)
    assert row_of(world).cells[0] is Cell.DRAFT
    assert active(world) == [AT, None, None]


def test_last_active_is_a_time_today_and_a_day_before_that(client, world):
    holder = make.holder(world["seats"][0])
    shown = []
    for at in (AT, AT - timedelta(days=1)):
        User.objects.filter(pk=holder.pk).update(last_login=at)
        shown.append(client.get(world["url"]).context["seats"][0][1])
    assert shown == ["pukul 09.00 WITA", "Senin, 23 Juni 2025, pukul 09.00 WITA"]


def active(world):
    return [seat.last_active for seat in progress_of(world["round"], LATER).seats]


def test_complete_board_leads_to_the_plenary(client, world):
    plenary = f'href="{round_url("judging:plenary", world["round"])}"'
    assert plenary not in client.get(world["url"], FRAGMENT).content.decode()
    for seat in world["seats"]:
        score(world, seat)
    assert plenary in client.get(world["url"], FRAGMENT).content.decode()


@pytest.mark.parametrize("size", [5, 20])
def test_board_seat_and_reminders_cost_the_same_at_any_size(client, monkeypatch, size):
    monkeypatch.setattr(progress, "BADGED", 10)
    large = make_large_round(size, region_code="53")
    client.force_login(large.secretary)
    code = large.seats[2].code

    assert cost(client, round_url("judging:progress", large.round) + "?bagian=papan") == 10
    assert cost(client, round_url("judging:progress_seat", large.round, code=code)) == 12
    assert cost(client, round_url("judging:remind_late", large.round)) == 12


def test_long_board_has_a_sign_for_what_needs_a_decision(client, world, monkeypatch):
    monkeypatch.setattr(progress, "BADGED", 0)
    make.make_recusal(world["seats"][0], world["nomination"], RecusalState.DECLARED)
    text = client.get(world["url"], FRAGMENT).content.decode()
    assert f"<td>{progress.DECISION_SIGN}<td>{progress.SIGNS[Cell.NOT_STARTED]}" in text


def test_seat_page_lists_every_nominee_and_an_unknown_seat_is_404(client, world):
    score(world, world["seats"][0])
    page = client.get(seat_url(world, 0))
    assert [row[1]["icon"] for row in page.context["rows"]] == ["check"]
    assert client.get(round_url("judging:progress_seat", world["round"], code="tidak-ada")).status_code == 404


def test_seat_page_of_a_long_round_lists_what_is_missing(client, world, monkeypatch):
    monkeypatch.setattr(progress, "BADGED", 0)
    score(world, world["seats"][0])
    assert client.get(seat_url(world, 0)).context["rows"] == []
    monkeypatch.setattr(progress, "BADGED", 1)
    add_nominee(world)
    assert [len(client.get(seat_url(world, index)).context["rows"]) for index in (0, 1)] == [1, 1]


def test_many_open_points_are_counted(client, world, monkeypatch):
    monkeypatch.setattr(progress, "NAMED", 1)
    add_nominee(world)
    Attendance.objects.update(presence=Presence.ABSENT)
    context = client.get(world["url"]).context
    assert (len(context["points"]), context["further_points"]) == (1, 1)


def add_nominee(world):
    another = make_nomination(world["nomination"].category, region_code="53.02")
    make.make_interview(another, world["seats"], starts_at=AT + timedelta(minutes=30), released=True)


def test_chair_sees_the_seat_without_its_reminder(client, world):
    client.force_login(make_user(Role.CHAIR, round=world["round"]))
    page = client.get(seat_url(world, 0))
    assert (page.status_code, page.context["reminder"]) == (200, None)
    assert "wa.me" not in page.content.decode()


def test_request_to_reopen_waits_until_it_is_answered(client, world):
    score(world, world["seats"][0])
    reopening = reopen(world, world["seats"][0])
    row = row_of(world)
    assert (row.cells[0], row.points[0]) == (Cell.SUBMITTED, OpenPoint.REOPENING)
    (point,) = client.get(world["url"]).context["points"]
    assert point["url"] == round_url("judging:reopenings", world["round"])

    withdraw_reopening(reopening=reopening, actor=make.holder(world["seats"][0]), at=AT)
    assert row_of(world).points[0] is None


def reopen(world, seat):
    address = address_of(world["nomination"])
    return ask_reopening(address=address, reason="Salah ketik (contoh)", actor=make.holder(seat), at=AT)
