"""A member's sheet: who may write it, on which nominee, and when."""

import pytest

from judging.models import (
    Attendance,
    Presence,
    RecusalState,
    Seating,
    Sheet,
    SheetVersion,
)
from judging.permissions import can_score
from judging.selectors.sheets import SheetAddress
from judging.services import scores as services
from nominees.core.lifecycle import State
from nominees.models import Status
from paritrana.accounts.models import Role, RoleGrant
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.saves import KEY, make_sheet_world, save
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_sheet_world()


@pytest.mark.parametrize("state", [state for state in State if state != State.SCORING])
def test_save_has_its_place_in_scoring_only(world, state):
    world["round"].state = state
    world["round"].save()
    with pytest.raises(NotPermitted):
        save(world)
    assert not can_score(world["member"], world["round"])
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_save_and_can_score_agree_on_every_role(world, role):
    world["somebody"] = make_user(role, round=world["round"])
    Seating.objects.filter(seat=world["seats"][0]).update(user=world["somebody"])
    if can_score(world["somebody"], world["round"]):
        assert save(world, actor="somebody").revision == 1
    else:
        with pytest.raises((NotPermitted, services.SheetNotFound)):
            save(world, actor="somebody")
    assert bool(can_score(world["somebody"], world["round"])) == (role == Role.PANEL_MEMBER)


def test_grant_of_another_round_or_ended_grant_opens_nothing(world):
    RoleGrant.objects.filter(user=world["member"]).update(revoked_at=AT)
    make_round(region_code="81")
    RoleGrant.objects.create(
        user=world["member"],
        role=Role.PANEL_MEMBER,
        assessment_year=2024,
        region=make_round(year=2025, region_code="81").region,
        granted_at=AT,
    )
    with pytest.raises(services.SheetNotFound):
        save(world)


def test_national_grant_opens_no_provincial_sheet(world):
    RoleGrant.objects.filter(user=world["member"]).update(region=None)
    with pytest.raises(services.SheetNotFound):
        save(world)


def test_member_of_the_national_round_saves_there():
    round = make_round(region_code=None, state=State.SCORING)
    category = make_category(round)
    make.make_rubric(category)
    seat = make.make_seat(round, 1)
    nomination = make_nomination(category, region_code="53.01")
    assert save({"member": make.holder(seat), "nomination": nomination}).revision == 1


def test_unknown_nominee_is_not_found(world):
    with pytest.raises(services.SheetNotFound):
        services.save_draft(
            address=SheetAddress(2024, "53", 999_999),
            entries={},
            expected_revision=0,
            request_key=KEY,
            actor=world["member"],
            at=AT,
        )


def test_absence_recorded_while_a_submission_waits_for_its_lock_refuses_it(world, monkeypatch):
    make.make_interview(world["nomination"], world["seats"])
    save(world)
    read = services.current_version

    def waited(**which):
        Attendance.objects.update(presence=Presence.ABSENT, reason="Sakit (contoh)")
        return read(**which)

    monkeypatch.setattr(services, "current_version", waited)
    with pytest.raises(services.SeatAbsent):
        save(world, None, 1, "2", submit=True)
    assert Sheet.objects.get().state == "draft"


def test_member_without_a_seat_is_refused(world):
    world["guest"] = make_user(Role.PANEL_MEMBER, round=world["round"])
    with pytest.raises(services.NotSeatedHere):
        save(world, actor="guest")


def test_former_holder_is_refused_and_substitute_saves_on_the_same_sheet(world):
    save(world)
    substitute = world["substitute"] = make_user(Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.filter(seat=world["seats"][0]).update(ends_on="2025-06-23")
    Seating.objects.create(
        round=world["round"], seat=world["seats"][0], user=substitute, name="Pengganti", starts_on="2025-06-24"
    )
    with pytest.raises(services.NotSeatedHere):
        save(world, {}, 1, "2")
    assert save(world, {"komitmen": "70"}, 1, "3", actor="substitute").revision == 2
    assert SheetVersion.objects.get().seating.user == substitute


def test_substitute_neither_sees_nor_submits_the_draft_of_the_one_before(world):
    save(world, {"komitmen": "81", "inovasi": "3"})
    world["substitute"] = make_user(Role.PANEL_MEMBER, round=world["round"])
    seat = world["seats"][0]
    Seating.objects.filter(seat=seat).update(ends_on="2025-06-23")
    Seating.objects.create(
        round=world["round"], seat=seat, user=world["substitute"], name="Pengganti", starts_on="2025-06-24"
    )
    with pytest.raises(services.SheetHasProblems) as refused:
        save(world, None, 1, "2", actor="substitute", submit=True)
    assert {issue.code for issue in refused.value.facts["issues"]} == {"not_entered"}
    with pytest.raises(services.SheetChangedMeanwhile) as stale:
        save(world, {"komitmen": "70"}, 0, "3", actor="substitute")
    assert stale.value.facts["stored"] == {}
    assert SheetVersion.objects.get().state == "draft"


@pytest.mark.parametrize("state", [RecusalState.DECLARED, RecusalState.CONFIRMED])
def test_recused_seat_is_refused(world, state):
    make.make_recusal(world["seats"][0], world["nomination"], state)
    with pytest.raises(services.SeatRecused):
        save(world)


def test_declined_recusal_lets_the_seat_score(world):
    make.make_recusal(world["seats"][0], world["nomination"], RecusalState.DECLINED)
    assert save(world).revision == 1


def test_absent_seat_is_refused_until_attendance_is_corrected(world):
    make.make_interview(world["nomination"], world["seats"])
    mine = Attendance.objects.filter(seat=world["seats"][0])
    mine.update(presence=Presence.ABSENT)
    with pytest.raises(services.SeatAbsent):
        save(world)
    mine.update(presence=Presence.PRESENT)
    assert save(world).revision == 1


def test_seat_that_is_not_placed_at_the_interview_is_refused(world):
    make.make_interview(world["nomination"], world["seats"][1:])
    with pytest.raises(services.NotSeatedHere):
        save(world)


@pytest.mark.parametrize("status", list(Status))
def test_only_running_and_outside_are_scored(world, status):
    world["nomination"].status, world["nomination"].status_reason = status, "uji"
    world["nomination"].save()
    if status in (Status.RUNNING, Status.OUTSIDE):
        assert save(world).revision == 1
    else:
        with pytest.raises(services.NomineeNotScored):
            save(world)


def test_category_without_rubric_is_refused(world):
    world["nomination"].category.rubric.delete()
    with pytest.raises(services.RubricMissing):
        save(world)
