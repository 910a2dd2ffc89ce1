"""Zones of the national round: which provinces compete with each other, and which category takes whose winners."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from judging import audit_actions
from judging.permissions.national import can_set_zones
from nominees.models import Category, Nomination, Round, Zone
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.regions.models import Region, RegionKind

from .locks import locked_round


class ZoneCodeTaken(DomainError):
    """Another zone of the round has this code; facts ``code``."""

    code = "zone_code_taken"


class ZoneNameTaken(DomainError):
    """Another zone of the round has this name; facts ``name``."""

    code = "zone_name_taken"


class ZoneOfOtherRound(DomainError):
    """The zone divides another round than the category's; facts ``zone``."""

    code = "zone_of_other_round"


class ProvinceInOtherZone(DomainError):
    """A province lies in one zone at most; facts ``province``, ``zone``."""

    code = "province_in_other_zone"


class ZoneInUse(DomainError):
    """Categories belong to the zone; facts ``zone``, ``categories``."""

    code = "zone_in_use"


class ZoneWinnersIn(DomainError):
    """Winners came already by the present division and would stand in the wrong category; facts ``nominees``."""

    code = "zone_winners_in"


def zone_document() -> list[dict[str, Any]]:
    """Return the sample division of ``fixtures/zones``: code, name, provinces. Only two of its zones are official."""
    path = settings.BASE_DIR / "fixtures" / "zones" / "contoh.json"
    zones: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["zones"]
    return zones


@atomic_service
def add_zone(*, round: Round, code: str, name: str, provinces: Collection[str], actor: User, at: datetime) -> Zone:
    """Add a zone of the provinces with these codes.

    Raises ``NotPermitted``, :class:`ZoneCodeTaken`, :class:`ZoneNameTaken`, :class:`ProvinceInOtherZone`.
    """
    round = locked_round(round.pk)
    can_set_zones(actor, round).require()
    if Zone.objects.filter(round=round, code=code).exists():
        raise ZoneCodeTaken(code=code)
    _refuse_name(round, name, None)
    regions = _free(round, provinces, None)
    zone = Zone.objects.create(round=round, code=code, name=name, position=round.zones.count() + 1)
    zone.provinces.set(regions, through_defaults={"round": round})
    _record(audit_actions.ZONE_ADDED, zone, regions, actor, at)
    return zone


@atomic_service
def change_zone(*, zone: Zone, name: str, provinces: Collection[str], actor: User, at: datetime) -> Zone:
    """Give a zone another name or other provinces. Those whose winners are in its categories stay.

    Raises ``NotPermitted``, :class:`ZoneNameTaken`, :class:`ProvinceInOtherZone`, :class:`ZoneWinnersIn`.
    """
    round = locked_round(zone.round_id)
    can_set_zones(actor, round).require()
    zone = Zone.objects.get(pk=zone.pk)
    _refuse_name(round, name, zone)
    regions = _free(round, provinces, zone)
    wanted = {region.code for region in regions}
    left = [one for one in _entered(zone.categories.all()) if _province_code(one) not in wanted]
    if left:
        raise ZoneWinnersIn(nominees=", ".join(str(one) for one in left))
    zone.name = name
    zone.save(update_fields=["name"])
    zone.provinces.set(regions, through_defaults={"round": round})
    _record(audit_actions.ZONE_CHANGED, zone, regions, actor, at)
    return zone


@atomic_service
def remove_zone(*, zone: Zone, actor: User, at: datetime) -> None:
    """Remove a zone that no category belongs to. Raises ``NotPermitted``, :class:`ZoneInUse`."""
    round = locked_round(zone.round_id)
    can_set_zones(actor, round).require()
    used = list(Category.objects.filter(zone=zone).values_list("name", flat=True))
    if used:
        raise ZoneInUse(zone=zone.name, categories=", ".join(used))
    _record(audit_actions.ZONE_REMOVED, zone, list(zone.provinces.all()), actor, at)
    zone.delete()


@atomic_service
def add_sample_zones(*, round: Round, actor: User, at: datetime) -> list[Zone]:
    """Add the zones of the sample division that ``round`` does not have; a second run adds nothing."""
    present = set(Zone.objects.filter(round=round).values_list("code", flat=True))
    return [
        add_zone(round=round, **told, actor=actor, at=at) for told in zone_document() if told["code"] not in present
    ]


@atomic_service
def set_taking(*, category: Category, zone: Zone | None, receives: str, actor: User, at: datetime) -> Category:
    """Say from which zone (none: from everywhere) and of which provincial code a category takes winners.

    Raises ``NotPermitted``, :class:`ZoneOfOtherRound`, and :class:`ZoneWinnersIn` where winners came into it already.
    """
    round = locked_round(category.round_id)
    can_set_zones(actor, round).require()
    if zone is not None and zone.round_id != round.pk:
        raise ZoneOfOtherRound(zone=zone.name)
    category = Category.objects.select_related("zone").get(pk=category.pk)
    if (category.zone, category.receives) == (zone, receives):
        return category
    entered = _entered([category])
    if entered:
        raise ZoneWinnersIn(nominees=", ".join(str(one) for one in entered))
    category.zone, category.receives = zone, receives
    category.save(update_fields=["zone", "receives"])
    record(
        action=audit_actions.CATEGORY_TAKES,
        actor=actor,
        at=at,
        target=category,
        chain=round.scope,
        payload={"code": category.code, "zone": zone.code if zone else "", "receives": receives},
    )
    return category


def _refuse_name(round: Round, name: str, zone: Zone | None) -> None:
    """A name is printed beside others of its round, so no two zones have the same."""
    if any(other != zone for other in Zone.objects.filter(round=round, name=name)):
        raise ZoneNameTaken(name=name)


def _free(round: Round, provinces: Collection[str], zone: Zone | None) -> list[Region]:
    """Return the provinces of these codes, none of them in a zone beside ``zone``."""
    regions = list(Region.objects.filter(code__in=set(provinces), kind=RegionKind.PROVINCE).order_by("code"))
    for other in Zone.objects.filter(round=round).prefetch_related("provinces"):
        if other == zone:
            continue
        for region in other.provinces.all():
            if region in regions:
                raise ProvinceInOtherZone(province=region.name, zone=other.name)
    return regions


def _entered(categories: Any) -> list[Nomination]:
    """Return the nominations of provincial winners in these categories."""
    rows = Nomination.objects.filter(category__in=categories).select_related("nominee__region")
    came = rows.exclude(received_winners=None) | rows.exclude(forwarded_from=None)
    return list(came.distinct())


def _province_code(nomination: Nomination) -> str:
    return nomination.nominee.region.code[:2]


def _record(action: Any, zone: Zone, regions: Sequence[Region], actor: User, at: datetime) -> None:
    payload = {"code": zone.code, "name": zone.name, "provinces": [region.code for region in regions]}
    record(action=action, actor=actor, at=at, target=zone, chain=zone.round.scope, payload=payload)
