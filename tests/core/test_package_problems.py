"""Every fault that a change of a package brings up has a sentence of its own with its facts filled in."""

from typing import Any

import pytest

from judging.core import handover
from judging.core.package_problems import _WORDS, problem_of
from judging.core.verifier_handover import Fault, verify_package
from paritrana.kernel.sentences import registered, sentence
from tests.core.handovers import FOREIGN, OWN
from tests.core.test_verifier_handover import CHANGES, FILES, MANIFEST, refreshed


def _told(fault: Fault) -> str:
    found = problem_of(*fault)
    return sentence(found.code, found.facts)


@pytest.mark.parametrize("name", CHANGES)
def test_each_single_change_is_told_by_more_than_the_name_of_its_check(name: str) -> None:
    files = dict(FILES)
    CHANGES[name][0](files)
    for manifest in (MANIFEST, refreshed(files)):
        for fault in verify_package(handover.sealed(files, manifest, OWN)):
            assert fault.code == "handover_minutes" or problem_of(*fault).code.startswith("problem_"), fault
            assert _told(fault)


def test_facts_of_a_fault_stand_in_its_sentence() -> None:
    found = problem_of("handover_winners", "winners.json, desa", "the quota is 1 in the log, not 2")
    assert (found.code, found.facts) == ("problem_winners_quota", {"logged": "1", "told": "2"})
    winners = problem_of("handover_winners", "x", "the winners within the quota are A (contoh), B (1 / title: C (x))")
    assert winners.facts == {"names": "A (contoh), B"}


@pytest.mark.parametrize("manifest", [{"number": "x"}, {"files": []}, {"format": "lain"}])
def test_a_changed_manifest_is_told(manifest: dict[str, Any]) -> None:
    for fault in verify_package(handover.sealed(FILES, {**MANIFEST, **manifest}, FOREIGN)):
        assert problem_of(*fault).code.startswith("problem_"), fault


def test_unknown_words_fall_back_to_the_check() -> None:
    assert problem_of("handover_run", "run.json", "something new").code == "handover_run"
    assert problem_of("handover_minutes", "minutes.pdf", "they are not the minutes 1").code == "handover_minutes"
    assert sentence("handover_minutes")


def test_every_code_has_a_sentence() -> None:
    assert _WORDS.keys() | {code for rows in _WORDS.values() for _, code in rows} <= registered().keys()
