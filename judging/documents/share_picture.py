"""The picture that goes with a shared link: 1200 x 630 points, as messengers and networks cut it.

Plain data in, PNG bytes out; drawn with the fonts of the papers (``assets``). User text is one line of printable
letters, set smaller and at last cut with an ellipsis until it fits, so no name leaves its place.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .assets import resolve
from .rendering import printable

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN: Final = 64
ROOM: Final = WIDTH - 2 * MARGIN
BLUE, DEEP, RED, GOLD = "#0a489f", "#082f6b", "#d6001c", "#ffd84d"
PAPER, INK, SOFT = "#ffffff", "#2b2100", "#c9dcf7"
BAND: Final = 56
#: Up to so many winners stand below each other, more in two columns.
IN_A_COLUMN: Final = 4
MOST_LINES: Final = 10
GAP: Final = 40
LONGEST_MEASURED: Final = 400
ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
#: Changes whenever the drawing does, so that no cache keeps an older one.
VERSION: Final = 1
REGULAR, BOLD = 400, 600


@dataclass(frozen=True, slots=True)
class Line:
    """A winner: the title above, the name below."""

    title: str
    name: str


@dataclass(frozen=True, slots=True)
class SharePicture:
    """What the picture says. ``address`` stands at the foot, where a demo edition or a preview has its ``mark``."""

    edition: str
    place: str
    heading: str
    lines: tuple[Line, ...]
    address: str = ""
    mark: str = ""


def render_share_picture(picture: SharePicture) -> bytes:
    """Return the picture as PNG; the same picture gives the same bytes with the same Pillow and fonts."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), BLUE)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, WIDTH, 12), fill=RED)
    draw.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=GOLD if picture.mark else DEEP)
    top = _head(draw, picture)
    _winners(draw, picture.lines[:MOST_LINES], top, HEIGHT - BAND - 24)
    foot, color = (picture.mark, INK) if picture.mark else (picture.address, SOFT)
    _write(draw, (MARGIN, HEIGHT - BAND + 12), foot, color, REGULAR if not picture.mark else BOLD, (26, 16))
    written = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _head(draw: ImageDraw, picture: SharePicture) -> int:
    """Edition and place in a small line, the heading in one or two below; return where the winners begin."""
    _write(draw, (MARGIN, 44), f"{picture.edition} · {picture.place}", SOFT, REGULAR, (28, 18))
    rows = _broken(printable(picture.heading), 44)
    size = 52 if len(rows) == 1 else 40
    for number, row in enumerate(rows):
        _write(draw, (MARGIN, 88 + number * 48), row, PAPER, BOLD, (size, 26))
    below = 92 + len(rows) * 48 + 24
    draw.rectangle((MARGIN, below, MARGIN + 96, below + 6), fill=RED)
    return below + 28


def _broken(words: str, size: int) -> tuple[str, ...]:
    """One line, or two that break between words where one is too long."""
    if _length(words, BOLD, size) <= ROOM:
        return (words,)
    parts = words.split()
    fitting = [at for at in range(1, len(parts)) if _length(" ".join(parts[:at]), BOLD, size - 4) <= ROOM]
    if not fitting:
        return (words,)
    return (" ".join(parts[: fitting[-1]]), " ".join(parts[fitting[-1] :]))


def _winners(draw: ImageDraw, lines: tuple[Line, ...], top: int, bottom: int) -> None:
    """In rows of the same height, in one column or two, all names in the size of the longest where that is readable."""
    if not lines:
        return
    columns = 1 if len(lines) <= IN_A_COLUMN else 2
    rows = -(-len(lines) // columns)
    room = (ROOM - GAP * (columns - 1)) // columns
    step = min((bottom - top) // rows, 132)
    largest = min(54, step * 9 // 20)
    small = max(18, largest // 2)
    size = max(
        min(_size(printable(one.name), BOLD, largest, 20, room) for one in lines),
        min(30 if columns == 1 else 24, largest),
    )
    for number, line in enumerate(lines):
        x, y = MARGIN + (number // rows) * (room + GAP), top + (number % rows) * step
        _write(draw, (x, y), line.title, GOLD, BOLD, (small, 14), room)
        _write(draw, (x, y + small + 6), line.name, PAPER, BOLD, (size, 20), room)


def _write(
    draw: ImageDraw,
    at: tuple[int, int],
    text: str,
    color: str,
    weight: int,
    sizes: tuple[int, int],
    room: int = ROOM,
) -> None:
    """Write one line into ``room`` points, as large as it fits between the two sizes."""
    words = printable(text)
    size = _size(words, weight, *sizes, room)
    draw.text(at, _cut(words, weight, size, room), fill=color, font=_font(weight, size))


def _size(words: str, weight: int, largest: int, smallest: int, room: int) -> int:
    """The largest size at which the words fit; the smallest where none does."""
    return next((each for each in range(largest, smallest, -2) if _length(words, weight, each) <= room), smallest)


def _cut(words: str, weight: int, size: int, room: int) -> str:
    """The words, or as many of their letters as fit before an ellipsis."""
    if _length(words, weight, size) <= room:
        return words
    low, high = 0, min(len(words), LONGEST_MEASURED - 1)
    while low < high:
        middle = (low + high + 1) // 2
        if _length(words[:middle].rstrip() + ELLIPSIS, weight, size) <= room:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + ELLIPSIS


def _length(words: str, weight: int, size: int) -> int:
    """How many points the words take, rounded up; more than there are for a line of hundreds of letters."""
    return -(-int(_font(weight, size).getlength(words) * 8) // 8) if len(words) < LONGEST_MEASURED else WIDTH * 10


@lru_cache(maxsize=64)
def _font(weight: int, size: int) -> FreeTypeFont | ImageFont:
    from PIL import ImageFont

    file = resolve(f"app:font/inter-latin-{weight}-normal.woff2")
    if file is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)
