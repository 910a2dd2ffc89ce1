"""The marks of a category as whole numbers, ready to be combined over any panel drawn from the seats."""

from collections.abc import Iterator, Mapping, Sequence
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
    evaluator = Evaluator(problem)
    own: list[_Own] = []
    fixed: list[Fraction] = []
    for index, nominee in enumerate(result.order):
        found, rest = _of(problem, evaluator, index, nominee)
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


def _of(problem: Problem, evaluator: Evaluator, index: int, nominee: str) -> tuple[list[_Own], Fraction]:
    """The cells of one nominee and its points from other sources."""
    policy = problem.policy
    if policy.panel_level == JUDGE and evaluator.seats[nominee]:
        points, unit = _points(evaluator.sheet_totals(nominee), Fraction(1), ZERO)
        return [_Own(index, policy.panel_method, False, points, unit)], ZERO
    whole = weights_in_whole(problem.rubric, problem.rubric.shares(problem.leaves_out(nominee)))
    values = evaluator.value_scores(nominee)
    fixed = sum((whole[leaf] * score / 100 for leaf, score in values.items() if score and leaf in whole), ZERO)
    return list(_leaves(problem, evaluator, index, nominee, whole)), fixed


def _leaves(
    problem: Problem, evaluator: Evaluator, index: int, nominee: str, whole: Mapping[str, Fraction]
) -> Iterator[_Own]:
    by_id, marks = problem.rubric.by_id, problem.scores
    methods = {leaf: problem.policy.method_of(leaf) for leaf in evaluator.seats[nominee]}
    for leaf, seats in evaluator.seats[nominee].items():
        if leaf not in whole:
            continue
        criterion = by_id[leaf]
        slope, offset = _line(criterion, whole[leaf])
        clamped = criterion.scale.normalise != "range" and criterion.scale.minimum < 0
        points, unit = _points({seat: marks[seat, nominee, leaf] for seat in seats}, slope, offset)
        yield _Own(index, methods[leaf], clamped, points, unit)


def _line(leaf: Criterion, weight: Fraction) -> tuple[Fraction, Fraction]:
    """(slope, offset): points = (mark - offset) * slope, before the clamp."""
    offset = leaf.scale.minimum if leaf.scale.normalise == "range" else ZERO
    return weight / (leaf.scale.maximum - offset), offset


def _points(marks: Mapping[str, Fraction], slope: Fraction, offset: Fraction) -> tuple[dict[str, int], int]:
    """((mark - offset) * slope as whole numbers, their unit)."""
    common = lcm(offset.denominator, *{mark.denominator for mark in marks.values()})
    zero = _whole(offset, common)
    points = {seat: (_whole(mark, common) - zero) * slope.numerator for seat, mark in marks.items()}
    return points, common * slope.denominator
