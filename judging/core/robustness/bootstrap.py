"""Bootstrap over the seats, exactly: how probable is the first place if the panel had been drawn from its like?

Every multiset of the seats with a mark is looked at once (``panels``), so there is no random number. The marks of a
seat drawn c times count c times; the panel method is that of the rules, other sources are added, exact totals are
compared and equal ones share the place. The quorum, the rounding of the total and the tie chain are left out of
account; a nominee without any mark on some criterion in a panel does not take part in it.
"""

from collections.abc import Sequence
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from judging.core.aggregation import PanelSettings
from judging.core.problem import Problem
from judging.core.result import Result

from .cells import Cells, cells, present_seats
from .data import Bootstrap
from .panels import Batch, Panels, panels

MOST_SEATS: Final = 9
EXACT: Final = 2**53  # whole numbers below are exact in binary floating point
MOST_NOMINEES: Final = 1_000
TOO_MANY_SEATS, NO_MARKS = "too_many_seats", "no_marks"
NOBODY, TOO_MANY_NOMINEES = "nobody_ranked", "too_many_nominees"

NO_PART: Final = -np.inf  # the total of a nominee that takes no part

Array = NDArray[np.float64]


def why_not(problem: Problem, result: Result) -> str | None:
    """Why there is no bootstrap: nobody is ranked, no seat has a mark, or too many of either; None: there is one."""
    if not result.order:
        return NOBODY
    if len(result.order) > MOST_NOMINEES:
        return TOO_MANY_NOMINEES
    seats = present_seats(problem, result.order)
    if not seats:
        return NO_MARKS
    return TOO_MANY_SEATS if len(seats) > MOST_SEATS else None


def bootstrap(problem: Problem, result: Result) -> Bootstrap | None:
    """Probabilities of the places over all panels; None where ``why_not`` has a code."""
    if why_not(problem, result) is not None:
        return None
    seats = present_seats(problem, result.order)
    drawn = panels(len(seats))
    field = Field(cells(problem, result, seats), problem.policy.panel)
    singles = _single_holders(result, len(problem.policy.labels))
    first, nobody = np.zeros(len(result.order)), 0.0
    titled = dict.fromkeys(singles, 0.0)
    for part in drawn.parts():
        totals = field.totals(part)
        best = totals.max(axis=0)
        somebody = best > NO_PART
        nobody += float(part.probability @ ~somebody)
        leads = totals == best
        leaders = np.flatnonzero(leads.any(axis=1))
        first[leaders] += leads[leaders] @ (part.probability * somebody / _count(leads))
        for place in singles:
            titled[place] += _holds(totals, place, part.probability)
    return Bootstrap(
        seats=seats,
        multisets=len(drawn.probability),
        first=dict(zip(result.order, first.tolist(), strict=True)),
        titled={result.order[place - 1]: share for place, share in titled.items()},
        nobody=nobody,
    )


def _single_holders(result: Result, titles: int) -> list[int]:
    """The titled positions 1, 2, ... that one nominee alone holds."""
    found, place = [], 1
    for group in result.groups:
        found += [place] if len(group) == 1 and place <= titles else []
        place += len(group)
    return found


def _count(found: NDArray[np.bool_]) -> NDArray[np.int16]:
    """How many of each column are true; short numbers are added many at once."""
    total: NDArray[np.int16] = found.view(np.int8).sum(axis=0, dtype=np.int16)
    return total


def _holds(totals: Array, place: int, probability: Array) -> float:
    """The probability that the nominee now on ``place`` holds just that place; ties share the places they cover."""
    own = totals[place - 1]
    above, level = _count(totals > own), _count(totals == own)
    holds = (above < place) & (place <= above + level) & (own > NO_PART)
    return float(probability @ (holds / level))


class Field:
    """The ranked nominees with all that does not depend on which panel is drawn."""

    def __init__(self, field: Cells, settings: PanelSettings) -> None:
        batches: dict[tuple[str, int, int], list[int]] = {}
        for index, cell in enumerate(field.cells):
            alone = index if cell.clamped else -1
            batches.setdefault((cell.method, cell.present, alone), []).append(index)
        self.common = lcm(2, *range(1, len(field.seats) + 1))
        points, self.fixed, self.exact = _numbers(field, self.common)
        self.batches = [
            Batch([field.cells[index] for index in batch], points[batch], settings) for batch in batches.values()
        ]

    def totals(self, drawn: Panels) -> Array:
        """Nominees x panels, in one common unit (whole numbers wherever they fit); -inf: takes no part."""
        totals = np.repeat(self.fixed[:, None] * self.common, len(drawn.probability), axis=1)
        for batch in self.batches:
            found = batch.combine(drawn)
            numerator = np.maximum(found.numerator, 0.0) if batch.clamped else found.numerator
            drawn_at_all = found.divisor > 0
            numerator *= self.common / np.where(drawn_at_all, found.divisor, 1.0)
            numerator[:, ~drawn_at_all] = NO_PART
            if len(batch.nominees) == len(totals):
                totals += numerator
            else:
                totals[batch.nominees] += numerator
        return totals if self.exact else np.round(totals / self.common, 9)


def _numbers(field: Cells, common: int) -> tuple[Array, Array, bool]:
    """(points of the cells, fixed points, are they whole numbers that stay exact?)"""
    rows: Sequence[tuple[int, ...]] = [cell.points for cell in field.cells]
    most = [0] * len(field.nominees)
    for cell in field.cells:
        most[cell.nominee] += max(map(abs, cell.points), default=0)
    largest = max(abs(fixed) + len(field.seats) * panel for fixed, panel in zip(field.fixed, most, strict=True))
    exact = 4 * largest * common < EXACT
    unit = 1 if exact else field.unit
    whole = rows if exact else [[point / unit for point in row] for row in rows]
    points = np.array(whole, dtype=np.float64).reshape(len(rows), len(field.seats))
    return points, np.array([fixed / unit for fixed in field.fixed]), exact
