"""Next steps that do not follow from a role alone: a request, a reopened sheet, a paper, a workbook waits for somebody.

The first page and a round's overview show the same.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from judging.selectors.panels import seating_of
from judging.selectors.sheet_workbooks_handed import waiting_for
from judging.selectors.waiting import CORRECTION, PAPER, REQUEST, WORKBOOK, own_corrections, waiting_in
from nominees.core.lifecycle import Act, may
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import User
from paritrana.kernel.wording import local_day

from .paper_entries import paper_tasks
from .reopening import reopening_tasks

Tasks = list[dict[str, Any]]


def waiting_tasks(user: User, rounds: Collection[Round], at: datetime) -> Mapping[int, Tasks]:
    """Return round id -> what ``templates/components/task.html`` shows of what waits for ``user`` there.

    One query for any number of rounds, and more only for those in which something may wait.
    """
    scoring = {round.pk: round for round in rounds if may(Act.SCORE, round.state)}
    found = waiting_in(user, scoring.values())
    return {round_id: _tasks(user, scoring[round_id], kinds, at) for round_id, kinds in found.items()}


def _tasks(user: User, round: Round, kinds: frozenset[str], at: datetime) -> Tasks:
    found: Tasks = []
    if REQUEST in kinds:
        found += reopening_tasks(user, round)
    if kinds & {CORRECTION, WORKBOOK}:
        found += _seat_tasks(user, round, at)
    if PAPER in kinds:
        found += paper_tasks(user, round)
    return found


def _seat_tasks(user: User, round: Round, at: datetime) -> Tasks:
    """What waits for whoever holds a seat today: reopened sheets, workbooks handed in."""
    seating = seating_of(user, round, local_day(at, round.time_zone))
    if seating is None:
        return []
    state = {"tone": "warning", "icon": "alert-triangle", "text": _("Reopened")}
    reopened = [
        {
            "title": _("Correct the reopened sheet"),
            "text": str(one.sheet.nomination),
            "url": round_url("judging:sheet", round, number=one.sheet.nomination.number),
            "icon": "lock-open",
            "state": state,
        }
        for one in own_corrections(user, round, seating.seat_id)
    ]
    handed = [
        {
            "title": _("A workbook was handed in for you"),
            "text": _("Nothing of it counts before you take it."),
            "url": round_url("judging:handed_workbook", round, handed_id=one.pk),
            "icon": "file-spreadsheet",
        }
        for one in waiting_for(seating)
    ]
    return [*reopened, *handed]
