"""What a device fetches to work without network: whom it is for, what it costs, and that kept pages hold no more."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from judging.models import Attendance, CategoryRubric, Presence, SaveReceipt, Seating, Sheet, SheetState, SheetVersion
from nominees.core.lifecycle import State
from nominees.models import Nomination
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.costs import cost
from tests.factories.member_day import give, hidden, make_member_day, sheet_url
from tests.factories.scored import make_scored_round
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db

KEEPING = {"X-Paritrana-Simpan": "1"}
JSON = {"accept": "application/json"}


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    world = make_member_day(client)
    return world | {"provisions": round_url("judging:provisions", world["round"])}


def another(world, *, minutes, code):
    nomination = make_nomination(world["category"], region_code=code)
    make.make_interview(nomination, world["seats"], starts_at=AT + timedelta(minutes=minutes), released=True)
    return nomination


def facts(client, world):
    answer = client.get(world["provisions"])
    assert answer.status_code == 200
    return answer.json()


def submit(client, world, *, revision, key="kunci-kirim", **headers):
    return client.post(world["review"], {"revision": str(revision), "request_key": key}, headers=headers or JSON)


def test_provisions_name_member_pages_and_sheets(client, world):
    answer = client.get(world["provisions"])
    told = answer.json()
    assert "no-store" in answer["Cache-Control"]
    assert told["day"] == world["day"]
    assert told["pages"] == [
        world["day"],
        f"{world['day']}?hari=semua",
        f"{world['day']}?hari=2025-06-24",
        world["url"],
    ]
    assert told["sheets"] == [
        {
            "number": world["nomination"].number,
            "path": world["url"],
            "review": world["review"],
            "nominee": str(world["nomination"]),
            "revision": 0,
            "state": "not_started",
            "is_closed": False,
            "may_write": True,
            "receipt": None,
        }
    ]


def test_member_is_the_same_every_time_and_another_for_others(client, world):
    mine = [facts(client, world)["member"] for _ in range(2)]
    client.force_login(make.holder(world["seats"][1]))
    theirs = facts(client, world)["member"]
    assert mine[0] == mine[1] != theirs
    assert len(theirs) == 32


def test_token_lets_a_save_pass_where_the_old_one_does_not(client, world):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world["member"])
    data = {"revision": "0", "request_key": "kunci-pertama", "nilai-komitmen": "80", "nilai-inovasi": ""}
    refused = strict.post(world["url"], data, headers=JSON)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    token = facts(strict, world)["token"]
    assert strict.post(world["url"], data, headers=JSON | {"X-CSRFToken": token}).status_code == 200


def test_expired_form_is_a_page_for_a_reader(world):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world["member"])
    answer = strict.post(world["url"], {}, headers={"accept": "text/html"})
    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("text/html")


def test_state_revision_and_receipt_follow_the_sheet(client, world):
    give(client, world["nomination"], "80")
    (sheet,) = facts(client, world)["sheets"]
    receipt = SaveReceipt.objects.get()
    assert (sheet["state"], sheet["revision"], sheet["may_write"]) == ("draft", 1, True)
    assert sheet["receipt"] == f"1-{receipt.content_hash[:8]}"
    submit(client, world, revision=1)
    told = facts(client, world)
    (sheet,) = told["sheets"]
    assert (sheet["state"], sheet["revision"], sheet["may_write"]) == ("submitted", 2, False)
    assert sheet["receipt"].startswith("2-")
    assert world["url"] not in told["pages"]


def test_draft_of_whoever_held_the_seat_before_leaves_its_revision_and_no_receipt(client, world):
    give(client, world["nomination"], "80")
    successor = make_user(Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.filter(seat=world["seats"][0]).update(user=successor)
    client.force_login(successor)
    (sheet,) = facts(client, world)["sheets"]
    assert (sheet["revision"], sheet["receipt"]) == (1, None)


def test_nothing_of_another_seat_is_told(client, world):
    before = facts(client, world)["sheets"]
    other = Client()
    other.force_login(make.holder(world["seats"][1]))
    give(other, world["nomination"], "80")
    assert submit(other, world, revision=1).status_code == 200
    assert facts(client, world)["sheets"] == before


def test_what_may_not_be_written_is_listed_and_not_kept(client, world):
    absent = another(world, minutes=30, code="53.02")
    make.make_recusal(world["seats"][0], world["nomination"])
    Attendance.objects.filter(interview__nomination=absent, seat=world["seats"][0]).update(presence=Presence.ABSENT)
    told = facts(client, world)
    assert [(sheet["state"], sheet["may_write"]) for sheet in told["sheets"]] == [("recused", False), ("absent", False)]
    assert told["pages"] == [world["day"], f"{world['day']}?hari=semua"]


@pytest.mark.parametrize("reason", ["plenary", "no-rubric", "no-seat"])
def test_nothing_is_kept_where_nothing_may_be_written(client, world, reason):
    if reason == "plenary":
        world["round"].state = State.PLENARY
        world["round"].save()
    elif reason == "no-rubric":
        CategoryRubric.objects.all().delete()
    else:
        Seating.objects.filter(seat=world["seats"][0]).update(ends_on=AT.date() - timedelta(days=1))
    assert facts(client, world)["pages"] == [world["day"], f"{world['day']}?hari=semua"]


def test_today_is_kept_before_tomorrow_and_both_before_yesterday(client, world):
    yesterday = another(world, minutes=-24 * 60, code="53.02")
    tomorrow = another(world, minutes=24 * 60, code="53.03")
    sheets = [page for page in facts(client, world)["pages"] if "/lembar/" in page]
    assert sheets == [world["url"], sheet_url(tomorrow), sheet_url(yesterday)]


@pytest.mark.parametrize("nominees", [1, 30])
def test_provisions_cost_the_same_for_one_sheet_and_thirty(client, world, nominees):
    for index in range(nominees - 1):
        give(client, another(world, minutes=30 + index, code=f"53.{index + 10}"), "80")
    assert cost(client, world["provisions"]) == 8


def test_provisions_open_for_members_only(client, world):
    elsewhere = round_url("judging:provisions", make_round(region_code="81", state=State.SCORING))
    assert client.get(elsewhere).status_code == 404
    assert client.post(world["provisions"]).status_code == 405
    client.force_login(make_user(Role.SECRETARIAT, round=world["round"]))
    assert client.get(world["provisions"]).status_code == 403
    client.logout()
    answer = client.get(world["provisions"])
    assert (answer.status_code, answer.json()) == (401, {"code": "signed_out"})


def test_submission_answers_the_whole_hash_and_a_replay_the_same(client, world):
    give(client, world["nomination"], "80")
    client.get(world["url"])  # the message of the save is read
    answer = submit(client, world, revision=1)
    told = answer.json()
    receipt = SaveReceipt.objects.get(submitted=True)
    assert answer.status_code == 200
    assert (told["revision"], told["state"], told["hash"]) == (2, "submitted", receipt.content_hash)
    assert told["receipt"] == f"2-{receipt.content_hash[:8]}"
    assert told["receipt"] in told["text"]
    assert submit(client, world, revision=1).json() == told
    assert (SaveReceipt.objects.count(), Sheet.objects.get().state) == (2, SheetState.SUBMITTED)
    assert list(client.get(world["url"]).context["messages"]) == []


def test_submission_is_refused_with_facts(client, world):
    data = {"revision": "0", "request_key": "kunci-pertama", "nilai-komitmen": "80", "nilai-inovasi": ""}
    client.post(world["url"], data, headers=JSON)
    incomplete = submit(client, world, revision=1, key="kunci-kedua")
    assert (incomplete.status_code, set(incomplete.json()["faults"])) == (422, {"inovasi"})
    stale = submit(client, world, revision=0, key="kunci-ketiga")
    assert (stale.status_code, stale.json()["code"], stale.json()["revision"]) == (409, "sheet_changed_meanwhile", 1)
    Sheet.objects.update(closed_at=AT)
    closed = submit(client, world, revision=1, key="kunci-keempat")
    assert (closed.status_code, closed.json()["code"]) == (409, "sheet_closed")
    assert SheetVersion.objects.get().state == SheetState.DRAFT


def test_kept_sheet_holds_form_and_own_marks_but_no_note_and_takes_no_message(client, world):
    give(client, world["nomination"], "83")
    note = round_url("judging:private_note", world["round"], number=world["nomination"].number)
    page = client.get(note)
    client.post(note, {"private_note": "hanya untuk saya", "note_seen": hidden(page, "note_seen")})
    for kept in (client.get(world["url"], headers=KEEPING), client.get(f"{world['url']}?luring=1")):
        text = kept.content.decode()
        assert "hanya untuk saya" not in text
        assert 'name="private_note"' not in text
        assert 'value="83"' in text
        assert hidden(kept, "revision") == "1"
    assert client.get(world["day"], headers=KEEPING).context["messages"] == ()
    read = client.get(world["url"])
    assert "hanya untuk saya" in read.content.decode()
    assert len(list(read.context["messages"])) == 1


def test_kept_calibration_sheet_holds_no_figure_of_the_panel(client):
    scored = make_scored_round()
    Nomination.objects.filter(pk=scored.nominations[5].pk).update(is_calibration=True)
    client.force_login(scored.member)
    url = round_url("judging:sheet", scored.round, number=5)
    assert client.get(url).context["calibration"]
    assert "calibration" not in client.get(url, headers=KEEPING).context


def test_worker_is_told_release_and_files_and_is_asked_for_anew(client, monkeypatch):
    monkeypatch.setattr("paritrana.installable.WORKER", "judging/countdown.js")
    answer = client.get(reverse("service_worker"))
    head, worker = answer.content.decode().split(";\n", 1)
    told = json.loads(head.removeprefix("self.PARITRANA = "))
    assert answer["Content-Type"].startswith("text/javascript")
    assert "no-cache" in answer["Cache-Control"]
    assert "/static/bundles/sheet.js" in told["assets"]
    assert (told["home"], told["fallback"]) == ("/", "/luring/")
    assert "countdown" in worker


def test_worker_that_was_not_built_is_not_there(client, monkeypatch):
    monkeypatch.setattr("paritrana.installable.WORKER", "bundles/no-such-file.js")
    assert client.get(reverse("service_worker")).status_code == 404


def test_manifest_is_in_the_first_language_and_names_icons_that_exist(client):
    answer = client.get(reverse("manifest"), headers={"accept-language": "en"})
    told = answer.json()
    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["lang"], told["start_url"], told["display"]) == ("id", "/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}
    assert {client.get(icon["src"]).status_code for icon in told["icons"]} == {200}


def test_sign_out_empties_the_device_unless_somebody_elses_work_is_on_it(client, world):
    emptied = client.post(reverse("logout"))
    assert (emptied.status_code, emptied["Clear-Site-Data"]) == (302, '"cache", "storage"')
    client.force_login(world["member"])
    kept = client.post(reverse("logout"), {"simpan": "1"})
    assert kept.status_code == 302
    assert "Clear-Site-Data" not in kept
    assert client.get(world["day"]).status_code == 302
