"""Drafting, assigning and locking rubrics."""

import pytest
from django.db import IntegrityError, transaction

from judging.core.refusals import FloatInput, Malformed
from judging.models import CategoryRubric, RubricVersion
from judging.selectors.rubrics import read_version
from judging.services import rubrics
from nominees.core.lifecycle import State
from nominees.models import Kind
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.transactions import TransactionRequired
from paritrana.kernel.verdict import NotPermitted
from tests.factories.rubrics import make_rubric, make_version, rubric_document
from tests.factories.world import AT, make_category, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    round = make_round()
    return round, make_user(Role.SECRETARIAT, round=round)


def draft(rubric, actor, document=None, reason=""):
    document = rubric_document() if document is None else document
    return rubrics.draft_rubric_version(rubric=rubric, document=document, reason=reason, actor=actor, at=AT)


def actions(round):
    return list(AuditEvent.objects.filter(chain=round.scope).order_by("seq").values_list("action", flat=True))


def test_create_rubric_and_draft_versions(world):
    round, actor = world
    rubric = rubrics.create_rubric(round=round, code="desa", name="Desa", is_sample=True, actor=actor, at=AT)
    first = draft(rubric, actor)
    second = draft(rubric, actor, rubric_document(title="Terobosan"), reason="Istilah baru")
    assert (rubric.is_sample, first.number, second.number, second.reason) == (True, 1, 2, "Istilah baru")
    assert first.content_hash != second.content_hash
    assert read_version(second).by_id["inovasi"].title == "Terobosan"
    assert actions(round) == ["rubric.created", "rubric_version.drafted", "rubric_version.drafted"]
    with pytest.raises(rubrics.RubricCodeTaken):
        rubrics.create_rubric(round=round, code="desa", name="Lain", actor=actor, at=AT)


def test_draft_with_weights_that_do_not_close_names_branch_sum_and_difference(world):
    round, actor = world
    with pytest.raises(rubrics.RubricRefused) as refused:
        draft(make_rubric(round), actor, rubric_document(panel_weight="59.5"))
    (fault,) = refused.value.facts["faults"]
    assert fault.code == "weights_sum"
    assert {key: fault.facts[key] for key in ("branch", "found", "missing")} == {
        "branch": "total",
        "found": "99.5",
        "missing": "0.5",
    }
    assert not RubricVersion.objects.exists()
    assert actions(round) == []


def test_draft_reports_every_fault_at_once(world):
    round, actor = world
    document = rubric_document(panel_weight="70")
    document["children"][1]["id"] = "Regulasi Daerah"
    document["children"][2]["id"] = "cakupan"
    with pytest.raises(rubrics.RubricRefused) as refused:
        draft(make_rubric(round), actor, document)
    assert sorted(fault.code for fault in refused.value.facts["faults"]) == ["duplicate_id", "malformed", "weights_sum"]


@pytest.mark.parametrize("document", [[], {"id": "total"}, {"id": "total", "children": [{"id": "a", "weight": 1.5}]}])
def test_draft_of_something_else_is_refused(world, document):
    round, actor = world
    with pytest.raises(rubrics.RubricRefused):
        draft(make_rubric(round), actor, document)
    assert not RubricVersion.objects.exists()


def test_draft_that_says_the_same_makes_no_version(world):
    round, actor = world
    rubric = make_rubric(round)
    draft(rubric, actor)
    document = rubric_document()
    document["children"][0]["weight"] = "30.0"
    with pytest.raises(rubrics.RubricUnchanged):
        draft(rubric, actor, document)
    assert rubric.versions.count() == 1


def test_read_document_takes_a_tree_or_a_file_of_this_product_and_nothing_inexact():
    assert rubrics.read_document('{"code": "x", "tree": {"id": "t"}}') == {"id": "t"}
    assert rubrics.read_document('{"id": "t"}') == {"id": "t"}
    with pytest.raises(FloatInput):
        rubrics.read_document('{"weight": 1.5}')
    for text in ("{", '{"id": "a", "id": "b"}', "[" * 100_000):
        with pytest.raises(Malformed):
            rubrics.read_document(text)


def test_assign_rubric_and_assign_another(world):
    round, actor = world
    category, rubric = make_category(round), make_rubric(round)
    first, second = make_version(rubric), make_version(rubric, rubric_document(title="Lain"))
    for version in (first, first, second):
        rubrics.assign_rubric(category=category, version=version, actor=actor, at=AT)
    assert CategoryRubric.objects.get(category=category).version == second
    assert actions(round) == ["rubric_version.assigned"] * 2


def test_assign_rubric_of_another_round_is_refused(world):
    round, actor = world
    version = make_version(make_rubric(make_round(region_code="52")))
    with pytest.raises(rubrics.RubricElsewhere):
        rubrics.assign_rubric(category=make_category(round), version=version, actor=actor, at=AT)
    assert not CategoryRubric.objects.exists()


def test_a_locked_version_never_changes(world):
    round, actor = world
    version = make_version(make_rubric(round))
    with pytest.raises(TransactionRequired):
        _outside_a_transaction(version, actor)
    locked = rubrics.ensure_locked(version=version, actor=actor, at=AT)
    assert rubrics.ensure_locked(version=version, actor=actor, at=AT).locked_at == locked.locked_at == AT
    assert actions(round) == ["rubric_version.locked"]
    for change in ({"content": "{}"}, {"content_hash": "0" * 64}, {"locked_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RubricVersion.objects.filter(pk=version.pk).update(**change)


def _outside_a_transaction(version, actor):
    connection = transaction.get_connection()
    connection.in_atomic_block, inside = False, connection.in_atomic_block
    try:
        rubrics.ensure_locked(version=version, actor=actor, at=AT)
    finally:
        connection.in_atomic_block = inside


def test_sample_rubrics_close_are_marked_and_cover_every_kind(world):
    round, actor = world
    government = make_category(round)
    business = make_category(round, "ubm", kind=Kind.BUSINESS)
    added = rubrics.add_sample_rubrics(round=round, actor=actor, at=AT)
    assert rubrics.add_sample_rubrics(round=round, actor=actor, at=AT) == []
    assert all(rubric.is_sample for rubric in added)
    assert government.rubric.version.rubric.code == "pemerintah"
    assert business.rubric.version.rubric.code == "badan-usaha"
    for rubric in added:
        tree = read_version(rubric.versions.get())
        assert sum(tree.leaf_weights.values()) == 100
        assert {leaf.source for leaf in tree.leaves} == {"panel", "secretariat", "indicator"}
        assert all(leaf.levels for leaf in tree.panel_leaves)


def test_rubrics_are_written_only_by_the_secretariat_in_preparation(world):
    round, actor = world
    rubric, category = make_rubric(round), make_category(round)
    version = make_version(rubric)
    with pytest.raises(NotPermitted):
        draft(rubric, make_user(Role.CHAIR, round=round), rubric_document(title="Lain"))
    round.state = State.NOMINATION
    round.save()
    with pytest.raises(NotPermitted):
        draft(rubric, actor, rubric_document(title="Lain"))
    with pytest.raises(NotPermitted):
        rubrics.create_rubric(round=round, code="x", name="X", actor=actor, at=AT)
    with pytest.raises(NotPermitted):
        rubrics.assign_rubric(category=category, version=version, actor=actor, at=AT)
    assert RubricVersion.objects.count() == 1
