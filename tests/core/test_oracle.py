"""The engine against an independent tabulation on hundreds of random documents."""

from collections import Counter
from fractions import Fraction
from functools import cache

import pytest

from judging.core import package
from judging.core.policy import PLAIN_STEPS
from judging.core.tabulation import tabulate

from .documents import random_document
from .oracle import Oracle

CASES = 300
measured: Counter[str] = Counter()  # steps of the chain that compared a group


@cache
def compared(seed):
    """The engine's answer in the shape of the oracle's."""
    document = random_document(seed)
    result = tabulate(package.read(document))
    measured.update(step.step for tie in result.ties for step in tie.comparisons if step.values)
    answer = package.answer(result)
    rows = {
        name: (
            row["reason"],
            row.get("final_exact"),
            None if row["final"] is None else Fraction(row["final"]),
            row["rank"],
            row["award"],
        )
        for name, row in answer["nominees"].items()
    }
    return rows, [list(group) for group in answer["unresolved_ties"]], answer["needs_decision"]


@pytest.mark.parametrize("start", range(0, CASES, 60))
def test_random_documents_equal_the_oracle(start):
    for seed in range(start, start + 60):
        assert compared(seed) == Oracle(random_document(seed)).run(), f"seed {seed}"


def test_random_documents_cover_what_they_should():
    seen: Counter[str] = Counter()
    for seed in range(CASES):
        document = random_document(seed)
        rows, ties, decision = compared(seed)
        seen.update((reason or "ranked").partition(":")[0] for reason, *_ in rows.values())
        seen.update(unresolved=bool(ties), decision=decision, na=bool(document["not_applicable"]))
        seen.update(methods=bool(document["policy"]["panel_methods"]))
        seen.update(f"{document['policy']['panel_level']}-{document['policy']['rounding']['at']}" for _ in "1")
    wanted = (
        "ranked disqualified insufficient_scores missing_value unresolved decision na methods leaf-every judge-final"
    )
    assert {name: seen[name] for name in wanted.split() if seen[name] < 12} == {}
    assert {step: measured[step] for step in PLAIN_STEPS if measured[step] < 12} == {}
