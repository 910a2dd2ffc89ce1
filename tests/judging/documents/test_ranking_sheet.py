"""The ranking sheet: every number with what it rests on, every tie with what settled it."""

from dataclasses import replace
from fractions import Fraction

import pytest

from judging.documents import samples
from judging.documents.data import CriterionScore
from judging.documents.ranking_sheet import _values, score_text, weight_text

from .reading import page_sizes, pages_text, text, tight


def test_it_is_landscape_with_numbered_pages_and_the_mark_on_each(ranking_pdf: bytes) -> None:
    pages = pages_text(ranking_pdf)
    assert page_sizes(ranking_pdf) == {(297, 210)}
    assert len(pages) >= 2
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page
        assert samples.DEMO_MARK in page


def test_scores_are_rounded_half_up_on_paper_only(ranking_pdf: bytes) -> None:
    printed = text(ranking_pdf)
    assert "84,74" in printed
    assert "76,89" in printed  # 692/9
    assert "82,17 n = 9" in printed  # 493/6 from nine seats
    assert "80,98 n = 7" in printed  # 3239/40 = 80.975


def test_it_names_ties_statuses_rules_and_origin(ranking_pdf: bytes) -> None:
    printed = tight(text(ranking_pdf))
    sheet = samples.ranking_sheet()
    expected = [
        "2*",
        "Nilai sama; diputuskan oleh kriteria Cakupan kepesertaan.",
        "Kabupaten Malaka",
        "tidak hadir pada wawancara 25 Juni 2025",
        *sheet.rules,
        sheet.rubric_version,
        sheet.rubric_hash,
        sheet.input_hash,
        sheet.provenance.audit_head,
        sheet.provenance.engine_version,
        "4.812 peristiwa, dibaca Senin, 14 Juli 2025, pukul 11.30 WITA",
        "12,5%, nilai panel",
    ]
    assert [words for words in expected if tight(words) not in printed] == []


def test_all_nine_seats_have_a_signature_row(ranking_pdf: bytes) -> None:
    printed = tight(text(ranking_pdf))
    assert [member.name for member in samples.panel() if tight(member.name) not in printed] == []


def test_folio_is_offered_too() -> None:
    assert _values(samples.ranking_sheet(), "F4")["paper"] == "f4-landscape"


@pytest.mark.parametrize(
    ("weight", "printed"),
    [(Fraction(40), "40%"), (Fraction(25, 2), "12,5%"), (Fraction(100, 3), "33,33%"), (Fraction(0), "0%")],
)
def test_weight_text(weight: Fraction, printed: str) -> None:
    assert weight_text(weight) == printed


def test_an_absence_is_a_word_and_zero_is_a_number() -> None:
    assert score_text(CriterionScore(score=None, absence="Tidak berlaku"), 2) == "Tidak berlaku"
    assert score_text(CriterionScore(score=Fraction(0), seats=5), 2) == "0,00"


def test_a_line_with_too_few_scores_is_refused() -> None:
    sheet = samples.ranking_sheet()
    with pytest.raises(ValueError, match="one score per criterion"):
        replace(sheet, ranked=(replace(sheet.ranked[0], scores=()),))
