"""The part of a style sheet that the pages can use: of the whole of Tabler a quarter, which a phone has to fetch.

A rule goes only where a class it asks for stands nowhere in our templates, scripts and Python files, nor in those of
the form packages: as a word of its own, or behind the beginning of a name that is put together (``btn-{{ tone }}``).
Rules that ask for no class stay, and so does whatever stands inside ``:not()``, ``:is()`` and ``:where()``.
"""

import re
from collections.abc import Callable, Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import tinycss2  # type: ignore[import-untyped]

#: Where names of classes stand: folders of the project, and packages that write forms.
FOLDERS = ("templates", "static", "paritrana", "nominees", "judging")
PACKAGES = ("crispy_forms", "crispy_bootstrap5")

_KINDS = frozenset({".html", ".js", ".py"})
_WORD = re.compile(r"[A-Za-z_][\w-]*")
_PUT_TOGETHER = re.compile(r"([A-Za-z][\w-]*-)\$?\{")
_CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
_FORGIVING = re.compile(r":(?:not|is|where)\([^)]*\)")
_NESTED = frozenset({"media", "supports", "layer", "container"})


def sources(root: Path) -> Iterable[str]:
    """Return the texts of the project at ``root`` and of the form packages in which a class may be named."""
    homes = [Path(spec.origin).parent for name in PACKAGES if (spec := find_spec(name)) and spec.origin]
    for folder in [*(root / name for name in FOLDERS), *homes]:
        for path in sorted(folder.rglob("*")):
            if path.suffix in _KINDS and path.is_file():
                yield path.read_text("utf-8")


def used(style: str, texts: Iterable[str]) -> str:
    """Return the rules of ``style`` that a class named in ``texts``, or no class at all, can meet."""
    words: set[str] = set()
    beginnings: set[str] = set()
    for text in texts:
        words.update(_WORD.findall(text))
        beginnings.update(_PUT_TOGETHER.findall(text))
    begun = tuple(beginnings)

    def is_named(name: str) -> bool:
        plain = name.replace("\\", "")
        return plain in words or plain.startswith(begun)

    rules = tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True)
    return "".join(_kept(rules, is_named))


def _kept(rules: Iterable[Any], is_named: Callable[[str], bool]) -> Iterable[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            if selectors := ",".join(each for each in _selectors(rule.prelude) if _may_meet(each, is_named)):
                yield f"{selectors}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.content is not None and rule.lower_at_keyword in _NESTED:
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            if left := "".join(_kept(inner, is_named)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{left}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: Iterable[Any]) -> list[str]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def _may_meet(selector: str, is_named: Callable[[str], bool]) -> bool:
    return all(is_named(name) for name in _CLASS.findall(_FORGIVING.sub("", selector)))
