"""Where the seats are far apart: flags for the plenary to talk about. Nothing is deleted, nothing decided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor, lcm
from typing import Final

from . import quorum
from .criteria import Scale
from .numbers import ZERO
from .problem import Problem
from .seat_totals import SeatTotals, seat_totals
from .severity.additive import AdditiveFit, additive

DEFAULT_LIMIT: Final = Fraction(20)
LEAST_FOR_MEDIAN: Final = 3
RESIDUAL_LIMIT: Final = 3

RANGE: Final = "range"
FAR_FROM_MEDIAN: Final = "far_from_median"
RESIDUAL: Final = "residual"


@dataclass(frozen=True, slots=True)
class Flag:
    """One reason to look: its ``code``, the ``seat`` it is about (none for ``range``) and by how much.

    ``amount``: points of 0 to 100 for ``range`` and ``far_from_median`` (signed, the mark minus the median); the
    studentised residual, rounded, for ``residual``.
    """

    code: str
    seat: str | None
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Divergence:
    """The flags of one nominee on one panel leaf, or on the sheet totals (``criterion`` None).

    ``range`` and ``median`` in points of 0 to 100; the median is None under three marks.
    """

    nominee: str
    criterion: str | None
    range: Fraction
    median: Fraction | None
    flags: tuple[Flag, ...]


def divergence(
    problem: Problem,
    limit: Fraction | int = DEFAULT_LIMIT,
    totals: SeatTotals | None = None,
    fit: AdditiveFit | None = None,
) -> tuple[Divergence, ...]:
    """Flags in the order of the nominees and the tree; ``limit`` in points of 0 to 100, exceeded when above it.

    ``range``: highest minus lowest counted mark of a panel leaf over the limit. ``far_from_median``: a mark further
    than the limit from the panel's median, from three marks on. ``residual``: a sheet total whose studentised
    residual of the additive model is beyond 3. Nominees that are disqualified are left out.
    """
    totals = totals or seat_totals(problem)
    fit = fit or additive(totals)
    marks, spreads = quorum.counted_marks(problem), _Spreads(problem, Fraction(limit))
    found: list[Divergence] = []
    for nominee in problem.nominees:
        if nominee in problem.disqualified:
            continue
        for leaf, seats in marks[nominee].items():
            own = {seat: problem.scores[seat, nominee, leaf] for seat in seats}
            width, median, flags = spreads.look(leaf, own) if own else (ZERO, None, ())
            if flags:
                found.append(Divergence(nominee, leaf, width, median, flags))
        on_totals = _on_totals(nominee, totals, fit)
        if on_totals is not None:
            found.append(on_totals)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Ruler:
    """A scale in whole numbers of 1 / ``unit`` marks: the mark that is 0, one step in points, the limit in steps."""

    zero: int
    step: Fraction
    limit: int
    twice: int


def _ruler(scale: Scale, unit: int, limit: Fraction) -> _Ruler:
    zero = scale.minimum if scale.normalise == "range" else ZERO
    step = 100 / (scale.maximum - zero) / unit
    # A whole number is above a fraction exactly when it is above its floor.
    return _Ruler((zero * unit).numerator, step, floor(limit / step), floor(2 * limit / step))


class _Spreads:
    """Range, median and flags of the marks of one leaf for one nominee; in whole numbers, as most have no flag."""

    def __init__(self, problem: Problem, limit: Fraction) -> None:
        self.rubric = problem.rubric
        self.limit = limit
        self.rulers: dict[tuple[str, int], _Ruler] = {}

    def look(self, leaf: str, marks: Mapping[str, Fraction]) -> tuple[Fraction, Fraction | None, tuple[Flag, ...]]:
        """``marks``: at least one, by seat."""
        scale = self.rubric.by_id[leaf].scale
        unit = lcm(scale.minimum.denominator, *[mark.denominator for mark in marks.values()])
        if (leaf, unit) not in self.rulers:
            self.rulers[leaf, unit] = _ruler(scale, unit, self.limit)
        ruler = self.rulers[leaf, unit]
        # A mark below the zero of its scale counts as zero, as in the official score.
        steps = {s: max(m.numerator * (unit // m.denominator) - ruler.zero, 0) for s, m in marks.items()}
        order = sorted(steps.values())
        width = order[-1] - order[0]
        if width <= ruler.limit:  # then no mark can be further from the median either
            return ZERO, None, ()
        flags = [Flag(RANGE, None, width * ruler.step)]
        if len(order) < LEAST_FOR_MEDIAN:
            return width * ruler.step, None, tuple(flags)
        middle = order[(len(order) - 1) // 2] + order[len(order) // 2]  # twice the median
        flags += [
            Flag(FAR_FROM_MEDIAN, seat, (2 * steps[seat] - middle) * ruler.step / 2)
            for seat in sorted(steps)
            if abs(2 * steps[seat] - middle) > ruler.twice
        ]
        return width * ruler.step, middle * ruler.step / 2, tuple(flags)


def _median(values: Sequence[Fraction]) -> Fraction:
    order = sorted(values)
    return (order[(len(order) - 1) // 2] + order[len(order) // 2]) / 2


def _on_totals(nominee: str, totals: SeatTotals, fit: AdditiveFit | None) -> Divergence | None:
    """The seats whose sheet of this nominee does not fit the additive model."""
    if fit is None or nominee not in fit.merits:
        return None
    flags = []
    for seat in totals.seats:
        value = fit.studentised.get((seat, nominee))
        if value is not None and abs(value) > RESIDUAL_LIMIT:
            flags.append(Flag(RESIDUAL, seat, Fraction(round(value * 100), 100)))
    if not flags:
        return None
    own = [totals.totals[seat, nominee] for seat in totals.seats if (seat, nominee) in totals.totals]
    median = _median(own) if len(own) >= LEAST_FOR_MEDIAN else None
    return Divergence(nominee, None, max(own) - min(own), median, tuple(flags))
