"""A small package of a run for the tests of the verifier; invented names only."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from judging.core import deviation, package, ranking, runs
from judging.core.policy import ChairDecision
from judging.core.tabulation import tabulate
from tests.core.documents import Document, panel_of

RULES = {
    "panel_method": "trimmed",
    "trim": 1,
    "trim_min_n": 5,
    "panel_level": "leaf",
    "min_scores": 3,
    "missing_value": "unranked",
    "rounding": {"places": 2, "mode": "half_up", "at": "final"},
    "tie_break": ["by_weight", "criterion:elsewhere", "chair"],
    "chair": [],
    "ranking": "1224",
    "labels": ["Terbaik I", "Terbaik II", "Terbaik III"],
}
NAMES = {"1": "Desa Alor (contoh)", "2": "Desa Belu (contoh)", "3": "Desa Cakra (contoh)", "4": "Desa Dana (contoh)"}
TIE = runs.Motion("tie", ("3", "2"), 4, 1, 0, "musyawarah (contoh)", "2025-07-01T10:00:00+08:00")
MOVE = runs.Motion("deviation", ("3", "1"), 5, 0, 0, "temuan (contoh)", "2025-07-01T11:00:00+08:00")
EXCEPTION = runs.Motion("quorum", ("3",), 5, 0, 0, "berhalangan (contoh)", "2025-06-30T09:00:00+08:00")


def small_input() -> Document:
    """Four villages, five seats: 2 and 3 tie, 4 is outside the ranking, 3 ranks by an exception from the quorum."""
    found = panel_of(
        {
            "1": {"x": ["90", "80", "85.5", "90", "70"], "y": ["80", "90", "85", None, "77"]},
            "2": {"x": ["80"] * 5, "y": ["80"] * 5},
            "3": {"x": ["80", "80", None, None, None], "y": ["80", "80", None, None, None]},
            "4": {"x": ["99"] * 5, "y": ["99"] * 5},
        },
        recusals=[["ketua", "1"]],
        disqualified=["4"],
        exceptions=["3"],
        states=[["apindo", "1", "y", "absent"]],
    )
    found["policy"] = {**RULES, "tie_break": ["by_weight", "chair"]}
    return package.document(package.read(found))


def run_of(document: Document, *, motions: Sequence[runs.Motion] = (TIE, MOVE), **changes: Any) -> str:
    """The sealed package of one category, counted and decided by the product's own core."""
    problem = package.read(document)
    answer = package.answer(tabulate(problem))
    part = runs.Part(
        kind="category",
        code="desa",
        name="Desa",
        input=document,
        input_sha256=runs.sha256_of(document),
        answer=answer,
        answer_sha256=runs.sha256_of(answer),
        motions=[EXCEPTION, *motions],
        lines=_lines(problem, motions),
        nominees=NAMES,
        seats={judge: f"Unsur {judge}" for judge in problem.judges},
    )
    run = runs.Run(
        scope="2024/53",
        title="Paritrana Award 2024 (contoh)",
        zone="Asia/Makassar",
        is_demo=False,
        number=1,
        engine=answer["engine"],
        software="0.1.0",
        frozen_at="2025-07-01T09:00:00+08:00",
        confirmed_at="2025-07-01T12:00:00+08:00",
        minutes_number="BA.01",
        rules_number=1,
        rules=RULES,
        rules_sha256=runs.sha256_of(RULES),
        head=(944, "ab" * 32),
        parts=[part],
        pending=[],
    )
    return runs.sealed(runs.document(replace(run, **changes)))


def _lines(problem: Any, motions: Sequence[runs.Motion]) -> list[runs.Line]:
    chair = tuple(ChairDecision(motion.order, motion.reason) for motion in motions if motion.kind == "tie")
    decided = replace(problem, policy=replace(problem.policy, chair=chair))
    result = tabulate(decided)
    groups = result.groups
    for motion in motions:
        if motion.kind == "deviation":
            groups = deviation.apply(groups, motion.order)
    places, by_nominee = ranking.places(groups, problem.policy.ranking), result.by_nominee
    labels = problem.policy.labels
    ranked = [
        runs.Line(name, str(place), ranking.title_of(place, labels) or "", by_nominee[name].final or "", "")
        for name, place in places.items()
    ]
    return [*ranked, runs.Line("4", "", "", "", "outside")]


def small_run(**changes: Any) -> str:
    """The package of :func:`small_input` with a settled tie, a deviation and an exception."""
    return run_of(small_input(), **changes)
