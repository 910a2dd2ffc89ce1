"""The pages around a member's workbook: download, send, compare, confirm; and who is turned away."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import Sheet, SheetVersion
from judging.selectors.sheets import address_of
from judging.services import scores
from judging.web import sheet_workbooks
from nominees.core.lifecycle import State
from nominees.core.preflight import SIZE_LIMIT
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.costs import cost
from tests.factories.sheet_workbooks import DAY, INOVASI, KOMITMEN, download, filled, make_day, mark, opened
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
TODAY = DAY.isoformat()
WHOLE = {mark(KOMITMEN): 87.5, mark(INOVASI): 3}


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def day(client):
    found = make_day()
    client.force_login(found["member"])
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return found


def address(day, name="sheet_workbook_page", on=TODAY):
    return round_url(f"judging:{name}", day["round"], day=on)


def send(client, day, content, on=TODAY):
    file = SimpleUploadedFile("lembar.xlsx", content)
    return client.post(address(day, on=on), {"workbook": file})


def confirm(client, day, page, **choices):
    """Press the button of a comparison, with the choices that stand there already unless told otherwise."""
    sealed = re.search(r'name="isi" value="([^"]*)"', page.content.decode())[1]
    checked = re.findall(r'name="(pilih-\d+)" value="berkas" checked', page.content.decode())
    data = dict.fromkeys(checked, "berkas") | {"isi": sealed} | choices
    return client.post(address(day, "sheet_workbook_save"), data, follow=True)


def words(response):
    return [str(message) for message in response.context["messages"]]


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
    answer = client.get(address(day, "sheet_workbook"))
    assert answer["Content-Disposition"] == 'attachment; filename="lembar-2024-53-2025-06-24.xlsx"'
    assert "no-store" in answer["Cache-Control"]

    page = send(client, day, filled(answer.content, {day["titles"][0]: WHOLE}))
    assert page.status_code == 200
    assert "87,5" in page.content.decode()
    assert not Sheet.objects.exists()

    done = confirm(client, day, page)
    assert done.redirect_chain == [(f"{round_url('judging:my_day', day['round'])}?hari={DAY.isoformat()}", 302)]
    assert words(done) == [f"Saved as drafts: nominees {day['numbers'][0]}."]
    cells = json.loads(SheetVersion.objects.get().entries)
    assert {name: cell["value"] for name, cell in cells.items()} == {"komitmen": "87.5", "inovasi": "3"}


def test_the_day_leads_there(client, day):
    own = client.get(round_url("judging:my_day", day["round"]))
    everything = client.get(round_url("judging:my_day", day["round"]) + "?hari=semua")

    assert address(day) in own.content.decode()
    assert address(day, on="semua") in everything.content.decode()
    assert opened(client.get(address(day, "sheet_workbook", "semua")).content).sheetnames[1:-1] == day["titles"]


def test_problems_stand_with_their_cells_and_nothing_goes_on(client, day):
    page = send(client, day, filled(download(day), {day["titles"][0]: {mark(KOMITMEN): 100.5}}))

    assert page.status_code == 422
    assert f"{day['titles'][0]}!{mark(KOMITMEN)}" in page.content.decode()
    assert "100,5 is outside the scale from 0 to 100." in page.content.decode()
    assert 'name="isi"' not in page.content.decode()


def test_no_file_and_a_wrong_file(client, day):
    assert client.post(address(day)).context["form"].errors
    assert send(client, day, b"").status_code == 422
    assert send(client, day, b"nilai;80").status_code == 422


def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(client, day, monkeypatch):
    sizes = []
    real = sheet_workbooks.check_workbook

    def counting(**told):
        sizes.append(len(told["content"]))
        return real(**told)

    monkeypatch.setattr(sheet_workbooks, "check_workbook", counting)
    assert send(client, day, b"PK\x03\x04" + b"0" * (SIZE_LIMIT + 1000)).status_code == 422
    assert sizes == [SIZE_LIMIT + 1]


def test_a_conflict_is_saved_only_by_choice(client, day):
    content = filled(download(day), {day["titles"][0]: WHOLE})
    save_online(day, komitmen="50")

    page = send(client, day, content)
    nothing = confirm(client, day, page)
    chosen = confirm(client, day, page, **{f"pilih-{day['numbers'][0]}": "berkas"})

    assert words(nothing) == ["Nothing was saved."]
    assert words(chosen) == [f"Saved as drafts: nominees {day['numbers'][0]}."]
    assert Sheet.objects.get().revision == 2


def test_what_could_not_be_saved_is_named_beside_what_was(client, day):
    page = send(client, day, filled(download(day), dict.fromkeys(day["titles"][:2], WHOLE)))
    save_online(day, komitmen="50")

    saved, refused = words(confirm(client, day, page))

    assert saved == f"Saved as drafts: nominees {day['numbers'][1]}."
    assert refused.startswith(f"Nominee {day['numbers'][0]} was not saved. It was saved elsewhere since")


def test_second_click_and_late_click(client, day):
    page = send(client, day, filled(download(day), {day["titles"][0]: WHOLE}))
    first, second = confirm(client, day, page), confirm(client, day, page)
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        late = confirm(client, day, page)

    assert words(first) == words(second)
    assert Sheet.objects.get().revision == 1
    assert late.redirect_chain == [(address(day), 302)]
    assert words(late) == ["The comparison is too old or not yours. Send the workbook again."]


def test_a_name_stays_text_on_the_page(client, day):
    nominee = day["nominations"][0].nominee
    nominee.name = "<script>alert(1)</script>"
    nominee.save()

    page = send(client, day, filled(download(day), {day["titles"][0]: WHOLE}))

    assert "<script>alert(1)" not in page.content.decode()
    assert "&lt;script&gt;alert(1)" in page.content.decode()


def test_days_without_interviews_and_days_that_are_none(client, day):
    for on in ("2025-06-25", "2025-13-01", "besok"):
        assert client.get(address(day, "sheet_workbook", on)).status_code == 404
    assert client.get(address(day, on="besok")).status_code == 404
    assert send(client, day, b"", on="2025-06-25").status_code == 302


def test_saving_is_a_form_and_looking_changes_nothing(client, day):
    assert client.get(address(day, "sheet_workbook_save")).status_code == 405
    assert client.get(address(day)).status_code == 200
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("name", ["sheet_workbook", "sheet_workbook_page", "sheet_workbook_save"])
def test_only_members_while_scoring_is_open(client, day, name):
    def ask():
        url = address(day, name)
        return (client.post if name.endswith("save") else client.get)(url).status_code

    for role in set(Role) - {Role.PANEL_MEMBER}:
        client.force_login(make_user(role, round=day["round"]))
        assert ask() == 403
    client.force_login(make_user(Role.PANEL_MEMBER, round=make_round(region_code="52")))
    assert ask() == 404
    client.logout()
    assert ask() == 302
    client.force_login(day["member"])
    Round.objects.update(state=State.PLENARY)
    assert ask() == 403


def test_cost_is_the_same_for_three_nominees_and_for_twelve(client, day):
    def costs():
        content = filled(client.get(address(day, "sheet_workbook")).content, dict.fromkeys(day["titles"], WHOLE))
        with CaptureQueriesContext(connection) as queries:
            page = send(client, day, content)
        assert page.content.decode().count('value="berkas"') == 3
        return cost(client, address(day, "sheet_workbook")), len(queries)

    few = costs()
    for i in range(9):
        nomination = make_nomination(day["category"], region_code=f"53.{20 + i}")
        make.make_interview(nomination, day["seats"], starts_at=AT + timedelta(hours=2, minutes=10 * i), minutes=10)

    assert costs() == few
    assert max(few) <= 14
