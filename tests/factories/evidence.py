"""Small files of every kind that is taken as evidence, and evidence of a nominee."""

import hashlib
import io
import struct
import zipfile
import zlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from nominees.models import Evidence, EvidenceKind, Nomination
from nominees.services.evidence import Sent, add_evidence_files
from paritrana.accounts.models import User
from tests.factories.world import AT

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"
_TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'


def png() -> bytes:
    """Return a picture of one point."""

    def piece(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = (piece(b"IHDR", head), piece(b"IDAT", zlib.compress(b"\0\xff")), piece(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def office(part: str = "xl/workbook.xml", *, types: str = _TYPES.format("spreadsheetml.sheet"), **parts: str) -> bytes:
    """Return an archive with a main ``part``; ``parts`` are further files, with ``__`` for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(part, "<x/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def bring(nomination: Nomination, actor: User, *, content: bytes = PDF, **changes: Any) -> Evidence:
    """Return a file brought forward by ``actor``."""
    asked: dict[str, Any] = {"late_reason": "diterima terlambat (contoh)", "at": AT} | changes
    name = asked.pop("name", "surat_keputusan.pdf")
    return add_evidence_files(nomination=nomination, files=[Sent(name, content)], actor=actor, **asked)[0]


def make_evidence(nomination: Nomination, user: User) -> Evidence:
    """Return a stored file in a round that takes no more."""
    name = default_storage.save("evidence/2024/uji.pdf", ContentFile(PDF))
    return Evidence.objects.create(
        nomination=nomination,
        title="Surat keputusan (contoh)",
        kind=EvidenceKind.FILE,
        file=name,
        media_type="application/pdf",
        size=len(PDF),
        sha256=hashlib.sha256(PDF).hexdigest(),
        added_by=user,
        added_at=AT,
    )
