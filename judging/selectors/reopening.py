"""Requests to reopen a submitted sheet: who asked, who answered, what came of it. Never a mark."""

from datetime import date
from typing import Any, Final

from django.db.models import Case, CharField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Value, When

from judging.core.sealed_reason import seal
from judging.models import Reopening, ReopeningState, Seating, Sheet, SheetState, SheetVersion
from judging.models.reopening import OPEN
from nominees.models import Round

from .panels import in_force_on

#: Stands in for the state of a request whose open correction nobody continues.
LEFT_BEHIND: Final = "left_behind"
#: Who spoke on a request.
ANSWERING: Final = ("asked_by", "advised_by", "decided_by", "ended_by")


def reopenings_of(round: Round) -> QuerySet[Reopening]:
    """Return every request of ``round``, newest first, with all that a list of them shows. At most seven queries.

    People and versions are asked apart: joined in, they made a dozen tables, which a database without statistics joins
    in an order that takes minutes. The versions come without their marks.
    """
    versions = SheetVersion.objects.defer("entries")
    return _placed(round).prefetch_related(Prefetch("version", versions), Prefetch("correction", versions), *ANSWERING)


def open_reopenings(round: Round) -> QuerySet[Reopening]:
    """Return the requests that wait for an answer, with seat and nominee, without people and versions. One query."""
    return _placed(round).filter(state__in=OPEN)


def unsettled_reopenings(round: Round) -> QuerySet[Reopening]:
    """Return the requests that wait for an answer or whose correction is not submitted yet, bare. One query."""
    waiting = Q(state__in=OPEN) | Q(state=ReopeningState.GRANTED, correction__state=SheetState.DRAFT)
    return Reopening.objects.filter(waiting, sheet__round=round).order_by("pk")


def _placed(round: Round) -> QuerySet[Reopening]:
    places = ("sheet__seat", "sheet__nomination__nominee__region", "sheet__nomination__category")
    return Reopening.objects.filter(sheet__round=round).select_related(*places).order_by("-asked_at", "-pk")


def corrections_of(round: Round) -> QuerySet[Reopening]:
    """Return the requests whose correction is submitted and counts, in the order of submission. At most seven queries.

    What was corrected for calibration counts nowhere.
    """
    done = reopenings_of(round).filter(state=ReopeningState.GRANTED, correction__state=SheetState.SUBMITTED)
    return done.filter(sheet__nomination__is_calibration=False).order_by("correction__submitted_at", "pk")


def reasons_by_seal(round: Round) -> dict[str, tuple[str, str]]:
    """Return seal -> (reason, key) for every reason given on a request of ``round``. One query.

    For those who may see marks: a reason may name one. With the key anybody can make the seal again.
    """
    fields = ("reason", "advised_reason", "decided_reason", "ended_reason")
    rows = Reopening.objects.filter(sheet__round=round).values_list("reason_key", *fields)
    return {seal(reason, key): (reason, key) for key, *reasons in rows for reason in reasons if reason}


def has_open_correction(one: Reopening) -> bool:
    """Whether ``one`` was granted and its correction is not submitted yet. A query unless the correction is loaded."""
    return bool(one.state == ReopeningState.GRANTED and one.correction and one.correction.state == SheetState.DRAFT)


def left_behind(round: Round, day: date) -> frozenset[int]:
    """Return the ids of the requests whose open correction belongs to somebody who holds the seat no more on ``day``.

    One query. A substitute who has begun to correct makes it theirs.
    """
    waiting = unsettled_with_holder(round, day).filter(standing=LEFT_BEHIND)
    return frozenset(waiting.values_list("pk", flat=True))


def unsettled_with_holder(round: Round, day: date) -> QuerySet[Any]:
    """Return what :func:`unsettled_reopenings` does, each with its ``standing``: its state, or ``LEFT_BEHIND``."""
    held = Seating.objects.filter(in_force_on(day), seat=OuterRef("sheet__seat"), user=OuterRef("correction__saved_by"))
    is_left = Q(state=ReopeningState.GRANTED) & ~Exists(held)
    standing = Case(When(is_left, then=Value(LEFT_BEHIND)), default=F("state"), output_field=CharField())
    return unsettled_reopenings(round).annotate(standing=standing)


def requests_for(sheet: Sheet) -> list[Reopening]:
    """Return the requests for one sheet, newest first. At most seven queries."""
    return list(reopenings_of(sheet.round).filter(sheet=sheet))


def submitted_versions(sheet: Sheet) -> list[SheetVersion]:
    """Return every version of ``sheet`` that was ever submitted, newest first, with its rubric. One query.

    They hold marks: only for the member whose sheet it is.
    """
    versions = SheetVersion.objects.filter(sheet=sheet, state=SheetState.SUBMITTED)
    return list(versions.select_related("rubric_version").order_by("-number"))


def version_before(version: SheetVersion) -> SheetVersion | None:
    """Return the submitted version that ``version`` corrects; none for a first one. One query, or none."""
    if version.number == 1:
        return None
    return SheetVersion.objects.filter(sheet=version.sheet_id, number=version.number - 1).first()
