"""The data of the lembar penjelasan, read from a frozen run."""

from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.core.scoresheet import State
from judging.documents.explanation_data import ExplainedPaper, ExplanationSheet
from judging.selectors.papers.explanation import explanation_sheets_data
from judging.services.decisions import Votes, record_deviation, settle_tie
from judging.services.plenary import open_plenary, record_attendance
from nominees.models import CountedIndicator
from tests.factories.scored import Scored, add_nominee, make_scored_round, type_in
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


def _opened(scored: Scored) -> None:
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)


def _sheets(scored: Scored) -> dict[int, ExplanationSheet]:
    tabulation = scored.round.tabulations.get()
    part = tabulation.parts.get(category=scored.category)
    return {sheet.serial: sheet for sheet in explanation_sheets_data(tabulation, part, "PJ-01", AT).sheets}


def test_a_sheet_holds_the_whole_sum_and_who_entered_and_checked_each_figure() -> None:
    scored = make_scored_round()
    _opened(scored)

    sheet = _sheets(scored)[1]

    assert (sheet.place, sheet.of, sheet.award, sheet.official_score) == ("2", 4, "Terbaik II", Decimal("60.33"))
    assert sheet.exact == Fraction(181, 3)
    coverage, regulation, interview, innovation, _ = sheet.criteria
    assert (coverage.counts, coverage.part) == ((1, 3), Fraction(40, 3))
    assert "BPS (contoh), per 31 Desember 2024" in coverage.origin
    assert regulation.origin == f"dientri terpisah oleh {scored.secretary} dan {scored.second}"
    assert (interview.source, interview.depth, innovation.depth) == ("branch", 1, 2)
    assert (innovation.total, innovation.divisor, innovation.mean) == (560, 7, 80)
    assert [mark.dropped for mark in innovation.marks] == [True, *[False] * 7, True]
    assert len(sheet.seats) == 9
    assert sheet.input_hash == scored.round.tabulations.get().parts.get(category=scored.category).input_hash


def test_the_tie_and_the_neighbours_are_told() -> None:
    scored = make_scored_round()
    _opened(scored)

    sheets = _sheets(scored)

    (step,) = sheets[1].tie
    assert step.step == "Kriteria Cakupan"
    assert step.values == ((str(scored.nominations[2]), 50), (str(scored.nominations[1]), Fraction(100, 3)))
    above, below = sheets[1].neighbours
    assert (above.is_above, above.story) == (True, "nilai resmi sama; diputuskan oleh kriteria Cakupan")
    assert (below.is_above, below.difference, below.story) == (False, Fraction("6.33"), "")
    assert below.parts[-1] == ("pembulatan", Fraction("60.33") - Fraction(181, 3))
    assert sheets[3].tie[0].outcome == "tetap sama"
    assert sheets[3].neighbours[1].story == "nilai resmi sama, peringkat ditempati bersama"
    assert sheets[3].criteria[3].marks[6].state == State.RECUSED


def test_seats_whose_sheets_came_from_paper_are_told_with_who_typed_and_who_settled() -> None:
    scored = make_scored_round()
    typed = type_in(scored)
    people = [*(entry.entered_by for entry in typed.entries.order_by("turn")), typed.settled_by]
    _opened(scored)

    sheets = _sheets(scored)

    names = tuple(str(person) for person in people)
    assert sheets[1].papers == (
        ExplainedPaper(seat=4, typed_by=names[:2], settled_by=names[2], reason="angka 3 terbaca 8"),
    )
    assert sheets[2].papers == ()


def test_what_the_plenary_decided_is_printed_with_reason_and_vote() -> None:
    scored = make_scored_round()
    _opened(scored)
    plenary = scored.round.tabulations.get().plenary
    given = {"plenary": plenary, "subject": scored.category, "votes": Votes(7, 1), "actor": scored.secretary, "at": AT}
    settle_tie(order=[scored.nominations[4], scored.nominations[3]], reason="cakupan luas (contoh)", **given)
    record_deviation(nomination=scored.nominations[1], position=1, reason="data diperbaiki (contoh).", **given)

    sheets = _sheets(scored)

    assert sheets[1].decisions == (
        "Pleno menetapkan peringkat 1; hasil hitungan 2. Alasan: data diperbaiki (contoh)"
        " (setuju 7, tidak setuju 1, abstain 0).",
    )
    assert sheets[1].neighbours[0].story == "urutan ditetapkan pleno, berbeda dari hasil hitungan"
    assert (sheets[4].tie[-1].step, sheets[4].tie[-1].reason) == ("Keputusan pleno", "cakupan luas (contoh)")


def test_who_is_outside_the_ranking_is_told_why() -> None:
    scored = make_scored_round()
    _opened(scored)
    sheets = _sheets(scored)
    assert sheets[5].unranked.startswith("Di luar peringkat")
    assert (sheets[5].exact, sheets[5].neighbours) == (None, ())


def test_counts_that_are_no_longer_those_of_the_run_are_not_printed() -> None:
    scored = make_scored_round()
    _opened(scored)
    CountedIndicator.objects.filter(nomination=scored.nominations[1]).update(count=2, base=3)
    coverage = _sheets(scored)[1].criteria[0]
    assert coverage.counts is None
    assert coverage.score == Fraction(100, 3)


def test_the_sheets_of_a_category_cost_the_same_for_few_and_for_30_nominees() -> None:
    costs = []
    for region_code, more in (("53", 0), ("52", 30)):
        scored = make_scored_round(region_code=region_code)
        for number in range(10, 10 + more):
            add_nominee(scored, number)
        _opened(scored)
        with CaptureQueriesContext(connection) as queries:
            _sheets(scored)
        costs.append(len(queries))
    assert costs[0] == costs[1]
