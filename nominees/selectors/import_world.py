"""What an import has to know of what is recorded, in a handful of queries whatever the number of rows."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from nominees.core.codelists import BUSINESS, VILLAGE
from nominees.core.columns import Value
from nominees.core.coverage import INDICATOR_OF
from nominees.core.eligibility import CategoryFacts
from nominees.core.import_plan import KnownBusiness, Recorded, World
from nominees.core.matching import Gazetteer, Place
from nominees.core.rows import Row
from nominees.models import BusinessProfile, Nomination, Nominee, Round
from paritrana.regions.models import REGENCY_KINDS, VILLAGE_KINDS, Region, RegionKind


def regions_of(round: Round) -> QuerySet[Region]:
    """Return the current regions of the round's province; of the whole country for the national round."""
    regions = Region.objects.filter(is_current=True)
    return (
        regions.filter(Q(code=round.region.code) | Q(code__startswith=f"{round.region.code}."))
        if round.region
        else regions
    )


def regencies_of(round: Round) -> QuerySet[Region]:
    """Return the current regencies and cities of the round."""
    return regions_of(round).filter(kind__in=REGENCY_KINDS)


def categories_of(round: Round) -> tuple[CategoryFacts, ...]:
    """Return the round's categories as the core sees them. One query."""
    return tuple(
        CategoryFacts(category.code, category.name, category.kind, category.sector, tuple(category.sizes))
        for category in round.categories.all()
    )


def world_for(round: Round, rows: Iterable[Row]) -> World:
    """Return what a plan for ``rows`` needs. Five queries; villages are loaded only when a row is about one."""
    rows = list(rows)
    return World(
        places=gazetteer_of(round, with_villages=any(row.kind == VILLAGE for row in rows)),
        categories=categories_of(round),
        nominations=_recorded(round),
        businesses=_businesses(round, {row.text("nib") for row in rows if row.kind == BUSINESS}),
        national=round.region is None,
    )


def gazetteer_of(round: Round, *, with_villages: bool) -> Gazetteer:
    """Return what finds the round's regions by code or name, districts and villages only if asked. One query."""
    regions = regions_of(round)
    if not with_villages:
        regions = regions.exclude(kind__in=(RegionKind.DISTRICT, *VILLAGE_KINDS))
    known = {region.code: region for region in regions.only("code", "name", "kind")}
    return Gazetteer(_place(region, known) for region in known.values())


def _place(region: Region, known: dict[str, Region]) -> Place:
    above = [known[code] for code in (region.code[:8], region.code[:5]) if code != region.code and code in known]
    bare = region.name.partition(" ")[2] if region.kind in REGENCY_KINDS else region.name
    within = tuple(name for other in above for name in (other.full_name, other.name))
    return Place(region.code, region.full_name, bare, region.kind, within)


def _recorded(round: Round) -> tuple[Recorded, ...]:
    nominations = Nomination.objects.filter(round=round).select_related(
        "category", "contact", "nominee__region", "nominee__business"
    )
    return tuple(_values(nomination) for nomination in nominations.prefetch_related("indicators"))


def _values(nomination: Nomination) -> Recorded:
    nominee = nomination.nominee
    values: dict[str, Value] = {
        "name": nominee.name,
        "region": nominee.region.code,
        "category": nomination.category.code,
        "leader": nomination.leader,
        "summary": nomination.summary,
    }
    contact = getattr(nomination, "contact", None)
    if contact:
        values |= {"person": contact.person, "phone": contact.phone, "email": contact.email}
    business: BusinessProfile | None = getattr(nominee, "business", None)
    if business:
        fields = ("legal_name", "sector", "size_class", "kbli", "nib", "bpjs_number")
        values |= {name: getattr(business, name) for name in fields}
    wanted = INDICATOR_OF[nominee.kind].criterion
    for indicator in nomination.indicators.all():
        if indicator.criterion == wanted:
            values |= {"count": indicator.count, "base": indicator.base, "source": indicator.source}
            values["as_of"] = indicator.as_of.isoformat()
    return Recorded(
        number=nomination.number,
        kind=nominee.kind,
        status=nomination.status,
        nib=business.nib if business else "",
        values=values,
    )


def _businesses(round: Round, nibs: set[str]) -> tuple[KnownBusiness, ...]:
    """Return the businesses of the round's regions, and those anywhere that the workbook names by NIB."""
    here = Q(region__in=regencies_of(round), is_practice=False) if nibs else Q(pk__in=())
    found = Nominee.objects.filter(here | Q(business__nib__in=nibs), kind=BUSINESS)
    return tuple(KnownBusiness(*row) for row in found.values_list("business__nib", "name", "region__code"))
