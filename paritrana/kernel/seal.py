"""The installation's own key (Ed25519, RFC 8032): made once, kept in a file that only its owner reads, signs packages.

``cryptography`` is imported where it is needed: most requests sign nothing.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import DomainError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

#: The key file is read and written by its owner alone.
MODE = 0o600
#: Hexadecimal digits of a fingerprint that are read aloud in one breath.
GROUP = 4
SEED_BYTES = 32


class KeyMissing(DomainError):
    """This installation has no key yet; facts ``path``."""

    code = "handover_key_missing"


class KeyUnreadable(DomainError):
    """The key file holds no Ed25519 key; facts ``path``."""

    code = "handover_key_unreadable"


class KeyOpenToOthers(DomainError):
    """Others on the machine may read the key file; facts ``path``."""

    code = "handover_key_open"


@dataclass(frozen=True, slots=True)
class SiteKey:
    """A private key that never leaves this object; ``public`` is its 32 public bytes."""

    _private: "Ed25519PrivateKey"
    public: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the public key, 64 hexadecimal digits."""
        return fingerprint_of(self.public)

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the signature over ``message``; the same message gives the same bytes."""
        return self._private.sign(message)


def fingerprint_of(public: bytes) -> str:
    """Return the SHA-256 of a public key, 64 hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()


def grouped(fingerprint: str) -> str:
    """Return ``fingerprint`` in groups of four, to be read aloud: ``3f9a 1c07 ...``."""
    return " ".join(fingerprint[start : start + GROUP] for start in range(0, len(fingerprint), GROUP))


def make_key(path: Path) -> SiteKey:
    """Make a key and write it to ``path`` with mode 600. Raises ``FileExistsError``: a key is never overwritten."""
    return write_key(path, os.urandom(SEED_BYTES))


def write_key(path: Path, seed: bytes) -> SiteKey:
    """Write the key that grows from the 32 bytes of ``seed`` (RFC 8032) to ``path``, as :func:`make_key` does."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(seed)
    content = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, MODE), "wb") as file:
        file.write(content)
    return _site_key(private)


def read_key(path: Path) -> SiteKey:
    """Return the key in ``path``. Raises :class:`KeyMissing`, :class:`KeyOpenToOthers` or :class:`KeyUnreadable`."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        content, mode = path.read_bytes(), path.stat().st_mode
    except FileNotFoundError:
        raise KeyMissing(path=str(path)) from None
    except OSError:
        raise KeyUnreadable(path=str(path)) from None
    if mode & 0o077:
        raise KeyOpenToOthers(path=str(path))
    try:
        private = serialization.load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyUnreadable(path=str(path)) from None
    if not isinstance(private, Ed25519PrivateKey):
        raise KeyUnreadable(path=str(path))
    return _site_key(private)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``signature`` over ``message`` is by the owner of ``public``; anything malformed is a no."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _site_key(private: "Ed25519PrivateKey") -> SiteKey:
    from cryptography.hazmat.primitives import serialization

    public = private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return SiteKey(private, public)
