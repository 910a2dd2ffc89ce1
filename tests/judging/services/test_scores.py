"""A member's sheet: what a save answers, and that nothing is ever overwritten unseen."""

import json

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from judging.models import (
    RubricVersion,
    SaveReceipt,
    Sheet,
    SheetState,
    SheetVersion,
)
from judging.selectors.sheets import address_of
from judging.services import scores as services
from nominees.core.lifecycle import State
from paritrana.audit.models import AuditEvent
from tests.factories import sheets as make
from tests.factories.saves import make_sheet_world, save
from tests.factories.world import AT, make_nomination

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_sheet_world()


def marks():
    return json.loads(SheetVersion.objects.get().entries)


def test_nothing_is_written_before_the_first_save(world):
    assert not Sheet.objects.exists()


def test_save_draft_creates_sheet_version_receipt_and_event(world):
    receipt = save(world, {"komitmen": " 87,5 ", "inovasi": {"value": "3", "note": "bagus"}})
    sheet = Sheet.objects.get()
    version = SheetVersion.objects.get()
    assert (sheet.seat, sheet.state, sheet.revision) == (world["seats"][0], SheetState.DRAFT, 1)
    assert marks() == {
        "komitmen": {"state": "value", "value": "87.5"},
        "inovasi": {"state": "value", "value": "3", "note": "bagus"},
    }
    assert (version.saved_by, version.seating.user) == (world["member"], world["member"])
    assert (receipt.revision, receipt.content_hash, receipt.submitted) == (1, version.content_hash, False)
    event = AuditEvent.objects.get()
    assert (event.action, event.chain, event.actor) == ("sheet.started", world["round"].scope, world["member"])
    assert json.loads(event.payload) == {
        "seat": "unsur-1",
        "nomination": world["nomination"].number,
        "revision": 1,
        "version": 1,
        "content_hash": receipt.content_hash,
    }


def test_first_save_locks_the_rubric(world):
    save(world)
    assert RubricVersion.objects.get().locked_at == AT


def test_later_saves_rewrite_the_one_draft(world):
    save(world)
    receipt = save(world, {"komitmen": "0"}, 1, "2")
    assert receipt.revision == 2
    assert SheetVersion.objects.count() == 1
    assert marks()["komitmen"] == {"state": "value", "value": "0"}
    assert marks()["inovasi"] == {"state": "not_entered"}
    assert [event.action for event in AuditEvent.objects.order_by("seq")] == ["sheet.started", "sheet.saved"]


def test_events_hold_no_marks_and_equal_marks_give_different_hashes(world):
    first = save(world, {"komitmen": "73.25"})
    second = save(world, {"komitmen": "73.25"}, 1, "2")
    assert first.content_hash != second.content_hash
    assert not any("73.25" in event.payload for event in AuditEvent.objects.all())


@pytest.mark.parametrize(
    "cell",
    [{"value": "3", "note": "a" * 2001}, {"state": "not_applicable", "reason": "a" * 2001}],
)
def test_a_text_longer_than_any_form_offers_is_refused(world, cell):
    with pytest.raises(services.SheetHasProblems) as refused:
        save(world, {"inovasi": cell})
    assert [(one.criterion, one.code) for one in refused.value.facts["issues"]] == [("inovasi", "text_too_long")]
    assert not Sheet.objects.exists()


def test_stale_save_is_refused_with_both_sides_and_changes_nothing(world):
    save(world, {"komitmen": "80"})
    with pytest.raises(services.SheetChangedMeanwhile) as stale:
        save(world, {"komitmen": "20"}, 0, "2")
    assert stale.value.facts["stored"]["komitmen"]["value"] == "80"
    assert stale.value.facts["sent"] == {"komitmen": "20"}
    assert stale.value.facts["revision"] == 1
    assert marks()["komitmen"]["value"] == "80"
    assert (SaveReceipt.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_stale_save_with_unreadable_marks_is_still_shown_whole(world):
    save(world)
    with pytest.raises(services.SheetChangedMeanwhile) as stale:
        save(world, {"komitmen": "seratus"}, 0, "2")
    assert stale.value.facts["sent"] == {"komitmen": "seratus"}


def test_repeated_key_gets_the_first_answer_even_after_newer_saves(world):
    first = save(world, {"komitmen": "10"}, 0, "a")
    save(world, {"komitmen": "90"}, 1, "b")
    again = save(world, {"komitmen": "10"}, 0, "a")
    assert (again.pk, again.revision, again.content_hash) == (first.pk, 1, first.content_hash)
    assert marks()["komitmen"]["value"] == "90"
    assert (SaveReceipt.objects.count(), AuditEvent.objects.count()) == (2, 2)


@pytest.mark.parametrize("typed", ["99", "seratus"])
def test_repeated_key_with_other_marks_is_not_said_to_be_saved(world, typed):
    save(world, {"komitmen": "10"}, 0, "a")
    with pytest.raises(services.SheetChangedMeanwhile) as shown:
        save(world, {"komitmen": typed}, 0, "a")
    assert (shown.value.facts["sent"], shown.value.facts["revision"]) == ({"komitmen": typed}, 1)
    assert marks()["komitmen"]["value"] == "10"
    assert (SaveReceipt.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_repeated_key_is_answered_after_scoring_has_closed(world):
    first = save(world)
    world["round"].state = State.PLENARY
    world["round"].save()
    assert save(world).pk == first.pk


def test_two_first_saves_at_once_lose_nothing(world, monkeypatch):
    save(world, {"komitmen": "80"})
    found = services.current_version

    def not_seen_yet(*, lock=False, **which):
        return None if lock else found(**which)

    monkeypatch.setattr(services, "current_version", not_seen_yet)
    with pytest.raises(services.SheetChangedMeanwhile) as stale:
        save(world, {"komitmen": "20"}, 0, "2")
    assert (stale.value.facts["stored"]["komitmen"]["value"], stale.value.facts["sent"]) == ("80", {"komitmen": "20"})
    assert marks()["komitmen"]["value"] == "80"
    assert SheetVersion.objects.count() == 1


def test_key_of_another_sheet_is_refused(world):
    save(world)
    world["other"] = make_nomination(world["nomination"].category, region_code="53.02")
    with pytest.raises(services.RequestKeyInUse):
        save(world, nomination="other")


def test_key_of_another_member_is_refused_and_tells_nothing(world):
    save(world)
    world["second"] = make.holder(world["seats"][1])
    with pytest.raises(services.RequestKeyInUse) as refusal:
        save(world, actor="second")
    assert refusal.value.facts == {}


@pytest.mark.parametrize("key", ["", "pendek", "x" * 65, "kunci-uji\0"])
def test_malformed_key_is_refused(world, key):
    with pytest.raises(services.RequestKeyMalformed):
        services.save_draft(
            address=address_of(world["nomination"]),
            entries={},
            expected_revision=0,
            request_key=key,
            actor=world["member"],
            at=AT,
        )


def issues_of(refusal):
    return [(issue.criterion, issue.code) for issue in refusal.value.facts["issues"]]


def test_all_problems_are_listed_by_criterion_and_nothing_is_written(world):
    with pytest.raises(services.SheetHasProblems) as refusal:
        save(world, {"komitmen": "101", "inovasi": "2,5", "lain": "1"})
    assert sorted(issues_of(refusal)) == [
        ("inovasi", "score_step"),
        ("komitmen", "score_range"),
        ("lain", "unknown_reference"),
    ]
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("state", ["absent", "recused", "withdrawn"])
def test_member_does_not_name_absences(world, state):
    with pytest.raises(services.SheetHasProblems) as refusal:
        save(world, {"komitmen": {"state": state, "reason": "x"}})
    assert issues_of(refusal) == [("komitmen", "state_not_for_member")]


def test_submit_needs_every_criterion(world):
    with pytest.raises(services.SheetHasProblems) as refusal:
        save(world, {"komitmen": "80"}, submit=True)
    assert issues_of(refusal) == [("inovasi", "not_entered")]
    assert not Sheet.objects.exists()


def test_submit_takes_not_applicable_with_its_reason_only(world):
    with pytest.raises(services.SheetHasProblems) as refusal:
        save(world, {"komitmen": "80", "inovasi": {"state": "not_applicable"}}, submit=True)
    assert issues_of(refusal) == [("inovasi", "reason_required")]
    receipt = save(world, {"komitmen": "80", "inovasi": {"state": "not_applicable", "reason": "baru"}}, submit=True)
    assert receipt.submitted


def test_submit_as_saved_fixes_version_and_sheet(world):
    save(world, make.WHOLE)
    receipt = save(world, None, 1, "2", submit=True)
    version = SheetVersion.objects.get()
    assert (receipt.submitted, receipt.revision) == (True, 2)
    assert (version.state, version.submitted_at, version.sheet.state) == ("submitted", AT, "submitted")
    assert AuditEvent.objects.latest("seq").action == "sheet.submitted"
    with pytest.raises(IntegrityError), transaction.atomic():
        SheetVersion.objects.update(entries="{}")


def test_double_submit_gets_one_answer(world):
    save(world, make.WHOLE)
    first = save(world, None, 1, "2", submit=True)
    again = save(world, None, 1, "2", submit=True)
    assert again.pk == first.pk
    with pytest.raises(services.SheetAlreadySubmitted):
        save(world, None, 2, "3", submit=True)
    assert AuditEvent.objects.filter(action="sheet.submitted").count() == 1


def test_submitted_sheet_refuses_saves(world):
    save(world, make.WHOLE, submit=True)
    with pytest.raises(services.SheetAlreadySubmitted):
        save(world, {"komitmen": "1"}, 1, "2")
    assert marks()["komitmen"]["value"] == "80"


def test_closed_sheet_refuses_saves(world):
    save(world)
    Sheet.objects.update(closed_at=AT)
    with pytest.raises(services.SheetClosed):
        save(world, {"komitmen": "1"}, 1, "2")


def statements(captured):
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize("nominees", [1, 50])
def test_save_costs_seven_statements_whatever_the_size_of_the_round(world, nominees):
    for _ in range(nominees - 1):
        make_nomination(world["nomination"].category)
    save(world, make.WHOLE)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        save(world, make.WHOLE, 1, "2")
    assert len(statements(captured)) == 7
