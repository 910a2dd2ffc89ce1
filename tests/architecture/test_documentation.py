"""What the documentation must name, and whether its links lead somewhere. A failure lists exactly what is missing."""

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.utils import translation

from judging.core import transforms
from judging.core.aggregation import METHODS
from judging.core.numbers import MODES
from judging.core.ranking import STYLES
from judging.core.tiebreaks import STEPS
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit import actions

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "docs"
OWN = ("paritrana", "nominees", "judging")
#: Folders with files that somebody else wrote, or that set-up and running make.
FOREIGN = {"node_modules", "var", "output"}

_LINK = re.compile(r"(?<!\\)!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*$", re.MULTILINE)
_CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def _read(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def _missing(codes: object, page: str) -> list[str]:
    """Those of ``codes`` that ``page`` does not set in code type."""
    text = _read(page)
    return sorted(code for code in map(str, codes) if f"`{code}`" not in text)  # type: ignore[call-overload]


def _markdown() -> Iterator[Path]:
    for path in sorted(ROOT.rglob("*.md")):
        parts = path.relative_to(ROOT).parts
        if not FOREIGN & set(parts) and not parts[0].startswith("."):
            yield path


def _environment_variables() -> set[str]:
    """Names read in the settings: the first argument of every ``env.str(...)``, ``env.bool(...)`` and the like."""
    found = set()
    for path in (ROOT / "paritrana" / "settings").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_read = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if (
                is_read
                and ast.unparse(node.func.value) == "env"
                and node.args
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(node.args[0].value)
    return found


def _registered_actions() -> dict[str, str]:
    """Every registered action code with its English sentence."""
    for config in apps.get_app_configs():
        if config.name.startswith(OWN) and (Path(config.path) / "audit_actions.py").exists():
            importlib.import_module(f"{config.name}.audit_actions")
    with translation.override("en"):
        return {code: str(label) for code, label in actions.registered().items()}


def _slug(heading: str) -> str:
    """The anchor that a heading gets."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _headings(page: Path) -> list[str]:
    return _HEADING.findall(page.read_text("utf-8")) if page.is_file() else []


def test_every_management_command_is_in_operations():
    own = [name for name, app in get_commands().items() if isinstance(app, str) and app.startswith(OWN)]

    assert own
    assert _missing(own, "operations.md") == []


def test_every_environment_variable_of_the_settings_is_in_operations():
    variables = _environment_variables()

    assert {"DATABASE_URL", "SECRET_KEY"} <= variables
    assert _missing(variables, "operations.md") == []


def test_the_table_of_audit_actions_is_the_registry():
    rows = re.findall(r"^\| `([a-z_.]+)` \| (.+?) \|$", _read("audit-actions.md"), re.MULTILINE)

    assert rows == sorted(rows)
    assert dict(rows) == _registered_actions()


@pytest.mark.parametrize(
    ("codes", "name"),
    [
        (METHODS, "scoring.md"),
        (STEPS, "scoring.md"),
        (STYLES, "scoring.md"),
        (MODES, "scoring.md"),
        (transforms.KINDS, "scoring.md"),
        (State, "glossary.md"),
        (Role, "glossary.md"),
    ],
    ids=["aggregation", "tie steps", "places", "rounding", "transforms", "states", "roles"],
)
def test_every_code_is_explained(codes, name):
    assert _missing(codes, name) == []


def _words_of_pages() -> re.Pattern[str]:
    """What the Indonesian pages can say; a placeholder stands for anything."""
    entries = polib.pofile(str(ROOT / "locale" / "id" / "LC_MESSAGES" / "django.po"))
    texts = {text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values()) if text}
    return re.compile("|".join(re.sub(r"%\\\(\w+\\\)[sd]|\\\{\w+\\\}", ".+", re.escape(text)) for text in texts))


@pytest.mark.parametrize("path", sorted((DOCS / "panduan").glob("*.md")), ids=lambda path: path.stem)
def test_bold_words_of_a_guide_are_words_of_the_pages(path):
    said = re.findall(r"\*\*(.+?)\*\*", " ".join(path.read_text("utf-8").split()))
    pages = _words_of_pages()
    assert not pages.fullmatch("words that no page says")

    assert [words for words in said if not pages.fullmatch(words)] == []


@pytest.mark.parametrize("path", list(_markdown()), ids=lambda path: str(path.relative_to(ROOT)))
def test_relative_links_lead_somewhere(path):
    text = _CODE_BLOCK.sub("", path.read_text("utf-8"))
    broken = []
    for link in _LINK.findall(text):
        if link.startswith(("http://", "https://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        headings = _headings(target) if anchor else []
        if not target.exists() or (anchor and _slug(anchor) not in map(_slug, headings)):
            broken.append(link)

    assert broken == []
