"""Workbooks that were handed in for members: that they are there and what became of them, never what stands in them.

Only :func:`handed_content` reads one, for its member.
"""

from datetime import datetime

from django.db.models import QuerySet

from judging.models import HandedState, HandedWorkbook, Seating
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.wording import local_day

from .panels import in_force_on


def handed_workbooks(round: Round) -> QuerySet[HandedWorkbook]:
    """Return everything that was handed in, newest first, with seats and people but without the bytes. One query."""
    found = HandedWorkbook.objects.filter(seating__round=round).defer("content")
    return found.select_related("seating__seat", "handed_by")


def waiting_workbooks(round: Round) -> QuerySet[HandedWorkbook]:
    """Return those that no member has decided on yet. One query."""
    return handed_workbooks(round).filter(state=HandedState.WAITING)


def waiting_for(seating: Seating | None) -> list[HandedWorkbook]:
    """Return what waits for whoever holds ``seating``, the oldest first; nothing for no seating.

    One query, and none where ``selectors.panels.seating_of`` saw that nothing waits.
    """
    if seating is None or not getattr(seating, "is_handed_something", True):
        return []
    found = HandedWorkbook.objects.filter(seating=seating, state=HandedState.WAITING).defer("content")
    return list(found.order_by("handed_at", "pk"))


def handed_for(user: User, round: Round, handed_id: int, at: datetime) -> HandedWorkbook | None:
    """Return one workbook that was handed in for ``user``, who must still hold the seat at ``at``. One query."""
    held = Seating.objects.filter(in_force_on(local_day(at, round.time_zone)), round=round, user=user)
    found = handed_workbooks(round).filter(pk=handed_id, seating__in=held).first()
    if found:
        found.seating.round = round
    return found


def handed_content(handed: HandedWorkbook) -> bytes:
    """Return the bytes as they came, empty once they were dropped. One query.

    For the comparison of :func:`handed_for`'s member alone: they hold marks.
    """
    stored = HandedWorkbook.objects.values_list("content", flat=True).get(pk=handed.pk)
    return bytes(stored or b"")
