"""What is drawn on the pages of a PDF, as one number: the same for a file and its signed form, however it was written.

Some signing programs append to a file, others write it anew. In both the pages must be those that were issued: what
they draw, with which letters and pictures, on which paper. Only fields of signatures may be laid on them, and these may
neither cover much of a page nor do anything by themselves.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, Final

#: What decides how a page looks; the first three may be inherited from the nodes above it.
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
OWN = ("/UserUnit", "/Group")
#: How a stream is packed, which every program does in its own way.
PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
#: What happens by itself when a file is opened, a page is turned to, or the mouse comes near a field.
ACTIONS = ("/OpenAction", "/AA")
NOTE_ACTIONS = ("/A", "/AA")
#: Programs of the whole file, and forms that are drawn instead of its pages.
PROGRAMS = (("/Names", "/JavaScript"), ("/AcroForm", "/XFA"))
#: One part in so many of a page: what seen signatures cover of it at most, together.
COVERED: Final = 8
#: A hundred kilobytes can unpack to gigabytes: no more is unpacked of one stream, of all, of what draws one page.
LARGEST_STREAM: Final = 64 * 1024 * 1024
LARGEST_FILE: Final = 256 * 1024 * 1024
LARGEST_DRAWING: Final = 8 * 1024 * 1024


class PagesUnreadable(Exception):
    """The file is no PDF that can be opened without a password, or unpacks to more than any paper."""


class _TooMuch(ValueError):
    """More is packed into the file than is looked at."""


def page_marks(content: bytes) -> str:
    """Return the SHA-256 of what the pages of a PDF show. Raises :class:`PagesUnreadable`."""
    pikepdf = _pikepdf()
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            return _Reading().of_file(file)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, AttributeError, RecursionError):
        raise PagesUnreadable from None


@cache
def _pikepdf() -> Any:
    """The library, told once how much it may unpack: its limits are those of the process."""
    import pikepdf

    pikepdf.settings.set_qpdf_limits(flate_max_memory=LARGEST_STREAM, run_length_max_memory=LARGEST_STREAM)
    return pikepdf


class _Reading:
    """One look at one file. What is used in many places is read once, and no more is unpacked than a paper may hold."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}
        self._unpacked = 0

    def of_file(self, file: Any) -> str:
        """Return the marks of all pages, and of what the file does by itself."""
        digest = hashlib.sha256()
        for name in ACTIONS:
            digest.update(b"file" + self._mark(file.Root.get(name)))
        for above, name in PROGRAMS:
            digest.update(self._mark(file.Root.get(above, {}).get(name)))
        for page in file.pages:
            for part in self._page(page):
                digest.update(part)
        return digest.hexdigest()

    def _page(self, page: Any) -> Iterator[bytes]:
        yield b"page"
        yield self._drawn(page)
        for name in INHERITED:
            yield self._mark(_inherited(page.obj, name))
        for name in OWN:
            yield self._mark(page.obj.get(name))
        yield self._mark(page.obj.get("/AA"))
        covered = Decimal(0)
        for note in page.obj.get("/Annots", ()):
            if _is_signature(note):
                covered += _area(_inherited(note, "/Rect"))
                yield from (self._mark(note[name]) for name in NOTE_ACTIONS if name in note)
            else:
                yield self._mark(note)
        if covered * COVERED > _area(_inherited(page.obj, "/MediaBox")):
            yield b"covered"

    def _drawn(self, page: Any) -> bytes:
        """The drawing operations, in one piece however they were cut."""
        contents = page.obj.get("/Contents", ())
        streams = list(contents) if _kind(contents) == "array" else [contents]
        drawn = b"\n".join(self._count(stream.read_bytes()) for stream in streams if stream != ())
        if len(drawn) > LARGEST_DRAWING:
            raise _TooMuch
        return b" ".join(drawn.split())

    def _mark(self, value: Any) -> bytes:
        mark, _is_whole = self._marked(value, frozenset())
        return mark

    def _marked(self, value: Any, above: frozenset[tuple[int, int]]) -> tuple[bytes, bool]:
        """Return the mark of a value in one fixed form: keys in order, streams unpacked, no object numbers.

        ``above``: the objects that hold this one, so that what refers back to itself ends; such a mark depends on where
        it was come from, is not whole, and is worked out anew elsewhere.
        """
        kind = _kind(value)
        if kind not in ("array", "dictionary", "stream"):
            return f"{kind}:{value}\n".encode(errors="surrogateescape"), True
        number = value.objgen
        if number in above:
            return b"above\n", False
        if number in self._known:
            return self._known[number], True
        digest, is_whole = hashlib.sha256(kind.encode()), True
        inside = above | {number} if number != (0, 0) else above
        for name, item in _items(value, kind):
            mark, item_is_whole = self._marked(item, inside)
            digest.update(name + b"(" + self._count(mark) + b")")
            is_whole = is_whole and item_is_whole
        if kind == "stream":
            digest.update(self._count(_unpacked(value)))
        if is_whole and number != (0, 0):
            self._known[number] = digest.digest()
        return digest.digest(), is_whole

    def _count(self, content: bytes) -> bytes:
        self._unpacked += len(content)
        if self._unpacked > LARGEST_FILE:
            raise _TooMuch
        return content


def _items(value: Any, kind: str) -> Iterator[tuple[bytes, Any]]:
    """What a value holds, without what says only how it is packed and where it hangs."""
    if kind == "array":
        yield from ((b"", item) for item in value)
        return
    for key in sorted(set(value.keys()) - PACKING - {"/P", "/Parent", "/StructParent", "/StructParents"}):
        yield key.encode(), value[key]


def _inherited(node: Any, name: str) -> Any:
    while node is not None:
        if name in node:
            return node[name]
        node = node.get("/Parent")
    return None


def _is_signature(note: Any) -> bool:
    kind = _inherited(note, "/FT")
    return bool(note.get("/Subtype") == "/Widget" and kind == "/Sig")


def _area(box: Any) -> Decimal:
    """How much paper a box takes; a field without one is not seen."""
    left, low, right, high = (Decimal(side) for side in box) if box is not None else (Decimal(0),) * 4
    return abs((right - left) * (high - low))


def _unpacked(stream: Any) -> bytes:
    try:
        return bytes(stream.read_bytes())
    except _pikepdf().DataDecodingError as error:
        if "memory limit" in str(error):
            raise _TooMuch from None
    except _pikepdf().PdfError:  # a picture that stays packed, such as JPEG
        pass
    return bytes(stream.read_raw_bytes())


def _kind(value: Any) -> str:
    """What a value is: pikepdf gives numbers, text and truth values as Python's own."""
    pikepdf = _pikepdf()
    kinds = (pikepdf.Stream, "stream"), (pikepdf.Dictionary, "dictionary"), (pikepdf.Array, "array")
    return next((word for kind, word in kinds if isinstance(value, kind)), "plain")
