"""What the minutes tell of votes, ties, absent nominees, two words under the result, and a decision made anew."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from judging.documents.minutes_data import Difference, Vote
from judging.models import (
    Ballot,
    Choice,
    Decision,
    DecisionKind,
    Motion,
    MotionState,
    Plenary,
    SecretBallot,
    SpecialAward,
    Tabulation,
)
from judging.selectors.papers.minutes import minutes_data
from judging.selectors.standings import tabulation_in_force
from judging.services.decisions import withdraw_decision
from judging.services.plenary import open_plenary, record_attendance
from judging.services.rounds import confirm_step_back, request_step_back
from nominees.core.lifecycle import State
from tests.factories.amendments import make_minutes
from tests.factories.decided import confirm_and_countersign, make_decided, opened_with_votes, put_first
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=3)


@pytest.fixture
def scored() -> Scored:
    return make_scored_round()


@pytest.fixture
def tabulation(scored: Scored) -> Tabulation:
    make_decided(scored)
    return _in_force(scored)


def _in_force(scored: Scored) -> Tabulation:
    found = tabulation_in_force(scored.round)
    assert found is not None
    return found


def _motion(
    scored: Scored, plenary: Plenary, number: int, state: MotionState, choices: Sequence[Choice] = (), **fields: Any
) -> Motion:
    """A motion in ``state`` with its papers, which come in while its vote is open."""
    given: dict[str, Any] = {
        "kind": DecisionKind.DEVIATION,
        "category": scored.category,
        "reason": "alasan (contoh)",
        "proposed_by": scored.seats[4],
        "opened_by": scored.chair,
        "opened_at": AT,
    }
    motion = Motion.objects.create(plenary=plenary, number=number, **given | fields)
    for serial, (seat, choice) in enumerate(zip(scored.seats, choices, strict=False)):
        if motion.is_secret:
            SecretBallot.objects.create(id=UUID(int=serial), motion=motion, choice=choice)
        else:
            Ballot.objects.create(motion=motion, seat=seat, choice=choice, cast_by=scored.chair, cast_at=AT)
    if state != MotionState.OPEN:
        motion.state, motion.closed_at = state, AT
        motion.save()
    return motion


def test_ties_say_what_settled_them_and_who_came_not_is_told(scored: Scored, tabulation: Tabulation) -> None:
    minutes = minutes_data(tabulation, "BA-01", AT)

    names = {number: str(one) for number, one in scored.nominations.items()}
    assert {line.nominees for line in minutes.ties} >= {(names[4], names[3])}
    settled = {line.nominees: line.settled for line in minutes.ties}
    assert "keputusan pleno" in settled[names[4], names[3]]
    assert [(line.nominee, line.reason.split(":")[0]) for line in minutes.left_out] == [
        (names[5], "Di luar peringkat"),
        (names[6], "Tidak hadir wawancara"),
    ]
    moved = {(line.nominee, line.computed_place, line.place) for line in minutes.moved if "pemda" in line.category}
    assert moved == {(names[1], "2", "1"), (names[2], "1", "2")}


def test_the_result_stands_under_two_words_and_names_every_hash(scored: Scored, tabulation: Tabulation) -> None:
    minutes = minutes_data(tabulation, "BA-01", AT)

    assert [(one.office, one.name) for one in minutes.confirmations] == [
        ("Ketua Tim 9", str(scored.chair)),
        ("Pejabat kedua: Sekretariat", str(scored.secretary)),
    ]
    assert (minutes.tabulation, minutes.frozen_at) == (tabulation.number, tabulation.frozen_at)
    stored = set(tabulation.parts.values_list("input_hash", "answer_hash"))
    assert {(one.input_hash, one.answer_hash) for one in (*minutes.results, *minutes.pools)} == stored
    assert minutes.provenance.software_version == tabulation.software_version
    assert minutes.replaced is None
    assert minutes.steps_back == ()


def test_motions_are_told_with_their_votes_whatever_became_of_them(scored: Scored, tabulation: Tabulation) -> None:
    plenary = tabulation.plenary
    _carried_special(scored, plenary)
    number = scored.nominations[3].number
    details = f'{{"nominee":{number},"position":1}}'
    choices = [Choice.FAVOUR, *[Choice.AGAINST] * 7]
    rejected = _motion(scored, plenary, 2, MotionState.REJECTED, choices, details=details, not_voting=1)
    rejected.nominations.set([scored.nominations[3]])
    _motion(scored, plenary, 3, MotionState.WITHDRAWN)
    _motion(scored, plenary, 4, MotionState.OPEN)

    minutes = minutes_data(tabulation, "BA-01", AT)

    put = [one for one in minutes.resolutions if one.number]
    told = [(one.number, one.kind, one.outcome, one.is_secret, len(one.ballots)) for one in put]
    assert told == [
        (1, "special", "carried", True, 0),
        (2, "deviation", "rejected", False, 8),
        (3, "deviation", "withdrawn", False, 0),
    ]
    special, refused, taken_back = put
    assert special.matter == "Piagam Khusus bagi Pemerintah Provinsi (contoh), atas rintisan."
    assert special.nominees == ("Pemerintah Provinsi (contoh)",)
    assert (special.vote and (special.vote.in_favour, special.vote.against)) == (2, 1)
    assert refused.vote == Vote(in_favour=1, against=7, not_voting=1)
    assert (refused.proposed_by, refused.nominees) == (scored.seats[4].name, (str(scored.nominations[3]),))
    assert refused.matter == f"{scored.nominations[3]} diusulkan ke urutan 1, berbeda dari hasil hitungan."
    assert [(one.seat, one.choice) for one in refused.ballots[:2]] == [
        (scored.seats[0].name, "Setuju"),
        (scored.seats[1].name, "Tidak setuju"),
    ]
    assert refused.ballots[1].member == scored.seats[1].seatings.get().name
    assert taken_back.vote is None
    assert [(one.title, one.recipient) for one in minutes.specials] == [
        ("Piagam Khusus", "Pemerintah Provinsi (contoh)")
    ]


def test_a_decision_that_a_later_one_changed_is_not_told_with_the_last_places(scored: Scored) -> None:
    """Nominee 1 was put first, then nominee 2: of the first decision, the minutes tell the order that it set."""
    plenary = opened_with_votes(scored)
    put_first(scored, plenary, 2, reason="musyawarah kedua", at=LATER)

    minutes = minutes_data(_in_force(scored), "BA-01", LATER)

    first, second = (scored.nominations[number] for number in (1, 2))
    moved = [one.matter for one in minutes.resolutions if one.kind == "deviation"]
    assert moved == [
        f"Peringkat ditetapkan berbeda dari hasil hitungan: {first}, {second}.",
        f"Peringkat ditetapkan berbeda dari hasil hitungan: {second} pada peringkat 1; {first} pada peringkat 2.",
    ]


def _carried_special(scored: Scored, plenary: Plenary) -> None:
    """A secret vote for an award outside the ranking, and what it led to."""
    decision = Decision.objects.create(
        round=scored.round,
        plenary=plenary,
        kind=DecisionKind.SPECIAL,
        votes_for=2,
        votes_against=1,
        reason="perintis",
        decided_by=scored.chair,
        decided_at=AT,
    )
    words = {"title": "Piagam Khusus", "recipient": "Pemerintah Provinsi (contoh)", "citation": "rintisan"}
    details = '{"citation":"rintisan","recipient":"Pemerintah Provinsi (contoh)","title":"Piagam Khusus"}'
    _motion(
        scored,
        plenary,
        1,
        MotionState.CARRIED,
        (Choice.FAVOUR, Choice.FAVOUR, Choice.AGAINST),
        kind=DecisionKind.SPECIAL,
        category=None,
        is_secret=True,
        decision=decision,
        details=details,
    )
    SpecialAward.objects.create(decision=decision, plenary=plenary, **words)


def _decided_anew(scored: Scored) -> Tabulation:
    """Step back, take the deviation back and decide again."""
    change = request_step_back(
        round=scored.round, target=State.PLENARY, reason="temuan ditarik (contoh)", actor=scored.secretary, at=LATER
    )
    confirm_step_back(change=change, actor=scored.chair, at=LATER)
    scored.round.refresh_from_db()
    plenary = _in_force(scored).plenary
    deviation = Decision.objects.get(plenary=plenary, kind=DecisionKind.DEVIATION)
    withdraw_decision(decision=deviation, actor=scored.secretary, at=LATER)
    present = dict.fromkeys(scored.seats, True)
    record_attendance(plenary=plenary, present=present, actor=scored.secretary, at=LATER)
    confirm_and_countersign(plenary, chair=scored.chair, second=scored.secretary, minutes_number="BA-02/2025")
    return _in_force(scored)


def test_a_decision_made_anew_names_the_minutes_it_replaces_why_and_every_difference(
    scored: Scored, tabulation: Tabulation
) -> None:
    earlier = make_minutes(scored.round, number="BA-01/2025")

    minutes = minutes_data(_decided_anew(scored), "BA-02/2025", LATER)

    assert minutes.replaced is not None
    assert (minutes.replaced.number, minutes.replaced.day) == (earlier.number, AT.date())
    (step,) = minutes.steps_back
    assert (step.reason, step.asked_by, step.confirmed_by) == (
        "temuan ditarik (contoh)",
        str(scored.secretary),
        str(scored.chair),
    )
    names = {number: str(one) for number, one in scored.nominations.items()}
    assert [one for one in minutes.replaced.differences if one.category == "Kategori pemda"] == [
        Difference(
            category="Kategori pemda",
            nominee=names[2],
            before="peringkat 2, Terbaik II, nilai 60,33",
            after="peringkat 1, Terbaik I, nilai 60,33",
        ),
        Difference(
            category="Kategori pemda",
            nominee=names[1],
            before="peringkat 1, Terbaik I, nilai 60,33",
            after="peringkat 2, Terbaik II, nilai 60,33",
        ),
    ]
    pool = {one.nominee: (one.before, one.after) for one in minutes.replaced.differences if "umum" in one.category}
    assert pool == {
        names[1]: ("peringkat 2, Terbaik II, nilai 60,33", "tidak ada"),
        names[2]: ("tidak ada", "peringkat 2, Terbaik II, nilai 60,33"),
    }


def test_a_meeting_that_was_given_up_is_told_with_its_motions(scored: Scored) -> None:
    first = opened_with_votes(scored)
    choices = [Choice.FAVOUR, *[Choice.AGAINST] * 7]
    _motion(scored, first, 1, MotionState.REJECTED, choices).nominations.set([scored.nominations[1]])
    assert minutes_data(first.tabulation, "BA-01", AT).earlier == ()
    told = {"round": scored.round, "reason": "lembar keliru (contoh)", "actor": scored.secretary, "at": LATER}
    confirm_step_back(change=request_step_back(target=State.SCORING, **told), actor=scored.chair, at=LATER)
    scored.round.refresh_from_db()
    open_plenary(round=scored.round, place="", actor=scored.chair, at=LATER)

    (meeting,) = minutes_data(_in_force(scored), "BA-02", LATER).earlier

    assert (meeting.opened_at, meeting.venue, meeting.given_up_at) == (AT, "Aula (contoh)", LATER)
    assert meeting.reason == "lembar keliru (contoh)"
    assert [(one.number, one.kind, one.outcome) for one in meeting.resolutions] == [
        (0, "tie", "carried"),
        (0, "deviation", "carried"),
        (1, "deviation", "rejected"),
    ]
    assert meeting.resolutions[-1].vote == Vote(in_favour=1, against=7)
    names = [str(scored.nominations[number]) for number in (4, 3)]
    assert meeting.resolutions[0].matter == f"Nilai resmi sama; urutan ditetapkan: {', '.join(names)}."


def test_a_draft_has_no_number_and_is_marked_as_one(scored: Scored) -> None:
    draft = minutes_data(opened_with_votes(scored).tabulation, "BA-01", AT, is_draft=True)

    assert (draft.number.strip("…"), draft.demo_mark) == ("", "KONSEP")
    assert draft.confirmations == ()


def test_minutes_that_were_never_issued_are_named_by_the_day_of_the_decision(
    scored: Scored, tabulation: Tabulation
) -> None:
    minutes = minutes_data(_decided_anew(scored), "BA-02/2025", LATER)

    assert minutes.replaced is not None
    assert (minutes.replaced.number, minutes.replaced.day) == ("", AT.date())
    assert minutes.replaced.differences


def test_a_seat_that_nobody_holds_is_vacant_neither_there_nor_away(scored: Scored) -> None:
    tabulation = opened_with_votes(scored).tabulation
    scored.seats[8].seatings.update(ends_on=AT.date() - timedelta(days=1))
    tabulation.plenary.attendances.filter(seat=scored.seats[8]).update(name="", present=False)

    panel = minutes_data(tabulation, "BA-01", AT).panel

    assert [member.attendance for member in panel] == ["Hadir"] * 8 + ["Lowong"]
