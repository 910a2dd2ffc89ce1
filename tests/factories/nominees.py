"""A round in nomination with its categories, and workbooks for it."""

from dataclasses import dataclass
from typing import Any

from nominees.core.facts import BusinessFacts
from nominees.core.lifecycle import State
from nominees.models import Category, Kind, Round
from paritrana.accounts.models import Role, User
from paritrana.regions.models import Region, RegionKind
from tests.factories.world import make_category, make_region, make_round, make_user


@dataclass(frozen=True)
class Field:
    """A round in nomination, its secretary and its three categories."""

    round: Round
    secretary: User
    governments: Category
    villages: Category
    businesses: Category


def make_places() -> None:
    """Create Kabupaten Kupang and Kota Kupang, two villages of one name, and Kabupaten Belu with Desa Dafala."""
    make_region("53", "Nusa Tenggara Timur")
    make_region("53.01", "Kabupaten Kupang", RegionKind.REGENCY)
    make_region("53.71", "Kota Kupang", RegionKind.CITY)
    make_region("53.04", "Kabupaten Belu", RegionKind.REGENCY)
    make_region("53.01.06", "Kupang Timur", RegionKind.DISTRICT)
    make_region("53.04.02", "Tasifeto Timur", RegionKind.DISTRICT)
    make_region("53.01.06.1004", "Oesao", RegionKind.WARD)
    make_region("53.01.06.2015", "Oesao", RegionKind.VILLAGE)
    make_region("53.04.02.2007", "Dafala", RegionKind.VILLAGE)


def make_field(state: State = State.NOMINATION, *, year: int = 2024, region_code: str = "53") -> Field:
    """Return a round in ``state`` with a secretary and a category of each kind (businesses: finance)."""
    make_places()
    round = make_round(year=year, region_code=region_code, state=state)
    return Field(
        round=round,
        secretary=make_user(Role.SECRETARIAT, round=round),
        governments=make_category(round, "pemda", position=1),
        villages=make_category(round, "desa", kind=Kind.VILLAGE, position=2),
        businesses=make_category(
            round, "ubm-keuangan", kind=Kind.BUSINESS, sector="finance", sizes=["medium", "large"], position=3
        ),
    )


def region(code: str) -> Region:
    """Return the region of ``code``."""
    return Region.objects.get(code=code)


def business_facts(number: int = 1, **changes: Any) -> BusinessFacts:
    """Return the facts of an invented business."""
    facts: dict[str, Any] = {
        "name": f"Koperasi {number} (contoh)",
        "legal_name": f"Koperasi Simpan Pinjam {number} (contoh)",
        "sector": "finance",
        "size_class": "medium",
        "kbli": "64141",
        "nib": f"{number:013d}",
        "bpjs_number": f"KP{number:06d}",
    }
    return BusinessFacts(**(facts | changes))
