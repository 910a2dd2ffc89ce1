"""Rows kept by content: whatever changes them is another content, and nothing foreign is believed."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.core.problem import ENGINE
from judging.models import Plenary
from judging.selectors import ranking_run
from judging.selectors.ranking_rows import RankingTable
from judging.selectors.ranking_run import ranking_table, run_of
from judging.selectors.standings import tabulation_in_force
from judging.services import rounds
from judging.services.decisions import settle_tie, withdraw_decision
from judging.services.plenary import open_plenary, record_attendance
from judging.services.votes import Votes
from nominees.core.lifecycle import State
from nominees.models import Category, CountedIndicator, Nominee, Pool
from tests.factories.decided import confirm_and_countersign, make_decided
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def opened(scored: Scored) -> Plenary:
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    present = dict.fromkeys(scored.seats, True)
    return record_attendance(plenary=plenary, present=present, actor=scored.secretary, at=AT)


def rows_of(scored: Scored, subject: Category | Pool | None = None) -> RankingTable:
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    found = ranking_table(run_of(tabulation), subject or scored.category)
    assert found is not None
    return found


def places(table: RankingTable) -> list[tuple[str, str, str]]:
    return [(row.number, row.place, row.moved_from) for row in table.ranked]


def tie_settled(scored: Scored, plenary: Plenary) -> Any:
    return settle_tie(
        plenary=plenary,
        subject=scored.category,
        order=[scored.nominations[4], scored.nominations[3]],
        votes=Votes(6, 2),
        reason="cakupan pekerja rentan",
        actor=scored.secretary,
        at=AT,
    )


def test_second_look_takes_one_query_and_does_not_count_again(monkeypatch: pytest.MonkeyPatch) -> None:
    scored = make_scored_round()
    opened(scored)
    first = rows_of(scored)
    monkeypatch.setattr(ranking_run, "final_part", lambda *_args, **_kwargs: pytest.fail("counted again"))
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    run = run_of(tabulation)
    with CaptureQueriesContext(connection) as queries:
        assert ranking_table(run, scored.category) == first
    assert len(queries) == 1


def test_decision_and_its_withdrawal_are_other_contents() -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    before = rows_of(scored)
    assert places(before)[2:] == [("3", "3", ""), ("4", "3", "")]
    assert before.has_open_ties
    decision = tie_settled(scored, plenary)
    settled = rows_of(scored)
    assert places(settled)[2:] == [("4", "3", ""), ("3", "4", "")]
    assert not settled.has_open_ties
    withdraw_decision(decision=decision, actor=scored.secretary, at=AT)
    assert rows_of(scored) == before
    assert before.digest != settled.digest


def test_decision_about_another_subject_leaves_the_rows_alone() -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    village = rows_of(scored, scored.village)
    tie_settled(scored, plenary)
    assert rows_of(scored, scored.village).digest == village.digest


def test_deviation_shows_the_computed_place() -> None:
    scored = make_scored_round()
    make_decided(scored)
    assert places(rows_of(scored)) == [("1", "1", "2"), ("2", "2", "1"), ("4", "3", ""), ("3", "4", "")]


def step_back(scored: Scored, target: State) -> None:
    asked: dict[str, Any] = {"round": scored.round, "at": AT}
    change = rounds.request_step_back(target=target, reason="keberatan (contoh)", actor=scored.secretary, **asked)
    rounds.confirm_step_back(change=change, actor=scored.chair, at=AT)
    scored.round.refresh_from_db()


def test_new_freeze_after_a_step_back_is_another_content() -> None:
    scored = make_scored_round()
    opened(scored)
    before = rows_of(scored)
    step_back(scored, State.SCORING)
    assert tabulation_in_force(scored.round) is None
    opened(scored)
    again = rows_of(scored)
    assert again.digest != before.digest
    assert replace(again, digest="") == replace(before, digest="")


def test_pool_of_firsts_follows_its_categories_until_and_after_the_decision() -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    live = rows_of(scored, scored.pool)
    assert [row.number for row in live.ranked] == ["7", "2"]
    make_decided_from(scored, plenary)
    frozen = rows_of(scored, scored.pool)
    assert frozen.digest != live.digest
    step_back(scored, State.PLENARY)
    reopened = rows_of(scored, scored.pool)
    assert reopened.digest not in (frozen.digest, live.digest)
    assert [row.number for row in reopened.ranked] == [row.number for row in frozen.ranked]


def make_decided_from(scored: Scored, plenary: Plenary) -> None:
    tie_settled(scored, plenary)
    confirm_and_countersign(plenary, chair=scored.chair, second=scored.secretary)
    scored.round.refresh_from_db()


def test_pool_that_waits_has_no_rows() -> None:
    scored = make_scored_round()
    for number in (8, 9):  # they share the first place of their category
        add_nominee(scored, number, mark="100")
    CountedIndicator.objects.filter(nomination__number__in=(8, 9)).update(count=10, base=10)
    opened(scored)
    for _ in range(2):  # worked out, then from the cache
        table = rows_of(scored, scored.pool)
        assert (table.is_pending, table.ranked) == (True, ())


def test_name_corrected_later_is_another_content() -> None:
    scored = make_scored_round()
    opened(scored)
    before = rows_of(scored)
    Nominee.objects.filter(pk=scored.nominations[2].nominee_id).update(name="Kabupaten Lain (contoh)")
    after = rows_of(scored)
    assert (after.ranked[0].name, after.digest != before.digest) == ("Kabupaten Lain (contoh)", True)


def test_another_engine_is_another_content(monkeypatch: pytest.MonkeyPatch) -> None:
    scored = make_scored_round()
    opened(scored)
    before = rows_of(scored)
    monkeypatch.setattr(ranking_run, "ENGINE", ENGINE + "-lain")
    assert rows_of(scored).digest != before.digest


@pytest.mark.parametrize("kind", ["rows of another province", "something else"])
def test_foreign_entry_under_the_key_is_not_believed(kind: str) -> None:
    scored, other = make_scored_round(), make_scored_round(region_code="52")
    opened(scored)
    opened(other)
    own, foreign = rows_of(scored), rows_of(other)
    assert own.digest != foreign.digest
    assert {row.name for row in own.ranked} & {row.name for row in foreign.ranked} == set()
    poison: object = foreign if kind == "rows of another province" else {"ranked": ["60,33"]}
    key = f"judging.ranking.{scored.round.pk}.{own.digest}"
    assert cache.get(key) == own
    cache.set(key, poison)
    assert rows_of(scored) == own


def test_category_outside_the_run_has_no_rows() -> None:
    scored, other = make_scored_round(), make_scored_round(region_code="52")
    opened(scored)
    tabulation = tabulation_in_force(scored.round)
    assert tabulation is not None
    assert ranking_table(run_of(tabulation), other.category) is None
    assert ranking_table(run_of(tabulation), other.pool) is None
