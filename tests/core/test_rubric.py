import copy
from fractions import Fraction

import pytest

from judging.core import rubric
from judging.core.refusals import DuplicateId, Malformed, ScoreRange, WeightsSum

from .documents import changed, golden

TREE = golden("five-villages")["tree"]


def test_a_rubric_is_written_as_an_equal_rubric():
    read = rubric.from_document(TREE)
    assert rubric.from_document(rubric.to_document(read)) == read


def test_titles_levels_and_sources_are_kept():
    read = rubric.from_document(TREE)
    assert [level.descriptor for level in read.by_id["jawaban"].levels] == [
        "tidak menjawab",
        "cukup",
        "lengkap dan meyakinkan",
    ]
    assert [(leaf.id, leaf.source, leaf.title) for leaf in read.leaves] == [
        ("cakupan", "indicator", "Cakupan kepesertaan"),
        ("regulasi", "secretariat", "Regulasi"),
        ("paparan", "panel", "Paparan"),
        ("jawaban", "panel", "Jawaban"),
    ]


def test_the_hash_is_of_content_not_of_spelling():
    same = changed(TREE, ["children", 0, "weight"], "40.00")
    other = changed(TREE, ["children", 2, "children", 1, "levels", 0, 1], "lain")
    assert rubric.content_hash(rubric.from_document(same)) == rubric.content_hash(rubric.from_document(TREE))
    assert rubric.content_hash(rubric.from_document(other)) != rubric.content_hash(rubric.from_document(TREE))


@pytest.mark.parametrize("weight", ["39.99", "40.0000001", "0"])
def test_weights_that_do_not_close_name_the_branch_and_the_sum(weight):
    with pytest.raises(WeightsSum) as caught:
        rubric.from_document(changed(TREE, ["children", 2, "children", 1, "weight"], weight))
    assert caught.value.at == "tree.children[2].children"
    assert caught.value.facts["branch"] == "wawancara"
    assert Fraction(caught.value.facts["found"]) == 60 + Fraction(weight)


def test_a_branch_without_children_does_not_close():
    with pytest.raises(WeightsSum):
        rubric.from_document(changed(TREE, ["children", 2, "children"], []))


def test_thirds_may_be_written_as_fractions():
    tree = {"id": "t", "children": [{"id": name, "weight": "100/3"} for name in "abc"]}
    assert rubric.from_document(tree).root.children[0].weight == Fraction(100, 3)


def test_a_draft_may_be_open_and_lists_every_fault():
    tree = changed(changed(TREE, ["children", 0, "weight"], "30"), ["children", 2, "children", 1, "id"], "paparan")
    draft = rubric.from_document(tree, check=False)
    assert [type(fault) for fault in rubric.faults(draft)] == [WeightsSum, DuplicateId]


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("weight", "-1", Malformed),
        ("max", "0", Malformed),
        ("min", "100", Malformed),
        ("step", "0", Malformed),
        ("normalise", "mean", Malformed),
        ("kind", "oracle", Malformed),
        ("may_be_na", "yes", Malformed),
        ("levels", [["101", "too high"]], ScoreRange),
        ("id", "", Malformed),
        ("title", 3, Malformed),
    ],
)
def test_a_criterion_out_of_order_is_refused(field, value, refusal):
    with pytest.raises(refusal):
        rubric.from_document(changed(TREE, ["children", 2, "children", 0, field], value))


def test_a_root_without_children_is_refused():
    with pytest.raises(Malformed):
        rubric.from_document({"id": "total", "kind": "panel"})


@pytest.mark.parametrize(("mark", "fault"), [("0", "score_range"), ("1", None), ("2", "score_step"), ("4", None)])
def test_steps_are_counted_from_the_bottom_of_the_scale(mark, fault):
    scale = rubric.Scale(Fraction(1), Fraction(7), Fraction(3))
    assert scale.fault(Fraction(mark)) == fault


def test_not_applicable_shares_the_weight_among_siblings():
    tree = copy.deepcopy(TREE)
    shares = rubric.from_document(tree).shares(frozenset({"regulasi"}))
    assert (shares["cakupan"], shares["wawancara"], "regulasi" in shares) == (50, 50, False)


def test_a_branch_whose_leaves_all_drop_out_drops_out():
    shares = rubric.from_document(TREE).shares(frozenset({"paparan", "jawaban"}))
    assert (shares["cakupan"], shares["regulasi"]) == (Fraction(200, 3), Fraction(100, 3))
    assert "wawancara" not in shares


def test_leaf_weights_are_products_along_the_path():
    assert dict(rubric.from_document(TREE).leaf_weights) == {
        "cakupan": 40,
        "regulasi": 20,
        "paparan": 24,
        "jawaban": 16,
    }


SOFT = ["children", 2, "children", 0, "soft_bounds"]


def test_soft_bounds_are_part_of_the_content():
    read = rubric.from_document(changed(TREE, SOFT, ["40", "90.5"]))
    soft = read.by_id["paparan"].soft_bounds
    assert soft is not None
    assert (soft.low, soft.high) == (40, Fraction(181, 2))
    assert rubric.from_document(rubric.to_document(read)) == read
    assert rubric.content_hash(read) != rubric.content_hash(rubric.from_document(TREE))


def test_a_rubric_without_soft_bounds_has_the_hash_it_always_had():
    known = "a7f23d3a25495391461062af066e71203b2226470741be4a112bf7c5d78fde8f"
    assert rubric.content_hash(rubric.from_document(TREE)) == known


@pytest.mark.parametrize("bounds", [["90", "60"], ["-1", "60"], ["60", "101"], ["60"], "60", None, ["a", "b"]])
def test_soft_bounds_lie_in_order_inside_the_scale(bounds):
    with pytest.raises(Malformed):
        rubric.from_document(changed(TREE, SOFT, bounds))


def test_only_the_panel_has_soft_bounds():
    with pytest.raises(Malformed):
        rubric.from_document(changed(TREE, ["children", 1, "soft_bounds"], ["0", "1"]))
