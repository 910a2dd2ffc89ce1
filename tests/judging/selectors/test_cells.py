"""One rule for how a seat stands with a nominee, and what follows from it elsewhere."""

from itertools import product

import pytest

from judging.models import Attendance, Presence, Sheet, SheetState
from judging.selectors.cells import EXPECTED, Cell, cell_of
from judging.selectors.completeness import no_open_drafts
from nominees.core.lifecycle import State
from tests.factories import sheets as make
from tests.factories.world import make_category, make_nomination, make_round

PLAIN = {"is_vacant": False, "is_recused": False, "has_interview": True, "presence": Presence.EXPECTED}


@pytest.mark.parametrize(
    ("facts", "sheet_state", "cell"),
    [
        ({}, None, Cell.NOT_STARTED),
        ({}, SheetState.DRAFT, Cell.DRAFT),
        ({}, SheetState.SUBMITTED, Cell.SUBMITTED),
        ({"presence": Presence.ABSENT}, None, Cell.ABSENT),
        ({"presence": Presence.ABSENT}, SheetState.DRAFT, Cell.ABSENT),
        ({"presence": None}, None, Cell.NOT_SEATED),
        ({"presence": None, "has_interview": False}, None, Cell.NOT_STARTED),
        ({"presence": None}, SheetState.SUBMITTED, Cell.SUBMITTED),
        ({"is_vacant": True}, None, Cell.NOT_SEATED),
        ({"is_vacant": True}, SheetState.SUBMITTED, Cell.SUBMITTED),
        ({"is_vacant": True, "has_submitted": True}, SheetState.DRAFT, Cell.SUBMITTED),
        ({"presence": None, "has_submitted": True}, SheetState.DRAFT, Cell.SUBMITTED),
        ({"has_submitted": True}, SheetState.DRAFT, Cell.DRAFT),
        ({"is_recused": True}, SheetState.SUBMITTED, Cell.RECUSED),
        ({"is_recused": True, "presence": Presence.ABSENT}, None, Cell.RECUSED),
    ],
)
def test_cell_of_its_facts(facts, sheet_state, cell):
    assert cell_of(**(PLAIN | facts), sheet_state=sheet_state) is cell


def test_recused_seat_is_never_expected_whatever_else_holds():
    for vacant, interview, presence, sheet in product(
        (True, False), (True, False), (None, *Presence), (None, *SheetState)
    ):
        cell = cell_of(is_vacant=vacant, is_recused=True, has_interview=interview, presence=presence, sheet_state=sheet)
        assert cell not in EXPECTED


@pytest.mark.django_db
def test_draft_of_an_absent_seat_holds_nothing_up():
    round = make_round(state=State.SCORING)
    nomination = make_nomination(make_category(round), region_code="53.01")
    seats = make.make_panel(round, 2)
    make.make_interview(nomination, seats, released=True)
    for seat in seats:
        Sheet.objects.create(round=round, seat=seat, nomination=nomination)
    assert len(no_open_drafts(round)) == 2
    Attendance.objects.filter(seat=seats[0]).update(presence=Presence.ABSENT)
    assert [unmet.facts["seat"] for unmet in no_open_drafts(round)] == [seats[1].name]
