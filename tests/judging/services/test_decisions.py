"""Motions and exceptions: what is recorded, what each refuses, and whose vote counts."""

import json
from typing import Any

import pytest

from judging.core.deviation import DeviationImpossible, DeviationThroughTie
from judging.models import Decision, Plenary, RuleSet
from judging.selectors.plenary import decisions_of
from judging.selectors.standings import final_standings, open_ties
from judging.services.decisions import (
    DecisionWithdrawn,
    QuorumNotMissing,
    record_deviation,
    record_quorum_exception,
    settle_tie,
    withdraw_decision,
)
from judging.services.plenary import open_plenary, record_attendance
from judging.services.proposals import AttendanceMissing, LaterDecisionStands, NotInTabulation, NotThisTie
from judging.services.votes import DecisionWithoutReason, MotionRejected, TooManyVotes, Votes
from nominees.models import Category, CountedIndicator
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.sheets import make_recusal
from tests.factories.world import AT, make_category

pytestmark = pytest.mark.django_db


def in_plenary(*, absent: int = 0) -> tuple[Scored, Plenary]:
    scored = make_scored_round()
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    present = {seat: seat.position > absent for seat in scored.seats}
    record_attendance(plenary=plenary, present=present, actor=scored.secretary, at=AT)
    return scored, plenary


def tie(scored: Scored, plenary: Plenary, *order: int, **changes: Any) -> Decision:
    facts: dict[str, Any] = {
        "subject": scored.category,
        "votes": Votes(6, 2),
        "reason": "cakupan pekerja rentan",
        "actor": scored.secretary,
    }
    return settle_tie(plenary=plenary, order=[scored.nominations[number] for number in order], at=AT, **facts | changes)


def move(scored: Scored, plenary: Plenary, number: int, position: int, **changes: Any) -> Decision:
    facts: dict[str, Any] = {"subject": scored.category, "votes": Votes(7), "reason": "temuan lapangan"}
    return record_deviation(
        plenary=plenary,
        nomination=scored.nominations[number],
        position=position,
        actor=scored.secretary,
        at=AT,
        **facts | changes,
    )


def places(plenary: Plenary, part: int = 0) -> list[tuple[int, str, str]]:
    lines = final_standings(plenary.tabulation).parts[part].ranked
    return [(line.nomination.number, line.place, line.computed_place) for line in lines]


def test_settle_tie_orders_the_tied_and_leaves_the_frozen_rows() -> None:
    scored, plenary = in_plenary()
    assert [each.place for each in open_ties(plenary.tabulation)] == ["3"]
    decision = tie(scored, plenary, 4, 3)
    assert places(plenary) == [(2, "1", "1"), (1, "2", "2"), (4, "3", "3"), (3, "4", "3")]
    assert open_ties(plenary.tabulation) == []
    assert decision.order == [scored.nominations[4].pk, scored.nominations[3].pk]
    assert set(decision.nominations.all()) == {scored.nominations[3], scored.nominations[4]}
    event = AuditEvent.objects.get(action="decision.recorded")
    assert json.loads(event.payload)["votes"] == [6, 2, 0]
    line = final_standings(plenary.tabulation).categories[0].line_of(scored.nominations[4].pk)
    assert line is not None
    assert (line.resolved_by, line.tie_decision, line.title) == (("chair",), decision, "Terbaik III")


def test_settle_tie_counts_no_vote_of_a_recused_seat() -> None:
    scored, plenary = in_plenary()  # nine present, unsur-7 is recused for nominee 3
    with pytest.raises(TooManyVotes) as refused:
        tie(scored, plenary, 4, 3, votes=Votes(6, 2, 1))
    assert refused.value.facts == {"votes": 9, "seats": 8}
    assert not Decision.objects.exists()


def test_settle_tie_counts_no_vote_of_an_absent_seat() -> None:
    scored, plenary = in_plenary(absent=3)
    with pytest.raises(TooManyVotes):
        tie(scored, plenary, 4, 3, votes=Votes(6))
    assert tie(scored, plenary, 4, 3, votes=Votes(3, 1, 1)).abstentions == 1


def test_settle_tie_refuses_another_group_no_majority_and_no_reason() -> None:
    scored, plenary = in_plenary()
    for order in ((4,), (4, 1), (4, 3, 1), (4, 4)):
        with pytest.raises(NotThisTie):
            tie(scored, plenary, *order)
    with pytest.raises(MotionRejected):
        tie(scored, plenary, 4, 3, votes=Votes(4, 4))
    with pytest.raises(TooManyVotes):
        tie(scored, plenary, 4, 3, votes=Votes(4, -1))
    with pytest.raises(DecisionWithoutReason):
        tie(scored, plenary, 4, 3, reason="  ")
    with pytest.raises(NotPermitted):
        tie(scored, plenary, 4, 3, actor=scored.member)
    assert not Decision.objects.exists()


def test_settle_tie_before_attendance_is_refused() -> None:
    scored = make_scored_round()
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    with pytest.raises(AttendanceMissing):
        tie(scored, plenary, 4, 3)


def test_settle_tie_twice_is_refused_until_withdrawn() -> None:
    scored, plenary = in_plenary()
    decision = tie(scored, plenary, 4, 3)
    with pytest.raises(NotThisTie):
        tie(scored, plenary, 3, 4)
    withdraw_decision(decision=decision, actor=scored.secretary, at=AT)
    tie(scored, plenary, 3, 4)
    assert [number for number, _, _ in places(plenary)] == [2, 1, 3, 4]
    with pytest.raises(DecisionWithdrawn):
        withdraw_decision(decision=decision, actor=scored.secretary, at=AT)


def test_settle_tie_that_the_rules_share_is_refused() -> None:
    scored = make_scored_round()
    rules = RuleSet.objects.get()
    content = json.dumps(json.loads(rules.content) | {"tie_break": ["by_weight"]})
    RuleSet.objects.create(round=scored.round, number=2, content=content, content_hash="x", created_at=AT)
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
    assert open_ties(plenary.tabulation) == []
    with pytest.raises(NotThisTie):
        tie(scored, plenary, 4, 3)


def test_deviation_moves_one_and_keeps_the_computed_place_in_sight() -> None:
    scored, plenary = in_plenary()
    tie(scored, plenary, 4, 3)
    decision = move(scored, plenary, 4, 1)
    assert places(plenary) == [(4, "1", "3"), (2, "2", "1"), (1, "3", "2"), (3, "4", "3")]
    assert decision.order == [scored.nominations[number].pk for number in (4, 2, 1)]
    line = final_standings(plenary.tabulation).parts[0].ranked[0]
    assert (line.title, line.computed_title, line.deviation) == ("Terbaik I", "Terbaik III", decision)


def test_deviation_through_a_tie_or_to_nowhere_is_refused() -> None:
    scored, plenary = in_plenary()
    with pytest.raises(DeviationThroughTie):
        move(scored, plenary, 4, 1)
    for number, position in ((1, 2), (1, 9), (1, 0), (5, 1)):
        with pytest.raises(DeviationImpossible):
            move(scored, plenary, number, position)
    with pytest.raises(NotInTabulation):
        move(scored, plenary, 1, 1, subject=make_category(scored.round, "lain"))


def test_withdrawing_beneath_a_later_decision_is_refused() -> None:
    scored, plenary = in_plenary()
    settled = tie(scored, plenary, 4, 3)
    deviation = move(scored, plenary, 4, 1)
    with pytest.raises(LaterDecisionStands):
        withdraw_decision(decision=settled, actor=scored.secretary, at=AT)
    withdraw_decision(decision=deviation, actor=scored.secretary, at=AT)
    withdraw_decision(decision=settled, actor=scored.secretary, at=AT)
    assert list(decisions_of(scored.round)) == []
    assert Decision.objects.count() == 2
    assert AuditEvent.objects.filter(action="decision.withdrawn").count() == 2


def test_pool_of_firsts_follows_its_categories_and_then_holds_them() -> None:
    scored, plenary = in_plenary()
    move(scored, plenary, 1, 1)
    assert [number for number, _, _ in places(plenary, part=2)] == [7, 1]
    move(scored, plenary, 1, 1, subject=scored.pool)
    assert [number for number, _, _ in places(plenary, part=2)] == [1, 7]
    with pytest.raises(LaterDecisionStands):
        move(scored, plenary, 2, 1)


def test_pool_of_firsts_waits_while_a_first_place_is_tied() -> None:
    scored = make_scored_round()
    for number in (8, 9):
        add_nominee(scored, number, mark="100")
    CountedIndicator.objects.filter(nomination__number__in=(8, 9)).update(count=10, base=10)
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    standings = final_standings(plenary.tabulation)
    assert [(each.pool, each.categories) for each in standings.pending] == [(scored.pool, (scored.category,))]
    assert standings.pools == ()
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
    with pytest.raises(NotInTabulation):
        tie(scored, plenary, 8, 9, subject=scored.pool)
    tie(scored, plenary, 9, 8)
    assert {number for number, _, _ in places(plenary, part=2)} == {7, 9}


def test_quorum_exception_lets_the_round_go_on_and_can_be_withdrawn() -> None:
    scored = make_scored_round()
    nomination = add_nominee(scored, 8, seats=4)
    act = {"nomination": nomination, "actor": scored.secretary, "at": AT}
    with pytest.raises(DecisionWithoutReason):
        record_quorum_exception(votes=Votes(5), reason="", **act)
    with pytest.raises(TooManyVotes):
        record_quorum_exception(votes=Votes(10), reason="cuaca", **act)
    decision = record_quorum_exception(votes=Votes(9), reason="cuaca", **act)
    assert (decision.category, decision.plenary) == (scored.category, None)
    with pytest.raises(QuorumNotMissing):
        record_quorum_exception(votes=Votes(9), reason="cuaca", **act)
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    assert [number for number, _, _ in places(plenary)] == [2, 1, 3, 4, 8]
    with pytest.raises(NotPermitted):
        withdraw_decision(decision=decision, actor=scored.secretary, at=AT)


def test_quorum_exception_excludes_recused_seats_and_outsiders() -> None:
    scored = make_scored_round()
    nomination = add_nominee(scored, 8, seats=4)
    make_recusal(scored.seats[8], nomination)
    with pytest.raises(TooManyVotes) as refused:
        record_quorum_exception(nomination=nomination, votes=Votes(9), reason="x", actor=scored.chair, at=AT)
    assert refused.value.facts["seats"] == 8
    with pytest.raises(NotPermitted):
        record_quorum_exception(nomination=nomination, votes=Votes(5), reason="x", actor=scored.member, at=AT)
    with pytest.raises(QuorumNotMissing):
        record_quorum_exception(nomination=scored.nominations[1], votes=Votes(5), reason="x", actor=scored.chair, at=AT)


def test_category_of_another_round_is_not_in_the_tabulation() -> None:
    scored, plenary = in_plenary()
    other: Category = make_scored_round(region_code="52").category
    with pytest.raises(NotInTabulation):
        tie(scored, plenary, 4, 3, subject=other)
