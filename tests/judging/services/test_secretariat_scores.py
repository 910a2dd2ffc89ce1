"""Two people, one figure: the second never sees the first before both are in."""

import json

import pytest
import time_machine
from django.utils import translation

from judging.models import SecretariatEntry
from judging.selectors.secretariat_scores import EntryState, score_cell, score_tables
from judging.services import secretariat_scores as services
from nominees.models import Status
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.secretariat import CRITERION, enter, make_secretariat_world
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    return make_secretariat_world()


def correct(world, who, value, reason="salah ketik"):
    return services.correct_secretariat_score(
        nomination=world["nomination"],
        criterion=CRITERION,
        value=value,
        source="Laporan",
        reason=reason,
        actor=world[who],
        at=AT,
    )


def cell(world, who):
    return score_cell(score_tables(world["round"], world[who]), world["nomination"].number, CRITERION)


def test_first_entry_is_seen_by_its_author_only(world):
    assert cell(world, "ani").state is EntryState.EMPTY
    entry = enter(world, "ani", "87,5")
    assert (entry.turn, entry.value) == (1, "87.5")
    assert (cell(world, "ani").state, cell(world, "budi").state) == (EntryState.OWN_FIRST, EntryState.OTHER_FIRST)
    assert cell(world, "ani").figures == (("87.5", str(world["ani"])),)
    assert cell(world, "budi").figures == ()


@pytest.mark.parametrize("second", ["87.5", "87,50"])
def test_equal_second_entry_confirms(world, second):
    enter(world, "ani", "87,5")
    enter(world, "budi", second)
    assert cell(world, "citra").state is EntryState.CONFIRMED


def test_different_entries_are_both_shown_until_one_is_corrected(world):
    enter(world, "ani", "80")
    enter(world, "budi", "81")
    assert cell(world, "ani").state is EntryState.DIFFERENT
    assert [value for value, _ in cell(world, "budi").figures] == ["80", "81"]
    correct(world, "ani", "81")
    assert cell(world, "budi").state is EntryState.CONFIRMED
    assert SecretariatEntry.objects.count() == 2


def test_events_tell_who_and_what_but_no_figure(world):
    enter(world, "ani", "73.25")
    correct(world, "ani", "74.25")
    events = list(AuditEvent.objects.order_by("seq"))
    assert [event.action for event in events] == ["secretariat_score.entered", "secretariat_score.corrected"]
    assert not any(figure in event.payload for event in events for figure in ("73.25", "74.25"))
    entered, corrected = (json.loads(event.payload) for event in events)
    assert corrected["before"] == entered["fingerprint"] != corrected["fingerprint"]
    assert corrected["reason"] == "salah ketik"


def test_same_person_does_not_enter_twice(world):
    enter(world, "ani", "80")
    with pytest.raises(services.EnteredByYouAlready):
        enter(world, "ani", "80")
    assert SecretariatEntry.objects.count() == 1


def test_third_person_does_not_enter(world):
    enter(world, "ani", "80")
    enter(world, "budi", "81")
    with pytest.raises(services.BothTurnsEntered):
        enter(world, "citra", "80")


def test_only_the_own_figure_is_corrected_and_with_a_reason(world):
    enter(world, "ani", "80")
    with pytest.raises(services.NoOwnEntry):
        correct(world, "budi", "81")
    with pytest.raises(services.CorrectionReasonMissing):
        correct(world, "ani", "81", reason=" ")
    assert SecretariatEntry.objects.get().value == "80"


@pytest.mark.parametrize(("value", "why"), [("101", "score_range"), ("-1", "score_range"), ("delapan", "malformed")])
def test_figure_off_the_scale_is_refused(world, value, why):
    with pytest.raises(services.SecretariatScoreInvalid) as refusal:
        enter(world, "ani", value)
    assert refusal.value.facts["why"] == why


@pytest.mark.parametrize("criterion", ["komitmen", "tidak-ada", "kebijakan"])
def test_criteria_of_others_are_refused(world, criterion):
    with pytest.raises(services.CriterionNotSecretariat):
        enter(world, "ani", "80", criterion)


def test_withdrawn_nominee_gets_none(world):
    world["nomination"].status, world["nomination"].status_reason = Status.WITHDRAWN, "mundur"
    world["nomination"].save()
    with pytest.raises(services.NomineeNotInRound):
        enter(world, "ani", "80")


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.PLATFORM_ADMIN])
def test_others_do_not_enter(world, role):
    world["somebody"] = make_user(role, round=world["round"])
    with pytest.raises(NotPermitted):
        enter(world, "somebody", "80")
