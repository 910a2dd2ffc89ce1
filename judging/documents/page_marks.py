"""What is drawn on the pages of a PDF, as one number: the same for a file and its signed form, however it was written.

Some signing programs append to a file, others write it anew. In both the pages must be those that were issued: what
they draw, with which letters and pictures, on which paper. Only fields of signatures may be laid on them.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import Any

#: What decides how a page looks; the first three may be inherited from the nodes above it.
INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
OWN = ("/UserUnit", "/Group")
#: How a stream is packed, which every program does in its own way.
PACKING = frozenset({"/Length", "/Filter", "/DecodeParms", "/DL"})
#: What happens by itself when a file is opened.
ACTIONS = ("/OpenAction", "/AA")


class PagesUnreadable(Exception):
    """The file is no PDF that can be opened without a password."""


def page_marks(content: bytes) -> str:
    """Return the SHA-256 of what the pages of a PDF show. Raises :class:`PagesUnreadable`."""
    import pikepdf

    digest = hashlib.sha256()
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            for part in _parts(file):
                digest.update(part)
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, AttributeError, RecursionError):
        raise PagesUnreadable from None
    return digest.hexdigest()


def _parts(file: Any) -> Iterator[bytes]:
    for name in ACTIONS:
        yield b"file"
        yield from _written(file.Root.get(name), set())
    for page in file.pages:
        yield b"page"
        yield _drawn(page)
        for name in INHERITED:
            yield from _written(_inherited(page.obj, name), set())
        for name in OWN:
            yield from _written(page.obj.get(name), set())
        for note in page.obj.get("/Annots", ()):
            if not _is_signature(note):
                yield from _written(note, set())


def _drawn(page: Any) -> bytes:
    """The drawing operations, in one piece however they were cut."""
    contents = page.obj.get("/Contents", ())
    streams = list(contents) if _kind(contents) == "array" else [contents]
    return b" ".join(b"\n".join(stream.read_bytes() for stream in streams if stream != ()).split())


def _inherited(node: Any, name: str) -> Any:
    while node is not None:
        if name in node:
            return node[name]
        node = node.get("/Parent")
    return None


def _is_signature(note: Any) -> bool:
    kind = _inherited(note, "/FT")
    return bool(note.get("/Subtype") == "/Widget" and kind == "/Sig")


def _written(value: Any, above: set[tuple[int, int]]) -> Iterator[bytes]:
    """Yield a value in one fixed form: keys in order, streams unpacked, no object numbers.

    ``above``: the objects that hold this one, so that what refers back to itself ends.
    """
    kind = _kind(value)
    if kind not in ("array", "dictionary", "stream"):
        yield f"{kind}:{value}\n".encode(errors="surrogateescape")
        return
    number = value.objgen
    if number in above:
        yield b"above\n"
        return
    inside = above | {number} if number != (0, 0) else above
    yield f"{kind}(\n".encode()
    if kind == "array":
        for item in value:
            yield from _written(item, inside)
    else:
        for key in sorted(set(value.keys()) - PACKING - {"/P", "/Parent", "/StructParent", "/StructParents"}):
            yield key.encode()
            yield from _written(value[key], inside)
    if kind == "stream":
        yield _unpacked(value)
    yield b")\n"


def _unpacked(stream: Any) -> bytes:
    import pikepdf

    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:  # a picture that stays packed, such as JPEG
        return bytes(stream.read_raw_bytes())


def _kind(value: Any) -> str:
    """What a value is: pikepdf gives numbers, text and truth values as Python's own."""
    import pikepdf

    kinds = (pikepdf.Stream, "stream"), (pikepdf.Dictionary, "dictionary"), (pikepdf.Array, "array")
    return next((word for kind, word in kinds if isinstance(value, kind)), "plain")
