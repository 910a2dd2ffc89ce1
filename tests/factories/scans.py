"""The smallest files that are scans: one page, one dot."""

import hashlib
import zlib
from struct import pack

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging.models import PaperScan, TypedSheet
from paritrana.accounts.models import User

from .world import AT


def pdf(mark: str = "satu") -> bytes:
    """Return a PDF of one empty page; ``mark`` makes another file."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 210 297] >>",
    )
    content, places = b"%PDF-1.4\n% " + mark.encode() + b"\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    table = b"xref\n0 4\n0000000000 65535 f \n" + rows + b"trailer\n<< /Size 4 /Root 1 0 R >>\n"
    return content + table + b"startxref\n%d\n%%%%EOF\n" % len(content)


def png() -> bytes:
    """Return a grey dot as PNG."""
    pieces = (
        (b"IHDR", pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\x80")),
        (b"IEND", b""),
    )
    rows = (pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data)) for name, data in pieces)
    return b"\x89PNG\r\n\x1a\n" + b"".join(rows)


def jpeg() -> bytes:
    """Return a picture of one dot as JPEG."""
    segments = (
        (0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"),
        (0xDB, b"\0" + b"\x01" * 64),
        (0xC0, b"\x08\0\x01\0\x01\x01\x01\x11\0"),
        (0xC4, b"\0" + b"\0\x01" + b"\0" * 14 + b"\0"),
        (0xC4, b"\x10" + b"\0\x01" + b"\0" * 14 + b"\0"),
        (0xDA, b"\x01\x01\0\0\x3f\0"),
    )
    head = b"".join(pack(">BBH", 0xFF, marker, len(data) + 2) + data for marker, data in segments)
    return b"\xff\xd8" + head + b"\x00" + b"\xff\xd9"


def make_scan(paper: TypedSheet, user: User, content: bytes = b"") -> PaperScan:
    """Return a PDF attached to ``paper`` by ``user``."""
    content = content or pdf()
    digest = hashlib.sha256(content).hexdigest()
    return PaperScan.objects.create(
        sheet=paper,
        kind="pdf",
        file=default_storage.save(f"paper-scans/{digest[:32]}.pdf", ContentFile(content)),
        size=len(content),
        sha256=digest,
        added_by=user,
        added_at=AT,
    )
