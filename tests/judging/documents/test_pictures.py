"""Uploaded pictures: only dots survive, and few enough."""

import io
import struct
import zlib

import pytest
from PIL import ImageFile

from judging.documents import pictures
from judging.documents.pictures import PictureUnreadable, redrawn
from tests.factories.certificates import drawn


def opened(content: bytes):  # type: ignore[no-untyped-def]
    from PIL import Image

    return Image.open(io.BytesIO(content))


def refused(content: bytes) -> str:
    with pytest.raises(PictureUnreadable) as refusal:
        redrawn(content, sheet=False)
    return refusal.value.code


def test_metadata_stays_behind_and_a_turned_photograph_is_set_upright() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "rahasia"  # turned by a quarter; a description
    made = redrawn(drawn("JPEG", exif=exif, comment=b"rahasia"), sheet=False)
    picture = opened(made.content)
    assert (made.width, made.height) == picture.size == (8, 12)
    assert (picture.format, dict(picture.getexif()), picture.info) == ("PNG", {}, {})
    assert b"rahasia" not in made.content


def test_a_detail_keeps_its_transparency_and_a_sheet_becomes_white() -> None:
    from PIL import Image

    target = io.BytesIO()
    Image.new("RGBA", (4, 4), (10, 20, 30, 0)).save(target, "PNG")
    assert opened(redrawn(target.getvalue(), sheet=False).content).getpixel((0, 0))[3] == 0
    sheet = opened(redrawn(target.getvalue(), sheet=True).content)
    assert (sheet.mode, sheet.getpixel((0, 0))) == ("RGB", (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_every_way_of_writing_colours_is_understood(mode: str) -> None:
    from PIL import Image

    target = io.BytesIO()
    Image.new(mode, (4, 4)).save(target, "JPEG" if mode == "CMYK" else "PNG")
    assert redrawn(target.getvalue(), sheet=True).width == 4


def test_large_pictures_are_made_smaller_in_proportion() -> None:
    made = redrawn(drawn(size=(3000, 1500)), sheet=True)
    assert (made.width, made.height) == (pictures.KEPT_SHEET, pictures.KEPT_SHEET // 2)
    assert redrawn(drawn(size=(1800, 900)), sheet=False).width == pictures.KEPT_DETAIL


def test_equal_pictures_give_equal_bytes() -> None:
    assert redrawn(drawn(), sheet=True) == redrawn(drawn(), sheet=True)


def test_what_is_no_picture_is_refused() -> None:
    assert refused(b"") == "picture_empty"
    assert refused(b"\0" * (pictures.LARGEST + 1)) == "picture_too_large"
    assert refused(b'<svg xmlns="http://www.w3.org/2000/svg"/>') == "picture_kind_unknown"
    assert refused(drawn("GIF")) == "picture_kind_unknown"
    assert refused(drawn("WEBP")) == "picture_kind_unknown"


@pytest.mark.parametrize("as_after_a_paper", [False, True])
def test_what_breaks_off_is_refused_also_once_papers_were_laid_out(
    monkeypatch: pytest.MonkeyPatch, as_after_a_paper: bool
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", as_after_a_paper)
    whole = drawn("JPEG", size=(64, 64))
    assert refused(whole[:-30]) == "picture_damaged"
    assert ImageFile.LOAD_TRUNCATED_IMAGES is as_after_a_paper


def _bomb(width: int, height: int) -> bytes:
    """A PNG of few bytes that claims to be huge."""
    pieces = ((b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)), (b"IDAT", zlib.compress(b"\0" * 99)))
    rows = (
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in (*pieces, (b"IEND", b""))
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(rows)


@pytest.mark.parametrize("side", [7000, 12_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    assert refused(_bomb(side, side)) == "picture_too_many_dots"


def test_whatever_a_forged_file_makes_the_library_stumble_over_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import ImageOps

    def stumble(_picture: object) -> None:
        raise TypeError("The fill character must be a unicode character")

    monkeypatch.setattr(ImageOps, "exif_transpose", stumble)

    assert refused(drawn("PNG")) == "picture_damaged"
