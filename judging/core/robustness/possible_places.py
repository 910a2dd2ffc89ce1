"""Best and worst place while sheets are missing: what is already certain before the last mark is in.

An open cell may become anything on its scale: no mark yet, no recusal, no state that says why there is none. A
missing figure of another source may still give anything its scale or transform gives; while one is missing, a
``minmax`` criterion may give everybody anything, because it depends on the peers. Every panel method rises with
every mark, so each nominee's lowest and highest official score come from the lowest and highest completion.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from judging.core.criteria import INDICATOR, PANEL, Criterion, Rubric
from judging.core.numbers import HUNDRED, ZERO
from judging.core.problem import Cell, Problem
from judging.core.result import Result
from judging.core.tabulation import tabulate
from judging.core.transforms import Identity, MinMax, Piecewise, Step, clamp

from .data import PossiblePlaces

Span = tuple[Fraction, Fraction]  # lowest, highest
Value = tuple[str, str]  # nominee, leaf


@dataclass(frozen=True, slots=True)
class _Open:
    """What can still be entered: marks, and figures of other sources."""

    cells: frozenset[Cell]
    values: frozenset[Value]


def _open(problem: Problem) -> _Open:
    cells, values = set(), set()
    for nominee in problem.nominees:
        if nominee in problem.disqualified:
            continue
        out = problem.leaves_out(nominee)
        for leaf in problem.rubric.leaves:
            if leaf.id in out:
                continue
            if leaf.kind != PANEL:
                values.add((nominee, leaf.id))
                continue
            cells |= {(seat, nominee, leaf.id) for seat in problem.judges if (seat, nominee) not in problem.recusals}
    return _Open(
        frozenset(cells - problem.scores.keys() - problem.states.keys()), frozenset(values - problem.values.keys())
    )


def possible_places(problem: Problem, result: Result) -> PossiblePlaces:
    """(best, worst) place of every nominee, None for those that cannot be ranked; exact.

    Places count everybody above (1-2-2-4). Best: those whose lowest score is above this nominee's highest are ahead;
    worst: those whose highest is at least this nominee's lowest. A nominee that has no total yet but can get one may
    be ahead of others, never must. With nothing open the official places. Every open cell counts as still to come: a
    sheet that stays incomplete for good is to be closed by a state.
    """
    still = _open(problem)
    if not still.cells and not still.values:
        places = {row.nominee: None if row.place is None else (row.place, row.place) for row in result.standings}
        return PossiblePlaces(places, 0, 0)
    spans = _spans(problem, still)
    lows = sorted(spans[name][0] for name in result.order)
    highs = sorted(high for _, high in spans.values())
    found = {name: _between(spans[name], lows, highs) if name in spans else None for name in problem.nominees}
    return PossiblePlaces(found, len(still.cells), len(still.values))


def _between(own: Span, lows: Sequence[Fraction], highs: Sequence[Fraction]) -> tuple[int, int]:
    """(best, worst); ``lows`` of those ranked now, ``highs`` of all that can be ranked, both rising, with its own."""
    low, high = own
    ahead = len(lows) - bisect_right(lows, high)
    perhaps_with_itself = len(highs) - bisect_left(highs, low)
    return 1 + ahead, perhaps_with_itself


def _spans(problem: Problem, still: _Open) -> dict[str, Span]:
    """Nominee -> lowest and highest official score; only those that can be ranked."""
    prepared = _without_peers(problem, still)
    low, high = (tabulate(_completed(prepared, still, end)).by_nominee for end in (0, 1))
    found = {}
    for name in problem.nominees:
        lowest, highest = low[name].official, high[name].official
        if lowest is not None and highest is not None:
            found[name] = (lowest, highest)
    return found


def _without_peers(problem: Problem, still: _Open) -> Problem:
    """The same problem with every indicator's figure replaced by its score, so that completing moves no peer."""
    indicators = {leaf.id: leaf for leaf in problem.rubric.leaves if leaf.kind == INDICATOR}
    peers: dict[str, list[Fraction]] = {leaf: [] for leaf in indicators}
    for (nominee, leaf), figure in problem.values.items():
        if leaf in indicators and nominee not in problem.disqualified:
            peers[leaf].append(figure)
    values = dict(problem.values)
    for (nominee, leaf), figure in problem.values.items():
        transform = indicators[leaf].transform if leaf in indicators else None
        if transform is not None:
            values[nominee, leaf] = transform.score(figure, peers[leaf])
    return replace(problem, rubric=_plain(problem.rubric), values=values)


def _plain(rubric: Rubric) -> Rubric:
    """The rubric with indicators that are their own score; how far they reach stays known by ``_reach``."""

    def plain(node: Criterion) -> Criterion:
        if node.is_branch:
            return replace(node, children=tuple(plain(child) for child in node.children))
        return replace(node, transform=_Reached(*_reach(node))) if node.kind == INDICATOR else node

    return Rubric(plain(rubric.root))


@dataclass(frozen=True, slots=True)
class _Reached(Identity):
    """The figure is the score already; ``low`` and ``high`` are what the transform could give."""

    low: Fraction = ZERO
    high: Fraction = HUNDRED
    by_peers: bool = False


def _reach(leaf: Criterion) -> tuple[Fraction, Fraction, bool]:
    """(lowest, highest score of the transform, does it depend on the peers)."""
    transform = leaf.transform
    if isinstance(transform, Piecewise):
        scores = [clamp(score) for _, score in transform.knots]
        return min(scores), max(scores), False
    if isinstance(transform, Step):
        scores = [clamp(score) for score in (transform.below, *(score for _, score in transform.steps))]
        return min(scores), max(scores), False
    return ZERO, HUNDRED, isinstance(transform, MinMax)


def _completed(problem: Problem, still: _Open, end: int) -> Problem:
    """Everything open filled with its lowest (``end`` 0) or highest (1) score."""
    by_id = problem.rubric.by_id
    scores = dict(problem.scores) | {cell: _bounds(by_id[cell[2]])[end] for cell in still.cells}
    values = dict(problem.values) | {(name, leaf): _bounds(by_id[leaf])[end] for name, leaf in still.values}
    unsure = {leaf for _, leaf in still.values if isinstance(by_id[leaf].transform, _Reached)}
    for leaf in unsure:
        transform = by_id[leaf].transform
        if isinstance(transform, _Reached) and transform.by_peers:
            values |= {key: (ZERO, HUNDRED)[end] for key in values if key[1] == leaf}
    return replace(problem, scores=scores, values=values)


def _bounds(leaf: Criterion) -> Span:
    """Lowest and highest that can be entered."""
    if isinstance(leaf.transform, _Reached):
        return leaf.transform.low, leaf.transform.high
    scale = leaf.scale
    if scale.step is None:
        return scale.minimum, scale.maximum
    return scale.minimum, scale.minimum + (scale.maximum - scale.minimum) // scale.step * scale.step
