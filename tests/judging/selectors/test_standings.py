"""Frozen standings read back: exact, recounted, with what papers need, and at a constant cost."""

from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.models import Plenary, Standing, Tabulation, TabulationPart
from judging.selectors.explanations import explanation_of
from judging.selectors.standings import final_part, final_standings, open_ties, tabulation_in_force
from judging.services.plenary import open_plenary
from nominees.models import PoolMode
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT, make_category

pytestmark = pytest.mark.django_db


def opened(scored: Scored) -> Plenary:
    return open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)


def test_final_standings_hold_what_papers_print() -> None:
    scored = make_scored_round()
    found = final_standings(opened(scored).tabulation)
    assert [part.name for part in found.parts] == ["Kategori pemda", "Kategori desa", "Kategori umum"]
    part = found.categories[0]
    assert [leaf.id for leaf in part.criteria] == ["cakupan", "regulasi", "inovasi", "pemahaman"]
    line = part.ranked[1]
    assert [(node.criterion, node.score, node.count) for node in line.scores] == [
        ("cakupan", Fraction(100, 3), 0),
        ("regulasi", Fraction(80), 0),
        ("inovasi", Fraction(80), 9),
        ("pemahaman", Fraction(75), 9),
    ]
    marks = line.scores[2].marks
    assert [(mark.seat, mark.value) for mark in marks if mark.dropped] == [("unsur-1", 70), ("unsur-9", 100)]
    assert (line.core.exact, line.score, line.place, line.title) == (Fraction(181, 3), "60.33", "2", "Terbaik II")
    assert (line.resolved_by, line.is_tied, line.standing is not None) == (("by_weight",), False, True)
    (report, _) = part.result.ties
    assert report.outcome == (("2",), ("1",))


def test_open_ties_name_the_tied_their_place_and_category() -> None:
    scored = make_scored_round()
    (tie,) = open_ties(opened(scored).tabulation)
    assert [nomination.number for nomination in tie.nominations] == [3, 4]
    assert (tie.category, tie.pool, tie.place, tie.score) == (scored.category, None, "3", "54.00")


def test_tie_beyond_the_titled_places_is_not_open() -> None:
    scored = make_scored_round()
    scored.category.places = 2
    scored.category.save()
    tabulation = opened(scored).tabulation
    assert open_ties(tabulation) == []
    part = final_standings(tabulation).categories[0]
    assert [tie.needs_decision for tie in part.ties] == [False]
    assert [line.title for line in part.ranked] == ["Terbaik I", "Terbaik II", "", ""]


def test_only_the_tabulation_in_force_is_found() -> None:
    scored = make_scored_round()
    assert tabulation_in_force(scored.round) is None
    tabulation = opened(scored).tabulation
    assert tabulation_in_force(scored.round) == tabulation
    Tabulation.objects.update(superseded_at=AT)
    assert tabulation_in_force(scored.round) is None


def test_pool_over_all_is_frozen_with_the_categories() -> None:
    scored = make_scored_round()
    scored.pool.mode = PoolMode.ALL
    scored.pool.save()
    tabulation = opened(scored).tabulation
    assert TabulationPart.objects.filter(pool=scored.pool).exists()
    part = final_part(tabulation, pool=scored.pool)
    assert part is not None
    assert part == final_standings(tabulation).pools[0]


def test_final_part_of_something_outside_the_run_is_none() -> None:
    scored = make_scored_round()
    tabulation = opened(scored).tabulation
    assert final_part(tabulation, category=make_category(scored.round, "lain")) is None
    assert final_part(tabulation, pool=make_scored_round(region_code="52").pool) is None


def test_recount_disagrees_when_the_answer_is_not_the_one_of_the_input() -> None:
    scored = make_scored_round()
    tabulation = opened(scored).tabulation
    part = TabulationPart.objects.get(category=scored.category)
    forged = Tabulation.objects.create(
        round=scored.round,
        number=9,
        rules=tabulation.rules,
        engine_version="x",
        frozen_at=AT,
        frozen_by=scored.chair,
        superseded_at=AT,
    )
    copy = TabulationPart.objects.create(
        tabulation=forged,
        category=scored.category,
        input=part.input,
        input_hash=part.input_hash,
        answer="{}",
        answer_hash="0" * 64,
    )
    rows = list(part.standings.all())
    for row in rows:
        row.pk, row.part = None, copy
    Standing.objects.bulk_create(rows)
    assert final_standings(tabulation).categories[0].recount_agrees
    assert not final_standings(forged).categories[0].recount_agrees


def test_final_standings_cost_the_same_for_few_and_for_30_nominees() -> None:
    costs = []
    for region_code, more in (("53", 0), ("52", 30)):
        scored = make_scored_round(region_code=region_code)
        for number in range(10, 10 + more):
            add_nominee(scored, number)
        tabulation = opened(scored).tabulation
        with CaptureQueriesContext(connection) as queries:
            final_standings(tabulation)
        costs.append(len(queries))
    assert costs == [6, 6]


def test_explanation_costs_seven_queries() -> None:
    scored = make_scored_round()
    tabulation = opened(scored).tabulation
    part = final_standings(tabulation).categories[0]
    with CaptureQueriesContext(connection) as queries:
        found = explanation_of(tabulation, part, part.ranked[0])
    assert len(queries) == 7
    assert found.above is None
    assert found.below is not None
    assert [step.depth for step in found.steps] == [0, 1, 1, 1, 2, 2]
