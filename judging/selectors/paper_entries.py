"""Paper sheets typed in: how far each is, whom it waits for, and the seat before the nominee that it belongs to.

Nothing here hands out a mark of an open sheet but :func:`own_cells` (the reader's own entry) and :func:`both_readings`
(for the third step).
"""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from judging.core.sheet_code import SheetCode
from judging.models import (
    Attendance,
    PaperEntry,
    Recusal,
    RecusalState,
    Seat,
    Seating,
    Sheet,
    SheetState,
    SheetVersion,
    TypedSheet,
)
from nominees.models import Nomination, Round
from paritrana.accounts.models import User
from paritrana.kernel import wording

from .panels import seating_on
from .sheets import Cells, SheetContext, current_version


class Progress(models.TextChoices):
    """How far a paper sheet is; never a mark."""

    EMPTY = "empty", _("Not typed in")
    OWN_FIRST = "own_first", _("Waits for a second person")
    OTHER_FIRST = "other_first", _("Second entry missing")
    DIFFERENT = "different", _("Waits for a third person")
    SUBMITTED = "submitted", _("Submitted")


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """The seat and the nominee that a code names; ``context`` is the member before the nominee, without any mark."""

    code: SheetCode
    seat: Seat
    nomination: Nomination
    seating: Seating | None
    context: SheetContext
    typed: TypedSheet | None

    @property
    def is_current(self) -> bool:
        """Whether the sheet was printed from the version by which the category is judged."""
        version = self.context.version
        return version is not None and self.code.is_by(version.content_hash)

    def is_written_by(self, user: User) -> bool:
        """Whether ``user`` is the member who filled in the paper."""
        return self.seating is not None and self.seating.user_id == user.pk


def paper_place(round: Round, code: SheetCode, at: datetime) -> PaperPlace | None:
    """Return what ``code`` names in ``round``; ``None`` for another round, seat or nominee. Six queries.

    The paper is of whoever held the seat on the day of the interview; without one, on the day of ``at``.
    """
    seat = Seat.objects.filter(round=round, code=code.seat).first() if code.scope == round.scope else None
    loaded = Nomination.objects.select_related("category__rubric__version", "nominee", "interview__room")
    nomination = loaded.filter(round=round, number=code.number).first() if seat else None
    if seat is None or nomination is None:
        return None
    nomination.round = round
    context, seating = _context(seat, nomination, at)
    sheets = typed_sheets(round).filter(seat=seat, nomination=nomination)
    version = context.version
    typed = sheets.filter(rubric_version=version).first() if version else None
    return PaperPlace(code, seat, nomination, seating, context, typed)


def code_of(round: Round, seat: Seat, nomination: Nomination) -> SheetCode | None:
    """Return the code that a sheet printed now carries; ``None`` while the category has no rubric."""
    rubric = getattr(nomination.category, "rubric", None)
    return SheetCode(round.scope, seat.code, nomination.number, rubric.version.content_hash[:8]) if rubric else None


def _context(seat: Seat, nomination: Nomination, at: datetime) -> tuple[SheetContext, Seating | None]:
    interview = getattr(nomination, "interview", None)
    rubric = getattr(nomination.category, "rubric", None)
    moment = interview.starts_at if interview else at
    seating = seating_on(seat, wording.local_day(moment, nomination.round.time_zone))
    presences = Attendance.objects.filter(interview__nomination=nomination, seat=seat)
    recusals = Recusal.objects.filter(nomination=nomination, seat=seat).exclude(state=RecusalState.DECLINED)
    context = SheetContext(
        nomination=nomination,
        version=rubric.version if rubric else None,
        interview=interview,
        is_insider=True,
        is_member=True,
        seating_id=seating.pk if seating else None,
        seat=seat if seating else None,
        presence=presences.values_list("presence", flat=True).first(),
        is_recused=recusals.exists(),
        key_is_known=False,
    )
    return context, seating


def typed_sheets(round: Round) -> QuerySet[TypedSheet]:
    """Return the paper sheets typed in so far, with their entries and who made them. Two queries."""
    loaded = TypedSheet.objects.filter(nomination__round=round).select_related(
        "seat", "nomination__nominee", "nomination__category", "rubric_version", "version", "settled_by"
    )
    entries = PaperEntry.objects.select_related("entered_by").order_by("turn")
    return loaded.prefetch_related(models.Prefetch("entries", queryset=entries))


def progress_of(typed: TypedSheet | None, user: User) -> Progress:
    """Return how far a sheet of :func:`typed_sheets` is, as ``user`` sees it. No query."""
    entries = list(typed.entries.all()) if typed else []
    if typed is None or not entries:
        return Progress.EMPTY
    if typed.version_id:
        return Progress.SUBMITTED
    if len(entries) > 1:
        return Progress.DIFFERENT
    return Progress.OWN_FIRST if entries[0].entered_by_id == user.pk else Progress.OTHER_FIRST


def has_typed(typed: TypedSheet, user: User) -> bool:
    """Whether one of the entries of a sheet of :func:`typed_sheets` is of ``user``. No query."""
    return any(entry.entered_by_id == user.pk for entry in typed.entries.all())


def own_cells(typed: TypedSheet | None, user: User) -> Cells:
    """Return what ``user`` typed in, and nothing of anybody else. No query for a sheet of :func:`typed_sheets`."""
    entries = typed.entries.all() if typed else ()
    return next((json.loads(entry.entries) for entry in entries if entry.entered_by_id == user.pk), {})


def both_readings(typed: TypedSheet) -> tuple[Cells, Cells]:
    """Return the two entries of a complete sheet, for the third step alone. No query after :func:`typed_sheets`."""
    first, second = (json.loads(entry.entries) for entry in typed.entries.all())
    return first, second


def draft_online(place: PaperPlace) -> SheetVersion | None:
    """Return the draft that was saved online for the same sheet: that it is there, for a third step. One query."""
    stored = current_version(seat_id=place.seat.pk, nomination_id=place.nomination.pk)
    return stored if stored and stored.state == SheetState.DRAFT else None


def papers_waiting_for(user: User, round: Round) -> list[TypedSheet]:
    """Return the papers of the own seat of ``user`` that wait for a third step. Two queries; one where none do."""
    submitted_online = models.Exists(
        Sheet.objects.filter(
            seat=models.OuterRef("seat"), nomination=models.OuterRef("nomination"), state=SheetState.SUBMITTED
        )
    )
    waiting = typed_sheets(round).filter(~submitted_online, version=None, entries__turn=2, seat__seatings__user=user)
    return list(waiting.distinct())


def has_read_papers(user: User, round: Round) -> bool:
    """Whether ``user`` typed in or settled a paper sheet of ``round`` , but for the own seat's. Two queries."""
    papers = TypedSheet.objects.filter(nomination__round=round)
    settled = papers.filter(settled_by=user).exclude(seat__seatings__user=user)
    return papers.filter(entries__entered_by=user).exists() or settled.exists()


def is_seated(user: User, round: Round) -> bool:
    """Whether ``user`` sits, sat or will sit on any seat of ``round``. One query."""
    return Seating.objects.filter(round=round, user=user).exists()


def papers_behind(versions: Collection[int]) -> dict[int, TypedSheet]:
    """Return version id -> the paper sheet that a submitted version was typed in from, with the people. Two queries."""
    loaded = TypedSheet.objects.filter(version__in=versions).select_related("settled_by")
    entries = PaperEntry.objects.select_related("entered_by").order_by("turn")
    found: Any = loaded.prefetch_related(models.Prefetch("entries", queryset=entries))
    return {typed.version_id: typed for typed in found}
