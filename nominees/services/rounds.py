"""Editions, rounds, categories and pools: what a competition consists of before anybody is nominated."""

from collections.abc import Sequence
from datetime import date, datetime

from nominees import audit_actions
from nominees.models import Category, Edition, Kind, Level, Pool, PoolMode, Round, TimeZone
from nominees.permissions import can_draft_categories, can_set_up_rounds
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.regions.models import Region, RegionKind

from .locks import locked_category, locked_round


class EditionExists(DomainError):
    """The assessment year has its edition already. Facts: year."""

    code = "edition_exists"


class PeriodReversed(DomainError):
    """A period ends before it starts."""

    code = "period_reversed"


class RoundExists(DomainError):
    """The edition has its round in this province (or nationally) already."""

    code = "round_exists"


class RoundRegionRefused(DomainError):
    """Only a province has a round of its own. Facts: region."""

    code = "round_region_refused"


class CategoryCodeTaken(DomainError):
    """The round has a category or pool of this code already. Facts: category."""

    code = "category_code_taken"


class CategoryNumbersRefused(DomainError):
    """Places are 1 to 20, the forward quota at most the places. Facts: places, quota."""

    code = "category_numbers_refused"


class CategoryShapeRefused(DomainError):
    """Only categories of businesses have sector and sizes."""

    code = "category_shape_refused"


class PoolCategoriesRefused(DomainError):
    """A pool is over two or more categories of one kind in its own round."""

    code = "pool_categories_refused"


@atomic_service
def create_edition(
    *,
    assessment_year: int,
    name: str,
    period_start: date,
    period_end: date,
    actor: User,
    at: datetime,
    is_demo: bool = False,
) -> Edition:
    """Create the award of ``assessment_year``. Raises :class:`EditionExists`, :class:`PeriodReversed`."""
    can_set_up_rounds(actor).require()
    if Edition.objects.filter(assessment_year=assessment_year).exists():
        raise EditionExists(year=assessment_year)
    if period_end < period_start:
        raise PeriodReversed
    edition = Edition.objects.create(
        assessment_year=assessment_year, name=name, period_start=period_start, period_end=period_end, is_demo=is_demo
    )
    payload = {"period": [period_start.isoformat(), period_end.isoformat()], "is_demo": is_demo}
    record(action=audit_actions.EDITION_CREATED, actor=actor, at=at, target=edition, payload=payload)
    return edition


@atomic_service
def create_round(
    *,
    edition: Edition,
    region: Region | None,
    time_zone: TimeZone,
    city: str,
    actor: User,
    at: datetime,
    interviews_from: date | None = None,
    interviews_until: date | None = None,
    ceremony_on: date | None = None,
    ceremony_place: str = "",
) -> Round:
    """Create the round of ``edition`` in the province ``region``, or the national one without a region.

    Raises :class:`RoundExists`, :class:`RoundRegionRefused`, :class:`PeriodReversed`.
    """
    can_set_up_rounds(actor).require()
    if region is not None and region.kind != RegionKind.PROVINCE:
        raise RoundRegionRefused(region=region.full_name)
    if Round.objects.filter(edition=edition, region=region, practice=0).exists():
        raise RoundExists
    if interviews_from and interviews_until and interviews_until < interviews_from:
        raise PeriodReversed
    round = Round.objects.create(
        edition=edition,
        region=region,
        level=Level.PROVINCIAL if region else Level.NATIONAL,
        time_zone=time_zone,
        city=city,
        interviews_from=interviews_from,
        interviews_until=interviews_until,
        ceremony_on=ceremony_on,
        ceremony_place=ceremony_place,
    )
    payload = {"time_zone": str(time_zone), "city": city}
    record(action=audit_actions.ROUND_CREATED, actor=actor, at=at, target=round, chain=round.scope, payload=payload)
    return round


@atomic_service
def add_category(
    *,
    round: Round,
    code: str,
    name: str,
    kind: Kind,
    actor: User,
    at: datetime,
    sector: str = "",
    sizes: Sequence[str] = (),
    places: int = 3,
    forward_quota: int = 1,
) -> Category:
    """Add a category at the end of the list; no ``sector`` and no ``sizes`` mean any.

    Raises :class:`CategoryCodeTaken`, :class:`CategoryNumbersRefused`, :class:`CategoryShapeRefused`.
    """
    locked = locked_round(round.pk)
    can_draft_categories(actor, locked).require()
    _code_free(locked, code)
    _numbers_fit(places, forward_quota)
    if kind != Kind.BUSINESS and (sector or sizes):
        raise CategoryShapeRefused
    category = Category.objects.create(
        round=locked,
        code=code,
        name=name,
        kind=kind,
        sector=sector,
        sizes=[str(size) for size in sizes],
        places=places,
        forward_quota=forward_quota,
        position=locked.categories.count() + 1,
    )
    payload = {"code": code, "kind": str(kind), "places": places, "forward_quota": forward_quota}
    record(
        action=audit_actions.CATEGORY_ADDED, actor=actor, at=at, target=category, chain=locked.scope, payload=payload
    )
    return category


@atomic_service
def update_category(
    *,
    category: Category,
    actor: User,
    at: datetime,
    name: str | None = None,
    places: int | None = None,
    forward_quota: int | None = None,
) -> Category:
    """Change what is given and leave the rest; nothing different leaves no event. Raises as :func:`add_category`."""
    locked = locked_category(category)
    can_draft_categories(actor, locked.round).require()
    wanted = {"name": name, "places": places, "forward_quota": forward_quota}
    changes = {
        field: [getattr(locked, field), value]
        for field, value in wanted.items()
        if value is not None and value != getattr(locked, field)
    }
    if not changes:
        return locked
    for field, (_, value) in changes.items():
        setattr(locked, field, value)
    _numbers_fit(locked.places, locked.forward_quota)
    locked.save(update_fields=list(changes))
    record(
        action=audit_actions.CATEGORY_CHANGED,
        actor=actor,
        at=at,
        target=locked,
        chain=locked.round.scope,
        payload=changes,
    )
    return locked


@atomic_service
def add_pool(
    *,
    round: Round,
    code: str,
    name: str,
    categories: Sequence[Category],
    actor: User,
    at: datetime,
    mode: PoolMode = PoolMode.FIRSTS,
    places: int = 3,
) -> Pool:
    """Add an award over several categories of one kind. Raises as :func:`add_category`, and
    :class:`PoolCategoriesRefused`.
    """
    locked = locked_round(round.pk)
    can_draft_categories(actor, locked).require()
    _code_free(locked, code)
    _numbers_fit(places, 0)
    if len({category.pk for category in categories}) < 2 or len({category.kind for category in categories}) != 1:
        raise PoolCategoriesRefused
    if any(category.round_id != locked.pk for category in categories):
        raise PoolCategoriesRefused
    pool = Pool.objects.create(round=locked, code=code, name=name, mode=mode, places=places)
    pool.categories.set(categories)
    payload = {"code": code, "mode": str(mode), "categories": sorted(category.code for category in categories)}
    record(action=audit_actions.POOL_ADDED, actor=actor, at=at, target=pool, chain=locked.scope, payload=payload)
    return pool


def _code_free(round: Round, code: str) -> None:
    if round.categories.filter(code=code).exists() or round.pools.filter(code=code).exists():
        raise CategoryCodeTaken(category=code)


def _numbers_fit(places: int, forward_quota: int) -> None:
    if not 1 <= places <= 20 or not 0 <= forward_quota <= places:
        raise CategoryNumbersRefused(places=places, quota=forward_quota)
