"""From rows to the open format: who is in it, what counts, and at what cost."""

import json
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.core import package
from judging.core.tabulation import tabulate
from judging.models import CategoryRubric, Decision, DecisionKind, RubricVersion, RuleSet, SecretariatEntry, SheetState
from judging.selectors.tabulations import (
    CategoryWithoutRubric,
    RubricVersionsMixed,
    RulesMissing,
    document_of,
    document_of_pool,
    tabulate_round,
)
from nominees.models import Nomination, Status
from tests.factories.rubrics import make_rules
from tests.factories.scored import add_nominee, make_scored_round, submit
from tests.factories.sheets import make_recusal
from tests.factories.world import AT, make_round

pytestmark = pytest.mark.django_db


def answer(document: dict[str, Any]) -> dict[str, Any]:
    """What anybody gets from the document alone, after a trip through JSON."""
    found: dict[str, Any] = package.answer(tabulate(package.read(json.loads(json.dumps(document)))))
    return found


def test_document_of_hand_worked_category_gives_exact_totals_and_places() -> None:
    scored = make_scored_round()
    found = answer(document_of(scored.category))["nominees"]
    assert {key: (each["rank"], each["final"], each.get("final_exact")) for key, each in found.items()} == {
        "2": (1, "60.33", "6033/100"),
        "1": (2, "60.33", "181/3"),
        "3": (3, "54.00", "54"),
        "4": (3, "54.00", "54"),
        "5": (None, None, None),
        "6": (None, None, None),
    }
    assert found["1"]["nodes"]["inovasi"] == "80"
    assert found["1"]["resolved_by"] == ["by_weight"]
    assert found["3"]["counts"] == {"inovasi": 8, "pemahaman": 8}
    assert found["5"]["reason"] == "disqualified"


def test_document_of_lists_statuses_recusals_and_exact_values() -> None:
    scored = make_scored_round()
    document = document_of(scored.category)
    assert document["nominees"] == ["1", "2", "3", "4", "5", "6"]
    assert document["disqualified"] == ["5", "6"]
    assert document["recusals"] == [["unsur-7", "3"]]
    assert document["values"]["1"] == {"cakupan": "100/3", "regulasi": "8"}
    assert document["judges"] == [f"unsur-{position}" for position in range(1, 10)]
    assert document["policy"]["labels"] == ["Terbaik I", "Terbaik II", "Terbaik III"]
    assert document["policy"]["chair"] == []


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.REJECTED])
def test_document_of_leaves_out_who_never_competed(status: str) -> None:
    scored = make_scored_round()
    Nomination.objects.filter(number=4).update(status=status, status_reason="alasan uji")
    assert "4" not in document_of(scored.category)["nominees"]


def test_document_of_takes_the_latest_submitted_version_and_never_a_draft() -> None:
    scored = make_scored_round()
    version, seat, nomination = scored.category.rubric.version, scored.seats[0], scored.nominations[4]
    submit(nomination, seat, version, {"inovasi": "61", "pemahaman": "61"}, number=2)
    submit(nomination, seat, version, {"inovasi": "99", "pemahaman": "99"}, number=3, state=SheetState.DRAFT)
    assert ["unsur-1", "4", "inovasi", "61"] in document_of(scored.category)["scores"]


def test_document_of_counts_a_declared_recusal_and_not_a_declined_one() -> None:
    scored = make_scored_round()
    make_recusal(scored.seats[0], scored.nominations[1], "declared")
    make_recusal(scored.seats[0], scored.nominations[2], "declined")
    assert document_of(scored.category)["recusals"] == [["unsur-1", "1"], ["unsur-7", "3"]]


def test_document_of_leaves_out_a_score_that_two_people_entered_differently() -> None:
    scored = make_scored_round()
    SecretariatEntry.objects.filter(nomination__number=1, turn=2).update(value="7")
    document = document_of(scored.category)
    assert "regulasi" not in document["values"]["1"]
    assert answer(document)["nominees"]["1"]["reason"] == "missing_value:regulasi"


def test_document_of_carries_absences_and_not_applicable() -> None:
    scored = make_scored_round()
    nomination, version = scored.nominations[4], scored.category.rubric.version
    for seat in scored.seats:
        marks = {"inovasi": "absent" if seat.position == 1 else "60", "pemahaman": "not_applicable"}
        submit(nomination, seat, version, marks, number=2)
    document = document_of(scored.category)
    assert document["not_applicable"] == [["4", "pemahaman"]]
    assert ["unsur-1", "4", "inovasi", "absent"] in document["states"]
    assert answer(document)["nominees"]["4"]["counts"] == {"inovasi": 8}


def test_document_of_with_recorded_exception_ranks_below_the_quorum() -> None:
    scored = make_scored_round()
    nomination = add_nominee(scored, 8, seats=4)
    assert answer(document_of(scored.category))["nominees"]["8"]["reason"] == "insufficient_scores:inovasi"
    decision = Decision.objects.create(
        round=scored.round,
        category=scored.category,
        kind=DecisionKind.QUORUM,
        votes_for=5,
        reason="hanya empat unsur hadir",
        decided_by=scored.chair,
        decided_at=AT,
    )
    decision.nominations.add(nomination)
    document = document_of(scored.category)
    assert document["exceptions"] == ["8"]
    assert answer(document)["nominees"]["8"]["rank"] == 5


def test_document_of_pool_holds_the_firsts_of_its_categories() -> None:
    scored = make_scored_round()
    found = answer(document_of_pool(scored.pool))
    assert found["order"] == ["7", "2"]
    assert found["nominees"]["7"]["final_exact"] == "88"


def test_document_of_pool_over_all_holds_everybody() -> None:
    scored = make_scored_round()
    scored.pool.mode = "all"
    assert answer(document_of_pool(scored.pool))["order"] == ["7", "2", "1", "3", "4"]


def test_tabulate_round_costs_the_same_for_few_and_for_30_nominees() -> None:
    scored = make_scored_round()
    with CaptureQueriesContext(
        connection,
    ) as few:
        tabulate_round(scored.round)
    for number in range(10, 40):
        add_nominee(scored, number, seats=1)
    with CaptureQueriesContext(connection) as many:
        results = tabulate_round(scored.round)
    assert len(few) == len(many) == 10
    assert len(results[0].result.standings) == 36
    assert results[0].result.by_nominee["1"].exact == Fraction(181, 3)


def test_tabulation_without_rules_rubric_or_with_mixed_versions_is_refused() -> None:
    scored = make_scored_round()
    version = scored.category.rubric.version
    other = RubricVersion.objects.create(
        rubric=version.rubric, number=2, content=version.content, content_hash=version.content_hash, created_at=AT
    )
    CategoryRubric.objects.filter(category=scored.category).update(version=other)
    with pytest.raises(RubricVersionsMixed):
        document_of(scored.category)
    CategoryRubric.objects.filter(category=scored.category).delete()
    with pytest.raises(CategoryWithoutRubric):
        document_of(scored.category)
    with pytest.raises(RulesMissing):
        tabulate_round(make_round(region_code="52"))


def test_criterion_step_is_left_out_where_the_rubric_has_no_such_criterion() -> None:
    scored = make_scored_round()
    rules = RuleSet.objects.get()
    RuleSet.objects.create(
        round=scored.round,
        number=2,
        content=json.dumps(json.loads(rules.content) | {"tie_break": ["criterion:lain", "criterion:inovasi"]}),
        content_hash="x",
        created_at=AT,
    )
    assert document_of(scored.category)["policy"]["tie_break"] == ["criterion:inovasi"]


def test_methods_of_criteria_that_a_rubric_does_not_have_or_the_panel_does_not_mark_are_left_out() -> None:
    scored = make_scored_round()
    make_rules(scored.round, panel_methods={"inovasi": "median", "lain": "mean", "regulasi": "mean"})
    assert document_of(scored.category)["policy"]["panel_methods"] == {"inovasi": "median"}
    assert document_of_pool(scored.pool)["policy"]["panel_methods"] == {"inovasi": "median"}
