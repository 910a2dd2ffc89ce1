"""The bulk path equals the official one on random problems, seat by seat and method by method."""

from dataclasses import replace

import pytest

from judging.core import bulk, package
from judging.core.tabulation import tabulate

from .documents import random_document

METHODS = [None, "mean", "median", "trimmed"]


def expected(problem, without, method):
    """What the official path says of the problem itself rewritten."""
    if without is not None:
        problem = replace(
            problem,
            judges=tuple(seat for seat in problem.judges if seat != without),
            scores={cell: mark for cell, mark in problem.scores.items() if cell[0] != without},
            states={cell: state for cell, state in problem.states.items() if cell[0] != without},
            recusals=frozenset(pair for pair in problem.recusals if pair[0] != without),
        )
    if method is not None:
        problem = replace(problem, policy=replace(problem.policy, panel_method=method, panel_methods=()))
    return tabulate(problem)


@pytest.mark.parametrize("start", range(0, 60, 20))
def test_every_run_equals_the_official_tabulation(start):
    for seed in range(start, start + 20):
        problem = package.read(random_document(seed))
        compiled = bulk.compile(problem)
        for without in (None, *problem.judges):
            method = METHODS[(seed + len(without or "")) % 4]
            found, official = compiled.run(without=without, method=method), expected(problem, without, method)
            assert found.groups == official.groups, f"seed {seed} without {without} by {method}"
            assert found.places == {row.nominee: row.place for row in official.standings}
            exact = {row.nominee: row.exact for row in official.standings}
            assert {name: found.total(name) for name in exact} == exact
