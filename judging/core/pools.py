"""An award over several categories that share a rubric: one problem assembled from theirs, tabulated like any."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from .policy import Policy
from .problem import Problem, check
from .refusals import Refusal
from .result import Result
from .rubric import content_hash

ALL, FIRSTS = "all", "firsts"
MODES: Final = (ALL, FIRSTS)


class PoolCannotBeFormed(Refusal):
    """Categories without a common rubric, or no category at all."""

    code = "pool"


def pooled_problem(
    problems: Sequence[Problem],
    results: Sequence[Result],
    mode: str = ALL,
    *,
    policy: Policy | None = None,
    title: str = "",
) -> Problem:
    """One problem over several categories: ``all`` their nominees, or only the ``firsts`` of each result.

    All share one rubric version (by content hash). A first place that is shared and still undecided brings in all
    who share it. The rules are ``policy``, else those of the first category without its chair decisions (these were
    about other ties). Nominees outside the ranking stay outside. Figures relative to peers are relative to the pool.
    Raises ``PoolCannotBeFormed``, or ``duplicate_id`` when a nominee is in two of the categories.
    """
    if not problems or len(problems) != len(results) or mode not in MODES:
        raise PoolCannotBeFormed("", "a pool needs categories, a result for each, and a mode")
    if len({content_hash(problem.rubric) for problem in problems}) != 1:
        raise PoolCannotBeFormed("tree", "the categories of a pool share one rubric version")
    chosen = [
        nominee
        for problem, result in zip(problems, results, strict=True)
        for nominee in (problem.nominees if mode == ALL else (result.groups or ((),))[0])
    ]
    pooled = _union(problems, chosen, policy or _without_chair(problems[0].policy), title)
    check(pooled)
    return pooled


def _without_chair(policy: Policy) -> Policy:
    return replace(policy, chair=())


def _union(problems: Iterable[Problem], chosen: Sequence[str], policy: Policy, title: str) -> Problem:
    problems, members = list(problems), frozenset(chosen)
    return Problem(
        rubric=problems[0].rubric,
        judges=tuple(dict.fromkeys(judge for problem in problems for judge in problem.judges)),
        nominees=tuple(chosen),
        policy=policy,
        scores={cell: mark for problem in problems for cell, mark in problem.scores.items() if cell[1] in members},
        recusals=frozenset(pair for problem in problems for pair in problem.recusals if pair[1] in members),
        values={key: value for problem in problems for key, value in problem.values.items() if key[0] in members},
        disqualified=members & frozenset(name for problem in problems for name in problem.disqualified),
        not_applicable=frozenset(pair for problem in problems for pair in problem.not_applicable if pair[0] in members),
        states={cell: state for problem in problems for cell, state in problem.states.items() if cell[1] in members},
        exceptions=members & frozenset(name for problem in problems for name in problem.exceptions),
        title=title,
    )
