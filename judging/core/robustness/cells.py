"""The marks of a category as whole numbers, ready to be combined over any panel drawn from the seats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from judging.core.criteria import Criterion
from judging.core.evaluation import Evaluator
from judging.core.numbers import ZERO
from judging.core.policy import JUDGE
from judging.core.problem import Problem
from judging.core.result import Result
from judging.core.scoresheet import weights_in_whole

Line = tuple[Fraction, Fraction]  # slope, offset


@dataclass(frozen=True, slots=True)
class Cell:
    """One nominee on one criterion: the seats' marks, already times the weight, 0..100 over the whole tree.

    ``present``: the seats that have a mark, as bits. ``clamped``: the combined mark can fall below zero, which counts
    as zero. A whole sheet (judge level) is one cell too.
    """

    nominee: int
    method: str
    present: int
    clamped: bool
    points: tuple[int, ...]


@dataclass(frozen=True)
class Cells:
    """``fixed`` are the points from other sources. All points are counted in parts of ``unit``."""

    seats: tuple[str, ...]
    nominees: tuple[str, ...]
    cells: tuple[Cell, ...]
    fixed: tuple[int, ...]
    unit: int


@dataclass(frozen=True, slots=True)
class _Own:
    """A cell whose points are counted in parts of its own ``unit``."""

    nominee: int
    method: str
    clamped: bool
    points: Mapping[str, int]
    unit: int


def present_seats(problem: Problem, nominees: Sequence[str]) -> tuple[str, ...]:
    """The seats with a mark that counts for at least one of ``nominees``, in the order of the problem."""
    names = frozenset(nominees)
    seen = {seat for seat, nominee, _ in problem.scores if nominee in names and (seat, nominee) not in problem.recusals}
    return tuple(seat for seat in problem.judges if seat in seen)


def cells(problem: Problem, result: Result, seats: Sequence[str]) -> Cells:
    """The ranked nominees of ``result`` over ``seats``; ``panel_level`` of the rules decides what a cell is."""
    maker = _Maker(problem)
    own: list[_Own] = []
    fixed: list[Fraction] = []
    for index, nominee in enumerate(result.order):
        found, rest = maker.make(index, nominee)
        own += found
        fixed.append(rest)
    unit = lcm(*{cell.unit for cell in own}, *{points.denominator for points in fixed})
    return Cells(
        seats=tuple(seats),
        nominees=result.order,
        cells=tuple(_counted(cell, seats, unit) for cell in own),
        fixed=tuple(_whole(points, unit) for points in fixed),
        unit=unit,
    )


def _whole(number: Fraction, unit: int) -> int:
    return number.numerator * (unit // number.denominator)


def _counted(cell: _Own, seats: Sequence[str], unit: int) -> Cell:
    present = sum(1 << index for index, seat in enumerate(seats) if seat in cell.points)
    factor = unit // cell.unit
    points = tuple(cell.points.get(seat, 0) * factor for seat in seats)
    return Cell(cell.nominee, cell.method, present, cell.clamped, points)


class _Maker:
    """Makes the cells of one nominee; what only depends on the leaves not applicable is worked out once."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.evaluator = Evaluator(problem)
        self.methods = {leaf.id: problem.policy.method_of(leaf.id) for leaf in problem.rubric.panel_leaves}
        self.clamped = {
            leaf.id: leaf.scale.normalise != "range" and leaf.scale.minimum < 0 for leaf in problem.rubric.panel_leaves
        }
        self.weights: dict[frozenset[str], Mapping[str, Fraction]] = {}
        self.lines: dict[frozenset[str], Mapping[str, Line]] = {}

    def make(self, index: int, nominee: str) -> tuple[list[_Own], Fraction]:
        """The cells of one nominee and its points from other sources."""
        policy, out = self.problem.policy, self.problem.leaves_out(nominee)
        marks = self.evaluator.seats[nominee]
        if policy.panel_level == JUDGE and marks:
            points, unit = _points(self.evaluator.sheet_totals(nominee), (Fraction(1), ZERO))
            return [_Own(index, policy.panel_method, False, points, unit)], ZERO
        self._prepare(out)
        whole, lines = self.weights[out], self.lines[out]
        values = self.evaluator.value_scores(nominee)
        fixed = sum((whole[leaf] * score / 100 for leaf, score in values.items() if score and leaf in whole), ZERO)
        found = []
        for leaf, own in marks.items():
            if leaf in lines:
                points, unit = _points(own, lines[leaf])
                found.append(_Own(index, self.methods[leaf], self.clamped[leaf], points, unit))
        return found, fixed

    def _prepare(self, out: frozenset[str]) -> None:
        """Weights and lines when the leaves ``out`` drop out."""
        if out not in self.weights:
            whole = weights_in_whole(self.problem.rubric, self.problem.rubric.shares(out))
            panel = [leaf for leaf in self.problem.rubric.panel_leaves if leaf.id in whole]
            self.weights[out] = whole
            self.lines[out] = {leaf.id: _line(leaf, whole[leaf.id]) for leaf in panel}


def _line(leaf: Criterion, weight: Fraction) -> Line:
    """(slope, offset): points = (mark - offset) * slope, before the clamp."""
    offset = leaf.scale.minimum if leaf.scale.normalise == "range" else ZERO
    return weight / (leaf.scale.maximum - offset), offset


def _points(marks: Mapping[str, Fraction], line: Line) -> tuple[dict[str, int], int]:
    """((mark - offset) * slope as whole numbers, their unit)."""
    slope, offset = line
    ratios = {seat: mark.as_integer_ratio() for seat, mark in marks.items()}
    common = lcm(offset.denominator, *{denominator for _, denominator in ratios.values()})
    zero, factor = _whole(offset, common), slope.numerator
    points = {seat: (above * (common // below) - zero) * factor for seat, (above, below) in ratios.items()}
    return points, common * slope.denominator
