"""Small categories for the tests of firmness; invented names only."""

from judging.core import bulk, package
from judging.core.tabulation import tabulate
from tests.core.documents import SEATS, panel_of


def category(document):
    """(problem, result) of a document."""
    problem = package.read(document)
    return problem, tabulate(problem)


def compiled(document):
    """(compiled, result) of a document."""
    problem, result = category(document)
    return bulk.compile(problem), result


def alike(scores, weights, seats=3, **policy):
    """Every seat gives a nominee the same mark on each criterion: nominee -> marks in the order of the weights."""
    leaves = [f"k{index}" for index in range(len(weights))]
    marks = {
        name: {leaf: [str(mark)] * seats for leaf, mark in zip(leaves, row, strict=True)}
        for name, row in scores.items()
    }
    return panel_of(marks, weights=[str(weight) for weight in weights], **policy)


def one_criterion(rows, **policy):
    """One panel criterion: nominee -> the seats' marks (None: not scored)."""
    return panel_of({name: {"k": row} for name, row in rows.items()}, **policy)


__all__ = ["SEATS", "alike", "category", "compiled", "one_criterion"]
