"""The page of the rules."""

import pytest
from django.urls import reverse
from django.utils import translation

from judging.core.policies import NTT_POLICY
from judging.core.policy import from_document
from judging.models import RuleSet
from judging.selectors.rules import rules_document
from judging.web.rules_form import initial_of
from judging.web.rules_wording import LEVELS, METHODS, MISSING, MODES, STAGES, STEPS, sentences, tie_steps
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from tests.factories.costs import cost
from tests.factories.panel import make_member, make_seat
from tests.factories.rubrics import make_category_rubric, make_rules
from tests.factories.world import make_category, make_round, make_user

pytestmark = pytest.mark.django_db


def url(round):
    return reverse("judging:rules", kwargs={"year": 2024, "scope": round.scope_code})


@pytest.fixture
def world(client):
    round = make_round()
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    return round


def data(**changes):
    return {name: value for name, value in (initial_of(NTT_POLICY) | changes).items() if value is not None}


def test_the_form_starts_with_the_preset_and_saves_it_exactly(client, world):
    assert client.get(url(world)).context["present"] is None
    assert client.post(url(world), data(note="Rapat")).status_code == 302
    assert rules_document(RuleSet.objects.get()) == NTT_POLICY
    assert client.get(url(world)).context["present"].number == 1


def test_the_titles_cover_the_category_with_most_places_and_a_criterion_can_break_ties(client, world):
    category = make_category(world, places=5)
    make_category_rubric(category)
    client.post(url(world), data(title_word="Juara", tie_1="criterion:inovasi", tie_2="chair", tie_3="", tie_4=""))
    document = rules_document(RuleSet.objects.get())
    assert document["labels"][-1] == "Juara V"
    assert document["tie_break"] == ["criterion:inovasi", "chair"]


def test_a_panel_criterion_has_a_method_of_its_own_and_the_page_says_so(client, world):
    make_category_rubric(make_category(world))
    fields = client.get(url(world)).context["form"].fields
    assert [name for name in fields if name.startswith("method_")] == ["method_inovasi"]  # the one that seats mark
    assert client.post(url(world), data(method_inovasi="median")).status_code == 302
    rules = RuleSet.objects.get()
    assert rules_document(rules) == NTT_POLICY | {"panel_methods": {"inovasi": "median"}}
    response = client.get(url(world))
    assert response.context["form"]["method_inovasi"].value() == "median"
    with translation.override("en"):
        said = sentences(from_document(rules_document(rules)), {"inovasi": "Inovasi daerah"})
    assert "Inovasi daerah has a method of its own. The median of the panel's scores counts." in said
    client.post(url(world), data(method_inovasi=""))
    assert rules_document(RuleSet.objects.latest("number")) == NTT_POLICY


def test_the_method_for_all_chosen_for_a_criterion_is_no_method_of_its_own(client, world):
    make_category_rubric(make_category(world))
    client.post(url(world), data(method_inovasi="trimmed"))
    assert rules_document(RuleSet.objects.get()) == NTT_POLICY


def test_a_method_of_its_own_needs_criteria_combined_one_by_one(client, world):
    make_category_rubric(make_category(world))
    response = client.post(url(world), data(method_inovasi="mean", panel_level="judge"))
    assert list(response.context["form"].errors) == ["panel_level"]
    assert not RuleSet.objects.exists()


def test_the_limit_of_divergence_is_set_with_the_rules_and_shown(client, world):
    assert client.get(url(world)).context["form"]["divergence_limit"].value() == 20
    client.post(url(world), data(divergence_limit="15"))
    assert RuleSet.objects.get().divergence_limit == 15
    assert client.get(url(world)).context["form"]["divergence_limit"].value() == 15
    client.post(url(world), data(divergence_limit="101"))
    assert RuleSet.objects.count() == 1


def test_the_same_rules_again_make_no_version_and_say_so(client, world):
    client.post(url(world), data())
    again = client.post(url(world), data())
    assert again.status_code == 200
    assert [message.level_tag for message in again.context["messages"]][-1] == "error"
    assert RuleSet.objects.count() == 1


@pytest.mark.parametrize("changes", [{"tie_2": "by_weight"}, {"trim": "9"}, {"panel_method": "mode"}, {"tie_1": "x"}])
def test_bad_input_changes_nothing(client, world, changes):
    response = client.post(url(world), data(**changes))
    assert response.context["form"].errors
    assert not RuleSet.objects.exists()


def test_others_read_and_nobody_changes_rules_later(client, world):
    make_rules(world)
    secretary = make_user(Role.SECRETARIAT, round=world)
    client.force_login(make_member(make_seat(world)).user)
    assert client.get(url(world)).context["form"] is None
    assert client.post(url(world), data(trim=2)).status_code == 403
    world.state = State.NOMINATION
    world.save()
    client.force_login(secretary)
    assert client.get(url(world)).context["form"] is None
    assert client.post(url(world), data(trim=2)).status_code == 403
    assert RuleSet.objects.count() == 1


def test_another_province_and_the_signed_out_never_get_in(client, world):
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))
    assert client.get(url(world)).status_code == 404
    client.logout()
    assert client.get(url(world)).url.startswith(reverse("login"))


def test_versions_cost_the_same_for_1_and_30(client, world):
    make_rules(world)
    one = cost(client, url(world))
    for number in range(29):
        make_rules(world, min_scores=number % 9 + 1)
    assert cost(client, url(world)) == one <= 12
    assert len(client.get(url(world)).context["rows"]) == 30


def test_every_choice_of_the_core_has_its_words():
    from judging.core import policy as core
    from judging.core.aggregation import METHODS as CORE_METHODS
    from judging.core.numbers import MODES as CORE_MODES

    assert set(METHODS) == set(CORE_METHODS)
    assert set(STEPS) == set(core.PLAIN_STEPS)
    assert set(MODES) == set(CORE_MODES)
    assert set(LEVELS) == {core.LEAF, core.JUDGE}
    assert set(STAGES) == {core.NONE, core.FINAL, core.EVERY}
    assert set(MISSING) == {core.UNRANKED, core.ZERO_VALUE}


def test_sentences_name_the_numbers():
    with translation.override("en"):
        said = sentences(from_document(NTT_POLICY | {"min_scores": 7}))
        steps = tie_steps(from_document(NTT_POLICY | {"tie_break": ["criterion:inovasi", "chair"]}))
    assert any("fewer than 7 scores" in one for one in said)
    assert any("Terbaik III" in one for one in said)
    assert steps[0] == "Higher score on inovasi"
