"""What is told of a round: winners in their order, and nothing of anybody who is not to be named."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.core.publication import CATEGORY, POOL
from judging.models import Decision, DecisionKind, Plenary, PublicationRules, SpecialAward, TabulationPart
from judging.selectors.publication import origin, results_of, rules_of, visible_from
from nominees.core.lifecycle import State
from nominees.models import Kind, Nomination, Pool, Round, Status
from tests.factories.awards import make_decided_round
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70), categories=2, places=2)


def _rules(round: Round, **fields: object) -> PublicationRules:
    return PublicationRules(round=round, **fields)


def test_winners_stand_by_category_and_place_without_totals(round: Round) -> None:
    found = results_of(round, rules_of(round))

    assert found is not None
    assert [(part.kind, part.code) for part in found.parts] == [(CATEGORY, "kategori-1"), (CATEGORY, "kategori-2")]
    assert [(one.place, one.title, one.total) for one in found.parts[0].winners] == [
        (1, "Terbaik I", ""),
        (2, "Terbaik II", ""),
    ]
    names = list(round.nominations.order_by("number").values_list("nominee__name", flat=True))
    assert [one.name for part in found.parts for one in part.winners] == [*names[:2], *names[3:5]]
    assert [part.others for part in found.parts] == [(), ()]
    assert (found.version, found.year, found.place_code, found.level) == (0, 2024, "53", "provincial")
    assert (found.ceremony_on, found.decided_on, found.tabulation, found.rules) == ("2025-07-21", "2025-06-24", 1, 1)


def test_totals_are_the_official_scores_where_they_are_shown(round: Round) -> None:
    found = results_of(round, _rules(round, shows_totals=True))

    assert found is not None
    assert [one.total for one in found.parts[0].winners] == ["90.00", "80.00"]


def test_others_are_named_by_name_and_only_those_in_the_running(round: Round) -> None:
    category = round.categories.get(code="kategori-1")
    untitled = round.nominations.get(number=3)
    for status in Status:
        if status not in (Status.PROPOSED, Status.RUNNING):
            make_nomination(category, status=status)
    earlier = make_nomination(category)
    earlier.nominee.name = "aaa (contoh)"
    earlier.nominee.save()

    found = results_of(round, _rules(round, shows_unplaced=True))

    assert found is not None
    assert [one.name for one in found.parts[0].others] == ["aaa (contoh)", untitled.nominee.name]
    assert [one.name for one in found.parts[1].others] == [round.nominations.get(number=6).nominee.name]


def test_a_pool_follows_the_categories_and_a_part_without_titles_says_so(round: Round) -> None:
    tabulation = round.tabulations.get()
    pool = Pool.objects.create(round=round, code="umum", name="Umum")
    TabulationPart.objects.create(
        tabulation=tabulation, pool=pool, input="{}", input_hash="0" * 64, answer="{}", answer_hash="0" * 64
    )

    found = results_of(round, rules_of(round))

    assert found is not None
    assert [(part.kind, part.code) for part in found.parts][2:] == [(POOL, "umum")]
    assert found.parts[2].winners == ()


def test_special_awards_of_the_decision_are_told(round: Round) -> None:
    plenary = Plenary.objects.get()
    decision = Decision.objects.create(
        round=round,
        plenary=plenary,
        kind=DecisionKind.SPECIAL,
        votes_for=7,
        reason="uji",
        decided_by=make_user(),
        decided_at=AT,
    )
    SpecialAward.objects.create(
        decision=decision, plenary=plenary, title="Inovasi", recipient="Provinsi Bali (contoh)", citation="untuk uji"
    )

    found = results_of(round, rules_of(round))

    assert found is not None
    assert [(one.title, one.recipient, one.citation) for one in found.specials] == [
        ("Inovasi", "Provinsi Bali (contoh)", "untuk uji")
    ]


def test_without_a_decision_nobody_is_named(round: Round) -> None:
    round.awards.update(superseded_at=AT)
    found = results_of(round, rules_of(round))

    assert found is not None
    assert [part.winners for part in found.parts] == [(), ()]
    assert results_of(make_round(region_code="52", state=State.SCORING), PublicationRules()) is None


def test_where_a_nominee_comes_from_and_in_the_national_round_its_province(round: Round) -> None:
    government = round.nominations.get(number=1)
    village = make_nomination(round.categories.get(code="kategori-1"), region_code="53.77")
    village.nominee.kind = Kind.VILLAGE
    business = Nomination.objects.get(pk=village.pk)
    business.nominee.kind = Kind.BUSINESS

    assert origin(government, with_province=False) == ""
    assert origin(government, with_province=True) == "Provinsi Provinsi 53"
    assert origin(business, with_province=False) == business.nominee.region.full_name
    assert origin(business, with_province=True) == f"{business.nominee.region.full_name}, Provinsi Provinsi 53"


def test_the_queries_are_the_same_for_few_and_for_many() -> None:
    small = make_decided_round((90, 80), region_code="51")
    large = make_decided_round((90, 80, 70, 60, 50, 40, 30, 20), categories=4, region_code="52", places=6)
    costs = []
    for round in (small, large):
        fresh = Round.objects.select_related("edition", "region").get(pk=round.pk)
        with CaptureQueriesContext(connection) as queries:
            results_of(fresh, _rules(fresh, shows_totals=True, shows_unplaced=True))
        costs.append(len(queries))

    assert costs == [6, 6]


def test_an_embargo_only_puts_off() -> None:
    later = AT + timedelta(hours=2)

    assert visible_from(PublicationRules(), AT) == AT
    assert visible_from(PublicationRules(embargo_until=later), AT) == later
    assert visible_from(PublicationRules(embargo_until=AT - timedelta(days=1)), AT) == AT
