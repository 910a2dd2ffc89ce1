"""The workbook's page of weights, scales and rules: every number that the formulas take from elsewhere than marks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from judging.core.criteria import INDICATOR, PANEL, Criterion
from judging.core.policy import EVERY, FINAL, JUDGE, ZERO_VALUE
from judging.core.problem import Problem
from judging.core.transforms import Identity, Linear, MinMax, Piecewise, Step

from .cells import FIRST_ROW, HEAD, STRONG, entered, formula, start_page, words
from .sheet_formulas import NO, YES
from .xlsx import Cell, Page, quoted

METHODS: Final = {"mean": "rata-rata", "median": "median", "trimmed": "rata-rata terpangkas"}
MODES: Final = {
    "half_up": "setengah ke atas",
    "half_even": "setengah ke angka genap",
    "down": "ke bawah",
    "up": "ke atas",
}
KINDS: Final = {"panel": "nilai panel", "secretariat": "nilai sekretariat", "indicator": "indikator"}
MAPPINGS: Final = {
    "identity": "angka adalah nilai",
    "linear": "garis lurus",
    "piecewise": "garis antartitik",
    "step": "bertangga",
    "minmax": "terhadap nomine lain",
}
RULE_HEADS: Final = ("Ketentuan", "Nilai")
TREE_HEADS: Final = (
    "Kriteria",
    "Bobot di bawah induknya",
    "Induk",
    "Sumber",
    "Terendah",
    "Tertinggi",
    "Menjadi 0-100",
    "Cara menggabung",
    "Boleh tidak berlaku",
    "Kode",
)
MAPPING_HEADS: Final = ("Indikator", "Angka", "Nilai", "Pemetaan")
TRIM, TRIM_FROM, QUORUM, DIGITS = 2, 3, 4, 5  # rows of the table of rules, counted from 1


class Parameters:
    """Where each number stands on the page; formulas of the other pages ask here."""

    def __init__(self, problem: Problem, title: str) -> None:
        self.problem = problem
        self.rubric, self.policy = problem.rubric, problem.policy
        self.sheet = quoted(title)
        self.rules = list(self._rules())
        self.first_node = FIRST_ROW + len(self.rules) + 2
        self.node_rows = {node.id: self.first_node + index for index, node in enumerate(self.rubric.nodes)}
        self.first_point = self.first_node + len(self.node_rows) + 2
        self.points: list[tuple[Criterion, Fraction | None, Fraction, str]] = []
        self.point_rows: dict[str, tuple[int, int]] = {}
        for leaf in self.rubric.leaves:
            rows = list(_points(leaf))
            if rows:
                start = self.first_point + len(self.points)
                self.point_rows[leaf.id] = (start, start + len(rows) - 1)
            self.points += [(leaf, *row) for row in rows]

    def _rules(self) -> Iterator[tuple[str, int | str]]:
        policy, rounding = self.policy, self.policy.rounding
        at = {FINAL: "nilai akhir, satu kali", EVERY: "setiap nilai dan bagian"}.get(rounding.at, "hanya untuk dicetak")
        yield "Cara menggabung nilai panel", METHODS.get(policy.panel_method, policy.panel_method)
        yield "Banyak nilai yang dikeluarkan di tiap ujung (tetap)", policy.panel.trim
        yield "Dikeluarkan mulai dari banyak nilai", policy.panel.trim_min_n
        yield "Kuorum: banyak nilai paling sedikit", max(policy.min_scores, 1)
        yield "Angka di belakang koma", rounding.places
        yield "Pembulatan", MODES.get(rounding.mode, rounding.mode)
        yield "Yang dibulatkan", at
        yield "Digabung per", "lembar" if policy.panel_level == JUDGE else "kriteria"
        yield "Angka yang belum ada", "dihitung nol" if policy.missing_value == ZERO_VALUE else "tidak diberi peringkat"
        yield "Penomoran peringkat", policy.ranking

    def _rule(self, number: int) -> str:
        return f"{self.sheet}$B${FIRST_ROW + number - 1}"

    @property
    def trim_from(self) -> str:
        """The number of marks from which the trim applies."""
        return self._rule(TRIM_FROM)

    @property
    def quorum(self) -> str:
        """The fewest marks that count."""
        return self._rule(QUORUM)

    @property
    def digits(self) -> str:
        """Decimals of the official score."""
        return self._rule(DIGITS)

    def weight(self, node: Criterion) -> str:
        """The weight of a node among its siblings."""
        return f"{self.sheet}$B${self.node_rows[node.id]}"

    def bounds(self, leaf: Criterion) -> tuple[str, str]:
        """The lowest and highest mark of a leaf's scale."""
        row = self.node_rows[leaf.id]
        return f"{self.sheet}$E${row}", f"{self.sheet}$F${row}"

    def point(self, leaf: Criterion, index: int) -> tuple[str, str]:
        """Figure and score of one point of an indicator's mapping (negative: from the end)."""
        first, last = self.point_rows[leaf.id]
        row = first + index if index >= 0 else last + 1 + index
        return f"{self.sheet}$B${row}", f"{self.sheet}$C${row}"

    def write(self, page: Page, heading: str, title: str, demo_mark: str) -> None:
        """Fill the page."""
        page.widths, page.frozen = (52, 22, 26, 20, 12, 12, 24, 24, 14, 20), (1, FIRST_ROW - 1)
        start_page(page, heading, title, demo_mark, RULE_HEADS)
        for text, value in self.rules:
            page.add([words(text), entered(value) if isinstance(value, int) else words(value)])
        page.skip()
        page.add([Cell(head, HEAD) for head in (*TREE_HEADS, "Jumlah bobot anak")])
        depth = {self.rubric.root.id: 0}
        parents = {child.id: node for node in self.rubric.nodes for child in node.children}
        for node in self.rubric.nodes:
            depth |= {child.id: depth[node.id] + 1 for child in node.children}
            page.add(self._node(node, parents.get(node.id), depth[node.id]))
        page.skip()
        page.add([Cell(head, HEAD) for head in MAPPING_HEADS])
        for leaf, figure, score, kind in self.points:
            label = (
                words("di bawahnya") if kind == "below" else words("semua sama") if figure is None else entered(figure)
            )
            assert leaf.transform is not None  # noqa: S101 - only indicators have points
            page.add([words(leaf.title or leaf.id), label, entered(score), words(MAPPINGS[leaf.transform.kind])])

    def _node(self, node: Criterion, parent: Criterion | None, depth: int) -> list[Cell | None]:
        name = node.title or node.id
        style = STRONG if node.is_branch else words("").style
        cells: list[Cell | None] = [
            words(" · " * depth + name, style) if depth else words(name, style),
            entered(node.weight) if parent else None,
            words(parent.title or parent.id) if parent else None,
        ]
        if node.is_branch:
            children = [self.weight(child).rpartition("!")[2] for child in node.children]
            total = sum((child.weight for child in node.children), Fraction(0))
            check = formula("+".join(children), total, None) if children else None
            return [*cells, words("gabungan"), None, None, None, None, None, words(node.id), check]
        scale = node.scale if node.kind != INDICATOR else None
        by = {"max": "nilai x 100 / tertinggi", "range": "(nilai - terendah) x 100 / rentang"}
        mapping = MAPPINGS.get(node.transform.kind, "") if node.transform else by[node.scale.normalise]
        return [
            *cells,
            words(KINDS[node.source]),
            entered(scale.minimum) if scale else None,
            entered(scale.maximum) if scale else None,
            words(mapping),
            words(METHODS.get(self.policy.method_of(node.id), "")) if node.kind == PANEL else None,
            words(YES if node.may_be_na else NO),
            words(node.id),
        ]


def _points(leaf: Criterion) -> Iterator[tuple[Fraction | None, Fraction, str]]:
    """The numbers of an indicator's mapping: figure, score, kind."""
    match leaf.transform:
        case Linear(lo, hi):
            yield lo, Fraction(0), ""
            yield hi, Fraction(100), ""
        case Piecewise(knots):
            yield from ((figure, score, "") for figure, score in knots)
        case Step(steps, below):
            yield None, below, "below"
            yield from ((figure, score, "") for figure, score in steps)
        case MinMax(_, all_equal):
            yield None, all_equal, ""
        case Identity() | None:
            return
