"""What an import would do: each clean row against what is recorded, as plain data.

Pure: the same rows and the same :class:`World` give the same plan, so that confirming can make sure that nothing has
changed since the check.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from .codelists import BUSINESS
from .columns import Value
from .eligibility import CategoryFacts, fitting, misfit, place_fits
from .matching import CellRefused, Gazetteer, Place, name_key
from .rows import Problem, Row

NEW, CHANGED, SAME = "new", "changed", "same"

#: Fields that decide what a nominee competes in; once screened, an import may not touch them.
FIXED_BY_SCREENING = ("category", "region", "sector", "size_class")
#: Fields that hold personal data: not kept in a batch once it is settled.
PERSONAL = ("person", "phone", "email")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A nomination of this round as it is recorded; ``values`` in the fields of the import (plus ``region``)."""

    number: int
    kind: str
    status: str
    nib: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class KnownBusiness:
    """A business of any round: by its NIB it is recognised, by name and regency a second one is noticed."""

    nib: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class World:
    """All that a plan needs to know of what is recorded."""

    places: Gazetteer
    categories: tuple[CategoryFacts, ...]
    nominations: tuple[Recorded, ...] = ()
    businesses: tuple[KnownBusiness, ...] = ()
    national: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """One row and what it would do; ``number`` is the nomination's, 0 for a new one; ``changes`` are field names."""

    sheet: str
    row: int
    kind: str
    action: str
    name: str
    region: str
    region_name: str
    category: str
    number: int = 0
    changes: tuple[str, ...] = ()
    values: Mapping[str, Value] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the planned row as plain data."""
        return {
            "sheet": self.sheet,
            "row": self.row,
            "kind": self.kind,
            "action": self.action,
            "name": self.name,
            "region": self.region,
            "region_name": self.region_name,
            "category": self.category,
            "number": self.number,
            "changes": list(self.changes),
            "values": dict(self.values),
        }


def plan(rows: Iterable[Row], world: World) -> tuple[list[Planned], list[Problem]]:
    """Return what each row would do, and every problem; a row with a problem is not planned."""
    planner = _Planner(world)
    return [done for row in rows if (done := planner.planned(row))], planner.problems


class _Planner:
    def __init__(self, world: World) -> None:
        self.world = world
        self.problems: list[Problem] = []
        self._seen: dict[tuple[str, ...], Row] = {}
        self._by_region = {r.values["region"]: r for r in world.nominations if r.kind != BUSINESS}
        self._by_nib = {r.nib: r for r in world.nominations if r.kind == BUSINESS}
        self._homes = {b.nib: b.region for b in world.businesses}
        self._names = {(name_key(b.name), b.region): b.nib for b in world.businesses}

    def planned(self, row: Row) -> Planned | None:
        before = len(self.problems)
        place = self._place(row)
        if place is None:
            return None
        self._once(row, place)
        category = self._category(row)
        if category is None or len(self.problems) > before:
            return None
        values = {**row.values, "category": category.code, "region": place.code}
        if row.kind != BUSINESS:
            values |= {"name": place.name, "region_code": place.code}
        recorded = self._by_nib.get(row.text("nib")) if row.kind == BUSINESS else self._by_region.get(place.code)
        changes = _changes(values, recorded) if recorded else ()
        if recorded and self._touches_screening(row, recorded, changes):
            return None
        return Planned(
            sheet=row.sheet,
            row=row.number,
            kind=row.kind,
            action=NEW if recorded is None else CHANGED if changes else SAME,
            name=str(values["name"]),
            region=place.code,
            region_name=place.name,
            category=category.code,
            number=recorded.number if recorded else 0,
            changes=changes,
            values=values,
        )

    def _say(self, row: Row, field_name: str, code: str, /, **facts: Value) -> None:
        self.problems.append(row.problem(field_name, code, **facts))

    def _place(self, row: Row) -> Place | None:
        """Return the region of the row, or say why there is none that fits."""
        at = "regency" if row.kind == BUSINESS else "region_code" if row.text("region_code") else "name"
        if not row.text(at):
            self._say(row, "region_code", "import_region_missing")
            return None
        try:
            place = self.world.places.find(row.text(at), within=_within(row) if at == "name" else "")
        except CellRefused as refused:
            self._say(row, at, refused.code, **refused.facts)
            return None
        if not place_fits(row.kind, place.kind, national=self.world.national):
            self._say(row, at, "import_region_kind", region=place.described)
            return None
        if at == "region_code" and row.text("name") and name_key(row.text("name")) != name_key(place.name):
            self._say(row, "name", "import_region_name_differs", text=row.text("name")[:80], region=place.described)
            return None
        return place

    def _once(self, row: Row, place: Place) -> None:
        """Notice a nominee that stands twice in the workbook, or a business that is recorded under another NIB."""
        if row.kind != BUSINESS:
            self._notice(row, ("region", place.code), "region_code")
            return
        self._notice(row, ("nib", row.text("nib")), "nib")
        name = (name_key(row.text("name")), place.code)
        self._notice(row, ("name", *name), "name")
        home = self._homes.get(row.text("nib"))
        if home and self.world.places.at(home) is None:
            self._say(row, "nib", "import_nib_elsewhere", nib=row.text("nib"))
        other = self._names.get(name)
        if other and other != row.text("nib"):
            self._say(row, "nib", "import_same_name", name=row.text("name")[:80], region=place.name, nib=other)

    def _notice(self, row: Row, key: tuple[str, ...], field_name: str) -> None:
        first = self._seen.setdefault(key, row)
        if first is not row:
            cell = first.cells.get(field_name, f"A{first.number}")
            self._say(row, field_name, "import_row_twice", other=f"{first.sheet}!{cell}")

    def _category(self, row: Row) -> CategoryFacts | None:
        """Return the category that the row names, or the only one that it fits."""
        facts = {"kind": row.kind, "sector": row.text("sector"), "size_class": row.text("size_class")}
        if wanted := row.text("category"):
            key = name_key(wanted)
            named = next((c for c in self.world.categories if key in (name_key(c.code), name_key(c.name))), None)
            if named is None:
                self._say(row, "category", "import_category_unknown", text=wanted[:80], choices=self._listed(row.kind))
                return None
            if why := misfit(named, **facts):
                self._say(row, "category", f"import_category_misfit_{why}", category=named.name)
                return None
            return named
        found = fitting(self.world.categories, **facts)
        if len(found) == 1:
            return found[0]
        code = "import_category_several" if found else "import_category_none"
        self._say(row, "category", code, choices="; ".join(c.name for c in found) or self._listed(row.kind))
        return None

    def _listed(self, kind: str) -> str:
        return "; ".join(c.name for c in self.world.categories if c.kind == kind) or "–"

    def _touches_screening(self, row: Row, recorded: Recorded, changes: tuple[str, ...]) -> bool:
        if recorded.status == "proposed":
            return False
        touched = [name for name in FIXED_BY_SCREENING if name in changes]
        for name in touched:
            at = "regency" if name == "region" else name
            self._say(row, at, "import_already_screened", number=recorded.number)
        return bool(touched)


def _within(row: Row) -> str:
    """Return the narrowest region that the row names around a village."""
    return row.text("district") or row.text("regency")


def _changes(values: Mapping[str, Value], recorded: Recorded) -> tuple[str, ...]:
    """Return the fields that the row would change; a field that was left empty changes nothing."""
    ignored = ("region_code", "regency", "district", *(("name",) if recorded.kind != BUSINESS else ()))
    fields = [name for name in values if name not in ignored]
    return tuple(name for name in sorted(fields) if values[name] != recorded.values.get(name))
