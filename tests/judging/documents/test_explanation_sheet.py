"""The lembar penjelasan as a paper: one page, readable letters, and nothing told by a line or colour alone."""

import io
from dataclasses import replace
from fractions import Fraction

import pytest
from pypdf import PdfReader

from judging.core.scoresheet import State
from judging.core.working import Conversion
from judging.documents import explanation_samples as samples
from judging.documents.explanation_data import ExplainedMark, ExplainedSheetTotal
from judging.documents.explanation_sheet import render_explanation_sheet, render_explanation_sheets, sheet_values

from .reading import HOSTILE, link_targets, page_sizes, pages_text, text, tight


@pytest.fixture(scope="module")
def sheet_pdf() -> bytes:
    return render_explanation_sheet(samples.explanation_sheet())


@pytest.fixture(scope="module")
def crowded_pdf() -> bytes:
    return render_explanation_sheet(replace(samples.crowded_sheet(), award=HOSTILE), "F4")


def test_an_ordinary_nominee_fits_one_a4_page(sheet_pdf: bytes) -> None:
    (page,) = pages_text(sheet_pdf)
    assert page_sizes(sheet_pdf) == {(210, 297)}
    expected = [
        "Peringkat 2 dari 21",
        "1.234 : 2.345 × 100 ≈ 52,622601",
        "(52,622601 − 20) × 100 : 70",
        "8 × 100 : 10",
        "560 : 7 = 80",
        "(70)",
        "(100)",
        "BK = benturan kepentingan",
        "dientri terpisah oleh",
        "Kabupaten Nagekeo di atas Kabupaten Belu",
        "Di atas: peringkat 1, Kabupaten Ende",
        samples.explanation_sheet().input_hash,
        samples.explanation_sheet().provenance.audit_head,
        samples.samples.DEMO_MARK,
    ]
    assert [words for words in expected if tight(words) not in tight(page)] == []


def test_nine_seats_and_twelve_criteria_take_two_pages_at_most_on_either_paper(crowded_pdf: bytes) -> None:
    assert page_sizes(crowded_pdf) == {(215, 330)}
    assert len(pages_text(crowded_pdf)) <= 2
    assert len(pages_text(render_explanation_sheet(samples.crowded_sheet()))) <= 2
    printed = tight(text(crowded_pdf))
    assert tight("9 oleh Maria Goreti Lake (contoh) dan Yohanes Lero (contoh), perbedaan diselesaikan oleh") in printed
    assert [name for name in samples.NAMES if tight(name) not in printed] == []
    for code in ("TH", "BK", "BI", "DT"):
        assert f"{code}=" in printed
    assert tight("penerbangan dibatalkan") in printed


def test_user_text_stays_text_and_nothing_is_fetched_or_linked(crowded_pdf: bytes) -> None:
    assert tight(HOSTILE) in tight(text(crowded_pdf))
    assert link_targets(crowded_pdf) == []


def test_no_letter_is_smaller_than_8_points_and_every_font_is_embedded(sheet_pdf: bytes) -> None:
    (page,) = PdfReader(io.BytesIO(sheet_pdf)).pages
    sizes: set[float] = set()

    def visit(content: str, matrix: list[float], line: list[float], font: object, size: float) -> None:
        if content.strip():
            sizes.add(round(size * abs(line[3]) * abs(matrix[3]), 1))

    page.extract_text(visitor_text=visit)
    assert min(sizes) >= 8
    fonts = page["/Resources"]["/Font"].values()
    for font in fonts:
        (descendant,) = font.get_object()["/DescendantFonts"]
        descriptor = descendant.get_object()["/FontDescriptor"].get_object()
        assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def test_each_nominee_of_a_category_begins_a_page() -> None:
    pages = pages_text(render_explanation_sheets(samples.explanation_sheets(3)))
    assert len(pages) == 3
    assert all("Lembar Penjelasan PJ-01/PARITRANA/NTT/2025" in page for page in pages)
    assert [f"Halaman {number}" in page for number, page in enumerate(pages, start=1)] == [True] * 3


def test_the_same_data_give_the_same_bytes(sheet_pdf: bytes) -> None:
    assert render_explanation_sheet(samples.explanation_sheet()) == sheet_pdf


def test_a_mark_left_out_is_in_brackets_and_one_on_an_incomplete_sheet_in_others() -> None:
    marks = (
        ExplainedMark(value=Fraction(-2), state=State.VALUE, used=True, dropped=False),
        ExplainedMark(value=Fraction("82.5"), state=State.VALUE, used=False, dropped=True),
        ExplainedMark(value=Fraction(70), state=State.VALUE, used=False, dropped=False),
        ExplainedMark(value=None, state=State.NOT_APPLICABLE, used=False, dropped=False),
    )
    first = replace(samples.explanation_sheet().criteria[2], marks=marks)
    printed = sheet_values(replace(samples.explanation_sheet(), criteria=(first,)))

    assert [mark["text"] for mark in printed["panel"][0]["marks"]] == ["−2", "(82,5)", "[70]", "TB"]  # type: ignore[index]
    assert printed["letters"] == [{"code": "TB", "words": "tidak berlaku"}]
    assert printed["marked"] == {"dropped": True, "unused": True}


def test_whole_sheets_are_totalled_seat_by_seat() -> None:
    sheet = replace(
        samples.explanation_sheet(),
        level="judge",
        sheet_totals=(
            ExplainedSheetTotal(seat=1, total=Fraction(60), dropped=True),
            ExplainedSheetTotal(seat=2, total=Fraction(70), dropped=False),
            ExplainedSheetTotal(seat=3, total=Fraction(75), dropped=False),
        ),
    )
    printed = sheet_values(sheet)

    assert [cell["text"] for cell in printed["sheet_totals"]][:4] == ["(60)", "70", "75", "–"]  # type: ignore[index,attr-defined]
    assert printed["total"]["sum"] == "145"  # type: ignore[index]
    assert printed["total"]["divisor"] == 2  # type: ignore[index]
    assert "unsur 1 (60); unsur 2 70" in text(render_explanation_sheet(sheet)).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (Conversion("step", Fraction(52), start=Fraction(40), constant=Fraction("55.5")), "mencapai ambang 40 = 55,5"),
        (Conversion("below", Fraction(2), start=Fraction(40), constant=Fraction(5)), "di bawah ambang 40 = 5"),
        (Conversion("zero", None, constant=Fraction(0)), "angka belum ada, dihitung = 0"),
        (Conversion("linear", Fraction(95), start=Fraction(20), run=Fraction(70)), "× 100 : 70 , paling tinggi 100"),
        (Conversion("linear", Fraction(95), start=Fraction(90), run=Fraction(-70)), ": (−70) , paling rendah 0"),
    ],
)
def test_every_kind_of_rule_is_a_sum_or_a_sentence(found: Conversion, words: str) -> None:
    first = replace(samples.explanation_sheet().criteria[0], conversion=found, counts=None, score=found.score)
    printed = text(render_explanation_sheet(replace(samples.explanation_sheet(), criteria=(first,))))
    assert tight(words) in tight(printed)


def test_who_has_no_place_is_told_why_and_has_no_total() -> None:
    sheet = replace(
        samples.explanation_sheet(),
        place="",
        award="",
        unranked="Tidak hadir wawancara",
        exact=None,
        official_score=None,
    )
    printed = text(render_explanation_sheet(sheet))
    assert "Tanpa peringkat" in printed
    assert "Tidak hadir wawancara" in printed
    assert "Total:" not in printed
