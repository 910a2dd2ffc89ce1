"""Motions seat by seat: who votes, what is counted, what becomes of it, and that a secret vote stays one.

Long, because open and secret votes are held to the same acts, from the motion to the guards of the database.
"""

import json
from collections.abc import Mapping
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judging.core.votes import Votes
from judging.models import (
    Ballot,
    Choice,
    Decision,
    DecisionKind,
    Motion,
    MotionState,
    Plenary,
    RuleSet,
    SecretBallot,
    SpecialAward,
    Voting,
)
from judging.selectors.awards import special_awards_in_force, special_awards_of
from judging.selectors.motions import motion_in, motions_of
from judging.services import motion_ends
from judging.services.awarding import awards_hash
from judging.services.decisions import ChairWordStands, VoteIsOpen, settle_tie, withdraw_decision
from judging.services.motions import (
    AlreadyVoted,
    BallotIsTheMembers,
    SeatHasNoVote,
    SeatsStillToVote,
    TooFewVoted,
    VoteClosed,
    cast_ballot,
    close_motion,
    open_motion,
    record_all_in_favour,
    record_hands,
    withdraw_motion,
)
from judging.services.plenary import confirm_decision, open_plenary, record_attendance
from judging.services.proposals import LaterDecisionStands, Move, NotThisTie, Outside, SpecialAwardIncomplete, TieOrder
from judging.services.rounds import RoundNotReady, confirm_step_back, request_step_back
from judging.services.votes import DecisionWithoutReason
from nominees.core.lifecycle import State
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.decided import confirm_and_countersign
from tests.factories.scored import Scored, make_scored_round
from tests.factories.sheets import holder
from tests.factories.world import AT, PASSWORD

pytestmark = pytest.mark.django_db
FAVOUR, AGAINST, ABSTAIN = Choice.FAVOUR, Choice.AGAINST, Choice.ABSTAIN
PRIZE = Outside("Piagam khusus (contoh)", "Pemerintah Provinsi (contoh)", "inovasi perlindungan pekerja rentan")


def in_plenary(*, absent: int = 0) -> tuple[Scored, Plenary]:
    """Seat 7 is recused for nominee 3; the last ``absent`` seats are not there."""
    scored = make_scored_round()
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    present = {seat: seat.position <= 9 - absent for seat in scored.seats}
    return scored, record_attendance(plenary=plenary, present=present, actor=scored.secretary, at=AT)


def tie_order(scored: Scored, *numbers: int) -> TieOrder:
    return TieOrder(scored.category, [scored.nominations[number] for number in numbers or (4, 3)])


def moved(scored: Scored, plenary: Plenary, proposal: Any = None, **changes: Any) -> Motion:
    facts: dict[str, Any] = {"proposed_by": scored.seats[1], "reason": "cakupan (contoh)", "actor": scored.secretary}
    return open_motion(plenary=plenary, proposal=proposal or tie_order(scored), at=AT, **facts | changes)


def hands(scored: Scored, motion: Motion, choices: Mapping[int, Choice]) -> list[Ballot]:
    """``choices`` by the position of the seat."""
    told = {scored.seats[position - 1]: choice for position, choice in choices.items()}
    return record_hands(motion=motion, choices=told, actor=scored.secretary, at=AT)


def own(scored: Scored, motion: Motion, position: int, choice: Choice) -> Ballot:
    seat = scored.seats[position - 1]
    return cast_ballot(motion=motion, seat=seat, choice=choice, actor=holder(seat), at=AT)


def closed(scored: Scored, motion: Motion, *silent: int) -> Motion:
    return close_motion(
        motion=motion, actor=scored.secretary, at=AT, not_voting=[scored.seats[position - 1] for position in silent]
    )


def payload(action: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(AuditEvent.objects.filter(action=action).latest("seq").payload)
    return found


VOTERS = (1, 2, 3, 4, 5, 6, 8, 9)


def test_all_in_favour_gives_each_silent_seat_its_own_ballot_and_event() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary)
    own(scored, motion, 2, AGAINST)
    events = AuditEvent.objects.count()
    silent = [scored.seats[position - 1] for position in VOTERS if position != 2]
    told: dict[str, Any] = {"motion": motion, "actor": scored.secretary, "at": AT}

    record_all_in_favour(seats=[*silent, scored.seats[1]], **told)

    choices = dict(motion.ballots.values_list("seat__position", "choice"))
    assert choices == dict.fromkeys(VOTERS, FAVOUR) | {2: AGAINST}
    assert AuditEvent.objects.count() == events + len(silent)
    assert payload("motion.ballot_cast")["ballots"] == {silent[-1].code: "favour"}
    assert record_all_in_favour(seats=silent, **told) == []
    with pytest.raises(SeatHasNoVote):  # recused
        record_all_in_favour(seats=[scored.seats[6]], **told)
    with pytest.raises(NotPermitted):
        record_all_in_favour(**told | {"seats": silent, "actor": scored.member})
    closed(scored, motion)
    with pytest.raises(VoteClosed):
        record_all_in_favour(seats=silent, **told)


def test_a_carried_motion_becomes_a_decision_with_the_counts_of_its_ballots() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary)
    assert (motion.number, motion.kind, motion.is_secret) == (1, DecisionKind.TIE, False)
    assert set(motion.nominations.all()) == {scored.nominations[3], scored.nominations[4]}
    assert payload("motion.opened")["proposed_by"] == "unsur-2"
    hands(scored, motion, dict.fromkeys(VOTERS[:5], FAVOUR) | {6: AGAINST, 8: ABSTAIN})
    own(scored, motion, 9, AGAINST)
    assert payload("motion.ballot_cast")["ballots"] == {"unsur-9": "against"}
    motion = closed(scored, motion)
    decision = Decision.objects.get()
    assert (motion.state, motion.decision, motion.not_voting) == (MotionState.CARRIED, decision, 0)
    assert (decision.votes_for, decision.votes_against, decision.abstentions) == (5, 2, 1)
    assert decision.order == [scored.nominations[4].pk, scored.nominations[3].pk]
    assert (decision.reason, decision.category) == ("cakupan (contoh)", scored.category)
    assert payload("motion.closed") == {"motion": 1, "state": "carried", "votes": [5, 2, 1], "not_voting": 0}
    assert payload("decision.recorded")["votes"] == [5, 2, 1]


def test_a_rejected_motion_stays_readable_and_decides_nothing() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary)
    hands(scored, motion, dict.fromkeys(VOTERS[:4], FAVOUR) | dict.fromkeys(VOTERS[4:], AGAINST))
    closed(scored, motion)
    assert not Decision.objects.exists()
    (found,) = motions_of(plenary)
    assert (found.motion.state, found.votes, found.may_vote) == (MotionState.REJECTED, Votes(4, 4), 8)
    assert moved(scored, plenary).number == 2


def test_only_seats_present_and_not_recused_vote_or_move() -> None:
    scored, plenary = in_plenary(absent=1)
    with pytest.raises(SeatHasNoVote):
        moved(scored, plenary, proposed_by=scored.seats[6])
    motion = moved(scored, plenary)
    for position in (7, 9):
        with pytest.raises(SeatHasNoVote):
            own(scored, motion, position, FAVOUR)
    with pytest.raises(SeatHasNoVote):
        hands(scored, motion, {1: FAVOUR, 9: FAVOUR})
    assert not Ballot.objects.exists()


def test_an_open_ballot_may_change_until_the_close_and_the_members_own_only_by_the_member() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary)
    hands(scored, motion, {1: FAVOUR, 2: FAVOUR})
    hands(scored, motion, {1: AGAINST})
    own(scored, motion, 2, ABSTAIN)
    with pytest.raises(BallotIsTheMembers):
        hands(scored, motion, {2: FAVOUR})
    hands(scored, motion, {2: ABSTAIN})  # the same again is no change, and makes it nobody else's
    with pytest.raises(BallotIsTheMembers):
        hands(scored, motion, {2: FAVOUR})
    own(scored, motion, 2, AGAINST)
    assert list(motion.ballots.values_list("seat__position", "choice")) == [(1, "against"), (2, "against")]


def test_closing_waits_for_every_seat_or_is_told_who_does_not_vote() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary)
    hands(scored, motion, {1: FAVOUR, 2: FAVOUR, 3: AGAINST, 4: FAVOUR})
    with pytest.raises(SeatsStillToVote) as refused:
        closed(scored, motion, 5, 6)
    assert refused.value.facts == {"count": 2, "seats": "Unsur 8, Unsur 9"}
    own(scored, motion, 5, FAVOUR)
    assert closed(scored, motion, 3, 5, 6, 8, 9).not_voting == 3  # seats 3 and 5 voted meanwhile: they count
    assert Decision.objects.get().votes_against == 1


def test_half_of_the_seats_decide_nothing() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary)
    hands(scored, motion, dict.fromkeys(VOTERS[:4], FAVOUR))
    with pytest.raises(TooFewVoted) as refused:
        closed(scored, motion, *VOTERS[4:])
    assert refused.value.facts == {"voted": 4, "seats": 8}
    assert not Decision.objects.exists()


def test_a_closed_or_withdrawn_motion_takes_no_ballot_and_ends_once() -> None:
    scored, plenary = in_plenary()
    motion = withdraw_motion(motion=moved(scored, plenary), actor=scored.secretary, at=AT)
    assert (motion.state, motion.closed_by) == (MotionState.WITHDRAWN, scored.secretary)
    assert payload("motion.withdrawn") == {"motion": 1}
    for act in (
        lambda: own(scored, motion, 1, FAVOUR),
        lambda: hands(scored, motion, {1: FAVOUR}),
        lambda: closed(scored, motion),
        lambda: withdraw_motion(motion=motion, actor=scored.secretary, at=AT),
    ):
        with pytest.raises(VoteClosed):
            act()


def test_while_a_vote_is_open_nothing_under_it_moves() -> None:
    scored, plenary = in_plenary()
    moved(scored, plenary)
    for act in (
        lambda: moved(scored, plenary),
        lambda: record_attendance(
            plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT
        ),
        lambda: settle_tie(
            plenary=plenary,
            subject=scored.category,
            order=tie_order(scored).order,
            votes=Votes(6),
            reason="x",
            actor=scored.secretary,
            at=AT,
        ),
    ):
        with pytest.raises(VoteIsOpen):
            act()
    with pytest.raises(RoundNotReady) as refused:
        confirm_decision(plenary=plenary, password=PASSWORD, minutes_number="1", actor=scored.chair, at=AT)
    assert {unmet.condition for unmet in refused.value.facts["unmet"]} == {"motions_closed", "ties_settled"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Motion.objects.create(
            plenary=plenary, number=9, kind="tie", reason="x", proposed_by_id=1, opened_by=scored.chair, opened_at=AT
        )


def test_a_motion_needs_a_reason_and_something_that_can_be_decided() -> None:
    scored, plenary = in_plenary()
    with pytest.raises(DecisionWithoutReason):
        moved(scored, plenary, reason=" ")
    with pytest.raises(NotThisTie):
        moved(scored, plenary, tie_order(scored, 4, 1))
    with pytest.raises(SpecialAwardIncomplete):
        moved(scored, plenary, Outside("Piagam", " ", "inovasi"))
    first = moved(scored, plenary, Move(scored.category, scored.nominations[1], 1))
    assert first.order == [scored.nominations[1].pk, scored.nominations[2].pk]
    hands(scored, first, dict.fromkeys(range(1, 10), FAVOUR))
    closed(scored, first)
    pooled = moved(scored, plenary, Move(scored.pool, scored.nominations[1], 1))
    hands(scored, pooled, dict.fromkeys(range(1, 10), FAVOUR))
    assert closed(scored, pooled).decision is not None
    with pytest.raises(LaterDecisionStands):
        moved(scored, plenary)


def test_who_may_move_record_vote_and_close() -> None:
    scored, plenary = in_plenary()
    with pytest.raises(NotPermitted):
        moved(scored, plenary, actor=scored.member)
    motion = moved(scored, plenary, actor=scored.chair)
    seat = scored.seats[2]
    for act in (
        lambda: record_hands(motion=motion, choices={seat: FAVOUR}, actor=scored.member, at=AT),
        lambda: cast_ballot(motion=motion, seat=seat, choice=FAVOUR, actor=scored.member, at=AT),
        lambda: close_motion(motion=motion, actor=scored.member, at=AT),
        lambda: withdraw_motion(motion=motion, actor=scored.member, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert cast_ballot(motion=motion, seat=seat, choice=FAVOUR, actor=scored.secretary, at=AT).choice == FAVOUR


def test_after_the_chairs_word_nothing_is_moved() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary)
    hands(scored, motion, dict.fromkeys(VOTERS, FAVOUR))
    closed(scored, motion)
    confirm_decision(plenary=plenary, password=PASSWORD, minutes_number="1", actor=scored.chair, at=AT)
    with pytest.raises(ChairWordStands):
        moved(scored, plenary, PRIZE)


def test_a_secret_vote_is_cast_once_by_the_member_alone_and_told_once_it_is_closed() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary, is_secret=True)
    with pytest.raises(NotPermitted) as refused:
        hands(scored, motion, {1: FAVOUR})
    assert refused.value.facts["reason"] == "secret_ballot_is_the_members"
    with pytest.raises(NotPermitted):
        cast_ballot(motion=motion, seat=scored.seats[2], choice=FAVOUR, actor=scored.secretary, at=AT)
    for position in VOTERS:
        own(scored, motion, position, AGAINST if position == 3 else FAVOUR)
    with pytest.raises(AlreadyVoted):
        own(scored, motion, 3, FAVOUR)
    assert payload("motion.ballot_cast") == {"motion": 1, "seats": ["unsur-9"]}
    found = motion_in(scored.round, 1)
    assert found is not None
    assert (found.votes, len(found.voted), found.to_vote) == (None, 8, frozenset())
    assert set(motion.ballots.values_list("choice", flat=True)) == {""}
    motion = closed(scored, motion)
    assert motion.decision is not None
    assert (motion.decision.votes_for, motion.decision.votes_against) == (7, 1)
    assert set(SecretBallot.objects.values_list("is_final", flat=True)) == {True}


def test_a_withdrawn_secret_vote_is_never_told() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary, is_secret=True)
    own(scored, motion, 1, AGAINST)
    withdraw_motion(motion=motion, actor=scored.secretary, at=AT)
    assert motions_of(plenary)[0].votes is None


def test_the_rules_of_the_round_may_ask_for_secret_votes() -> None:
    scored = make_scored_round()
    rules = RuleSet.objects.get()
    RuleSet.objects.create(
        round=scored.round, number=2, content=rules.content, content_hash="x", voting=Voting.SECRET, created_at=AT
    )
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
    assert moved(scored, plenary).is_secret


def everything() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, but for the numbers that a database gives to rows on its own.

    On SQLite as the rows lie there; PostgreSQL lays rows where others were undone, in either world as it comes.
    """
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - names from the database
            columns = [column[0] for column in cursor.description]
            own_number = columns.index("id") if table in ("judging_ballot", "audit_event") else None
            found[table] = [
                tuple(value for at, value in enumerate(row) if at != own_number) for row in cursor.fetchall()
            ]
            if connection.vendor == "postgresql":
                found[table].sort(key=repr)
    return found


def voted(scored: Scored, plenary: Plenary, choices: Mapping[int, Choice], *, secret: bool) -> dict[str, Any]:
    """Everything there is after the vote, which is then undone."""
    with transaction.atomic():
        motion = moved_by_number(plenary) or moved(scored, plenary, is_secret=secret)
        for position, choice in choices.items():
            own(scored, motion, position, choice)
        found = everything()
        transaction.set_rollback(True)
    return found


def _key(number: int) -> UUID:
    return UUID(int=number)


def moved_by_number(plenary: Plenary) -> Motion | None:
    return Motion.objects.filter(plenary=plenary).first()


@pytest.mark.parametrize("secret", [True, False])
def test_no_table_tells_which_of_two_seats_voted_how(monkeypatch: pytest.MonkeyPatch, secret: bool) -> None:
    """Two seats swap their choices: of a secret vote every row of every table is the same, in the same place."""

    scored, plenary = in_plenary()
    moved(scored, plenary, is_secret=secret)
    worlds = []
    for choices in ({1: FAVOUR, 2: AGAINST, 3: FAVOUR}, {1: FAVOUR, 2: FAVOUR, 3: AGAINST}):
        monkeypatch.setattr(motion_ends, "uuid4", partial(next, map(_key, count(1))))
        worlds.append(voted(scored, plenary, choices, secret=secret))
    assert sum(map(len, worlds[0].values())) > 500
    assert len(worlds[0]["judging_secretballot"]) == (3 if secret else 0)
    assert (worlds[0] == worlds[1]) is secret


def test_the_box_is_written_anew_with_every_paper() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary, is_secret=True)
    seen: list[set[UUID]] = []
    for position, choice in ((1, FAVOUR), (2, AGAINST), (3, ABSTAIN), (4, FAVOUR), (5, FAVOUR)):
        own(scored, motion, position, choice)
        seen.append(set(SecretBallot.objects.values_list("id", flat=True)))
    closed(scored, motion, 6, 8, 9)
    seen.append(set(SecretBallot.objects.values_list("id", flat=True)))
    assert [len(keys) for keys in seen] == [1, 2, 3, 4, 5, 5]
    assert len(set.union(*seen)) == 20


def test_the_database_keeps_what_was_voted() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary, is_secret=True)
    for position in VOTERS:
        own(scored, motion, position, FAVOUR)
    changes = ["UPDATE judging_ballot SET choice = 'against'", "DELETE FROM judging_ballot"]
    refused(changes, ["UPDATE judging_secretballot SET choice = 'against'", "UPDATE judging_motion SET reason = 'x'"])
    closed(scored, motion)
    prize = moved(scored, plenary, PRIZE)
    hands(scored, prize, dict.fromkeys(range(1, 10), FAVOUR))
    closed(scored, prize)
    refused(
        [
            *changes,
            "DELETE FROM judging_secretballot",
            "DELETE FROM judging_motion",
            "DELETE FROM judging_specialaward",
        ],
        ["UPDATE judging_motion SET not_voting = 3", "UPDATE judging_specialaward SET title = 'lain'"],
    )


def test_the_database_keeps_what_was_decided() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary)
    hands(scored, motion, dict.fromkeys(VOTERS, FAVOUR))
    closed(scored, motion)
    refused(
        ["UPDATE judging_decision SET \"order\" = '[]'", "UPDATE judging_decision SET category_id = NULL"],
        ["DELETE FROM judging_decision_nominations", "DELETE FROM judging_motion_nominations"],
    )


def test_a_page_of_an_earlier_meeting_names_no_motion_of_a_later_one() -> None:
    scored, plenary = in_plenary()
    first = moved(scored, plenary)
    change = request_step_back(
        round=scored.round, target=State.SCORING, reason="lembar kurang", actor=scored.secretary, at=AT
    )
    confirm_step_back(change=change, actor=scored.chair, at=AT)
    later = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    record_attendance(plenary=later, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)

    second = moved(scored, later, PRIZE)

    assert (first.number, second.number) == (1, 2)
    assert motion_in(scored.round, 1) is None


def refused(*statements: list[str]) -> None:
    for statement in (each for group in statements for each in group):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_special_award_stands_with_its_decision_and_is_in_force_once_decided() -> None:
    scored, plenary = in_plenary()
    for proposal in (PRIZE, Outside("Piagam inovasi", "Nomine 5", "inovasi", scored.nominations[5])):
        motion = moved(scored, plenary, proposal)
        hands(scored, motion, dict.fromkeys(range(1, 10), FAVOUR))
        closed(scored, motion)
    first, second = special_awards_of(plenary)
    assert (first.title, first.recipient, first.citation) == (PRIZE.title, PRIZE.recipient, PRIZE.citation)
    assert (first.nomination, second.nomination) == (None, scored.nominations[5])
    assert (first.decision.kind, first.decision.votes_for, first.decision.category) == (DecisionKind.SPECIAL, 9, None)
    assert payload("decision.recorded")["subject"] == "Piagam inovasi"
    withdraw_decision(decision=first.decision, actor=scored.secretary, at=AT)
    assert list(special_awards_of(plenary)) == [second]
    assert SpecialAward.objects.get(pk=first.pk).superseded_at == AT

    motion = moved(scored, plenary)
    hands(scored, motion, dict.fromkeys(VOTERS, FAVOUR))
    closed(scored, motion)
    assert not special_awards_in_force(scored.round).exists()
    awards = confirm_and_countersign(plenary, chair=scored.chair, second=scored.secretary)
    assert list(special_awards_in_force(scored.round)) == [second]
    both = awards_hash(awards, [second])
    assert payload("plenary.confirmed")["awards_hash"] == payload("plenary.countersigned")["awards_hash"] == both
    assert awards_hash(awards) != both


def test_a_step_back_to_scoring_ends_the_open_vote_and_the_special_awards() -> None:
    scored, plenary = in_plenary()
    motion = moved(scored, plenary, PRIZE)
    hands(scored, motion, dict.fromkeys(range(1, 10), FAVOUR))
    closed(scored, motion)
    moved(scored, plenary)
    change = request_step_back(
        round=scored.round, target=State.SCORING, reason="lembar tertukar", actor=scored.secretary, at=AT
    )
    confirm_step_back(change=change, actor=scored.chair, at=AT)
    assert list(Motion.objects.values_list("state", flat=True)) == [MotionState.CARRIED, MotionState.WITHDRAWN]
    assert SpecialAward.objects.get().superseded_at == AT
    with pytest.raises(NotPermitted):
        closed(scored, Motion.objects.get(number=2))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(choices=st.fixed_dictionaries({p: st.sampled_from([*Choice, None]) for p in VOTERS}), secret=st.booleans())
def test_what_is_decided_counts_what_was_cast(meeting: tuple[Scored, Plenary], choices: Any, secret: bool) -> None:
    scored, plenary = meeting
    with transaction.atomic():
        motion = moved(scored, plenary, is_secret=secret)
        cast = {position: choice for position, choice in choices.items() if choice}
        for position, choice in cast.items():
            own(scored, motion, position, choice)
        silent = [position for position, choice in choices.items() if not choice]
        if 2 * len(cast) <= len(VOTERS):
            with pytest.raises(TooFewVoted):
                closed(scored, motion, *silent)
            transaction.set_rollback(True)
            return
        motion = closed(scored, motion, *silent)
        counts = [list(cast.values()).count(choice) for choice in Choice]
        assert (motion.state == MotionState.CARRIED) is (counts[0] > counts[1])
        assert motion.not_voting == len(VOTERS) - len(cast)
        decision = motion.decision
        if decision:
            assert [decision.votes_for, decision.votes_against, decision.abstentions] == counts
        transaction.set_rollback(True)


@pytest.fixture
def meeting() -> tuple[Scored, Plenary]:
    return in_plenary()
