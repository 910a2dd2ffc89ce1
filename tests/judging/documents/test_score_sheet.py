"""Empty score sheets as paper: everything to write a mark beside, boxes to write it in, and no mark."""

import base64
import io
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from pypdf import PdfReader

from judging.core.criteria import Scale
from judging.documents import score_sheet_samples as samples
from judging.documents.data import NotPrinted
from judging.documents.score_sheet import REASONS, Boxes, boxes, boxes_svg, render_score_sheets, scale_text

from .reading import HOSTILE, link_targets, page_sizes, pages_text, text, tight


@pytest.fixture(scope="module")
def sheets_pdf() -> bytes:
    return render_score_sheets(samples.score_sheets(2))


@pytest.fixture(scope="module")
def eight_pdf() -> bytes:
    batch = samples.score_sheets(2, samples.EIGHT)
    hostile = replace(batch.sheets[0], nominee=HOSTILE)
    return render_score_sheets(replace(batch, sheets=(hostile, *batch.sheets[1:])), "F4")


def test_a_sheet_says_who_marks_whom_by_what(sheets_pdf: bytes) -> None:
    page = pages_text(sheets_pdf)[1]
    expected = [
        samples.samples.ISSUING_BODY,
        samples.samples.EDITION,
        samples.samples.DEMO_MARK,
        "Lembar Penilaian",
        f"1 {samples.samples.LONGEST_REGENCY}",
        samples.samples.CATEGORY,
        "Selasa, 24 Juni 2025, pukul 09.00–09.20 WITA; Ruang Flobamora",
        "Unsur APINDO: Fransiska Dhema (contoh)",
        "Rubrik pemerintah daerah dan desa versi 1 (contoh, bukan bobot resmi)",
        "Kode lembar 2024/53/apindo/1/3f9a1c07",
        "1. Inovasi",
        "Bobot 15% · nilai 0 sampai 100, kelipatan 0,5",
        "2. Komitmen pimpinan (Wawancara)",
        "Bobot 5% · nilai 1 sampai 5, kelipatan 1",
        "100 Berjalan luas, hasilnya terukur, dan layak ditiru daerah lain",
        "Catatan",
        "Kupang,",
        "Dientri pertama oleh",
        "Lembar 1 dari 2 · halaman 1 dari 1",
    ]
    assert [words for words in expected if tight(words).upper() not in tight(page).upper()] == []
    assert "Total" not in page


def test_not_applicable_is_offered_only_where_the_rubric_allows_it(sheets_pdf: bytes) -> None:
    assert pages_text(sheets_pdf)[1].count("Tidak berlaku, karena:") == 1
    assert pages_text(sheets_pdf)[1].count("lazim 60 sampai 95, di luar itu wajib dengan catatan") == 1


def test_what_is_left_out_is_listed_first_with_the_reason(sheets_pdf: bytes) -> None:
    page = pages_text(sheets_pdf)[0]
    for words in ("Unsur akademisi", "Prof. Dr. Petrus Banunaek", "99. Kabupaten Belu", REASONS["recused"]):
        assert tight(words) in tight(page)
    assert "Lembar Penilaian ·" not in page


@pytest.mark.parametrize("reason", list(REASONS))
def test_every_reason_is_printed_and_a_print_may_hold_nothing_but_the_list(reason: NotPrinted) -> None:
    batch = samples.score_sheets(0)
    printed = text(
        render_score_sheets(replace(batch, left_out=(replace(batch.left_out[0], reason=reason, holder=""),)))
    )
    assert tight(REASONS[reason]) in tight(printed)
    assert "(lowong)" in printed
    assert "Tidak ada lembar" in text(render_score_sheets(replace(batch, left_out=())))


def test_a_print_without_anything_left_out_begins_with_a_sheet() -> None:
    pages = pages_text(render_score_sheets(replace(samples.score_sheets(1), left_out=(), demo_mark="")))
    assert len(pages) == 1
    assert "Catatan" in pages[0]
    assert samples.samples.DEMO_MARK not in pages[0]


def test_eight_criteria_fit_one_page_of_either_paper(eight_pdf: bytes) -> None:
    assert page_sizes(eight_pdf) == {(215, 330)}
    assert len(pages_text(eight_pdf)) == 3
    a4 = render_score_sheets(samples.score_sheets(1, samples.EIGHT))
    assert page_sizes(a4) == {(210, 297)}
    assert len(pages_text(a4)) == 2


def test_a_longer_sheet_counts_its_own_pages() -> None:
    long = samples.score_sheet(1, samples.EIGHT + samples.CRITERIA)
    batch = replace(samples.score_sheets(1), first=12, total=30, left_out=(), sheets=(long, samples.score_sheet(2)))
    pages = pages_text(render_score_sheets(batch))
    counts = ("Lembar 12 dari 30 · halaman 1 dari 2", "Lembar 12 dari 30 · halaman 2 dari 2", "Lembar 13 dari 30")
    assert [words in page for words, page in zip(counts, pages, strict=True)] == [True, True, True]
    assert "halaman 1 dari 1" in pages[2]


def test_before_it_is_placed_an_interview_has_no_time() -> None:
    batch = samples.score_sheets(1)
    unplaced = replace(batch.sheets[0], starts_at=None, ends_at=None, room="", holder="")
    assert "belum dijadwalkan" in text(render_score_sheets(replace(batch, sheets=(unplaced,))))


def test_user_text_stays_text_and_nothing_is_fetched_or_linked(eight_pdf: bytes) -> None:
    assert tight(HOSTILE) in tight(text(eight_pdf))
    assert link_targets(eight_pdf) == []


def test_every_font_is_embedded(sheets_pdf: bytes) -> None:
    for page in PdfReader(io.BytesIO(sheets_pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            (descendant,) = font.get_object()["/DescendantFonts"]
            descriptor = descendant.get_object()["/FontDescriptor"].get_object()
            assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_the_same_data_give_the_same_bytes(sheets_pdf: bytes) -> None:
    assert render_score_sheets(samples.score_sheets(2)) == sheets_pdf


def test_a_scanner_reads_the_code(sheets_pdf: bytes, tmp_path: Path) -> None:
    paper = tmp_path / "lembar.pdf"
    paper.write_bytes(sheets_pdf)
    for tool in ("pdftoppm", "zbarimg"):
        assert shutil.which(tool), f"{tool} is missing; the set-up of the tests installs it"
    subprocess.run(["pdftoppm", "-r", "100", "-f", "3", "-png", "-singlefile", paper, tmp_path / "page"], check=True)  # noqa: S603, S607
    read = subprocess.run(  # noqa: S603
        ["zbarimg", "--quiet", "--raw", tmp_path / "page.png"],  # noqa: S607
        check=True,
        capture_output=True,
        text=True,
    )
    assert read.stdout.strip() == "2024/53/apindo/2/3f9a1c07"


@pytest.mark.parametrize(
    ("scale", "expected", "words"),
    [
        (Scale(step=Fraction(1, 2)), Boxes(has_sign=False, whole=3, digits=1), "0 sampai 100, kelipatan 0,5"),
        (Scale(step=Fraction(1)), Boxes(has_sign=False, whole=3, digits=0), "0 sampai 100, kelipatan 1"),
        (Scale(), Boxes(has_sign=False, whole=3, digits=2), "0 sampai 100"),
        (
            Scale(Fraction(1), Fraction(5), Fraction(1)),
            Boxes(has_sign=False, whole=1, digits=0),
            "1 sampai 5, kelipatan 1",
        ),
        (
            Scale(Fraction(-10), Fraction(10), Fraction(1, 4)),
            Boxes(has_sign=True, whole=2, digits=2),
            "−10 sampai 10, kelipatan 0,25",
        ),
        (
            Scale(Fraction(1, 2), Fraction(9, 2), Fraction(1)),
            Boxes(has_sign=False, whole=1, digits=1),
            "0,5 sampai 4,5, kelipatan 1 dari 0,5",
        ),
    ],
)
def test_boxes_have_the_size_of_the_scale(scale: Scale, expected: Boxes, words: str) -> None:
    assert boxes(scale) == expected
    assert scale_text(scale) == words


def test_boxes_are_a_picture_with_a_frame_for_every_digit() -> None:
    picture = base64.b64decode(boxes_svg(Boxes(has_sign=True, whole=3, digits=2)).partition(",")[2]).decode()
    assert picture.count("<rect") == 5
    assert picture.count("<path") == 2  # sign and comma
    assert "style" not in picture
