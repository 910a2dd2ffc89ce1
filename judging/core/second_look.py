"""What a member may want to look at again before submitting: compared with the own marks alone, and never an obstacle.

A mark is far when it lies more than a quarter of its scale from the median of the own other marks of that criterion;
with fewer than three others nothing is said. Marks are all equal when three or more stand at the same share of their
scales.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median
from typing import Final

from .criteria import Rubric
from .numbers import plain
from .scoresheet import Entries

FAR: Final = Fraction(1, 4)
FEWEST: Final = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """``far_from_own_median`` of one criterion, or ``all_equal`` of the whole sheet (no criterion)."""

    code: str
    criterion: str
    facts: Mapping[str, str]


def remarks(rubric: Rubric, entries: Entries, others: Sequence[Entries]) -> tuple[Remark, ...]:
    """Return what stands out on the sheet ``entries`` beside the same member's ``others`` under the same rubric."""
    found = []
    for leaf in rubric.panel_leaves:
        mark, earlier = _value(entries, leaf.id), own_marks(leaf.id, others)
        if mark is None or len(earlier) < FEWEST:
            continue
        middle = median(earlier)
        if abs(mark - middle) > FAR * (leaf.scale.maximum - leaf.scale.minimum):
            found.append(Remark("far_from_own_median", leaf.id, {"mark": plain(mark), "median": plain(middle)}))
    if _all_equal(rubric, entries):
        found.append(Remark("all_equal", "", {}))
    return tuple(found)


def own_marks(criterion: str, sheets: Sequence[Entries]) -> list[Fraction]:
    """Return the values that ``sheets`` hold for ``criterion``, in their order; absences are left out."""
    marks = (_value(entries, criterion) for entries in sheets)
    return [mark for mark in marks if mark is not None]


def _value(entries: Entries, criterion: str) -> Fraction | None:
    entry = entries.get(criterion)
    return entry.value if entry else None


def _all_equal(rubric: Rubric, entries: Entries) -> bool:
    values = ((leaf, _value(entries, leaf.id)) for leaf in rubric.panel_leaves)
    shares = [leaf.scale.to_hundred(value) for leaf, value in values if value is not None]
    return len(shares) >= FEWEST and len(set(shares)) == 1
