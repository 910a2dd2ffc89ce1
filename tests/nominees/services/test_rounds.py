"""Editions, rounds, categories and pools."""

from datetime import date
from typing import Any

import pytest

from nominees.core.lifecycle import State
from nominees.models import Category, Edition, Kind, Level, Pool, PoolMode, Round, TimeZone
from nominees.services import rounds as services
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from paritrana.regions.models import RegionKind
from tests.factories.world import AT, make_category, make_region, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform() -> User:
    return make_user(Role.PLATFORM_ADMIN)


@pytest.fixture
def round() -> Round:
    return make_round()


def _edition(actor: User, **changes: Any) -> Edition:
    facts: dict[str, Any] = {
        "assessment_year": 2024,
        "name": "Paritrana Award 2024",
        "period_start": date(2024, 1, 1),
        "period_end": date(2024, 12, 31),
    }
    return services.create_edition(**(facts | changes), actor=actor, at=AT)


def test_an_edition_is_created_once(platform: User) -> None:
    edition = _edition(platform, is_demo=True)

    event = AuditEvent.objects.get(action="edition.created")
    assert (event.chain, event.object_id, event.actor) == ("site", str(edition.pk), platform)
    with pytest.raises(services.EditionExists):
        _edition(platform)
    assert Edition.objects.count() == 1


def test_an_edition_that_ends_before_it_starts_is_refused(platform: User) -> None:
    with pytest.raises(services.PeriodReversed):
        _edition(platform, period_end=date(2023, 1, 1))


def test_a_round_is_created_for_a_province_and_for_the_nation(platform: User) -> None:
    edition = _edition(platform)
    province = make_region("53")
    known: dict[str, Any] = {"edition": edition, "actor": platform, "at": AT}

    provincial = services.create_round(region=province, time_zone=TimeZone.WITA, city="Kupang", **known)
    national = services.create_round(region=None, time_zone=TimeZone.WIB, city="Jakarta", **known)

    assert (provincial.level, provincial.scope, provincial.state) == (Level.PROVINCIAL, "2024/53", State.PREPARATION)
    assert (national.level, national.scope) == (Level.NATIONAL, "2024/nasional")
    assert {e.chain for e in AuditEvent.objects.filter(action="round.created")} == {"2024/53", "2024/nasional"}
    with pytest.raises(services.RoundExists):
        services.create_round(region=province, time_zone=TimeZone.WITA, city="Kupang", **known)
    with pytest.raises(services.RoundExists):
        services.create_round(region=None, time_zone=TimeZone.WIB, city="Jakarta", **known)


def test_only_provinces_have_rounds_and_interviews_end_after_they_begin(platform: User) -> None:
    known: dict[str, Any] = {"edition": _edition(platform), "time_zone": TimeZone.WITA, "city": "Kupang"}
    known |= {"actor": platform, "at": AT}
    with pytest.raises(services.RoundRegionRefused):
        services.create_round(region=make_region("53.71", "Kota Kupang", RegionKind.CITY), **known)
    with pytest.raises(services.PeriodReversed):
        services.create_round(
            region=make_region("53"), interviews_from=date(2025, 6, 26), interviews_until=date(2025, 6, 24), **known
        )


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM_ADMIN])
def test_only_the_platform_administrator_creates_editions_and_rounds(round: Round, role: Role) -> None:
    person = make_user(role, round=round)

    with pytest.raises(NotPermitted):
        _edition(person, assessment_year=2025)
    with pytest.raises(NotPermitted):
        services.create_round(
            edition=round.edition, region=None, time_zone=TimeZone.WIB, city="Jakarta", actor=person, at=AT
        )


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.PLATFORM_ADMIN])
def test_a_category_is_added_and_changed(round: Round, role: Role) -> None:
    actor = make_user(role, round=round)
    category = services.add_category(
        round=round, code="ukm", name="UKM", kind=Kind.BUSINESS, sizes=["micro", "small"], actor=actor, at=AT
    )

    changed = services.update_category(category=category, places=2, forward_quota=0, actor=actor, at=AT)
    services.update_category(category=category, places=2, actor=actor, at=AT)

    assert (changed.places, changed.forward_quota, changed.name, changed.sizes) == (2, 0, "UKM", ["micro", "small"])
    events = AuditEvent.objects.filter(chain=round.scope).order_by("seq")
    assert [e.action for e in events] == ["category.added", "category.changed"]
    assert events[1].payload == '{"forward_quota":[1,0],"places":[3,2]}'


def test_impossible_categories_are_refused(round: Round) -> None:
    actor = make_user(Role.SECRETARIAT, round=round)
    known: dict[str, Any] = {"round": round, "name": "X", "actor": actor, "at": AT}
    category = services.add_category(code="a", kind=Kind.VILLAGE, **known)

    with pytest.raises(services.CategoryCodeTaken):
        services.add_category(code="a", kind=Kind.VILLAGE, **known)
    with pytest.raises(services.CategoryNumbersRefused):
        services.add_category(code="b", kind=Kind.VILLAGE, places=0, **known)
    with pytest.raises(services.CategoryNumbersRefused):
        services.update_category(category=category, forward_quota=9, actor=actor, at=AT)
    with pytest.raises(services.CategoryShapeRefused):
        services.add_category(code="b", kind=Kind.VILLAGE, sector="finance", **known)
    assert Category.objects.count() == 1


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR])
def test_others_do_not_touch_categories(round: Round, role: Role) -> None:
    with pytest.raises(NotPermitted):
        services.update_category(category=make_category(round), places=2, actor=make_user(role, round=round), at=AT)


def test_categories_are_fixed_after_preparation() -> None:
    round = make_round(state=State.NOMINATION)
    with pytest.raises(NotPermitted):
        services.add_category(
            round=round, code="a", name="A", kind=Kind.VILLAGE, actor=make_user(Role.SECRETARIAT, round=round), at=AT
        )


def test_a_pool_is_over_categories_of_one_kind_and_round(round: Round) -> None:
    actor = make_user(Role.SECRETARIAT, round=round)
    one, two = (make_category(round, code, kind=Kind.BUSINESS) for code in ("a", "b"))
    village = make_category(round, "desa", kind=Kind.VILLAGE)
    elsewhere = make_category(make_round(region_code="52"), "c", kind=Kind.BUSINESS)
    known: dict[str, Any] = {"round": round, "code": "umum", "name": "Umum", "actor": actor, "at": AT}

    for wrong in ([one], [one, one], [one, village], [one, elsewhere]):
        with pytest.raises(services.PoolCategoriesRefused):
            services.add_pool(categories=wrong, **known)
    pool = services.add_pool(categories=[one, two], **known)

    assert (pool.mode, set(pool.categories.all())) == (PoolMode.FIRSTS, {one, two})
    assert AuditEvent.objects.filter(action="pool.added", chain=round.scope).count() == Pool.objects.count() == 1
    with pytest.raises(services.CategoryCodeTaken):
        services.add_pool(categories=[one, two], **known)
