"""The demo's round in scoring is judged by a rubric that shows what the samples have not."""

import pytest

from judging.management.demo.in_scoring import RUBRIC, judge_by_own_rubric
from judging.models import RubricVersion
from judging.selectors.rubrics import read_version
from judging.services.rubrics import add_sample_rubrics
from paritrana.accounts.models import Role
from tests.factories.world import AT, make_category, make_round, make_user

pytestmark = pytest.mark.django_db


def test_its_own_version_has_usual_marks_and_a_way_out_and_leaves_the_sample_as_it_is() -> None:
    round = make_round()
    secretariat = make_user(Role.SECRETARIAT, round=round)
    category = make_category(round, "pemda")
    add_sample_rubrics(round=round, actor=secretariat, at=AT)
    sample = RubricVersion.objects.get(rubric__round=round, rubric__code=RUBRIC)

    judge_by_own_rubric(round, secretariat, AT)

    category.refresh_from_db()
    used = category.rubric.version
    assert (used.rubric.code, used.number) == (RUBRIC, 2)
    leaves = read_version(used).panel_leaves
    assert [leaf.id for leaf in leaves if leaf.soft_bounds] == ["inovasi"]
    assert [leaf.id for leaf in leaves if leaf.may_be_na] == ["rencana"]
    unchanged = RubricVersion.objects.get(pk=sample.pk)
    assert unchanged.content_hash == sample.content_hash
    assert not any(leaf.soft_bounds or leaf.may_be_na for leaf in read_version(unchanged).panel_leaves)
