"""Two runs of a round side by side: frozen ones, or a frozen one against the closed sheets as they stand now.

Compared are the computed results: the plenary's orders and deviations stand beside a run, not in it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from judging.core import package
from judging.core.comparison import Comparison, compare
from judging.core.problem import Problem
from judging.core.tabulation import tabulate
from judging.models import Seat, Tabulation
from nominees.models import Category, Nomination, Pool, PoolMode, Round

from .tabulations import key_of, pool_problem, problems_of, rules_of

#: What the live state is called where a run has its number.
LIVE: Final = "kini"

Subject = tuple[str, int]
Side = dict[Subject, tuple[Category | Pool, Problem]]


@dataclass(frozen=True, slots=True)
class PartComparison:
    """One category or pool; ``found`` is None where it is in one of the runs only (``only``: before or after)."""

    subject: Category | Pool
    found: Comparison | None
    only: str = ""


@dataclass(frozen=True, slots=True)
class RunComparison:
    """Both runs (``after`` None: the live state), every part in its order, and the names of what they speak of.

    ``nominees`` by the key of documents, ``seats`` by code, ``criteria`` by id.
    """

    before: Tabulation
    after: Tabulation | None
    parts: tuple[PartComparison, ...]
    nominees: Mapping[str, str]
    seats: Mapping[str, str]
    criteria: Mapping[str, str]

    @property
    def runs(self) -> tuple[Tabulation, Tabulation | None]:
        """Both sides, the earlier first."""
        return self.before, self.after


def runs_of(round: Round) -> list[Tabulation]:
    """Return every frozen run of ``round``, oldest first, the superseded ones as well. One query."""
    return list(Tabulation.objects.filter(round=round).select_related("rules", "frozen_by").order_by("number"))


def compare_runs(round: Round, before: Tabulation, after: Tabulation | None) -> RunComparison:
    """Return what changed from ``before`` to ``after`` (None: to the sheets as they stand now), part by part.

    The number of queries does not depend on the number of nominees. A pool of firsts has no live state: it follows the
    decision. Raises what ``problems_of`` raises for the live state.
    """
    old = _frozen(before)
    new = _frozen(after) if after else _live(round)
    subjects = {key: subject for side in (old, new) for key, (subject, _) in side.items()}
    order = sorted(subjects, key=lambda key: (key[0], _position(subjects[key])))
    pairs = [(subjects[key], old.get(key), new.get(key)) for key in order]
    problems = [problem for side in (old, new) for _, problem in side.values()]
    nominations = Nomination.objects.filter(round=round).select_related("nominee__region")
    return RunComparison(
        before=before,
        after=after,
        parts=tuple(
            _part(subject, one and one[1], other and other[1])
            for subject, one, other in pairs
            if other or after or not _waits(subject)
        ),
        nominees={key_of(row): str(row) for row in nominations},
        seats=dict(Seat.objects.filter(round=round).values_list("code", "name")),
        criteria={node.id: node.title or node.id for problem in problems for node in problem.rubric.nodes},
    )


def _waits(subject: Category | Pool) -> bool:
    """A pool of firsts is formed by the decision."""
    return isinstance(subject, Pool) and subject.mode == PoolMode.FIRSTS


def _part(subject: Category | Pool, before: Problem | None, after: Problem | None) -> PartComparison:
    if before is None or after is None:
        return PartComparison(subject, None, only="before" if before else "after")
    result = tabulate(before)
    return PartComparison(subject, compare(before, result, after, result if before == after else tabulate(after)))


def _frozen(tabulation: Tabulation) -> Side:
    """What each part of a frozen run rests on."""
    found: Side = {}
    for part in tabulation.parts.select_related("category", "pool"):
        subject = part.category or part.pool
        if subject is not None:
            found[_key(subject)] = subject, package.read(json.loads(part.input))
    return found


def _live(round: Round) -> Side:
    """The same for the sheets as they stand now; pools over all nominees only."""
    problems = {category.pk: (category, problem) for category, _, problem in problems_of(round)}
    found: Side = {_key(category): (category, problem) for category, problem in problems.values()}
    rules = rules_of(round)
    for pool in round.pools.filter(mode=PoolMode.ALL).prefetch_related("categories"):
        members = [problems[category.pk][1] for category in pool.categories.all()]
        results = [tabulate(problem) for problem in members]
        found[_key(pool)] = pool, pool_problem(pool, members, results, rules)
    return found


def _key(subject: Category | Pool) -> Subject:
    return ("category" if isinstance(subject, Category) else "pool", subject.pk)


def _position(subject: Category | Pool) -> tuple[int, str]:
    return (subject.position if isinstance(subject, Category) else 0, subject.code)
