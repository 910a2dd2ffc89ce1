"""Certificate files are kept locked, once each, with what they say of themselves; the passphrase is forgotten."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from judging.documents.signing_keys import (
    CertificateExpired,
    CertificateFileUnreadable,
    CertificateNotForSigning,
    WrongPassphrase,
)
from judging.models import SigningCertificate
from judging.selectors.signing import usable_certificates
from judging.services.signing import CertificateWithdrawn
from judging.services.signing_certificates import CertificateKnown, add_certificate, withdraw_certificate
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.signing import PASSPHRASE, issue, make_certificate, secretary, web_server
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_round(state=State.DECIDED)


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def _add(round: Round, actor: User, content: bytes = b"", passphrase: str = PASSPHRASE) -> SigningCertificate:
    return add_certificate(
        round=round,
        name=" Setda (contoh) ",
        content=content or secretary().file,
        passphrase=passphrase,
        actor=actor,
        at=AT,
    )


def test_a_certificate_file_is_kept_locked_with_what_it_says(round: Round, organiser: User) -> None:
    content = secretary().file

    certificate = _add(round, organiser, content)

    certificate.refresh_from_db()
    assert bytes(certificate.content) == content
    assert certificate.name == "Setda (contoh)"
    assert certificate.subject == "Sekretaris Daerah (contoh), Pemerintah Provinsi (contoh)"
    assert (certificate.valid_from, certificate.valid_until) == (AT - timedelta(days=30), AT + timedelta(days=300))
    assert not certificate.is_self_signed
    assert list(usable_certificates(round)) == [certificate]
    event = AuditEvent.objects.get(action="signing.certificate_added")
    assert certificate.fingerprint in str(event.payload)
    assert PASSPHRASE not in str(list(AuditEvent.objects.values()) + list(SigningCertificate.objects.values()))


@pytest.mark.parametrize(
    ("content", "passphrase", "error"),
    [
        (secretary().file, "salah", WrongPassphrase),
        (b"bukan sertifikat", PASSPHRASE, CertificateFileUnreadable),
        (web_server().file, PASSPHRASE, CertificateNotForSigning),
        (issue(ends=AT - timedelta(days=1)).file, PASSPHRASE, CertificateExpired),
    ],
)
def test_what_cannot_sign_is_not_kept(
    round: Round, organiser: User, content: bytes, passphrase: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _add(round, organiser, content, passphrase)

    assert not SigningCertificate.objects.exists()


def test_one_that_is_valid_later_can_be_brought_early(round: Round, organiser: User) -> None:
    assert _add(round, organiser, issue(begins=AT + timedelta(days=1)).file).pk


def test_the_same_certificate_is_kept_once_until_it_is_withdrawn(round: Round, organiser: User) -> None:
    first = _add(round, organiser)
    with pytest.raises(CertificateKnown):
        _add(round, organiser, secretary().file)

    withdraw_certificate(certificate=first, actor=organiser, at=AT)
    with pytest.raises(CertificateWithdrawn):
        withdraw_certificate(certificate=first, actor=organiser, at=AT)

    assert _add(round, organiser) != first
    first.refresh_from_db()
    assert (first.withdrawn_at, first.withdrawn_by) == (AT, organiser)
    assert AuditEvent.objects.filter(action="signing.certificate_withdrawn").count() == 1


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_organiser_and_secretariat_keep_certificate_files(round: Round, role: Role) -> None:
    actor, kept = make_user(role, round=round), make_certificate(round)

    with pytest.raises(NotPermitted):
        _add(round, actor)
    with pytest.raises(NotPermitted):
        withdraw_certificate(certificate=kept, actor=actor, at=AT)
    assert _add(round, make_user(Role.SECRETARIAT, round=round))


@pytest.mark.parametrize("change", [{"content": b"lain"}, {"fingerprint": "0" * 64}, {"name": "lain"}])
def test_the_database_keeps_a_certificate_as_it_was_brought(round: Round, change: dict[str, object]) -> None:
    kept = make_certificate(round)

    with pytest.raises(IntegrityError), transaction.atomic():
        SigningCertificate.objects.filter(pk=kept.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningCertificate.objects.filter(pk=kept.pk)._raw_delete("default")
