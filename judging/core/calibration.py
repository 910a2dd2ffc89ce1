"""One sheet beside the panel's on the nominee that is scored for calibration. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final

from .criteria import Rubric
from .scoresheet import Entries

#: Of fewer marks no median and no range is told: each could be traced to its seat.
FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """One criterion: the own mark, and median, lowest and highest of all ``count`` marks, the own among them.

    On the criterion's scale, exact; the own mark is None where there is none, the others with fewer than
    :data:`FEWEST` marks.
    """

    criterion: str
    own: Fraction | None
    middle: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    count: int


def beside(rubric: Rubric, own: Entries, panel: Sequence[Entries]) -> tuple[Beside, ...]:
    """Return ``own`` beside the sheets of the ``panel`` (the own one is among them), criterion by criterion.

    Only values enter; an absence is no mark.
    """
    found = []
    for leaf in rubric.panel_leaves:
        marks = [mark for mark in (_value(entries, leaf.id) for entries in panel) if mark is not None]
        middle, lowest, highest = (median(marks), min(marks), max(marks)) if len(marks) >= FEWEST else (None,) * 3
        found.append(Beside(leaf.id, _value(own, leaf.id), middle, lowest, highest, len(marks)))
    return tuple(found)


def _value(entries: Entries, criterion: str) -> Fraction | None:
    entry = entries.get(criterion)
    return entry.value if entry else None
