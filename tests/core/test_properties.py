"""What must hold for every document, tried on random ones."""

import copy
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from judging.core import package
from judging.core.refusals import WeightsSum
from judging.core.tabulation import tabulate

from .documents import changed, leaves_of, random_document

seeds = st.integers(min_value=0, max_value=10**9)
tries = settings(max_examples=30, deadline=None, derandomize=True)


def answer(document):
    return package.answer(tabulate(package.read(document)))


def ranks(document):
    return {name: row["rank"] for name, row in answer(document)["nominees"].items()}


@tries
@given(seed=seeds, shuffle=st.randoms(use_true_random=False))
def test_the_order_of_judges_nominees_and_marks_is_irrelevant(seed, shuffle):
    document = random_document(seed)
    other = copy.deepcopy(document)
    for field in ("judges", "nominees", "scores", "recusals", "disqualified", "not_applicable"):
        shuffle.shuffle(other[field])
    assert answer(other) == answer(document)


@tries
@given(seed=seeds)
def test_the_same_input_gives_the_same_bytes(seed):
    first, second = (package.answer(tabulate(package.read(random_document(seed))), trace=True) for _ in range(2))
    assert repr(first) == repr(second)


def raised(document, shuffle):
    """``document`` with one mark set to the top of its scale; the nominee whose mark it is."""
    index = shuffle.randrange(len(document["scores"]))
    _, nominee, name, _ = document["scores"][index]
    (leaf,) = (leaf for leaf in leaves_of(document["tree"]) if leaf["id"] == name)
    return changed(document, ["scores", index, 3], leaf.get("max", "100")), nominee


@tries
@given(seed=seeds, shuffle=st.randoms(use_true_random=False))
def test_raising_a_mark_never_lowers_the_nominee(seed, shuffle):
    document = random_document(seed, gaps=False)
    document["policy"]["ranking"] = "1224"
    if not document["scores"]:
        return
    better, nominee = raised(document, shuffle)
    assert ranks(better)[nominee] <= ranks(document)[nominee]


@tries
@given(seed=seeds, shuffle=st.randoms(use_true_random=False))
def test_a_mark_for_one_never_swaps_two_others(seed, shuffle):
    document = random_document(seed, gaps=False)
    # What compares a nominee with the others (first places) may well move them; scores may not.
    document["policy"] |= {"ranking": "1224", "tie_break": ["by_weight", "median"]}
    if not document["scores"]:
        return
    better, nominee = raised(document, shuffle)
    before, after = answer(document)["order"], answer(better)["order"]
    assert [name for name in after if name != nominee] == [name for name in before if name != nominee]


@tries
@given(seed=seeds)
def test_equal_inputs_tie(seed):
    document = random_document(seed)
    first, twin = document["nominees"][0], "twin"
    document["nominees"].append(twin)
    document["values"][twin] = dict(document["values"][first])
    for field in ("scores", "recusals"):
        document[field] += [[row[0], twin, *row[2:]] for row in document[field] if row[1] == first]
    document["not_applicable"] += [[twin, leaf] for name, leaf in document["not_applicable"] if name == first]
    document["disqualified"] += [twin] if first in document["disqualified"] else []
    document["policy"] |= {"chair": [], "ranking": "1224"}
    rows = answer(document)["nominees"]
    assert rows[first] == rows[twin]


@tries
@given(seed=seeds, factor=st.integers(min_value=2, max_value=7))
def test_a_scale_and_its_marks_may_be_stretched_together(seed, factor):
    document = random_document(seed)
    stretched = copy.deepcopy(document)
    panel = {leaf["id"] for leaf in leaves_of(document["tree"]) if leaf.get("kind", "panel") == "panel"}
    for leaf in leaves_of(stretched["tree"]):
        if leaf["id"] in panel:
            bounds = {"min": leaf.get("min", "0"), "max": leaf.get("max", "100"), "step": leaf.get("step", "1/2")}
            leaf.update({key: str(Fraction(value) * factor) for key, value in bounds.items()})
    stretched["scores"] = [[*row[:3], str(Fraction(row[3]) * factor)] for row in document["scores"]]
    ours, theirs = answer(document), answer(stretched)
    assert ours["nominees"] == theirs["nominees"]
    assert ours["digest"] != theirs["digest"] or not panel


@tries
@given(seed=seeds, factor=st.sampled_from(["2", "1/2", "1000001/1000000"]))
def test_stretched_weights_are_refused(seed, factor):
    document = random_document(seed)
    for child in document["tree"]["children"]:
        child["weight"] = str(Fraction(child["weight"]) * Fraction(factor))
    with pytest.raises(WeightsSum):
        package.read(document)


@tries
@given(seed=seeds)
def test_every_trace_adds_up(seed):
    """Marks to means, parts to branches, the root to the total: from the trace alone."""
    document = random_document(seed)
    result = tabulate(package.read(document))
    children = {}

    def walk(node):
        for child in node.get("children", []):
            children.setdefault(node["id"], []).append(child["id"])
            walk(child)

    walk(document["tree"])
    by_sheet = document["policy"]["panel_level"] == "judge"
    for standing in (row for row in result.standings if row.is_ranked):
        trace = {item.criterion: item for item in standing.trace}
        for item in standing.trace:
            if item.mean is not None:
                used = [mark.value for mark in item.marks if mark.used]
                assert item.mean == sum(used, Fraction(0)) / len(used)
                assert len(used) + sum(mark.dropped for mark in item.marks) == item.count
            if item.criterion in children and item.share is not None and not by_sheet:
                parts = [trace[child].part for child in children[item.criterion]]
                assert item.score == sum((part for part in parts if part is not None), Fraction(0))
        assert trace["n"].score == standing.exact


def test_random_documents_really_differ():
    assert len({repr(random_document(seed)) for seed in range(50)}) == 50
    assert random.Random(1).random() == random.Random(1).random()  # noqa: S311
