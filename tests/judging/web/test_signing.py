"""The pages of signatures: portions that go on by themselves, files that come back, and no secret in any answer."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.views.debug import ExceptionReporter

from judging.documents.signing import Standing, sign
from judging.documents.signing_keys import open_key
from judging.models import Document, SignedFile, SigningCertificate
from judging.selectors.awards import awards_in_force
from judging.selectors.signing import signed_bytes
from judging.services import signing as services
from judging.web import signing, signing_outside
from judging.web.signing_words import STANDINGS
from nominees.models import Round
from paritrana.accounts.models import Role, User
from tests.factories.awards import make_decided_round, make_document
from tests.factories.signing import PASSPHRASE, issue, make_certificate, make_signed, small_paper
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "stamp_picture", lambda *facts: b"")
    for module in (signing, signing_outside):
        monkeypatch.setattr(module.clock, "now", lambda: AT)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70))


@pytest.fixture
def organiser(client: Client, round: Round) -> User:
    organiser = make_user(Role.ORGANISER, round=round)
    client.force_login(organiser)
    return organiser


@pytest.fixture
def papers(round: Round) -> list[Document]:
    return [
        make_document(award, content=small_paper(f"Piagam {number}"))
        for number, award in enumerate(awards_in_force(round), start=1)
    ]


@pytest.fixture
def certificate(round: Round) -> SigningCertificate:
    return make_certificate(round, issue())


def _url(name: str, round: Round, **kwargs: Any) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": round.scope_code, **kwargs})


def _form(certificate: SigningCertificate, **changed: Any) -> dict[str, Any]:
    return {"jenis": ["certificate"], "sertifikat": certificate.pk, "sandi": PASSPHRASE} | changed


def _elsewhere(text: str) -> bytes:
    return sign(small_paper(text), open_key(issue().file, PASSPHRASE, AT), at=AT, standing=Standing.UNKNOWN)


def test_a_script_sends_portion_after_portion(
    client: Client,
    round: Round,
    organiser: User,
    papers: list[Document],
    certificate: SigningCertificate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signing, "PORTION", 2)

    def portion() -> Any:
        form = _form(certificate, jenis=["certificate", "minutes"])  # of one kind nothing is left to sign
        return client.post(_url("signing", round), form, headers={"accept": "application/json"})

    first, second, third = portion(), portion(), portion()

    assert first.json() == {"signed": 2, "left": 1, "failed": [], "problem": ""}
    assert second.json() == {"signed": 1, "left": 0, "failed": [], "problem": ""}
    assert (third.status_code, third.json()["signed"]) == (422, 0)  # nothing is left to choose
    assert SignedFile.objects.count() == 3


def test_without_a_script_the_next_portion_waits_for_the_passphrase(
    client: Client,
    round: Round,
    organiser: User,
    papers: list[Document],
    certificate: SigningCertificate,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(signing, "PORTION", 2)

    page = client.post(_url("signing", round), _form(certificate))
    done = client.post(_url("signing", round), _form(certificate))

    assert (page.status_code, page.context["left"], page.context["signed"]) == (200, 1, 2)
    assert 'value="certificate"' in page.content.decode()
    assert PASSPHRASE not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert (done.status_code, done["Location"]) == (302, _url("signing", round))


def test_what_failed_is_named_and_left_out_of_the_next_portion(
    client: Client, round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    broken = papers[0]
    broken.file.storage.delete(broken.file.name)
    asked = {"headers": {"accept": "application/json"}}

    first = client.post(_url("signing", round), _form(certificate), **asked).json()
    again = client.post(_url("signing", round), _form(certificate, gagal=[broken.pk]), **asked)

    assert [one["id"] for one in first["failed"]] == [broken.pk]
    assert broken.number in first["failed"][0]["text"]
    assert again.status_code == 422  # nothing else was chosen


def test_a_wrong_passphrase_signs_nothing_and_is_told(
    client: Client, round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    response = client.post(_url("signing", round), _form(certificate, sandi="salah-9931"))

    assert (response.status_code, bool(response.context["problem"])) == (422, True)
    assert "salah-9931" not in response.content.decode()
    assert not SignedFile.objects.exists()


def test_single_papers_can_be_chosen_also_one_signed_meanwhile(
    client: Client, round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    make_signed(papers[0])
    chosen = [papers[0].pk, papers[1].pk]

    response = client.post(_url("signing", round), _form(certificate, jenis=[], berkas=chosen))

    assert response.status_code == 302
    assert set(SignedFile.objects.values_list("document", flat=True)) == set(chosen)


def test_what_is_unsigned_leads_to_signing_it(
    client: Client, round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    paper, revoked, signed = papers
    Document.objects.filter(pk=revoked.pk).update(revoked_at=AT, revoked_reason="salah", revoked_by=organiser)
    make_signed(signed)
    sign = f"{_url('signing', round)}?berkas={paper.pk}"

    states = [row[2].get("url") for row in client.get(_url("signing", round)).context["table"]["rows"]]
    assert states == [sign, None]
    page = client.get(sign)
    assert page.context["form"]["berkas"].value() == [str(paper.pk)]
    assert client.get(_url("signing_certificates", round)).context["usable"] is True
    leads = [
        client.get(_url("paper_signatures", round, document_id=one.pk)).context["sign_url"] for one in (paper, revoked)
    ]
    assert leads == [sign, ""]
    client.force_login(make_user(Role.AUDITOR, round=round))
    assert client.get(_url("paper_signatures", round, document_id=paper.pk)).context["sign_url"] == ""
    assert client.get(_url("signing", round)).context["table"]["rows"][0][2].get("url") is None


@pytest.mark.parametrize("role", [Role.CHAIR, Role.AUDITOR, Role.PANEL_MEMBER])
def test_readers_see_who_signed_and_cannot_sign(
    client: Client, round: Round, certificate: SigningCertificate, papers: list[Document], role: Role
) -> None:
    signed = make_signed(papers[0])
    client.force_login(make_user(role, round=round))

    page = client.get(_url("signing", round))

    assert (page.context["form"], page.context["signed"], page.context["total"]) == (None, 1, 3)
    assert client.get(_url("paper_signatures", round, document_id=papers[0].pk)).status_code == 200
    assert client.get(_url("signed_file", round, signed_id=signed.pk)).content == signed_bytes(signed)
    assert client.post(_url("signing", round), _form(certificate)).status_code == 403


def test_a_certificate_file_is_added_and_withdrawn(client: Client, round: Round, organiser: User) -> None:
    url = _url("signing_certificates", round)
    issued = issue()

    def brought(passphrase: str) -> Any:
        file = SimpleUploadedFile("kunci.p12", issued.file)
        return client.post(url, {"nama": "Setda (contoh)", "berkas": file, "sandi": passphrase})

    refused = brought("salah-9931")
    added = brought(PASSPHRASE)

    assert (refused.status_code, added.status_code) == (422, 302)
    assert "salah-9931" not in refused.content.decode()
    kept = SigningCertificate.objects.get()
    assert kept.fingerprint in client.get(url).content.decode()
    withdraw = _url("signing_certificate_withdraw", round, certificate_id=kept.pk)
    assert client.get(withdraw).status_code == 200
    assert client.post(withdraw).status_code == 302
    kept.refresh_from_db()
    assert kept.withdrawn_at == AT


@pytest.mark.parametrize(
    "stumbles", ["services.signing_certificates.read_certificate_file", "documents.signing_keys.may_sign"]
)
def test_no_report_of_an_error_holds_the_passphrase(
    client: Client, round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch, stumbles: str
) -> None:
    def stumble(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(f"judging.{stumbles}", stumble)
    file = SimpleUploadedFile("kunci.p12", issue().file)
    with pytest.raises(RuntimeError) as error:
        client.post(_url("signing_certificates", round), {"berkas": file, "sandi": PASSPHRASE})

    frames = ExceptionReporter(None, error.type, error.value, error.tb).get_traceback_frames()
    own = [frame for frame in frames if "/judging/" in frame["filename"] and "/tests/" not in frame["filename"]]
    assert len(own) >= 2
    assert PASSPHRASE not in repr([frame["vars"] for frame in own])


def test_a_file_too_large_for_a_certificate_is_not_read(client: Client, round: Round, organiser: User) -> None:
    file = SimpleUploadedFile("kunci.p12", b"x" * 200_000)

    response = client.post(_url("signing_certificates", round), {"berkas": file, "sandi": "x"})

    assert response.context["form"].has_error("berkas", "too_large")


def test_files_and_archives_come_back_and_each_is_answered(
    client: Client, round: Round, organiser: User, papers: list[Document]
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("folder/apa saja.pdf", _elsewhere("Piagam 2"))
        archive.writestr("catatan.txt", "bukan PDF")
        archive.writestr("__MACOSX/._apa saja.pdf", "x")
    files = [
        SimpleUploadedFile("satu.pdf", _elsewhere("Piagam 1")),
        SimpleUploadedFile("semua.zip", packed.getvalue()),
        SimpleUploadedFile("pindai.pdf", small_paper("pindai")),
    ]

    response = client.post(_url("signed_outside", round), {"berkas": files})

    rows = response.context["results"]["rows"]
    assert [(row[0]["text"], row[1]["tone"]) for row in rows] == [
        ("satu.pdf", "success"),
        ("folder/apa saja.pdf", "success"),
        ("pindai.pdf", "danger"),
    ]
    signer = SignedFile.objects.get(document=papers[0]).signer
    own = STANDINGS[Standing.UNCERTIFIED] | {"note": signer}  # the key signed its certificate itself
    assert [row[3] for row in rows] == [own, own, {"text": "–"}]
    assert response.status_code == 422
    assert set(SignedFile.objects.values_list("document", flat=True)) == {papers[0].pk, papers[1].pk}


def test_an_archive_that_unpacks_too_large_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_outside, "LARGEST", 1000)
    monkeypatch.setattr(signing_outside, "MOST_FILES", 2)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(4):
            archive.writestr(f"{number}.pdf", b"0" * 1_000_000)

    found = list(signing_outside.brought([SimpleUploadedFile("bom.zip", packed.getvalue())]))

    assert [(name, len(content)) for name, content in found] == [("0.pdf", 1001), ("1.pdf", 1001)]


def test_the_archives_hold_what_is_unsigned_and_what_is_signed(
    client: Client, round: Round, organiser: User, papers: list[Document]
) -> None:
    make_signed(papers[0], content=b"%PDF bertanda tangan")

    def names(url: str) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(b"".join(client.get(url).streaming_content))) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    unsigned, signed = names(_url("unsigned_archive", round)), names(_url("signed_archive", round))
    assert list(unsigned.values()) == [small_paper("Piagam 2"), small_paper("Piagam 3")]
    assert names(_url("unsigned_archive", round) + "?jenis=minutes") == {}
    assert list(signed.values()) == [b"%PDF bertanda tangan"]
    assert all(name.endswith("-tertanda.pdf") for name in signed)


def test_a_damaged_file_is_told_and_not_handed_out(
    client: Client, round: Round, organiser: User, papers: list[Document]
) -> None:
    signed = make_signed(papers[0])
    signed.file.storage.delete(signed.file.name)
    papers[1].file.storage.delete(papers[1].file.name)

    for url in (
        _url("signed_file", round, signed_id=signed.pk),
        _url("signed_archive", round),
        _url("unsigned_archive", round),
    ):
        assert client.get(url).status_code == 302


def test_withdrawing_asks_for_the_reason(client: Client, round: Round, organiser: User, papers: list[Document]) -> None:
    signed = make_signed(papers[0])
    url = _url("signature_withdraw", round, signed_id=signed.pk)

    assert client.post(url, {"alasan": ""}).status_code == 422
    assert client.post(url, {"alasan": "salah pejabat"}).status_code == 302

    page = client.get(_url("paper_signatures", round, document_id=papers[0].pk))
    assert [form["withdrawable"] for form in page.context["forms"]] == [False]
    assert "salah pejabat" in page.content.decode()


def test_papers_of_another_round_are_not_found(client: Client, round: Round, organiser: User) -> None:
    other = make_decided_round((90,), region_code="52", places=1)
    paper = make_document(awards_in_force(other)[0])

    assert client.get(_url("paper_signatures", round, document_id=paper.pk)).status_code == 404
    for name in ("signed_file", "signature_withdraw"):
        assert client.get(_url(name, round, signed_id=make_signed(paper, superseded_at=AT).pk)).status_code == 404


def test_what_only_ends_like_an_archive_is_read_as_the_pdf_that_it_is() -> None:
    ending = b"PK\x05\x06" + bytes(18)
    brought = signing_outside.brought([SimpleUploadedFile("a.pdf", b"%PDF-1.7" + ending)])

    assert list(brought) == [("a.pdf", b"%PDF-1.7" + ending)]


def test_a_broken_archive_is_one_file_that_cannot_be_read() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.pdf", b"%PDF")
    broken = packed.getvalue().replace(b"PK\x01\x02", b"PK\x00\x00")

    assert list(signing_outside.brought([SimpleUploadedFile("a.zip", broken)])) == [("a.zip", b"")]
