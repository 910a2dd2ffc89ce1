"""The workbook's page of marks: one row per nominee and seat, numbers as entered and absences as words.

Where the rules combine whole sheets, the sheet's total stands beside its marks, by formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from judging.core.criteria import PANEL, Criterion
from judging.core.quorum import complete_seats

from . import sheet_formulas as sums
from .cells import CHECK, FIRST_ROW, entered, formula, start_page, words
from .data import Mark, SeatSheet
from .sheet_formulas import INCOMPLETE, NO, NOT_APPLICABLE, YES, text
from .workbook_plan import CategoryPlan, LinePlan
from .workbook_working import Key, Working
from .xlsx import Cell, Page, column_name

FIXED = {"nominee": "Nomine", "seat": "Unsur", "member": "Penilai"}
HEADS = {"mark": "Nilai", "counted": "Dihitung", "complete": "Lembar lengkap", "score": "Nilai 0-100"}


def mark_columns(plan: CategoryPlan) -> dict[Key, str]:
    """Return the letter of every column of the page."""
    return {key: column_name(index) for index, key in enumerate(_keys(plan), start=1)}


def _keys(plan: CategoryPlan) -> Iterator[Key]:
    yield from ((name, "") for name in FIXED)
    for leaf in plan.rubric.panel_leaves:
        yield "mark", leaf.id
        yield "counted", leaf.id
    if plan.by_sheets:
        yield "complete", ""
        yield from (("score", leaf.id) for leaf in plan.rubric.panel_leaves)
        yield from (("score", node.id) for node in reversed(plan.rubric.nodes) if node.is_branch)


def write_marks(
    page: Page, plan: CategoryPlan, columns: dict[Key, str], working: Working, title: str, demo_mark: str
) -> None:
    """Fill the page."""
    page.widths, page.rest_width, page.frozen = (42, 36, 36), 17, (2, FIRST_ROW - 1)
    names = {node.id: plan.title_of(node) for node in plan.rubric.nodes}
    heads = [f"{HEADS[what]}: {names[node]}" if node else (FIXED | HEADS)[what] for what, node in columns]
    start_page(page, f"Nilai setiap unsur: {plan.category.sheet.category}", title, demo_mark, heads)
    sheets = iter(plan.category.seat_sheets)
    for line in plan.lines:
        for seat in plan.problem.judges:
            page.add(_Row(page.next_row, plan, columns, working, line, seat).cells(next(sheets)))


class _Row:
    """One seat on one nominee."""

    def __init__(
        self, row: int, plan: CategoryPlan, columns: dict[Key, str], working: Working, line: LinePlan, seat: str
    ) -> None:
        self.row, self.plan, self.columns, self.working = row, plan, columns, working
        self.line, self.seat = line, seat

    def cells(self, sheet: SeatSheet) -> list[Cell | None]:
        cells: list[Cell | None] = [words(sheet.nominee), words(sheet.seat), words(sheet.member)]
        for mark in sheet.marks:
            cells += _mark(mark)
        if not self.line.by_sheets:
            return cells
        nodes = [node for what, node in self.columns if what == "score"]
        return [*cells, self._complete(), *(self._score(self.plan.rubric.by_id[node]) for node in nodes)]

    def _at(self, what: str, node: str) -> str:
        return f"{self.columns[what, node]}{self.row}"

    def _complete(self) -> Cell:
        """A mark on every criterion that applies to the nominee."""
        leaves = self.plan.rubric.panel_leaves
        marks = ",".join(self._at("mark", leaf.id) for leaf in leaves)
        out = "".join(
            f"+IF({self.working.outside('applies', leaf.id, self.line.row)}={text(NO)},1,0)"
            for leaf in leaves
            if leaf.may_be_na
        )
        value = YES if self.seat in complete_seats(self.line.found.seats) else NO
        return formula(f"IF(COUNT({marks}){out}={len(leaves)},{text(YES)},{text(NO)})", value, None)

    def _score(self, node: Criterion) -> Cell:
        if node.is_branch:
            return formula(self._branch(node), self.line.sheets[self.seat][node.id])
        low, high = self.plan.parameters.bounds(node)
        score = sums.scaled(self._at("mark", node.id), low, high, node.scale.normalise)
        found = f"IF({self._at('complete', '')}={text(YES)},{score},{text(INCOMPLETE)})"
        if node.may_be_na:
            applies = self.working.outside("applies", node.id, self.line.row)
            found = f"IF({applies}={text(NO)},{text(NOT_APPLICABLE)},{found})"
        return formula(found, self.line.sheets[self.seat][node.id])

    def _branch(self, node: Criterion) -> str:
        row = self.line.row
        scores = {
            child.id: self._at("score", child.id)
            if child.is_branch or child.kind == PANEL
            else self.working.outside("score", child.id, row)
            for child in node.children
        }
        by = self.working.outside("divisor", node.id, row) if self.plan.needs_divisor(node) else ""
        return self.working.weighted(node, scores, by)


def _mark(mark: Mark) -> tuple[Cell | None, Cell]:
    counted = mark.counted and mark.value is not None
    own = words(mark.state) if mark.value is None else entered(Fraction(mark.value))
    return own, words(YES if counted else NO, CHECK)
