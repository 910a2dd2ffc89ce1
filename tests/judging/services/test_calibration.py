"""The nominee for calibration is named and ended by the secretariat, once per category, before its first sheet."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from judging.models import Decision, DecisionKind, Sheet, TypedSheet
from judging.selectors.calibration import candidates
from judging.services.calibration import (
    CalibrationNamedAlready,
    CalibrationNotPossible,
    CalibrationSheetsBegun,
    end_calibration,
    name_calibration,
)
from nominees.core.lifecycle import State
from nominees.models import Nomination, Status
from nominees.services.nominations import CalibrationKeepsCategory, edit_nomination
from nominees.services.screening import CalibrationNeverCompetes, set_status
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.sheets import make_rubric, make_seat
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def nomination() -> Nomination:
    return make_nomination(make_category(make_round(state=State.NOMINATION)), region_code="53.01")


@pytest.fixture
def secretary(nomination: Nomination) -> Any:
    return make_user(Role.SECRETARIAT, round=nomination.round)


def in_state(nomination: Nomination, state: State) -> None:
    nomination.round.state = state
    nomination.round.save()


@pytest.mark.parametrize("state", [State.NOMINATION, State.SCORING])
def test_naming_takes_it_out_of_the_running_and_is_recorded(nomination: Any, secretary: Any, state: State) -> None:
    in_state(nomination, state)
    for _ in range(2):
        name_calibration(nomination=nomination, actor=secretary, at=AT)
    stored = Nomination.objects.get()
    assert (stored.is_calibration, stored.status) == (True, Status.OUTSIDE)
    events = AuditEvent.objects.order_by("seq")
    assert [event.action for event in events] == ["nomination.status_set", "calibration.named"]
    assert json.loads(events[1].payload) == {"number": nomination.number, "category": "pemda"}


def test_ending_leaves_it_outside_until_its_status_is_changed(nomination: Any, secretary: Any) -> None:
    name_calibration(nomination=nomination, actor=secretary, at=AT)
    for _ in range(2):
        end_calibration(nomination=nomination, actor=secretary, at=AT)
    stored = Nomination.objects.get()
    assert (stored.is_calibration, stored.status) == (False, Status.OUTSIDE)
    assert AuditEvent.objects.filter(action="calibration.ended").count() == 1
    assert set_status(nomination=stored, status=Status.RUNNING, actor=secretary, at=AT).status == Status.RUNNING


def test_one_per_category(nomination: Any, secretary: Any) -> None:
    other = make_nomination(nomination.category, region_code="53.02")
    name_calibration(nomination=nomination, actor=secretary, at=AT)
    with pytest.raises(CalibrationNamedAlready):
        name_calibration(nomination=other, actor=secretary, at=AT)
    elsewhere = make_nomination(make_category(nomination.round, "desa"), region_code="53.03")
    assert name_calibration(nomination=elsewhere, actor=secretary, at=AT).is_calibration


def test_nothing_changes_once_a_sheet_is_begun(nomination: Any, secretary: Any) -> None:
    begun = make_nomination(nomination.category, region_code="53.02")
    name_calibration(nomination=nomination, actor=secretary, at=AT)
    seat = make_seat(nomination.round, 1)
    for one in (nomination, begun):
        Sheet.objects.create(round=one.round, seat=seat, nomination=one)
    with pytest.raises(CalibrationSheetsBegun):
        end_calibration(nomination=nomination, actor=secretary, at=AT)
    with pytest.raises(CalibrationSheetsBegun):
        name_calibration(nomination=begun, actor=secretary, at=AT)


def test_a_paper_typed_in_is_a_sheet_begun(nomination: Any, secretary: Any) -> None:
    version = make_rubric(nomination.category)
    seat = make_seat(nomination.round, 1)
    assert candidates(nomination.round)
    TypedSheet.objects.create(seat=seat, nomination=nomination, rubric_version=version)
    with pytest.raises(CalibrationSheetsBegun):
        name_calibration(nomination=nomination, actor=secretary, at=AT)
    assert not candidates(nomination.round)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.REJECTED, Status.WITHDRAWN, Status.NO_SHOW])
def test_whom_the_panel_does_not_meet(nomination: Any, secretary: Any, status: Status) -> None:
    other = make_nomination(nomination.category, status=status, region_code="53.02")
    with pytest.raises(CalibrationNotPossible):
        name_calibration(nomination=other, actor=secretary, at=AT)


def test_who_has_a_quorum_exception(nomination: Any, secretary: Any) -> None:
    decision = Decision.objects.create(
        round=nomination.round,
        kind=DecisionKind.QUORUM,
        votes_for=5,
        reason="Alasan (contoh)",
        decided_by=secretary,
        decided_at=AT,
    )
    decision.nominations.set([nomination])
    with pytest.raises(CalibrationNotPossible):
        name_calibration(nomination=nomination, actor=secretary, at=AT)


def test_it_never_comes_into_the_running_nor_into_another_category(nomination: Any, secretary: Any) -> None:
    name_calibration(nomination=nomination, actor=secretary, at=AT)
    with pytest.raises(CalibrationNeverCompetes):
        set_status(nomination=nomination, status=Status.RUNNING, actor=secretary, at=AT)
    with pytest.raises(CalibrationKeepsCategory):
        edit_nomination(nomination=nomination, category=make_category(nomination.round, "lain"), actor=secretary, at=AT)
    withdrawn = set_status(nomination=nomination, status=Status.WITHDRAWN, reason="sakit", actor=secretary, at=AT)
    with pytest.raises(CalibrationNeverCompetes):
        set_status(nomination=withdrawn, status=Status.RUNNING, actor=secretary, at=AT)


@pytest.mark.parametrize("act", [name_calibration, end_calibration])
def test_only_the_secretariat_and_only_until_scoring_ends(nomination: Any, secretary: Any, act: Any) -> None:
    for role in (Role.CHAIR, Role.PANEL_MEMBER, Role.PLATFORM_ADMIN):
        with pytest.raises(NotPermitted):
            act(nomination=nomination, actor=make_user(role, round=nomination.round), at=AT)
    for state in (State.PREPARATION, State.PLENARY, State.DECIDED):
        in_state(nomination, state)
        with pytest.raises(NotPermitted):
            act(nomination=nomination, actor=secretary, at=AT)


@pytest.mark.parametrize("status", [Status.PROPOSED, Status.RUNNING])
def test_the_database_keeps_it_out_of_the_running(nomination: Any, status: Status) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Nomination.objects.update(is_calibration=True, status=status)


def test_the_database_knows_one_per_category(nomination: Any) -> None:
    make_nomination(nomination.category, region_code="53.02", status=Status.OUTSIDE, is_calibration=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_nomination(nomination.category, region_code="53.03", status=Status.OUTSIDE, is_calibration=True)
