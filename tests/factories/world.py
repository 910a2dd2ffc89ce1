"""The smallest world that services need: regions, an edition, a round, people with roles.

Factories create rows only; they take every fact that matters as an argument.
"""

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from nominees.core.lifecycle import State
from nominees.models import Category, Edition, Kind, Level, Nomination, Nominee, Round, Status, TimeZone
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.regions.models import Region, RegionKind

AT = datetime(2025, 6, 24, 1, 0, tzinfo=UTC)  # 24 June 2025, 09.00 WITA
PASSWORD = "kata-sandi-uji-coba"
_numbers = count(1)


def make_region(code: str = "53", name: str = "Nusa Tenggara Timur", kind: str = RegionKind.PROVINCE) -> Region:
    """Return the region ``code``, with its parents made up where they are missing."""
    found = Region.objects.filter(code=code).first()
    if found:
        return found
    parent = None
    if kind != RegionKind.PROVINCE:
        above = code.rsplit(".", 1)[0]
        kinds = {2: RegionKind.PROVINCE, 5: RegionKind.REGENCY, 8: RegionKind.DISTRICT}
        parent = make_region(above, f"Wilayah {above}", kinds[len(above)])
    return Region.objects.create(code=code, name=name, kind=kind, parent=parent, vintage="uji")


def make_round(
    *, year: int = 2024, region_code: str | None = "53", state: State = State.PREPARATION, is_demo: bool = False
) -> Round:
    """Return a new round of the edition ``year``; no region code means the national round."""
    edition, _ = Edition.objects.get_or_create(
        assessment_year=year,
        defaults={
            "name": f"Paritrana Award {year}",
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "is_demo": is_demo,
        },
    )
    region = make_region(region_code, f"Provinsi {region_code}") if region_code else None
    return Round.objects.create(
        edition=edition,
        region=region,
        level=Level.PROVINCIAL if region else Level.NATIONAL,
        state=state,
        time_zone=TimeZone.WITA if region else TimeZone.WIB,
        city="Kupang" if region else "Jakarta",
        interviews_from=date(year + 1, 6, 24),
        interviews_until=date(year + 1, 6, 26),
        ceremony_on=date(year + 1, 7, 21),
    )


def make_user(*roles: Role, round: Round | None = None, **fields: Any) -> User:
    """Return a new person who holds ``roles`` in ``round``."""
    number = next(_numbers)
    user = User(username=fields.pop("username", f"orang{number}"), display_name=f"Orang {number} (contoh)", **fields)
    user.set_password(PASSWORD)
    user.save()
    for role in roles:
        site_wide = role == Role.PLATFORM_ADMIN
        RoleGrant.objects.create(
            user=user,
            role=role,
            assessment_year=None if site_wide or round is None else round.edition.assessment_year,
            region=None if site_wide or round is None else round.region,
            granted_at=AT,
        )
    return user


def make_category(round: Round, code: str = "pemda", *, kind: str = Kind.GOVERNMENT, **fields: Any) -> Category:
    """Return a new category of ``round``."""
    fields.setdefault("name", f"Kategori {code}")
    return Category.objects.create(round=round, code=code, kind=kind, **fields)


def make_nomination(category: Category, *, status: str = Status.RUNNING, **fields: Any) -> Nomination:
    """Return a new nomination of a new government nominee in ``category``."""
    number = next(_numbers)
    code = fields.pop("region_code", f"{category.round.scope_code[:2]}.{number % 90 + 10:02d}".replace("na.", "53."))
    region = make_region(code, f"Kabupaten {code}", RegionKind.REGENCY)
    nominee, _ = Nominee.objects.get_or_create(kind=category.kind, region=region, defaults={"name": region.full_name})
    if status not in (Status.PROPOSED, Status.RUNNING):
        fields.setdefault("status_reason", "alasan uji")
    return Nomination.objects.create(
        round=category.round, category=category, nominee=nominee, number=number, status=status, **fields
    )
