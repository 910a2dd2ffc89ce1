"""Businesses: recognised by their NIB, kept up to date, never recorded twice."""

from dataclasses import asdict

from nominees.core.codelists import BUSINESS
from nominees.core.facts import BusinessFacts, first_wrong
from nominees.core.matching import name_key
from nominees.models import BusinessProfile, Nominee
from paritrana.kernel.errors import DomainError
from paritrana.regions.models import Region


class BusinessFactsRefused(DomainError):
    """A field of a business cannot be right. Facts: field."""

    code = "business_facts_refused"


class SameNameOtherNib(DomainError):
    """A business of the same name in the same regency is recorded under another NIB. Facts: name, nib."""

    code = "same_name_other_nib"


class BusinessKnownElsewhere(DomainError):
    """The NIB belongs to a business of another province. Facts: nib."""

    code = "business_known_elsewhere"


def business_nominee(facts: BusinessFacts, region: Region) -> Nominee:
    """Return the business of this NIB, brought up to date, or a new one. Raises the errors of this module."""
    if wrong := first_wrong(facts):
        raise BusinessFactsRefused(field=wrong)
    profile = BusinessProfile.objects.select_related("nominee__region").filter(nib=facts.nib).first()
    if profile is None:
        _name_free(facts, region)
        nominee = Nominee.objects.create(kind=BUSINESS, name=facts.name, region=region)
        BusinessProfile.objects.create(nominee=nominee, **_profile_fields(facts))
        return nominee
    if profile.nominee.is_practice or profile.nominee.region.province_code != region.province_code:
        raise BusinessKnownElsewhere(nib=facts.nib)
    _write_business(profile.nominee, region, facts)
    return profile.nominee


def change_business(nominee: Nominee, region: Region | None, facts: BusinessFacts | None) -> list[str]:
    """Bring the business ``nominee`` up to date; return the fields that changed."""
    recorded = _recorded(nominee)
    facts, region = facts or recorded, region or nominee.region
    changed = [name for name, value in asdict(facts).items() if value != getattr(recorded, name)]
    if region != nominee.region:
        changed.append("region")
    if {"name", "region", "nib"} & set(changed):
        _name_free(facts, region, but=nominee)
    if changed:
        _write_business(nominee, region, facts)
    return changed


def _write_business(nominee: Nominee, region: Region, facts: BusinessFacts) -> None:
    if wrong := first_wrong(facts):
        raise BusinessFactsRefused(field=wrong)
    nominee.name, nominee.region = facts.name, region
    nominee.save(update_fields=["name", "region"])
    for name, value in _profile_fields(facts).items():
        setattr(nominee.business, name, value)
    nominee.business.save()


def _profile_fields(facts: BusinessFacts) -> dict[str, str]:
    return {name: value for name, value in asdict(facts).items() if name != "name"}


def facts_of(nominee: Nominee) -> BusinessFacts | None:
    """Return what is recorded of a business, ``None`` for the other kinds."""
    return _recorded(nominee) if nominee.kind == BUSINESS else None


def _recorded(nominee: Nominee) -> BusinessFacts:
    profile = nominee.business
    return BusinessFacts(
        name=nominee.name,
        legal_name=profile.legal_name,
        sector=profile.sector,
        size_class=profile.size_class,
        kbli=profile.kbli,
        nib=profile.nib,
        bpjs_number=profile.bpjs_number,
    )


def _name_free(facts: BusinessFacts, region: Region, but: Nominee | None = None) -> None:
    """One name in one regency is one business: a second NIB for it is a mistake in one of the two."""
    others = Nominee.objects.filter(kind=BUSINESS, region=region, is_practice=False).select_related("business")
    for other in others:
        if other != but and name_key(other.name) == name_key(facts.name) and other.business.nib != facts.nib:
            raise SameNameOtherNib(name=facts.name, nib=other.business.nib)
    if but and BusinessProfile.objects.filter(nib=facts.nib).exclude(nominee=but).exists():
        raise BusinessKnownElsewhere(nib=facts.nib)
