"""What must not stand in the source: left-overs, floats in the core, machine paths, inline code, home-made numbers."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib import admin

from paritrana.kernel.admin import ReadOnlyAdmin

ROOT = Path(__file__).resolve().parents[2]
CODE = ("paritrana", "nominees", "judging")
TEXT = (*CODE, "templates", "static", "tests", "bin", "docs", "fixtures", ".ci")
READABLE = {".py", ".html", ".css", ".js", ".md", ".toml", ".txt", ".sh", ".json", ".yml", ".csv", ".svg", ""}
THIS = Path(__file__).resolve()
OFFICIAL_CORE = ROOT / "judging" / "core"
#: Diagnostics beside the official result, whole numbers in NumPy, and the timetable; they may use floats.
ADVICE = {"agreement", "bulk", "rank_statistics.py", "robustness", "scheduling", "seat_totals.py", "severity"}
DIAGNOSTICS = ADVICE | {"divergence.py", "diagnostics.py"}
#: Ornaments in millimetres: no figure of a result is among them.
ORNAMENTS = {"certificate_frames.py"}


def _files(*folders: str, suffixes: set[str] = READABLE) -> Iterator[Path]:
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*")):
            hidden = {"__pycache__", "node_modules", ".build"} & set(file.parts)
            if file.is_file() and file.suffix in suffixes and not hidden and file.resolve() != THIS:
                yield file


def _lines(pattern: str, *folders: str, suffixes: set[str] = READABLE, flags: int = 0) -> list[str]:
    """Return "file:line: text" of every line that matches."""
    wanted = re.compile(pattern, flags)
    return [
        f"{file.relative_to(ROOT)}:{number}: {line.strip()[:100]}"
        for file in _files(*folders, suffixes=suffixes)
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if wanted.search(line)
    ]


def test_the_patterns_find_what_they_look_for() -> None:
    assert len(list(_files(*TEXT))) > 100
    assert _lines(r"^from django", *CODE, suffixes={".py"})


def test_nothing_is_left_to_do() -> None:
    assert _lines(r"\b(TODO|FIXME|XXX|HACK)\b", *TEXT) == []


def test_no_path_of_a_machine_and_no_host_of_a_registry() -> None:
    found = _lines(r"(?<![\w.])/(?:work|home|root|Users)/\w|pypi\.org|registry\.npmjs|files\.pythonhosted", *TEXT)

    assert found == []


def _floats(tree: ast.AST) -> Iterator[int]:
    """Yield the lines on which a float is made; asking whether something is one is fine."""
    for node in ast.walk(tree):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "float"
        is_literal = isinstance(node, ast.Constant) and isinstance(node.value, float)
        if is_call or is_literal:
            yield node.lineno  # type: ignore[attr-defined]


def test_no_float_takes_part_in_an_official_number() -> None:
    assert list(_floats(ast.parse("x = float('1')\ny = 0.5\nisinstance(x, float)"))) == [1, 2]

    files = [*OFFICIAL_CORE.rglob("*.py"), *(ROOT / "judging" / "documents").rglob("*.py")]
    found = [
        f"{file.relative_to(ROOT)}:{line}"
        for file in files
        if not (DIAGNOSTICS | ORNAMENTS).intersection(file.relative_to(ROOT).parts)
        for line in _floats(ast.parse(file.read_text("utf-8")))
    ]

    assert found == []


@pytest.mark.parametrize(
    "pattern",
    [
        r"<style\b",
        r"\sstyle\s*=",
        r"<script(?![^>]*\bsrc=)",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
        r"(?:src|href)\s*=\s*[\"'](?:https?:)?//",
    ],
)
def test_templates_hold_no_inline_code_and_fetch_nothing_elsewhere(pattern: str) -> None:
    assert _lines(pattern, "templates", suffixes={".html"}, flags=re.IGNORECASE) == []


def test_pages_show_numbers_through_the_one_place_that_writes_them() -> None:
    # A date in an address (day|date:"Y-m-d") is data, not text.
    filters = r"\|\s*(?:floatformat|intcomma|stringformat:\s*[\"']\.\d*[fge]|date(?!:.Y-m-d)|time)\b"

    assert _lines(filters, "templates", suffixes={".html"}) == []
    assert (
        _lines(r"(?<!\.)\bnumber_format\(|formats\.localize|intcomma|locale\.setlocale", *CODE, suffixes={".py"}) == []
    )


def test_only_one_module_reads_the_clock() -> None:
    found = _lines(
        r"\b(?:timezone\.now|datetime\.(?:now|utcnow|today)|date\.today|time\.time)\(", *CODE, suffixes={".py"}
    )

    assert [line for line in found if not line.startswith("paritrana/kernel/clock.py:")] == []


def test_templates_trust_no_text() -> None:
    assert _lines(r"\|\s*safe\b|autoescape off|mark_safe|format_html_join", "templates", suffixes={".html"}) == []
    assert _lines(r"\bmark_safe\(|SafeString\(", *CODE, suffixes={".py"}) == []


def test_heavy_libraries_are_imported_where_they_are_needed() -> None:
    heavy = r"^(?:from|import) (?:weasyprint|openpyxl|segno|ortools)\b"

    assert _lines(heavy, *CODE, suffixes={".py"}) == []


def test_the_admin_changes_no_result() -> None:
    """There is no back door: what the administration shows of the award, it only shows."""
    shown = [
        (model, site)
        for model, site in admin.site._registry.items()
        if model._meta.app_label in {"judging", "nominees", "audit", "regions"}
    ]
    assert len(shown) > 10

    assert [model._meta.label for model, site in shown if not isinstance(site, ReadOnlyAdmin)] == []
