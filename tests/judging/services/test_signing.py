"""Papers are signed one by one, registered with their checksum, and nothing of a passphrase stays anywhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from judging.documents.signature_checks import examined
from judging.documents.signing_keys import CertificateExpired, CertificateNotYetValid, WrongPassphrase
from judging.models import Document, DocumentKind, SignedFile, SigningCertificate
from judging.selectors import signing as selectors
from judging.selectors.awards import awards_in_force
from judging.selectors.documents import DocumentDamaged, stored_bytes
from judging.selectors.signing import report_of, signed_bytes, signing_rows, unsigned_papers
from judging.services import signing
from judging.services.signing import (
    CertificateWithdrawn,
    PaperNotToSign,
    PaperSignedAlready,
    SignatureReasonMissing,
    SignatureWithdrawnAlready,
    Signed,
    sign_papers,
    withdraw_signature,
)
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round, make_document
from tests.factories.signing import PASSPHRASE, make_certificate, make_signed, roots_folder, secretary, small_paper
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _quick_stamp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "stamp_picture", lambda *facts: b"%PDF: no paper here leaves room for it")


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


@pytest.fixture
def certificate(round: Round) -> SigningCertificate:
    return make_certificate(round, secretary())


@pytest.fixture
def papers(round: Round) -> list[Document]:
    first, second = awards_in_force(round)
    return [
        make_document(first, content=small_paper("Piagam 1")),
        make_document(second, content=small_paper("Piagam 2")),
    ]


def _sign(certificate: SigningCertificate, papers: list[Document], actor: User, **changed: Any) -> Signed:
    told = {"passphrase": PASSPHRASE, "at": AT} | changed
    return sign_papers(
        round=certificate.round, certificate=certificate, documents=[one.pk for one in papers], actor=actor, **told
    )


def test_signed_papers_begin_with_what_was_issued_and_are_registered(
    round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    done = _sign(certificate, papers, organiser)

    assert ([one.document for one in done.done], done.skipped, done.failed) == (papers, [], [])
    for paper, signed in zip(papers, done.done, strict=True):
        content = signed_bytes(signed)
        assert content.startswith(stored_bytes(paper))
        assert examined(content, roots=[], at=AT)[0].signed_at == AT
        assert (signed.signed_at, signed.registered_by, signed.certificate) == (AT, organiser, certificate)
        report = report_of(signed)
        assert (report.rewritten, report.standing, report.stamped_at) == (False, "unknown", "")
    assert unsigned_papers(round) == []
    events = AuditEvent.objects.filter(action="document.signed")
    assert {event.object_id for event in events} == {str(paper.pk) for paper in papers}


def test_with_its_root_known_a_signature_is_called_certified(
    round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document], settings: Any, tmp_path: Any
) -> None:
    settings.SIGNATURE_ROOTS = roots_folder(tmp_path)

    (signed,) = _sign(certificate, papers[:1], organiser).done

    assert report_of(signed).standing == "certified"


def test_no_passphrase_stays_anywhere(
    organiser: User, certificate: SigningCertificate, papers: list[Document], caplog: pytest.LogCaptureFixture
) -> None:
    _sign(certificate, papers, organiser)
    with pytest.raises(WrongPassphrase) as refusal:
        _sign(certificate, papers, organiser, passphrase="rahasia-lain-8842")

    rows = [*AuditEvent.objects.values(), *SignedFile.objects.values(), *SigningCertificate.objects.values()]
    for secret in (PASSPHRASE, "rahasia-lain-8842"):
        assert secret not in f"{rows} {caplog.text} {refusal.value} {refusal.value.facts}"


def test_a_paper_that_was_signed_meanwhile_is_skipped(
    organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    before = make_signed(papers[0])

    again = _sign(certificate, papers, organiser)

    assert (again.skipped, [one.document for one in again.done]) == ([papers[0]], [papers[1]])
    assert SignedFile.objects.get(document=papers[0]) == before


def test_what_stops_one_paper_stops_no_other(
    round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    no_pdf = make_document(awards_in_force(round)[0], content=b"bukan PDF", revoked_at=AT)
    default_storage.delete(papers[0].file.name)

    done = _sign(certificate, [no_pdf, *papers], organiser)

    assert [one.document for one in done.done] == [papers[1]]
    assert [(one.document, type(one.error)) for one in done.failed] == [
        (no_pdf, PaperNotToSign),
        (papers[0], DocumentDamaged),
    ]


def test_a_file_that_takes_no_signature_is_named(
    round: Round, organiser: User, certificate: SigningCertificate
) -> None:
    broken = make_document(awards_in_force(round)[0], content=b"%PDF-1.7 contoh")

    (failure,) = _sign(certificate, [broken], organiser).failed

    assert failure.error.code == "paper_not_signable"
    assert not SignedFile.objects.exists()


def test_papers_of_another_round_are_left_out(organiser: User, certificate: SigningCertificate) -> None:
    other = make_decided_round((90,), region_code="52", places=1)
    foreign = make_document(awards_in_force(other)[0], content=small_paper())

    done = _sign(certificate, [foreign], organiser)

    assert (done.done, done.skipped, done.failed) == ([], [], [])


@pytest.mark.parametrize(("days", "error"), [(301, CertificateExpired), (-31, CertificateNotYetValid)])
def test_a_certificate_signs_only_in_its_time(
    organiser: User, certificate: SigningCertificate, papers: list[Document], days: int, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _sign(certificate, papers, organiser, at=AT + days * DAY)


def test_a_withdrawn_certificate_and_another_rounds_sign_nothing(
    round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    foreign = make_certificate(make_decided_round((90,), region_code="52", places=1), secretary())
    certificate.withdrawn_at = AT

    for one in (certificate, foreign):
        with pytest.raises(CertificateWithdrawn):
            sign_papers(
                round=round,
                certificate=one,
                passphrase=PASSPHRASE,
                documents=[papers[0].pk],
                actor=organiser,
                at=AT,
            )


def test_a_failure_leaves_no_file_and_no_row(
    organiser: User, certificate: SigningCertificate, papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = set(default_storage.listdir("documents/2024")[1]) if default_storage.exists("documents/2024") else set()
    monkeypatch.setattr(signing, "record", lambda **_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        _sign(certificate, papers, organiser)

    after = set(default_storage.listdir("documents/2024")[1]) if default_storage.exists("documents/2024") else set()
    assert after == before
    assert not SignedFile.objects.exists()


def test_a_withdrawn_form_stays_and_the_paper_can_be_signed_again(
    organiser: User, certificate: SigningCertificate, papers: list[Document]
) -> None:
    (signed,) = _sign(certificate, papers[:1], organiser).done

    withdraw_signature(signed=signed, reason=" salah pejabat ", actor=organiser, at=AT + DAY)
    (again,) = _sign(certificate, papers[:1], organiser).done

    signed.refresh_from_db()
    assert (signed.superseded_at, signed.superseded_by, signed.superseded_reason) == (
        AT + DAY,
        organiser,
        "salah pejabat",
    )
    assert signed_bytes(signed) != signed_bytes(again)
    assert AuditEvent.objects.get(action="document.signature_withdrawn").object_id == str(papers[0].pk)


def test_withdrawing_needs_a_reason_and_happens_once(organiser: User, papers: list[Document]) -> None:
    signed = make_signed(papers[0])

    with pytest.raises(SignatureReasonMissing):
        withdraw_signature(signed=signed, reason="  ", actor=organiser, at=AT)
    withdraw_signature(signed=signed, reason="salah", actor=organiser, at=AT)
    with pytest.raises(SignatureWithdrawnAlready):
        withdraw_signature(signed=signed, reason="lagi", actor=organiser, at=AT)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_organiser_and_secretariat_sign_and_withdraw(
    round: Round, certificate: SigningCertificate, papers: list[Document], role: Role
) -> None:
    actor = make_user(role, round=round)

    with pytest.raises(NotPermitted):
        _sign(certificate, papers, actor)
    with pytest.raises(NotPermitted):
        withdraw_signature(signed=make_signed(papers[0]), reason="salah", actor=actor, at=AT)


@pytest.mark.parametrize("state", [State.SCORING, State.PLENARY, State.CLOSED])
def test_nothing_is_signed_outside_decided_and_announced(
    round: Round, organiser: User, certificate: SigningCertificate, papers: list[Document], state: State
) -> None:
    assert len(_sign(certificate, papers[:1], organiser).done) == 1
    round.state = state
    round.save()

    with pytest.raises(NotPermitted):
        _sign(SigningCertificate.objects.get(), papers[1:], organiser)


def test_two_people_signing_at_once_register_one_form(
    organiser: User, certificate: SigningCertificate, papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    find = signing.examined

    def find_slowly(content: bytes, **told: Any) -> Any:
        make_signed(papers[0])
        return find(content, **told)

    monkeypatch.setattr(signing, "examined", find_slowly)

    done = _sign(certificate, papers[:1], organiser)

    assert (done.done, done.skipped) == ([], [papers[0]])
    assert SignedFile.objects.count() == 1


def test_a_registered_file_that_was_tampered_with_is_not_handed_out(papers: list[Document]) -> None:
    signed = make_signed(papers[0])
    default_storage.delete(signed.file.name)

    with pytest.raises(DocumentDamaged):
        signed_bytes(signed)


def test_revoked_papers_and_what_is_no_pdf_cannot_be_signed(
    round: Round, papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    Document.objects.filter(pk=papers[0].pk).update(revoked_at=AT, revoked_reason="salah")
    assert [row.document for row in signing_rows(round)] == papers[1:]

    monkeypatch.setattr(selectors, "UNSIGNABLE", (DocumentKind.CERTIFICATE,))
    assert signing_rows(round) == []


def test_reading_the_rows_costs_the_same_whatever_their_number(round: Round, papers: list[Document]) -> None:
    costs = []
    for paper in papers:
        make_signed(paper)
        with CaptureQueriesContext(connection) as captured:
            assert len(signing_rows(round)) == 2
        costs.append(len(captured))

    assert costs == [2, 2]


def test_the_error_of_a_signed_paper_carries_its_number() -> None:
    assert PaperSignedAlready(number="1").facts == {"number": "1"}


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"report": "{}"}, {"signer": "lain"}, {"file": "lain.pdf"}])
def test_the_database_keeps_a_signed_form_as_it_was_registered(
    papers: list[Document], change: dict[str, object]
) -> None:
    kept = SignedFile.objects.filter(pk=make_signed(papers[0]).pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        kept.update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        kept._raw_delete("default")
    kept.update(superseded_at=AT, superseded_reason="salah")
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.update(superseded_at=None)
