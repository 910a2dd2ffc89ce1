"""Keys, certificates and certificate files as a province may have them, and small papers to sign; all (contoh)."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging.models import Document, SignatureWay, SignedFile, SigningCertificate
from judging.selectors.tabulations import canonical
from nominees.models import Round
from paritrana.accounts.models import User
from tests.factories.world import AT, make_user

PASSPHRASE = "kata sandi (contoh)"
SECRETARY = "Sekretaris Daerah (contoh)"
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Issued:
    """A certificate with its key and its issuer."""

    key: PrivateKey
    certificate: x509.Certificate
    issuer: "Issued | None" = None

    @property
    def file(self) -> bytes:
        """The certificate file (PKCS#12), locked by ``PASSPHRASE``."""
        chain = [self.issuer.certificate] if self.issuer else None
        locked = BestAvailableEncryption(PASSPHRASE.encode())
        return pkcs12.serialize_key_and_certificates(b"contoh", self.key, self.certificate, chain, locked)


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Pemerintah Provinsi (contoh)"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, "5371000000000001"),
        ]
    )


def issue(
    common: str = SECRETARY,
    issuer: Issued | None = None,
    *,
    is_authority: bool = False,
    begins: datetime = AT - timedelta(days=30),
    ends: datetime = AT + timedelta(days=300),
    uses: Sequence[x509.ObjectIdentifier] = (),
    key: PrivateKey | None = None,
) -> Issued:
    """Return a new certificate; without an issuer it signs itself."""
    key = key or ec.generate_private_key(ec.SECP256R1())
    usage = x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(common))
        .issuer_name(issuer.certificate.subject if issuer else _name(common))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .add_extension(usage, critical=True)
    )
    if uses:
        builder = builder.add_extension(x509.ExtendedKeyUsage(list(uses)), critical=False)
    return Issued(key, builder.sign(issuer.key if issuer else key, hashes.SHA256()), issuer)


@cache
def authority() -> Issued:
    """Return the root that the fixtures' provider signs with."""
    return issue("Induk Penyelenggara (contoh)", is_authority=True)


@cache
def secretary() -> Issued:
    """Return the certificate of an official, issued by :func:`authority`."""
    return issue(issuer=authority())


@cache
def web_server() -> Issued:
    """Return a certificate that may only prove a web server."""
    return issue("paritrana.example", authority(), uses=[ExtendedKeyUsageOID.SERVER_AUTH])


def roots_folder(folder: Path) -> str:
    """Put the root into ``folder`` and return its path, for ``settings.SIGNATURE_ROOTS``."""
    (folder / "induk.pem").write_bytes(authority().certificate.public_bytes(Encoding.PEM))
    return str(folder)


def small_paper(text: str = "Piagam 001", *, room: bool = False) -> bytes:
    """Return a PDF/A-like page of a few hundred bytes, with output intent and XMP as real papers have."""
    with pikepdf.new() as file:
        file.add_blank_page(page_size=(842, 595))
        page = file.pages[0]
        page.obj.Contents = file.make_stream(f"BT /F1 12 Tf 40 500 Td ({text}) Tj ET".encode())
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        intent = pikepdf.Dictionary(Type=pikepdf.Name.OutputIntent, S=pikepdf.Name.GTS_PDFA1)
        file.Root.OutputIntents = pikepdf.Array([file.make_indirect(intent)])
        with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            metadata["pdfaid:part"], metadata["pdfaid:conformance"] = "2", "B"
        if room:
            place = pikepdf.Array([page.obj, pikepdf.Name.XYZ, 600, 170, 0])
            names = pikepdf.NameTree.new(file)
            names["ruang-tanda-tangan"] = place
            file.Root.Names = pikepdf.Dictionary(Dests=names.obj)
        target = io.BytesIO()
        file.save(target, deterministic_id=True)
    return target.getvalue()


def written_anew(pdf: bytes) -> bytes:
    """Return ``pdf`` as a signing program that keeps no bytes would write it: same pages, other packing and numbers."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as file:
        file.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
    return target.getvalue()


def drawn_over(pdf: bytes) -> bytes:
    """Return ``pdf`` with something appended that draws its page differently: its beginning is what was issued."""
    from pyhanko.pdf_utils.generic import StreamObject, pdf_name
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    page = writer.root["/Pages"]["/Kids"][0]
    stream = StreamObject(stream_data=b"BT /F1 12 Tf 40 500 Td (Piagam 999) Tj ET")
    page[pdf_name("/Contents")] = writer.add_object(stream)
    writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def make_signed(
    document: Document,
    *,
    content: bytes = b"%PDF-1.7 contoh, bertanda tangan",
    standing: str = "unknown",
    kind: str = "appended",
    **fields: Any,
) -> SignedFile:
    """Return a registered signed form of ``document`` with ``content`` stored, without signing anything."""
    digest = hashlib.sha256(content).hexdigest()
    signature = {"signer": SECRETARY, "standing": standing, "problem": "", "stamped_at": None}
    return SignedFile.objects.create(
        document=document,
        way=SignatureWay.OUTSIDE,
        file=default_storage.save(f"documents/{digest[:32]}.pdf", ContentFile(content)),
        sha256=digest,
        signer=SECRETARY,
        issuer="Induk Penyelenggara (contoh)",
        signed_at=AT,
        report=canonical({"kind": kind, "signatures": [signature]}),
        registered_by=fields.pop("user", None) or make_user(),
        registered_at=AT,
        **fields,
    )


def make_certificate(round: Round, issued: Issued | None = None, *, user: User | None = None) -> SigningCertificate:
    """Return a certificate file that was added to ``round``; without ``issued`` its file opens nothing."""
    content = issued.file if issued else b"contoh"
    return SigningCertificate.objects.create(
        round=round,
        name="Sekretariat (contoh)",
        content=content,
        sha256=hashlib.sha256(content).hexdigest(),
        fingerprint=hashlib.sha256(content).hexdigest(),
        subject=SECRETARY,
        issuer="Induk Penyelenggara (contoh)",
        serial="1f",
        valid_from=AT - timedelta(days=30),
        valid_until=AT + timedelta(days=300),
        added_by=user or make_user(),
        added_at=AT,
    )
