"""The same save asked for as facts: what it answers, that a replay answers alike, and what it costs."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import Attendance, Presence, SaveReceipt, Sheet, SheetState, SheetVersion
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.member_day import make_member_day
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    return make_member_day(client)


def save(client, world, *, revision=0, key="kunci-pertama", **marks):
    data = {"revision": str(revision), "request_key": key, "nilai-komitmen": "", "nilai-inovasi": ""}
    data |= {name.replace("_", "-"): text for name, text in marks.items()}
    return client.post(world["url"], data, headers={"accept": "application/json"})


def test_save_answers_revision_receipt_and_time(client, world):
    answer = save(client, world, nilai_komitmen="82,5")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    receipt = SaveReceipt.objects.get()
    facts = answer.json()
    assert (facts["revision"], facts["receipt"]) == (1, f"1-{receipt.content_hash[:8]}")
    assert facts["saved_at"] == "pukul 09.00 WITA"
    assert set(facts) == {"revision", "receipt", "saved_at", "text"}
    assert json.loads(SheetVersion.objects.get().entries)["komitmen"]["value"] == "82.5"
    assert "no-store" in answer["Cache-Control"]


def test_saved_facts_leave_no_message_for_the_next_page(client, world):
    save(client, world, nilai_komitmen="82,5")
    assert list(client.get(world["url"]).context["messages"]) == []


def test_replay_of_a_key_gets_the_first_answer_but_not_for_other_marks(client, world):
    first = save(client, world, nilai_komitmen="80").json()
    second = save(client, world, revision=1, key="kunci-kedua", nilai_komitmen="70").json()
    assert save(client, world, nilai_komitmen="80").json() == first
    assert save(client, world, nilai_komitmen="10").json()["code"] == "sheet_changed_meanwhile"
    assert (second["revision"], SaveReceipt.objects.count()) == (2, 2)
    assert json.loads(SheetVersion.objects.get().entries)["komitmen"]["value"] == "70"


def test_stale_revision_is_409_with_the_revision_there_is_and_no_marks(client, world):
    save(client, world, nilai_komitmen="81")
    answer = save(client, world, key="kunci-kedua", nilai_komitmen="64")
    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["revision"]) == ("sheet_changed_meanwhile", 1)
    assert set(answer.json()) == {"code", "text", "revision"}
    assert json.loads(SheetVersion.objects.get().entries)["komitmen"]["value"] == "81"


def test_marks_off_their_scale_are_422_by_criterion(client, world):
    answer = save(client, world, nilai_komitmen="101", nilai_inovasi="2,5")
    assert answer.status_code == 422
    assert set(answer.json()["faults"]) == {"komitmen", "inovasi"}
    assert "101" in answer.json()["faults"]["komitmen"][0]
    assert not Sheet.objects.exists()


def test_submitted_absent_and_closed_are_409_with_their_reason(client, world):
    save(client, world, nilai_komitmen="80")
    Sheet.objects.update(state=SheetState.SUBMITTED)
    submitted = save(client, world, revision=1, key="kunci-kedua", nilai_komitmen="81")
    assert (submitted.status_code, submitted.json()["code"]) == (409, "sheet_already_submitted")
    Sheet.objects.update(state=SheetState.DRAFT)
    Attendance.objects.filter(seat=world["seats"][0]).update(presence=Presence.ABSENT)
    absent = save(client, world, revision=1, key="kunci-ketiga", nilai_komitmen="81")
    assert (absent.status_code, absent.json()["code"]) == (409, "seat_absent")


def test_round_in_plenary_is_403_with_its_reason(client, world):
    world["round"].state = State.PLENARY
    world["round"].save()
    answer = save(client, world, nilai_komitmen="80")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    assert answer.json()["text"]


def test_without_access_nothing_is_answered_but_the_status(client, world):
    elsewhere = make_round(region_code="81", state=State.SCORING)
    other = world | {"url": round_url("judging:sheet", elsewhere, number=1)}
    assert save(client, other, nilai_komitmen="80").status_code == 404
    client.force_login(make_user(Role.SECRETARIAT, round=world["round"]))
    assert save(client, world, nilai_komitmen="80").status_code == 403
    client.logout()
    assert save(client, world, nilai_komitmen="80").status_code == 302
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("nominees", [1, 30])
def test_save_costs_ten_statements_at_most_whatever_the_round_holds(client, world, nominees):
    for index in range(nominees - 1):
        nomination = make_nomination(world["category"], region_code=f"53.{index + 10}")
        make.make_interview(nomination, world["seats"], starts_at=AT + timedelta(hours=index + 1), released=True)
    save(client, world, nilai_komitmen="80")
    with CaptureQueriesContext(connection) as captured:
        save(client, world, revision=1, key="kunci-kedua", nilai_komitmen="81")
    assert len([query for query in captured if "SAVEPOINT" not in query["sql"]]) <= 10
