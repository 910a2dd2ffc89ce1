"""Requests to reopen a submitted sheet: who asked, who answered, what came of it. Never a mark."""

from django.db.models import QuerySet

from judging.models import Reopening, ReopeningState, Sheet, SheetState, SheetVersion
from judging.models.reopening import OPEN
from nominees.models import Round


def reopenings_of(round: Round) -> QuerySet[Reopening]:
    """Return every request of ``round``, newest first, with all that a list of them shows. One query.

    The versions come without their marks.
    """
    return (
        Reopening.objects.filter(sheet__round=round)
        .select_related(
            "sheet__seat",
            "sheet__nomination__nominee__region",
            "sheet__nomination__category",
            "version",
            "correction",
            "asked_by",
            "advised_by",
            "decided_by",
        )
        .defer("version__entries", "correction__entries")
        .order_by("-asked_at", "-pk")
    )


def open_reopenings(round: Round) -> QuerySet[Reopening]:
    """Return the requests that wait for an answer. One query."""
    return reopenings_of(round).filter(state__in=OPEN)


def corrections_of(round: Round) -> QuerySet[Reopening]:
    """Return the requests whose correction is submitted and counts, in the order of submission. One query.

    What was corrected for calibration counts nowhere.
    """
    done = reopenings_of(round).filter(state=ReopeningState.GRANTED, correction__state=SheetState.SUBMITTED)
    return done.filter(sheet__nomination__is_calibration=False).order_by("correction__submitted_at", "pk")


def requests_for(sheet: Sheet) -> list[Reopening]:
    """Return the requests for one sheet, newest first. One query."""
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
