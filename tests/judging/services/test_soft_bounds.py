"""A mark outside the soft bounds of its criterion needs a note before the sheet is submitted, whichever way it came."""

import json

import pytest

from judging.models import Sheet, SheetState, SheetVersion
from judging.selectors.paper_entries import code_of
from judging.selectors.sheets import address_of
from judging.services.scores import SheetHasProblems
from judging.services.submissions import Wish, submit_sheets
from tests.factories import sheet_workbooks as books
from tests.factories.papers import make_paper_world, settle, type_in
from tests.factories.saves import KEY, make_sheet_world, save
from tests.factories.soft_bounds import soften
from tests.factories.world import AT

pytestmark = pytest.mark.django_db

NEEDED = [("komitmen", "note_required", {"value": "59.5", "low": "60", "high": "95"})]
OUTSIDE = {"komitmen": "59,5", "inovasi": "3"}
EXPLAINED = OUTSIDE | {"komitmen": {"value": "59,5", "note": "data kepesertaan tidak dibawa"}}


def faults(refused):
    return [(issue.criterion, issue.code, dict(issue.facts)) for issue in refused.value.facts["issues"]]


@pytest.fixture
def world():
    found = make_sheet_world()
    soften(found["nomination"].category)
    return found


@pytest.mark.parametrize("mark", ["60", "95", "72,5"])
def test_a_mark_within_needs_no_note(world, mark):
    save(world, OUTSIDE | {"komitmen": mark}, submit=True)
    assert Sheet.objects.get().state == SheetState.SUBMITTED


def test_a_mark_outside_is_a_draft_and_no_submitted_sheet(world):
    save(world, OUTSIDE)
    with pytest.raises(SheetHasProblems) as refused:
        save(world, None, 1, "2", submit=True)
    assert faults(refused) == NEEDED
    assert Sheet.objects.get().state == SheetState.DRAFT


@pytest.mark.parametrize("note", ["", "  \n "])
def test_blanks_are_no_note(world, note):
    with pytest.raises(SheetHasProblems) as refused:
        save(world, OUTSIDE | {"komitmen": {"value": "59,5", "note": note}}, submit=True)
    assert faults(refused) == NEEDED
    assert not Sheet.objects.exists()


def test_with_a_note_it_is_submitted_and_the_note_is_kept(world):
    save(world, EXPLAINED, submit=True)
    stored = json.loads(SheetVersion.objects.get(state=SheetState.SUBMITTED).entries)
    assert stored["komitmen"] == {"state": "value", "value": "59.5", "note": "data kepesertaan tidak dibawa"}


def test_the_day_submits_no_unexplained_mark(world):
    save(world, OUTSIDE)
    wish = Wish(address_of(world["nomination"]), 1, KEY.format("hari"))
    (outcome,) = submit_sheets(wishes=[wish], actor=world["member"], at=AT)
    assert isinstance(outcome.error, SheetHasProblems)
    assert Sheet.objects.get().state == SheetState.DRAFT


def test_a_workbook_brings_it_in_as_a_draft_that_waits_for_its_note():
    day = books.make_day(1)
    soften(day["category"])
    cells = {books.mark(books.KOMITMEN): 59.5, books.mark(books.INOVASI): 3}
    books.save(day, books.check(day, books.filled(books.download(day), {day["titles"][0]: cells})))
    world = day | {"nomination": day["nominations"][0]}
    with pytest.raises(SheetHasProblems) as refused:
        save(world, None, 1, submit=True)
    assert faults(refused) == NEEDED
    noted = {books.note(books.KOMITMEN): "data kepesertaan tidak dibawa"}
    books.save(day, books.check(day, books.filled(books.download(day), {day["titles"][0]: noted})))
    save(world, None, 2, "2", submit=True)
    assert Sheet.objects.get().state == SheetState.SUBMITTED


def test_the_workbook_prints_the_bounds():
    day = books.make_day(1)
    soften(day["category"])
    sheet = books.opened(books.download(day))[day["titles"][0]]
    assert any("Lazim 60 sampai 95" in str(cell.value) for row in sheet.rows for cell in row)


@pytest.fixture
def paper():
    found = make_paper_world()
    soften(found["nomination"].category)
    return found | {"code": code_of(found["round"], found["seats"][0], found["nomination"])}


def test_paper_is_typed_with_the_note_that_it_holds(paper):
    with pytest.raises(SheetHasProblems) as refused:
        type_in(paper, "ani", OUTSIDE)
    assert faults(refused) == NEEDED
    type_in(paper, "ani", EXPLAINED)
    type_in(paper, "budi", EXPLAINED)
    assert Sheet.objects.get().state == SheetState.SUBMITTED


def test_the_third_step_over_a_paper_obeys_as_well(paper):
    type_in(paper, "ani", OUTSIDE | {"komitmen": "69,5"})
    type_in(paper, "budi", EXPLAINED)
    with pytest.raises(SheetHasProblems) as refused:
        settle(paper, choices={"komitmen": "59.5"})
    assert faults(refused) == NEEDED
    settle(paper, choices={"komitmen": {"value": "59.5", "note": "tulisan tangan jelas"}})
    assert Sheet.objects.get().state == SheetState.SUBMITTED
