"""The ranking sheet is given how firm the decided places are, in Indonesian whatever the language of the page."""

import pytest
from django.utils import translation

from judging.selectors.papers import firmness
from judging.selectors.papers.firmness import firmness_page
from judging.selectors.papers.ranking import ranking_sheet_data
from judging.selectors.standings import PartStandings, final_part, tabulation_in_force
from judging.services.plenary import open_plenary
from tests.factories.scored import make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


def test_the_sheet_has_a_sentence_for_each_title_and_the_numbers_of_each_chart() -> None:
    scored = make_scored_round()
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None

    with translation.override("en"):
        sheet = ranking_sheet_data(tabulation, tabulation.parts.get(category=scored.category), "LP-01", AT)

    page = sheet.firmness
    assert page is not None
    assert page.state in firmness.STATES.values()
    assert [main.split(" ")[:2] for main, _ in page.places][:2] == [["Terbaik", "I,"], ["Terbaik", "II,"]]
    assert [chart.id for chart in page.charts] == ["chart-totals", "chart-spread", "chart-stability"]
    assert page.table.heads == ("Nomine", "A", "B", "C", "D", "Nilai resmi", "Unsur", "Terendah", "Median", "Tertinggi")
    assert [row[0] for row in page.table.rows] == [f"{line.place}. {line.nominee}" for line in sheet.ranked]
    assert page.note == ""


def test_a_large_category_and_one_without_a_ranking_have_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    scored = make_scored_round()
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    part = final_part(tabulation, category=scored.category)
    assert isinstance(part, PartStandings)
    assert firmness_page(tabulation, part) is not None
    monkeypatch.setattr(firmness, "LARGEST", 3)
    assert firmness_page(tabulation, part) is None


def test_fewer_than_all_are_drawn_and_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    scored = make_scored_round()
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    part = final_part(tabulation, category=scored.category)
    assert isinstance(part, PartStandings)
    monkeypatch.setattr(firmness, "SHOWN_ON_PAPER", 2)
    page = firmness_page(tabulation, part)
    assert page is not None
    assert page.note == "Gambar menampilkan 2 dari 4 nomine teratas."
    assert len(page.table.rows) == 2
