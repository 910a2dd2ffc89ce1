"""Explanations: by which criteria neighbours differ, each step of a tie, and one reading of the rows for everybody."""

from fractions import Fraction

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from judging.models import DecisionKind
from judging.selectors.explanation_documents import explanation_document
from judging.selectors.explanations import DEVIATION, SCORE, SHARED, TIE, Explanation, explanation_of, explanations_of
from judging.selectors.standings import PartStandings, final_part
from judging.services.decisions import Votes, record_deviation, record_quorum_exception, settle_tie
from judging.services.plenary import open_plenary, record_attendance
from tests.factories.scored import Scored, add_nominee, make_scored_round, type_in
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


def _opened(scored: Scored) -> dict[int, Explanation]:
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
    return _all(scored)


def _all(scored: Scored) -> dict[int, Explanation]:
    tabulation = scored.round.tabulations.get()
    part = final_part(tabulation, category=scored.category)
    assert isinstance(part, PartStandings)
    return {each.line.nomination.number: each for each in explanations_of(tabulation, part)}


def test_the_difference_of_neighbours_is_told_criterion_by_criterion_and_adds_up() -> None:
    found = _opened(make_scored_round())[1]

    assert found.below is not None
    assert (found.below.kind, found.below.difference) == (SCORE, Fraction("6.33"))
    assert [(each.criterion, each.points) for each in found.below.parts] == [
        ("cakupan", Fraction(-20, 3)),
        ("regulasi", 6),
        ("inovasi", 4),
        ("pemahaman", 3),
        ("", Fraction("60.33") - Fraction(181, 3)),
    ]
    assert sum(each.points for each in found.below.parts) == found.below.difference
    assert [step.points for step in found.steps] == [None, Fraction(40, 3), 16, None, 16, 15]
    assert found.remainder == Fraction("60.33") - Fraction(181, 3)


def test_a_tie_is_told_step_by_step() -> None:
    found = _opened(make_scored_round())

    assert found[1].above is not None
    assert found[1].above.kind == TIE
    assert [(each.step, each.basis, each.settled) for each in found[1].tie] == [("by_weight", "cakupan", True)]
    assert found[3].below is not None
    assert found[3].below.kind == SHARED
    assert not any(each.settled for each in found[3].tie)
    assert len(found[3].tie) > 3
    assert found[5].tie == ()


def test_the_plenary_may_part_neighbours_by_a_vote_on_a_tie_or_against_the_sum() -> None:
    scored = make_scored_round()
    _opened(scored)
    plenary = scored.round.tabulations.get().plenary
    given = {"plenary": plenary, "subject": scored.category, "votes": Votes(7, 1), "actor": scored.secretary, "at": AT}
    settle_tie(order=[scored.nominations[4], scored.nominations[3]], reason="cakupan luas (contoh)", **given)
    record_deviation(nomination=scored.nominations[1], position=1, reason="data diperbaiki (contoh)", **given)

    found = _all(scored)

    assert found[1].line.place == "1"
    assert found[1].below is not None
    assert found[1].below.kind == DEVIATION
    assert [row.kind for row in found[1].decisions] == [DecisionKind.DEVIATION]
    assert found[3].above is not None
    assert found[3].above.comparison is not None
    assert (found[3].above.kind, found[3].above.comparison.step) == (TIE, "chair")
    assert found[3].tie[-1].reason == "cakupan luas (contoh)"


def test_who_ranks_below_the_quorum_carries_the_plenarys_exception() -> None:
    scored = make_scored_round()
    few = add_nominee(scored, 8, seats=4)
    record_quorum_exception(
        nomination=few, votes=Votes(6, 0), reason="penerbangan batal (contoh)", actor=scored.secretary, at=AT
    )

    found = _opened(scored)

    assert found[8].line.is_ranked
    assert found[8].exception is not None
    assert found[8].exception.reason == "penerbangan batal (contoh)"
    assert found[1].exception is None


def test_explaining_everybody_costs_no_more_queries_than_explaining_one() -> None:
    scored = make_scored_round()
    for number in range(10, 20):
        add_nominee(scored, number)
    open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    tabulation = scored.round.tabulations.get()
    part = final_part(tabulation, category=scored.category)
    assert isinstance(part, PartStandings)
    with CaptureQueriesContext(connection) as queries:
        everybody = list(explanations_of(tabulation, part))
    assert (len(queries), len(everybody)) == (7, 16)
    assert everybody[1] == explanation_of(tabulation, part, part.lines[1])


def test_the_document_gives_the_sum_the_points_and_the_steps() -> None:
    found = explanation_document(_opened(make_scored_round())[1])

    rows = {row["criterion"]: row for row in found["criteria"]}
    assert rows["regulasi"]["conversion"] == {
        "rule": "max",
        "value": "8",
        "start": "0",
        "rise": "100",
        "run": "10",
        "base": "0",
        "held": False,
    }
    assert (rows["inovasi"]["share_of_total"], rows["inovasi"]["points"]) == ("20", "16")
    assert (found["ranked"], found["remainder"]) == (4, "-1/300")
    assert found["tie"][0]["outcome"] == [["2"], ["1"]]
    assert found["below"]["parts"][-1] == {"criterion": None, "upper": "-1/300", "lower": "0", "points": "-1/300"}


def test_a_mark_from_paper_names_who_typed_and_who_settled_it() -> None:
    scored = make_scored_round()
    typed = type_in(scored)
    people = [*(entry.entered_by for entry in typed.entries.order_by("turn")), typed.settled_by]

    found = _opened(scored)[1]

    papers = {cell.seat.code: cell.paper for step in found.steps for cell in step.cells if cell.paper}
    assert papers == {scored.seats[3].code: typed}
    page = render_to_string("judging/ranking/_paper.html", {"paper": papers[scored.seats[3].code]})
    assert all(str(person) in page for person in people)
    assert "angka 3 terbaca 8" in page
    cells = [cell for row in explanation_document(found)["criteria"] for cell in row["cells"]]
    assert [cell["on_paper"] for cell in cells if cell["seat"] != scored.seats[3].code and cell["on_paper"]] == []
    assert {str(cell["on_paper"]) for cell in cells if cell["seat"] == scored.seats[3].code} == {
        str({"typed_by": [str(one) for one in people[:2]], "settled_by": str(people[2]), "reason": "angka 3 terbaca 8"})
    }
