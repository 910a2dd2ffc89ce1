"""Zones of the national round, and provincial categories whose winners would have nowhere to go."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from nominees.models import Category, Level, Round, Zone
from paritrana.regions.models import Region, RegionKind

from .national_categories import takers_of


def zones_of(round: Round) -> QuerySet[Zone]:
    """Return the zones with provinces and categories. Three queries."""
    return Zone.objects.filter(round=round).prefetch_related("provinces", "categories")


def provinces_outside(round: Round) -> list[Region]:
    """Return the provinces that lie in no zone; none while there are no zones. Two queries."""
    placed = set(Zone.objects.filter(round=round).values_list("provinces", flat=True))
    if not placed:
        return []
    return list(
        Region.objects.filter(kind=RegionKind.PROVINCE, is_current=True)
        .exclude(pk__in=placed - {None})
        .order_by("code")
    )


@dataclass(frozen=True, slots=True)
class Gap:
    """A provincial category whose winners no national category takes (``takers`` is empty), or several."""

    category: Category
    takers: Sequence[Category]


def gaps_of(round: Round) -> list[Gap]:
    """Return the categories of this edition's provincial rounds that have not exactly one taker. Four queries."""
    takers = takers_of(round)
    rows = Category.objects.filter(
        round__edition_id=round.edition_id, round__level=Level.PROVINCIAL, round__practice=0, forward_quota__gte=1
    ).select_related("round__region", "round__edition")
    found = (
        Gap(one, takers.of(one.code, one.round.region_id)) for one in rows.order_by("round__region__code", "position")
    )
    return [gap for gap in found if len(gap.takers) != 1]
