import pytest

from judging.core import package
from judging.core.pools import PoolCannotBeFormed, pooled_problem
from judging.core.refusals import DuplicateId
from judging.core.tabulation import tabulate

from .documents import panel_of


def category(**marks):
    return package.read(panel_of({name: {"c": [mark, mark]} for name, mark in marks.items()}))


SECTORS = [category(a="80", b="90"), category(k="85", m="70")]


def pool(problems, mode="all"):
    return tabulate(pooled_problem(problems, [tabulate(problem) for problem in problems], mode))


def test_a_pool_of_all_ranks_everybody():
    assert pool(SECTORS).order == ("b", "k", "a", "m")


def test_a_pool_of_firsts_ranks_the_first_of_each():
    assert pool(SECTORS, "firsts").order == ("b", "k")


def test_a_shared_first_place_brings_in_all_who_share_it():
    assert pool([category(a="90", b="90"), SECTORS[1]], "firsts").order == ("a", "b", "k")


def test_the_disqualified_stay_outside():
    out = package.read(package.document(SECTORS[0]) | {"disqualified": ["b"]})
    assert pool([out, SECTORS[1]]).order == ("k", "a", "m")
    assert pool([out, SECTORS[1]], "firsts").order == ("k", "a")


def test_a_category_without_anybody_ranked_adds_nobody_to_the_firsts():
    nobody = package.read(package.document(SECTORS[0]) | {"disqualified": ["a", "b"]})
    assert pool([nobody, SECTORS[1]], "firsts").order == ("k",)


def test_rubrics_must_be_the_same_version():
    other = package.read(panel_of({"z": {"d": ["80"]}}))
    with pytest.raises(PoolCannotBeFormed):
        pool([SECTORS[0], other])


def test_nobody_is_in_a_pool_twice():
    with pytest.raises(DuplicateId):
        pool([SECTORS[0], SECTORS[0]])


@pytest.mark.parametrize(("problems", "mode"), [([], "all"), (SECTORS, "some")])
def test_a_pool_needs_categories_and_a_known_mode(problems, mode):
    with pytest.raises(PoolCannotBeFormed):
        pool(problems, mode)
