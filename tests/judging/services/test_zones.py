"""Zones of the national round: a province in one at most, and nobody moved who is in already."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from judging.selectors.zones import gaps_of, provinces_outside
from judging.services.zones import (
    ProvinceInOtherZone,
    ZoneCodeTaken,
    ZoneInUse,
    ZoneNameTaken,
    ZoneOfOtherRound,
    ZoneWinnersIn,
    add_sample_zones,
    add_zone,
    change_zone,
    remove_zone,
    set_taking,
    zone_document,
)
from nominees.core.lifecycle import State
from nominees.models import Round, Zone, ZoneProvince
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.world import AT, make_category, make_nomination, make_region, make_round, make_user

pytestmark = pytest.mark.django_db
EAST: dict[str, Any] = {"code": "timur", "name": "Timur (contoh)", "provinces": ["53", "81"]}


@pytest.fixture
def national() -> tuple[Round, User]:
    round = make_round(region_code=None, state=State.NOMINATION)
    for code in ("53", "74", "81"):
        make_region(code, f"Provinsi {code}")
    return round, make_user(Role.NATIONAL_SECRETARIAT, round=round)


def test_a_zone_has_its_provinces_and_an_event(national: tuple[Round, User]) -> None:
    round, actor = national
    zone = add_zone(round=round, actor=actor, at=AT, **EAST)
    assert [region.code for region in zone.provinces.order_by("code")] == ["53", "81"]
    assert json.loads(AuditEvent.objects.get(action="zone.added").payload)["provinces"] == ["53", "81"]
    assert [region.code for region in provinces_outside(round)] == ["74"]
    with pytest.raises(ZoneCodeTaken):
        add_zone(round=round, actor=actor, at=AT, **EAST)
    with pytest.raises(ProvinceInOtherZone):
        add_zone(round=round, code="lain", name="Lain", provinces=["81"], actor=actor, at=AT)


def test_a_province_whose_winner_is_in_stays_in_its_zone(national: tuple[Round, User]) -> None:
    round, actor = national
    zone = add_zone(round=round, actor=actor, at=AT, **EAST)
    category = make_category(round, "pemda-timur")
    told: Any = {"category": category, "receives": "pemda", "actor": actor, "at": AT}
    assert set_taking(zone=zone, **told).zone == zone
    source = make_nomination(make_category(make_round()))
    make_nomination(category, region_code=source.nominee.region.code, forwarded_from=source)
    with pytest.raises(ZoneWinnersIn):
        change_zone(zone=zone, name=zone.name, provinces=["81"], actor=actor, at=AT)
    with pytest.raises(ZoneWinnersIn):
        set_taking(zone=None, **told)
    changed = change_zone(zone=zone, name="Timur", provinces=["53"], actor=actor, at=AT)
    assert (changed.name, changed.provinces.get().code) == ("Timur", "53")
    with pytest.raises(ZoneInUse):
        remove_zone(zone=zone, actor=actor, at=AT)
    assert set(AuditEvent.objects.values_list("action", flat=True)) >= {"zone.changed", "category.takes"}


def test_a_name_stands_once_in_a_round(national: tuple[Round, User]) -> None:
    round, actor = national
    add_zone(round=round, actor=actor, at=AT, **EAST)
    other = add_zone(round=round, code="barat", name="Barat (contoh)", provinces=[], actor=actor, at=AT)
    with pytest.raises(ZoneNameTaken):
        add_zone(round=round, code="lain", name=EAST["name"], provinces=[], actor=actor, at=AT)
    with pytest.raises(ZoneNameTaken):
        change_zone(zone=other, name=EAST["name"], provinces=[], actor=actor, at=AT)
    assert change_zone(zone=other, name="Barat (contoh)", provinces=["74"], actor=actor, at=AT).provinces.count() == 1


def test_the_database_keeps_names_and_provinces_apart(national: tuple[Round, User]) -> None:
    round, actor = national
    zone = add_zone(round=round, actor=actor, at=AT, **EAST)
    other = add_zone(round=round, code="barat", name="Barat (contoh)", provinces=[], actor=actor, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Zone.objects.filter(pk=other.pk).update(name=EAST["name"])
    with pytest.raises(IntegrityError), transaction.atomic():
        ZoneProvince.objects.create(zone=other, region=zone.provinces.earliest("code"), round=round)


def test_a_category_belongs_to_a_zone_of_its_own_round(national: tuple[Round, User]) -> None:
    round, actor = national
    later = make_round(year=2025, region_code=None, state=State.NOMINATION)
    admin = make_user(Role.NATIONAL_SECRETARIAT, round=later)
    zone = add_zone(round=later, actor=admin, at=AT, **EAST)
    category = make_category(round, "pemda-timur")
    with pytest.raises(ZoneOfOtherRound):
        set_taking(category=category, zone=zone, receives="pemda", actor=actor, at=AT)
    category.refresh_from_db()
    assert category.zone is None


def test_an_unused_zone_goes(national: tuple[Round, User]) -> None:
    round, actor = national
    remove_zone(zone=add_zone(round=round, actor=actor, at=AT, **EAST), actor=actor, at=AT)
    assert not Zone.objects.exists()
    assert AuditEvent.objects.filter(action="zone.removed").exists()


def test_the_sample_covers_every_province_once(national: tuple[Round, User]) -> None:
    codes = [code for zone in zone_document() for code in zone["provinces"]]
    assert len(codes) == len(set(codes)) == 38
    round, actor = national
    assert len(add_sample_zones(round=round, actor=actor, at=AT)) == 5
    assert add_sample_zones(round=round, actor=actor, at=AT) == []


def test_a_provincial_category_without_exactly_one_taker_is_a_gap(national: tuple[Round, User]) -> None:
    round, actor = national
    make_category(make_round(), "pemda")
    assert [gap.takers for gap in gaps_of(round)] == [[]]
    zone = add_zone(round=round, actor=actor, at=AT, **EAST)
    for code in ("a", "b"):
        set_taking(category=make_category(round, code), zone=zone, receives="pemda", actor=actor, at=AT)
    assert [len(gap.takers) for gap in gaps_of(round)] == [2]
    set_taking(category=round.categories.get(code="b"), zone=zone, receives="lain", actor=actor, at=AT)
    assert gaps_of(round) == []


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARIAT, Role.AUDITOR])
def test_only_the_national_secretariat_divides(national: tuple[Round, User], role: Role) -> None:
    with pytest.raises(NotPermitted):
        add_zone(round=national[0], actor=make_user(role, round=national[0]), at=AT, **EAST)


def test_not_once_scoring_began(national: tuple[Round, User]) -> None:
    round, actor = national
    Round.objects.filter(pk=round.pk).update(state=State.SCORING)
    with pytest.raises(NotPermitted):
        add_zone(round=round, actor=actor, at=AT, **EAST)
