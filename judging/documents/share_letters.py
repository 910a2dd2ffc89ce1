"""Letters for pictures: each in the first shipped face that has it, so that none becomes an empty box.

The faces come in parts by script (``assets``); which letters a part has is read from the file once.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final
from unicodedata import combining, normalize

from .assets import resolve

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

REGULAR, BOLD = 400, 600
PARTS: Final = ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext")
#: A line of more letters is not measured: it is longer than any room.
LONGEST_MEASURED: Final = 400
ENDLESS: Final = 100_000


def can_write(words: str, weight: int) -> bool:
    """Whether every letter of ``words`` is in a shipped face, at least without its marks."""
    return all(_written(letter, weight) for letter in words[:LONGEST_MEASURED])


def written_out(words: str, weight: int) -> str:
    """Return ``words`` with letters that are in no face written without their marks, or else left out."""
    return "".join(_written(letter, weight) for letter in words)


def length(words: str, weight: int, size: int) -> int:
    """How many points the words take, rounded up; more than there are for a line of hundreds of letters."""
    if len(words) >= LONGEST_MEASURED:
        return ENDLESS
    taken = sum(_font(part, weight, size).getlength(run) for part, run in _runs(words, weight))
    return -(-int(taken * 8) // 8)


def put(draw: ImageDraw, at: tuple[int, int], words: str, color: str, weight: int, size: int) -> None:
    """Draw the words from ``at``, each run of letters in the face that has them, on one line."""
    x: float = at[0]
    for part, run in _runs(words, weight):
        font = _font(part, weight, size)
        draw.text((x, at[1]), run, fill=color, font=font)
        x += font.getlength(run)


def _runs(words: str, weight: int) -> list[tuple[str, str]]:
    return [(part, "".join(run)) for part, run in groupby(words, key=lambda one: _part_of(one, weight) or PARTS[0])]


def _written(letter: str, weight: int) -> str:
    """The letter, or its base where only that is in a face, or nothing."""
    if _part_of(letter, weight):
        return letter
    bases = (one for one in normalize("NFKD", letter) if not combining(one))
    return "".join(one for one in bases if _part_of(one, weight))


@lru_cache(maxsize=4096)
def _part_of(letter: str, weight: int) -> str:
    """The first part that has the letter; empty where none has."""
    return next((part for part in PARTS if ord(letter) in _letters(part, weight)), "")


@lru_cache(maxsize=32)
def _letters(part: str, weight: int) -> frozenset[int]:
    """The code points of one part; without its file, those of the letters that Pillow brings along."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    file = resolve(f"app:font/inter-{part}-{weight}-normal.woff2")
    if file is None:
        return frozenset((*range(0x20, 0x7F), 0x2026, 0xB7)) if part == PARTS[0] else frozenset()
    with TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=64)
def _font(part: str, weight: int, size: int) -> FreeTypeFont | ImageFont:
    from PIL import ImageFont

    file = resolve(f"app:font/inter-{part}-{weight}-normal.woff2")
    if file is None:
        return ImageFont.load_default(size)
    return ImageFont.truetype(str(file), size, layout_engine=ImageFont.Layout.BASIC)


def forget() -> None:
    """Read the faces anew, as after they were put elsewhere."""
    for kept in (_part_of, _letters, _font):
        kept.cache_clear()
