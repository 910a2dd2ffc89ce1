"""Whoever has the sheet alone computes the total again: from its printed strings, for any problem and any rules."""

import random
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

from judging.core import package
from judging.core.problem import Problem
from judging.core.result import Standing
from judging.core.tabulation import tabulate
from judging.core.working import rows_of
from judging.documents import explanation_samples as samples
from judging.documents.explanation_data import ExplainedSheetTotal
from judging.documents.explanation_sheet import sheet_values
from judging.selectors.explanations import Step
from judging.selectors.papers.explanation import criteria_of
from tests.core.documents import leaves_of, random_document

MODES = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN, "down": ROUND_DOWN, "up": ROUND_UP}


def _printed(problem: Problem, standing: Standing) -> dict[str, Any]:
    """The strings of the sheet of one nominee, and nothing else."""
    steps = [
        Step(
            node=row.node,
            depth=row.depth,
            share=row.share,
            points=None,
            conversion=row.conversion,
            scale=row.scale,
            cells=(),
            entries=(),
            indicator=None,
        )
        for row in rows_of(problem, standing)
    ]
    sheet = replace(
        samples.explanation_sheet(),
        level=problem.policy.panel_level,
        seats=problem.judges,
        criteria=criteria_of(steps, problem.policy),
        sheet_totals=tuple(
            ExplainedSheetTotal(seat=problem.judges.index(one.seat) + 1, total=one.total, dropped=one.dropped)
            for one in standing.sheets
        ),
        exact=standing.exact,
        official_score=Decimal(standing.final or "0"),
    )
    return sheet_values(sheet)


def _read(text: str) -> Fraction:
    """A printed number; where its fraction is printed before the rounded decimals, that."""
    text = text.strip("()[]").replace("\N{MINUS SIGN}", "-").removeprefix("= ").split(" ≈ ")[0]
    text = text.removeprefix("≈ ").strip()
    if "/" in text:
        return Fraction(text)
    return Fraction(Decimal(text.replace(".", "").replace(",", ".")))


def _close(printed: str, value: Fraction) -> bool:
    """A printed number is the value, or marked as rounded and no further off than half of its last digit."""
    return _read(printed) == value or ("≈" in printed and abs(_read(printed) - value) <= Fraction(1, 2 * 10**6))


def _scored(working: dict[str, str], value: Fraction) -> Fraction:
    """0 to 100, by the printed working."""
    if working["constant"]:
        found = _read(working["constant"])
    else:
        start, base = (_read(working[name]) if working[name] else Fraction(0) for name in ("start", "base"))
        found = base + (value - start) * _read(working["rise"]) / _read(working["run"])
    return _read(working["held"]) if working["held"] else found


def _rounded(value: Fraction, places: int, mode: str) -> Fraction:
    """Rounded as a calculator does that is asked for it: by Decimal, with digits to spare."""
    with localcontext() as context:
        context.prec = 120
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        return Fraction(quotient.quantize(Decimal(1).scaleb(-places), rounding=MODES[mode]))


def _means(printed: dict[str, Any]) -> dict[str, Fraction]:
    """Criterion -> mean of the marks that are neither struck out nor in brackets."""
    found = {}
    for row in printed["panel"]:
        used = [_read(mark["text"]) for mark in row["marks"] if mark["state"] == "used"]
        if row["mean"]:
            assert (_read(row["sum"]), row["divisor"]) == (sum(used), len(used))
            found[row["name"]] = sum(used) / Fraction(len(used))
            assert _close(row["mean"], found[row["name"]])
    return found


def _recomputed_by_leaf(printed: dict[str, Any], places: int, mode: str, every: bool) -> Fraction:
    """The tree from its leaves: a branch is the sum of the rows below it that stand one step further in."""
    means = _means(printed)

    def rounded(value: Fraction) -> Fraction:
        return _rounded(value, places, mode) if every else value

    waiting: dict[int, Fraction] = {}
    for row in reversed(printed["sums"]):
        depth = row["indent"]
        if row["absence"] or not row["score"]:
            continue
        if row["is_branch"]:
            score = waiting.pop(depth + 1)
        else:
            panel = row["name"] in means
            working = row["working"]
            value = means[row["name"]] if panel else _read(working["value"] or "0")
            score = rounded(_scored(working, value))
        assert _close(row["rounded_score"] or row["score"], score)
        part = rounded(score * _read(row["share"]) / 100)
        assert _close(row["part"], part)
        waiting[depth] = waiting.get(depth, Fraction(0)) + part
    return waiting[0]


def _recomputed_by_sheet(printed: dict[str, Any], problem: Problem) -> Fraction:
    """Whole sheets: every seat's marks times their weights, and the part that all seats share."""
    common = Fraction(0)
    for row in printed["sums"]:
        if row["share"]:
            score = _scored(row["working"], _read(row["working"]["value"] or "0"))
            common += score * _read(row["share"]) / 100
    totals = []
    for index, cell in enumerate(printed["sheet_totals"]):
        if cell["state"] == "absent":
            continue
        total = common
        for row in printed["panel"]:
            if row["weight"]:
                leaf = next(each for each in problem.rubric.leaves if each.id == row["name"])
                mark = _read(row["marks"][index]["text"])
                total += leaf.scale.to_hundred(mark) * _read(row["weight"]) / 100
        assert _close(cell["value"], total)
        totals += [total] if cell["state"] == "used" else []
    if not totals:
        return common
    assert len(totals) == printed["total"]["divisor"]
    return sum(totals) / Fraction(len(totals))


def _documents() -> Any:
    """Random documents of every kind, one in three with a method of its own for some criteria."""
    for seed in range(220):
        document = random_document(seed)
        panel = [leaf["id"] for leaf in leaves_of(document["tree"]) if leaf.get("kind", "panel") == "panel"]
        if seed % 3 == 0 and document["policy"]["panel_level"] == "leaf":
            rng = random.Random(seed)  # noqa: S311 - test data, the same every time
            document["policy"]["panel_methods"] = {leaf: rng.choice(["mean", "median", "trimmed"]) for leaf in panel}
        yield document


def test_the_total_and_the_official_score_follow_from_what_is_printed() -> None:
    met: set[str] = set()
    for document in _documents():
        problem = package.read(document)
        policy = problem.policy
        rule = policy.rounding
        for standing in tabulate(problem).standings:
            if not standing.is_ranked:
                continue
            printed = _printed(problem, standing)
            if policy.panel_level == "leaf" or not standing.sheets:
                total = _recomputed_by_leaf(printed, rule.places, rule.mode, rule.at == "every")
            else:
                total = _recomputed_by_sheet(printed, problem)
            assert _close(printed["total"]["exact"], total)
            assert total == standing.exact
            official = _rounded(total, rule.places, rule.mode)
            assert _read(printed["official_score"]) == official
            met |= {policy.panel_method, policy.panel_level, rule.at, rule.mode}
            met |= {row["method"] for row in printed["panel"]} | {each["code"] for each in printed["letters"]}
    assert met >= {"mean", "median", "trimmed", "leaf", "judge", "none", "final", "every", "half_even", "down", "up"}
    assert met >= {"rata-rata", "rata-rata terpangkas", "TB", "BK", "BI"}


def test_a_changed_mark_on_the_paper_no_longer_gives_the_total() -> None:
    problem = package.read(random_document(4, gaps=False))
    standing = next(
        each for each in tabulate(problem).standings if each.is_ranked and problem.policy.panel_level == "leaf"
    )
    printed = _printed(problem, standing)
    row = next(each for each in printed["panel"] if each["mean"])
    used = next(mark for mark in row["marks"] if mark["state"] == "used")
    used["text"] = str(_read(used["text"]) + 1)
    changed = {each["name"]: each for each in printed["panel"]}[row["name"]]
    marks = [_read(mark["text"]) for mark in changed["marks"] if mark["state"] == "used"]
    assert not _close(changed["mean"], sum(marks) / Fraction(len(marks)))
