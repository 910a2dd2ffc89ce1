"""Every difference of two inputs is one fact, and nothing else is."""

import pytest

from judging.core import package
from judging.core.changes import KINDS, Change, bears_on, changes_between, peer_criteria

from .documents import changed, golden, panel_of, random_document

TREE = {
    "id": "total",
    "children": [
        {"id": "a", "weight": "60", "title": "Satu", "may_be_na": True},
        {"id": "b", "weight": "30", "kind": "indicator", "transform": {"type": "minmax", "better": "high"}},
        {"id": "c", "weight": "10", "kind": "fixed", "max": "10"},
    ],
}
DOCUMENT = {
    "tree": TREE,
    "judges": ["s1", "s2"],
    "nominees": ["x", "y"],
    "scores": [["s1", "x", "a", "70"], ["s2", "x", "a", "80.50"], ["s1", "y", "a", "60"]],
    "states": [["s2", "y", "a", "absent"]],
    "recusals": [],
    "values": {"x": {"b": "1/3", "c": "8"}, "y": {"b": "1", "c": "9"}},
    "disqualified": [],
    "not_applicable": [],
    "exceptions": [],
    "policy": {"panel_method": "mean", "min_scores": 1, "tie_break": ["by_weight", "chair"]},
}


def difference(after, before=DOCUMENT):
    return list(changes_between(package.read(before), package.read(after)))


def test_the_same_input_in_another_order_and_spelling_has_no_change():
    other = changed(DOCUMENT, ["scores"], [[*row[:3], row[3] + ".0"] for row in reversed(DOCUMENT["scores"][:1])])
    other["scores"] += [["s1", "y", "a", "60"], ["s2", "x", "a", "80.5"]]
    assert difference(other | {"judges": ["s2", "s1"], "nominees": ["y", "x"]}) == []


@pytest.mark.parametrize(
    ("path", "value", "found"),
    [
        (["scores", 0, 3], "71", Change("mark", "70", "71", "x", "s1", "a")),
        (["scores"], DOCUMENT["scores"][1:], Change("mark", "70", None, "x", "s1", "a")),
        (["states", 0, 3], "withdrawn", Change("mark", "absent", "withdrawn", "y", "s2", "a")),
        (["values", "x", "b"], "1/2", Change("figure", "1/3", "0.5", "x", "", "b")),
        (["recusals"], [["s1", "y"]], Change("recusal", None, "yes", "y", "s1")),
        (["not_applicable"], [["x", "a"]], Change("not_applicable", None, "yes", "x", "", "a")),
        (["exceptions"], ["y"], Change("exception", None, "yes", "y")),
        (["disqualified"], ["y"], Change("outside", None, "yes", "y")),
        (["nominees"], ["x", "y", "z"], Change("nominee", None, "yes", "z")),
        (["judges"], ["s1", "s2", "s3"], Change("seat", None, "yes", "", "s3")),
        (["tree", "children", 0, "title"], "Dua", Change("criterion", "Satu", "Dua", criterion="a", field="title")),
        (["tree", "children", 2, "max"], "20", Change("criterion", "10", "20", criterion="c", field="max")),
        (
            ["tree", "children", 1, "transform", "better"],
            "low",
            Change(
                "criterion",
                "type: minmax, better: high, all_equal: 100",
                "type: minmax, better: low, all_equal: 100",
                criterion="b",
                field="transform",
            ),
        ),
        (["policy", "panel_method"], "median", Change("rule", "mean", "median", field="panel_method")),
        (["policy", "tie_break"], ["chair"], Change("rule", "by_weight, chair", "chair", field="tie_break")),
        (["policy", "rounding"], {"places": 3}, Change("rule", "2", "3", field="rounding.places")),
        (["policy", "panel_methods"], {"a": "median"}, Change("rule", None, "median", "", "", "a", "panel_methods")),
    ],
)
def test_one_change_is_one_fact(path, value, found):
    after = changed(DOCUMENT, path, value)
    assert difference(after) == [found]
    (back,) = difference(DOCUMENT, before=after)
    assert (back.before, back.after) == (found.after, found.before)
    assert found.kind in KINDS


def test_a_moved_weight_names_both_criteria():
    after = changed(changed(DOCUMENT, ["tree", "children", 0, "weight"], "55"), ["tree", "children", 2, "weight"], "15")
    assert difference(after) == [
        Change("criterion", "60", "55", criterion="a", field="weight"),
        Change("criterion", "10", "15", criterion="c", field="weight"),
    ]


def test_another_rubric_names_what_came_and_went():
    other = panel_of({"x": {"z": ["70"]}})
    kinds = {(change.kind, change.criterion, change.field) for change in difference(other)}
    assert {("criterion", "z", "weight"), ("criterion", "z", "parent"), ("criterion", "a", "parent")} <= kinds


def test_what_bears_on_a_nominee_is_its_own_or_everybodys():
    peers = peer_criteria(package.read(DOCUMENT).rubric)
    assert peers == {"b"}
    own = Change("mark", "1", "2", "x", "s1", "a")
    figure = Change("figure", "1", "2", "y", "", "b")
    assert bears_on(own, "x", (), peers)
    assert not bears_on(own, "y", {"a"}, peers)
    assert bears_on(figure, "x", {"b"}, peers)
    assert not bears_on(figure, "x", {"a"}, peers)
    assert not bears_on(Change("figure", "1", "2", "y", "", "c"), "x", {"c"}, peers)
    assert bears_on(Change("outside", None, "yes", "y"), "x", {"b"}, peers)
    assert not bears_on(Change("rule", "a", "b", field="labels"), "x", {"a"}, peers)
    assert bears_on(Change("rule", "mean", "median", field="panel_method"), "x", {"a"}, peers)
    assert not bears_on(Change("criterion", "a", "b", criterion="a", field="title"), "x", {"a"}, peers)


@pytest.mark.parametrize("seed", range(25))
def test_a_problem_never_differs_from_itself_read_back(seed):
    problem = package.read(random_document(seed))
    assert changes_between(problem, package.read(package.document(problem))) == ()


def test_the_golden_example_differs_from_itself_in_nothing_but_what_is_changed():
    document = golden("tabulation-1")
    after = changed(document, ["policy", "min_scores"], 1)
    assert [change.field for change in difference(after, before=document)] == ["min_scores"]
