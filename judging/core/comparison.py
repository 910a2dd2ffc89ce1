"""Two tabulations of one competition side by side: what changed in the inputs, what in the results, and why.

Exact throughout. The points by which each criterion moved a nominee, and what rounding or combining whole sheets adds
to them (``rest``), add up to the difference of its exact totals.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from . import rubric as rubrics
from .changes import ORDER_RULES, RULE, Change, bears_on, changes_between, peer_criteria
from .numbers import ZERO
from .problem import Problem
from .result import Result, Standing
from .working import REMAINDER, contributions

#: A nominee that is not ranked stands below everybody who is.
_BELOW = -1


@dataclass(frozen=True, slots=True)
class Part:
    """A criterion's points in the exact total of one nominee, before and after; a criterion that is not there has 0."""

    criterion: str
    title: str
    before: Fraction
    after: Fraction

    @property
    def difference(self) -> Fraction:
        """Points of the total that it gained (negative: lost)."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Line:
    """One nominee in both runs; None where it was not in that run.

    ``parts`` are the criteria whose points moved and ``rest`` what is no single criterion's (only for a nominee with
    a total in both). ``because`` are its own changes, where its score moved also those of others, of the rubric and of
    the rules that bear on it, and where its place moved the rules of order. ``passed_by`` are those whose position
    towards it (above, level, below) got better, ``passed`` those whose position got worse.
    """

    nominee: str
    before: Standing | None
    after: Standing | None
    parts: tuple[Part, ...]
    rest: Fraction
    because: tuple[Change, ...]
    passed_by: tuple[str, ...]
    passed: tuple[str, ...]

    @property
    def difference(self) -> Fraction | None:
        """Difference of the exact totals, in points; None without a total in both runs."""
        old, new = _exact(self.before), _exact(self.after)
        return None if old is None or new is None else new - old

    @property
    def score_changed(self) -> bool:
        """Has another exact or printed total, or has one in one of the runs only."""
        return _score(self.before) != _score(self.after)

    @property
    def place_changed(self) -> bool:
        """Has another place, title or reason for having none, or was in one of the runs only."""
        return _place(self.before) != _place(self.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both runs; ``lines`` in the order of the later one, then those who left. Hashes are (before, after)."""

    changes: tuple[Change, ...]
    lines: tuple[Line, ...]
    rubric: tuple[str, str]
    digests: tuple[str, str]
    engines: tuple[str, str]

    @property
    def rescored(self) -> tuple[Line, ...]:
        """Those whose score differs."""
        return tuple(line for line in self.lines if line.score_changed)

    @property
    def moved(self) -> tuple[Line, ...]:
        """Those whose place or title differs."""
        return tuple(line for line in self.lines if line.place_changed)

    @property
    def is_same(self) -> bool:
        """Nothing differs, neither in the inputs nor in the results."""
        return not self.changes and not self.rescored and not self.moved

    def of_kind(self, kind: str) -> tuple[Change, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.kind == kind)


def compare(before: Problem, before_result: Result, after: Problem, after_result: Result) -> Comparison:
    """What the step from one run to the other changed, and for each nominee why. No tabulation is run."""
    changes = changes_between(before, after)
    peers = peer_criteria(before.rubric, after.rubric)
    old, new = before_result.by_nominee, after_result.by_nominee
    ranks = _ranks(before_result), _ranks(after_result)
    names = [*new, *(name for name in old if name not in new)]
    return Comparison(
        changes=changes,
        lines=tuple(
            _line(name, (before, old.get(name)), (after, new.get(name)), changes, peers, ranks) for name in names
        ),
        rubric=(rubrics.content_hash(before.rubric), rubrics.content_hash(after.rubric)),
        digests=(before_result.digest, after_result.digest),
        engines=(before_result.engine, after_result.engine),
    )


def _line(
    name: str,
    old: tuple[Problem, Standing | None],
    new: tuple[Problem, Standing | None],
    changes: tuple[Change, ...],
    peers: frozenset[str],
    ranks: tuple[Mapping[str, int], Mapping[str, int]],
) -> Line:
    before, after = old[1], new[1]
    parts = _parts(_points(*old), _points(*new), old[0], new[0])
    exact = _exact(before), _exact(after)
    rest = ZERO
    if exact[0] is not None and exact[1] is not None:
        rest = exact[1] - exact[0] - sum((part.difference for part in parts), ZERO)
    moved = {part.criterion for part in parts} if None not in exact else {leaf.id for leaf in new[0].rubric.leaves}
    rescored, replaced = _score(before) != _score(after), _place(before) != _place(after)
    because = tuple(
        change
        for change in changes
        if change.nominee == name
        or (rescored and bears_on(change, name, moved, peers))
        or (replaced and change.kind == RULE and change.field in ORDER_RULES)
    )
    passed_by, passed = _overtaking(name, *ranks)
    return Line(name, before, after, parts if None not in exact else (), rest, because, passed_by, passed)


def _exact(standing: Standing | None) -> Fraction | None:
    return standing.exact if standing else None


def _score(standing: Standing | None) -> tuple[Fraction | None, str | None]:
    return (standing.exact, standing.final) if standing else (None, None)


def _place(standing: Standing | None) -> tuple[Any, ...]:
    return (standing.place, standing.title, standing.reason) if standing else ()


def _points(problem: Problem, standing: Standing | None) -> dict[str, Fraction]:
    """Leaf -> points of the total, before any rounding of the whole."""
    if standing is None or standing.official is None:
        return {}
    found = contributions(problem.rubric, standing)
    return {leaf: points for leaf, points in found.items() if leaf != REMAINDER}


def _parts(
    old: Mapping[str, Fraction], new: Mapping[str, Fraction], before: Problem, after: Problem
) -> tuple[Part, ...]:
    nodes = before.rubric.by_id | after.rubric.by_id  # type: ignore[operator]
    return tuple(
        Part(leaf, nodes[leaf].title, old.get(leaf, ZERO), new.get(leaf, ZERO))
        for leaf in dict.fromkeys((*new, *old))
        if old.get(leaf, ZERO) != new.get(leaf, ZERO)
    )


def _ranks(result: Result) -> dict[str, int]:
    """Nominee -> how many groups stand below its own; the style of counting places does not matter here."""
    return {name: nth for nth, group in enumerate(reversed(result.groups)) for name in group}


def _overtaking(
    name: str, before: Mapping[str, int], after: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those whose position towards ``name`` (above, level, below) got better, and those whose position got worse."""
    better, worse = [], []
    for other in sorted((before.keys() | after.keys()) - {name}):
        was = _sign(before.get(other, _BELOW) - before.get(name, _BELOW))
        now = _sign(after.get(other, _BELOW) - after.get(name, _BELOW))
        if now > was:
            better.append(other)
        elif now < was:
            worse.append(other)
    return tuple(better), tuple(worse)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
