"""Pages of batches, of the numbers, and downloads of many papers."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.core.numbering import FIELDS
from judging.models import Document, ItemState, NumberingScheme, PrintBatch, PrintState, SignedFile
from judging.selectors.awards import awards_in_force
from judging.selectors.print_batches import batches_of
from judging.services import print_batch_work as work
from judging.web import documents as centre
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.kernel.check_code import grouped
from tests.factories.awards import make_decided_round, make_document, quick_papers
from tests.factories.print_batches import make_batch, unmerged
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70))


@pytest.fixture
def organiser(round: Round, client: Client) -> User:
    user = make_user(Role.ORGANISER, round=round)
    client.force_login(user)
    return user


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_papers(monkeypatch)
    unmerged(monkeypatch)


def url(name: str, round: Round, **kwargs: Any) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": round.scope_code, **kwargs})


def test_many_papers_go_to_a_batch_and_its_page_tells_how_far_it_is(
    client: Client, round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(centre, "AT_ONCE", 2)

    answer = client.post(url("documents", round), {"langkah": "jenis", "jenis": ["certificate"]})

    batch = PrintBatch.objects.get()
    page = url("print_batch", round, number=batch.number)
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert set(batch.items.values_list("subject", flat=True)) == {
        f"certificate:award:{one.pk}" for one in awards_in_force(round)
    }
    waiting = client.get(url("print_batch_state", round, number=1)).json()
    assert (waiting["state"], waiting["is_live"], waiting["done"], waiting["total"]) == ("waiting", True, 0, 3)
    assert client.get(url("documents", round)).context["batch"] == batch

    work.run_batch(batch.pk, now=lambda: AT)

    done = client.get(url("print_batch_state", round, number=1)).json()
    assert (done["state"], done["is_live"], done["done"]) == ("done", False, 3)
    assert client.get(f"{page}?bagian=keadaan").templates[0].name == "judging/documents/_progress.html"
    assert client.get(page).status_code == 200


def test_few_papers_are_issued_at_once(client: Client, round: Round, organiser: User) -> None:
    first = awards_in_force(round)[0]

    client.post(
        url("documents", round), {"langkah": "kertas", "kertas": [f"certificate:award:{first.pk}", "minutes", "x"]}
    )

    assert set(Document.objects.values_list("kind", "award_id")) == {("certificate", first.pk), ("minutes", None)}
    assert not PrintBatch.objects.exists()


def test_nothing_ticked_issues_nothing(client: Client, round: Round, organiser: User) -> None:
    for step in ("kertas", "jenis"):
        assert client.post(url("documents", round), {"langkah": step}).status_code == 302
    assert not Document.objects.exists()


def test_a_batch_is_stopped_gone_on_with_and_tried_again(client: Client, round: Round, organiser: User) -> None:
    batch = make_batch(round, organiser, (ItemState.WAITING, ItemState.FAILED))

    client.post(url("stop_print_batch", round, number=1))
    batch.refresh_from_db()
    assert batch.state == PrintState.STOPPED
    page = client.get(url("print_batch", round, number=1))
    assert [one["title"] for one in page.context["failed"]] == ["Naskah 2"]

    client.post(url("resume_print_batch", round, number=1))
    batch.refresh_from_db()
    assert batch.state == PrintState.WAITING
    client.post(url("stop_print_batch", round, number=1))
    client.post(url("retry_print_batch", round, number=1))
    assert set(batch.items.values_list("state", flat=True)) == {ItemState.WAITING}
    refused = client.post(url("retry_print_batch", round, number=1), follow=True)
    assert [message.level_tag for message in refused.context["messages"]][-1] == "error"


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR])
def test_readers_look_at_batches_and_do_nothing(client: Client, round: Round, role: Role) -> None:
    batch = make_batch(round, make_user(), (ItemState.WAITING,))
    client.force_login(make_user(role, round=round))

    assert client.get(url("print_batches", round)).status_code == 200
    assert client.get(url("print_batch", round, number=1)).context["may_issue"] is False
    for name in ("stop_print_batch", "resume_print_batch", "retry_print_batch"):
        assert client.post(url(name, round, number=1)).status_code == 403
    batch.refresh_from_db()
    assert batch.state == PrintState.WAITING


def test_a_batch_that_is_not_there_is_not_found(client: Client, round: Round, organiser: User) -> None:
    assert client.get(url("print_batch", round, number=7)).status_code == 404
    assert client.get(url("documents_archive", round) + "?cetak=7").status_code == 404


def test_lists_of_batches_cost_the_same_for_one_and_for_thirty(client: Client, round: Round, organiser: User) -> None:
    costs = []
    for more in (1, 29):
        for _ in range(more):
            make_batch(round, organiser, (ItemState.DONE, ItemState.FAILED), state=PrintState.DONE)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url("print_batches", round)).status_code == 200
        costs.append(len(captured))

    assert costs == [costs[0]] * 2
    assert costs[0] <= 12
    numbers = [batch.number for batch in batches_of(round)]
    assert numbers == sorted(numbers, reverse=True)


def test_the_page_of_the_numbers_shows_the_next_ones_and_saves(client: Client, round: Round, organiser: User) -> None:
    page = url("document_numbers", round)
    typed = {"kind": "certificate", "certificate-pattern": "X-{serial:02}", "certificate-first": "9"}

    shown = client.post(page, typed | {"langkah": "contoh"})
    kind = next(one for one in shown.context["kinds"] if one["kind"] == "certificate")
    assert (shown.status_code, kind["examples"]) == (200, ["X-09", "X-10", "X-11"])
    fields = {one["label"]: one["value"] for one in client.get(page).context["fields"]}
    assert fields["{province}"].endswith(f": {round.region.name}")
    assert list(fields) == [f"{{{name}}}" for name in FIELDS]
    assert not NumberingScheme.objects.exists()

    saved = client.post(page, typed | {"langkah": "simpan"})
    assert (saved.status_code, NumberingScheme.objects.get().pattern) == (302, "X-{serial:02}")


def test_a_pattern_that_cannot_be_used_is_told_where_it_was_typed(
    client: Client, round: Round, organiser: User
) -> None:
    typed = {"kind": "minutes", "minutes-pattern": "{nomor}", "minutes-first": "1", "langkah": "simpan"}

    answer = client.post(url("document_numbers", round), typed)

    kind = next(one for one in answer.context["kinds"] if one["kind"] == "minutes")
    assert (answer.status_code, list(kind["form"].errors), kind["is_open"]) == (422, ["pattern"], True)
    assert not NumberingScheme.objects.exists()


def test_an_archive_has_readable_names_in_the_order_of_places_and_prefers_what_is_signed(
    client: Client, round: Round, organiser: User
) -> None:
    first, second, _ = awards_in_force(round)
    plain = make_document(second, content=b"%PDF dua")
    signed = make_document(first, content=b"%PDF satu")
    Document.objects.filter(pk=plain.pk).update(title='../../etc/passwd"\r\n: 测试?.exe ')
    _sign(signed, organiser, b"%PDF satu bertanda tangan")

    answer = client.get(url("documents_archive", round) + "?jenis=certificate")

    archive = zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content)))
    assert {name: archive.read(name) for name in archive.namelist()} == {
        "001 Terbaik I - Kabupaten 53.01 (bertanda tangan).pdf": b"%PDF satu bertanda tangan",
        "002 etc - passwd - - 测试 - .exe.pdf": b"%PDF dua",
    }
    assert answer["Content-Disposition"] == 'attachment; filename="piagam-2024-53.zip"'


def _sign(document: Document, user: User, content: bytes) -> None:
    import hashlib

    SignedFile.objects.create(
        document=document,
        way="own",
        file=default_storage.save("documents/2024/signed.pdf", ContentFile(content)),
        sha256=hashlib.sha256(content).hexdigest(),
        signer="Ketua (contoh)",
        registered_by=user,
        registered_at=AT,
    )


def test_one_pdf_holds_what_was_issued_in_order(client: Client, round: Round, organiser: User) -> None:
    first, second, _ = awards_in_force(round)
    make_document(second, content=b"dua,")
    make_document(first, content=b"satu,")

    answer = client.get(url("documents_print", round) + "?jenis=certificate")

    assert b"".join(answer.streaming_content) == b"satu,dua,"
    assert answer["Content-Disposition"] == 'attachment; filename="piagam-2024-53.pdf"'
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("query", ["?jenis=certificate", "?jenis=minutes", "?berkas=2", "?berkas=0"])
def test_where_nothing_is_to_print_the_page_says_so(client: Client, round: Round, organiser: User, query: str) -> None:
    assert client.get(url("documents_print", round) + query).status_code == 302


@pytest.mark.parametrize("query", ["?jenis=tidak-ada", "?berkas=x", "?cetak=-1", "?berkas=٣", "?cetak=99999999999"])
def test_downloads_that_nobody_links_to_are_not_found(
    client: Client, round: Round, organiser: User, query: str
) -> None:
    assert client.get(url("documents_print", round) + query).status_code == 404


def test_damaged_papers_are_not_put_together(
    client: Client, round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = make_document(awards_in_force(round)[0])
    default_storage.delete(document.file.name)

    answer = client.get(url("documents_print", round), follow=True)

    assert [message.level_tag for message in answer.context["messages"]] == ["error"]


def test_labels_are_for_winners_or_for_everybody(client: Client, round: Round, organiser: User) -> None:
    winners = client.get(url("document_labels", round, whose="pemenang"))
    nominees = client.get(url("document_labels", round, whose="nomine") + "?kosong=5")

    assert winners.content.count(b"Label(") == nominees.content.count(b"Label(") == 3
    assert b"free=5" in nominees.content
    assert b"Terbaik II" in winners.content
    assert b"Terbaik" not in nominees.content
    for wrong in ("tamu", "pemenang"):
        assert client.get(url("document_labels", round, whose=wrong) + "?kosong=24").status_code == 404


def test_the_history_of_a_paper_has_its_events_and_checksums(client: Client, round: Round, organiser: User) -> None:
    client.post(url("documents", round), {"langkah": "kertas", "kertas": ["minutes"]})
    document = Document.objects.get()
    _sign(document, organiser, b"%PDF tertanda")
    client.post(url("revoke_document", round, document_id=document.pk), {"reason": "salah ketik"})

    page = client.get(url("document_history", round, document_id=document.pk))

    assert [one["event"].action for one in page.context["events"]] == ["document.issued", "document.revoked"]
    assert document.sha256 in page.content.decode()
    assert SignedFile.objects.get().sha256 in page.content.decode()
    assert grouped(document.check_code) in page.content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?jenis=certificate", 4),
        ("?jenis=certificate&keadaan=issued", 1),
        ("?jenis=certificate&keadaan=revoked", 1),
        ("?keadaan=signed", 1),
        ("?cari=53.02&jenis=certificate", 2),
        ("?cari=001/paritrana", 1),
        ("?cari=tidak+ada", 0),
        ("?jenis=x", 0),
    ],
)
def test_papers_are_found_by_kind_state_and_name(
    client: Client, round: Round, organiser: User, query: str, found: int
) -> None:
    first, second, _ = awards_in_force(round)
    _sign(make_document(first), organiser, b"%PDF tertanda")
    make_document(second, content=b"%PDF batal", revoked_at=AT, revoked_reason="salah")

    assert client.get(url("documents", round) + query).context["page_obj"].paginator.count == found
