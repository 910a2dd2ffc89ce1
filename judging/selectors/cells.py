"""How one seat stands with one nominee: one rule for the member's list, the sheet and the progress matrix."""

from functools import cache

from django.db import models
from django.utils.translation import gettext_lazy as _

from judging.models import Presence, SheetState


class Cell(models.TextChoices):
    """The state of a sheet as people see it; never a score."""

    NOT_STARTED = "not_started", _("Not started")
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ABSENT = "absent", _("Absent")
    RECUSED = "recused", _("Recused")
    NOT_SEATED = "not_seated", _("Not seated")


#: Seats of which a sheet is expected.
EXPECTED = frozenset({Cell.NOT_STARTED, Cell.DRAFT, Cell.SUBMITTED})


@cache  # few combinations, asked for every seat and nominee of a round
def cell_of(
    *,
    is_vacant: bool,
    is_recused: bool,
    has_interview: bool,
    presence: str | None,
    sheet_state: str | None,
    has_submitted: bool = False,
) -> Cell:
    """Return how a seat stands with a nominee.

    A recusal counts before anything else, even a sheet that was submitted before it. ``presence`` is that of the seat
    at the interview, ``None`` when it is not placed there; a nominee without an interview may be scored by every seat.
    ``has_submitted``: the draft is a correction, so that a seat which cannot finish it stands as it submitted; only
    where all seats are shown, not where one writes.
    """
    if is_recused:
        return Cell.RECUSED
    if sheet_state == SheetState.SUBMITTED:
        return Cell.SUBMITTED
    if presence == Presence.ABSENT:
        return Cell.ABSENT
    if is_vacant or (has_interview and presence is None):
        return Cell.SUBMITTED if has_submitted else Cell.NOT_SEATED
    return Cell.DRAFT if sheet_state == SheetState.DRAFT else Cell.NOT_STARTED
