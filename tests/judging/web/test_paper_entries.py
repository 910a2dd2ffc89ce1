"""Pages of paper sheets typed in: found by code, typed blind, settled by a third person."""

import json
from dataclasses import replace

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import PaperEntry, SheetVersion
from judging.selectors.paper_entries import code_of, papers_behind
from judging.services.paper_entries import type_paper_sheet
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.papers import OTHER, WHOLE, address, make_paper_world, settle, type_in
from tests.factories.saves import save
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
FORM = {"nilai-komitmen": "73,25", "nilai-inovasi": "3", "catatan-inovasi": "terbaca jelas"}


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    world = make_paper_world()
    return {**world, "list": round_url("judging:paper_entries", world["round"]), "url": address(world)}


def page_of(client, url):
    """The page without what differs on every request."""
    page = client.get(url)
    assert page.status_code == 200
    lines = page.content.decode().splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def last_told(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)][-1]


def test_a_sheet_is_found_by_its_code_and_by_seat_and_nominee(client, world):
    client.force_login(world["ani"])
    number = world["nomination"].number
    for query in (
        {"kode": f" {world['code']} "},
        {"unsur": "unsur-1", "nomine": str(number)},
        {"kode": str(replace(world["code"], rubric="00000000"))},
    ):
        found = client.get(world["list"], {"cari": "1", **query})
        assert found.status_code == 302
        assert found.url.startswith(world["url"].rsplit("/", 2)[0])


@pytest.mark.parametrize(
    "query",
    [
        {"kode": "bukan kode"},
        {"kode": "2024/81/unsur-1/1/3f9a1c07"},
        {"kode": "2024/53/lain/1/3f9a1c07"},
        {"kode": "2024/53/unsur-1/99999999/3f9a1c07"},
        {"unsur": "unsur-1"},
        {"unsur": "lain", "nomine": "x"},
        {},
    ],
)
def test_what_names_no_sheet_says_so(client, world, query):
    client.force_login(world["ani"])
    page = client.get(world["list"], {"cari": "1", **query})
    assert page.status_code == 200
    assert page.context["form"].errors


def test_two_people_type_and_the_sheet_is_submitted(client, world):
    for who in ("ani", "budi"):
        client.force_login(world[who])
        assert client.get(world["url"]).context["fields"][0].value == ""
        assert client.post(world["url"], FORM).url == world["list"]
    assert SheetVersion.objects.get().state == "submitted"
    page = page_of(client, world["list"])
    assert "73,25" not in page
    assert "73,25" not in page_of(client, world["url"])
    client.force_login(world["member"])
    own = client.get(round_url("judging:sheet", world["round"], number=world["nomination"].number))
    assert "73,25" in own.content.decode()


def test_who_types_in_hears_whose_turn_it_is_next(client, world):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    told = []
    for who, marks in (("ani", "73,25"), ("budi", "78,25")):
        client.force_login(world[who])
        answer = client.post(world["url"], FORM | {"nilai-komitmen": marks})
        told.append(list(get_messages(answer.wsgi_request))[-1])
    first, second = told
    assert (first.level_tag, second.level_tag) == ("success", "warning")
    assert "second person" in str(first)
    assert "differ" in str(second)
    assert "73" not in str(second)
    page = client.get(address(world, "paper_settle"))
    assert page.context["refusal_tone"] == "info"  # the next step is a third person's


def test_equal_entries_beside_a_draft_online_are_not_called_different(client, world):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    save(world, {"komitmen": "61,75"})
    type_in(world, "ani")
    client.force_login(world["budi"])
    (told,) = get_messages(client.post(world["url"], FORM).wsgi_request)
    assert (told.level_tag, "draft online" in str(told), "differ" in str(told)) == ("warning", True, False)


def test_the_second_persons_pages_do_not_depend_on_the_first_entry(client, world):
    client.force_login(world["budi"])
    type_in(world, "ani")
    seen = []
    for mark in ("73.25", "12"):
        changed = json.loads(PaperEntry.objects.get().entries)
        changed["komitmen"]["value"] = mark
        changed["inovasi"] = {"state": "not_applicable", "reason": f"rahasia {mark}"}
        PaperEntry.objects.update(entries=json.dumps(changed))
        seen.append([page_of(client, url) for url in (world["url"], world["list"], address(world, "paper_settle"))])
    assert seen[0] == seen[1]
    client.force_login(world["ani"])
    assert "rahasia 12" in page_of(client, world["url"])


def test_a_refused_second_entry_tells_only_what_was_typed(client, world):
    type_in(world, "ani")
    client.force_login(world["budi"])
    page = client.post(world["url"], {"nilai-komitmen": "101", "nilai-inovasi": "2"})
    assert page.status_code == 422
    assert "101" in page.content.decode()
    assert not any(mark in page.content.decode() for mark in ("73.25", "73,25", "terbaca jelas"))


def test_the_own_entry_is_shown_and_corrected(client, world):
    type_in(world, "ani", OTHER)
    client.force_login(world["ani"])
    assert "78,25" in page_of(client, world["url"])
    assert client.post(world["url"], {**FORM, "perbaikan": "1"}).url == world["list"]
    assert json.loads(PaperEntry.objects.get().entries)["komitmen"]["value"] == "73.25"


def test_a_second_click_and_a_stale_form_change_nothing(client, world):
    client.force_login(world["ani"])
    client.post(world["url"], FORM)
    again = client.post(world["url"], FORM)
    assert again.url == world["url"]
    assert last_told(again) == "info"  # the next step is somebody else's, which is no fault
    type_in(world, "budi", OTHER)
    client.post(world["url"], {**FORM, "nilai-komitmen": "10", "perbaikan": "1"})
    assert [json.loads(one.entries)["komitmen"]["value"] for one in PaperEntry.objects.all()] == ["73.25", "78.25"]


@pytest.mark.parametrize("readings", [(WHOLE, OTHER), (OTHER, WHOLE)])
def test_a_third_person_sees_both_readings_and_not_who_typed_which(client, world, readings):
    for who, reading in zip(("ani", "budi"), readings, strict=True):
        type_in(world, who, reading)
    client.force_login(world["citra"])
    page = client.get(address(world, "paper_settle"))
    (dispute,) = page.context["disputes"]
    assert [reading.value for reading in dispute.readings] == ["73,25", "78,25"]
    assert not any(str(world[who]) in page.content.decode() for who in ("ani", "budi"))


@pytest.mark.parametrize(
    ("posted", "mark"),
    [({"pilih-komitmen": "2"}, "78.25"), ({"pilih-komitmen": "lain", "nilai-komitmen": "75"}, "75")],
)
def test_the_third_step_chooses_or_types_what_the_paper_says(client, world, posted, mark):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    client.force_login(world["citra"])
    url = address(world, "paper_settle")
    assert client.get(world["url"]).url == url
    assert client.post(url, {**posted, "alasan": "jelas", "revision": "0"}).url == world["list"]
    assert json.loads(SheetVersion.objects.get().entries)["komitmen"]["value"] == mark
    again = client.post(url, {**posted, "alasan": "jelas", "revision": "0"})
    assert again.context["refusal"] == ""
    assert SheetVersion.objects.count() == 1


def test_a_third_step_without_a_choice_or_a_reason_keeps_what_was_chosen(client, world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    client.force_login(world["citra"])
    page = client.post(address(world, "paper_settle"), {"alasan": "jelas", "revision": "x"})
    assert (page.status_code, page.context["reason"]) == (422, "jelas")
    assert page.context["disputes"][0].field.errors
    page = client.post(address(world, "paper_settle"), {"pilih-komitmen": "1"})
    assert (page.status_code, page.context["disputes"][0].chosen) == (200, "1")
    assert last_told(page) == "error"
    assert not SheetVersion.objects.exists()


def test_a_reason_with_a_sign_that_no_database_takes_loses_that_sign(client, world):
    type_in(world, "ani")
    typed = type_in(world, "budi", OTHER)
    client.force_login(world["citra"])
    client.post(address(world, "paper_settle"), {"pilih-komitmen": "1", "alasan": "je\0las", "revision": "0"})
    typed.refresh_from_db()
    assert typed.reason == "jelas"


def test_typists_do_not_see_each_others_reading_after_both_are_in(client, world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    for who, others in (("ani", "78,25"), ("budi", "73,25")):
        client.force_login(world[who])
        page = page_of(client, address(world, "paper_settle"))
        assert others not in page
        assert "pilih-" not in page


def test_the_member_settles_on_the_same_page_and_ends_at_the_own_sheet(client, world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    client.force_login(world["member"])
    url = address(world, "paper_settle")
    assert client.get(url).context["disputes"]
    done = client.post(url, {"pilih-komitmen": "1", "alasan": "tulisan saya", "revision": "0"})
    assert done.url == round_url("judging:sheet", world["round"], number=world["nomination"].number)
    assert SheetVersion.objects.get().saved_by == world["member"]


def test_the_overview_leads_the_member_to_the_own_paper_that_was_read_in_two_ways(client, world):
    overview, url = round_url("judging:round", world["round"]), address(world, "paper_settle")
    client.force_login(world["member"])
    type_in(world, "ani")
    assert url not in page_of(client, overview)
    type_in(world, "budi", OTHER)
    assert url in page_of(client, overview)
    client.force_login(make.holder(world["seats"][1]))
    assert url not in page_of(client, overview)
    settle(world)
    client.force_login(world["member"])
    assert url not in page_of(client, overview)


def test_a_draft_online_is_named_but_not_shown(client, world):
    save(world, {"komitmen": "61,75"})
    type_in(world, "ani")
    type_in(world, "budi")
    client.force_login(world["citra"])
    url = address(world, "paper_settle")
    page = client.get(url)
    assert (page.context["revision"], page.context["disputes"]) == (1, [])
    assert not any(mark in page.content.decode() for mark in ("61.75", "61,75", "73,25"))
    client.post(url, {"alasan": "jelas", "revision": "1"})
    assert SheetVersion.objects.get().state == "draft"
    client.post(url, {"alasan": "jelas", "revision": "1", "ganti": "1"})
    assert SheetVersion.objects.get().state == "submitted"


def test_a_sheet_submitted_online_is_named_and_left_alone(client, world):
    type_in(world, "ani")
    save(world, {"komitmen": "60", "inovasi": "2"}, submit=True)
    client.force_login(world["budi"])
    page = client.get(world["url"])
    assert page.context["refusal"]
    assert "groups" not in page.context
    assert client.post(world["url"], FORM).url == world["url"]
    assert PaperEntry.objects.count() == 1


def test_an_outdated_paper_is_named_and_opens_no_form(client, world):
    client.force_login(world["ani"])
    page = client.get(address(world, code=replace(world["code"], rubric="00000000")))
    assert page.context["refusal"]
    assert "groups" not in page.context


def test_who_settled_what_is_shown_beside_the_mark_once_scores_are_open(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    typed = settle(world)
    with CaptureQueriesContext(connection) as queries:
        found = papers_behind([typed.version_id])[typed.version_id]
        people = [str(entry.entered_by) for entry in found.entries.all()]
    assert (people, found.settled_by, len(queries)) == ([str(world["ani"]), str(world["budi"])], world["citra"], 2)


@pytest.mark.parametrize("name", ["paper_entry", "paper_settle"])
@pytest.mark.parametrize("changed", [{"seat": "lain"}, {"number": 99999999}, {"number": 10**12}, {"rubric": "zzz"}])
def test_a_sheet_that_is_not_there_is_404(client, world, name, changed):
    client.force_login(world["ani"])
    assert client.get(address(world, name, replace(world["code"], **changed))).status_code == 404


def test_roles_provinces_and_signed_out(client, world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    settling = address(world, "paper_settle")
    urls = (world["list"], world["url"], settling)
    client.force_login(make_user(Role.CHAIR, Role.AUDITOR, Role.ORGANISER, round=world["round"]))
    assert [client.get(url).status_code for url in urls] == [403, 403, 403]
    client.force_login(make.holder(world["seats"][1]))
    assert [client.get(url).status_code for url in urls] == [403, 403, 403]
    assert client.post(settling, {"pilih-komitmen": "1", "alasan": "x"}).status_code == 403
    client.force_login(world["member"])
    assert [client.get(url).status_code for url in urls] == [403, 403, 200]
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="81", state=State.SCORING)))
    assert [client.get(url).status_code for url in urls] == [404, 404, 404]
    client.logout()
    assert all(client.get(url).url.startswith("/masuk/") for url in urls)
    assert not SheetVersion.objects.exists()


def test_after_scoring_the_pages_are_closed(client, world):
    world["round"].state = State.PLENARY
    world["round"].save()
    client.force_login(world["ani"])
    assert [client.get(url).status_code for url in (world["list"], world["url"])] == [403, 403]


def test_the_list_costs_the_same_for_one_and_for_thirty(client, world):
    client.force_login(world["ani"])
    counts = []
    for total in (1, 30):
        while PaperEntry.objects.count() < total:
            nomination = make_nomination(world["nomination"].category)
            code = code_of(world["round"], world["seats"][0], nomination)
            type_paper_sheet(round=world["round"], code=code, entries=WHOLE, actor=world["budi"], at=AT)
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(world["list"]).context["rows"]) == total
        counts.append(len(queries))
    assert counts[0] == counts[1]
