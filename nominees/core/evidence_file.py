"""What a file sent in as evidence is, told by its content: PDF, JPEG, PNG, or a workbook or text of today's Office.

Nothing is decoded or unpacked beyond the directory of an archive and its short list of types, so that a file made to
grow to gigabytes costs nothing. What the bytes are decides how they are served, whatever they were called.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

MOST_ENTRIES: Final = 2000
UNPACKED_LIMIT: Final = 200 * 1024 * 1024
TYPES_LIMIT: Final = 1024 * 1024
#: So many bytes after the end of a PDF or JPEG are looked past: cameras and mailers add a few.
_TAIL: Final = 2048
#: How Office packs its files; the other ways unpack with errors and memory of their own.
_PACKINGS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file that is taken. ``is_shown``: browsers show it themselves, so that nobody has to save it first."""

    suffix: str
    media_type: str
    is_shown: bool


PDF: Final = FileKind("pdf", "application/pdf", True)
JPEG: Final = FileKind("jpg", "image/jpeg", True)
PNG: Final = FileKind("png", "image/png", True)
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
XLSX: Final = FileKind("xlsx", f"{_OFFICE}spreadsheetml.sheet", False)
DOCX: Final = FileKind("docx", f"{_OFFICE}wordprocessingml.document", False)
KINDS: Final = {kind.media_type: kind for kind in (PDF, JPEG, PNG, XLSX, DOCX)}
_MAIN_PARTS: Final = {"xl/workbook.xml": XLSX, "word/document.xml": DOCX}


class EvidenceUnreadable(Exception):
    """``code``: ``evidence_empty``, ``_too_large``, ``_kind_unknown``, ``_damaged``, ``_locked`` or ``_has_macros``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(content: bytes, limit: int) -> FileKind:
    """Return what ``content`` is; ``limit`` is the most bytes that are taken. Raises :class:`EvidenceUnreadable`."""
    if not content:
        raise EvidenceUnreadable("evidence_empty")
    if len(content) > limit:
        raise EvidenceUnreadable("evidence_too_large")
    if content.startswith(b"%PDF-"):
        return _whole(PDF, b"%%EOF" in content[-_TAIL:])
    if content.startswith(b"\xff\xd8\xff"):
        return _whole(JPEG, b"\xff\xd9" in content[-_TAIL:])
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _whole(PNG, content[12:16] == b"IHDR" and b"IEND" in content[-_TAIL:])
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    raise EvidenceUnreadable("evidence_kind_unknown")


def title_from(name: str) -> str:
    """Return a title made of the name of a file: no folder, no ending, nothing invisible, at most 150 characters."""
    stem = PurePosixPath(name.replace("\\", "/")).stem.replace("_", " ")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in stem).split())[:150]


def _whole(kind: FileKind, has_end: bool) -> FileKind:
    if not has_end:
        raise EvidenceUnreadable("evidence_damaged")
    return kind


def _office(content: bytes) -> FileKind:
    """Look at the directory of an archive: one main part, no macros, no password, nothing that grows without end."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            names = {entry.filename.replace("\\", "/").casefold() for entry in entries}
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
                raise EvidenceUnreadable("evidence_too_large")
            if any(entry.flag_bits & 1 for entry in entries):
                raise EvidenceUnreadable("evidence_locked")
            if any(entry.compress_type not in _PACKINGS for entry in entries):
                raise EvidenceUnreadable("evidence_damaged")
            found = [kind for part, kind in _MAIN_PARTS.items() if part in names]
            if len(found) != 1 or "[content_types].xml" not in names:
                raise EvidenceUnreadable("evidence_kind_unknown")
            with archive.open("[Content_Types].xml") as part:
                types = part.read(TYPES_LIMIT)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, OSError, ValueError):
        raise EvidenceUnreadable("evidence_damaged") from None
    if b"macroEnabled" in types or any(name.endswith("vbaproject.bin") for name in names):
        raise EvidenceUnreadable("evidence_has_macros")
    return found[0]
