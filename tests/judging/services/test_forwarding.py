"""Winners go on once, linked to where they came from, and never by the order of a list."""

import pytest

from judging.models import Claim, Forwarding
from judging.selectors.awards import awards_to_forward
from judging.services.forwarding import (
    NationalRoundMissing,
    NotAProvincialRound,
    SharedPlaceExceedsQuota,
    forward_winners,
)
from judging.services.national_entries import (
    NationalCategoryAmbiguous,
    NationalCategoryDiffers,
    NationalCategoryMissing,
    NationalRoundNotReceiving,
    NominatedElsewhereNationally,
)
from nominees.core.lifecycle import State
from nominees.models import Category, Kind, Nomination, Nominee, Round, Sector, Status, Zone
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.errors import DomainError
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round
from tests.factories.world import AT, make_category, make_nomination, make_region, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70), categories=2)


@pytest.fixture
def national(round: Round) -> Round:
    national = make_round(region_code=None, state=State.NOMINATION)
    for category in round.categories.all():
        make_category(national, category.code)
    return national


@pytest.fixture
def secretary(round: Round) -> User:
    return make_user(Role.SECRETARIAT, round=round)


def test_the_firsts_become_national_nominations_linked_both_ways(
    round: Round, national: Round, secretary: User
) -> None:
    forwarded = forward_winners(round=round, actor=secretary, at=AT)

    assert [one.award.place for one in forwarded] == [1, 1]
    for number, one in enumerate(forwarded, start=1):
        nomination = one.nomination
        assert (nomination.round, nomination.number, nomination.status) == (national, number, Status.PROPOSED)
        assert nomination.category.code == one.award.category.code
        assert nomination.forwarded_from == one.award.nomination
        assert nomination.nominee == one.award.nomination.nominee
    assert not awards_to_forward(round).exists()
    assert AuditEvent.objects.filter(chain=round.scope, action="award.forwarded").count() == 2
    assert AuditEvent.objects.filter(chain=national.scope, action="nomination.received").count() == 2


def test_what_came_with_them_is_listed_to_be_verified(round: Round, national: Round, secretary: User) -> None:
    Nomination.objects.filter(round=round).update(summary="Ringkasan (contoh)")

    forwarded = forward_winners(round=round, actor=secretary, at=AT)

    listed = Claim.objects.filter(nomination__in=[one.nomination for one in forwarded])
    assert [(one.source, one.verdict) for one in listed] == [("text", "open")] * 2
    assert AuditEvent.objects.filter(chain=national.scope, action="claim.drawn").count() == 2


def test_doing_it_twice_changes_nothing_and_returns_the_same(round: Round, national: Round, secretary: User) -> None:
    first = forward_winners(round=round, actor=secretary, at=AT)
    events = AuditEvent.objects.count()

    second = forward_winners(round=round, actor=secretary, at=AT.replace(hour=9))

    assert second == first
    assert (AuditEvent.objects.count(), Nomination.objects.filter(round=national).count()) == (events, 2)


def test_it_still_answers_when_the_national_round_has_begun_to_score(
    round: Round, national: Round, secretary: User
) -> None:
    first = forward_winners(round=round, actor=secretary, at=AT)
    Round.objects.filter(pk=national.pk).update(state=State.SCORING)

    assert forward_winners(round=round, actor=secretary, at=AT) == first


def test_numbers_go_on_after_those_of_other_provinces(round: Round, national: Round, secretary: User) -> None:
    other = make_decided_round((60, 50), region_code="52")
    forward_winners(round=other, actor=make_user(Role.SECRETARIAT, round=other), at=AT)

    forwarded = forward_winners(round=round, actor=secretary, at=AT)

    assert [one.nomination.number for one in forwarded] == [2, 3]


def test_a_zone_has_its_own_category_for_the_winners_of_its_provinces(
    round: Round, national: Round, secretary: User
) -> None:
    for code, region in (("timur", round.region), ("barat", make_region("31", "Provinsi 31"))):
        zone = Zone.objects.create(round=national, code=code, name=code)
        zone.provinces.add(region, through_defaults={"round": national})
        make_category(national, f"{code}-1", zone=zone, receives="kategori-1")
    national.categories.filter(code="kategori-1").update(receives="tidak-ada")

    forwarded = forward_winners(round=round, actor=secretary, at=AT)

    assert [one.nomination.category.code for one in forwarded] == ["timur-1", "kategori-2"]


def test_a_quota_of_nobody_forwards_nobody(round: Round, national: Round, secretary: User) -> None:
    round.categories.filter(code="kategori-1").update(forward_quota=0)

    forwarded = forward_winners(round=round, actor=secretary, at=AT)

    assert [one.award.category.code for one in forwarded] == ["kategori-2"]


def test_one_entered_by_hand_is_linked_and_not_doubled(round: Round, national: Round, secretary: User) -> None:
    winner = awards_to_forward(round)[0].nomination
    category = national.categories.get(code=winner.category.code)
    by_hand = make_nomination(category, status=Status.PROPOSED, region_code=winner.nominee.region.code)

    forwarded = forward_winners(round=round, actor=secretary, at=AT)

    assert forwarded[0].nomination == by_hand
    assert forwarded[0].nomination.forwarded_from == winner


def _no_national_round(round: Round, national: Round) -> None:
    Category.objects.filter(round=national).delete()
    national.delete()


def _scoring(round: Round, national: Round) -> None:
    Round.objects.filter(pk=national.pk).update(state=State.SCORING)


def _missing_category(round: Round, national: Round) -> None:
    national.categories.filter(code="kategori-2").delete()


def _two_takers(round: Round, national: Round) -> None:
    make_category(national, "lain", receives="kategori-1")


def _another_zone(round: Round, national: Round) -> None:
    zone = Zone.objects.create(round=national, code="barat", name="Barat (contoh)")
    zone.provinces.add(make_region("31", "Provinsi 31"), through_defaults={"round": zone.round})
    national.categories.filter(code="kategori-1").update(zone=zone)


def _other_kind(round: Round, national: Round) -> None:
    national.categories.filter(code="kategori-1").update(kind=Kind.VILLAGE)


def _other_sector(round: Round, national: Round) -> None:
    """The winner is a business of another sector than the national category of the same code takes."""
    for categories in (round.categories, national.categories):
        categories.filter(code="kategori-1").update(kind=Kind.BUSINESS)
    national.categories.filter(code="kategori-1").update(sector=Sector.FINANCE)
    Nominee.objects.filter(nominations__category__code="kategori-1").update(kind=Kind.BUSINESS)


def _other_category(round: Round, national: Round) -> None:
    winner = awards_to_forward(round)[0].nomination
    make_nomination(national.categories.get(code="kategori-2"), region_code=winner.nominee.region.code)


def _shared_first(round: Round, national: Round) -> None:
    second = round.awards.get(category__code="kategori-1", place=2)
    round.awards.filter(pk=second.pk).update(superseded_at=AT)
    second.pk, second.place = None, 1
    second.save(force_insert=True)


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (_no_national_round, NationalRoundMissing),
        (_scoring, NationalRoundNotReceiving),
        (_missing_category, NationalCategoryMissing),
        (_another_zone, NationalCategoryMissing),
        (_two_takers, NationalCategoryAmbiguous),
        (_other_kind, NationalCategoryDiffers),
        (_other_sector, NationalCategoryDiffers),
        (_other_category, NominatedElsewhereNationally),
        (_shared_first, SharedPlaceExceedsQuota),
    ],
)
def test_what_cannot_be_forwarded_forwards_nobody(
    round: Round, national: Round, secretary: User, prepare: object, error: type[DomainError]
) -> None:
    prepare(round, national)  # type: ignore[operator]

    with pytest.raises(error):
        forward_winners(round=round, actor=secretary, at=AT)

    assert not Forwarding.objects.exists()
    assert not AuditEvent.objects.exists()


def test_the_national_round_forwards_nobody(national: Round) -> None:
    Round.objects.filter(pk=national.pk).update(state=State.DECIDED)

    with pytest.raises(NotAProvincialRound):
        forward_winners(round=national, actor=make_user(Role.NATIONAL_SECRETARIAT, round=national), at=AT)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_the_secretariat_forwards(round: Round, national: Round, role: Role) -> None:
    with pytest.raises(NotPermitted):
        forward_winners(round=round, actor=make_user(role, round=round), at=AT)


def test_another_provinces_secretariat_forwards_nothing_here(round: Round, national: Round) -> None:
    other = make_round(region_code="52")

    with pytest.raises(NotPermitted):
        forward_winners(round=round, actor=make_user(Role.SECRETARIAT, round=other), at=AT)


@pytest.mark.parametrize("state", [State.PLENARY, State.CLOSED])
def test_nobody_is_forwarded_before_the_decision_or_after_the_close(
    round: Round, national: Round, secretary: User, state: State
) -> None:
    Round.objects.filter(pk=round.pk).update(state=state)

    with pytest.raises(NotPermitted):
        forward_winners(round=round, actor=secretary, at=AT)
