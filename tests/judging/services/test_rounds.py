"""Steps of a round, forwards and backwards."""

import pytest
from django.db import transaction

from judging.models import Award, Document, DocumentKind, Plenary, Sheet, StateChange, Tabulation
from judging.services import rounds
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.accounts.selectors import roles_of
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.panel import make_panel
from tests.factories.rounds import make_award, make_forwarding, make_tabulation
from tests.factories.rubrics import make_category_rubric, make_rules
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


def actions(round):
    return list(AuditEvent.objects.filter(chain=round.scope).order_by("seq").values_list("action", flat=True))


@pytest.fixture
def ready():
    """A round that has everything it needs to leave preparation, and its secretariat."""
    round = make_round()
    make_category_rubric(make_category(round))
    make_rules(round)
    make_panel(round)
    return round, make_user(Role.SECRETARIAT, round=round)


def advance(round, target, actor):
    return rounds.advance_round(round=round, target=target, actor=actor, at=AT)


def test_advance_out_of_preparation_locks_rubrics_and_records(ready):
    round, actor = ready
    change = advance(round, State.NOMINATION, actor)
    round.refresh_from_db()
    assert round.state == State.NOMINATION
    assert (change.source, change.target, change.confirmed_by, change.confirmed_at) == (
        "preparation",
        "nomination",
        actor,
        AT,
    )
    assert round.categories.get().rubric.version.locked_at == AT
    assert actions(round) == ["rubric_version.locked", "round.advanced"]


def test_advance_with_unmet_conditions_tells_all_of_them_and_changes_nothing():
    round = make_round()
    with pytest.raises(rounds.RoundNotReady) as refused:
        advance(round, State.NOMINATION, make_user(Role.SECRETARIAT, round=round))
    assert [unmet.condition for unmet in refused.value.facts["unmet"]] == [
        "categories_present",
        "rules_complete",
        "seats_filled",
        "seats_filled",
    ]
    assert refused.value.facts["count"] == 4
    round.refresh_from_db()
    assert round.state == State.PREPARATION
    assert not StateChange.objects.exists()
    assert actions(round) == []


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_advance_by_another_role_is_refused(ready, role):
    round, _ = ready
    with pytest.raises(NotPermitted):
        advance(round, State.NOMINATION, make_user(role, round=round))
    round.refresh_from_db()
    assert round.state == State.PREPARATION


def test_the_national_secretariat_moves_the_national_round():
    round = make_round(region_code=None, state=State.ANNOUNCED)
    advance(round, State.CLOSED, make_user(Role.NATIONAL_SECRETARIAT, round=round))
    round.refresh_from_db()
    assert round.state == State.CLOSED


def test_a_second_click_or_a_leap_is_refused(ready):
    round, actor = ready
    advance(round, State.NOMINATION, actor)
    for target in (State.NOMINATION, State.ANNOUNCED, State.PREPARATION, "nowhere"):
        with pytest.raises(rounds.NoSuchStep):
            advance(round, target, actor)
    assert StateChange.objects.count() == 1


def test_steps_of_the_plenary_are_taken_only_by_their_own_services():
    round = make_round(state=State.SCORING)
    chair = make_user(Role.CHAIR, round=round)
    for target in (State.PLENARY, State.DECIDED):
        with pytest.raises(rounds.StepTakenElsewhere):
            advance(round, target, chair)


def test_move_round_takes_a_step_inside_a_transaction_and_updates_the_object():
    round = make_round(state=State.SCORING)
    make_rules(round)
    with transaction.atomic():
        change = rounds.move_round(
            round=round, target=State.PLENARY, actor=make_user(Role.CHAIR, round=round), at=AT, reason="Lengkap"
        )
    assert (round.state, change.reason) == (State.PLENARY, "Lengkap")


def test_move_round_ends_the_roles_of_those_who_left(ready):
    round, actor = ready
    seating = round.seats.first().seatings.get()
    seating.ends_on = "2025-06-10"
    seating.save()
    round.seats.filter(pk=seating.seat_id).update(vacant_reason="Kosong")
    round.seats.filter(position=2).update(office="member")
    round.seats.filter(position=1).update(office="member")
    round.seats.filter(position=3).update(office="chair")
    advance(round, State.NOMINATION, actor)
    assert roles_of(seating.user, assessment_year=2024, region_id=round.region_id) == frozenset()


@pytest.fixture
def plenary():
    """A round in its plenary, with a closed sheet; secretariat and chair."""
    round = make_round(state=State.PLENARY)
    tabulation = make_tabulation(round)
    Plenary.objects.create(tabulation=tabulation, opened_by=tabulation.frozen_by, opened_at=AT)
    nomination = make_nomination(make_category(round))
    Sheet.objects.create(round=round, seat=make_panel(round)[3], nomination=nomination, closed_at=AT)
    return round, make_user(Role.SECRETARIAT, round=round), make_user(Role.CHAIR, round=round)


def ask_back(round, actor, target=State.SCORING, reason="Lembar keliru"):
    return rounds.request_step_back(round=round, target=target, reason=reason, actor=actor, at=AT)


def test_step_back_to_scoring_reopens_sheets_and_supersedes_the_tabulation(plenary):
    round, secretary, chair = plenary
    change = ask_back(round, secretary)
    round.refresh_from_db()
    assert round.state == State.PLENARY
    rounds.confirm_step_back(change=change, actor=chair, at=AT)
    round.refresh_from_db()
    assert round.state == State.SCORING
    assert Sheet.objects.get().closed_at is None
    assert Tabulation.objects.get().superseded_at == AT
    assert actions(round) == ["round.step_back_requested", "round.stepped_back"]


def test_step_back_needs_two_people_a_reason_and_one_request_at_a_time(plenary):
    round, secretary, chair = plenary
    with pytest.raises(rounds.StepBackReasonMissing):
        ask_back(round, secretary, reason=" ")
    change = ask_back(round, secretary)
    with pytest.raises(rounds.StepBackPending):
        ask_back(round, chair)
    with pytest.raises(rounds.SecondPersonNeeded):
        rounds.confirm_step_back(change=change, actor=secretary, at=AT)
    with pytest.raises(NotPermitted):
        rounds.confirm_step_back(change=change, actor=make_user(Role.AUDITOR, round=round), at=AT)
    round.refresh_from_db()
    assert round.state == State.PLENARY
    assert Sheet.objects.get().closed_at == AT


def test_step_back_of_another_round_and_unknown_steps_are_refused(plenary):
    round, secretary, _ = plenary
    stranger = make_user(Role.SECRETARIAT, round=make_round(region_code="52"))
    with pytest.raises(NotPermitted):
        ask_back(round, stranger)
    for target in (State.DECIDED, State.PREPARATION):
        with pytest.raises(rounds.NoSuchStep):
            ask_back(round, secretary, target)
    assert not StateChange.objects.exists()


def test_step_back_withdrawn_is_settled_and_frees_the_round(plenary):
    round, secretary, chair = plenary
    change = ask_back(round, secretary)
    with transaction.atomic(), pytest.raises(rounds.StepBackPending):
        rounds.move_round(round=round, target=State.DECIDED, actor=secretary, at=AT)
    rounds.withdraw_step_back(change=change, actor=secretary, at=AT)
    for act in (rounds.confirm_step_back, rounds.withdraw_step_back):
        with pytest.raises(rounds.StepBackSettled):
            act(change=change, actor=chair, at=AT)
    assert ask_back(round, secretary).pk != change.pk
    assert actions(round)[:2] == ["round.step_back_requested", "round.step_back_withdrawn"]


def test_step_back_to_the_plenary_supersedes_awards_and_revokes_papers(plenary):
    round, secretary, chair = plenary
    round.state = State.DECIDED
    round.save()
    award = make_award(round)
    Plenary.objects.update(confirmed_by=chair, confirmed_at=AT, countersigned_by=secretary, countersigned_at=AT)
    paper = Document.objects.create(
        round=round,
        kind=DocumentKind.MINUTES,
        tabulation=award.tabulation,
        serial=1,
        number="1",
        title="Berita acara",
        sha256="0" * 64,
        check_code="kode",
        issued_by=secretary,
        issued_at=AT,
    )
    change = ask_back(round, chair, State.PLENARY, "Keberatan diterima")
    rounds.confirm_step_back(change=change, actor=secretary, at=AT)
    round.refresh_from_db()
    paper.refresh_from_db()
    assert round.state == State.PLENARY
    assert Award.objects.get().superseded_at == AT
    assert (paper.revoked_at, paper.revoked_by, paper.revoked_reason) == (AT, secretary, "Keberatan diterima")
    assert Plenary.objects.values_list("confirmed_at", "countersigned_by", "countersigned_at").get() == (None,) * 3
    assert Tabulation.objects.get().superseded_at is None


def test_step_back_is_refused_once_winners_are_in_the_national_round(plenary):
    round, secretary, _ = plenary
    round.state = State.DECIDED
    round.save()
    make_forwarding(make_award(round))
    with pytest.raises(rounds.WinnersAlreadyForwarded):
        ask_back(round, secretary, State.PLENARY)
