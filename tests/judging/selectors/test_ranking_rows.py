"""The rows of a ranking: what a short and a long table print."""

import pytest

from judging.selectors import ranking_rows
from judging.selectors.decided import PartStandings
from judging.selectors.ranking_rows import table_of
from judging.selectors.standings import final_part
from judging.services.plenary import open_plenary
from tests.factories.scored import make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def part() -> PartStandings:
    scored = make_scored_round()
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    found = final_part(plenary.tabulation, category=scored.category)
    assert isinstance(found, PartStandings)
    return found


def test_short_table_prints_two_decimals_and_keeps_the_seats_of_each_mean(part: PartStandings) -> None:
    table = table_of(part, "d")
    assert (table.size, table.is_large, table.usual_seats) == (6, False, 9)
    assert table.columns == ("Cakupan", "Regulasi", "Inovasi", "Pemahaman")
    row = table.ranked[2]
    assert (row.number, row.score, row.spread, row.plain) == ("3", "54,00", "0,00", ())
    assert row.cells == (("50,00", None), ("50,00", None), ("60,00", 8), ("60,00", 8))


def test_long_table_prints_whole_points_letters_and_unusual_numbers_of_seats(
    part: PartStandings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranking_rows, "CARDS", 5)
    table = table_of(part, "d")
    assert table.is_large
    assert [(row.number, row.place, row.note, row.score, row.plain) for row in table.ranked] == [
        ("2", "1", " Terbaik I a", "60,33", ("50", "60", "71", "71")),
        ("1", "2", " Terbaik II a", "60,33", ("33", "80", "80", "75")),
        ("3", "3", " Terbaik III =", "54,00", ("50", "50", "60 (8)", "60 (8)")),
        ("4", "3", " Terbaik III =", "54,00", ("50", "50", "60", "60")),
    ]
    assert table.marks == (("a", ("by_weight",)),)
    assert {row.cells for row in table.ranked} == {()}
    assert [(row.number, row.reason, row.plain) for row in table.unranked] == [
        ("5", "outside", ("75", "90", "90", "90")),
        ("6", "no_show", ("–", "–", "– (0)", "– (0)")),
    ]


def test_titles_are_those_of_the_rubric(part: PartStandings) -> None:
    table = table_of(part, "d")
    for name in ("cakupan", "wawancara", "total", "lain"):
        assert table.title_of(name) == part.title_of(name)
    assert table.title_of("cakupan") == "Cakupan"


@pytest.mark.parametrize(("index", "letter"), [(0, "a"), (25, "z"), (26, "aa"), (27, "ab"), (701, "zz"), (702, "aaa")])
def test_letters_go_on_after_z(index: int, letter: str) -> None:
    assert ranking_rows._letter(index) == letter
