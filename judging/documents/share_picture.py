"""The picture that goes with a shared link: 1200 x 630 points, as messengers and networks cut it.

Plain data in, PNG bytes out; drawn with the fonts of the papers (``share_letters``). Names are set smaller, then broken
between words, and only at last cut with an ellipsis, so none leaves its place. Whoever finds no room, or is written in
letters that no shipped face has, is counted in a last entry with the address.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .rendering import printable
from .share_letters import BOLD, REGULAR, can_write, length, put, written_out

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

WIDTH, HEIGHT = 1200, 630
MARGIN: Final = 64
ROOM: Final = WIDTH - 2 * MARGIN
BLUE, DEEP, RED, GOLD = "#0a489f", "#082f6b", "#d6001c", "#ffd84d"
PAPER, INK, SOFT = "#ffffff", "#2b2100", "#c9dcf7"
BAND: Final = 56
#: Up to so many winners stand below each other, more in two columns.
IN_A_COLUMN: Final = 4
MOST_LINES: Final = 8
GAP: Final = 40
#: Lines of a name, and their distance in hundredths of its size.
MOST_ROWS: Final = 3
LEADING: Final = 115
ELLIPSIS: Final = "\N{HORIZONTAL ELLIPSIS}"
#: Changes whenever the drawing does, so that no cache keeps an older one.
VERSION: Final = 2


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
    _winners(draw, _shown(picture), top, HEIGHT - BAND - 24)
    foot, color = (picture.mark, INK) if picture.mark else (picture.address, SOFT)
    _write(draw, (MARGIN, HEIGHT - BAND + 12), foot, color, REGULAR if not picture.mark else BOLD, (26, 16))
    written = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(written, "PNG", optimize=True)
    return written.getvalue()


def _head(draw: ImageDraw, picture: SharePicture) -> int:
    """Edition and place in a small line, the heading in one or two below; return where the winners begin."""
    _write(draw, (MARGIN, 44), f"{picture.edition} · {picture.place}", SOFT, REGULAR, (28, 18))
    rows = _broken(written_out(printable(picture.heading), BOLD), 44)
    size = 52 if len(rows) == 1 else 40
    for number, row in enumerate(rows):
        _write(draw, (MARGIN, 88 + number * 48), row, PAPER, BOLD, (size, 26))
    below = 92 + len(rows) * 48 + 24
    draw.rectangle((MARGIN, below, MARGIN + 96, below + 6), fill=RED)
    return below + 28


def _broken(words: str, size: int) -> tuple[str, ...]:
    """One line, or two that break between words where one is too long."""
    if length(words, BOLD, size) <= ROOM:
        return (words,)
    parts = words.split()
    fitting = [at for at in range(1, len(parts)) if length(" ".join(parts[:at]), BOLD, size - 4) <= ROOM]
    if not fitting:
        return (words,)
    return (" ".join(parts[: fitting[-1]]), " ".join(parts[fitting[-1] :]))


def _shown(picture: SharePicture) -> tuple[Line, ...]:
    """The winners that can be drawn; where some cannot, an entry that tells how many, and where they stand."""
    drawn = tuple(line for line in picture.lines if can_write(printable(line.name), BOLD))
    most = MOST_LINES if len(drawn) == len(picture.lines) <= MOST_LINES else MOST_LINES - 1
    left = len(picture.lines) - len(drawn[:most])
    more = (Line(picture.address, f"dan {left} lainnya" if drawn else f"{left} penerima"),) if left else ()
    return (*drawn[:most], *more)


def _winners(draw: ImageDraw, lines: tuple[Line, ...], top: int, bottom: int) -> None:
    """In rows of the same height, in one column or two, names in one size; smaller where one would not fit its rows."""
    if not lines:
        return
    columns = 1 if len(lines) <= IN_A_COLUMN else 2
    rows = -(-len(lines) // columns)
    room = (ROOM - GAP * (columns - 1)) // columns
    step = min((bottom - top) // rows, 132)
    small = max(18, min(27, step // 5))
    high = step - small - 10
    names = [written_out(printable(line.name), BOLD) for line in lines]
    sizes = [_size_in_rows(name, min(54, step * 9 // 20), room, high) for name in names]
    usual = max(min(sizes), 32 if columns == 1 else 26)
    for number, (line, name) in enumerate(zip(lines, names, strict=True)):
        x, y = MARGIN + (number // rows) * (room + GAP), top + (number % rows) * step
        _write(draw, (x, y), line.title, GOLD, BOLD, (small, 14), room)
        size = min(sizes[number], usual)
        for turn, row in enumerate(_rows(name, size, room, high)):
            put(draw, (x, y + small + 6 + turn * size * LEADING // 100), row, PAPER, BOLD, size)


def _size_in_rows(name: str, largest: int, room: int, high: int) -> int:
    """The largest size in which the name fits whole; the smallest where it fits in none."""
    sizes = range(largest, 16, -2)
    return next((size for size in sizes if ELLIPSIS not in "".join(_rows(name, size, room, high))), 16)


def _rows(name: str, size: int, room: int, high: int) -> list[str]:
    """The name in as many rows as there is height for, broken between words; what is left is cut with an ellipsis."""
    most = max(1, min(MOST_ROWS, high * 100 // (size * LEADING)))
    rows: list[str] = []
    left = name.split()
    while left and len(rows) < most - 1:
        taken = 1
        while taken < len(left) and length(" ".join(left[: taken + 1]), BOLD, size) <= room:
            taken += 1
        if length(" ".join(left[:taken]), BOLD, size) > room:  # one word that is too long
            break
        rows.append(" ".join(left[:taken]))
        left = left[taken:]
    return [*rows, _cut(" ".join(left), BOLD, size, room)] if left else rows


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
    words = written_out(printable(text), weight)
    largest, smallest = sizes
    fitting = (each for each in range(largest, smallest, -2) if length(words, weight, each) <= room)
    size = next(fitting, smallest)
    put(draw, at, _cut(words, weight, size, room), color, weight, size)


def _cut(words: str, weight: int, size: int, room: int) -> str:
    """The words, or as many of their letters as fit before an ellipsis."""
    if length(words, weight, size) <= room:
        return words
    low, high = 0, min(len(words), room)
    while low < high:
        middle = (low + high + 1) // 2
        if length(words[:middle].rstrip() + ELLIPSIS, weight, size) <= room:
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + ELLIPSIS
