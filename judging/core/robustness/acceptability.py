"""Rank acceptabilities (SMAA): on which places a nominee stands when the weights are not quite known.

Lahdelma, Hokkanen and Salminen 1998: the share of the weight simplex on which i is r-th, here by sampling with a
stated seed. Two views: every set of weights alike ("any weights"), and a Dirichlet distribution around the
official weights whose ``CONCENTRATION`` gives a weight of 20 a standard deviation of 4 points.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from judging.core.policy import Policy
from judging.core.problem import Problem
from judging.core.result import Result

from .data import Acceptability
from .linear import Linear, is_linear, linear, sheets

#: Var(w) = w(1 - w) / (concentration + 1): for w = 0.2 and a standard deviation of 0.04, 0.16 / 0.0016 - 1.
CONCENTRATION: Final = 99
SEED: Final = 20240624
SAMPLES: Final = 10_000
MOST_NOMINEES: Final = 1_000
NOBODY, TOO_MANY = "nobody_ranked", "too_many_nominees"

Array = NDArray[np.float64]
Counts = Mapping[str, tuple[float, ...]]


def why_not(result: Result) -> str | None:
    """Why there are no acceptabilities: nobody is ranked, or too many for a table of everybody's places."""
    if not result.order:
        return NOBODY
    return TOO_MANY if len(result.order) > MOST_NOMINEES else None


def acceptability(
    problem: Problem, result: Result, *, seed: int = SEED, samples: int = SAMPLES
) -> Acceptability | None:
    """Both views of the ranked nominees; None where ``why_not`` has a code.

    Nominees that are equal on every criterion with weight share the places they hold; so do equal totals where whole
    sheets are combined. ``standard_error`` is that of the worst of all figures, sqrt(b (1 - b) / samples).
    """
    if why_not(result) is not None:
        return None
    field = linear(problem, result)
    shares = partial(_shares, field) if is_linear(problem) else partial(_sheet_shares, problem, sheets(problem, result))
    rng = np.random.Generator(np.random.PCG64(seed))
    shapes = np.array([CONCENTRATION * weight / field.whole for weight in field.weights])
    uniform = shares(rng.standard_exponential((samples, len(field.leaves))), range(len(field.leaves)))
    weighted = [index for index, weight in enumerate(field.weights) if weight > 0]
    official = shares(rng.standard_gamma(shapes, (samples, len(field.leaves))), weighted)
    worst = max(_standard_error(view, samples) for view in (uniform, official))
    return Acceptability(samples, seed, CONCENTRATION, uniform, official, worst)


def _standard_error(view: Counts, samples: int) -> float:
    shares: Array = np.array(list(view.values()))
    return sqrt(max(float((shares * (1 - shares)).max()), 0.0) / samples)


def _shares(field: Linear, weights: Array, columns: Sequence[int]) -> Counts:
    """Places of every nominee over the sampled weights; their sum does not matter for the order."""
    rows: dict[tuple[int, ...], list[str]] = {}
    for name, scores in field.scores.items():
        rows.setdefault(tuple(scores[column] for column in columns), []).append(name)
    points: Array = np.array([[score / field.scale for score in row] for row in rows])
    members = np.array([len(names) for names in rows.values()])
    held = _positions(weights[:, list(columns)] @ points.T, members)
    found = {}
    for names, shares in zip(rows.values(), held / len(weights), strict=True):
        found.update(dict.fromkeys(names, tuple(shares.tolist())))
    return {name: found[name] for name in field.scores}


def _positions(totals: Array, members: NDArray[np.int64]) -> Array:
    """How often each row holds each place; ``members`` equal nominees on a row each get their part of its places."""
    count, places = len(members), int(members.sum())
    order = np.argsort(-totals, axis=1)
    if places == count:  # nobody is equal to anybody
        flat = order + count * np.arange(count)
        return np.bincount(flat.ravel(), minlength=count * count).reshape(count, count).T.astype(np.float64)
    sizes = members[order]
    starts = np.cumsum(sizes, axis=1) - sizes
    flat = order * places + starts
    begun = np.bincount(flat.ravel(), minlength=count * places).reshape(count, places).astype(np.float64)
    held = np.zeros((count, places))
    for row, size in enumerate(members.tolist()):
        for shift in range(size):
            held[row, shift:] += begun[row, : places - shift] / size
    return held


def _sheet_shares(problem: Problem, sheets_of: Mapping[str, Array], weights: Array, columns: Sequence[int]) -> Counts:
    """The same where each sheet is summed by the sampled weights before the panel method combines the sheets."""
    used = weights[:, list(columns)]
    used = used / used.sum(axis=1, keepdims=True)
    totals = np.empty((len(sheets_of), len(weights)))
    for row, scores in enumerate(sheets_of.values()):
        totals[row] = _combined(problem.policy, scores[:, list(columns)] @ used.T)
    totals = np.round(totals, 9)  # equal sheets may differ in the last bit
    found = {}
    for name, own in zip(sheets_of, totals, strict=True):
        above, level = (totals > own).sum(axis=0), (totals == own).sum(axis=0)
        held = np.zeros(len(totals) + 1)  # 1 / level from the first to the last place of the group
        np.add.at(held, above, 1 / level)
        np.add.at(held, above + level, -1 / level)
        shares = np.clip(np.cumsum(held)[:-1] / len(weights), 0.0, 1.0)
        found[name] = tuple(np.round(shares, 12).tolist())
    return found


def _combined(policy: Policy, totals: Array) -> Array:
    """Median or trimmed mean over the sheets (rows) for each set of weights (columns)."""
    count, trim = len(totals), policy.panel.trim
    if policy.panel_method == "median":
        middle: Array = np.median(totals, axis=0)
        return middle
    kept = np.sort(totals, axis=0)[trim : count - trim] if count >= policy.panel.trim_min_n else totals
    mean: Array = kept.mean(axis=0)
    return mean
