"""Certificate files of the province: brought with their passphrase, which is used to read them and then forgotten."""

import hashlib
from datetime import datetime

from django.views.decorators.debug import sensitive_variables

from judging import audit_actions as actions
from judging.documents.signing_keys import CertificateExpired, CertificateFacts, read_certificate_file
from judging.models import SigningCertificate
from judging.permissions.signing import can_sign_papers
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .signing import CertificateWithdrawn

LARGEST = 100 * 1024  # bytes; a chain of certificates with its key has a few thousand


class CertificateKnown(DomainError):
    """The same certificate was added to this round and not withdrawn."""

    code = "certificate_known"


@sensitive_variables("passphrase", "content")
def add_certificate(
    *, round: Round, name: str, content: bytes, passphrase: str, actor: User, at: datetime
) -> SigningCertificate:
    """Keep a certificate file as it is, still locked by its passphrase. ``name``: what people call it.

    Raises ``NotPermitted``, ``CertificateFileUnreadable``, ``WrongPassphrase``, ``CertificateKeyMissing``,
    ``CertificateNotForSigning``, ``CertificateExpired``, :class:`CertificateKnown`.
    """
    can_sign_papers(actor, round).require()
    facts = read_certificate_file(content, passphrase)
    if at > facts.valid_until:
        raise CertificateExpired(name=facts.subject)
    called = name.strip()[:120] or facts.subject[:120]
    return _added(round=round, name=called, content=content, facts=facts, actor=actor, at=at)


@atomic_service
def _added(
    *, round: Round, name: str, content: bytes, facts: CertificateFacts, actor: User, at: datetime
) -> SigningCertificate:
    round = locked_round(round.pk)
    can_sign_papers(actor, round).require()
    if round.signing_certificates.filter(fingerprint=facts.fingerprint, withdrawn_at=None).exists():
        raise CertificateKnown
    certificate = SigningCertificate.objects.create(
        round=round,
        name=name,
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        fingerprint=facts.fingerprint,
        subject=facts.subject,
        issuer=facts.issuer,
        serial=facts.serial,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
        is_self_signed=facts.is_self_signed,
        added_by=actor,
        added_at=at,
    )
    _record(actions.SIGNING_CERTIFICATE_ADDED, certificate, actor, at)
    return certificate


@atomic_service
def withdraw_certificate(*, certificate: SigningCertificate, actor: User, at: datetime) -> SigningCertificate:
    """Let nothing more be signed with the file; what was signed stays.

    Raises ``NotPermitted``, ``CertificateWithdrawn``.
    """
    round = locked_round(certificate.round_id)
    can_sign_papers(actor, round).require()
    found = SigningCertificate.objects.select_for_update(of=("self",)).select_related("round").get(pk=certificate.pk)
    if found.withdrawn_at:
        raise CertificateWithdrawn
    found.withdrawn_at, found.withdrawn_by = at, actor
    found.save(update_fields=["withdrawn_at", "withdrawn_by"])
    _record(actions.SIGNING_CERTIFICATE_WITHDRAWN, found, actor, at)
    return found


def _record(action: str, certificate: SigningCertificate, actor: User, at: datetime) -> None:
    facts = {"subject": certificate.subject, "issuer": certificate.issuer, "fingerprint": certificate.fingerprint}
    record(action=action, actor=actor, at=at, target=certificate, chain=certificate.round.scope, payload=facts)
