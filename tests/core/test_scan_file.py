"""What is taken for a scan: by content, whole, and open to everybody who has it."""

import io

import pytest
from PIL import Image
from pypdf import PdfReader

from judging.core.scan_file import LARGEST, ScanUnreadable, kind_of
from tests.factories.scans import jpeg, pdf, png


def refusal(content: bytes) -> str:
    with pytest.raises(ScanUnreadable) as refused:
        kind_of(content)
    return refused.value.code


def test_the_samples_are_what_other_programs_open() -> None:
    assert len(PdfReader(io.BytesIO(pdf())).pages) == 1
    for content in (png(), jpeg()):
        with Image.open(io.BytesIO(content)) as picture:
            picture.load()
            assert picture.size == (1, 1)


@pytest.mark.parametrize(("content", "kind"), [(pdf(), "pdf"), (png(), "png"), (jpeg(), "jpeg")])
def test_the_content_says_what_it_is(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.parametrize("image_format", ["PNG", "JPEG"])
def test_pictures_of_another_maker_are_taken(image_format: str) -> None:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, image_format, progressive=True)
    assert kind_of(made.getvalue()) == image_format.lower()


def test_what_stands_after_the_end_is_looked_past() -> None:
    assert kind_of(pdf() + b"\r\n\r\n") == "pdf"
    assert kind_of(jpeg() + b"\0" * 9000) == "jpeg"


@pytest.mark.parametrize(
    "content",
    [b"halo", b"PK\x03\x04", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b" " + pdf(), b"<html>%PDF-1.4"],
)
def test_other_files_are_none(content: bytes) -> None:
    assert refusal(content) == "scan_kind_unknown"


@pytest.mark.parametrize("content", [pdf(), png(), jpeg()])
def test_no_file_is_whole_that_was_cut_off_anywhere(content: bytes) -> None:
    for length in range(9, len(content) - 4):
        assert refusal(content[:length]) == "scan_damaged"


def test_a_damaged_file_is_refused() -> None:
    assert refusal(png().replace(b"IDAT", b"IDOT")) == "scan_damaged"
    assert refusal(pdf().replace(b"xref\n0 4", b"yref\n0 4")) == "scan_damaged"
    assert refusal(pdf().replace(b"/Type /Page", b"/Type /Sage")) == "scan_damaged"
    assert refusal(jpeg().replace(b"\x08\0\x01\0\x01", b"\x08\0\0\0\x01")) == "scan_damaged"


def test_a_locked_pdf_is_refused() -> None:
    assert refusal(pdf().replace(b"/Root 1 0 R", b"/Root 1 0 R /Encrypt 9 0 R")) == "scan_locked"


def test_size_has_its_bounds() -> None:
    assert refusal(b"") == "scan_empty"
    padded = jpeg()[:2] + b"\xff\xfe\x00\x02" * ((LARGEST - len(jpeg())) // 4) + jpeg()[2:]
    assert kind_of(padded) == "jpeg"
    assert refusal(padded + b"\0" * (LARGEST + 1 - len(padded))) == "scan_too_large"
