"""Which national category takes the winners of a provincial one: by its code, or the code it receives, and its zone."""

from dataclasses import dataclass

from nominees.models import Category, Round


@dataclass(frozen=True, slots=True)
class Taker:
    """A national category: the provincial code it takes, from which provinces (none: from all)."""

    category: Category
    code: str
    provinces: frozenset[int] | None


@dataclass(frozen=True, slots=True)
class Takers:
    """The categories of a national round, to be asked without further queries."""

    rows: tuple[Taker, ...]

    def of(self, code: str, region_id: int | None) -> list[Category]:
        """Return the categories that take winners of the provincial category ``code`` from a province."""
        return [
            row.category
            for row in self.rows
            if row.code == code and (row.provinces is None or region_id in row.provinces)
        ]


def takers_of(national: Round) -> Takers:
    """Return what every category of ``national`` takes. Three queries."""
    categories = Category.objects.filter(round=national).select_related("zone").prefetch_related("zone__provinces")
    return Takers(
        tuple(
            Taker(
                category,
                category.receives or category.code,
                frozenset(region.pk for region in category.zone.provinces.all()) if category.zone else None,
            )
            for category in categories
        )
    )
