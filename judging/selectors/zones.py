"""Zones of the national round, and provincial categories whose winners would have nowhere to go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from judging.models import ReceivedPackage
from nominees.models import Category, Level, Round, Zone
from paritrana.regions.models import Region, RegionKind

from .national_categories import Takers, takers_of
from .received_packages import PackageDamaged, package_bytes, winners_in


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
    """A provincial category whose winners no national category takes (``takers`` is empty), or several.

    ``package`` is the waiting one that tells of it; ``None`` where the province has its round on this site.
    """

    place: str
    category: str
    takers: Sequence[Category]
    package: ReceivedPackage | None = None


def provincial_names(round: Round) -> dict[str, str]:
    """Return code -> name of the categories of provincial rounds on this site, as the newest edition says. One query.

    What winners come by packages alone is known by its code.
    """
    rows = Category.objects.filter(round__level=Level.PROVINCIAL, round__practice=0)
    rows = rows.filter(round__edition__assessment_year__lte=round.edition.assessment_year)
    return dict(rows.order_by("round__edition__assessment_year", "round__region__code").values_list("code", "name"))


def waiting_packages(round: Round) -> list[ReceivedPackage]:
    """Return each province's newest sound package where its winners are still to be taken. One query."""
    rows = ReceivedPackage.objects.filter(round=round, region__isnull=False).select_related("region").defer("manifest")
    newest: dict[int | None, ReceivedPackage] = {}
    for one in rows.order_by("region__code", "-received_at", "-pk"):
        if not one.problems:
            newest.setdefault(one.region_id, one)
    return [one for one in newest.values() if not one.accepted]


def gaps_of(round: Round, waiting: Iterable[ReceivedPackage] = ()) -> list[Gap]:
    """Return the categories of provincial rounds and of ``waiting`` packages that have not exactly one taker.

    Four queries; each package is read from its file, a damaged one left out: its own page tells.
    """
    takers = takers_of(round)
    rows = Category.objects.filter(
        round__edition_id=round.edition_id, round__level=Level.PROVINCIAL, round__practice=0, forward_quota__gte=1
    ).select_related("round__region", "round__edition")
    found = [
        Gap(one.round.place_name, one.name, takers.of(one.code, one.round.region_id))
        for one in rows.order_by("round__region__code", "position")
    ]
    for package in waiting:
        found += _gaps_in(package, takers)
    return [gap for gap in found if len(gap.takers) != 1]


def _gaps_in(package: ReceivedPackage, takers: Takers) -> list[Gap]:
    """Return the categories of winners in a package with what takes them."""
    try:
        told = winners_in(package_bytes(package))
    except PackageDamaged:
        return []
    present = {row["category"] for row in told["winners"]}
    return [
        Gap(str(package.region), row["name"], takers.of(row["code"], package.region_id), package)
        for row in told["categories"]
        if row["code"] in present
    ]
