"""Pages of scans and of discarding: who sees that a scan is there, who gets its bytes, and how they are handed out."""

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import PaperScan, TypedSheet
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from tests.factories import sheets as make
from tests.factories.papers import OTHER, address, make_paper_world, settle, type_in
from tests.factories.saves import save
from tests.factories.scans import jpeg, make_scan, pdf
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    world = make_paper_world()
    typed = type_in(world, "ani")
    return {**world, "typed": typed, "url": address(world, "paper_scans"), "discard": address(world, "paper_discard")}


def of_scan(world, name, scan):
    return round_url(f"judging:{name}", world["round"], scan_id=scan.pk)


def upload(content, name="pindaian.exe"):
    return {"berkas": SimpleUploadedFile(name, content, content_type="text/html")}


def last_told(response):
    return [message.level_tag for message in get_messages(response.wsgi_request)][-1]


def test_a_scan_is_attached_by_its_content_whatever_its_name(client, world):
    client.force_login(world["budi"])
    assert client.post(world["url"], upload(jpeg())).url == world["url"]
    scan = PaperScan.objects.get()
    page = client.get(world["url"]).content.decode()
    assert (scan.kind, scan.added_by) == ("jpeg", world["budi"])
    assert scan.sha256[:32] in page
    assert str(world["budi"]) in page
    assert "pindaian.exe" not in page
    assert f'action="{of_scan(world, "open_paper_scan", scan)}"' not in page
    assert last_told(client.post(world["url"], upload(jpeg()))) == "error"


@pytest.mark.parametrize(
    ("content", "code"), [(b"halo", "scan_kind_unknown"), (b"", "empty"), (pdf()[:-9], "scan_damaged")]
)
def test_a_file_that_is_no_scan_says_why(client, world, content, code):
    client.force_login(world["ani"])
    page = client.post(world["url"], upload(content))
    assert page.status_code == 422
    assert [error.code for error in page.context["form"].errors.as_data()["berkas"]] == [code]
    assert not PaperScan.objects.exists()


def test_the_bytes_are_a_download_that_no_cache_keeps_and_no_browser_runs(client, world):
    scan = make_scan(world["typed"], world["citra"])
    client.force_login(world["ani"])
    url = of_scan(world, "open_paper_scan", scan)
    assert f'action="{url}"' in client.get(world["url"]).content.decode()
    assert client.get(url).status_code == 405
    response = client.post(url)
    assert response.content == pdf()
    assert response["Content-Type"] == "application/pdf"
    name = f"pindaian-unsur-1-{world['nomination'].number}-{scan.sha256[:8]}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert AuditEvent.objects.filter(action="paper_scan.opened", actor=world["ani"]).count() == 1


def test_others_of_the_secretariat_see_that_it_is_there_but_not_the_picture(client, world):
    scan = make_scan(world["typed"], world["ani"])
    client.force_login(world["citra"])
    page = client.get(world["url"]).content.decode()
    url = of_scan(world, "open_paper_scan", scan)
    assert scan.sha256[:32] in page
    assert f'action="{url}"' not in page
    assert client.post(url).status_code == 403
    type_in(world, "budi", OTHER)
    assert client.post(url).content == pdf()
    settle(world)
    assert client.post(url).status_code == 403


def test_a_wrong_scan_is_struck_out_on_a_page_of_its_own_and_stays_listed(client, world):
    scan = make_scan(world["typed"], world["ani"])
    client.force_login(world["ani"])
    url = of_scan(world, "strike_paper_scan", scan)
    assert client.post(url, {"alasan": ""}).status_code == 422
    assert client.post(url, {"alasan": "kertas lain"}).url == world["url"]
    page = client.get(world["url"]).content.decode()
    assert "kertas lain" in page
    assert url not in page
    assert of_scan(world, "open_paper_scan", scan) not in page
    assert last_told(client.post(url, {"alasan": "lagi"})) == "error"


def test_a_member_sees_the_scans_of_the_own_paper_and_of_no_other(client, world):
    scan = make_scan(world["typed"], world["ani"])
    url = of_scan(world, "open_paper_scan", scan)
    client.force_login(world["member"])
    page = client.get(world["url"])
    assert (len(page.context["rows"]), page.context["form"]) == (1, None)
    assert client.post(url).content == pdf()
    assert client.post(world["url"], upload(pdf("dua"))).status_code == 403
    client.force_login(make.holder(world["seats"][1]))
    assert [client.get(world["url"]).status_code, client.post(url).status_code] == [403, 403]


def test_after_the_plenary_opened_the_page_is_for_whoever_sees_single_scores(client, world):
    scan = make_scan(world["typed"], world["ani"])
    client.force_login(make.holder(world["seats"][1]))
    world["round"].state = State.PLENARY
    world["round"].save()
    page = client.get(world["url"])
    assert (page.status_code, page.context["form"]) == (200, None)
    assert client.post(of_scan(world, "open_paper_scan", scan)).content == pdf()


def test_other_roles_and_places_find_nothing(client, world):
    scan = make_scan(world["typed"], world["ani"])
    urls = [of_scan(world, name, scan) for name in ("open_paper_scan", "strike_paper_scan")]
    urls += [world["url"], world["discard"]]
    elsewhere = make_round(region_code="81", state=State.SCORING)
    for user, status in (
        (make_user(Role.CHAIR, Role.AUDITOR, Role.ORGANISER, round=world["round"]), 403),
        (make_user(Role.SECRETARIAT, round=elsewhere), 404),
        (None, 302),
    ):
        client.logout()
        if user:
            client.force_login(user)
        assert [client.post(url, {"alasan": "x"}).status_code for url in urls] == [status] * 4
    client.force_login(make_user(Role.SECRETARIAT, round=elsewhere))
    there = round_url("judging:open_paper_scan", elsewhere, scan_id=scan.pk)
    assert client.post(there).status_code == 404
    assert PaperScan.objects.get().struck_at is None


def test_the_page_costs_the_same_for_one_scan_and_for_thirty(client, world):
    client.force_login(world["ani"])
    counts = []
    for total in (1, 30):
        for number in range(PaperScan.objects.count(), total):
            make_scan(world["typed"], world["ani"], pdf(str(number)))
        with CaptureQueriesContext(connection) as queries:
            assert len(client.get(world["url"]).context["rows"]) == total
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_list_says_how_many_scans_and_leads_to_them(client, world):
    make_scan(world["typed"], world["ani"])
    client.force_login(world["budi"])
    (row,) = client.get(round_url("judging:paper_entries", world["round"])).context["rows"]
    assert (row[-1]["text"], row[-1]["url"]) == ("1", world["url"])


def test_a_paper_is_discarded_with_a_reason_and_stays_listed(client, world):
    client.force_login(world["citra"])
    assert world["discard"] in client.get(address(world)).content.decode()
    assert client.post(world["discard"], {"alasan": ""}).status_code == 422
    listed = round_url("judging:paper_entries", world["round"])
    assert client.post(world["discard"], {"alasan": "lembar tertukar"}).url == listed
    assert TypedSheet.objects.get().discarded_by == world["citra"]
    (row,) = client.get(listed).context["rows"]
    assert (row[2]["icon"], row[2]["note"]) == ("ban", f"{world['citra']}: lembar tertukar")
    assert client.get(world["discard"]).context["form"] is None
    assert client.get(address(world)).context["fields"][0].value == ""


def test_an_overtaken_paper_leads_straight_to_discarding_it(client, world):
    make_scan(world["typed"], world["ani"])
    save(world, {"komitmen": "60", "inovasi": "2"}, submit=True)
    client.force_login(world["citra"])
    (row,) = client.get(round_url("judging:paper_entries", world["round"])).context["rows"]
    assert row[0]["url"] == world["discard"]
    page = client.get(world["discard"])
    assert page.context["refusal"]
    assert page.context["form"]


def test_looking_at_two_readings_is_logged_once(client, world):
    type_in(world, "budi", OTHER)
    client.force_login(world["citra"])
    for _ in range(2):
        assert client.get(address(world, "paper_settle")).context["disputes"]
    assert AuditEvent.objects.filter(action="paper_sheet.compared").count() == 1


def test_the_own_sheet_names_who_typed_it_in_and_leads_to_the_scan(client, world):
    type_in(world, "budi", OTHER)
    typed = settle(world)
    client.force_login(world["member"])
    own = round_url("judging:sheet", world["round"], number=world["nomination"].number)
    page = client.get(own).content.decode()
    assert all(str(world[who]) in page for who in ("ani", "budi", "citra"))
    assert world["url"] not in page
    make_scan(typed, world["ani"])
    assert world["url"] in client.get(own).content.decode()
