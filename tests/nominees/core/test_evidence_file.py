"""What a file is, is told by its content; whatever could harm or is cut off is refused with its reason."""

import io
import zipfile

import pytest

from nominees.core import evidence_file as files
from tests.factories.evidence import JPEG, PDF, office, png

LIMIT = 100_000


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, files.PDF),
        (JPEG, files.JPEG),
        (JPEG + b"\0" * 100, files.JPEG),
        (png(), files.PNG),
        (office(), files.XLSX),
        (office("word/document.xml"), files.DOCX),
    ],
)
def test_each_kind_is_told_by_its_content(content, kind):
    assert files.kind_of(content, LIMIT) == kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "evidence_empty"),
        (PDF + b" " * LIMIT, "evidence_too_large"),
        (b"<html><script>alert(1)</script>", "evidence_kind_unknown"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "evidence_kind_unknown"),
        (b"GIF89a", "evidence_kind_unknown"),
        (b"\n" + PDF, "evidence_kind_unknown"),
        (PDF[:-7], "evidence_damaged"),
        (JPEG[:-2], "evidence_damaged"),
        (png()[:-12], "evidence_damaged"),
        (office()[:-30], "evidence_damaged"),
        (office("ppt/presentation.xml"), "evidence_kind_unknown"),
        (office("xl/workbook.xml", word__document="x", **{"word__document.xml": "x"}), "evidence_kind_unknown"),
        (office(**{"xl__vbaProject.bin": "x"}), "evidence_has_macros"),
        (office(types='<Types ContentType="application/vnd.ms-excel.sheet.macroEnabled"/>'), "evidence_has_macros"),
        (office("x.xml"), "evidence_kind_unknown"),
    ],
)
def test_what_is_not_taken_says_why(content, code):
    with pytest.raises(files.EvidenceUnreadable) as refused:
        files.kind_of(content, LIMIT)
    assert refused.value.code == code


@pytest.mark.parametrize("packing", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_an_archive_packed_as_office_never_packs_is_not_unpacked(packing):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", packing) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("[Content_Types].xml", "<Types/>" * 50)
    content = bytearray(stream.getvalue())
    content[content.index(b"[Content_Types].xml") + 40] ^= 0xFF  # within its packed bytes
    with pytest.raises(files.EvidenceUnreadable) as refused:
        files.kind_of(bytes(content), LIMIT)
    assert refused.value.code == "evidence_damaged"


def test_an_archive_that_grows_without_end_is_refused_by_its_directory(monkeypatch):
    monkeypatch.setattr(files, "UNPACKED_LIMIT", 1000)
    with pytest.raises(files.EvidenceUnreadable) as refused:
        files.kind_of(office(huge="0" * 5000), LIMIT)
    assert refused.value.code == "evidence_too_large"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("SK_Bupati_12.pdf", "SK Bupati 12"),
        ("C:\\Berkas\\foto kantor.JPG", "foto kantor"),
        ("../../etc/passwd", "passwd"),
        ("a\u202eb\x00c.pdf", "a b c"),
        ("x" * 300 + ".pdf", "x" * 150),
        ("", ""),
    ],
)
def test_a_title_is_made_of_the_name(name, title):
    assert files.title_from(name) == title
