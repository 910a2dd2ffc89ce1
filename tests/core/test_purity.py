"""No binary floating point and no framework anywhere on the official path: read from the syntax tree itself."""

import ast
import sys
from pathlib import Path

import pytest

CORE = Path(__file__).parents[2] / "judging" / "core"
# Figures beside the official result, whole numbers in NumPy, and the timetable.
ADVICE = {
    "agreement",
    "bulk",
    "diagnostics.py",
    "divergence.py",
    "robustness",
    "scheduling",
    "rank_statistics.py",
    "seat_totals.py",
    "severity",
}
OFFICIAL = sorted(path for path in CORE.rglob("*.py") if path.relative_to(CORE).parts[0] not in ADVICE)


def offences(source):
    """Float literals, calls of ``float`` and of ``round``'s binary relatives, and true divisions of literals."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, float):
            found.append(f"literal {node.value} in line {node.lineno}")
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float":
            found.append(f"float() in line {node.lineno}")
        if (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in {"math", "statistics"}
        ):
            found.append(f"{node.value.id}.{node.attr} in line {node.lineno}")
    return found


def imported(source):
    """First words of the absolute imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module if node.module.startswith("paritrana") else node.module.partition(".")[0]


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: str(path.relative_to(CORE)))
def test_no_float_on_the_official_path(path):
    assert offences(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", OFFICIAL, ids=lambda path: str(path.relative_to(CORE)))
def test_only_the_standard_library_and_the_pure_kernel(path):
    foreign = set(imported(path.read_text(encoding="utf-8"))) - sys.stdlib_module_names
    # A verifier that lies beside another one, outside the project, finds it by its bare name.
    assert foreign <= {"judging", "paritrana.kernel.errors", "paritrana.kernel.wording", "verifier"}


def test_the_search_finds_what_it_looks_for():
    assert len(offences("x = 1.5\ny = float('2')\nimport math\nz = math.sqrt(2)")) == 3
    assert {path.name for path in OFFICIAL} >= {
        "tabulation.py",
        "tiebreaks.py",
        "ranking.py",
        "trimmed.py",
        "numbers.py",
    }
