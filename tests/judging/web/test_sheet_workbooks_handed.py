"""The pages around a workbook that was handed in: the secretariat's list, the member's comparison, and nobody else."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import translation

from judging.models import HandedWorkbook, Sheet
from judging.selectors.sheets import address_of
from judging.services import scores
from nominees.core.preflight import SIZE_LIMIT
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.costs import cost
from tests.factories.sheet_workbooks import (
    DAY,
    INOVASI,
    KOMITMEN,
    download,
    filled,
    hand_in,
    make_day,
    make_handed,
    mark,
    secretary_of,
)
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
WHOLE = {mark(KOMITMEN): 87.5, mark(INOVASI): 3}


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def day(client):
    found = make_day()
    found["secretary"] = secretary_of(found)
    client.force_login(found["secretary"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return found


@pytest.fixture
def handed(day):
    return hand_in(day, filled(download(day), {day["titles"][0]: WHOLE}), day["secretary"]).handed


def address(day, name, **where):
    return round_url(f"judging:{name}", day["round"], **where)


def send(client, day, content):
    file = SimpleUploadedFile("lembar.xlsx", content)
    return client.post(address(day, "handed_workbooks"), {"workbook": file})


def of(day, handed, name="handed_workbook"):
    return address(day, name, handed_id=handed.pk)


def take(client, day, handed, page, **choices):
    sealed = re.search(r'name="isi" value="([^"]*)"', page.content.decode())[1]
    checked = re.findall(r'name="(pilih-\d+)" value="berkas" checked', page.content.decode())
    data = dict.fromkeys(checked, "berkas") | {"isi": sealed} | choices
    return client.post(of(day, handed, "handed_workbook_take"), data, follow=True)


def words(response):
    return [str(message) for message in response.context["messages"]]


def day_url(day):
    return f"{round_url('judging:my_day', day['round'])}?hari={DAY.isoformat()}"


def save_online(day, **marks):
    scores.save_draft(
        address=address_of(day["nominations"][0]),
        entries=marks,
        expected_revision=0,
        request_key="dari-halaman",
        actor=day["member"],
        at=AT,
    )


def test_whole_way(client, day):
    sent = send(client, day, filled(download(day), {day["titles"][0]: WHOLE}))
    listed = client.get(sent.url)
    handed = HandedWorkbook.objects.get()
    client.force_login(day["member"])
    told = client.get(round_url("judging:my_day", day["round"]))
    page = client.get(of(day, handed))
    done = take(client, day, handed, page)

    assert words(listed) == ["Handed in for Unsur 1. It counts only when the member takes it."]
    assert handed.sha256[:16] in listed.content.decode()
    assert "87,5" not in listed.content.decode()
    assert of(day, handed) in told.content.decode()
    assert "87,5" in page.content.decode()
    assert done.redirect_chain == [(day_url(day), 302)]
    assert words(done) == [f"Saved as drafts: nominees {day['numbers'][0]}."]
    assert of(day, handed) not in done.content.decode()
    assert Sheet.objects.get().state == "draft"


def test_the_secretariat_sees_the_same_whatever_marks_are_in_the_file_and_in_the_sheets(client, day):
    blank, seen = download(day), []
    for value in (71, 79):
        with transaction.atomic():
            save_online(day, komitmen=str(value))
            answer = send(client, day, filled(blank, {day["titles"][0]: {mark(KOMITMEN): value}}))
            pages = [client.get(address(day, name)).content.decode() for name in ("handed_workbooks", "plenary")]
            assert HandedWorkbook.objects.count() == 1
            seen.append(
                (answer.status_code, [re.sub(r'csrfmiddlewaretoken"[^>]*|[0-9a-f]{16}…', "", page) for page in pages])
            )
            transaction.set_rollback(True)

    assert seen[0] == seen[1]


def test_what_cannot_be_taken_is_named_by_its_cell_alone(client, day):
    pages = []
    for wrong in (1234.5, 9876.5):
        page = send(client, day, filled(download(day), {day["titles"][0]: {mark(KOMITMEN): wrong}}))
        assert page.status_code == 422
        pages.append(re.sub(r'csrfmiddlewaretoken"[^>]*', "", page.content.decode()))

    assert pages[0] == pages[1]
    assert f"{day['titles'][0]}!{mark(KOMITMEN)}" in pages[0]
    assert not HandedWorkbook.objects.exists()


def test_no_file_a_wrong_file_and_one_too_large(client, day):
    assert client.post(address(day, "handed_workbooks")).status_code == 422
    assert send(client, day, b"nilai;80").status_code == 422
    assert send(client, day, b"PK\x03\x04" + b"0" * (SIZE_LIMIT + 1000)).status_code == 422
    assert not HandedWorkbook.objects.exists()


def test_the_same_file_again_is_told(client, day, handed):
    again = client.get(send(client, day, bytes(HandedWorkbook.objects.get().content)).url)

    assert words(again) == ["This file was handed in for Unsur 1 before."]


def test_who_has_a_seat_is_told_to_leave_it_to_others(client, day):
    seated = make_user(Role.SECRETARIAT, Role.PANEL_MEMBER, round=day["round"])
    make.make_seat(day["round"], 3, user=seated)
    client.force_login(seated)

    answer = send(client, day, filled(download(day), {day["titles"][0]: WHOLE}))

    assert words(client.get(answer.url)) == ["Whoever has a seat in the panel hands in no workbook of another member."]


def test_turned_down_with_a_reason_that_the_secretariat_reads(client, day, handed):
    client.force_login(day["member"])
    asked = client.get(of(day, handed, "handed_workbook_turn_down"))
    empty = client.post(of(day, handed, "handed_workbook_turn_down"), {"alasan": ""})
    done = client.post(of(day, handed, "handed_workbook_turn_down"), {"alasan": "berkas lama"}, follow=True)
    gone = client.get(of(day, handed), follow=True)
    client.force_login(day["secretary"])

    assert (asked.status_code, empty.status_code) == (200, 422)
    assert words(done) == ["Turned down."]
    assert words(gone) == ["This workbook waits no more: it was taken, turned down or dropped."]
    assert "berkas lama" in client.get(address(day, "handed_workbooks")).content.decode()
    assert not Sheet.objects.exists()


def test_a_conflict_is_taken_only_by_choice_and_a_late_click_compares_anew(client, day, handed):
    client.force_login(day["member"])
    early = client.get(of(day, handed))
    save_online(day, komitmen="50")
    refused = take(client, day, handed, early)
    page = client.get(of(day, handed))
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        late = take(client, day, handed, page)
    chosen = take(client, day, handed, page, **{f"pilih-{day['numbers'][0]}": "berkas"})

    assert refused.redirect_chain == [(of(day, handed), 302)]
    assert words(refused)[1].startswith(f"Nominee {day['numbers'][0]} was not saved.")
    assert words(late) == ["The comparison is too old or not yours. Send the workbook again."]
    assert words(chosen) == [f"Saved as drafts: nominees {day['numbers'][0]}."]
    assert Sheet.objects.get().revision == 2


def test_a_file_that_holds_nothing_new_is_closed(client, day):
    handed = hand_in(day, download(day)).handed
    client.force_login(day["member"])

    page = client.get(of(day, handed))
    done = take(client, day, handed, page)

    assert 'name="isi" value=""' in page.content.decode()
    assert words(done) == ["Nothing was saved."]
    assert HandedWorkbook.objects.get().state == "taken"


def test_what_cannot_be_read_any_more_can_only_be_turned_down(client, day):
    handed = make_handed(day["seats"][0].seatings.get(), day["secretary"])
    client.force_login(day["member"])

    page = client.get(of(day, handed)).content.decode()

    assert 'name="isi"' not in page
    assert of(day, handed, "handed_workbook_turn_down") in page


def test_nobody_else_finds_it(client, day, handed):
    for user, status in (
        (day["other"], 404),
        (day["secretary"], 403),
        (make_user(Role.CHAIR, round=day["round"]), 403),
    ):
        client.force_login(user)
        for name in ("handed_workbook", "handed_workbook_turn_down"):
            assert client.get(of(day, handed, name)).status_code == status
        for name in ("handed_workbook_take", "handed_workbook_turn_down"):
            assert client.post(of(day, handed, name), {"alasan": "x"}).status_code == status
    assert HandedWorkbook.objects.get().state == "waiting"


def test_the_progress_page_leads_there_and_the_plenary_page_names_what_waits(client, day, handed):
    there = address(day, "handed_workbooks")
    assert there in client.get(address(day, "progress")).content.decode()
    before = client.get(address(day, "plenary"))
    client.force_login(make_user(Role.CHAIR, round=day["round"]))

    assert list(before.context["waiting"]) == [handed]
    assert "Workbooks that wait for their members" in before.content.decode()
    assert there not in client.get(address(day, "progress")).content.decode()


def test_cost_is_the_same_for_one_and_for_many(client, day):
    def costs():
        client.force_login(day["secretary"])
        pages = [cost(client, address(day, name)) for name in ("handed_workbooks", "plenary")]
        client.force_login(day["member"])
        return [*pages, cost(client, round_url("judging:my_day", day["round"]))]

    seating = day["seats"][0].seatings.get()
    make_handed(seating, day["secretary"])
    few = costs()
    for i in range(9):
        make_handed(seating, secretary_of(day), b"berkas %d" % i)

    assert costs() == few
    assert few[0] <= 8
