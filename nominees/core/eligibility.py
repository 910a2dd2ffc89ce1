"""Does a nominee fit its category, and its kind its place?"""

from collections.abc import Iterable
from dataclasses import dataclass

from .codelists import BUSINESS, GOVERNMENT, VILLAGE

#: Kinds of region in which a nominee of each kind can lie; provinces compete in the national round only.
PLACES_OF: dict[str, frozenset[str]] = {
    GOVERNMENT: frozenset({"kabupaten", "kota"}),
    VILLAGE: frozenset({"desa", "kelurahan"}),
    BUSINESS: frozenset({"kabupaten", "kota"}),
}


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """What a category asks for; no sector or no sizes means any."""

    code: str
    name: str
    kind: str
    sector: str = ""
    sizes: tuple[str, ...] = ()


def misfit(category: CategoryFacts, *, kind: str, sector: str = "", size_class: str = "") -> str:
    """Return why a nominee does not fit ``category``: ``kind``, ``sector`` or ``size``; empty when it fits."""
    if kind != category.kind:
        return "kind"
    if category.sector and sector != category.sector:
        return "sector"
    if category.sizes and size_class not in category.sizes:
        return "size"
    return ""


def fitting(
    categories: Iterable[CategoryFacts], *, kind: str, sector: str = "", size_class: str = ""
) -> list[CategoryFacts]:
    """Return the categories that a nominee fits, in their order."""
    return [c for c in categories if not misfit(c, kind=kind, sector=sector, size_class=size_class)]


def place_fits(kind: str, region_kind: str, *, national: bool = False) -> bool:
    """Whether a nominee of ``kind`` can be, or lie in, a region of ``region_kind``."""
    return region_kind in PLACES_OF[kind] or (national and kind == GOVERNMENT and region_kind == "provinsi")
