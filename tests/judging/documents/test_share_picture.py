"""The picture of a shared link: its size, its mark, and names that stay inside."""

import io

import pytest
from PIL import Image

from judging.documents import share_letters, share_picture
from judging.documents.share_picture import GOLD, HEIGHT, MARGIN, WIDTH, Line, SharePicture, render_share_picture

LONGEST = "PT Peternakan Sapi Padang Sabana Nusantara Tenggara Timur Sejahtera Abadi Bersama (contoh)"
HOSTILE = "=cmd|' /C calc'!A0 <script>alert(1)</script> \u202e\u0000\r\n 中文 " * 60


def _picture(*lines: Line, mark: str = "", heading: str = "Usaha Kecil dan Mikro") -> SharePicture:
    return SharePicture(
        "Paritrana Award 2024", "Provinsi Nusa Tenggara Timur", heading, lines, "contoh.id/hasil/", mark
    )


def _image(picture: SharePicture) -> Image.Image:
    return Image.open(io.BytesIO(render_share_picture(picture))).convert("RGB")


def _ground(image: Image.Image, *, band: bool = False) -> set[tuple[int, ...]]:
    """The colours on the right and left edge, where nothing is ever written, but for the bands."""
    low, high = (HEIGHT - share_picture.BAND, HEIGHT) if band else (14, HEIGHT - share_picture.BAND)
    columns = (*range(MARGIN - 8), *range(WIDTH - MARGIN + 8, WIDTH))
    return {image.getpixel((x, y)) for x in columns for y in range(low, high, 3)}  # type: ignore[misc]


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))


def test_it_has_the_size_that_networks_cut_and_the_same_bytes_each_time() -> None:
    picture = _picture(Line("Terbaik I", "Kedai Kopi (contoh)"))
    content = render_share_picture(picture)

    image = Image.open(io.BytesIO(content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    assert len(content) < 60_000
    assert render_share_picture(picture) == content
    assert render_share_picture(_picture(Line("Terbaik I", "Kedai Teh (contoh)"))) != content


def test_the_mark_has_a_band_of_its_own() -> None:
    assert _ground(_image(_picture(mark="CONTOH: bukan hasil sebenarnya")), band=True) == {_rgb(GOLD)}
    assert _rgb(GOLD) not in _ground(_image(_picture()), band=True)


@pytest.mark.parametrize("count", [2, 10])
@pytest.mark.parametrize("name", [LONGEST, "W" * 300, HOSTILE])
def test_no_name_leaves_its_place(count: int, name: str) -> None:
    image = _image(_picture(*[Line(name, name)] * count, heading=name))

    assert len(_ground(image)) == 1


def test_without_its_fonts_it_is_still_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share_letters, "resolve", lambda url: None)
    share_letters.forget()

    assert _image(_picture(Line("Terbaik I", LONGEST))).size == (WIDTH, HEIGHT)
    share_letters.forget()


def test_a_long_name_is_broken_between_words_and_not_cut() -> None:
    assert share_picture._rows(LONGEST, 30, 516, 80)[0] == "PT Peternakan Sapi Padang Sabana"
    assert share_picture._rows(LONGEST, 30, 516, 80)[1].endswith(share_picture.ELLIPSIS)
    size = share_picture._size_in_rows(LONGEST, 40, 516, 80)
    rows = share_picture._rows(LONGEST, size, 516, 80)
    assert " ".join(rows) == LONGEST
    assert len(rows) > 1


def test_winners_without_room_are_counted_beside_the_address() -> None:
    shown = share_picture._shown(_picture(*[Line("Terbaik I", "Kedai Kopi (contoh)")] * 14))
    assert [line.name for line in shown[-2:]] == ["Kedai Kopi (contoh)", "dan 7 lainnya"]
    assert (len(shown), shown[-1].title) == (8, "contoh.id/hasil/")
    assert len(share_picture._shown(_picture(*[Line("Terbaik I", "Kedai Kopi (contoh)")] * 8))) == 8


@pytest.mark.parametrize("name", ["Ñandú Łódź Ḥāfiẓ ʼAin", "Việt Đà Nẵng", "Мир Αθήνα"])
def test_letters_of_other_scripts_come_from_their_own_faces(name: str) -> None:
    assert share_letters.can_write(name, share_letters.BOLD)
    assert all(part for letter in share_letters.written_out(name, 600) if (part := share_letters._part_of(letter, 600)))


def test_a_name_in_letters_that_no_face_has_is_counted_and_never_drawn_as_boxes() -> None:
    shown = share_picture._shown(_picture(Line("Terbaik I", "中文"), Line("Terbaik II", "Kedai Kopi (contoh)")))
    assert [line.name for line in shown] == ["Kedai Kopi (contoh)", "dan 1 lainnya"]
    assert share_letters.written_out("中文 Ende", share_letters.BOLD) == " Ende"
