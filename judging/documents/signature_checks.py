"""What is found in a signed file: who signed, whether anything was changed since, and whom the certificate rests on.

pyHanko checks the signatures. That they are whole is not enough here: whoever appends to a file may draw its pages anew
before signing. So the pages are compared with those that were issued (``page_marks``).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from paritrana.kernel.errors import DomainError

from .signing import Standing
from .signing_keys import Key, facts_of

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.validation import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext


class SignedFileUnreadable(DomainError):
    """The file is no PDF, is locked by a password, or is broken."""

    code = "signed_file_unreadable"


class SignedFileUnsigned(DomainError):
    """The PDF holds no signature."""

    code = "signed_file_unsigned"


class SignedFileBroken(DomainError):
    """A signature does not fit the file: it was changed after signing, or is not a signature that can be checked."""

    code = "signed_file_broken"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature; ``signed_at`` is what it says of itself, unless ``stamped_at`` proves a time.

    ``problem``: why the certificate could not be led back to a root, in the words of ETSI EN 319 102-1; else empty.
    """

    signer: str
    issuer: str
    serial: str
    fingerprint: str
    signed_at: datetime | None
    stamped_at: datetime | None
    standing: Standing
    problem: str

    def document(self) -> dict[str, Any]:
        """Return the plain values that are stored with the file."""
        return {
            "signer": self.signer,
            "issuer": self.issuer,
            "serial": self.serial,
            "fingerprint": self.fingerprint,
            "signed_at": self.signed_at.isoformat() if self.signed_at else None,
            "stamped_at": self.stamped_at.isoformat() if self.stamped_at else None,
            "standing": str(self.standing),
            "problem": self.problem,
        }


def examined(content: bytes, *, roots: Sequence[Certificate], at: datetime) -> list[Signature]:
    """Return the signatures in a PDF, oldest first; each is whole, and nothing but signatures came after it.

    A certificate that leads to one of ``roots`` is certified in the sense of PP 71/2019; one that leads to none, or
    that signed itself, is uncertified; without any roots, or where its time is over at ``at``, nothing is said. Nothing
    is fetched, so a revoked certificate is not noticed unless the file itself brings the list.

    Raises :class:`SignedFileUnreadable`, :class:`SignedFileUnsigned`, :class:`SignedFileBroken`.
    """
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(io.BytesIO(content))
        signatures = reader.embedded_regular_signatures
        if reader.encrypted:
            raise SignedFileUnreadable
    except (PdfError, ValueError, KeyError, TypeError, AttributeError):
        raise SignedFileUnreadable from None
    if not signatures:
        raise SignedFileUnsigned
    return [_examined(one, roots, at) for one in signatures]


def _examined(signature: EmbeddedPdfSignature, roots: Sequence[Certificate], at: datetime) -> Signature:
    from cryptography.x509 import load_der_x509_certificate

    status = _status(signature, roots, at)
    facts = facts_of(load_der_x509_certificate(status.signing_cert.dump()))
    stamp = status.timestamp_validity
    problem = status.trust_problem_indic
    return Signature(
        signer=facts.subject,
        issuer=facts.issuer,
        serial=facts.serial,
        fingerprint=facts.fingerprint,
        signed_at=status.signer_reported_dt,
        stamped_at=stamp.timestamp if stamp and stamp.valid and stamp.intact else None,
        standing=_standing(status, has_roots=bool(roots), is_self_signed=facts.is_self_signed),
        problem=str(getattr(problem, "name", "")),
    )


def _status(signature: EmbeddedPdfSignature, roots: Sequence[Certificate], at: datetime) -> PdfSignatureStatus:
    """Return what pyHanko finds; a file that does not fit its signature is refused."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints

    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    try:
        status = validate_pdf_signature(signature, _trust(roots, at), key_usage_settings=usage)
    except Exception as error:  # whatever a forged or broken structure makes it stumble over
        raise SignedFileBroken from error
    level = status.modification_level
    harmless = (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING)
    if not (status.intact and status.valid and status.docmdp_ok and level in harmless):
        raise SignedFileBroken
    return status


def _standing(status: PdfSignatureStatus, *, has_roots: bool, is_self_signed: bool) -> Standing:
    from pyhanko.sign.ades.report import AdESIndeterminate

    if status.trusted and not is_self_signed:
        return Standing.CERTIFIED
    no_chain = status.trust_problem_indic == AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND
    return Standing.UNCERTIFIED if is_self_signed or (has_roots and no_chain) else Standing.UNKNOWN


def certificate_standing(key: Key, *, roots: Sequence[Certificate], at: datetime) -> Standing:
    """Return what a signature by ``key`` will be, as :func:`examined` would say of it."""
    import asyncio

    from pyhanko_certvalidator import CertificateValidator
    from pyhanko_certvalidator.errors import PathBuildingError, ValidationError

    if key.facts.is_self_signed:
        return Standing.UNCERTIFIED
    if not roots:
        return Standing.UNKNOWN
    chain = list(key.signer.cert_registry)
    validator = CertificateValidator(key.signer.signing_cert, chain, validation_context=_trust(roots, at))
    try:
        asyncio.run(validator.async_validate_path())
    except PathBuildingError:
        return Standing.UNCERTIFIED
    except ValidationError:
        return Standing.UNKNOWN
    return Standing.CERTIFIED


def _trust(roots: Sequence[Certificate], at: datetime) -> ValidationContext:
    from pyhanko_certvalidator import ValidationContext

    return ValidationContext(trust_roots=list(roots), moment=at, allow_fetching=False, revocation_mode="soft-fail")


def roots_in(folder: str) -> list[Certificate]:
    """Return the certificates of the files in ``folder`` (.pem, .crt, .cer); no folder, no roots.

    A file that is no certificate raises ValueError: a root that is left out silently would change what is said.
    """
    from pyhanko.keys import load_cert_from_pemder

    if not folder:
        return []
    files = sorted(file for file in Path(folder).iterdir() if file.suffix in (".pem", ".crt", ".cer"))
    return [load_cert_from_pemder(str(file)) for file in files]  # type: ignore[no-untyped-call] # pyHanko types most
