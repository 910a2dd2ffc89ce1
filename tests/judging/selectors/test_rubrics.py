"""Rubrics as people read them."""

from fractions import Fraction

import pytest

from judging.core import rubric as core
from judging.selectors import rubrics
from judging.services.rubrics import sample_documents
from tests.factories.rubrics import make_category_rubric, make_rubric, make_version, rubric_document
from tests.factories.world import make_category, make_round


def tree(document=None):
    return core.from_document(document or rubric_document())


def test_lines_carry_depth_and_the_weight_in_the_whole():
    (sample,) = [one for one in sample_documents() if one["code"] == "badan-usaha"]
    found = {line.criterion.id: (line.depth, line.share) for line in rubrics.lines(tree(sample["tree"]))}
    assert found["wawancara"] == (1, 25)
    assert found["pemahaman"] == (2, Fraction(15, 2))
    assert sum(share for name, (_, share) in found.items() if name != "wawancara") == 100


def test_no_difference_between_equal_rubrics_however_written():
    document = rubric_document()
    document["children"][0]["weight"] = "30.00"
    assert rubrics.differences(tree(), tree(document)) == []


def test_differences_name_what_changed_was_added_and_was_removed():
    document = rubric_document(title="Terobosan")
    document["children"][0]["weight"] = "20"
    document["children"][1] = {"id": "anggaran", "title": "Anggaran", "weight": "20", "kind": "fixed", "max": "10"}
    found = [(one.criterion, one.field, one.before, one.after) for one in rubrics.differences(tree(), tree(document))]
    assert found == [
        ("cakupan", "weight", "30", "20"),
        ("inovasi", "title", "Inovasi", "Terobosan"),
        ("anggaran", "added", "", "20"),
        ("regulasi", "removed", "10", ""),
    ]


def test_differences_see_scales_sources_and_transforms():
    document = rubric_document()
    document["children"][0]["transform"] = {"type": "linear", "lo": "0", "hi": "80"}
    document["children"][1] |= {"kind": "panel", "may_be_na": True}
    document["children"][2] |= {"step": "1", "levels": [["100", "Baik sekali"]]}
    changed = {(one.criterion, one.field) for one in rubrics.differences(tree(), tree(document))}
    assert changed == {
        ("cakupan", "transform"),
        ("regulasi", "source"),
        ("regulasi", "may_be_na"),
        ("inovasi", "scale"),
        ("inovasi", "levels"),
    }


@pytest.mark.django_db
def test_assigned_rubrics_read_each_version_once_in_one_query(django_assert_num_queries):
    round = make_round()
    first, second = make_category(round, "a"), make_category(round, "b")
    make_category(round, "tanpa-rubrik")
    version = make_category_rubric(first)
    make_category_rubric(second)
    make_category_rubric(make_category(make_round(region_code="52")))
    with django_assert_num_queries(1):
        found = rubrics.assigned_rubrics(round)
    assert set(found) == {first.pk, second.pk}
    assert found[first.pk] == rubrics.read_version(version)


@pytest.mark.django_db
def test_rubric_at_finds_only_in_its_round_with_newest_version_first():
    round = make_round()
    rubric = make_rubric(round, "desa")
    make_version(rubric)
    make_version(rubric, rubric_document(title="Lain"))
    found = rubrics.rubric_at(round, "desa")
    assert [version.number for version in found.versions.all()] == [2, 1]
    assert rubrics.rubric_at(make_round(region_code="52"), "desa") is None
