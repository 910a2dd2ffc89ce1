"""What a correction changes on the member's own sheet, before it is submitted: own marks and own total alone."""

from dataclasses import dataclass

from judging.core.criteria import Rubric
from judging.models import SheetVersion
from judging.selectors.reopening import version_before
from judging.selectors.sheets import cells_in
from paritrana.accounts.models import User

from .sheet_form import Cells, Clash, Total, clashes, total_of


@dataclass(frozen=True, slots=True)
class Correction:
    """The submitted version ``before`` beside the draft that is to follow it."""

    before: SheetVersion
    after: SheetVersion
    changed: tuple[Clash, ...]
    unchanged: int
    total_before: Total
    total_after: Total


def correction_of(stored: SheetVersion, rubric: Rubric, cells: Cells, reader: User) -> Correction | None:
    """Return what ``cells``, the marks of the draft ``stored``, change; None for a sheet never submitted before.

    One query, or none for a first version.
    """
    before = version_before(stored)
    if before is None:
        return None
    old = cells_in(before, reader)
    differing, agreeing = clashes(rubric, old, cells)
    return Correction(before, stored, tuple(differing), len(agreeing), total_of(rubric, old), total_of(rubric, cells))
