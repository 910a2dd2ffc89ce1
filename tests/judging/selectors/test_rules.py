"""The rules in force."""

import pytest

from judging.core.policies import MOST_PLACES, NTT_POLICY, normalised, titles
from judging.selectors import rules
from tests.factories.rubrics import make_rules
from tests.factories.world import make_round

pytestmark = pytest.mark.django_db


def test_the_newest_rules_of_the_round_are_in_force():
    round = make_round()
    assert rules.rules_in_force(round) is None
    make_rules(round)
    newest = make_rules(round, min_scores=7)
    make_rules(make_round(region_code="52"), min_scores=3)
    assert rules.rules_in_force(round) == newest
    assert rules.policy_of(newest).min_scores == 7
    assert rules.rules_document(newest) == NTT_POLICY | {"min_scores": 7}
    assert [one.number for one in rules.rule_versions(round)] == [2, 1]


def test_the_preset_spells_out_every_rule():
    assert normalised(NTT_POLICY) == NTT_POLICY
    assert titles("Terbaik", 3) == NTT_POLICY["labels"]
    assert titles("Juara", MOST_PLACES)[-1] == "Juara XX"
