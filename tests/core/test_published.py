"""Published results of real juries, reproduced by the engine to the printed digit."""

import json
from pathlib import Path
from typing import Any

import pytest

from judging.core import package
from judging.core.numbers import exact, printed, rounded
from judging.core.result import Result
from judging.core.tabulation import tabulate

GOLDEN = Path(__file__).parent.parent / "golden"
SKATE_AMERICA = json.loads((GOLDEN / "skate-america-2016.json").read_text())


def skating(*, missing_as_zero: bool) -> Result:
    """The pairs short program as one category: five components on 0..10, nine seats, one of which left no marks."""
    components = [f"component-{number}" for number in range(5)]
    leaves = [{"id": name, "weight": "20", "max": "10", "step": "0.25"} for name in components]
    scores = [
        [seat, str(performance["start"]), component, mark]
        for performance in SKATE_AMERICA["performances"]
        for component, marks in zip(components, performance["marks"], strict=True)
        for seat, mark in zip(SKATE_AMERICA["seats"], marks, strict=True)
        if missing_as_zero or mark != "0.0"
    ]
    document = {
        "tree": {"id": "total", "children": leaves},
        "judges": SKATE_AMERICA["seats"],
        "nominees": [str(performance["start"]) for performance in SKATE_AMERICA["performances"]],
        "scores": scores,
        "policy": {"panel_method": "trimmed"},
    }
    return tabulate(package.read(document))


def component_means(result: Result, start: int) -> list[Any]:
    return [node.mean for node in result.by_nominee[str(start)].trace if node.source == "panel"]


@pytest.mark.parametrize("performance", SKATE_AMERICA["performances"], ids=lambda found: f"start-{found['start']}")
def test_skate_america_reproduces_every_component_and_total(performance: dict[str, Any]) -> None:
    means = component_means(skating(missing_as_zero=False), performance["start"])
    assert [printed(mean, 2) for mean in means] == [
        printed(exact(score, ""), 2) for score in performance["panel_scores"]
    ]
    factor = exact(SKATE_AMERICA["factor"], "")
    # Rounded at each stage, as the ISU's rule says: the panel score, then the factored component.
    total = sum(rounded(rounded(mean) * factor) for mean in means)
    assert total == exact(performance["total_component_score"], "")


def test_missing_marks_read_as_zero_reproduce_no_component() -> None:
    wrong = skating(missing_as_zero=True)
    published = [score for found in SKATE_AMERICA["performances"] for score in found["panel_scores"]]
    computed = [mean for found in SKATE_AMERICA["performances"] for mean in component_means(wrong, found["start"])]
    assert len(published) == 40
    assert not any(rounded(mean) == exact(score, "") for mean, score in zip(computed, published, strict=True))


def test_exact_halves_were_published_half_up_not_half_even() -> None:
    right = skating(missing_as_zero=False)
    halves = [
        (mean, exact(score, ""))
        for found in SKATE_AMERICA["performances"]
        for mean, score in zip(component_means(right, found["start"]), found["panel_scores"], strict=True)
        if (mean * 1000).denominator == 1 and mean * 1000 % 10 == 5
    ]
    assert len(halves) == 5
    assert all(rounded(mean, 2, "half_up") == score for mean, score in halves)
    assert [rounded(mean, 2, "half_even") == score for mean, score in halves].count(False) == 2  # 7.125 -> 7.13


def test_diving_example_drops_two_high_and_two_low() -> None:
    """World Aquatics diving, 6.2 (opensourcesports.io): seven awards, the sum of the middle three times 3.0 is 66.0."""
    awards = ["7.5", "7.0", "7.5", "7.0", "7.5", "8.0", "6.5"]
    seats = [f"judge-{number}" for number in range(1, 8)]
    document = {
        "tree": {"id": "total", "children": [{"id": "dive", "weight": "100", "max": "10", "step": "0.5"}]},
        "judges": seats,
        "nominees": ["diver"],
        "scores": [[seat, "diver", "dive", award] for seat, award in zip(seats, awards, strict=True)],
        "policy": {"panel_method": "trimmed", "trim": 2},
    }
    (standing,) = tabulate(package.read(document)).standings
    dive = standing.trace[1]
    assert dive.total is not None
    assert (dive.total, dive.divisor, dive.total * 3) == (22, 3, 66)
    assert sorted(mark.seat for mark in dive.marks if mark.dropped) == ["judge-2", "judge-5", "judge-6", "judge-7"]


@pytest.mark.parametrize(("level", "final"), [("leaf", "80.00"), ("judge", "78.33")])
def test_trimming_criteria_or_whole_sheets_are_two_rules(level: str, final: str) -> None:
    """docs/scoring.md: marks (100, 50), (50, 100) and three times (80, 80)."""
    sheets = [("100", "50"), ("50", "100"), ("80", "80"), ("80", "80"), ("80", "80")]
    seats = [f"seat-{number}" for number in range(1, 6)]
    document = {
        "tree": {"id": "total", "children": [{"id": "one", "weight": "50"}, {"id": "two", "weight": "50"}]},
        "judges": seats,
        "nominees": ["nominee"],
        "scores": [
            [seat, "nominee", leaf, mark]
            for seat, sheet in zip(seats, sheets, strict=True)
            for leaf, mark in zip(("one", "two"), sheet, strict=True)
        ],
        "policy": {"panel_method": "trimmed", "panel_level": level},
    }
    (standing,) = tabulate(package.read(document)).standings
    assert standing.final == final
