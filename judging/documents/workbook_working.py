"""The workbook's page of workings: one row per nominee from the marks to the place, every step a formula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from judging.core.criteria import INDICATOR, PANEL, Criterion
from judging.core.policy import EVERY, FINAL, ZERO_VALUE
from judging.core.transforms import Identity, Linear, MinMax, Piecewise, Step

from . import sheet_formulas as sums
from .cells import FIRST_ROW, entered, formula, start_page, words
from .sheet_formulas import INCOMPLETE, MISSING, NO, NOT_APPLICABLE, OUTSIDE, TOO_FEW, YES, text
from .workbook_plan import CategoryPlan, LinePlan, Scored
from .xlsx import Cell, Page, column_name

Key = tuple[str, str]  # what, of which node
FIXED_HEADS = {"name": "Nomine", "ranked": "Ikut peringkat", "exception": "Pengecualian kuorum"}
LAST_HEADS = {
    "status": "Sebab tanpa nilai",
    "deciding": "Nilai penentu peringkat",
    "official": "Nilai resmi (rumus)",
    "distinct": "Nilai berbeda",
    "place": "Peringkat (rumus)",
}
NODE_HEADS = {
    "applies": "Berlaku",
    "n": "n",
    "panel": "Gabungan panel",
    "count": "Jumlah",
    "base": "Dasar",
    "figure": "Angka",
    "peer": "Pembanding",
    "divisor": "Bobot berlaku",
    "sheets": "n lembar",
    "score": "Nilai 0-100",
}


class Working:
    """The columns of the page; other pages ask where a number stands."""

    def __init__(self, plan: CategoryPlan, marks: Mapping[Key, str]) -> None:
        self.plan, self.parameters = plan, plan.parameters
        self.mark_columns = marks
        self.keys = list(self._keys())
        self.letters = {key: column_name(index) for index, key in enumerate(self.keys, start=1)}
        self.last = FIRST_ROW + max(len(plan.lines), 1) - 1

    def _keys(self) -> Iterator[Key]:
        yield from ((name, "") for name in FIXED_HEADS)
        for leaf in self.plan.rubric.leaves:
            yield from ((name, leaf.id) for name in self._leaf_keys(leaf))
        if self.plan.by_sheets:
            yield "sheets", ""
        for branch in reversed(self.plan.rubric.nodes):
            if branch.is_branch:
                if self.plan.needs_divisor(branch):
                    yield "divisor", branch.id
                yield "score", branch.id
        for name in LAST_HEADS:
            if name != "distinct" or self.plan.policy.ranking == "1223":
                yield name, ""

    def _leaf_keys(self, leaf: Criterion) -> Iterator[str]:
        if leaf.may_be_na:
            yield "applies"
        if leaf.kind == PANEL:
            yield "n"
            if not self.plan.by_sheets:
                yield "panel"
        elif leaf.kind == INDICATOR:
            if any(leaf.id in line.line.counts for line in self.plan.lines):
                yield from ("count", "base")
            yield "figure"
            if isinstance(leaf.transform, MinMax):
                yield "peer"
        else:
            yield "figure"
        yield "score"

    def at(self, what: str, node: str, row: int) -> str:
        """A cell of this page, as its own formulas write it."""
        return f"{self.letters[what, node]}{row}"

    def outside(self, what: str, node: str, row: int) -> str:
        """The same cell, as formulas of other pages write it."""
        return f"{self.plan.working}{self.at(what, node, row)}"

    def column(self, what: str, node: str = "") -> str:
        """All nominees' cells of a column."""
        letter = self.letters[what, node]
        return f"${letter}${FIRST_ROW}:${letter}${self.last}"

    def write(self, page: Page, heading: str, title: str, demo_mark: str) -> None:
        """Fill the page."""
        page.widths, page.rest_width, page.frozen = (42, 11, 15), 16, (1, FIRST_ROW - 1)
        names = {node.id: self.plan.title_of(node) for node in self.plan.rubric.nodes}
        heads = [self._head(what, names.get(node, "")) for what, node in self.keys]
        start_page(page, heading, title, demo_mark, heads)
        for line in self.plan.lines:
            page.add(self._cell(what, node, line) for what, node in self.keys)

    def _head(self, what: str, name: str) -> str:
        if not name:
            return (FIXED_HEADS | LAST_HEADS | NODE_HEADS)[what]
        return f"{NODE_HEADS[what]}: {name}"

    def _cell(self, what: str, node: str, line: LinePlan) -> Cell | None:
        """One cell by what it holds."""
        if not node:
            return getattr(self, f"_{what}")(line)  # type: ignore[no-any-return]
        criterion = self.plan.rubric.by_id[node]
        if what == "score" and criterion.is_branch:
            return self._branch(criterion, line)
        return getattr(self, f"_leaf_{what}")(criterion, line)  # type: ignore[no-any-return]

    # One nominee

    def _name(self, line: LinePlan) -> Cell:
        return words(line.line.nominee)

    def _ranked(self, line: LinePlan) -> Cell:
        return words(YES if line.is_ranked else NO)

    def _exception(self, line: LinePlan) -> Cell:
        return words(YES if line.is_exception else "")

    def _need(self, line: LinePlan) -> str:
        return f"IF({self.at('exception', '', line.row)}={text(YES)},1,{self.parameters.quorum})"

    def _sheets(self, line: LinePlan) -> Cell | None:
        if not line.by_sheets:
            return None
        return formula(f"COUNT({self._seat_scores(self.plan.rubric.root, line)})", self.plan.sheet_count(line), 0)

    def _status(self, line: LinePlan) -> Cell:
        row = line.row
        scores = [self.at("score", leaf.id, row) for leaf in self.plan.rubric.leaves]
        few = [f"{score}={text(TOO_FEW)}" for score in scores]
        if line.by_sheets:
            few.append(f"{self.at('sheets', '', row)}<{self._need(line)}")
        missing = [f"{score}={text(MISSING)}" for score in scores]
        root = self.at("score", self.plan.rubric.root.id, row)
        found = (
            f"IF({self.at('ranked', '', row)}={text(NO)},{text(OUTSIDE)},"
            f"IF({root}={text(NOT_APPLICABLE)},{text(NOT_APPLICABLE)},"
            f"IF(OR({','.join(few)}),{text(TOO_FEW)},IF(OR({','.join(missing)}),{text(MISSING)},{text('')}))))"
        )
        return formula(found, self.plan.status(line), None)

    def _deciding(self, line: LinePlan) -> Cell:
        rule, root = self.plan.policy.rounding, self.at("score", self.plan.rubric.root.id, line.row)
        number = f"ROUND({root},{sums.SAFE_DIGITS})"
        digits = sums.SAFE_DIGITS
        if rule.at == FINAL:
            number, digits = sums.rounded(root, self.parameters.digits, rule.places, rule.mode), rule.places
        found = f"IF({self.at('status', '', line.row)}={text('')},{number},{text('')})"
        return formula(found, self.plan.deciding(line), digits)

    def _official(self, line: LinePlan) -> Cell:
        rule, deciding = self.plan.policy.rounding, self.at("deciding", "", line.row)
        value = self.plan.official(line)
        if rule.at == FINAL:
            return formula(deciding, value, rule.places)
        number = sums.rounded(deciding, self.parameters.digits, rule.places, rule.mode)
        found = f"IF(ISNUMBER({deciding}),{number},{text('')})"
        return formula(found, value, rule.places)

    def _distinct(self, line: LinePlan) -> Cell:
        own, letter = self.at("deciding", "", line.row), self.letters["deciding", ""]
        is_first = f"COUNTIF(${letter}${FIRST_ROW}:{own},{own})=1"
        found = f"IF(ISNUMBER({own}),IF({is_first},{own},{text('')}),{text('')})"
        value = self.plan.deciding(line)
        return formula(found, value if self.first_rows[value] == line.row else "")

    @cached_property
    def first_rows(self) -> dict[Scored, int]:
        """Deciding number -> the first row that has it."""
        return {self.plan.deciding(line): line.row for line in reversed(self.plan.lines)}

    def _place(self, line: LinePlan) -> Cell:
        style = self.plan.policy.ranking
        letter = self.letters["deciding", ""]
        found = sums.place(
            self.at("deciding", "", line.row),
            self.column("deciding"),
            style,
            distinct=self.column("distinct") if style == "1223" else "",
            before=f"${letter}${FIRST_ROW}:{letter}{line.row}",
        )
        value = self.places[line.row]
        return formula(found, value, 1 if style == "fractional" else 0)

    @cached_property
    def ties(self) -> Counter[Scored]:
        """How many nominees have each deciding number."""
        return Counter(map(self.plan.deciding, self.plan.lines))

    @cached_property
    def places(self) -> dict[int, Scored]:
        """Row -> the place that the formulas give: ties are not broken here."""
        scores = {line.row: self.plan.deciding(line) for line in self.plan.lines}
        numbers = [score for score in scores.values() if not isinstance(score, str)]
        same, order = Counter(numbers), sorted(set(numbers), reverse=True)
        first: dict[Fraction, int] = {}
        start = 1
        for number in order:
            first[number] = start
            start += same[number]
        nth = {score: number for number, score in enumerate(order, start=1)}
        seen: Counter[Fraction] = Counter()
        found: dict[int, Scored] = {}
        for row, score in scores.items():
            if isinstance(score, str):
                found[row] = ""
                continue
            seen[score] += 1
            found[row] = {
                "1224": Fraction(first[score]),
                "1334": Fraction(first[score] + same[score] - 1),
                "1223": Fraction(nth[score]),
                "1234": Fraction(first[score] + seen[score] - 1),
                "fractional": first[score] + Fraction(same[score] - 1, 2),
            }[self.plan.policy.ranking]
        return found

    # One nominee under one leaf

    def _marks(self, leaf: Criterion, line: LinePlan) -> str:
        letter = self.mark_columns["mark", leaf.id]
        return f"{self.plan.marks}${letter}${line.first_mark}:${letter}${line.last_mark}"

    def _seat_scores(self, node: Criterion, line: LinePlan) -> str:
        letter = self.mark_columns["score", node.id]
        return f"{self.plan.marks}${letter}${line.first_mark}:${letter}${line.last_mark}"

    def _leaf_applies(self, leaf: Criterion, line: LinePlan) -> Cell:
        return words(NO if leaf.id in line.found.not_applicable else YES)

    def _leaf_n(self, leaf: Criterion, line: LinePlan) -> Cell:
        if not self.plan.seats:
            return formula("0", 0, 0)
        return formula(f"COUNT({self._marks(leaf, line)})", len(line.found.seats.get(leaf.id, ())), 0)

    def _leaf_panel(self, leaf: Criterion, line: LinePlan) -> Cell | None:
        if not self.plan.seats:
            return None
        count, marks = self.at("n", leaf.id, line.row), self._marks(leaf, line)
        value = line.panel.get(leaf.id, "")
        return formula(f"IF({count}=0,{text('')},{self._method(leaf, marks, count)})", value)

    def _method(self, node: Criterion, cells: str, count: str) -> str:
        policy = self.plan.policy
        method = policy.method_of(node.id) if not self.plan.by_sheets else policy.panel_method
        most = self.plan.seats if policy.panel.trim_min_n <= self.plan.seats else 0
        return sums.panel_value(
            method, cells, count, trim=policy.panel.trim, trim_from=self.parameters.trim_from, most=most
        )

    def _leaf_count(self, leaf: Criterion, line: LinePlan) -> Cell | None:
        return entered(line.line.counts[leaf.id][0]) if leaf.id in line.line.counts else None

    def _leaf_base(self, leaf: Criterion, line: LinePlan) -> Cell | None:
        return entered(line.line.counts[leaf.id][1]) if leaf.id in line.line.counts else None

    def _leaf_figure(self, leaf: Criterion, line: LinePlan) -> Cell | None:
        value = self.plan.problem.values.get((line.line.key, leaf.id))
        if value is None:
            return None
        if leaf.id in line.line.counts:
            count, base = (self.at(what, leaf.id, line.row) for what in ("count", "base"))
            return formula(f"{count}*100/{base}", value)
        return entered(value)

    def _leaf_peer(self, leaf: Criterion, line: LinePlan) -> Cell:
        figure, ranked = self.at("figure", leaf.id, line.row), self.at("ranked", "", line.row)
        value = self.plan.problem.values.get((line.line.key, leaf.id))
        found = f"IF(AND(ISNUMBER({figure}),{ranked}={text(YES)}),{figure},{text('')})"
        return formula(found, value if value is not None and line.is_ranked else "")

    def _leaf_score(self, leaf: Criterion, line: LinePlan) -> Cell:
        row = line.row
        if leaf.kind == PANEL:
            found = self._panel_score(leaf, line)
        else:
            figure = self.at("figure", leaf.id, row)
            absent = "0" if self.plan.policy.missing_value == ZERO_VALUE else text(MISSING)
            found = f"IF(ISNUMBER({figure}),{self._part(self._mapped(leaf, figure))},{absent})"
        if leaf.may_be_na:
            found = f"IF({self.at('applies', leaf.id, row)}={text(NO)},{text(NOT_APPLICABLE)},{found})"
        return formula(found, line.scores[leaf.id])

    def _panel_score(self, leaf: Criterion, line: LinePlan) -> str:
        if not self.plan.by_sheets:
            count, mark = (self.at(what, leaf.id, line.row) for what in ("n", "panel"))
            low, high = self.parameters.bounds(leaf)
            score = self._part(sums.scaled(mark, low, high, leaf.scale.normalise))
            return f"IF({count}<{self._need(line)},{text(TOO_FEW)},{score})"
        return self._over_sheets(leaf, line)

    def _over_sheets(self, node: Criterion, line: LinePlan) -> str:
        """The panel method over the sheets' scores of one node."""
        if not line.by_sheets or not self.plan.seats:
            return text(INCOMPLETE)
        cells = self._seat_scores(node, line)
        absent = text(INCOMPLETE)
        if node.id in self.plan.may_drop:
            absent = f"IF(INDEX({cells},1)={text(NOT_APPLICABLE)},{text(NOT_APPLICABLE)},{absent})"
        return f"IF(COUNT({cells})=0,{absent},{self._method(node, cells, f'COUNT({cells})')})"

    def _part(self, number: str) -> str:
        rule = self.plan.policy.rounding
        return sums.rounded(number, self.parameters.digits, rule.places, rule.mode) if rule.at == EVERY else number

    def _mapped(self, leaf: Criterion, figure: str) -> str:
        """A figure or a verified mark on 0 to 100."""
        point = self.parameters.point
        match leaf.transform:
            case Linear():
                return sums.linear(figure, point(leaf, 0)[0], point(leaf, -1)[0])
            case Piecewise():
                (x_first, y_first), (x_last, y_last) = point(leaf, 0), point(leaf, -1)
                return sums.piecewise(figure, (x_first, x_last), (y_first, y_last))
            case Step():
                (x_first, y_first), (x_last, y_last) = point(leaf, 1), point(leaf, -1)
                return sums.step(figure, point(leaf, 0)[1], (x_first, x_last), (y_first, y_last))
            case MinMax(better, _):
                return sums.minmax(figure, self.column("peer", leaf.id), point(leaf, 0)[1], better)
            case Identity():
                return sums.clamped(figure)
        low, high = self.parameters.bounds(leaf)
        return sums.scaled(figure, low, high, leaf.scale.normalise)

    # One nominee under one branch

    def _leaf_divisor(self, branch: Criterion, line: LinePlan) -> Cell:
        pairs = [(self.parameters.weight(child), self.at("score", child.id, line.row)) for child in branch.children]
        return formula(sums.divisor(pairs), self.plan.divisor_value(branch, line.scores))

    def _branch(self, branch: Criterion, line: LinePlan) -> Cell:
        if line.by_sheets:
            return formula(self._over_sheets(branch, line), line.scores[branch.id])
        scores = {child.id: self.at("score", child.id, line.row) for child in branch.children}
        by = self.at("divisor", branch.id, line.row) if self.plan.needs_divisor(branch) else ""
        return formula(self.weighted(branch, scores, by, self._part), line.scores[branch.id])

    def weighted(
        self, branch: Criterion, scores: Mapping[str, str], divisor: str, part: Callable[[str], str] = str
    ) -> str:
        """The sum of the weighted scores below; ``divisor``: the cell with the weight that applies, if any drops."""
        parts = []
        for child in branch.children:
            score = scores[child.id]
            term = part(f"{self.parameters.weight(child)}*{score}/{divisor or '100'}")
            drops = child.id in self.plan.may_drop
            parts.append(f"IF({score}={text(NOT_APPLICABLE)},0,{term})" if drops else term)
        total = f"IFERROR({'+'.join(parts)},{text(INCOMPLETE)})"
        return f"IF({divisor}=0,{text(NOT_APPLICABLE)},{total})" if divisor else total
