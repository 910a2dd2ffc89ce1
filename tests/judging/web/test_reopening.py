"""Reopening a sheet on pages: the member's request, the answers, the correction beside what was submitted."""

import re
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from judging.models import Reopening, ReopeningState, Seating, SheetState
from judging.services.plenary import open_plenary
from judging.services.rounds import confirm_step_back, request_step_back
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from tests.factories.costs import cost
from tests.factories.decided import opened_with_votes
from tests.factories.reopenings import (
    REASON,
    WHOLE,
    advise,
    ask,
    decide,
    grant,
    make_reopening_world,
    make_waiting,
    sheet_of,
)
from tests.factories.saves import save
from tests.factories.scored import make_scored_round
from tests.factories.sheets import make_interview
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    return make_reopening_world()


def own(world):
    return round_url("judging:ask_reopening", world["round"], number=world["nomination"].number)


def listing(world):
    return round_url("judging:reopenings", world["round"])


def one_page(world, one):
    return round_url("judging:reopening", world["round"], reopening_id=one.pk)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def enter(client, world, who):
    client.force_login(world[who])
    return client


def answer(client, world, one, agreed="yes", state=None, **data):
    return client.post(one_page(world, one), {"agreed": agreed, "state": state or one.state} | data)


def test_the_whole_way_on_pages(client, world):
    sheet_url = round_url("judging:sheet", world["round"], number=world["nomination"].number)
    enter(client, world, "member")
    assert own(world) in client.get(sheet_url).content.decode()
    assert client.post(own(world), {"save": "", "reason": REASON}).url == own(world)
    one = Reopening.objects.get()
    enter(client, world, "secretariat")
    assert answer(client, world, one).url == listing(world)
    one.refresh_from_db()
    enter(client, world, "chair")
    answer(client, world, one)
    enter(client, world, "member")
    page = client.get(sheet_url)
    assert page.context["may_write"]
    assert REASON in page.content.decode()
    save(world, {"komitmen": "60", "inovasi": "3"}, 2, "koreksi")
    review = round_url("judging:sheet_review", world["round"], number=world["nomination"].number)
    correction = client.get(review).context["correction"]
    assert [(one.stored.value, one.sent.value) for one in correction.changed] == [("80", "60")]
    assert (correction.unchanged, correction.before.number, correction.after.number) == (1, 1, 2)
    assert (correction.total_before.points, correction.total_after.points) == ("46,50", "40,50")
    client.post(review, {"revision": "3", "request_key": "kirim-koreksi"})
    assert sheet_of(world).state == SheetState.SUBMITTED
    assert [item["version"].number for item in client.get(own(world)).context["versions"]] == [2, 1]


def test_a_first_submission_is_compared_with_nothing(client, world):
    world["nomination"] = make_nomination(world["nomination"].category, region_code="53.02")
    save(world, WHOLE, key="lain")
    review = round_url("judging:sheet_review", world["round"], number=world["nomination"].number)
    assert enter(client, world, "member").get(review).context["correction"] is None


def test_asking_twice_says_so_and_asks_once(client, world):
    enter(client, world, "member")
    for _ in range(2):
        page = client.post(own(world), {"save": "", "reason": REASON})
    assert (page.status_code, len(said(page))) == (302, 2)
    assert AuditEvent.objects.filter(action="reopening.asked").count() == 1
    shown = client.get(own(world)).context
    assert (shown["form"], shown["waiting"]) == (None, Reopening.objects.get())


def test_an_empty_reason_is_named_on_the_form(client, world):
    page = enter(client, world, "member").post(own(world), {"save": "", "reason": " "})
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["reason"])
    assert not Reopening.objects.exists()


def test_the_member_withdraws_once(client, world):
    one = ask(world)
    enter(client, world, "member")
    for _ in range(2):
        assert client.post(own(world), {"withdraw": one.pk}).status_code == 302
    one.refresh_from_db()
    assert one.state == ReopeningState.WITHDRAWN
    assert AuditEvent.objects.filter(action="reopening.withdrawn").count() == 1
    assert client.post(own(world), {"withdraw": one.pk + 1}).status_code == 404


def test_a_member_sees_nothing_of_another_seats_request(client, world):
    one = ask(world)
    assert enter(client, world, "other").get(own(world)).status_code == 302  # nothing submitted by this seat
    assert client.post(own(world), {"withdraw": one.pk}).status_code == 302
    one.refresh_from_db()
    assert one.state == ReopeningState.ASKED


def test_a_substitute_reads_what_the_seat_submitted_but_is_offered_no_request(client, world):
    one = ask(world)
    after = make_user(Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.filter(user=world["member"]).update(ends_on="2025-06-23")
    Seating.objects.create(
        round=world["round"], seat=world["seats"][0], user=after, name="Pengganti", starts_on="2025-06-24"
    )
    client.force_login(after)
    shown = client.get(own(world)).context
    assert (shown["form"], shown["waiting"], len(shown["requests"])) == (None, None, 1)
    assert one.state == ReopeningState.ASKED


def test_a_page_from_before_the_last_answer_does_nothing(client, world):
    one = ask(world)
    enter(client, world, "secretary")
    for _ in range(2):
        response = answer(client, world, one, state="asked")
        assert response.url == listing(world)
    assert len(said(response)) == 2
    one.refresh_from_db()
    assert (one.state, AuditEvent.objects.filter(action="reopening.endorsed").count()) == ("endorsed", 1)
    decide(world, one)
    enter(client, world, "chair")
    assert answer(client, world, one, agreed="no", reason="lain").url == listing(world)
    one.refresh_from_db()
    assert one.state == ReopeningState.GRANTED


def test_no_needs_a_reason(client, world):
    one = ask(world)
    enter(client, world, "secretary")
    answer(client, world, one, agreed="no")
    one.refresh_from_db()
    assert one.state == ReopeningState.ASKED
    answer(client, world, one, agreed="no", reason="Sudah benar")
    one.refresh_from_db()
    assert (one.state, one.advised_reason) == (ReopeningState.DECLINED, "Sudah benar")
    assert "Sudah benar" in enter(client, world, "member").get(own(world)).content.decode()


def test_an_answer_out_of_turn_is_forbidden(client, world):
    one = ask(world)
    assert answer(enter(client, world, "chair"), world, one).status_code == 403
    advise(world, one)
    one.refresh_from_db()
    assert answer(enter(client, world, "secretariat"), world, one).status_code == 403
    one.refresh_from_db()
    assert one.state == ReopeningState.ENDORSED


def test_the_form_is_there_for_whose_turn_it_is(client, world):
    one = ask(world)
    turns = {who: bool(_form(client, world, who, one)) for who in ("secretary", "secretariat", "chair")}
    assert turns == {"secretary": True, "secretariat": True, "chair": False}
    advise(world, one, "secretariat")
    turns = {who: bool(_form(client, world, who, one)) for who in ("secretary", "secretariat", "chair")}
    assert turns == {"secretary": False, "secretariat": False, "chair": True}


def _form(client, world, who, one) -> Any:
    return enter(client, world, who).get(one_page(world, one)).context["form"]


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_others_of_the_round_get_403(client, world, role):
    one = ask(world)
    client.force_login(make_user(role, round=world["round"]))
    for url in (listing(world), one_page(world, one)):
        assert (client.get(url).status_code, client.post(url).status_code) == (403, 403)


def test_another_province_gets_404_and_signed_out_signs_in(client, world):
    one = ask(world)
    urls = (listing(world), one_page(world, one), own(world))
    client.force_login(make_user(Role.CHAIR, Role.SECRETARIAT, Role.PANEL_MEMBER, round=make_round(region_code="81")))
    assert {client.get(url).status_code for url in urls} | {client.post(url).status_code for url in urls} == {404}
    client.logout()
    assert {client.get(url).url.split("?")[0] for url in urls} == {reverse("login")}


def test_a_request_of_another_province_is_not_found_under_the_own_address(client, world):
    elsewhere = make_round(region_code="81", state=State.SCORING)
    client.force_login(make_user(Role.CHAIR, round=elsewhere))
    url = round_url("judging:reopening", elsewhere, reopening_id=ask(world).pk)
    assert (client.get(url).status_code, client.post(url).status_code) == (404, 404)


def test_looking_changes_nothing(client, world):
    one = ask(world)
    for who, url in (("member", own(world)), ("chair", listing(world)), ("chair", one_page(world, one))):
        assert enter(client, world, who).get(url).status_code == 200
    one.refresh_from_db()
    assert (one.state, AuditEvent.objects.count()) == (ReopeningState.ASKED, 2)


def test_who_answers_is_told_how_many_wait(client, world):
    def told(who):
        page = enter(client, world, who).get(round_url("judging:round", world["round"]))
        return [task["state"]["text"] for task in page.context["tasks"] if task.get("state")]

    assert told("secretariat") == []
    one = ask(world)
    counts = {who: told(who) for who in ("secretary", "secretariat", "chair", "member")}
    assert counts == {"secretary": ["1"], "secretariat": ["1"], "chair": [], "member": []}
    advise(world, one)
    counts = {who: told(who) for who in ("secretary", "secretariat", "chair", "member")}
    assert counts == {"secretary": [], "secretariat": [], "chair": ["1"], "member": []}
    decide(world, one)
    assert told("chair") == []


def _look(client, world, one):
    """What everybody but the member reads of it, without what is random by design."""
    found = []
    overview = round_url("judging:round", world["round"])
    for who in ("secretary", "secretariat", "chair"):
        enter(client, world, who)
        urls = (listing(world), one_page(world, one), overview, round_url("judging:progress", world["round"]))
        found += [client.get(url).content.decode() for url in urls]
    enter(client, world, "other")
    found.append(client.get(own(world)).content.decode())
    return [re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", page) for page in found]


@pytest.mark.parametrize("until", ["asked", "granted", "corrected"])
def test_nobody_but_the_member_sees_a_mark_or_what_follows_from_it(client, until):
    seen = []
    world = make_reopening_world(submitted=False)
    for mark in ("17", "93"):
        with transaction.atomic():
            save(world, {"komitmen": mark, "inovasi": "3"}, submit=True)
            one = ask(world)
            if until != "asked":
                decide(world, advise(world, one))
                save(world, {"komitmen": mark, "inovasi": "4"}, 2, "koreksi", submit=until == "corrected")
            assert f">{mark}<" in enter(client, world, "member").get(own(world)).content.decode()
            pages = _look(client, world, one)
            seen.append([re.sub(r"dibuka-kembali/\d+/", "", page) for page in pages])  # numbers are not given back
            transaction.set_rollback(True)
    assert seen[0] == seen[1]


@pytest.mark.parametrize("requests", [1, 30])
def test_the_list_costs_the_same_for_one_and_thirty(client, world, requests):
    for index in range(requests):
        nomination = make_nomination(world["nomination"].category, region_code=f"53.{index + 10}")
        make_waiting(world["seats"][0], nomination)
    counts = [cost(enter(client, world, who), listing(world)) for who in ("chair", "secretariat", "secretary")]
    assert counts == [10, 10, 11]


def test_the_plenary_lists_corrections_and_leads_to_what_changed(client):
    scored = make_scored_round()
    opened_with_votes(scored)
    change = request_step_back(
        round=scored.round, target=State.SCORING, reason="lembar tertukar", actor=scored.chair, at=AT
    )
    confirm_step_back(change=change, actor=scored.secretary, at=AT)
    scored.round.refresh_from_db()
    nominee = scored.nominations[1]
    world = {"nomination": nominee, "chair": scored.chair, "member": scored.member}
    world |= {"secretariat": scored.secretary}
    one = decide(world, advise(world, ask(world), "secretariat"))
    save(world, {"inovasi": "90", "pemahaman": "75"}, 2, "koreksi", submit=True)
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    client.force_login(scored.chair)
    page = client.get(round_url("judging:plenary", scored.round))
    ((*facts,),) = page.context["corrections"]
    assert [fact["value"] for fact in facts][:2] == [str(nominee), one.sheet.seat.name]
    assert "1 → 2" in [fact["value"] for fact in facts]
    compare = round_url("judging:compare", scored.round) + "?sebelum=1&amp;sesudah=2"
    assert compare in page.content.decode()
    changed = client.get(compare.replace("&amp;", "&")).context["changed"]
    assert [part["name"] for part in changed] == ["Kategori pemda"]


def test_a_granted_request_waits_no_longer_and_shows_both_versions(client, world):
    one = grant(world)
    shown = enter(client, world, "chair").get(one_page(world, one)).context
    assert (shown["form"], shown["badge"]["tone"]) == (None, "success")
    assert "1 → 2" in [fact["value"] for fact in shown["facts"]]


def test_a_correction_is_not_among_the_sheets_submitted_all_at_once(client, world):
    member_rows = round_url("judging:day_review", world["round"]) + "?hari=semua"
    make_interview(world["nomination"], world["seats"])
    grant(world)
    other = make_nomination(world["nomination"].category, region_code="53.02")
    make_interview(other, world["seats"], starts_at=AT.replace(hour=5))
    save(world | {"nomination": other}, WHOLE, key="lain")
    ready = enter(client, world, "member").get(member_rows).context["ready"]
    assert [one.row.nomination for one in ready] == [other]


def test_the_member_gives_the_correction_up_with_a_reason(client, world):
    one = grant(world)
    enter(client, world, "member")
    assert client.get(own(world)).context["correcting"] == one
    empty = client.post(own(world), {"give_up": one.pk, "reason": " "})
    assert (empty.status_code, list(empty.context["give_up"].errors)) == (200, ["reason"])
    assert sheet_of(world).state == SheetState.DRAFT
    for _ in range(2):  # the second click is told that nothing is open
        page = client.post(own(world), {"give_up": one.pk, "reason": "Sudah benar"})
    assert (page.url, len(said(page)), sheet_of(world).state) == (own(world), 2, SheetState.SUBMITTED)
    assert client.post(own(world), {"give_up": one.pk + 1, "reason": "x"}).status_code == 404
    shown = client.get(own(world)).context
    assert (shown["give_up"], bool(shown["form"])) == (None, True)
    assert AuditEvent.objects.filter(action="reopening.given_up").count() == 1
    facts = enter(client, world, "chair").get(one_page(world, one)).context["facts"]
    assert facts[-1]["value"].endswith("Sudah benar")


def test_a_correction_left_behind_is_closed_by_those_who_answer(client, world):
    one = grant(world)
    for who in ("secretary", "secretariat", "chair"):
        assert _form(client, world, who, one) is None
    Seating.objects.filter(user=world["member"]).update(ends_on="2025-06-23")
    for who in ("secretary", "secretariat", "chair"):
        assert _form(client, world, who, one)
        tasks = client.get(round_url("judging:round", world["round"])).context["tasks"]
        assert [task["state"]["text"] for task in tasks if task.get("state")] == ["1"]
    closed = [client.post(one_page(world, one), {"state": "granted", "reason": "Mutasi"}) for _ in range(2)]
    assert [response.url for response in closed] == [listing(world)] * 2
    one.refresh_from_db()
    assert (one.state, one.ended_by, one.ended_reason) == (ReopeningState.GIVEN_UP, world["chair"], "Mutasi")
    assert sheet_of(world).state == SheetState.SUBMITTED


def test_a_correction_left_behind_is_not_the_members_any_more(client, world):
    one = grant(world)
    Seating.objects.filter(user=world["member"]).update(ends_on="2025-06-23")
    enter(client, world, "member")
    assert client.post(own(world), {"give_up": one.pk, "reason": "x"}).status_code == 302
    one.refresh_from_db()
    assert one.state == ReopeningState.GRANTED


@pytest.mark.parametrize("day", ["2025-06-23", "2025-06-24", "2025-06-25"])
def test_the_pages_of_the_secretary_open_from_the_day_of_the_seating_on(client, world, day):
    Seating.objects.filter(user=world["secretary"]).update(starts_on="2025-06-24")
    one = ask(world)
    with time_machine.travel(f"{day}T00:30:00+08:00", tick=False):
        enter(client, world, "secretary")
        urls = (listing(world), one_page(world, one))
        expected = 403 if day == "2025-06-23" else 200
        assert [client.get(url).status_code for url in urls] == [expected] * 2
