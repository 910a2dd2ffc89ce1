"""The documents page: who sees it, what it hands out, and that nothing happens by looking."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.models import Document
from judging.selectors.awards import awards_in_force
from judging.selectors.documents import file_name
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.check_code import grouped
from tests.factories.awards import make_decided_round, make_document, quick_papers
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
NAMES = ("judging:documents", "judging:certificates")


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


@pytest.fixture
def document(round: Round) -> Document:
    return make_document(awards_in_force(round)[0])


def _url(name: str, round: Round, **kwargs: Any) -> str:
    return reverse(name, kwargs={"year": 2024, "scope": round.scope_code, **kwargs})


@pytest.fixture(autouse=True)
def _quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_papers(monkeypatch)


def test_posting_issues_what_is_missing_and_a_second_click_nothing(
    client: Client, round: Round, organiser: User, document: Document
) -> None:
    client.force_login(organiser)
    url = _url("judging:documents", round)
    assert client.get(url).context["missing"] == 5

    first = client.post(url)
    after = Document.objects.count()
    second = client.post(url)

    assert (first.status_code, first["Location"]) == (302, url)
    assert (second.status_code, after, Document.objects.count()) == (302, 6, 6)
    page = client.get(url)
    assert (page.context["missing"], page.context["issued"]) == (0, 6)


def test_an_error_of_the_service_is_told_on_the_page(client: Client, organiser: User, round: Round) -> None:
    round.tabulations.update(superseded_at=AT)
    client.force_login(organiser)

    response = client.post(_url("judging:documents", round), follow=True)

    assert response.status_code == 200
    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_a_download_is_the_stored_file_and_nothing_else(
    client: Client, round: Round, organiser: User, document: Document
) -> None:
    client.force_login(organiser)

    response = client.get(_url("judging:document", round, document_id=document.pk))

    assert response.content == b"%PDF-1.7 contoh"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{file_name(document)}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"


def test_file_names_hold_no_surprises(document: Document) -> None:
    document.title = '../../etc/passwd"\r\nX: y 测试'

    assert file_name(document) == "001-paritrana-ntt-2025-etc-passwd-x-y.pdf"


def test_a_damaged_file_is_told_and_not_handed_out(
    client: Client, round: Round, organiser: User, document: Document
) -> None:
    default_storage.delete(document.file.name)
    client.force_login(organiser)

    for response in (
        client.get(_url("judging:document", round, document_id=document.pk)),
        client.get(_url("judging:certificates", round)),
    ):
        assert response.status_code == 302


def test_all_certificates_come_as_one_archive_without_those_revoked(
    client: Client, round: Round, organiser: User, document: Document
) -> None:
    make_document(awards_in_force(round)[1], content=b"%PDF-1.7 dua")
    make_document(awards_in_force(round)[1], content=b"%PDF-1.7 batal", revoked_at=AT, revoked_reason="salah")
    client.force_login(organiser)

    response = client.get(_url("judging:certificates", round))

    archive = zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "001 Terbaik I - Kabupaten 53.01.pdf": b"%PDF-1.7 contoh",
        "002 Terbaik II - Kabupaten 53.02.pdf": b"%PDF-1.7 dua",
    }
    assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}


def test_revoking_asks_for_a_reason_first(client: Client, round: Round, organiser: User, document: Document) -> None:
    client.force_login(organiser)
    url = _url("judging:revoke_document", round, document_id=document.pk)

    assert client.get(url).status_code == 200
    refused = client.post(url, {"reason": " "})
    assert refused.context["form"].has_error("reason", "required")
    done = client.post(url, {"reason": "nama salah"})
    page = client.get(url).content.decode()
    again = client.post(url, {"reason": "nama salah"}, follow=True)

    document.refresh_from_db()
    assert (done.status_code, document.revoked_reason) == (302, "nama salah")
    assert ("nama salah" in page, str(organiser) in page, 'name="reason"' in page) == (True, True, False)
    assert [message.level_tag for message in again.context["messages"]][-1] == "error"


def test_the_history_leads_to_the_check_and_who_may_to_revoking(
    client: Client, round: Round, organiser: User, document: Document
) -> None:
    history = _url("judging:document_history", round, document_id=document.pk)
    links = (
        reverse("check_code", kwargs={"code": grouped(document.check_code)}),
        _url("judging:paper_signatures", round, document_id=document.pk),
        _url("judging:revoke_document", round, document_id=document.pk),
    )

    def found(user: User) -> list[bool]:
        client.force_login(user)
        page = client.get(history).content.decode()
        return [f'"{link}"' in page for link in links]

    assert found(organiser) == [True, True, True]
    assert found(make_user(Role.AUDITOR, round=round)) == [True, True, False]
    Document.objects.update(revoked_at=AT, revoked_reason="salah", revoked_by=organiser)
    assert found(organiser) == [True, True, False]


def test_the_list_says_whether_it_counts_everything_or_what_was_found(
    client: Client, round: Round, organiser: User
) -> None:
    client.force_login(organiser)
    url = _url("judging:documents", round)

    searched = [client.get(url + query).context["is_searched"] for query in ("", "?page=2", "?cari=01", "?jenis=x")]
    assert searched == [False, False, True, True]


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR])
def test_readers_read_and_change_nothing(client: Client, round: Round, document: Document, role: Role) -> None:
    client.force_login(make_user(role, round=round))

    page = client.get(_url("judging:documents", round))
    assert (page.status_code, page.context["may_issue"]) == (200, False)
    assert client.get(_url("judging:document", round, document_id=document.pk)).status_code == 200
    assert client.post(_url("judging:documents", round)).status_code == 403
    assert client.post(_url("judging:revoke_document", round, document_id=document.pk)).status_code == 403
    assert Document.objects.filter(revoked_at=None).count() == 1


def test_nobody_reads_papers_before_the_decision(client: Client, round: Round, document: Document) -> None:
    Round.objects.update(state=State.PLENARY)
    client.force_login(make_user(Role.SECRETARIAT, round=round))

    page = client.get(_url("judging:documents", round))
    assert (page.status_code, page.context["groups"], page.context["lines"]) == (200, [], [])
    assert document.number not in page.content.decode()
    assert client.post(_url("judging:documents", round)).status_code == 403
    assert client.get(_url("judging:document", round, document_id=document.pk)).status_code == 403


def test_before_the_decision_the_page_leads_to_what_can_be_printed(client: Client, round: Round) -> None:
    Round.objects.update(state=State.SCORING)
    client.force_login(make_user(Role.ORGANISER, round=round))

    page = client.get(_url("judging:documents", round)).content.decode()
    assert _url("judging:invitations", round) in page
    assert _url("judging:document_labels", round, whose="nomine") in page
    assert _url("judging:document_labels", round, whose="pemenang") not in page
    assert client.get(_url("judging:document_labels", round, whose="pemenang")).status_code == 403
    Round.objects.update(state=State.PREPARATION)
    assert client.get(_url("judging:documents", round)).status_code == 403


def test_another_province_finds_nothing_under_any_address(client: Client, round: Round, document: Document) -> None:
    other = make_round(region_code="52", state=State.DECIDED)
    client.force_login(make_user(Role.SECRETARIAT, Role.ORGANISER, round=other))

    own = _url("judging:document", other, document_id=document.pk)
    foreign = _url("judging:document", round, document_id=document.pk)
    revoke = _url("judging:revoke_document", other, document_id=document.pk)
    assert [client.get(url).status_code for url in (own, foreign, revoke)] == [404, 404, 404]
    assert client.post(revoke, {"reason": "x"}).status_code == 404
    assert [client.get(_url(name, round)).status_code for name in NAMES] == [404, 404]


def test_signed_out_leads_to_sign_in(client: Client, round: Round) -> None:
    for name in NAMES:
        response = client.get(_url(name, round))
        assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("login"))


def test_looking_changes_nothing(client: Client, round: Round, organiser: User, document: Document) -> None:
    client.force_login(organiser)
    for name in NAMES:
        client.get(_url(name, round))

    assert Document.objects.get() == document
    assert not AuditEvent.objects.exists()


def _queries(client: Client, round: Round) -> int:
    client.force_login(make_user(Role.ORGANISER, round=round))
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(_url("judging:documents", round)).status_code == 200
    return len(captured)


def test_the_page_costs_the_same_for_one_and_for_thirty_papers(client: Client) -> None:
    one = make_decided_round((90,), region_code="51", places=1)
    many = make_decided_round(tuple(range(95, 80, -1)), region_code="52", categories=2, places=15)
    make_document(awards_in_force(one)[0])
    for number, award in enumerate(awards_in_force(many)):
        make_document(award, content=b"%%PDF %d" % number)

    assert Document.objects.filter(round=many).count() == 30
    assert _queries(client, one) == _queries(client, many) <= 20
