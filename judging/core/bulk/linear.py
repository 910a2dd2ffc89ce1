"""Totals that are a weighted sum of means of marks: the marks of a category as one block of whole numbers.

Of every nominee and panel criterion the marks are sorted and the sum of those that stay is taken in NumPy; weights and
denominators, which may be long, are Python integers, so that nothing can overflow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Final

import numpy as np
from numpy.typing import NDArray

from judging.core import quorum
from judging.core.aggregation import METHODS
from judging.core.evaluation import Evaluator
from judging.core.numbers import ZERO, over_one_denominator
from judging.core.policy import Policy
from judging.core.scoresheet import weights_in_whole

Block = NDArray[np.int64]

ABSENT: Final = 2**62  # in the place of a mark that is not there: sorts behind every mark
LARGEST: Final = 2**50  # whole marks beyond this are left to the engine; sums of hundreds stay far below ABSENT


@dataclass(frozen=True)
class Linear:
    """One category. Sum over panel leaves of ``factors`` times the score, plus ``constants``, over ``denominator``.

    ``marks`` is seats x nominees x leaves in ``units`` of each leaf, ``common`` a multiple of every number of marks.
    A score is (a * sum * common / kept + b) held between 0 and the top, ``lines`` = (a, b, top) of each leaf.
    """

    seats: tuple[str, ...]
    nominees: tuple[str, ...]
    leaves: tuple[str, ...]
    marks: Block
    common: int
    lines: tuple[tuple[int, int, int], ...]
    needs: tuple[tuple[int, ...], ...]
    factors: tuple[tuple[int, ...], ...]
    constants: tuple[int, ...]
    denominator: int

    @staticmethod
    def of(evaluator: Evaluator) -> "Linear | None":
        """None when a mark has more digits than fit."""
        problem, rubric = evaluator.problem, evaluator.rubric
        nominees = tuple(name for name in problem.nominees if _can_be_ranked(evaluator, name))
        leaves = tuple(leaf.id for leaf in rubric.panel_leaves)
        units, marks = _block(evaluator, nominees, leaves)
        if marks is None:
            return None
        common = lcm(*range(1, len(problem.judges) + 1))
        lines = [evaluator.lines[leaf] for leaf in leaves]
        scales = [c * unit * common for (_, _, c), unit in zip(lines, units, strict=True)]
        weights = [weights_in_whole(rubric, evaluator.shares(problem.leaves_out(name))) for name in nominees]
        exact = [
            [own.get(leaf, ZERO) / (100 * scale) for leaf, scale in zip(leaves, scales, strict=True)]
            + [_constant(evaluator, name, own)]
            for name, own in zip(nominees, weights, strict=True)
        ]
        denominator, whole = over_one_denominator([number for row in exact for number in row])
        rows = [tuple(whole[start : start + len(leaves) + 1]) for start in range(0, len(whole), len(leaves) + 1)]
        return Linear(
            seats=problem.judges,
            nominees=nominees,
            leaves=leaves,
            marks=marks,
            common=common,
            lines=tuple(
                (a, b * unit * common, 100 * scale) for (a, b, _), unit, scale in zip(lines, units, scales, strict=True)
            ),
            needs=tuple(_needs(evaluator, name, leaves) for name in nominees),
            factors=tuple(row[:-1] for row in rows),
            constants=tuple(row[-1] for row in rows),
            denominator=denominator,
        )

    def totals(self, policy: Policy, without: str | None = None) -> dict[str, int]:
        """Nominee -> numerator of its exact total, of those who have a quorum; ``policy`` gives the panel methods."""
        marks = self.marks
        if without is not None:
            marks = np.delete(marks, self.seats.index(without), axis=0)
        counts, kept, sums = self._sums(marks, policy)
        found = {}
        for index, name in enumerate(self.nominees):
            if any(have < need for have, need in zip(counts[index], self.needs[index], strict=True)):
                continue
            total = self.constants[index]
            for factor, (a, b, top), number, total_of_kept in zip(
                self.factors[index], self.lines, kept[index], sums[index], strict=True
            ):
                if factor and number:
                    total += factor * min(max(a * total_of_kept * (self.common // number) + b, 0), top)
            found[name] = total
        return found

    def _sums(self, marks: Block, policy: Policy) -> tuple[list[list[int]], list[list[int]], list[list[int]]]:
        """Of each nominee and leaf: the number of marks, of those that stay, and the sum of these."""
        counts = (marks != ABSENT).sum(axis=0)
        order = np.sort(marks, axis=0)
        upto = np.zeros((len(marks) + 1, *marks.shape[1:]), dtype=np.int64)
        np.cumsum(np.where(order == ABSENT, 0, order), axis=0, out=upto[1:])
        starts, stops = np.zeros_like(counts), np.zeros_like(counts)
        for column, leaf in enumerate(self.leaves):
            kept = METHODS[policy.method_of(leaf)].kept
            bounds = np.array([(0, 0)] + [kept(count, policy.panel) for count in range(1, len(marks) + 1)])
            starts[:, column], stops[:, column] = bounds[counts[:, column]].T
        upper, lower = (np.take_along_axis(upto, ends[np.newaxis], axis=0)[0] for ends in (stops, starts))
        return counts.tolist(), (stops - starts).tolist(), (upper - lower).tolist()


def _can_be_ranked(evaluator: Evaluator, nominee: str) -> bool:
    """Whatever the panel does, this nominee is in the running, and has its figures."""
    problem = evaluator.problem
    if nominee in problem.disqualified or evaluator.rubric.root.id not in evaluator.shares(problem.leaves_out(nominee)):
        return False
    return None not in evaluator.value_scores(nominee).values()


def _needs(evaluator: Evaluator, nominee: str, leaves: Sequence[str]) -> tuple[int, ...]:
    """Marks needed on each leaf; none on those that are not applicable."""
    need = quorum.needed(evaluator.problem, nominee)
    return tuple(need if leaf in evaluator.seats[nominee] else 0 for leaf in leaves)


def _constant(evaluator: Evaluator, nominee: str, weights: Mapping[str, Fraction]) -> Fraction:
    """What the other sources add to the total."""
    scores = evaluator.value_scores(nominee)
    return sum((weights.get(leaf, ZERO) * score / 100 for leaf, score in scores.items() if score is not None), ZERO)


def _block(evaluator: Evaluator, nominees: Sequence[str], leaves: Sequence[str]) -> tuple[list[int], Block | None]:
    """The unit of each leaf, and every mark that counts as a multiple of it; None when one is too long."""
    seats = evaluator.problem.judges
    marks = np.full((len(leaves), len(nominees), len(seats)), ABSENT, dtype=np.int64)
    position = {seat: index for index, seat in enumerate(seats)}
    units: list[int] = []
    for column, leaf in enumerate(leaves):
        cells = [
            (row, position[seat], mark)
            for row, name in enumerate(nominees)
            for seat, mark in evaluator.seats[name].get(leaf, {}).items()
        ]
        unit, whole = over_one_denominator([mark for _, _, mark in cells])
        if any(abs(number) > LARGEST for number in whole):
            return units, None
        units.append(unit)
        if cells:
            rows, columns, _ = zip(*cells, strict=True)
            marks[column, rows, columns] = whole
    return units, np.ascontiguousarray(marks.transpose(2, 1, 0))
