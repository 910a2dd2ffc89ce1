"""Uploaded pictures drawn anew: whatever a file holds beside its dots (places, names, programs) stays behind."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Final

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of a file that is read at all."""
MOST_DOTS: Final = 40_000_000
#: Dots along the longer side that are kept: 210 per inch of A4 for a sheet, 400 for what is 5 cm wide.
KEPT_SHEET: Final = 2480
KEPT_DETAIL: Final = 900
FORMATS: Final = ("PNG", "JPEG")
_ONE_AT_A_TIME: Final = Lock()


class PictureUnreadable(Exception):
    """``code``: ``picture_empty``, ``picture_too_large``, ``picture_kind_unknown``, ``picture_too_many_dots`` or
    ``picture_damaged``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as PNG, with its size in dots."""

    content: bytes = field(repr=False)
    width: int
    height: int


def redrawn(content: bytes, *, sheet: bool) -> Picture:
    """Return the PNG or JPEG in ``content`` as a new PNG of bounded size without metadata; told by content, not name.

    A ``sheet`` (a frame) fills the page and gets white where it was transparent; a detail keeps its transparency. How
    many dots there are is read before any is unpacked. Raises :class:`PictureUnreadable`.
    """
    from PIL import Image, ImageOps

    if not content:
        raise PictureUnreadable("picture_empty")
    if len(content) > LARGEST:
        raise PictureUnreadable("picture_too_large")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is narrower
        try:
            opened = Image.open(io.BytesIO(content), formats=FORMATS)
        except Image.DecompressionBombError:
            raise PictureUnreadable("picture_too_many_dots") from None
        except Exception:
            raise PictureUnreadable("picture_kind_unknown") from None
        if opened.width * opened.height > MOST_DOTS:
            raise PictureUnreadable("picture_too_many_dots")
        try:
            with _refusing_what_breaks_off():
                drawn = ImageOps.exif_transpose(opened).convert("RGBA")
        except Exception:  # whatever a forged block of a file makes the library stumble over
            raise PictureUnreadable("picture_damaged") from None
    side = KEPT_SHEET if sheet else KEPT_DETAIL
    drawn.thumbnail((side, side))
    if sheet:
        ground = Image.new("RGB", drawn.size, "#ffffff")
        ground.paste(drawn, mask=drawn.getchannel("A"))
        drawn = ground
    target = io.BytesIO()
    # A new picture of the dots alone: text blocks, profiles and comments are not among them.
    Image.frombytes(drawn.mode, drawn.size, drawn.tobytes()).save(target, "PNG", optimize=True)
    return Picture(content=target.getvalue(), width=drawn.width, height=drawn.height)


@contextmanager
def _refusing_what_breaks_off() -> Iterator[None]:
    """Let a file that ends too early be an error: laying out papers lets it pass, for the whole process."""
    from PIL import ImageFile

    with _ONE_AT_A_TIME:
        usual, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
        try:
            yield
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = usual
