"""Diagnostics are computed once for one input, follow the limit of the rules, and know the day and the own sector."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.core.diagnostics import answer, diagnose
from judging.core.severity import additive
from judging.models import Interview, Room, Tabulation
from judging.selectors import diagnostics
from judging.selectors.chart_rows import points_of, spread_rows, totals_rows
from judging.selectors.decided import PartStandings
from judging.selectors.diagnostics import diagnostics_of, drift_of, own_sectors_of, seat_names
from judging.selectors.standings import final_part, tabulation_in_force
from judging.services.plenary import open_plenary
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def opened(more: int = 0) -> tuple[Scored, Tabulation, PartStandings]:
    scored = make_scored_round()
    for number in range(10, 10 + more):
        add_nominee(scored, number, str(40 + number))
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    part = final_part(tabulation, category=scored.category)
    assert isinstance(part, PartStandings)
    return scored, tabulation, part


def test_they_are_those_of_the_core_the_first_time_and_from_the_cache() -> None:
    _, tabulation, part = opened()
    seats = seat_names(tabulation)
    expected = answer(diagnose(part.problem, part.result))
    for _ in range(2):
        assert answer(diagnostics_of(part, seats, 20).found) == expected


def test_the_same_input_is_computed_once_and_another_limit_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    _, _, part = opened()
    asked: list[int] = []

    def counted(*args: Any, limit: int) -> Any:
        asked.append(limit)
        return diagnose(*args, limit=limit)

    monkeypatch.setattr(diagnostics, "diagnose", counted)
    found = [diagnostics_of(part, {}, limit).found.divergence for limit in (20, 20, 40)]
    assert asked == [20, 40]
    assert len(found[2]) < len(found[0])


def test_names_are_those_that_people_use() -> None:
    scored, tabulation, part = opened()
    names = diagnostics_of(part, seat_names(tabulation), 20).names
    assert names.nominee("1") == str(scored.nominations[1])
    assert names.seat("unsur-1") == scored.seats[0].name
    assert names.criterion("inovasi") == "Inovasi"
    assert names.seat("unsur-99") == "unsur-99"


def test_the_points_of_a_chart_add_up_to_the_exact_total() -> None:
    _, _, part = opened(3)
    points = points_of(part, part.ranked)
    assert {key: sum(own.values()) for key, own in points.items()} == {
        str(line.nomination.number): line.core.exact for line in part.ranked
    }
    rows = totals_rows(part, points)
    assert [row.label for row in rows] == [f"{line.place}. {line.nomination}" for line in part.ranked]
    assert all(len(row.parts) == len(part.criteria) for row in rows)


def test_the_spread_is_that_of_the_table_of_places() -> None:
    _, _, part = opened()
    found = diagnostics_of(part, {}, 20)
    rows = spread_rows(part, found.points, found.found.totals)
    assert [max(row.totals) - min(row.totals) for row in rows] == [line.spread for line in part.ranked]
    assert [len(row.totals) for row in rows] == [9, 9, 8, 9]  # a seat is recused for nominee 3


def test_drift_follows_the_order_of_each_day_and_room() -> None:
    scored, _, part = opened(3)
    rooms = [Room.objects.create(round=scored.round, name=name) for name in ("Aula", "Ruang 2")]
    numbers = [1, 2, 3, 4, 10, 11]
    for step, number in enumerate(numbers):
        start = AT + timedelta(days=step // 4, hours=step % 4)
        Interview.objects.create(
            round=scored.round,
            nomination=scored.nominations[number],
            room=rooms[number == 11],
            starts_at=start,
            ends_at=start + timedelta(minutes=30),
        )
    assert diagnostics._order_of_the_day(part) == {"1": 1, "2": 2, "3": 3, "4": 4, "10": 1, "11": 1}
    found = drift_of(part, diagnostics_of(part, {}, 20).found.fit)
    slope = found["unsur-1"]
    assert slope is not None
    assert slope.n == 6
    assert drift_of(part, None) == {}


def test_own_sector_compares_the_categories_of_the_seat_with_the_others() -> None:
    scored, tabulation, part = opened()
    assert own_sectors_of(tabulation) == {}
    scored.seats[0].own_categories.add(scored.category)
    found = own_sectors_of(tabulation)
    assert list(found) == ["unsur-1"]
    assert found["unsur-1"] is None  # one nominee in the other category is too few
    assert additive(diagnostics_of(part, {}, 20).found.totals) is not None


def test_own_sector_costs_the_same_for_few_and_for_many_nominees() -> None:
    costs = []
    for more in (0, 5):
        scored, tabulation, _ = opened(more) if not more else _elsewhere(more)
        scored.seats[0].own_categories.add(scored.category)
        with CaptureQueriesContext(connection) as queries:
            own_sectors_of(tabulation)
        costs.append(len(queries))
    assert costs[0] == costs[1] == 3


def _elsewhere(more: int) -> tuple[Scored, Tabulation, None]:
    scored = make_scored_round(region_code="52")
    for number in range(10, 10 + more):
        add_nominee(scored, number)
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    return scored, tabulation, None
