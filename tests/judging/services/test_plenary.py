"""From closed sheets to awards: opening, attendance, confirmation, and what each refuses."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from judging.models import (
    Award,
    Decision,
    Office,
    Plenary,
    Seat,
    Seating,
    Sheet,
    Standing,
    Tabulation,
    TabulationPart,
)
from judging.selectors.standings import final_standings
from judging.selectors.tabulations import sha256_of
from judging.services.awarding import awards_hash
from judging.services.decisions import (
    ChairWordStands,
    PlenaryNotInForce,
    record_deviation,
    settle_tie,
    withdraw_decision,
)
from judging.services.plenary import (
    AttendanceContradictsVotes,
    AttendanceIncomplete,
    ChairWordMissing,
    MinutesNumberMissing,
    NobodyPresent,
    PlenaryOver,
    SeatWithoutHolder,
    WrongPassword,
    confirm_decision,
    countersign,
    open_plenary,
    record_attendance,
    take_back_confirmation,
)
from judging.services.rounds import RoundNotReady, confirm_step_back, request_step_back
from judging.services.votes import Votes
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.decided import confirm_and_countersign, put_first
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT, PASSWORD, make_user

pytestmark = pytest.mark.django_db


def opened(scored: Scored) -> Plenary:
    return open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)


def attended(scored: Scored, plenary: Plenary, absent: int = 0) -> Plenary:
    present = {seat: seat.position > absent for seat in scored.seats}
    return record_attendance(plenary=plenary, present=present, actor=scored.secretary, at=AT)


def ready(scored: Scored) -> Plenary:
    """Opened, attended, the tie of place 3 settled for nominee 4."""
    plenary = attended(scored, opened(scored))
    order = [scored.nominations[4], scored.nominations[3]]
    settle_tie(
        plenary=plenary,
        subject=scored.category,
        order=order,
        votes=Votes(6, 2),
        reason="cakupan pekerja rentan",
        actor=scored.secretary,
        at=AT,
    )
    return plenary


def confirmed(scored: Scored, plenary: Plenary) -> Plenary:
    return confirm_decision(plenary=plenary, password=PASSWORD, minutes_number="BA-01/2025", actor=scored.chair, at=AT)


def decided(scored: Scored, plenary: Plenary) -> tuple[Award, ...]:
    return confirm_and_countersign(plenary, chair=scored.chair, second=scored.secretary)


def last_event(action: str) -> AuditEvent:
    return AuditEvent.objects.filter(action=action).latest("seq")


@pytest.mark.parametrize("days", [{"starts_on": "2025-06-25"}, {"ends_on": "2025-06-23"}])
def test_a_chair_who_is_not_in_office_on_the_day_neither_opens_nor_confirms(days: dict[str, str]) -> None:
    scored = make_scored_round()
    seatings = Seating.objects.filter(user=scored.chair)
    plenary = ready(scored)
    in_office = seatings.values("starts_on", "ends_on").get()
    seatings.update(**days)
    with pytest.raises(NotPermitted) as refused:
        confirmed(scored, plenary)
    assert refused.value.facts["reason"] == "chair_not_in_office"
    with pytest.raises(NotPermitted):
        opened(scored)
    with pytest.raises(NotPermitted):
        request_step_back(round=scored.round, target=State.SCORING, reason="salah", actor=scored.chair, at=AT)
    seatings.update(**in_office)
    assert confirmed(scored, plenary)


def test_open_plenary_freezes_places_hashes_and_sheets() -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    tabulation = plenary.tabulation
    scored.round.refresh_from_db()
    assert (scored.round.state, tabulation.number, plenary.place) == (State.PLENARY, 1, "Aula (contoh)")
    assert not Sheet.objects.filter(closed_at=None).exists()
    part = TabulationPart.objects.get(category=scored.category)
    assert sha256_of(part.input) == part.input_hash
    assert sha256_of(part.answer) == part.answer_hash
    rows = Standing.objects.filter(part=part).values_list(
        "nomination__number", "place", "score", "exact", "title", "unranked_reason", "resolved_by", "is_tied"
    )
    assert list(rows) == [
        (2, "1", "60.33", "6033/100", "Terbaik I", "", ["by_weight"], False),
        (1, "2", "60.33", "181/3", "Terbaik II", "", ["by_weight"], False),
        (3, "3", "54.00", "54", "Terbaik III", "", [], True),
        (4, "3", "54.00", "54", "Terbaik III", "", [], True),
        (5, "", "", "", "", "outside", [], False),
        (6, "", "", "", "", "no_show", [], False),
    ]
    payload = json.loads(last_event("tabulation.frozen").payload)
    assert payload["parts"]["category:pemda"] == {"input": part.input_hash, "answer": part.answer_hash}
    assert "60.33" not in last_event("tabulation.frozen").payload
    assert last_event("plenary.opened").chain == scored.round.scope


def test_open_plenary_twice_gives_the_same_plenary_and_one_tabulation() -> None:
    scored = make_scored_round()
    assert opened(scored) == opened(scored)
    assert Tabulation.objects.count() == 1


def test_open_plenary_after_the_decision_is_refused() -> None:
    scored = make_scored_round()
    decided(scored, ready(scored))
    with pytest.raises(PlenaryOver):
        opened(scored)


def test_open_plenary_by_the_secretariat_is_refused() -> None:
    scored = make_scored_round()
    with pytest.raises(NotPermitted):
        open_plenary(round=scored.round, place="", actor=scored.secretary, at=AT)


def test_open_plenary_with_a_nominee_below_the_quorum_is_refused_and_changes_nothing() -> None:
    scored = make_scored_round()
    add_nominee(scored, 8, seats=4)
    with pytest.raises(RoundNotReady) as refused:
        opened(scored)
    assert {unmet.condition for unmet in refused.value.facts["unmet"]} == {"quorum_reached"}
    scored.round.refresh_from_db()
    assert scored.round.state == State.SCORING
    assert not Tabulation.objects.exists()
    assert not Sheet.objects.exclude(closed_at=None).exists()


@pytest.mark.parametrize("model", [TabulationPart, Standing])
def test_frozen_rows_refuse_update_and_delete(model: type[TabulationPart] | type[Standing]) -> None:
    opened(make_scored_round())
    row = model.objects.all()[:1].get()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**({"answer": "{}"} if model is TabulationPart else {"place": "9"}))
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).delete()


def test_record_attendance_stores_every_seat_and_may_be_corrected() -> None:
    scored = make_scored_round()
    plenary = attended(scored, opened(scored), absent=2)
    assert list(plenary.attendances.values_list("present", flat=True)) == [False] * 2 + [True] * 7
    attended(scored, plenary)
    assert plenary.attendances.filter(present=True).count() == 9
    assert last_event("plenary.attendance_recorded").actor == scored.secretary


def test_record_attendance_refuses_gaps_empty_seats_and_an_empty_room() -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    act = {"plenary": plenary, "actor": scored.secretary, "at": AT}
    with pytest.raises(AttendanceIncomplete):
        record_attendance(present=dict.fromkeys(scored.seats[:8], True), **act)
    with pytest.raises(NobodyPresent):
        record_attendance(present=dict.fromkeys(scored.seats, False), **act)
    Seating.objects.filter(seat=scored.seats[8]).update(ends_on=AT.date() - timedelta(days=1))
    with pytest.raises(SeatWithoutHolder):
        record_attendance(present=dict.fromkeys(scored.seats, True), **act)
    record_attendance(present=dict.fromkeys(scored.seats[:8], True), **act)
    assert plenary.attendances.get(seat=scored.seats[8]).present is False


def test_record_attendance_by_a_member_is_refused() -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    with pytest.raises(NotPermitted):
        record_attendance(plenary=plenary, present={}, actor=scored.member, at=AT)


def test_record_attendance_that_contradicts_a_recorded_vote_is_refused() -> None:
    scored = make_scored_round()
    plenary = ready(scored)
    with pytest.raises(AttendanceContradictsVotes):
        attended(scored, plenary, absent=2)
    assert plenary.attendances.filter(present=True).count() == 9


def test_two_words_make_awards_of_categories_and_pools() -> None:
    scored = make_scored_round()
    plenary = ready(scored)
    awards = decided(scored, plenary)
    rows = [(str(each.category or each.pool), each.nomination.number, each.place, each.title) for each in awards]
    assert rows == [
        ("Kategori pemda", 2, 1, "Terbaik I"),
        ("Kategori pemda", 1, 2, "Terbaik II"),
        ("Kategori pemda", 4, 3, "Terbaik III"),
        ("Kategori desa", 7, 1, "Terbaik I"),
        ("Kategori umum", 7, 1, "Terbaik I"),
        ("Kategori umum", 2, 2, "Terbaik II"),
    ]
    scored.round.refresh_from_db()
    plenary.refresh_from_db()
    assert scored.round.state == State.DECIDED
    assert (plenary.minutes_number, plenary.confirmed_by, plenary.countersigned_by) == (
        "BA-01/2025",
        scored.chair,
        scored.secretary,
    )
    assert awards[2].decision is not None
    for word in ("plenary.confirmed", "plenary.countersigned"):
        assert json.loads(last_event(word).payload)["awards_hash"] == awards_hash(Award.objects.all())
    for again in (confirmed, decided):
        with pytest.raises(PlenaryOver):
            again(scored, plenary)
    with pytest.raises(PlenaryOver):
        countersign(plenary=plenary, password=PASSWORD, actor=scored.second, at=AT)
    with pytest.raises(PlenaryOver):
        take_back_confirmation(plenary=plenary, actor=scored.chair, at=AT)
    assert Award.objects.count() == 6


def test_the_chairs_word_alone_decides_nothing_and_holds_everything_still() -> None:
    scored = make_scored_round()
    plenary = ready(scored)
    found = confirmed(scored, plenary)
    assert (found.confirmed_by, found.confirmed_at, found.countersigned_at) == (scored.chair, AT, None)
    scored.round.refresh_from_db()
    assert scored.round.state == State.PLENARY
    assert not Award.objects.exists()
    assert last_event("plenary.confirmed").actor == scored.chair
    decision = Decision.objects.get()
    for change in (
        lambda: confirmed(scored, plenary),
        lambda: attended(scored, plenary),
        lambda: withdraw_decision(decision=decision, actor=scored.secretary, at=AT),
        lambda: record_deviation(
            plenary=plenary,
            subject=scored.category,
            nomination=scored.nominations[1],
            position=1,
            votes=Votes(9),
            reason="bukti baru",
            actor=scored.secretary,
            at=AT,
        ),
    ):
        with pytest.raises(ChairWordStands):
            change()


def test_the_chair_takes_the_word_back_and_the_meeting_goes_on() -> None:
    scored = make_scored_round()
    plenary = ready(scored)
    with pytest.raises(ChairWordMissing):
        take_back_confirmation(plenary=plenary, actor=scored.chair, at=AT)
    confirmed(scored, plenary)
    with pytest.raises(NotPermitted):
        take_back_confirmation(plenary=plenary, actor=scored.secretary, at=AT)
    found = take_back_confirmation(plenary=plenary, actor=scored.chair, at=AT)
    assert (found.confirmed_by, found.confirmed_at) == (None, None)
    assert last_event("plenary.confirmation_taken_back").actor == scored.chair
    with pytest.raises(ChairWordMissing):
        countersign(plenary=plenary, password=PASSWORD, actor=scored.secretary, at=AT)
    withdraw_decision(decision=Decision.objects.get(), actor=scored.secretary, at=AT)
    with pytest.raises(RoundNotReady) as refused:
        confirmed(scored, plenary)
    assert [unmet.condition for unmet in refused.value.facts["unmet"]] == ["ties_settled"]


def test_the_countersign_needs_another_officer_and_the_password() -> None:
    scored = make_scored_round()
    plenary = ready(scored)
    with pytest.raises(ChairWordMissing):
        countersign(plenary=plenary, password=PASSWORD, actor=scored.secretary, at=AT)
    confirmed(scored, plenary)
    for actor in (scored.member, scored.chair, make_user(Role.ORGANISER, round=scored.round)):
        with pytest.raises(NotPermitted):
            countersign(plenary=plenary, password=PASSWORD, actor=actor, at=AT)
    RoleGrant.objects.create(
        user=scored.chair, role=Role.SECRETARIAT, assessment_year=2024, region=scored.round.region, granted_at=AT
    )
    with pytest.raises(NotPermitted) as refused:  # one person in two offices is still one person
        countersign(plenary=plenary, password=PASSWORD, actor=User.objects.get(pk=scored.chair.pk), at=AT)
    assert refused.value.facts["reason"] == "countersigner_confirmed"
    with pytest.raises(WrongPassword):
        countersign(plenary=plenary, password="bukan ini", actor=scored.secretary, at=AT)
    assert not Award.objects.exists()
    Seat.objects.filter(pk=scored.seats[1].pk).update(office=Office.SECRETARY)
    assert len(countersign(plenary=plenary, password=PASSWORD, actor=scored.member, at=AT)) == 6


def test_confirm_decision_needs_the_chair_the_password_and_a_number() -> None:
    scored = make_scored_round()
    plenary = ready(scored)
    act = {"plenary": plenary, "at": AT}
    with pytest.raises(NotPermitted):
        confirm_decision(password=PASSWORD, minutes_number="1", actor=scored.secretary, **act)
    with pytest.raises(WrongPassword):
        confirm_decision(password="bukan ini", minutes_number="1", actor=scored.chair, **act)
    with pytest.raises(MinutesNumberMissing):
        confirm_decision(password=PASSWORD, minutes_number=" ", actor=scored.chair, **act)
    assert not Award.objects.exists()


def test_confirm_decision_with_an_open_tie_and_no_attendance_names_both() -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    with pytest.raises(RoundNotReady) as refused:
        confirmed(scored, plenary)
    assert {unmet.condition for unmet in refused.value.facts["unmet"]} == {"attendance_recorded", "ties_settled"}


def test_chair_of_another_province_may_neither_open_nor_confirm() -> None:
    scored = make_scored_round()
    stranger = make_user(Role.CHAIR, round=make_scored_round(region_code="52").round)
    with pytest.raises(NotPermitted):
        open_plenary(round=scored.round, place="", actor=stranger, at=AT)
    with pytest.raises(NotPermitted):
        confirm_decision(plenary=ready(scored), password=PASSWORD, minutes_number="1", actor=stranger, at=AT)


def test_decision_made_again_after_a_step_back_is_a_new_version_with_the_new_pool() -> None:
    scored = make_scored_round()
    plenary = ready(scored)
    decided(scored, plenary)
    change = request_step_back(
        round=scored.round, target=State.PLENARY, reason="keberatan", actor=scored.secretary, at=AT
    )
    confirm_step_back(change=change, actor=scored.chair, at=AT)
    put_first(scored, plenary, 1, reason="bukti baru")
    awards = decided(scored, plenary)
    plenary.refresh_from_db()
    assert plenary.tabulation.number == 2
    assert [each.nomination.number for each in awards if each.pool] == [7, 1]
    hashes = TabulationPart.objects.filter(category=scored.category).values_list("input_hash", flat=True)
    assert len(hashes) == 2
    assert len(set(hashes)) == 1
    assert Award.objects.filter(superseded_at=None).count() == 6
    assert [line.place for line in final_standings(plenary.tabulation).categories[0].ranked] == ["1", "2", "3", "4"]


def test_plenary_of_a_superseded_tabulation_records_nothing_more() -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    Tabulation.objects.update(superseded_at=AT)
    with pytest.raises(PlenaryNotInForce):
        attended(scored, plenary)
