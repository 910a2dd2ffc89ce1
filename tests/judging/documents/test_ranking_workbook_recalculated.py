"""A spreadsheet program recalculates the workbook from the marks and comes to the engine's scores and places.

The ``formulas`` package plays the spreadsheet program; what it computes never comes from the stored values.
"""

import io
import warnings
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook  # noqa: TID253 - tests may read at once what they check

from judging.core import package
from judging.core.tabulation import tabulate
from judging.documents import samples
from judging.documents.data import CategoryScores, RankingWorkbook
from judging.documents.ranking_workbook import AGREES, DIFFERS, render_ranking_workbook
from judging.documents.workbook_sample import scores_of, workbook
from tests.core.documents import random_document

#: Chosen so that together they hold every method, level, rounding, numbering and mapping (checked below).
SEEDS = (3, 6, 18, 26, 28, 33, 49, 50, 53, 54, 56, 62, 69, 71, 72, 107, 115, 125, 135, 146)
NOISE = 1e-9
Cells = Mapping[tuple[str, str], Any]


def category(document: Any, name: str) -> CategoryScores:
    problem = package.read(document)
    return scores_of(problem, tabulate(problem), replace(samples.ranking_sheet(), category=name))


def recalculated(content: bytes, folder: Path) -> Cells:
    """(page, cell) -> value as the calculator sees it; page names in upper case."""
    path = folder / "buku.xlsx"
    path.write_bytes(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import formulas

        model = formulas.ExcelModel().loads(str(path)).finish(circular=False)
        solution = model.calculate()
    found: dict[tuple[str, str], Any] = {}
    for key, value in solution.items():
        if not isinstance(key, str) or ":" in key or not hasattr(value, "value"):
            continue
        page, _, cell = key.partition("]")[2].partition("'!")
        found[page, cell] = value.value[0][0]
    return found


def formula_cells(book: Workbook) -> list[tuple[str, str, str]]:
    return [
        (page.title, cell.coordinate, str(cell.value))
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


@pytest.fixture(scope="module")
def many() -> RankingWorkbook:
    return replace(
        workbook(), categories=tuple(category(random_document(seed), f"uji {seed}") for seed in SEEDS), notes=()
    )


@pytest.fixture(scope="module")
def many_bytes(many: RankingWorkbook) -> bytes:
    return render_ranking_workbook(many)


@pytest.fixture(scope="module")
def computed(many_bytes: bytes, tmp_path_factory: pytest.TempPathFactory) -> Cells:
    return recalculated(many_bytes, tmp_path_factory.mktemp("buku"))


def test_the_problems_hold_everything_that_the_rules_know(many: RankingWorkbook) -> None:
    policies = [each.problem.policy for each in many.categories]
    assert {policy.panel_method for policy in policies} == {"mean", "median", "trimmed"}
    assert {policy.panel_level for policy in policies} == {"leaf", "judge"}
    assert {policy.rounding.mode for policy in policies} == {"half_up", "half_even", "down", "up"}
    assert {policy.rounding.at for policy in policies} == {"none", "final", "every"}
    assert {policy.ranking for policy in policies} == {"1224", "1334", "1223", "1234", "fractional"}
    assert any(policy.panel_methods for policy in policies)
    leaves = [leaf for each in many.categories for leaf in each.problem.rubric.leaves]
    kinds = {leaf.transform.kind for leaf in leaves if leaf.transform}
    assert kinds == {"identity", "linear", "piecewise", "step", "minmax"}
    assert any(each.problem.not_applicable for each in many.categories)
    assert any(each.problem.recusals for each in many.categories)
    assert any(each.problem.disqualified for each in many.categories)


def test_every_formula_recalculates_to_the_value_written_beside_it(many_bytes: bytes, computed: Cells) -> None:
    stored = load_workbook(io.BytesIO(many_bytes), data_only=True)
    cells = formula_cells(load_workbook(io.BytesIO(many_bytes)))
    assert len(cells) > 1500
    differing = []
    for page, cell, text in cells:
        written, own = stored[page][cell].value or 0, computed[page.upper(), cell] or 0
        is_number = isinstance(written, int | float)
        if abs(float(own) - written) > NOISE if is_number else str(own) != written:
            differing.append((page, cell, text, written, own))
    assert differing == []


def test_every_official_score_is_the_engines(many: RankingWorkbook, many_bytes: bytes, computed: Cells) -> None:
    book = load_workbook(io.BytesIO(many_bytes))
    compared = 0
    for page, each in zip(book.worksheets[0::4], many.categories, strict=False):
        for row, line in enumerate(each.lines, start=7):
            own = computed[page.title.upper(), f"E{row}"]
            if line.score is None:
                assert own == ""
                continue
            compared += 1
            assert Fraction(str(round(float(own), 9))) == Fraction(line.score)
            assert computed[page.title.upper(), f"G{row}"] == AGREES
    assert compared > 40


def test_places_agree_or_a_tie_is_named(many: RankingWorkbook, many_bytes: bytes, computed: Cells) -> None:
    book = load_workbook(io.BytesIO(many_bytes))
    found = [
        computed[page.title.upper(), f"J{row}"]
        for page, each in zip(book.worksheets[0::4], many.categories, strict=False)
        for row, line in enumerate(each.lines, start=7)
        if line.score is not None
    ]
    assert DIFFERS not in found
    assert {"sama", "nilai sama, lihat keterangan"} <= set(found)


def test_a_changed_mark_changes_the_score_and_the_check_says_so(tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(render_ranking_workbook(workbook())))
    book["1 Nilai unsur"]["D7"].value = 12.5
    book["1 Nilai unsur"]["D8"].value = 12.5
    changed = io.BytesIO()
    book.save(changed)

    computed = recalculated(changed.getvalue(), tmp_path)

    page = "1 PEMERINTAH KABUPATEN KOTA"
    assert computed[page, "G7"] == DIFFERS
    assert computed[page, "G8"] == AGREES
    assert computed[page, "E7"] < computed[page, "F7"]
    assert "3 dari 4" in str(computed[page, "A4"])


@pytest.mark.parametrize("mode", ["half_up", "half_even", "down", "up"])
def test_exact_halves_and_exact_decimals_survive_binary_arithmetic(mode: str, tmp_path: Path) -> None:
    # 0.1 x 10.05 + ... : totals whose exact value ends in 5 at the third decimal, or in nothing at all.
    marks = ["84.65", "78.99", "0.45", "33.33", "66.67", "1.005", "2.675", "99.995"]
    document = {
        "tree": {
            "id": "t",
            "children": [{"id": "a", "weight": "30"}, {"id": "b", "weight": "33.3"}, {"id": "c", "weight": "36.7"}],
        },
        "judges": ["j1", "j2", "j3"],
        "nominees": [str(number) for number in range(len(marks))],
        "scores": [
            [judge, str(number), leaf, mark]
            for number, mark in enumerate(marks)
            for judge in ("j1", "j2", "j3")
            for leaf in ("a", "b", "c")
        ],
        "policy": {"panel_method": "mean", "min_scores": 1, "rounding": {"places": 2, "mode": mode, "at": "final"}},
    }
    scores = category(document, "setengah")

    computed = recalculated(render_ranking_workbook(replace(workbook(), categories=(scores,))), tmp_path)

    page = "1 SETENGAH"
    own = [Decimal(str(round(float(computed[page, f"E{row}"]), 9))) for row in range(7, 15)]
    assert own == [line.score for line in scores.lines]
