"""The nominee that every seat scores so that the panel can compare how it scores; it counts nowhere.

:func:`panel_beside` is the one read that gives a member other seats' marks while scoring is open: of this nominee only,
as median and range, and only once nobody has a sheet on it still to hand in.
"""

import json
from collections import defaultdict

from judging.core import scoresheet
from judging.core.calibration import FEWEST, Beside, beside
from judging.models import Attendance, Recusal, RecusalState, Seat, Sheet, SheetState, SheetVersion, TypedSheet
from nominees.models import SCORED, Nomination, Round
from paritrana.accounts.models import User

from .cells import Cell, cell_of
from .progress import OUTSTANDING
from .rubrics import read_version
from .tabulations import latest_submitted


def panel_beside(*, reader: User, own: SheetVersion | None, nomination: Nomination) -> tuple[Beside, ...]:
    """Return ``own`` (the newest version of the reader's sheet) beside the panel's; nothing while it may not be seen.

    It may once the reader has submitted this version, every seat of which a sheet is expected has submitted, and there
    are at least ``FEWEST`` sheets. A seat that was absent or stands aside is not waited for; a sheet opened again hides
    the figures until it is submitted again. No query for another nominee, five for this one.
    """
    if not nomination.is_calibration or own is None:
        return ()
    if own.state != SheetState.SUBMITTED or (own.saved_by_id != reader.pk and own.seating.user_id != reader.pk):
        return ()
    cells = _cells(nomination)
    submitted = {seat for seat, cell in cells.items() if cell is Cell.SUBMITTED}
    if own.sheet.seat_id not in submitted or len(submitted) < FEWEST or OUTSTANDING & set(cells.values()):
        return ()
    versions = latest_submitted(sheet__nomination=nomination, rubric_version=own.rubric_version_id)
    panel = [
        scoresheet.from_plain(json.loads(version.entries))
        for version in versions.get(nomination.pk, ())
        if version.sheet.seat_id in submitted
    ]
    return beside(read_version(own.rubric_version), scoresheet.from_plain(json.loads(own.entries)), panel)


def calibration_of(round: Round) -> dict[int, Nomination]:
    """Return category id -> the nominee that is scored for calibration. One query."""
    found = Nomination.objects.filter(round=round, is_calibration=True).select_related("nominee")
    return {nomination.category_id: nomination for nomination in found}


def candidates(round: Round) -> dict[int, list[Nomination]]:
    """Return category id -> who could be scored for calibration: met by the panel, and no sheet begun. One query."""
    begun = Sheet.objects.filter(round=round).values("nomination")
    typed = TypedSheet.objects.filter(nomination__round=round).values("nomination")
    met = Nomination.objects.filter(round=round, status__in=SCORED, is_calibration=False)
    met = met.exclude(pk__in=begun).exclude(pk__in=typed)
    found: dict[int, list[Nomination]] = defaultdict(list)
    for nomination in met.select_related("nominee").order_by("number"):
        found[nomination.category_id].append(nomination)
    return found


def _cells(nomination: Nomination) -> dict[int, Cell]:
    """How every seat of the round stands with ``nomination``, by seat id. Four queries."""
    presence = dict(
        Attendance.objects.filter(interview__nomination=nomination).order_by().values_list("seat_id", "presence")
    )
    recusals = Recusal.objects.filter(nomination=nomination).exclude(state=RecusalState.DECLINED)
    recused = set(recusals.order_by().values_list("seat_id", flat=True))
    sheets = dict(Sheet.objects.filter(nomination=nomination).order_by().values_list("seat_id", "state"))
    has_interview = hasattr(nomination, "interview")
    return {
        seat.pk: cell_of(
            is_vacant=bool(seat.vacant_reason),
            is_recused=seat.pk in recused,
            has_interview=has_interview,
            presence=presence.get(seat.pk),
            sheet_state=sheets.get(seat.pk),
        )
        for seat in Seat.objects.filter(round=nomination.round_id)
    }
