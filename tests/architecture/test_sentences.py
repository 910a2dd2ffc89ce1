"""Whatever a person can be refused with has a sentence, and whatever is logged has a label."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

from judging.core.refusals import Refusal
from nominees.core.lifecycle import TRANSITIONS
from paritrana.audit import actions
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import registered
from paritrana.kernel.verdict import NotPermitted

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("paritrana", "nominees", "judging")
#: A permission is told by its reason; a document of the open format is refused in its own words, at the command line.
TOLD_OTHERWISE = {NotPermitted.code, "duplicate_score"}
#: A refusal of the core has a sentence for each kind of page on which it can come up.
PLACES = ("", "rubric_", "cell_")
_VERDICT = re.compile(r"""(?:Verdict|refused)\(\s*["'](?P<code>[a-z_]+)["']""")
_UNMET = re.compile(r"""Unmet\(\s*["'][a-z_]+["'],\s*["'](?P<code>[a-z_]+)["']""")


def _modules() -> Iterator[str]:
    for package in PACKAGES:
        for module in walk_packages(import_module(package).__path__, f"{package}."):
            if not {"migrations", "settings", "__main__", "management"} & set(module.name.split(".")):
                yield module.name


def _subclasses(cls: type[DomainError]) -> Iterator[type[DomainError]]:
    for child in cls.__subclasses__():
        yield child
        yield from _subclasses(child)


def _errors() -> list[type[DomainError]]:
    for name in _modules():
        import_module(name)
    return sorted(
        (error for error in set(_subclasses(DomainError)) if error.__module__.startswith(PACKAGES)),
        key=lambda error: (error.__module__, error.__qualname__),
    )


def _has_sentence(error: type[DomainError]) -> bool:
    places = PLACES if issubclass(error, Refusal) else ("",)
    return any(place + error.code in registered() for place in places)


def _codes(pattern: re.Pattern[str]) -> set[str]:
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))
    return {match["code"] for file in files for match in pattern.finditer(file.read_text("utf-8"))}


def test_every_expected_error_has_a_sentence() -> None:
    errors = _errors()
    assert len(errors) > 30

    silent = [
        f"{error.__module__}.{error.__qualname__} ({error.code})"
        for error in errors
        if not _has_sentence(error) and error.code not in TOLD_OTHERWISE
    ]

    assert silent == []


def test_every_error_has_a_code_of_its_own() -> None:
    own = [error for error in _errors() if "code" in vars(error) and error is not Refusal]
    codes: dict[str, set[str]] = {}
    for error in own:
        codes.setdefault(error.code, set()).add(error.__qualname__)

    assert {code: names for code, names in codes.items() if len(names) > 1} == {}
    assert [error.__qualname__ for error in _errors() if error.code == DomainError.code] == []


@pytest.mark.parametrize(("pattern", "least"), [(_VERDICT, 3), (_UNMET, 10)])
def test_every_reason_of_a_refusal_has_a_sentence(pattern: re.Pattern[str], least: int) -> None:
    _errors()
    codes = _codes(pattern)
    assert len(codes) >= least

    assert sorted(codes - registered().keys()) == []


def test_every_sentence_names_its_facts_and_says_something() -> None:
    _errors()
    for code, text in registered().items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", code)
        assert str(text).strip(), code
        assert "%s" not in str(text), f"{code}: placeholders are named"


def test_every_logged_action_has_a_label_and_a_proper_code() -> None:
    _errors()
    found = actions.registered()
    assert len(found) > 20

    for code, label in found.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", code), code
        assert str(label).strip(), code


def test_actions_are_recorded_by_their_constants_only() -> None:
    """A code written out beside ``action=`` would escape the register."""
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*.py"))

    typed = [str(file.relative_to(ROOT)) for file in files if re.search(r"""action=["']""", file.read_text("utf-8"))]

    assert typed == []


def test_every_condition_of_the_lifecycle_is_known() -> None:
    from judging.selectors.readiness import CONDITIONS

    assert {code for step in TRANSITIONS for code in step.conditions} == set(CONDITIONS)
