"""Drafting rules."""

import json

import pytest
from django.db import IntegrityError, transaction

from judging.core.policies import NTT_POLICY
from judging.core.refusals import FloatInput, Malformed, Refusal, TieBreak
from judging.models import RuleSet
from judging.selectors.rules import policy_of, rules_in_force
from judging.services import rules
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.rubrics import make_rules
from tests.factories.world import AT, make_category, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    round = make_round()
    return round, make_user(Role.SECRETARIAT, round=round)


def draft(round, actor, policy=NTT_POLICY, note="", **more):
    return rules.draft_rules(round=round, policy=policy, note=note, actor=actor, at=AT, **more)


def test_draft_rules_writes_the_next_version_whole(world):
    round, actor = world
    first = draft(round, actor)
    second = draft(round, actor, NTT_POLICY | {"panel_method": "median"}, note="Rapat 3 Juni")
    assert (first.number, second.number, second.note) == (1, 2, "Rapat 3 Juni")
    assert json.loads(first.content) == NTT_POLICY
    assert rules_in_force(round) == second
    assert policy_of(second).panel_method == "median"
    event = AuditEvent.objects.filter(chain=round.scope).last()
    assert event.action == "rules.drafted"
    assert second.content_hash in event.payload


def test_draft_rules_that_say_the_same_make_no_version(world):
    round, actor = world
    draft(round, actor)
    shorter = {key: value for key, value in NTT_POLICY.items() if key not in ("trim", "ranking")}
    with pytest.raises(rules.RulesUnchanged):
        draft(round, actor, shorter)
    assert RuleSet.objects.count() == 1


def test_the_limit_of_divergence_is_twenty_at_first_then_what_it_was_unless_told(world):
    round, actor = world
    first = draft(round, actor)
    second = draft(round, actor, divergence_limit=15)
    third = draft(round, actor, NTT_POLICY | {"trim": 2})
    assert [one.divergence_limit for one in (first, second, third)] == [20, 15, 15]
    assert second.content == first.content  # it changes no place, so it is no part of the policy
    payloads = [json.loads(event.payload) for event in AuditEvent.objects.filter(chain=round.scope).order_by("seq")]
    assert [payload["divergence_limit"] for payload in payloads] == [20, 15, 15]
    with pytest.raises(rules.RulesUnchanged):
        draft(round, actor, NTT_POLICY | {"trim": 2}, divergence_limit=15)


def test_how_the_plenary_votes_is_open_at_first_and_no_part_of_the_hash(world):
    round, actor = world
    first = draft(round, actor)
    second = draft(round, actor, voting="secret")
    third = draft(round, actor, divergence_limit=15)
    assert [one.voting for one in (first, second, third)] == ["open", "secret", "secret"]
    assert len({one.content_hash for one in (first, second, third)}) == 1
    with pytest.raises(rules.RulesUnchanged):
        draft(round, actor, voting="secret")


@pytest.mark.parametrize("limit", [-1, 101])
def test_a_limit_of_divergence_lies_between_0_and_100_points(world, limit):
    round, actor = world
    with pytest.raises(rules.DivergenceLimitOutOfRange):
        draft(round, actor, divergence_limit=limit)
    assert not RuleSet.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_rules(round, divergence_limit=limit)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"tie_break": ["by_luck"]}, TieBreak),
        ({"trim": 1.0}, FloatInput),
        ({"chair": [{"order": ["1"], "reason": "x"}]}, Malformed),
        ({"tie_break": ["chair", "by_weight"]}, Malformed),
        ({"panel_method": "mode"}, Refusal),
    ],
)
def test_draft_rules_that_the_core_refuses_change_nothing(world, change, error):
    round, actor = world
    with pytest.raises(error):
        draft(round, actor, NTT_POLICY | change)
    assert not RuleSet.objects.exists()
    assert not AuditEvent.objects.filter(chain=round.scope).exists()


def test_draft_rules_only_by_the_secretariat_and_only_in_preparation(world):
    round, actor = world
    with pytest.raises(NotPermitted):
        draft(round, make_user(Role.CHAIR, round=round))
    round.state = State.NOMINATION
    round.save()
    with pytest.raises(NotPermitted):
        draft(round, actor)
    assert not RuleSet.objects.exists()


def test_titles_for_covers_the_category_with_most_places(world):
    round, _ = world
    assert rules.titles_for(round, "Terbaik") == ["Terbaik I", "Terbaik II", "Terbaik III"]
    make_category(round, places=4)
    assert rules.titles_for(round, "Juara")[-1] == "Juara IV"
