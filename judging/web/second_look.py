"""What a member sees of the own earlier sheets: marks per criterion, totals, and what stands out before submitting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from judging.core.criteria import Rubric
from judging.core.scoresheet import Entries
from judging.core.second_look import remarks
from judging.models import RubricVersion
from judging.selectors.sheets import Cells, DayRow, own_earlier
from paritrana.kernel.sentences import sentence

from .marks import shown
from .sheet_form import Total, total_of

#: So many of the sheets scored before stand beside a sheet, the latest in the order of the day.
BESIDE = 20


@dataclass(frozen=True, slots=True)
class Earlier:
    """One of the own other sheets: whose, its marks as saved, its provisional total."""

    row: DayRow
    cells: Cells
    total: Total


@dataclass(frozen=True, slots=True)
class Hint:
    """Something worth a second look; without a title it is about the whole sheet."""

    criterion: str
    title: str
    text: str


def earlier_sheets(rows: Iterable[DayRow], version: RubricVersion, rubric: Rubric, number: int) -> list[Earlier]:
    """Return the own sheets beside that of the nominee ``number``, at most ``BESIDE``, judged by the same rubric."""
    found = own_earlier(rows, rubric_id=version.pk, number=number)[-BESIDE:]
    return [Earlier(row, cells, total_of(rubric, cells)) for row, cells in found]


def hints(rubric: Rubric, entries: Entries, others: Sequence[Entries]) -> list[Hint]:
    """Return what stands out on the sheet ``entries`` beside the member's ``others``."""
    return [
        Hint(
            remark.criterion,
            (rubric.by_id[remark.criterion].title or remark.criterion) if remark.criterion else "",
            sentence(f"look_{remark.code}", {key: shown(value) for key, value in remark.facts.items()}),
        )
        for remark in remarks(rubric, entries, others)
    ]
