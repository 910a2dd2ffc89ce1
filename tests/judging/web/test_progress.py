"""The monitor: states and counts, never a mark; the same cost for any number of nominees."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import Attendance, Presence
from judging.selectors.cells import Cell
from judging.selectors.progress import cell_state, progress_of
from judging.selectors.sheets import address_of
from judging.services import scores
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_interview():
    with translation.override("en"), time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def world(client):
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make.make_rubric(category)
    make.make_rules(round, min_scores=1)
    seats = make.make_panel(round, 6)
    nomination = make_nomination(category, region_code="53.01")
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    return {
        "round": round,
        "category": category,
        "seats": seats,
        "nomination": nomination,
        "url": round_url("judging:progress", round),
    }


def score(world, seat, komitmen="80", *, submit=True):
    act = scores.submit_sheet if submit else scores.save_draft
    act(
        address=address_of(world["nomination"]),
        entries={"komitmen": komitmen, "inovasi": "3"},
        expected_revision=0,
        request_key=f"kunci-{seat.pk}-{komitmen}",
        actor=make.holder(seat),
        at=AT,
    )


def test_each_state_of_a_cell(world):
    nomination = world["nomination"]
    submitted, draft, absent, recused, vacant, waiting = world["seats"]
    make.make_interview(nomination, [submitted, draft, absent, recused, waiting], released=True)
    score(world, submitted)
    score(world, draft, submit=False)
    score(world, recused)
    make.make_recusal(recused, nomination)
    Attendance.objects.filter(seat=absent).update(presence=Presence.ABSENT)
    expected = (Cell.SUBMITTED, Cell.DRAFT, Cell.ABSENT, Cell.RECUSED, Cell.NOT_SEATED, Cell.NOT_STARTED)
    found = progress_of(world["round"], AT + timedelta(hours=1))
    ((row,),) = [table.rows for table in found.tables]
    assert row.cells == expected
    assert tuple(cell_state(seat, nomination, AT) for seat in world["seats"]) == expected
    assert (row.submitted, row.expected, row.has_quorum, found.tables[0].percent) == (1, 3, True, 33)
    assert [seat.late for seat in found.seats] == [0, 1, 0, 0, 0, 1]
    assert vacant.pk


def test_nobody_is_late_before_the_interview_is_over(world):
    make.make_interview(world["nomination"], world["seats"], released=True)
    found = progress_of(world["round"], AT + timedelta(minutes=29))
    assert [seat.late for seat in found.seats] == [0] * 6


def test_declared_vacant_seat_is_not_expected(world):
    world["seats"][0].vacant_reason = "Belum ditunjuk"
    world["seats"][0].save()
    assert cell_state(world["seats"][0], world["nomination"], AT) is Cell.NOT_SEATED


def test_complete_round_says_so(client, world):
    for seat in world["seats"]:
        score(world, seat)
    assert client.get(world["url"]).context["is_complete"]


def test_empty_round_is_not_complete(client, world):
    world["nomination"].delete()
    page = client.get(world["url"])
    assert (page.status_code, page.context["is_complete"]) == (200, False)


def test_page_does_not_depend_on_the_marks(client, world):
    seen = []
    for komitmen in ("1", "99"):
        with transaction.atomic():
            score(world, world["seats"][0], komitmen)
            page = client.get(world["url"], headers={"accept-language": "en"}).content.decode()
            seen.append("\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert "Submitted" in seen[0]


@pytest.mark.parametrize(("role", "status"), [(Role.CHAIR, 200), (Role.PANEL_MEMBER, 403), (Role.AUDITOR, 403)])
def test_who_sees_it(client, world, role, status):
    client.force_login(make_user(role, round=world["round"]))
    assert client.get(world["url"]).status_code == status


def test_other_province_gets_404_and_signed_out_signs_in(client, world):
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="81")))
    assert client.get(world["url"]).status_code == 404
    client.logout()
    assert client.get(world["url"]).url.startswith("/masuk/")


@pytest.mark.parametrize("nominees", [1, 30])
def test_costs_the_same_for_one_and_thirty(client, world, nominees):
    make.make_interview(world["nomination"], world["seats"], released=True)
    for index in range(nominees - 1):
        nomination = make_nomination(world["category"], region_code=f"53.{index + 10}")
        make.make_interview(nomination, world["seats"], starts_at=AT + timedelta(hours=index + 1), released=True)
    with CaptureQueriesContext(connection) as captured:
        client.get(world["url"])
    assert len(captured) == 10
