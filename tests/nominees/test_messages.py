"""Every refusal of these packages has a sentence."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import nominees
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import registered

MODULES = ("businesses", "imports", "indicators", "nominations", "rounds", "screening")
ROOT = Path(nominees.__file__).parent


def _errors(parent: type[DomainError] = DomainError) -> Iterator[type[DomainError]]:
    for error in parent.__subclasses__():
        yield error
        yield from _errors(error)


def test_every_named_error_has_a_sentence() -> None:
    for module in MODULES:
        import_module(f"nominees.services.{module}")
    import_module("paritrana.regions.services")
    ours = [e for e in _errors() if e.__module__.startswith(("nominees.", "paritrana.regions"))]

    assert len(ours) > 20
    assert [e.code for e in ours if e.code not in registered()] == []


def test_every_code_of_a_workbook_has_a_sentence_and_the_other_way_round() -> None:
    source = "".join(path.read_text("utf-8") for path in [*ROOT.glob("core/*.py"), *ROOT.glob("services/*.py")])
    used = set(re.findall(r'"((?:import_|workbook_)[a-z_]+)"', source))
    used -= {"import_nominees", "import_outdated"}
    used |= {f"import_category_misfit_{why}" for why in ("kind", "sector", "size")}

    written = (ROOT / "messages.py").read_text("utf-8")  # others have sentences about workbooks of their own
    known = set(re.findall(r'"((?:import_|workbook_)[a-z_]+)":', written)) - {"import_outdated"}
    assert used == known
    assert known <= registered().keys()
