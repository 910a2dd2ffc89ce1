"""Certificate files (PKCS#12): what they say of themselves, and opening one for signing.

The passphrase is an argument of the two functions that need it and is kept by nothing. Names are the common name and
the organisation alone: certificates of officials may also hold identity numbers, which are nobody's business here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.views.decorators.debug import sensitive_variables

from paritrana.kernel.errors import DomainError

if TYPE_CHECKING:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization.pkcs12 import PKCS12KeyAndCertificates
    from pyhanko.sign.signers import SimpleSigner

#: Programs hash a passphrase thousands of times; a file of a kilobyte that asks for milliards stops a server.
MOST_ROUNDS = 2_000_000
LOCKED_KEY = "pkcs8_shrouded_key_bag"
SMALLEST_RSA_KEY = 2048  # bits: what the certificate rules of the national provider ask for at least

#: Extended uses under which a certificate may sign documents: any, e-mail, document signing (RFC 9336), and those of
#: Microsoft and Adobe for documents. A certificate that names only others, such as a web server's, may not.
DOCUMENT_USES = frozenset(
    {
        "2.5.29.37.0",
        "1.3.6.1.5.5.7.3.4",
        "1.3.6.1.5.5.7.3.36",
        "1.3.6.1.4.1.311.10.3.12",
        "1.2.840.113583.1.1.5",
    }
)


class CertificateFileUnreadable(DomainError):
    """The file is no PKCS#12 file (.p12, .pfx)."""

    code = "certificate_file_unreadable"


class WrongPassphrase(DomainError):
    """The file does not open with this passphrase."""

    code = "certificate_wrong_passphrase"


class CertificateKeyMissing(DomainError):
    """The file holds no certificate together with its private key."""

    code = "certificate_key_missing"


class CertificateNotForSigning(DomainError):
    """The certificate's own rules do not let it sign documents, or its key is too weak."""

    code = "certificate_not_for_signing"


class CertificateExpired(DomainError):
    """The certificate's time is over; facts ``name``."""

    code = "certificate_expired"


class CertificateNotYetValid(DomainError):
    """The certificate's time has not begun; facts ``name``."""

    code = "certificate_not_yet_valid"


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """What a certificate says. ``fingerprint``: SHA-256 of the certificate; ``serial`` in hexadecimal digits."""

    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    is_self_signed: bool


@dataclass(frozen=True, slots=True)
class Key:
    """A certificate file that was opened; it lives in memory while papers are signed."""

    signer: SimpleSigner
    facts: CertificateFacts


@sensitive_variables("passphrase", "bundle")
def read_certificate_file(content: bytes, passphrase: str) -> CertificateFacts:
    """Return what the certificate in a PKCS#12 file says.

    Raises :class:`CertificateFileUnreadable`, :class:`WrongPassphrase`, :class:`CertificateKeyMissing` and
    :class:`CertificateNotForSigning`. Whether its time has come is asked when it signs.
    """
    bundle = _opened(content, passphrase)
    if bundle.cert is None or bundle.key is None:
        raise CertificateKeyMissing
    certificate = bundle.cert.certificate
    if not may_sign(certificate):
        raise CertificateNotForSigning
    return facts_of(certificate)


@sensitive_variables("passphrase", "signer")
def open_key(content: bytes, passphrase: str, at: datetime) -> Key:
    """Return the key of a PKCS#12 file for signing at ``at``.

    Raises what :func:`read_certificate_file` raises, :class:`CertificateExpired` and :class:`CertificateNotYetValid`.
    """
    from pyhanko.sign.signers import SimpleSigner

    facts = read_certificate_file(content, passphrase)
    if at > facts.valid_until:
        raise CertificateExpired(name=facts.subject)
    if at < facts.valid_from:
        raise CertificateNotYetValid(name=facts.subject)
    signer = SimpleSigner.load_pkcs12_data(content, other_certs=(), passphrase=passphrase.encode())
    return Key(signer, facts)


@sensitive_variables("passphrase")
def _opened(content: bytes, passphrase: str) -> PKCS12KeyAndCertificates:
    import asn1crypto.tsp  # noqa: F401 (adds the kinds of time stamps to a table that is read once, here first)
    from asn1crypto.pkcs12 import Pfx
    from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12

    try:
        file = Pfx.load(content, strict=True)
        # What is not "data" is signed with a key of its own instead of a passphrase.
        is_usual = file["auth_safe"]["content_type"].native == "data" and _most_rounds(file) <= MOST_ROUNDS
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CertificateFileUnreadable from None
    if not is_usual:
        raise CertificateFileUnreadable
    try:
        return load_pkcs12(content, passphrase.encode())
    except Exception:
        raise WrongPassphrase from None


def _most_rounds(file: Any) -> int:
    """Return how often the passphrase is hashed at most, as the file says before anything is opened."""
    from asn1crypto.pkcs12 import SafeContents

    rounds = [file["mac_data"]["iterations"].native] if file["mac_data"].native else []
    for safe in file.authenticated_safe:
        if safe["content_type"].native == "encrypted_data":
            rounds.append(safe["content"]["encrypted_content_info"]["content_encryption_algorithm"].kdf_iterations)
            continue
        keys = (bag for bag in SafeContents.load(safe["content"].native) if bag["bag_id"].native == LOCKED_KEY)
        rounds += [bag["bag_value"]["encryption_algorithm"].kdf_iterations for bag in keys]
    return max(rounds, default=0)


def may_sign(certificate: x509.Certificate) -> bool:
    """Whether the certificate's key usages and its key let it sign documents; rules that it leaves out forbid nothing.

    After RFC 5280, 4.2.1.3 and 4.2.1.12.
    """
    from cryptography import x509
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    extensions = certificate.extensions
    try:
        usage = extensions.get_extension_for_class(x509.KeyUsage).value
        if not (usage.digital_signature or usage.content_commitment):
            return False
    except x509.ExtensionNotFound:
        pass
    try:
        uses = extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        if not DOCUMENT_USES & {use.dotted_string for use in uses}:
            return False
    except x509.ExtensionNotFound:
        pass
    key = certificate.public_key()
    return not isinstance(key, RSAPublicKey) or key.key_size >= SMALLEST_RSA_KEY


def facts_of(certificate: x509.Certificate) -> CertificateFacts:
    """Return what ``certificate`` says; names without anything but common name and organisation."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return CertificateFacts(
        subject=name_text(certificate.subject),
        issuer=name_text(certificate.issuer),
        serial=f"{certificate.serial_number:x}"[:64],
        fingerprint=hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest(),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        is_self_signed=certificate.subject == certificate.issuer,
    )


def name_text(name: x509.Name) -> str:
    """Return common name and organisation, at most 300 characters; a dash for a name that has neither."""
    from cryptography.x509.oid import NameOID

    found = [
        str(attribute.value)
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)
        for attribute in name.get_attributes_for_oid(oid)
    ]
    return (", ".join(dict.fromkeys(found)) or "–")[:300]
