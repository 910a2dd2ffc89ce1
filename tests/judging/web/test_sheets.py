"""The member's pages by plain forms: the day, the sheet, the review, the two versions; and nothing of anybody else."""

import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import Attendance, Presence, SaveReceipt, Seating, Sheet, SheetState, SheetVersion
from judging.selectors.sheets import address_of
from judging.services import scores
from nominees.core.lifecycle import State
from nominees.models import Nomination, Status
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from paritrana.kernel import wording
from tests.factories import sheets as make
from tests.factories.member_day import hidden, make_member_day
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    return make_member_day(client)


def post_marks(client, world, *, step="simpan", page=None, **marks):
    """Fill the form of ``page`` (a fresh one by default) and press a button."""
    page = page or client.get(world["url"])
    data = {"revision": hidden(page, "revision"), "request_key": hidden(page, "request_key"), "langkah": step}
    data |= {"nilai-komitmen": "", "nilai-inovasi": ""} | {key.replace("_", "-"): text for key, text in marks.items()}
    return client.post(world["url"], data)


def mark(criterion):
    return json.loads(SheetVersion.objects.get().entries)[criterion].get("value")


def test_whole_way_without_scripts(client, world):
    assert client.get(world["day"]).context["next"].nomination == world["nomination"]
    saved = post_marks(client, world, nilai_komitmen="87,5")
    assert (saved.status_code, saved.url) == (302, world["url"])
    page = client.get(world["url"])
    assert 'value="87,5"' in page.content.decode()
    assert page.context["total"].points == "26,25"
    review = post_marks(client, world, step="periksa", nilai_komitmen="87.5", nilai_inovasi="4")
    assert review.url == world["review"]
    check = client.get(world["review"])
    assert check.context["total"].is_complete
    submitted = client.post(
        world["review"], {"revision": hidden(check, "revision"), "request_key": hidden(check, "request_key")}
    )
    assert submitted.url == world["url"]
    assert Sheet.objects.get().state == SheetState.SUBMITTED
    after = client.get(world["url"])
    assert after.context["receipt"].submitted
    assert '<form method="post" class="app-sheet"' not in after.content.decode()
    assert client.get(world["day"]).context["next"] is None


def test_looking_changes_nothing(client, world):
    for name in ("day", "url", "review"):
        client.get(world[name])
    assert not Sheet.objects.exists()


def test_empty_is_unlike_lowest_and_zero_is_a_mark(client, world):
    page = client.get(world["url"]).content.decode()
    assert page.count("is-empty") == 2
    assert 'value="" checked' in page
    post_marks(client, world, nilai_komitmen="0", nilai_inovasi="1")
    page = client.get(world["url"]).content.decode()
    assert "is-empty" not in page
    assert 'value="1" checked' in page
    assert mark("komitmen") == "0"


@pytest.mark.parametrize(("typed", "code"), [("101", "101"), ("1.000", "1000"), ("1.234,5", "1234,5"), ("80x", "")])
def test_mark_off_its_scale_is_named_kept_and_not_saved(client, world, typed, code):
    page = post_marks(client, world, nilai_komitmen=typed)
    assert page.status_code == 422
    (field,) = [field for field in page.context["fields"] if field.errors]
    assert field.id == "komitmen"
    assert code in field.errors[0]
    assert '<a href="#k-komitmen">' in page.content.decode()
    assert not Sheet.objects.exists()


def test_incomplete_sheet_is_saved_but_offers_no_submission(client, world):
    post_marks(client, world, step="periksa", nilai_komitmen="80")
    page = client.get(world["review"])
    assert not page.context["total"].is_complete
    assert "#k-inovasi" in page.content.decode()
    refused = client.post(world["review"], {"revision": "1", "request_key": "kunci-langsung"})
    assert refused.status_code == 422
    assert [field.id for field in refused.context["fields"] if field.errors] == ["inovasi"]
    assert [field.value for field in refused.context["fields"]] == ["80", ""]
    assert Sheet.objects.get().state == SheetState.DRAFT


def test_not_applicable_needs_its_reason(client, world):
    page = post_marks(client, world, nilai_komitmen="80", keadaan_inovasi="not_applicable")
    assert page.status_code == 422
    saved = post_marks(client, world, nilai_komitmen="80", keadaan_inovasi="not_applicable", alasan_inovasi="baru")
    assert saved.status_code == 302
    assert client.get(world["url"]).context["total"].possible == "60,00"


def test_two_tabs_show_both_versions_and_the_choice_is_saved(client, world):
    stale = client.get(world["url"])
    post_marks(client, world, nilai_komitmen="80", nilai_inovasi="2", catatan_inovasi="lama")
    page = post_marks(client, world, page=stale, nilai_komitmen="20", nilai_inovasi="3")
    assert page.status_code == 409
    assert [(clash.stored.value, clash.sent.value) for clash in page.context["clashes"]] == [("80", "20"), ("2", "3")]
    assert (page.context["is_own"], page.context["base"]) == (True, None)  # the stale page had seen no save
    assert wording.date_time(AT, world["round"].time_zone) in page.content.decode()
    assert mark("komitmen") == "80"
    data = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.content.decode()))
    chosen = client.post(world["url"], data | {"pilih-komitmen": "saya", "pilih-inovasi": "tersimpan"})
    assert chosen.status_code == 302
    assert (mark("komitmen"), mark("inovasi")) == ("20", "2")
    assert "lama" in SheetVersion.objects.get().entries


def test_two_versions_tell_which_save_the_page_began_from(client, world):
    post_marks(client, world, nilai_komitmen="80")
    stale = client.get(world["url"])
    post_marks(client, world, nilai_komitmen="70")
    page = post_marks(client, world, page=stale, nilai_komitmen="20")
    assert (page.status_code, page.context["base"].revision, page.context["revision"]) == (409, 1, 2)


def test_the_total_is_a_dash_before_the_first_mark_and_says_where_the_rest_comes_from(client, world):
    total = client.get(world["url"]).context["total"]
    assert (total.points, total.possible, total.is_part) == ("–", "60,00", True)
    post_marks(client, world, nilai_komitmen="0")
    assert client.get(world["url"]).context["total"].points == "0,00"


def test_second_click_gets_the_first_answer(client, world):
    page = client.get(world["url"])
    for _ in range(2):
        assert post_marks(client, world, page=page, nilai_komitmen="80").status_code == 302
    assert (SaveReceipt.objects.count(), Sheet.objects.get().revision) == (1, 1)


def test_form_without_key_or_revision_is_refused(client, world):
    post_marks(client, world, nilai_komitmen="80")
    assert client.post(world["url"], {"nilai-komitmen": "1"}).status_code == 302
    assert client.post(world["url"], {"nilai-komitmen": "1", "request_key": "kunci-baru"}).status_code == 409
    assert mark("komitmen") == "80"


def test_recused_absent_and_plenary_show_no_form(client, world):
    make.make_recusal(world["seats"][0], world["nomination"])
    page = client.get(world["url"])
    assert page.context["obstacle"]
    assert not page.context["may_write"]
    assert client.post(world["url"], {"request_key": "kunci-langsung"}).url == world["url"]
    assert not Sheet.objects.exists()


def test_absent_seat_sees_why(client, world):
    Attendance.objects.filter(seat=world["seats"][0]).update(presence=Presence.ABSENT)
    page = client.get(world["url"], headers={"accept-language": "en"})
    assert page.context["state"]["text"] == "Absent"
    assert 'class="app-sheet"' not in page.content.decode()


def test_sheet_after_the_plenary_opened_is_read_only(client, world):
    post_marks(client, world, nilai_komitmen="80")
    page = client.get(world["url"])
    world["round"].state = State.PLENARY
    world["round"].save()
    assert post_marks(client, world, page=page, nilai_komitmen="1").status_code == 302
    assert not client.get(world["url"]).context["may_write"]
    assert mark("komitmen") == "80"


def test_unknown_nominee_and_other_province_are_404(client, world):
    other = make_round(region_code="81", state=State.SCORING)
    elsewhere = make_nomination(make_category(other))
    for round, number in ((world["round"], 99_999), (other, elsewhere.number)):
        url = round_url("judging:sheet", round, number=number)
        assert client.get(url).status_code == 404
        assert client.post(url, {"request_key": "kunci-langsung"}).status_code == 404
    assert client.get(round_url("judging:my_day", other)).status_code == 404


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CHAIR, Role.ORGANISER, Role.AUDITOR])
def test_other_roles_get_403(client, world, role):
    client.force_login(make_user(role, round=world["round"]))
    for name in ("day", "url", "review"):
        assert client.get(world[name]).status_code == 403
    for name in ("url", "review"):
        assert client.post(world[name], {"request_key": "kunci-langsung"}).status_code == 403


def test_signed_out_leads_to_sign_in(client, world):
    client.logout()
    for name in ("day", "url", "review"):
        assert client.get(world[name]).url.startswith("/masuk/")
    assert client.post(world["url"]).url.startswith("/masuk/")


def test_member_without_a_seat_sees_an_empty_day(client, world):
    client.force_login(make_user(Role.PANEL_MEMBER, round=world["round"]))
    assert client.get(world["day"]).context["seating"] is None
    assert not client.get(world["url"]).context["may_write"]


def test_my_day_lists_the_day_asked_for(client, world):
    later = make_nomination(world["category"], region_code="53.02")
    make.make_interview(later, world["seats"], starts_at=AT + timedelta(days=1), released=True)
    unplaced = make_nomination(world["category"], region_code="53.03")

    def listed(query):
        return [item["row"].nomination for item in client.get(world["day"] + query).context["rows"]]

    assert listed("") == [world["nomination"]]
    assert listed("?hari=2025-06-25") == [later]
    assert listed("?hari=2025-06-20") == []
    assert listed("?hari=semua") == [world["nomination"], later, unplaced]
    assert listed("?hari=bukan-tanggal") == [world["nomination"]]


def test_my_day_goes_on_to_the_next_day_with_interviews(client, world):
    Nomination.objects.filter(pk=world["nomination"].pk).update(status=Status.WITHDRAWN, status_reason="uji")
    later = make_nomination(world["category"], region_code="53.02")
    make.make_interview(later, world["seats"], starts_at=AT + timedelta(days=2), released=True)
    page = client.get(world["day"])
    assert (page.context["chosen"].isoformat(), page.context["is_today"]) == ("2025-06-26", False)


def test_my_day_counts_only_what_is_expected_of_the_seat(client, world):
    recused = make_nomination(world["category"], region_code="53.02")
    make.make_interview(recused, world["seats"], starts_at=AT + timedelta(hours=1), released=True)
    make.make_recusal(world["seats"][0], recused)
    page = client.get(world["day"])
    assert (page.context["submitted"], page.context["expected"], len(page.context["rows"])) == (0, 1, 2)


def _score_of_the_other(world, komitmen):
    scores.submit_sheet(
        address=address_of(world["nomination"]),
        entries={"komitmen": komitmen, "inovasi": "3"},
        expected_revision=0,
        request_key=f"kunci-lain-{komitmen}",
        actor=make.holder(world["seats"][1]),
        at=AT,
    )


def _pages(client, world):
    """Every page of the member, without what is random by design."""
    found = [client.get(world[name]).content.decode() for name in ("day", "url", "review")]
    return [re.sub(r'name="(csrfmiddlewaretoken|request_key)" value="[^"]*"', "", page) for page in found]


def test_whoever_takes_over_a_seat_begins_with_an_empty_sheet(client, world):
    post_marks(client, world, nilai_komitmen="81", nilai_inovasi="2")
    after = make_user(Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.filter(seat=world["seats"][0]).update(ends_on="2025-06-23")
    Seating.objects.create(
        round=world["round"], seat=world["seats"][0], user=after, name="Pengganti", starts_on="2025-06-24"
    )
    client.force_login(after)
    for name in ("url", "review"):
        fields = client.get(world[name]).context["fields"]
        assert {field.value for field in fields} == {""}
    post_marks(client, world, nilai_komitmen="62")
    assert (mark("komitmen"), mark("inovasi")) == ("62", None)


def test_pages_do_not_depend_on_what_another_member_scored(client, world):
    post_marks(client, world, nilai_komitmen="50", nilai_inovasi="2")
    client.get(world["url"])  # takes the message of the save
    seen = []
    for komitmen in (None, "1", "99"):
        with transaction.atomic():
            if komitmen:
                _score_of_the_other(world, komitmen)
                assert SheetVersion.objects.filter(entries__contains=f'"{komitmen}"').exists()
            seen.append(_pages(client, world))
            transaction.set_rollback(True)
    assert seen[0] == seen[1] == seen[2]


def _count(client, act):
    with CaptureQueriesContext(connection) as captured:
        act()
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("nominees", [1, 50])
def test_costs_do_not_grow_with_the_round(client, world, nominees):
    for index in range(nominees - 1):
        nomination = make_nomination(world["category"], region_code=f"53.{index + 10}")
        make.make_interview(nomination, world["seats"], starts_at=AT + timedelta(hours=index + 1), released=True)
    post_marks(client, world, nilai_komitmen="80")
    page = client.get(world["url"])
    assert _count(client, lambda: post_marks(client, world, page=page, nilai_komitmen="81")) == 9
    look = _count(client, lambda: client.get(world["url"]))
    day = _count(client, lambda: client.get(world["day"] + "?hari=semua"))
    assert (look, day) == (10, 6)
