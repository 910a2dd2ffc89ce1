"""What needs a decision: each point from the facts that make it, and nothing else."""

from typing import Any

import pytest

from judging.models import RecusalState, SheetState
from judging.selectors.cells import Cell
from judging.selectors.open_points import OpenPoint, lacks_quorum, point_of
from nominees.models import Status


@pytest.mark.parametrize(
    ("cell", "facts", "point"),
    [
        (Cell.RECUSED, {"recusal": RecusalState.DECLARED}, OpenPoint.RECUSAL),
        (Cell.RECUSED, {"recusal": RecusalState.DECLARED, "is_reopening_asked": True}, OpenPoint.RECUSAL),
        (Cell.RECUSED, {"recusal": RecusalState.CONFIRMED, "sheet_state": SheetState.DRAFT}, None),
        (Cell.SUBMITTED, {"sheet_state": SheetState.SUBMITTED, "is_reopening_asked": True}, OpenPoint.REOPENING),
        (Cell.ABSENT, {"sheet_state": SheetState.DRAFT}, OpenPoint.DRAFT),
        (Cell.DRAFT, {"sheet_state": SheetState.DRAFT, "is_paper_waiting": True}, OpenPoint.PAPER),
        (Cell.ABSENT, {}, None),
        (Cell.DRAFT, {"sheet_state": SheetState.DRAFT}, None),
        (Cell.NOT_STARTED, {}, None),
        (Cell.SUBMITTED, {"sheet_state": SheetState.SUBMITTED}, None),
    ],
)
def test_point_of_a_cell(cell: Cell, facts: dict[str, Any], point: OpenPoint | None) -> None:
    assert point_of(cell, **{"recusal": None, "sheet_state": None, "is_reopening_asked": False} | facts) is point


IN, TO_COME, OUT = Cell.SUBMITTED, Cell.NOT_STARTED, Cell.RECUSED


@pytest.mark.parametrize(
    ("status", "cells", "points", "lacks"),
    [
        (Status.RUNNING, (IN, TO_COME, OUT), (None, None, None), False),
        (Status.RUNNING, (IN, OUT, OUT), (None, None, None), True),
        (Status.RUNNING, (IN, OUT, OUT), (None, OpenPoint.RECUSAL, None), False),
        (Status.OUTSIDE, (IN, OUT, OUT), (None, None, None), False),
    ],
    ids=["still to come", "nothing to come", "may be declined", "outside the ranking"],
)
def test_quorum_of_two_of_three(
    status: str, cells: tuple[Cell, ...], points: tuple[OpenPoint | None, ...], *, lacks: bool
) -> None:
    assert lacks_quorum(status, cells, points, 2) is lacks
