"""Bringing evidence, reading it and withdrawing it by plain forms; and who never sees a byte of it."""

import re

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from nominees.core.lifecycle import State
from nominees.models import Evidence
from nominees.services.evidence import add_evidence_link, withdraw_evidence
from nominees.web.parts import address
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.evidence import JPEG, PDF, bring, office, png
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    round = make_round(state=State.NOMINATION)
    category = make_category(round)
    make.make_rubric(category)
    secretary = make_user(Role.SECRETARIAT, round=round)
    client.force_login(secretary)
    return {"round": round, "nomination": make_nomination(category, region_code="53.01"), "secretary": secretary}


def page(world, name="evidence", one=None):
    where = {"evidence_id": one.pk} if one else {}
    return address(f"nominees:{name}", world["round"], number=world["nomination"].number, **where)


def send(client, world, *files, **changes):
    sent = [SimpleUploadedFile(name, content, "text/html") for name, content in files]
    return client.post(page(world), {"kind": "files", "berkas-uploads": sent, "berkas-criterion": ""} | changes)


def to_scoring(world):
    world["round"].state = State.SCORING
    world["round"].save()


def test_several_files_come_in_at_once(client, world):
    answer = send(client, world, ("SK.pdf", PDF), ("foto.jpg", JPEG), **{"berkas-criterion": "inovasi"})
    assert (answer.status_code, answer.url) == (302, page(world))
    assert [(one.title, one.criterion) for one in Evidence.objects.order_by("pk")] == [
        ("SK", "inovasi"),
        ("foto", "inovasi"),
    ]
    listed = client.get(page(world, "detail")).content.decode()
    assert "SK" in listed
    assert "Inovasi" in listed
    assert str(world["secretary"]) in listed


def test_a_refused_file_is_named_and_nothing_is_written(client, world):
    answer = send(client, world, ("baik.pdf", PDF), ("jahat<b>.html", b"<script>"), ("kosong.pdf", b""))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "jahat&lt;b&gt;.html: Only PDF, JPEG, PNG, XLSX and DOCX" in text
    assert "kosong.pdf: The file is empty." in text
    assert "baik.pdf:" not in text
    assert not Evidence.objects.exists()


def test_no_file_and_too_many_are_told(client, world, settings):
    settings.EVIDENCE_FILES_AT_ONCE = 1
    assert client.post(page(world), {"kind": "files"}).context["files"].errors
    answer = send(client, world, ("a.pdf", PDF), ("b.png", png()))
    assert "Send at most 1 files at once." in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_link_comes_in(client, world):
    told = {"kind": "link", "tautan-title": "Perbup", "tautan-address": "http://contoh.go.id", "tautan-criterion": ""}
    assert "https://" in str(client.post(page(world), told).context["link"].errors)
    told["tautan-address"] = "https://contoh.go.id/perbup"
    assert client.post(page(world), told).status_code == 302
    assert 'href="https://contoh.go.id/perbup"' in client.get(page(world, "detail")).content.decode()


def test_late_evidence_asks_why(client, world):
    assert "late_reason" not in client.get(page(world)).context["files"].fields
    to_scoring(world)
    assert send(client, world, ("a.pdf", PDF)).context["files"].errors["late_reason"]
    assert send(client, world, ("a.pdf", PDF), **{"berkas-late_reason": "baru terbit"}).status_code == 302
    assert "baru terbit" in client.get(page(world, "detail")).content.decode()


@pytest.mark.parametrize(
    ("content", "kind", "place"),
    [
        (PDF, "application/pdf", "inline"),
        (JPEG, "image/jpeg", "inline"),
        (png(), "image/png", "inline"),
        (office(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "attachment"),
        (
            office("word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "attachment",
        ),
    ],
)
def test_a_file_is_served_sealed_off(client, world, content, kind, place):
    one = bring(world["nomination"], world["secretary"], content=content, name="<b>Bukti</b>.html")
    answer = client.get(page(world, "evidence_file", one))
    assert (answer.content, answer["Content-Type"]) == (content, kind)
    assert re.fullmatch(rf'{place}; filename="[a-z0-9-]+\.[a-z]+"', answer["Content-Disposition"])
    sealed = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    assert answer["Content-Security-Policy"] == ("frame-ancestors 'none'" if content == PDF else sealed)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    saved = client.get(page(world, "evidence_file", one) + "?simpan")
    assert saved["Content-Disposition"].startswith("attachment;")
    assert saved["Content-Security-Policy"] == sealed


def test_a_damaged_file_is_told_of_and_not_served(client, world):
    one = bring(world["nomination"], world["secretary"])
    default_storage.delete(one.file.name)
    answer = client.get(page(world, "evidence_file", one), follow=True)
    assert answer.redirect_chain == [(page(world, "detail"), 302)]
    assert "is missing or differs" in answer.content.decode()


def test_a_wrong_piece_is_withdrawn_with_a_reason(client, world):
    one = bring(world["nomination"], world["secretary"])
    url = page(world, "evidence_withdraw", one)
    assert client.post(url, {"reason": " "}).context["form"].errors
    assert client.post(url, {"reason": "salah nomine"}).url == page(world)
    listed = client.get(page(world)).content.decode()
    assert "salah nomine" in listed
    assert url not in listed
    assert "withdrawn before" in client.post(url, {"reason": "lagi"}).content.decode()


@pytest.mark.parametrize(
    ("role", "opens_withdrawn"),
    [
        (Role.SECRETARIAT, 200),
        (Role.AUDITOR, 200),
        (Role.PANEL_MEMBER, 404),
        (Role.CHAIR, 404),
        (Role.ORGANISER, 404),
        (Role.PLATFORM_ADMIN, 403),
    ],
)
def test_who_reads_evidence(client, world, role, opens_withdrawn):
    one = bring(world["nomination"], world["secretary"], content=PDF)
    gone = bring(world["nomination"], world["secretary"], content=JPEG, name="salah.jpg")
    withdraw_evidence(evidence=gone, reason="salah", actor=world["secretary"], at=AT)
    client.force_login(make_user(role, round=world["round"]))
    is_admin = role == Role.PLATFORM_ADMIN
    assert client.get(page(world, "evidence_file", one)).status_code == (403 if is_admin else 200)
    assert client.get(page(world, "evidence_file", gone)).status_code == opens_withdrawn
    listed = client.get(page(world, "detail")).content.decode()
    assert (page(world, "evidence_file", one) in listed) is not is_admin
    assert (page(world, "evidence_file", gone) in listed) is (role in (Role.SECRETARIAT, Role.AUDITOR))
    assert client.get(page(world)).status_code == (200 if role == Role.SECRETARIAT else 403)


def test_nobody_elsewhere_and_nobody_signed_out_reaches_a_file(client, world):
    one = bring(world["nomination"], world["secretary"])
    other = make_nomination(world["nomination"].category, region_code="53.02")
    elsewhere = address("nominees:evidence_file", world["round"], number=other.number, evidence_id=one.pk)
    assert client.get(elsewhere).status_code == 404
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="51")))
    assert client.get(page(world, "evidence_file", one)).status_code == 404
    client.logout()
    assert client.get(page(world, "evidence_file", one)).url.startswith("/masuk/")


def test_a_link_has_no_file(client, world):
    told = {"title": "Perbup", "address": "https://contoh.go.id", "actor": world["secretary"], "at": AT}
    one = add_evidence_link(nomination=world["nomination"], **told)
    assert client.get(page(world, "evidence_file", one)).status_code == 404


def test_who_has_a_conflict_of_interest_sees_none_of_it(client, world):
    one = bring(world["nomination"], world["secretary"], name="rahasia.pdf")
    member = make_user(Role.PANEL_MEMBER, Role.SECRETARIAT, round=world["round"])
    client.force_login(member)
    assert "rahasia" in client.get(page(world, "detail")).content.decode()
    make.make_recusal(make.make_seat(world["round"], 2, user=member), world["nomination"])
    detail = client.get(page(world, "detail")).content.decode()
    assert "rahasia" not in detail  # nor in the history
    assert "Evidence added" not in detail
    assert "A conflict of interest keeps you" in detail
    for name in ("evidence_file", "evidence_withdraw"):
        answer = client.get(page(world, name, one))
        assert answer.status_code == 403
        assert "A conflict of interest keeps you" in answer.content.decode()
    assert client.get(page(world)).status_code == 403


@pytest.mark.parametrize("name", ["detail", "evidence"])
def test_the_pages_cost_the_same_for_one_and_thirty(client, world, name):
    def count():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page(world, name)).status_code == 200
        return len(captured)

    told = {"nomination": world["nomination"], "actor": world["secretary"], "at": AT}
    add_evidence_link(title="1", address="https://contoh.go.id", **told)
    before = count()
    for number in range(29):
        add_evidence_link(title=str(number), address="https://contoh.go.id", **told)
    assert count() == before
