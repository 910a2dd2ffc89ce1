"""Signing issued papers with a certificate file of the province, and withdrawing what was signed.

A signature takes a tenth of a second and is made before the transaction, one paper at a time. The passphrase is used
and forgotten: it is no part of any row, event or message.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.views.decorators.debug import sensitive_variables

from judging import audit_actions as actions
from judging.documents.signature_checks import Signature, certificate_standing, examined, roots_in
from judging.documents.signing import sign, stamp_picture
from judging.documents.signing_keys import Key, open_key
from judging.documents.timestamps import stamper
from judging.models import Document, SignatureWay, SignedFile, SigningCertificate
from judging.permissions.signing import can_sign_papers
from judging.selectors.documents import documents_of, stored_bytes
from judging.selectors.signing import can_be_signed
from judging.selectors.tabulations import canonical
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

#: How many papers one request signs, so that it answers within a few seconds.
PORTION = 20
APPENDED, REWRITTEN = "appended", "rewritten"


class CertificateWithdrawn(DomainError):
    """The certificate file was withdrawn, or is another round's."""

    code = "certificate_withdrawn"


class PaperNotToSign(DomainError):
    """The paper is no PDF, or no longer stands; facts ``number``."""

    code = "paper_not_to_sign"


class PaperSignedAlready(DomainError):
    """The paper has a signed form, and no reason to replace it was given; facts ``number``."""

    code = "paper_signed_already"


class PaperNotSignable(DomainError):
    """The file of the paper takes no signature; facts ``number``."""

    code = "paper_not_signable"


class SignatureReasonMissing(DomainError):
    """A signed form is withdrawn with a reason."""

    code = "signature_reason_missing"


class SignatureWithdrawnAlready(DomainError):
    """The signed form was replaced or withdrawn before; facts ``number``."""

    code = "signature_withdrawn_already"


@dataclass(frozen=True, slots=True)
class Failure:
    """A paper that was not signed, and why."""

    document: Document
    error: DomainError


@dataclass(frozen=True, slots=True)
class Signed:
    """What came of one portion; ``skipped``: papers that somebody else had signed meanwhile."""

    done: list[SignedFile]
    skipped: list[Document]
    failed: list[Failure]


@dataclass(frozen=True, slots=True)
class NewForm:
    """A signed form before it is registered; ``kind`` says whether it was appended or written anew."""

    document: Document
    content: bytes
    signatures: Sequence[Signature]
    way: SignatureWay
    kind: str
    certificate: SigningCertificate | None = None


@dataclass(frozen=True, slots=True)
class _Session:
    """What the papers of one request are signed with; it holds the opened key and ends with the request."""

    certificate: SigningCertificate
    roots: Sequence[Any]
    at: datetime
    sign: Callable[[bytes], bytes]


@sensitive_variables("passphrase", "session")
def sign_papers(
    *,
    round: Round,
    certificate: SigningCertificate,
    passphrase: str,
    documents: Sequence[int],
    actor: User,
    at: datetime,
) -> Signed:
    """Sign the papers with these ids, in this order, with the certificate file; each is registered by itself.

    What has a signed form is left as it is. Raises ``NotPermitted``, :class:`CertificateWithdrawn`,
    ``WrongPassphrase``, ``CertificateExpired``, ``CertificateNotYetValid``; what stops one paper only is in ``failed``.
    """
    can_sign_papers(actor, round).require()
    if certificate.withdrawn_at or certificate.round_id != round.pk:
        raise CertificateWithdrawn
    session = _session(round, certificate, open_key(bytes(certificate.content), passphrase, at), at)
    answer = Signed([], [], [])
    for document in _chosen(round, documents):
        try:
            answer.done.append(keep(form=_signed(document, session), actor=actor, at=at))
        except PaperSignedAlready:
            answer.skipped.append(document)
        except DomainError as error:
            answer.failed.append(Failure(document, error))
    return answer


@sensitive_variables("key")
def _session(round: Round, certificate: SigningCertificate, key: Key, at: datetime) -> _Session:
    roots = roots_in(settings.SIGNATURE_ROOTS)
    standing = certificate_standing(key, roots=roots, at=at)
    return _Session(
        certificate=certificate,
        roots=roots,
        at=at,
        sign=partial(
            sign,
            key=key,
            at=at,
            standing=standing,
            place=round.city,
            stamp=stamp_picture(key.facts.subject, standing, at, round.time_zone),
            timestamper=stamper(settings.SIGNATURE_TSA),
        ),
    )


def _chosen(round: Round, documents: Sequence[int]) -> list[Document]:
    """Return the papers of these ids in this order; those of another round are left out."""
    found = documents_of(round).in_bulk(documents)
    return [found[number] for number in dict.fromkeys(documents) if number in found]


def _signed(document: Document, session: _Session) -> NewForm:
    """Sign one paper and look at what came out with the eyes of a stranger before it is registered."""
    from pikepdf import PdfError as PdfUnreadable
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    if not can_be_signed(document):
        raise PaperNotToSign(number=document.number)
    if document.signed_files.filter(superseded_at=None).exists():
        raise PaperSignedAlready(number=document.number)
    issued = stored_bytes(document)
    try:
        content = session.sign(issued)
    except (PdfError, PdfUnreadable, SigningError) as error:
        raise PaperNotSignable(number=document.number) from error
    if not content.startswith(issued):
        raise PaperNotSignable(number=document.number)
    signatures = examined(content, roots=session.roots, at=session.at)
    return NewForm(document, content, signatures, SignatureWay.OWN, APPENDED, session.certificate)


def keep(*, form: NewForm, actor: User, at: datetime, reason: str = "") -> SignedFile:
    """Store the bytes of a signed form and register it; with a ``reason`` it takes the place of another.

    Raises ``NotPermitted``, :class:`PaperNotToSign`, :class:`PaperSignedAlready`; no file stays behind then.
    """
    digest = hashlib.sha256(form.content).hexdigest()
    folder = f"documents/{form.document.round.edition.assessment_year}"
    name = default_storage.save(f"{folder}/{digest[:32]}.pdf", ContentFile(form.content))
    try:
        return _kept(form=form, name=name, digest=digest, actor=actor, at=at, reason=reason.strip()[:300])
    except BaseException:
        default_storage.delete(name)
        raise


@atomic_service
def _kept(*, form: NewForm, name: str, digest: str, actor: User, at: datetime, reason: str) -> SignedFile:
    round = locked_round(form.document.round_id)
    can_sign_papers(actor, round).require()
    document = documents_of(round).select_for_update(of=("self",)).get(pk=form.document.pk)
    if not can_be_signed(document):
        raise PaperNotToSign(number=document.number)
    before = document.signed_files.filter(superseded_at=None).first()
    if before and not reason:
        raise PaperSignedAlready(number=document.number)
    if before:
        _withdrawn(before, reason, actor, at)
    last = form.signatures[-1]
    signed = SignedFile.objects.create(
        document=document,
        way=form.way,
        certificate=form.certificate,
        file=name,
        sha256=digest,
        signer="; ".join(dict.fromkeys(one.signer for one in form.signatures))[:300],
        issuer=last.issuer,
        signed_at=last.stamped_at or last.signed_at,
        report=canonical({"kind": form.kind, "signatures": [one.document() for one in form.signatures]}),
        registered_by=actor,
        registered_at=at,
    )
    facts = {"number": document.number, "way": form.way, "kind": form.kind, "sha256": digest, "signer": signed.signer}
    facts |= {"replaces": before.sha256, "reason": reason} if before else {}
    record(action=actions.DOCUMENT_SIGNED, actor=actor, at=at, target=document, chain=round.scope, payload=facts)
    return signed


@atomic_service
def withdraw_signature(*, signed: SignedFile, reason: str, actor: User, at: datetime) -> SignedFile:
    """Withdraw a signed form: it stays stored and listed, and the paper counts as unsigned again.

    Raises ``NotPermitted``, :class:`SignatureReasonMissing`, :class:`SignatureWithdrawnAlready`.
    """
    round = locked_round(signed.document.round_id)
    can_sign_papers(actor, round).require()
    found = SignedFile.objects.select_for_update(of=("self",)).select_related("document").get(pk=signed.pk)
    number = found.document.number
    if found.superseded_at:
        raise SignatureWithdrawnAlready(number=number)
    if not reason.strip():
        raise SignatureReasonMissing
    _withdrawn(found, reason.strip()[:300], actor, at)
    facts = {"number": number, "sha256": found.sha256, "reason": found.superseded_reason}
    record(
        action=actions.SIGNATURE_WITHDRAWN, actor=actor, at=at, target=found.document, chain=round.scope, payload=facts
    )
    return found


def _withdrawn(signed: SignedFile, reason: str, actor: User, at: datetime) -> None:
    signed.superseded_at, signed.superseded_by, signed.superseded_reason = at, actor, reason
    signed.save(update_fields=["superseded_at", "superseded_by", "superseded_reason"])
