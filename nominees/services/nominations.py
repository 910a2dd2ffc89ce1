"""Put nominees into categories and keep their data. Screening and status are in ``screening``, counts in
``indicators``; their services are named here too, so that callers find all of a nomination's acts in one place.
"""

from dataclasses import asdict
from datetime import datetime

from django.db.models import Max

from nominees import audit_actions
from nominees.core.codelists import BUSINESS
from nominees.core.eligibility import CategoryFacts, misfit, place_fits
from nominees.core.facts import BusinessFacts, ContactFacts
from nominees.models import Category, Contact, Level, Nomination, Nominee, Round, Status
from nominees.permissions import can_edit_nominees
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction
from paritrana.regions.models import Region

from .businesses import (
    BusinessFactsRefused,
    BusinessKnownElsewhere,
    SameNameOtherNib,
    business_nominee,
    change_business,
    facts_of,
)
from .indicators import enter_indicator
from .locks import locked_category, locked_nomination
from .screening import StaleNomination, screen_nomination, set_status

__all__ = [
    "AlreadyNominated",
    "BusinessFactsRefused",
    "BusinessKnownElsewhere",
    "NomineeDoesNotFit",
    "NomineeOutsideProvince",
    "RoundTakesNoMore",
    "SameNameOtherNib",
    "edit_nomination",
    "enter_indicator",
    "nominate",
    "screen_nomination",
    "set_status",
    "update_contact",
]


class NomineeDoesNotFit(DomainError):
    """Kind, sector, size, region or round do not fit the category. Facts: misfit (one of these words), category."""

    code = "nominee_does_not_fit"


class NomineeOutsideProvince(DomainError):
    """A provincial round takes nominees of its own province. Facts: region."""

    code = "nominee_outside_province"


class AlreadyNominated(DomainError):
    """The nominee stands in this round already. Facts: name, number."""

    code = "already_nominated"


class RoundTakesNoMore(DomainError):
    """The national round has gone on to scoring."""

    code = "round_takes_no_more"


class CalibrationKeepsCategory(DomainError):
    """The nominee for calibration belongs to its category. Facts: name."""

    code = "calibration_keeps_category"


@atomic_service
def nominate(
    *,
    category: Category,
    region: Region,
    actor: User,
    at: datetime,
    business: BusinessFacts | None = None,
    leader: str = "",
    summary: str = "",
    contact: ContactFacts | None = None,
    request_id: str = "",
) -> Nomination:
    """Nominate the government or village of ``region``, or the ``business`` seated there, in ``category``.

    A nominee of an earlier edition is recognised by its region or NIB and used again. The nomination waits for
    screening. Raises the errors of this module and ``NotPermitted``.
    """
    locked = locked_category(category)
    can_edit_nominees(actor, locked.round).require()
    _check_fit(locked, region, business)
    nominee = business_nominee(business, region) if business else _regional_nominee(locked, region)
    nomination = _add(locked, nominee, leader=leader, summary=summary)
    if contact:
        Contact.objects.create(nomination=nomination, **asdict(contact))
    record(
        action=audit_actions.NOMINATED,
        actor=actor,
        at=at,
        target=nomination,
        chain=locked.round.scope,
        payload={"number": nomination.number, "category": locked.code, "region": region.code},
        request_id=request_id,
    )
    return nomination


@atomic_service
def edit_nomination(
    *,
    nomination: Nomination,
    actor: User,
    at: datetime,
    category: Category | None = None,
    region: Region | None = None,
    business: BusinessFacts | None = None,
    leader: str | None = None,
    summary: str | None = None,
    contact: ContactFacts | None = None,
    version: int | None = None,
    request_id: str = "",
) -> Nomination:
    """Change what is given and leave the rest; nothing different leaves no event.

    ``region`` and ``business`` are for businesses only: a government is its region. ``version`` refuses a stale
    write. Raises the errors of this module, ``StaleNomination`` and ``NotPermitted``.
    """
    locked = locked_nomination(nomination)
    can_edit_nominees(actor, locked.round).require()
    StaleNomination.check(locked, version)
    if contact:
        update_contact(nomination=nomination, contact=contact, actor=actor, at=at, request_id=request_id)
    changed = change_business(locked.nominee, region, business) if locked.nominee.kind == BUSINESS else []
    if category and category.round_id != locked.round_id:
        raise NomineeDoesNotFit(misfit="round", category=category.name)
    if category and category.pk != locked.category_id and locked.is_calibration:
        raise CalibrationKeepsCategory(name=locked.nominee.name)
    wanted = {"category": category, "leader": leader, "summary": summary}
    for name, value in wanted.items():
        if value is not None and value != getattr(locked, name):
            setattr(locked, name, value)
            changed.append(name)
    if category or region or business:
        _check_fit(locked.category, locked.nominee.region, facts_of(locked.nominee))
    if not changed:
        return locked
    _touch(locked, [name for name in changed if name in wanted])
    _record_edit(locked, changed, actor=actor, at=at, request_id=request_id)
    return locked


@atomic_service
def update_contact(
    *, nomination: Nomination, contact: ContactFacts, actor: User, at: datetime, request_id: str = ""
) -> Contact:
    """Record how to reach the delegation; empty fields leave what is recorded. The log names fields, never values."""
    locked = locked_nomination(nomination)
    can_edit_nominees(actor, locked.round).require()
    found = Contact.objects.filter(nomination=locked).first() or Contact(nomination=locked)
    changed = [name for name, value in asdict(contact).items() if value and value != getattr(found, name)]
    if changed:
        for name in changed:
            setattr(found, name, getattr(contact, name))
        found.save()
        _touch(locked, [])
        _record_edit(locked, changed, actor=actor, at=at, request_id=request_id)
    return found


def _add(category: Category, nominee: Nominee, *, leader: str, summary: str) -> Nomination:
    require_transaction()
    round = category.round
    found = Nomination.objects.filter(round=round, nominee=nominee).first()
    if found:
        raise AlreadyNominated(name=nominee.name, number=found.number)
    last = Nomination.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
    return Nomination.objects.create(
        round=round,
        category=category,
        nominee=nominee,
        number=last + 1,
        status=Status.PROPOSED,
        leader=leader,
        summary=summary,
    )


def _touch(nomination: Nomination, fields: list[str]) -> None:
    """Write ``fields`` and count the version up, so that a page opened before notices."""
    nomination.version += 1
    nomination.save(update_fields=[*fields, "version"])


def _record_edit(nomination: Nomination, changed: list[str], *, actor: User, at: datetime, request_id: str) -> None:
    record(
        action=audit_actions.NOMINATION_EDITED,
        actor=actor,
        at=at,
        target=nomination,
        chain=nomination.round.scope,
        payload={"fields": sorted(changed)},
        request_id=request_id,
    )


def _check_fit(category: Category, region: Region, business: BusinessFacts | None) -> None:
    round: Round = category.round
    if round.region is not None and region.province_code != round.region.code:
        raise NomineeOutsideProvince(region=region.full_name)
    if not place_fits(category.kind, region.kind, national=round.level == Level.NATIONAL):
        raise NomineeDoesNotFit(misfit="region", category=category.name)
    if business is None:
        _check_category(category, category.kind if category.kind != BUSINESS else "", "", "")
        return
    _check_category(category, BUSINESS, business.sector, business.size_class)


def _check_category(category: Category, kind: str, sector: str, size_class: str) -> None:
    facts = CategoryFacts(category.code, category.name, category.kind, category.sector, tuple(category.sizes))
    if why := misfit(facts, kind=kind, sector=sector, size_class=size_class):
        raise NomineeDoesNotFit(misfit=why, category=category.name)


def _regional_nominee(category: Category, region: Region) -> Nominee:
    nominee, _ = Nominee.objects.get_or_create(
        kind=category.kind, region=region, is_practice=False, defaults={"name": region.full_name}
    )
    return nominee
