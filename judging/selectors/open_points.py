"""What on the board waits for a person's decision: told by its name, never by a score."""

from collections.abc import Sequence

from django.db import models
from django.utils.translation import gettext_lazy as _

from judging.models import RecusalState, SheetState
from nominees.models import Status

from .cells import EXPECTED, Cell


class OpenPoint(models.TextChoices):
    """Why a cell or a nominee needs a decision."""

    RECUSAL = "recusal", _("Conflict of interest waits for an answer")
    REOPENING = "reopening", _("Request to reopen the sheet waits for an answer")
    CORRECTION = "correction", _("An open correction was left behind by somebody who holds the seat no more")
    PAPER = "paper", _("A paper sheet was typed in, but a third person must say what stands on it")
    DRAFT = "draft", _("There is a draft, but the seat is recorded as absent")
    QUORUM = "quorum", _("The quorum cannot be reached any more")


def point_of(
    cell: Cell,
    *,
    recusal: str | None,
    sheet_state: str | None,
    is_reopening_asked: bool,
    is_correction_left: bool = False,
    is_paper_waiting: bool = False,
) -> OpenPoint | None:
    """Return what waits for a decision in ``cell``, the gravest first, or ``None``.

    A draft of a seat whose recusal is confirmed waits for nothing: the confirmation decided that it does not count.
    """
    if recusal == RecusalState.DECLARED:
        return OpenPoint.RECUSAL
    if is_reopening_asked:
        return OpenPoint.REOPENING
    if is_correction_left and cell is not Cell.RECUSED:
        return OpenPoint.CORRECTION
    if is_paper_waiting:
        return OpenPoint.PAPER
    if cell is Cell.ABSENT and sheet_state == SheetState.DRAFT:
        return OpenPoint.DRAFT
    return None


def lacks_quorum(status: str, cells: Sequence[Cell], points: Sequence[OpenPoint | None], quorum: int) -> bool:
    """Whether a nominee in the running stays below ``quorum`` (sheets), whatever is still handed in.

    A recusal that is not settled yet may still be declined, so its sheet is counted as possible.
    """
    possible = sum(cell in EXPECTED or point is OpenPoint.RECUSAL for cell, point in zip(cells, points, strict=True))
    return status == Status.RUNNING and possible < quorum
