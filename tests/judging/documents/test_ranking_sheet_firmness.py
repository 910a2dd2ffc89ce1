"""The page of the ranking sheet about firmness: sentences, three charts, and every number behind them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from judging.documents import samples
from judging.documents.charts import (
    Part,
    SpreadRow,
    StabilityRow,
    TotalsRow,
    spread_chart,
    stability_chart,
    totals_chart,
)
from judging.documents.charts.drawing import table
from judging.documents.firmness_data import FirmnessPage
from judging.documents.ranking_sheet import render_ranking_sheet

from .reading import HOSTILE, link_targets, pages_text, tight

NAMES = ["Kabupaten Timor Tengah Selatan (contoh)", HOSTILE]


def firmness_page() -> FirmnessPage:
    """Return a page of two nominees, one of them with a hostile name."""
    parts = [Part(f"Kriteria {number}", "20%") for number in range(5)]
    totals = [TotalsRow(name, "80,25", (Fraction(321, 20),) * 5) for name in NAMES]
    spread = [SpreadRow(name, "80,25", Fraction(321, 4), (Fraction(70), Fraction(91))) for name in NAMES]
    stability = [StabilityRow(name, (0.625, 0.375)) for name in NAMES]
    return FirmnessPage(
        state="Kokoh",
        reasons=("Peringkat pertama tidak bergantung pada satu unsur mana pun.",),
        places=(("Terbaik I: tetap untuk setiap perubahan kurang dari 6,5 poin.", ("Dengan median tetap.",)),),
        charts=(
            totals_chart(title="Nilai menurut kriteria", description="d", heads=("N", "R"), parts=parts, rows=totals),
            spread_chart(
                title="Sebaran antarunsur",
                description="d",
                heads=("N", "R", "U", "Terendah", "Median", "Tertinggi"),
                keys=("Satu unsur", "Median", "Nilai resmi"),
                rows=spread,
            ),
            stability_chart(title="Kestabilan", description="d", heads=("N", "Peringkat"), rows=stability),
        ),
        table=table(("Nomine", "A", "Nilai resmi"), [(name, "16,05", "80,25") for name in NAMES]),
        note="Gambar menampilkan 8 dari 21 nomine teratas.",
    )


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return render_ranking_sheet(replace(samples.ranking_sheet(3), firmness=firmness_page()))


def test_it_says_how_firm_the_places_are_on_a_page_of_its_own(pdf: bytes) -> None:
    pages = pages_text(pdf)
    (page,) = [page for page in pages if "Seberapa kokoh hasil ini: Kokoh" in page]
    assert "Keterangan di samping nilai resmi" in page
    for words in ("Terbaik I: tetap", "Dengan median tetap.", "tidak bergantung pada satu unsur", "8 dari 21 nomine"):
        assert words in page
    assert samples.DEMO_MARK in page


def test_the_charts_have_their_letters_and_numbers(pdf: bytes) -> None:
    printed = " ".join(pages_text(pdf))
    for words in ("E Kriteria 4 (20%)", "63%", "38%", "16,05", "Satu unsur"):
        assert words in printed


def test_user_text_in_a_chart_is_text(pdf: bytes) -> None:
    assert tight("<script>alert(1)</script>") in tight(" ".join(pages_text(pdf)))
    assert link_targets(pdf) == []


def test_a_sheet_without_it_has_no_such_page() -> None:
    pages = pages_text(render_ranking_sheet(samples.ranking_sheet(3)))
    assert not [page for page in pages if "Seberapa kokoh" in page]
