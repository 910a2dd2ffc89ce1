"""Places under mean, median and trimmed mean, all criteria alike."""

import pytest

from judging.core.robustness.methods import methods
from tests.core.documents import changed, random_document

from .categories import category, compiled, one_criterion

ROWS = {"a": ["100", "60", "60", "60", "60"], "b": ["66", "66", "66", "66", "66"]}


def test_each_method_gives_its_own_places():
    found = methods(*compiled(one_criterion(ROWS, panel_method="mean")))
    assert {code: each.first for code, each in found.items()} == {"mean": ("a",), "median": ("b",), "trimmed": ("b",)}
    assert {code: each.first_changes for code, each in found.items()} == {
        "mean": False,
        "median": True,
        "trimmed": True,
    }


def test_methods_of_single_criteria_give_way():
    document = one_criterion(ROWS, panel_method="mean", panel_methods={"k": "median"})
    found = methods(*compiled(document))
    assert found["mean"].first == ("a",)
    assert found["mean"].first_changes


def test_a_trim_that_leaves_nothing_has_no_places():
    found = methods(*compiled(one_criterion(ROWS, panel_method="median", trim=3)))
    assert found["trimmed"] is None
    assert found["mean"] is not None


@pytest.mark.parametrize("seed", range(20))
def test_equal_to_the_engine_under_that_method(seed):
    document = random_document(seed)
    alone = {key: value for key, value in document["policy"].items() if key != "panel_methods"}
    for code, found in methods(*compiled(document)).items():
        _, result = category(changed(document, ["policy"], alone | {"panel_method": code}))
        assert found.groups == result.groups
