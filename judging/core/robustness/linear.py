"""A category as whole numbers: weights of the leaves and every ranked nominee's score on each leaf."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray

from judging.core.criteria import Rubric
from judging.core.evaluation import Evaluator
from judging.core.policy import JUDGE
from judging.core.problem import Problem
from judging.core.result import Result

MEAN = "mean"
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Linear:
    """Exact: the weight of a leaf is ``weights[c] / unit`` of 100, its score ``scores[nominee][c] / scale``.

    The total of a ranked nominee at the official weights is the sum of weight * score / 100.
    """

    leaves: tuple[str, ...]
    weights: tuple[int, ...]
    unit: int
    scores: Mapping[str, tuple[int, ...]]
    scale: int

    @property
    def whole(self) -> int:
        """All weights together."""
        return 100 * self.unit


def is_linear(problem: Problem) -> bool:
    """Are totals weighted sums of leaf scores? Not where each sheet is summed first and the method is no mean."""
    policy = problem.policy
    return policy.panel_level != JUDGE or policy.panel_method == MEAN or not problem.rubric.panel_leaves


def leaf_scores(rubric: Rubric, nodes: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The score of every leaf for one ranked nominee; ``nodes`` are those of its standing.

    A leaf that is not applicable counts with the score of its nearest ancestor that is: so its weight is shared as
    the rules share it, and the total at the official weights stays what it is.
    """
    found: dict[str, Fraction] = {}
    for node, above in _with_parents(rubric):
        found[node] = nodes[node] if node in nodes else found[above]
    return {leaf.id: found[leaf.id] for leaf in rubric.leaves}


def _with_parents(rubric: Rubric) -> Iterator[tuple[str, str]]:
    """Every node with its parent, from the root down (the root with itself)."""
    yield rubric.root.id, rubric.root.id
    for node in rubric.nodes:
        for child in node.children:
            yield child.id, node.id


def linear(problem: Problem, result: Result) -> Linear:
    """The ranked nominees of ``result`` in its order."""
    rubric = problem.rubric
    leaves = tuple(leaf.id for leaf in rubric.leaves)
    weights = [rubric.leaf_weights[leaf] for leaf in leaves]
    unit = lcm(*(weight.denominator for weight in weights))
    standings = result.by_nominee
    exact = {name: leaf_scores(rubric, standings[name].nodes) for name in result.order}
    scale = lcm(*(score.denominator for scores in exact.values() for score in scores.values()))
    return Linear(
        leaves=leaves,
        weights=tuple(_whole(weight, unit) for weight in weights),
        unit=unit,
        scores={name: tuple(_whole(scores[leaf], scale) for leaf in leaves) for name, scores in exact.items()},
        scale=scale,
    )


def exact_sheets(problem: Problem, result: Result) -> dict[str, list[dict[str, Fraction]]]:
    """Ranked nominee -> the leaf scores of its complete sheets; just one where the panel marks nothing of it."""
    evaluator, standings = Evaluator(problem), result.by_nominee
    return {
        name: [
            leaf_scores(problem.rubric, nodes)
            for nodes in [*evaluator.sheets(name).values()] or [dict(standings[name].nodes)]
        ]
        for name in result.order
    }


def sheets(problem: Problem, result: Result) -> dict[str, Array]:
    """The same as sheets x leaves, 0 to 100."""
    return {
        name: np.array([[float(score) for score in row.values()] for row in rows])
        for name, rows in exact_sheets(problem, result).items()
    }


def _whole(number: Fraction, unit: int) -> int:
    """``number`` counted in parts of ``unit``."""
    return number.numerator * (unit // number.denominator)
