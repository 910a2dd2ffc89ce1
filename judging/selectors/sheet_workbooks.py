"""A member's sheets of a day together, as the workbook needs them: always of one seat, always the reader's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F

from judging.core.criteria import Rubric
from judging.models import RubricVersion, SaveReceipt, Seating, SheetVersion
from nominees.models import Round
from paritrana.accounts.models import User

from .rubrics import assigned_versions, read_version
from .sheets import DayRow, cells_in, member_list


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One nominee before one member; ``cells`` are the marks that this member may see, as plain data."""

    row: DayRow
    version: RubricVersion | None
    rubric: Rubric | None
    stored: SheetVersion | None
    cells: Mapping[str, Any]

    @property
    def number(self) -> int:
        """The nomination's number."""
        return self.row.nomination.number

    @property
    def revision(self) -> int:
        """What a save must have seen; 0 before the first."""
        return self.stored.sheet.revision if self.stored else 0

    @property
    def is_open(self) -> bool:
        """Whether there is something to fill in."""
        return self.row.is_todo and self.rubric is not None


def own_sheets(
    *, user: User, round: Round, day: date | None, at: datetime
) -> tuple[Seating | None, tuple[OwnSheet, ...]]:
    """Return the seating of ``user`` at ``at`` and the sheets of ``day`` (``None``: of all days), in order.

    Four queries, however many nominees.
    """
    seating, rows = member_list(user=user, round=round, at=at)
    if seating is None:
        return None, ()
    versions = assigned_versions(round)
    rubrics = {version.pk: read_version(version) for version in set(versions.values())}
    newest = SheetVersion.objects.filter(sheet__round=round, sheet__seat=seating.seat_id)
    stored = {one.sheet.nomination_id: one for one in newest.select_related("sheet").order_by("number")}
    found = []
    for row in rows:
        if day is None or row.day == day:
            version = versions.get(row.nomination.category_id)
            own = stored.get(row.nomination.pk)
            rubric = rubrics[version.pk] if version else None
            found.append(OwnSheet(row, version, rubric, own, cells_in(own, user)))
    return seating, tuple(found)


def newest_keys(*, user: User, round: Round) -> dict[int, str]:
    """Return sheet id -> the request key of its last save, where ``user`` made it. One query."""
    receipts = SaveReceipt.objects.filter(user=user, sheet__round=round, revision=F("sheet__revision"))
    return dict(receipts.values_list("sheet_id", "key"))
