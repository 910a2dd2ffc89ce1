"""The round trip of a member's workbook: own marks out and in, what differs shown, nothing lost or doubled.

Long: every way in which a file can be wrong is tried on the same workbook.
"""

import json
import zipfile
from datetime import timedelta
from io import BytesIO

import pytest
from django.core import signing

from judging.core.sheet_workbook import BINDING_SHEET, FRONT_SHEET
from judging.models import (
    Attendance,
    CategoryRubric,
    Presence,
    RubricVersion,
    SaveReceipt,
    Seating,
    Sheet,
    SheetVersion,
)
from judging.selectors.sheets import address_of
from judging.services import scores
from judging.services import sheet_workbooks as services
from judging.services.sheet_workbooks import Outcome
from nominees.core.lifecycle import State
from nominees.models import Nominee, Round
from paritrana.accounts.models import Role, RoleGrant
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.sheet_workbooks import (
    DAY,
    INOVASI,
    KOMITMEN,
    check,
    download,
    filled,
    make_day,
    mark,
    note,
    opened,
    packed,
    reason,
    save,
)
from tests.factories.workbooks import REFUSED
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
WHOLE = {mark(KOMITMEN): 87.5, mark(INOVASI): 3}


@pytest.fixture
def day():
    return make_day()


def online(day, index, entries, revision=0, key="", actor="member"):
    """Save a sheet on its page."""
    return scores.save_draft(
        address=address_of(day["nominations"][index]),
        entries=entries,
        expected_revision=revision,
        request_key=key or f"halaman-{actor}-{index}-{revision}",
        actor=day[actor],
        at=AT,
    )


def submit(day, index):
    """Submit a whole sheet on its page."""
    scores.submit_sheet(
        address=address_of(day["nominations"][index]),
        entries=make.WHOLE,
        expected_revision=0,
        request_key="halaman-kirim",
        actor=day["member"],
        at=AT,
    )


def stored(day, index):
    """The marks of the member's sheet on a nominee, as value or state."""
    version = SheetVersion.objects.get(sheet__nomination=day["nominations"][index], sheet__seat=day["seats"][0])
    return {name: cell.get("value", cell["state"]) for name, cell in json.loads(version.entries).items()}


def outcomes(found):
    return [one.outcome for one in found.sheets]


def problems(found):
    return [(problem.sheet, problem.cell, problem.code) for problem in found.problems]


# ---- round trip ----


def test_downloading_and_comparing_write_nothing(day):
    check(day, filled(download(day), {day["titles"][0]: WHOLE}))

    assert not Sheet.objects.exists()
    assert not AuditEvent.objects.exists()


def test_filled_without_network_and_saved_as_drafts(day):
    first, second, _ = day["titles"]
    text = {mark(KOMITMEN): "87,5", reason(INOVASI): "belum ada unit", note(KOMITMEN): "baik"}

    found = check(day, filled(download(day), {first: WHOLE, second: text}))
    saved = save(day, found)

    assert outcomes(found) == [Outcome.CHANGED, Outcome.CHANGED, Outcome.SAME]
    assert [(one.number, one.receipt.revision, one.error) for one in saved] == [
        (n, 1, None) for n in day["numbers"][:2]
    ]
    assert stored(day, 0) == {"komitmen": "87.5", "inovasi": "3"}
    assert stored(day, 1) == {"komitmen": "87.5", "inovasi": "not_applicable"}
    assert set(Sheet.objects.values_list("state", flat=True)) == {"draft"}
    assert sorted(AuditEvent.objects.values_list("action", flat=True)) == ["sheet.started"] * 2


def test_what_is_stored_stands_in_the_workbook(day):
    online(day, 0, {"komitmen": "62.5", "inovasi": {"state": "not_applicable", "reason": "tidak ada"}})

    sheet = opened(download(day))[day["titles"][0]]

    assert (sheet[mark(KOMITMEN)].value, sheet[mark(INOVASI)].value) == (62.5, None)
    assert sheet[reason(INOVASI)].value == "tidak ada"
    assert outcomes(check(day, download(day))) == [Outcome.SAME] * 3


def test_an_emptied_mark_is_shown_as_a_difference_and_saved_as_not_entered(day):
    online(day, 0, make.WHOLE)

    found = check(day, filled(download(day), {day["titles"][0]: {mark(KOMITMEN): None}}))
    (line,) = found.sheets[0].differences
    save(day, found)

    assert (line.criterion.id, line.stored.value, line.sent.state) == ("komitmen", "80", "not_entered")
    assert stored(day, 0) == {"komitmen": "not_entered", "inovasi": "3"}


def test_only_chosen_nominees_are_saved(day):
    content = filled(download(day), dict.fromkeys(day["titles"], WHOLE))

    save(day, check(day, content), day["numbers"][1])

    assert list(Sheet.objects.values_list("nomination__number", flat=True)) == [day["numbers"][1]]


def test_all_days_in_one_workbook(day):
    content = filled(download(day, day=None), {day["titles"][0]: WHOLE})

    assert outcomes(check(day, content, day=None)) == [Outcome.CHANGED, Outcome.SAME, Outcome.SAME]


# ---- again, later, elsewhere ----


def test_confirming_twice_saves_once(day):
    found = check(day, filled(download(day), {day["titles"][0]: WHOLE}))

    first, second = save(day, found), save(day, found)

    assert first[0].receipt == second[0].receipt
    assert (SaveReceipt.objects.count(), AuditEvent.objects.count()) == (1, 1)


def test_sending_the_same_file_again_finds_nothing_new(day):
    content = filled(download(day), {day["titles"][0]: WHOLE})
    save(day, check(day, content))

    again = check(day, content)

    assert outcomes(again) == [Outcome.SAME] * 3
    assert again.sealed == ""


def test_the_same_workbook_filled_in_further_is_no_conflict(day):
    half = filled(download(day), {day["titles"][0]: {mark(KOMITMEN): 70}})
    save(day, check(day, half))

    found = check(day, filled(half, {day["titles"][0]: {mark(INOVASI): 4}}))
    save(day, found)

    assert outcomes(found)[0] == Outcome.CHANGED
    assert stored(day, 0) == {"komitmen": "70", "inovasi": "4"}
    assert Sheet.objects.get().revision == 2


def test_an_older_copy_that_was_not_filled_in_takes_nothing_back(day):
    blank = download(day)
    save(day, check(day, filled(blank, {day["titles"][0]: WHOLE})))

    found = check(day, blank)

    assert outcomes(found) == [Outcome.UNTOUCHED, Outcome.SAME, Outcome.SAME]
    assert found.sealed == ""


def test_going_back_to_an_earlier_filling_is_saved_again_and_never_lost_in_a_replay(day):
    blank = download(day)
    a, b = (filled(blank, {day["titles"][0]: {mark(KOMITMEN): value}}) for value in (70, 60))

    for content in (a, b, a):
        save(day, check(day, content))

    assert stored(day, 0)["komitmen"] == "70"
    assert Sheet.objects.get().revision == 3


def test_a_sheet_saved_elsewhere_since_is_a_conflict_that_the_person_decides(day):
    content = filled(download(day), {day["titles"][0]: WHOLE})
    online(day, 0, {"komitmen": "50"})

    found = check(day, content)
    kept = save(day, found, day["numbers"][1])
    before = stored(day, 0)
    save(day, found, day["numbers"][0])

    assert outcomes(found)[0] == Outcome.CONFLICT
    assert kept == ()
    assert before["komitmen"] == "50"
    assert stored(day, 0)["komitmen"] == "87.5"


def test_what_was_not_filled_in_is_left_as_it_was_saved_elsewhere(day):
    content = download(day)
    online(day, 0, {"komitmen": "50"})

    found = check(day, content)

    assert outcomes(found)[0] == Outcome.UNTOUCHED
    assert found.sealed == ""


def test_saved_elsewhere_between_comparison_and_confirmation_is_refused_and_the_rest_is_saved(day):
    found = check(day, filled(download(day), dict.fromkeys(day["titles"][:2], WHOLE)))
    online(day, 0, {"komitmen": "50"})

    refused, saved = save(day, found)

    assert isinstance(refused.error, scores.SheetChangedMeanwhile)
    assert (refused.receipt, saved.error) == (None, None)
    assert (stored(day, 0)["komitmen"], stored(day, 1)["komitmen"]) == ("50", "87.5")


def test_plenary_between_comparison_and_confirmation_keeps_everything_out(day):
    found = check(day, filled(download(day), {day["titles"][0]: WHOLE}))
    Round.objects.update(state=State.PLENARY)
    day["round"].refresh_from_db()

    with pytest.raises(NotPermitted):
        save(day, found)
    assert not Sheet.objects.exists()


def test_submitted_recused_and_absent_have_no_cells_and_are_named(day):
    submit(day, 0)
    make.make_recusal(day["seats"][0], day["nominations"][1])
    Attendance.objects.filter(seat=day["seats"][0], interview__nomination=day["nominations"][2]).update(
        presence=Presence.ABSENT
    )

    book = opened(download(day))

    assert book.sheetnames == [FRONT_SHEET, BINDING_SHEET]
    words = {str(cell.value) for row in book[FRONT_SHEET].iter_rows() for cell in row}
    assert {"Sudah dikirim", "Tidak dinilai: benturan kepentingan", "Tidak dinilai: tidak hadir"} <= words


def test_a_sheet_submitted_since_the_download_is_closed(day):
    content = filled(download(day), {day["titles"][0]: WHOLE})
    submit(day, 0)

    found = check(day, content)

    assert outcomes(found)[0] == Outcome.CLOSED
    assert found.sealed == ""


def test_another_rubric_since_the_download_is_not_guessed_at(day):
    content = filled(download(day), {day["titles"][0]: WHOLE})
    tree = json.loads(json.dumps(make.TREE))
    tree["children"][0]["children"][0]["title"] = "Komitmen pimpinan"
    CategoryRubric.objects.all().delete()
    RubricVersion.objects.all().delete()
    day["category"].code = "lain"
    make.make_rubric(day["category"], tree)

    assert outcomes(check(day, content)) == [Outcome.OTHER_RUBRIC] * 3


# ---- whose, and what else was changed ----


@pytest.mark.parametrize(("name", "make_file", "code"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_files_that_are_not_opened(day, name, make_file, code):
    assert problems(check(day, make_file())) == [("", "", code)]


def test_a_workbook_that_is_not_ours(day):
    book = opened(download(day))
    book[BINDING_SHEET]["A1"].value = signing.dumps({"year": 2024}, salt="another")
    altered = packed(book)
    del book[BINDING_SHEET]

    assert problems(check(day, altered)) == problems(check(day, packed(book))) == [("", "", "workbook_not_ours")]


def test_a_workbook_of_another_day_member_or_round(day):
    content = download(day)
    elsewhere = make_round(region_code="52", state=State.SCORING)
    RoleGrant.objects.create(
        user=day["member"], role=Role.PANEL_MEMBER, assessment_year=2024, region=elsewhere.region, granted_at=AT
    )
    make.make_seat(elsewhere, 1, user=day["member"])
    make_nomination(make_category(elsewhere), region_code="52.01")

    assert problems(check(day, content, day=None)) == [("", "", "workbook_of_another_day")]
    assert problems(check(day, content, actor=day["other"])) == [("", "", "workbook_of_another_member")]
    assert problems(check(day, content, round=elsewhere, day=None)) == [("", "", "workbook_of_another_round")]


def test_a_substitute_does_not_take_over_the_predecessors_file(day):
    content = filled(download(day), {day["titles"][0]: WHOLE})
    substitute = make_user(Role.PANEL_MEMBER, round=day["round"])
    Seating.objects.filter(seat=day["seats"][0]).update(user=substitute)

    assert problems(check(day, content, actor=substitute)) == [("", "", "workbook_of_another_member")]


def test_a_substitutes_workbook_holds_nothing_of_the_predecessors_draft(day):
    online(day, 0, {"komitmen": {"value": "73.125", "note": "rahasia-saya"}})
    substitute = make_user(Role.PANEL_MEMBER, round=day["round"])
    Seating.objects.filter(seat=day["seats"][0]).update(user=substitute)

    content = download(day, actor=substitute)

    assert b"73.125" not in _parts(content)
    assert b"rahasia-saya" not in _parts(content)
    assert outcomes(check(day, content, actor=substitute)) == [Outcome.SAME] * 3


def test_problems_name_sheet_and_cell_and_keep_everything_from_being_saved(day):
    first, second, third = day["titles"]
    content = filled(
        download(day),
        {first: {mark(KOMITMEN): 101}, second: {mark(KOMITMEN): "=40+40"}, third: {mark(INOVASI): 4, "K3": "catatan"}},
    )

    found = check(day, content)

    assert problems(found) == [
        (first, mark(KOMITMEN), "cell_score_range"),
        (second, mark(KOMITMEN), "import_cell_formula"),
        (third, "K3", "workbook_cell_outside"),
    ]
    assert dict(found.problems[0].facts) == {"value": "101", "min": "0", "max": "100"}
    assert found.sealed == ""


def test_a_date_in_place_of_a_mark(day):
    content = filled(download(day), {day["titles"][0]: {mark(KOMITMEN): AT.replace(tzinfo=None)}})

    assert problems(check(day, content)) == [(day["titles"][0], mark(KOMITMEN), "workbook_cell_date")]


def test_sheets_that_changed_places_are_refused(day):
    book = opened(download(day))
    first, second, _ = (book[title] for title in day["titles"])
    first.title, second.title = "sementara", day["titles"][0]
    first.title = day["titles"][1]

    found = check(day, packed(book))

    assert [code for _, _, code in problems(found)] == ["workbook_sheet_altered"] * 2


def test_a_row_taken_out_is_refused(day):
    book = opened(download(day))
    book[day["titles"][0]].delete_rows(KOMITMEN)

    assert [code for _, _, code in problems(check(day, packed(book)))] == ["workbook_sheet_altered"]


def test_a_comparison_is_bound_to_person_round_and_an_hour(day):
    found = check(day, filled(download(day), {day["titles"][0]: WHOLE}))
    attempts = [
        {"actor": day["other"]},
        {"at": AT + timedelta(hours=1, seconds=1)},
        {"sealed": found.sealed[:-2] + "xx"},
        {"sealed": ""},
        {"sealed": signing.dumps({"sheets": []}, salt="another")},
    ]

    for changes in attempts:
        with pytest.raises(services.WorkbookCheckOutdated):
            save(day, found, **changes)
    assert not Sheet.objects.exists()


def test_notes_beyond_what_a_form_carries(day, monkeypatch):
    monkeypatch.setattr(services, "SEALED_LIMIT", 100)

    found = check(day, filled(download(day), {day["titles"][0]: WHOLE}))

    assert problems(found) == [("", "", "workbook_notes_too_long")]


# ---- who ----


def test_nobody_but_the_member_makes_checks_or_saves(day):
    content = filled(download(day), {day["titles"][0]: WHOLE})
    found = check(day, content)

    for role in set(Role) - {Role.PANEL_MEMBER}:
        someone = make_user(role, round=day["round"])
        with pytest.raises(NotPermitted):
            download(day, actor=someone)
        with pytest.raises(NotPermitted):
            check(day, content, actor=someone)
        with pytest.raises(NotPermitted):
            save(day, found, actor=someone)


def test_a_member_without_a_seat_or_a_day_without_interviews(day):
    for changes in ({"actor": make_user(Role.PANEL_MEMBER, round=day["round"])}, {"day": DAY + timedelta(days=1)}):
        with pytest.raises(services.NoSheetsThatDay):
            download(day, **changes)
        with pytest.raises(services.NoSheetsThatDay):
            check(day, b"", **changes)


def _parts(content):
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_no_figure_of_another_seat_is_in_the_bytes(day):
    online(day, 0, {"komitmen": {"value": "73.125", "note": "rahasia-saya"}})
    online(day, 0, {"komitmen": {"value": "61.375", "note": "rahasia-orang"}}, actor="other")

    own, others = _parts(download(day)), _parts(download(day, actor=day["other"]))

    assert b"73.125" in own
    assert b"rahasia-saya" in own
    assert b"61.375" in others
    assert b"61.375" not in own
    assert b"rahasia-orang" not in own


def test_the_file_is_the_same_whatever_others_saved(day):
    def shapes():
        book = opened(download(day))
        return [
            [(cell.coordinate, cell.value) for row in sheet.iter_rows(min_row=2) for cell in row]
            for sheet in book.worksheets
            if sheet.title != BINDING_SHEET
        ]

    before = shapes()
    online(day, 0, make.WHOLE, actor="other")

    assert shapes() == before


def test_a_nominees_name_is_never_a_formula(day):
    Nominee.objects.update(name="=1+1")

    book = opened(download(day))

    typed = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"}
    assert typed == {"s"}
