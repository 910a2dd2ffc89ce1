"""Whether some bytes are a scan that can be opened: a PDF, a JPEG or a PNG, told by content, never by name.

Read with the standard library alone, and only as far as opening needs: nothing is decoded, so that a picture made to
unpack to gigabytes costs nothing.
"""

import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

#: Ten megabytes: some thirty pages in grey at 200 dots an inch.
LARGEST: Final = 10 * 1024 * 1024

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_PDF: Final = re.compile(rb"%PDF-[12]\.[0-9]")
_END_OF_PDF: Final = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*\Z")
_START_OF_TABLE: Final = re.compile(rb"\s*(?:xref\s|[0-9]+\s+[0-9]+\s+obj\b)")
_PAGES: Final = re.compile(rb"/Type\s*/(?:Page\b|Pages\b|ObjStm\b)")
#: Markers that say how large a JPEG picture is; the others in their range are tables.
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
#: In how many of the last bytes the end of a PDF is looked for.
_TAIL: Final = 2048


class ScanUnreadable(Exception):
    """``code``: ``scan_empty``, ``scan_too_large``, ``scan_kind_unknown``, ``scan_damaged`` or ``scan_locked``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def kind_of(content: bytes) -> str:
    """Return ``pdf``, ``jpeg`` or ``png`` if ``content`` is such a file and can be opened.

    Raises :class:`ScanUnreadable`: nothing at all, more than :data:`LARGEST` bytes, something else, cut off or
    altered, or (a PDF) locked by a password.
    """
    if not content:
        raise ScanUnreadable("scan_empty")
    if len(content) > LARGEST:
        raise ScanUnreadable("scan_too_large")
    for kind, (begins, is_whole) in _KINDS.items():
        if begins(content):
            if not is_whole(content):
                raise ScanUnreadable("scan_damaged")
            return kind
    raise ScanUnreadable("scan_kind_unknown")


def _is_whole_pdf(content: bytes) -> bool:
    """Header, pages, and an end that names where the table of objects begins. Raises for one under a password."""
    end = _END_OF_PDF.search(content, max(0, len(content.rstrip(b"\0")) - _TAIL), len(content.rstrip(b"\0")))
    if end is None or not _START_OF_TABLE.match(content, int(end[1])):
        return False
    if b"/Encrypt" in content:
        raise ScanUnreadable("scan_locked")
    return _PAGES.search(content) is not None


def _is_whole_png(content: bytes) -> bool:
    """Every piece with its checksum, from the size of the picture to the end."""
    names = []
    try:
        for name, data in _pieces(content):
            names.append(name)
            if len(names) == 1 and (name != b"IHDR" or 0 in struct.unpack_from(">II", data)):
                return False
    except (struct.error, ValueError):
        return False
    return b"IDAT" in names and names[-1] == b"IEND"


def _pieces(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield name and data of each piece of a PNG up to its end; ``ValueError`` where a checksum is wrong."""
    place, name = len(_PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", content, place)
        data = content[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack_from(">I", content, place + 8 + length)
        if zlib.crc32(name + data) != checksum:
            raise ValueError(name)
        yield name, data
        place += length + 12


def _is_whole_jpeg(content: bytes) -> bool:
    """Segment after segment: the size of the picture, then the picture, then the end mark.

    Phones write more after it, such as a film; a picture that was cut off has no end mark, since none can stand in it.
    """
    place, has_size = 2, False
    try:
        while True:
            lead, marker, length = struct.unpack_from(">BBH", content, place)
            if lead != 0xFF or length < 2:
                return False
            if marker in _FRAMES:
                has_size = 0 not in struct.unpack_from(">HH", content, place + 5)
            place += 2 + length
            if marker == 0xDA:  # the picture follows, without segments
                return has_size and content.find(b"\xff\xd9", place) >= place
    except struct.error:
        return False


_Kind = tuple[Callable[[bytes], bool], Callable[[bytes], bool]]
_KINDS: Final[Mapping[str, _Kind]] = MappingProxyType(
    {
        "pdf": (lambda content: _PDF.match(content) is not None, _is_whole_pdf),
        "jpeg": (lambda content: content.startswith(_JPEG), _is_whole_jpeg),
        "png": (lambda content: content.startswith(_PNG), _is_whole_png),
    }
)
