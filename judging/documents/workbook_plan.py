"""Where everything of one category stands in the workbook, and the values that the formulas have as written.

The values come from the core (panel methods, scales, mappings, rounding); only the words that stand for a missing
number and what follows from them up the tree are the workbook's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

from judging.core.aggregation import METHODS
from judging.core.criteria import PANEL, Criterion
from judging.core.evaluation import Evaluation, Evaluator
from judging.core.numbers import rounded
from judging.core.policy import EVERY, FINAL, JUDGE, ZERO_VALUE
from judging.core.quorum import complete_seats

from .cells import FIRST_ROW
from .data import CategoryScores, WorkbookLine
from .sheet_formulas import INCOMPLETE, MISSING, NOT_APPLICABLE, OUTSIDE, SAFE_DIGITS, TOO_FEW
from .workbook_parameters import Parameters
from .xlsx import page_title, quoted

Scored = Fraction | str
"""A number on 0-100, or the word that stands in its place."""


@dataclass(frozen=True)
class LinePlan:
    """One nominee: its row on the page of workings, its block of rows on the page of marks, and its values."""

    line: WorkbookLine
    row: int
    first_mark: int
    last_mark: int
    found: Evaluation
    is_ranked: bool
    is_exception: bool
    by_sheets: bool
    panel: Mapping[str, Fraction] = field(default_factory=dict)
    scores: Mapping[str, Scored] = field(default_factory=dict)
    sheets: Mapping[str, Mapping[str, Scored]] = field(default_factory=dict)


class CategoryPlan:
    """The four pages of one category and the rows of its nominees."""

    def __init__(self, category: CategoryScores, number: int, ranking_title: str) -> None:
        self.category, self.problem = category, category.problem
        self.rubric, self.policy = self.problem.rubric, self.problem.policy
        self.evaluator = Evaluator(self.problem)
        self.ranking_title = ranking_title
        self.marks_title = page_title(f"{number} Nilai unsur")
        self.working_title = page_title(f"{number} Hitungan")
        self.parameters_title = page_title(f"{number} Bobot")
        self.parameters = Parameters(self.problem, self.parameters_title)
        self.marks, self.working = quoted(self.marks_title), quoted(self.working_title)
        self.seats = len(self.problem.judges)
        self.by_sheets = self.policy.panel_level == JUDGE
        self.lines = [self._line(index, line) for index, line in enumerate(category.lines)]

    @cached_property
    def may_drop(self) -> frozenset[str]:
        """The nodes that can drop out of a nominee's total: their weight is shared out by formula."""
        found = {leaf.id for leaf in self.rubric.leaves if leaf.may_be_na}
        for node in reversed(self.rubric.nodes):
            if node.is_branch and all(child.id in found or child.weight == 0 for child in node.children):
                found.add(node.id)
        return frozenset(found)

    def needs_divisor(self, branch: Criterion) -> bool:
        """Whether a child of the branch can drop out."""
        return any(child.id in self.may_drop for child in branch.children)

    def title_of(self, node: Criterion) -> str:
        """The name of a criterion."""
        return node.title or node.id

    def _line(self, index: int, line: WorkbookLine) -> LinePlan:
        found = self.evaluator.evaluate(line.key)
        by_sheets = self.by_sheets and bool(found.seats)
        first = FIRST_ROW + index * self.seats
        plan = LinePlan(
            line=line,
            row=FIRST_ROW + index,
            first_mark=first,
            last_mark=first + self.seats - 1,
            found=found,
            is_ranked=line.key not in self.problem.disqualified,
            is_exception=line.key in self.problem.exceptions,
            by_sheets=by_sheets,
            panel={leaf: found.value for leaf, found in self.evaluator.panel(line.key).items()},
        )
        others = {leaf.id: self._other(leaf, plan) for leaf in self.rubric.leaves if leaf.kind != PANEL}
        if not by_sheets:
            panel = {leaf.id: self._panel(leaf, plan) for leaf in self.rubric.panel_leaves}
            return replace(plan, scores=self._up(others | panel, rounds=True))
        sheets = {seat: self._sheet(seat, plan, others) for seat in self.problem.judges}
        return replace(plan, scores=others | self._over_sheets(plan, sheets, others), sheets=sheets)

    def _other(self, leaf: Criterion, plan: LinePlan) -> Scored:
        """The score of a leaf that the panel does not mark."""
        if leaf.id in plan.found.not_applicable:
            return NOT_APPLICABLE
        score = plan.found.leaves.get(leaf.id)
        if score is None:
            return Fraction(0) if self.policy.missing_value == ZERO_VALUE else MISSING
        return self._part(score)

    def _panel(self, leaf: Criterion, plan: LinePlan) -> Scored:
        """The score of a panel leaf over the seats."""
        if leaf.id in plan.found.not_applicable:
            return NOT_APPLICABLE
        if len(plan.found.seats[leaf.id]) < self.needed(plan):
            return TOO_FEW
        return self._part(plan.found.leaves[leaf.id])

    def needed(self, plan: LinePlan) -> int:
        """The quorum of one nominee."""
        return 1 if plan.is_exception else max(self.policy.min_scores, 1)

    def _part(self, score: Fraction) -> Fraction:
        rule = self.policy.rounding
        return rounded(score, rule.places, rule.mode) if rule.at == EVERY else score

    def _up(self, leaves: Mapping[str, Scored], *, rounds: bool) -> dict[str, Scored]:
        """Every node's score from those of the leaves."""
        scores = dict(leaves)
        for node in reversed(self.rubric.nodes):
            if node.is_branch:
                scores[node.id] = self._branch(node, scores, rounds=rounds)
        return scores

    def _branch(self, node: Criterion, scores: Mapping[str, Scored], *, rounds: bool) -> Scored:
        weight = self.divisor_value(node, scores)
        if not weight:
            return NOT_APPLICABLE
        total = Fraction(0)
        for child in node.children:
            score = scores[child.id]
            if score == NOT_APPLICABLE:
                continue
            if isinstance(score, str):
                return INCOMPLETE
            part = child.weight * score / weight
            total += self._part(part) if rounds else part
        return total

    def divisor_value(self, node: Criterion, scores: Mapping[str, Scored]) -> Fraction:
        """The weight of the children that apply."""
        return sum((child.weight for child in node.children if scores[child.id] != NOT_APPLICABLE), Fraction(0))

    def _sheet(self, seat: str, plan: LinePlan, others: Mapping[str, Scored]) -> dict[str, Scored]:
        """Every node's score on one seat's sheet."""
        is_complete = seat in complete_seats(plan.found.seats)
        own: dict[str, Scored] = {}
        for leaf in self.rubric.panel_leaves:
            if leaf.id in plan.found.not_applicable:
                own[leaf.id] = NOT_APPLICABLE
            elif is_complete:
                own[leaf.id] = leaf.scale.to_hundred(self.problem.scores[seat, plan.line.key, leaf.id])
            else:
                own[leaf.id] = INCOMPLETE
        return self._up({**others, **own}, rounds=False)

    def _over_sheets(
        self, plan: LinePlan, sheets: Mapping[str, Mapping[str, Scored]], others: Mapping[str, Scored]
    ) -> dict[str, Scored]:
        """The panel method over the sheets, node by node."""
        found: dict[str, Scored] = {}
        method = METHODS[self.policy.panel_method]
        for node in self.rubric.nodes:
            if node.id in others:
                continue
            if not node.is_branch and node.id in plan.found.not_applicable:
                found[node.id] = NOT_APPLICABLE
                continue
            numbers = {seat: score for seat, own in sheets.items() if not isinstance(score := own[node.id], str)}
            absent = NOT_APPLICABLE if any(own[node.id] == NOT_APPLICABLE for own in sheets.values()) else INCOMPLETE
            found[node.id] = method.combine(numbers, self.policy.panel).value if numbers else absent
        return found

    def status(self, plan: LinePlan) -> str:
        """Why a nominee has no total; empty when it has one."""
        leaves = [plan.scores[leaf.id] for leaf in self.rubric.leaves]
        if not plan.is_ranked:
            return OUTSIDE
        if plan.scores[self.rubric.root.id] == NOT_APPLICABLE:
            return NOT_APPLICABLE
        if TOO_FEW in leaves or (plan.by_sheets and self.sheet_count(plan) < self.needed(plan)):
            return TOO_FEW
        return MISSING if MISSING in leaves else ""

    def sheet_count(self, plan: LinePlan) -> int:
        """The sheets with a total."""
        root = self.rubric.root.id
        return sum(not isinstance(own[root], str) for own in plan.sheets.values())

    def deciding(self, plan: LinePlan) -> Scored:
        """The number that ranks, or nothing."""
        total = plan.scores[self.rubric.root.id]
        if self.status(plan) or isinstance(total, str):
            return ""
        rule = self.policy.rounding
        return rounded(total, rule.places, rule.mode) if rule.at == FINAL else rounded(total, SAFE_DIGITS)

    def official(self, plan: LinePlan) -> Scored:
        """The printed official score, or nothing."""
        value, rule = self.deciding(plan), self.policy.rounding
        return value if isinstance(value, str) else rounded(value, rule.places, rule.mode)
