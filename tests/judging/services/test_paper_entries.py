"""A paper sheet is typed in twice, blind; equal entries are submitted, others wait for a third person.

Long: one world is walked through every refusal, so that each stands beside the step that it stops.
"""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from judging.models import (
    Attendance,
    PaperEntry,
    Presence,
    SaveReceipt,
    Seating,
    Sheet,
    SheetState,
    SheetVersion,
    TypedSheet,
)
from judging.selectors.sheets import address_of
from judging.services import panels
from judging.services import paper_entries as services
from judging.services.reopening import ask_reopening
from judging.services.scores import (
    NomineeNotScored,
    SheetAlreadySubmitted,
    SheetClosed,
    SheetHasProblems,
    content_hash,
)
from nominees.core.lifecycle import State
from nominees.models import Status
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.papers import OTHER, WHOLE, make_paper_world, settle, type_in
from tests.factories.saves import save
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return make_paper_world()


def events():
    return [(event.action, json.loads(event.payload)) for event in AuditEvent.objects.order_by("seq")]


def test_the_first_entry_is_kept_and_submits_nothing(world):
    typed = type_in(world, "ani")
    entry = PaperEntry.objects.get()
    assert (entry.sheet, entry.turn, entry.entered_by, entry.entered_at) == (typed, 1, world["ani"], AT)
    assert json.loads(entry.entries)["komitmen"] == {"state": "value", "value": "73.25"}
    assert entry.final_at is None
    assert not Sheet.objects.exists()
    ((action, payload),) = events()
    assert action == "paper_sheet.entered"
    assert set(payload) == {"seat", "nomination", "turn", "fingerprint"}


def test_equal_entries_submit_the_sheet_of_the_seat_with_both_people_named(world):
    type_in(world, "ani")
    typed = type_in(world, "budi", {"komitmen": "73.250", "inovasi": "3"})
    version = SheetVersion.objects.get()
    assert (version.sheet.seat, version.sheet.nomination) == (world["seats"][0], world["nomination"])
    assert (version.sheet.state, version.state, version.sheet.revision) == ("submitted", "submitted", 1)
    assert (version.seating.user, version.saved_by, version.submitted_at) == (world["member"], world["budi"], AT)
    assert json.loads(version.entries)["inovasi"] == {"state": "value", "value": "3", "note": "terbaca jelas"}
    assert TypedSheet.objects.get() == typed
    assert (typed.version, typed.settled_by) == (version, None)
    assert set(PaperEntry.objects.values_list("final_at", flat=True)) == {AT}
    receipt = SaveReceipt.objects.get()
    digest = content_hash(
        key=receipt.key,
        rubric_hash=version.rubric_version.content_hash,
        cells=json.loads(version.entries),
    )
    assert (receipt.content_hash, receipt.user, receipt.submitted) == (digest, world["budi"], True)
    assert version.rubric_version.locked_at == AT
    assert [action for action, _ in events()] == ["paper_sheet.entered", "paper_sheet.entered", "sheet.submitted"]
    people = [str(world["ani"]), str(world["budi"])]
    assert events()[-1][1]["on_paper"] == {"code": str(world["code"]), "typed_by": people}


def test_different_entries_wait_and_a_third_person_settles_them(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    assert not Sheet.objects.exists()
    typed = settle(world)
    version = SheetVersion.objects.get()
    assert (typed.version, typed.settled_by, typed.reason) == (version, world["citra"], "angka 3 terbaca 8")
    assert (version.state, version.saved_by, version.seating.user) == ("submitted", world["citra"], world["member"])
    assert json.loads(version.entries)["komitmen"] == {"state": "value", "value": "73.25"}
    action, payload = events()[-1]
    assert (action, payload["reason"], payload["differing"]) == ("paper_sheet.settled", "angka 3 terbaca 8", 1)


def test_the_third_step_may_find_that_neither_was_right_but_changes_nothing_both_agreed_on(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    settle(world, choices={"komitmen": "75", "inovasi": "1"})
    marks = json.loads(SheetVersion.objects.get().entries)
    assert (marks["komitmen"]["value"], marks["inovasi"]["value"]) == ("75", "3")


def test_the_member_who_wrote_the_paper_may_settle_it(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    assert settle(world, "member").settled_by == world["member"]


def test_no_event_holds_a_mark(world):
    type_in(world, "ani")
    type_in(world, "ani", OTHER, correct=True)
    type_in(world, "budi")
    settle(world)
    assert len(events()) == 5
    assert not any(mark in event.payload for event in AuditEvent.objects.all() for mark in ("73.25", "78.25", "73,25"))


def test_equal_entries_have_different_fingerprints(world):
    type_in(world, "ani")
    type_in(world, "budi")
    first, second = (payload["fingerprint"] for action, payload in events() if action == "paper_sheet.entered")
    assert first != second


def test_own_entry_is_corrected_until_the_second_is_in(world):
    type_in(world, "ani", OTHER)
    type_in(world, "ani", correct=True)
    assert json.loads(PaperEntry.objects.get().entries)["komitmen"]["value"] == "73.25"
    action, payload = events()[-1]
    assert action == "paper_sheet.corrected"
    assert payload["before"] != payload["fingerprint"]
    type_in(world, "budi", OTHER)
    for who in ("ani", "budi"):
        with pytest.raises(services.PaperEntriesFinal):
            type_in(world, who, correct=True)
    assert [json.loads(one.entries)["komitmen"]["value"] for one in PaperEntry.objects.all()] == ["73.25", "78.25"]


def test_only_the_own_entry_is_corrected(world):
    with pytest.raises(services.NoOwnPaperEntry):
        type_in(world, "ani", correct=True)
    type_in(world, "ani")
    with pytest.raises(services.NoOwnPaperEntry):
        type_in(world, "budi", correct=True)


def test_a_second_click_makes_no_second_entry(world):
    type_in(world, "ani")
    with pytest.raises(services.PaperTypedByYou):
        type_in(world, "ani")
    assert PaperEntry.objects.count() == 1
    type_in(world, "budi", OTHER)
    with pytest.raises(services.PaperTypedByYou):
        type_in(world, "budi", OTHER)
    with pytest.raises(services.PaperEntriesFinal):
        type_in(world, "citra")
    settle(world)
    with pytest.raises(services.PaperSubmittedAlready):
        settle(world)
    with pytest.raises(services.PaperSubmittedAlready):
        type_in(world, "citra")
    assert (PaperEntry.objects.count(), SheetVersion.objects.count(), SaveReceipt.objects.count()) == (2, 1, 1)


def test_neither_typist_takes_the_third_step(world):
    type_in(world, "ani")
    with pytest.raises(services.PaperNotComplete):
        settle(world)
    type_in(world, "budi", OTHER)
    for who in ("ani", "budi"):
        with pytest.raises(services.PaperTypedByYou):
            settle(world, who)


def test_the_third_step_needs_a_reason_and_every_mark(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    with pytest.raises(services.PaperReasonMissing):
        settle(world, reason="  ")
    with pytest.raises(SheetHasProblems) as refused:
        settle(world, choices={})
    assert [(issue.criterion, issue.code) for issue in refused.value.facts["issues"]] == [("komitmen", "not_entered")]
    assert not Sheet.objects.exists()


@pytest.mark.parametrize("entries", [{"komitmen": "80"}, {"komitmen": "101", "inovasi": "3"}])
def test_marks_that_cannot_stand_are_refused_in_each_turn(world, entries):
    with pytest.raises(SheetHasProblems):
        type_in(world, "ani", entries)
    type_in(world, "ani")
    with pytest.raises(SheetHasProblems) as refused:
        type_in(world, "budi", entries)
    assert "73" not in str(refused.value.facts)
    assert PaperEntry.objects.count() == 1


def test_nobody_with_a_seat_types_or_settles_anothers_paper(world):
    both = make_user(Role.SECRETARIAT, Role.PANEL_MEMBER, round=world["round"])
    make.make_seat(world["round"], 3, user=both)
    world["both"] = both
    with pytest.raises(services.MemberTypesNoPaper):
        type_in(world, "both")
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    with pytest.raises(services.MemberTypesNoPaper):
        settle(world, "both")


def test_the_member_types_no_own_paper_even_from_the_secretariat(world):
    world["both"] = make_user(Role.SECRETARIAT, Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.filter(seat=world["seats"][0]).update(user=world["both"])
    with pytest.raises(services.MemberTypesNoPaper):
        type_in(world, "both")


@pytest.mark.parametrize("reader", ["ani", "budi", "citra"])
def test_who_has_read_papers_takes_no_seat(world, reader):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    settle(world, "citra")
    facts = {"name": "Pembaca", "starts_on": AT.date() + timedelta(days=1), "actor": world["ani"], "at": AT}
    before = AuditEvent.objects.count()
    with pytest.raises(panels.PersonHasReadPapers):
        panels.substitute(seat=world["seats"][1], user=world[reader], reason="berhalangan", **facts)
    assert not Seating.objects.filter(user=world[reader]).exists()
    assert AuditEvent.objects.count() == before


def test_a_member_who_settled_the_own_paper_may_move_to_another_seat(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    settle(world, "member")
    Seating.objects.filter(user=world["member"]).update(ends_on=AT.date())
    facts = {"name": "Pindah", "starts_on": AT.date() + timedelta(days=1), "actor": world["ani"], "at": AT}
    moved = panels.substitute(seat=world["seats"][1], user=world["member"], reason="berhalangan", **facts)
    assert moved.seat == world["seats"][1]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT)])
def test_other_roles_neither_type_nor_settle(world, role):
    world["other"] = make_user(role, round=world["round"])
    with pytest.raises(NotPermitted):
        type_in(world, "other")
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    with pytest.raises(NotPermitted):
        settle(world, "other")


def test_another_seats_member_settles_nothing(world):
    world["other"] = make.holder(world["seats"][1])
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    with pytest.raises(NotPermitted):
        settle(world, "other")


def test_a_secretariat_elsewhere_types_nothing(world):
    world["other"] = make_user(Role.SECRETARIAT, round=make_round(region_code="81", state=State.SCORING))
    with pytest.raises(NotPermitted):
        type_in(world, "other")


def test_a_code_must_name_this_round_a_seat_and_a_nominee(world):
    for changed in ({"scope": "2024/81"}, {"seat": "lain"}, {"number": 999999}):
        with pytest.raises(services.PaperSheetUnknown):
            type_in(world, "ani", code=replace(world["code"], **changed))


def test_a_sheet_of_another_rubric_version_is_refused(world):
    with pytest.raises(services.PaperSheetOutdated):
        type_in(world, "ani", code=replace(world["code"], rubric="00000000"))
    assert not TypedSheet.objects.exists()


def test_a_recused_seat_has_no_paper(world):
    type_in(world, "ani")
    make.make_recusal(world["seats"][0], world["nomination"])
    with pytest.raises(services.SeatHasNoPaper) as refused:
        type_in(world, "budi")
    assert refused.value.facts["why"] == "seat_recused"
    assert PaperEntry.objects.count() == 1


def test_an_absent_seat_and_one_that_was_not_there_have_no_paper(world):
    make.make_interview(world["nomination"], world["seats"])
    Attendance.objects.update(presence=Presence.ABSENT)
    with pytest.raises(services.SeatHasNoPaper) as refused:
        type_in(world, "ani")
    assert refused.value.facts["why"] == "seat_absent"
    Attendance.objects.all().delete()
    with pytest.raises(services.SeatHasNoPaper) as refused:
        type_in(world, "ani")
    assert refused.value.facts["why"] == "not_seated_here"


def test_the_paper_is_of_whoever_sat_there_on_the_day_of_the_interview(world):
    make.make_interview(world["nomination"], world["seats"])
    Seating.objects.filter(seat=world["seats"][0]).update(ends_on="2025-06-24")
    later = AT.replace(day=26)
    for who in ("ani", "budi"):
        told = {"round": world["round"], "code": world["code"], "entries": WHOLE}
        services.type_paper_sheet(**told, actor=world[who], at=later)
    assert SheetVersion.objects.get().seating.user == world["member"]


def test_a_nominee_out_of_the_running_has_no_paper(world):
    world["nomination"].status, world["nomination"].status_reason = Status.WITHDRAWN, "mundur"
    world["nomination"].save()
    with pytest.raises(NomineeNotScored):
        type_in(world, "ani")


def test_after_scoring_nothing_is_typed_or_settled(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    world["round"].state = State.PLENARY
    world["round"].save()
    for act in (lambda: type_in(world, "citra"), lambda: settle(world)):
        with pytest.raises(NotPermitted):
            act()


def test_a_closed_sheet_takes_no_paper(world):
    save(world)
    Sheet.objects.update(closed_at=AT)
    with pytest.raises(SheetClosed):
        type_in(world, "ani")


def test_a_sheet_submitted_online_is_never_overwritten(world):
    type_in(world, "ani")
    save(world, {"komitmen": "60", "inovasi": "2"}, submit=True)
    with pytest.raises(SheetAlreadySubmitted):
        type_in(world, "budi")
    assert json.loads(SheetVersion.objects.get().entries)["komitmen"]["value"] == "60"
    assert PaperEntry.objects.count() == 1


def test_a_draft_online_waits_for_a_third_person_and_is_kept(world):
    type_in(world, "ani")
    save(world, {"komitmen": "61"})
    type_in(world, "budi")
    assert Sheet.objects.get().state == SheetState.DRAFT
    for refused in ({"replace_draft": False, "expected_revision": 1}, {"replace_draft": True, "expected_revision": 0}):
        with pytest.raises(services.DraftSavedOnline):
            settle(world, choices={}, **refused)
    typed = settle(world, choices={}, replace_draft=True, expected_revision=1)
    version = SheetVersion.objects.get()
    assert (version.state, version.sheet.revision, version.number) == ("submitted", 2, 1)
    assert json.loads(version.entries)["komitmen"]["value"] == "73.25"
    assert json.loads(typed.replaced)["komitmen"]["value"] == "61"
    assert events()[-1][1]["replaced_draft"]
    with pytest.raises(SheetAlreadySubmitted):
        save(world, {"komitmen": "61"}, 1, "2")


def test_a_draft_online_and_different_entries_are_settled_together(world):
    save(world, {"komitmen": "61"})
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    settle(world, replace_draft=True, expected_revision=1)
    assert json.loads(SheetVersion.objects.get().entries)["komitmen"]["value"] == "73.25"


def test_the_member_asks_to_reopen_what_was_typed_in_and_paper_corrects_nothing(world):
    type_in(world, "ani")
    type_in(world, "budi")
    address = address_of(world["nomination"])
    request = ask_reopening(address=address, reason="salah lihat", actor=world["member"], at=AT)
    assert request.version == SheetVersion.objects.get()


def test_a_reopened_sheet_is_corrected_by_its_member(world):
    save(world, {"komitmen": "60", "inovasi": "2"}, submit=True)
    submitted = SheetVersion.objects.get()
    SheetVersion.objects.create(
        sheet=submitted.sheet,
        number=2,
        rubric_version=submitted.rubric_version,
        seating=submitted.seating,
        entries=submitted.entries,
        content_hash=submitted.content_hash,
        saved_by=submitted.saved_by,
        saved_at=AT,
    )
    Sheet.objects.update(state=SheetState.DRAFT)
    with pytest.raises(services.PaperForCorrection):
        type_in(world, "ani")


def test_the_database_keeps_one_entry_per_turn_and_two_people(world):
    typed = type_in(world, "ani")
    for turn, who in ((1, "budi"), (2, "ani"), (3, "budi")):
        with pytest.raises(IntegrityError), transaction.atomic():
            PaperEntry.objects.create(sheet=typed, turn=turn, entries="{}", entered_by=world[who], entered_at=AT)
    again = {"seat": typed.seat, "nomination": typed.nomination, "rubric_version": typed.rubric_version}
    with pytest.raises(IntegrityError), transaction.atomic():
        TypedSheet.objects.create(**again)
    with pytest.raises(IntegrityError), transaction.atomic():
        TypedSheet.objects.filter(pk=typed.pk).update(settled_by=world["citra"])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE judging_paperentry SET entries = '{}'",
        "UPDATE judging_paperentry SET final_at = NULL",
        "DELETE FROM judging_paperentry",
        "UPDATE judging_typedsheet SET replaced = 'x'",
        "UPDATE judging_typedsheet SET version_id = NULL",
        "DELETE FROM judging_typedsheet",
    ],
)
def test_the_database_keeps_what_was_read_and_what_came_of_it(world, statement):
    type_in(world, "ani")
    type_in(world, "budi")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_an_entry_never_changes_hands_even_before_the_second_is_in(world):
    type_in(world, "ani")
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperEntry.objects.update(entered_by=world["budi"])
