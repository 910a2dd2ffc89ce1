"""A member's workbook handed in by the secretariat: kept unread, one entry, counted only when the member takes it."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from judging.models import HandedState, HandedWorkbook, Seating, Sheet, SheetState
from judging.selectors.sheet_workbooks_handed import handed_content, handed_workbooks, waiting_for, waiting_workbooks
from judging.selectors.sheets import address_of
from judging.services import scores
from judging.services import sheet_workbooks as services
from judging.services import sheet_workbooks_handed as handing
from judging.services.plenary import open_plenary
from judging.services.sheet_workbooks import Outcome
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.scored import make_scored_round
from tests.factories.sheet_workbooks import (
    DAY,
    INOVASI,
    KOMITMEN,
    download,
    filled,
    hand_in,
    make_day,
    make_handed,
    mark,
    note,
    opened,
    packed,
    secretary_of,
    take,
)
from tests.factories.workbooks import REFUSED
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
WHOLE = {mark(KOMITMEN): 87.5, mark(INOVASI): 3}


@pytest.fixture
def day():
    return make_day()


@pytest.fixture
def content(day):
    return filled(download(day), {day["titles"][0]: WHOLE})


@pytest.fixture
def handed(day, content):
    return hand_in(day, content).handed


def online(day, index, entries, revision=0):
    """Save a sheet on its page."""
    scores.save_draft(
        address=address_of(day["nominations"][index]),
        entries=entries,
        expected_revision=revision,
        request_key=f"halaman-{index}-{revision}",
        actor=day["member"],
        at=AT,
    )


def problems(found):
    return [(problem.sheet, problem.cell, problem.code) for problem in found.problems]


def actions():
    return list(AuditEvent.objects.order_by("seq").values_list("action", flat=True))


def payload():
    return json.loads(AuditEvent.objects.order_by("seq").last().payload)


# ---- handing in ----


def test_handed_in_is_kept_and_recorded_and_nothing_counts(day, content):
    secretary = secretary_of(day)

    done = hand_in(day, content, secretary)

    entry = HandedWorkbook.objects.get()
    assert (done.handed, done.is_new, done.problems) == (entry, True, ())
    assert (entry.seating.user, entry.day, entry.state) == (day["member"], DAY, HandedState.WAITING)
    assert (entry.handed_by, entry.handed_at, bytes(entry.content)) == (secretary, AT, content)
    assert entry.sha256 == hashlib.sha256(content).hexdigest()
    assert not Sheet.objects.exists()
    assert actions() == ["workbook.handed_in"]
    assert payload() == {"seat": day["seats"][0].code, "day": DAY.isoformat(), "sha256": entry.sha256}


def test_twice_the_same_file_is_one_entry(day, content):
    first, second = hand_in(day, content), hand_in(day, content)

    assert (second.handed, second.is_new) == (first.handed, False)
    assert HandedWorkbook.objects.count() == 1
    assert actions() == ["workbook.handed_in"]


def test_the_same_file_after_it_was_turned_down_stays_turned_down(day, content, handed):
    handing.turn_down_handed(handed=handed, reason="berkas lama", actor=day["member"], at=AT)

    again = hand_in(day, content)

    assert (again.is_new, again.handed.state) == (False, HandedState.TURNED_DOWN)


def test_a_workbook_of_all_days(day):
    done = hand_in(day, filled(download(day, day=None), {day["titles"][0]: WHOLE}))
    take(day, done.handed)

    assert done.handed.day is None
    assert Sheet.objects.count() == 1


@pytest.mark.parametrize(("name", "make_file", "code"), REFUSED[:4], ids=[name for name, _, _ in REFUSED[:4]])
def test_files_that_are_not_opened(day, name, make_file, code):
    assert problems(hand_in(day, make_file())) == [("", "", code)]
    assert not HandedWorkbook.objects.exists()


def test_what_is_wrong_in_a_cell_is_told_without_what_stands_there(day):
    told = {mark(KOMITMEN): 1234.5, mark(INOVASI): "tiga koma", note(KOMITMEN): "r" * 2001, "H40": "rahasia"}
    done = hand_in(day, filled(download(day), {day["titles"][0]: told}))

    title = day["titles"][0]
    assert problems(done) == [
        (title, mark(KOMITMEN), "workbook_cell_not_taken"),
        (title, note(KOMITMEN), "workbook_cell_not_taken"),
        (title, mark(INOVASI), "workbook_cell_not_taken"),
        (title, "H40", "workbook_cell_outside"),
    ]
    assert [dict(problem.facts) for problem in done.problems] == [{}] * 4
    assert not HandedWorkbook.objects.exists()


def test_formulas_and_dates_are_named_as_such(day):
    done = hand_in(day, filled(download(day), {day["titles"][0]: {mark(KOMITMEN): "=1+1", mark(INOVASI): AT.date()}}))

    assert [code for _, _, code in problems(done)] == ["import_cell_formula", "workbook_cell_date"]
    assert all(set(problem.facts) <= {"header"} for problem in done.problems)


def test_a_file_of_another_round_and_one_whose_structure_was_changed(day, content):
    elsewhere = make_round(region_code="52", state=State.SCORING)
    secretary = make_user(Role.SECRETARIAT, round=elsewhere)
    book = opened(content)
    book.create_sheet("Lain")
    del book[day["titles"][1]]

    assert problems(hand_in(day, content, secretary, round=elsewhere)) == [("", "", "workbook_of_another_round")]
    assert problems(hand_in(day, packed(book))) == [
        ("Lain", "", "workbook_sheet_foreign"),
        (day["titles"][1], "", "workbook_sheet_missing"),
    ]


def test_a_file_of_who_holds_the_seat_no_more(day, content):
    Seating.objects.filter(seat=day["seats"][0]).update(user=make_user(Role.PANEL_MEMBER, round=day["round"]))

    assert problems(hand_in(day, content)) == [("", "", "workbook_of_nobody")]


def test_what_is_stored_decides_nothing_about_handing_in(day, content):
    online(day, 0, make.WHOLE)

    assert hand_in(day, content).is_new
    assert hand_in(day, download(day)).is_new


def test_only_the_secretariat_hands_in_and_nobody_who_has_a_seat(day, content):
    for role in set(Role) - {Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT}:
        with pytest.raises(NotPermitted):
            hand_in(day, content, make_user(role, round=day["round"]))
    seated = make_user(Role.SECRETARIAT, Role.PANEL_MEMBER, round=day["round"])
    make.make_seat(day["round"], 3, user=seated)
    with pytest.raises(handing.MemberHandsInNoWorkbook):
        hand_in(day, content, seated)
    Round.objects.update(state=State.PLENARY)
    with pytest.raises(NotPermitted):
        hand_in(day, content, round=Round.objects.get())
    assert not HandedWorkbook.objects.exists()


# ---- taking ----


def test_taken_by_the_member_it_is_saved_as_drafts_and_the_bytes_are_dropped(day, handed):
    before = handing.compare_handed(handed=handed, actor=day["member"], at=AT)

    saved = take(day, handed)

    assert [one.outcome for one in before.sheets] == [Outcome.CHANGED, Outcome.SAME, Outcome.SAME]
    assert [(one.number, one.error) for one in saved] == [(day["numbers"][0], None)]
    assert Sheet.objects.get().state == SheetState.DRAFT
    entry = HandedWorkbook.objects.get()
    assert (entry.state, entry.content, entry.settled_at, entry.sha256) == ("taken", None, AT, handed.sha256)
    assert handed_content(entry) == b""
    assert actions() == ["workbook.handed_in", "sheet.started", "workbook.taken"]
    assert payload()["saved"] == [day["numbers"][0]]
    assert "87.5" not in "".join(AuditEvent.objects.values_list("payload", flat=True))


def test_taking_twice_saves_once(day, handed):
    sealed = handing.compare_handed(handed=handed, actor=day["member"], at=AT).sealed

    first, second = take(day, handed, sealed=sealed), _taken(day, handed, sealed)

    assert first[0].receipt == second[0].receipt
    assert actions().count("workbook.taken") == 1


def _taken(day, handed, sealed, numbers=None):
    chosen = day["numbers"] if numbers is None else numbers
    return handing.take_handed(handed=handed, sealed=sealed, chosen=chosen, actor=day["member"], at=AT)


def test_keeping_what_is_stored_takes_the_workbook_as_well(day, handed):
    sealed = handing.compare_handed(handed=handed, actor=day["member"], at=AT).sealed

    assert _taken(day, handed, sealed, numbers=()) == ()
    assert (HandedWorkbook.objects.get().state, Sheet.objects.exists()) == ("taken", False)


def test_overtaken_by_a_newer_version_is_told_and_left_to_the_member(day, handed):
    online(day, 0, {"komitmen": "50"})

    found = handing.compare_handed(handed=handed, actor=day["member"], at=AT)
    _taken(day, handed, found.sealed)

    assert found.sheets[0].outcome == Outcome.CONFLICT
    assert Sheet.objects.get().revision == 2


def test_another_copy_than_the_one_the_member_sent_is_asked_about(day):
    blank = download(day)
    own, other = (filled(blank, {day["titles"][0]: {mark(KOMITMEN): value}}) for value in (70, 60))
    asked = {"round": day["round"], "actor": day["member"], "at": AT}
    check = services.check_workbook(**asked, day=DAY, content=own)
    services.save_checked(**asked, sealed=check.sealed, chosen=day["numbers"])

    found = handing.compare_handed(handed=hand_in(day, other).handed, actor=day["member"], at=AT)

    assert found.sheets[0].outcome == Outcome.CONFLICT


def test_a_sheet_that_moved_on_meanwhile_keeps_the_workbook_waiting(day, handed):
    sealed = handing.compare_handed(handed=handed, actor=day["member"], at=AT).sealed
    online(day, 0, {"komitmen": "50"})

    (refused,) = _taken(day, handed, sealed)

    assert isinstance(refused.error, scores.SheetChangedMeanwhile)
    assert HandedWorkbook.objects.get().state == HandedState.WAITING


def test_a_file_that_holds_nothing_new_is_closed_without_a_save_and_only_then(day, handed):
    empty = hand_in(day, download(day)).handed

    assert _taken(day, empty, "") == ()
    with pytest.raises(services.WorkbookCheckOutdated):
        _taken(day, handed, "")
    assert list(waiting_workbooks(day["round"])) == [handed]


def test_a_comparison_confirms_its_own_workbook_alone(day, content, handed):
    other = hand_in(day, filled(download(day), {day["titles"][1]: WHOLE})).handed
    own = services.check_workbook(round=day["round"], day=DAY, content=content, actor=day["member"], at=AT)
    sealed = handing.compare_handed(handed=handed, actor=day["member"], at=AT).sealed

    for wrong in (own.sealed, handing.compare_handed(handed=other, actor=day["member"], at=AT).sealed):
        with pytest.raises(services.WorkbookCheckOutdated):
            _taken(day, handed, wrong)
    with pytest.raises(services.WorkbookCheckOutdated):
        services.save_checked(round=day["round"], sealed=sealed, chosen=day["numbers"], actor=day["member"], at=AT)
    assert not Sheet.objects.exists()


# ---- turning down, lapsing ----


def test_turned_down_with_a_reason(day, handed):
    handing.turn_down_handed(handed=handed, reason=" berkas lama ", actor=day["member"], at=AT)

    entry = HandedWorkbook.objects.get()
    assert (entry.state, entry.reason, entry.content) == ("turned_down", "berkas lama", None)
    assert actions() == ["workbook.handed_in", "workbook.turned_down"]
    assert payload()["reason"] == "berkas lama"
    assert not Sheet.objects.exists()
    for again in (handing.compare_handed, _take_unsealed):
        with pytest.raises(handing.HandedWorkbookSettled):
            again(handed=handed, actor=day["member"], at=AT)


def _take_unsealed(**whose):
    return handing.take_handed(sealed="", chosen=(), **whose)


def test_turning_down_needs_a_reason_and_a_waiting_workbook(day, handed):
    with pytest.raises(handing.HandedWorkbookReasonMissing):
        handing.turn_down_handed(handed=handed, reason="  ", actor=day["member"], at=AT)
    take(day, handed)
    with pytest.raises(handing.HandedWorkbookSettled):
        handing.turn_down_handed(handed=handed, reason="terlambat", actor=day["member"], at=AT)


def test_at_the_plenary_what_nobody_took_is_dropped_and_may_be_handed_in_anew():
    scored = make_scored_round()
    seating = scored.seats[1].seatings.get()
    make_handed(seating, scored.secretary)

    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)

    entry = HandedWorkbook.objects.get()
    assert (entry.state, entry.content, entry.settled_at) == ("lapsed", None, AT)
    assert AuditEvent.objects.filter(action="workbook.lapsed").count() == 1
    assert make_handed(seating, scored.secretary).sha256 == entry.sha256


def test_nobody_but_the_member_compares_takes_or_turns_down(day, handed):
    sealed = handing.compare_handed(handed=handed, actor=day["member"], at=AT).sealed
    attempts = (
        lambda who: handing.compare_handed(handed=handed, actor=who, at=AT),
        lambda who: handing.take_handed(handed=handed, sealed=sealed, chosen=day["numbers"], actor=who, at=AT),
        lambda who: handing.turn_down_handed(handed=handed, reason="bukan", actor=who, at=AT),
    )

    for attempt in attempts:
        for role in set(Role) - {Role.PANEL_MEMBER}:
            with pytest.raises(NotPermitted):
                attempt(make_user(role, round=day["round"]))
        with pytest.raises(handing.HandedWorkbookUnknown):
            attempt(day["other"])
    assert HandedWorkbook.objects.get().state == HandedState.WAITING


def test_who_holds_the_seat_no_more_takes_nothing(day, handed):
    day["round"].refresh_from_db()
    Seating.objects.filter(pk=handed.seating_id).update(ends_on=DAY - timedelta(days=1))

    with pytest.raises(handing.HandedWorkbookUnknown):
        handing.compare_handed(handed=handed, actor=day["member"], at=AT)


# ---- what is kept ----


def test_lists_never_load_the_bytes(day, handed, django_assert_num_queries):
    seating = handed.seating
    with django_assert_num_queries(3):
        found = [list(handed_workbooks(day["round"])), list(waiting_workbooks(day["round"])), waiting_for(seating)]

    assert all("content" in one.get_deferred_fields() for (one,) in found)
    assert waiting_for(None) == []


@pytest.mark.parametrize(
    "change",
    [
        {"sha256": "0" * 64},
        {"content": b"lain"},
        {"handed_at": AT + timedelta(days=1)},
        {"content": None},
        {"state": "turned_down", "content": None, "settled_at": AT},
        {"state": "taken", "settled_at": AT},
    ],
    ids=lambda change: "-".join(change),
)
def test_the_database_refuses_what_the_services_never_write(day, handed, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        HandedWorkbook.objects.filter(pk=handed.pk).update(**change)


def test_what_was_settled_stays_and_nothing_is_deleted(day, handed):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM judging_handedworkbook")
    take(day, handed)
    with pytest.raises(IntegrityError), transaction.atomic():
        HandedWorkbook.objects.update(settled_at=AT + timedelta(days=1))
