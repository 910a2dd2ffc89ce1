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
from django.utils.translation import pgettext_lazy

from judging.core.sheet_code import SheetCode
from judging.models import (
    Attendance,
    PaperEntry,
    PaperScan,
    Presence,
    Recusal,
    RecusalState,
    Seat,
    Seating,
    SheetState,
    SheetVersion,
    TypedSheet,
)
from nominees.models import SCORED, Nomination, Round
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
    OVERTAKEN = "overtaken", _("Overtaken")
    SUBMITTED = "submitted", _("Submitted")
    DISCARDED = "discarded", pgettext_lazy("paper", "Discarded")


@dataclass(frozen=True, slots=True)
class PaperPlace:
    """The seat and the nominee that a code names; ``context`` is the member before the nominee, without any mark.

    ``seating`` holds the seat on the day of the interview; ``typed`` was typed in by this code and not discarded.
    """

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

    @property
    def writer(self) -> Seating | None:
        """Whoever filled in the paper: fixed by the first entry, so that a successor never becomes its writer."""
        return (self.typed.seating if self.typed else None) or self.seating

    def is_written_by(self, user: User) -> bool:
        """Whether ``user`` is the member who filled in the paper."""
        return self.writer is not None and self.writer.user_id == user.pk


def paper_place(round: Round, code: SheetCode, at: datetime) -> PaperPlace | None:
    """Return what ``code`` names in ``round``; ``None`` for another round, seat or nominee. Seven queries at most.

    The paper is of whoever held the seat on the day of the interview; without one, on the day of ``at``.
    """
    seat = Seat.objects.filter(round=round, code=code.seat).first() if code.scope == round.scope else None
    loaded = Nomination.objects.select_related("category__rubric__version", "nominee", "interview__room")
    nomination = loaded.filter(round=round, number=code.number).first() if seat else None
    if seat is None or nomination is None:
        return None
    nomination.round = round
    context, seating = _context(seat, nomination, at)
    sheets = typed_sheets(round).filter(seat=seat, nomination=nomination, discarded_at=None)
    typed = sheets.filter(rubric_version__content_hash__startswith=code.rubric).first()
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
    """Return the paper sheets typed in so far, with their entries and who made them. Two queries.

    ``is_overtaken`` says of each whether something else took its place before it was submitted.
    """
    people = ("settled_by", "discarded_by", "seating")
    loaded = TypedSheet.objects.filter(nomination__round=round).select_related(
        "seat", "nomination__nominee", "nomination__category", "rubric_version", "version", *people
    )
    loaded = loaded.annotate(is_overtaken=_overtaken())
    entries = PaperEntry.objects.select_related("entered_by").order_by("turn")
    return loaded.prefetch_related(models.Prefetch("entries", queryset=entries))


def _overtaken() -> Any:
    """The seat has a submitted sheet, no longer scores the nominee, or another version of the rubric counts by now."""
    mine = {"nomination": models.OuterRef("nomination"), "seat": models.OuterRef("seat")}
    submitted = SheetVersion.objects.filter(
        sheet__seat=models.OuterRef("seat"),
        sheet__nomination=models.OuterRef("nomination"),
        state=SheetState.SUBMITTED,
    )
    recused = Recusal.objects.filter(**mine).exclude(state=RecusalState.DECLINED)
    absent = Attendance.objects.filter(
        interview__nomination=mine["nomination"], seat=mine["seat"], presence=Presence.ABSENT
    )
    current = models.Q(rubric_version=models.F("nomination__category__rubric__version"))
    stands = current & models.Q(nomination__status__in=SCORED)
    return ~stands | models.Exists(submitted) | models.Exists(recused) | models.Exists(absent)


def open_papers(round: Round) -> QuerySet[TypedSheet]:
    """Return the paper sheets that are neither submitted nor discarded and would count, for the plenary. One query."""
    loaded = TypedSheet.objects.select_related("seat", "nomination__nominee__region")
    return loaded.filter(
        nomination__round=round,
        nomination__is_calibration=False,
        nomination__status__in=SCORED,
        version=None,
        discarded_at=None,
    )


def papers_for_third(round: Round) -> QuerySet[TypedSheet]:
    """Return the paper sheets that wait for a third step, bare. One query."""
    waiting = TypedSheet.objects.filter(nomination__round=round, version=None, discarded_at=None, entries__turn=2)
    return waiting.exclude(_overtaken())


def progress_of(typed: TypedSheet | None, user: User) -> Progress:
    """Return how far a sheet of :func:`typed_sheets` is, as ``user`` sees it. No query."""
    entries = list(typed.entries.all()) if typed else []
    if typed is None or not entries:
        return Progress.EMPTY
    if typed.discarded_at:
        return Progress.DISCARDED
    if typed.version_id:
        return Progress.SUBMITTED
    if typed.is_overtaken:  # type: ignore[attr-defined] # an annotation
        return Progress.OVERTAKEN
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
    """Return the papers that ``user`` filled in and that wait for a third step. Two queries; one where none do."""
    waiting = typed_sheets(round).filter(seating__user=user, version=None, discarded_at=None, entries__turn=2)
    return [one for one in waiting if progress_of(one, user) is Progress.DIFFERENT]


def has_read_papers(user: User, round: Round) -> bool:
    """Whether ``user`` has had another's paper sheet of ``round`` before the eyes. One query.

    Typed it in, settled it, looked at its readings or at a scan, or attached one; but for what ``user`` filled in.
    """
    read = (
        models.Q(entries__entered_by=user)
        | models.Q(settled_by=user)
        | models.Q(looks__user=user)
        | models.Q(scans__added_by=user)
    )
    own = models.Q(seating__user=user)
    return TypedSheet.objects.filter(read & ~own, nomination__round=round).exists()


def is_seated(user: User, round: Round) -> bool:
    """Whether ``user`` sits, sat or will sit on any seat of ``round``. One query."""
    return Seating.objects.filter(round=round, user=user).exists()


def papers_behind(versions: Collection[int]) -> dict[int, TypedSheet]:
    """Return version id -> the paper sheet that a submitted version was typed in from, with the people. Two queries.

    ``has_scan`` says of each whether a scan is attached that was not struck out.
    """
    scans = PaperScan.objects.filter(sheet=models.OuterRef("pk"), struck_at=None)
    loaded = TypedSheet.objects.filter(version__in=versions).annotate(has_scan=models.Exists(scans))
    loaded = loaded.select_related("settled_by", "seat", "seating", "nomination", "rubric_version")
    entries = PaperEntry.objects.select_related("entered_by").order_by("turn")
    found: Any = loaded.prefetch_related(models.Prefetch("entries", queryset=entries))
    return {typed.version_id: typed for typed in found}
