"""Load official codes: a second run changes nothing, a newer vintage keeps what it no longer has."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .audit_actions import REGIONS_LOADED
from .csv_files import Row, read_regencies, read_villages
from .models import REGENCY_KINDS, Region, RegionKind

DEFAULT_VINTAGE = "Kepmendagri 300.2.2-2430/2025"
FIXTURES = Path(settings.BASE_DIR) / "fixtures" / "regions"
REGENCIES_FILE = FIXTURES / "regencies.csv"
VILLAGES_FILE = FIXTURES / "ntt_villages.csv"

_LEVELS = (2, 5, 8, 13)  # lengths of the codes, from province to village
_FIELDS = ("name", "kind", "parent", "vintage", "is_current")


class RegionParentMissing(DomainError):
    """A row belongs to an area that is not loaded; load the regencies first. Facts: file, region_code, parent."""

    code = "region_parent_missing"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one file did: rows written new, rows altered, rows as they were, codes that the vintage lost."""

    created: int
    changed: int
    same: int
    retired: int

    @property
    def changes(self) -> bool:
        """Whether anything was written."""
        return bool(self.created or self.changed or self.retired)


@atomic_service
def load_regencies(*, path: Path, vintage: str, actor: Any, at: datetime) -> Loaded:
    """Write all provinces, regencies and cities of ``path``.

    Raises ``RegionFileUnreadable``, ``RegionRowRefused`` and :class:`RegionParentMissing`.
    """
    rows = read_regencies(path)
    scope = Region.objects.filter(kind__in=(RegionKind.PROVINCE, *REGENCY_KINDS))
    done = _load(rows, scope, path=path, vintage=vintage)
    return _recorded(done, rows, path=path, vintage=vintage, actor=actor, at=at)


@atomic_service
def load_villages(*, path: Path, vintage: str, actor: Any, at: datetime) -> Loaded:
    """Write the districts and villages of ``path``; other provinces' are not touched. Raises as above."""
    rows = read_villages(path)
    here = Q(pk__in=())
    for province in sorted({row.code[:2] for row in rows}):
        here |= Q(code__startswith=f"{province}.")
    done = _load(rows, Region.objects.filter(here), path=path, vintage=vintage)
    return _recorded(done, rows, path=path, vintage=vintage, actor=actor, at=at)


def _load(rows: list[Row], scope: QuerySet[Region], *, path: Path, vintage: str) -> Loaded:
    """Write ``rows`` level by level, so that every parent has its key before its children are written."""
    known = {region.code: region for region in scope}
    created: list[Region] = []
    changed: list[Region] = []
    for length in _LEVELS:
        level = [row for row in rows if len(row.code) == length]
        new = {row.code: Region(code=row.code) for row in level if row.code not in known}
        known |= new
        altered = [known[row.code] for row in level if _set(known, row, vintage, path)]
        created += Region.objects.bulk_create(new.values())
        changed += [region for region in altered if region.code not in new]
    Region.objects.bulk_update(changed, _FIELDS, batch_size=200)
    return Loaded(len(created), len(changed), len(rows) - len(created) - len(changed), _retire(rows, known))


def _set(known: dict[str, Region], row: Row, vintage: str, path: Path) -> bool:
    """Make ``known[row.code]`` what ``row`` says; return whether that changed it."""
    parent = known.get(row.parent)
    if row.parent and parent is None:
        raise RegionParentMissing(file=path.name, region_code=row.code, parent=row.parent)
    region = known[row.code]
    wanted = (row.name, row.kind, parent.pk if parent else None, vintage, True)
    if wanted == (region.name, region.kind, region.parent_id, region.vintage, region.is_current):
        return False
    region.name, region.kind, region.parent, region.vintage, region.is_current = (
        row.name,
        row.kind,
        parent,
        vintage,
        True,
    )
    return True


def _retire(rows: list[Row], known: dict[str, Region]) -> int:
    """Mark the codes that this vintage lost, on the levels that ``rows`` cover; return how many."""
    codes, levels = {row.code for row in rows}, {len(row.code) for row in rows}
    lost = [r.pk for r in known.values() if r.is_current and r.code not in codes and len(r.code) in levels]
    return Region.objects.filter(pk__in=lost).update(is_current=False) if lost else 0


def _recorded(done: Loaded, rows: list[Row], *, path: Path, vintage: str, actor: Any, at: datetime) -> Loaded:
    """Leave one event per load that changed something; its target is the first area of the file."""
    if done.changes:
        record(
            action=REGIONS_LOADED,
            actor=actor,
            at=at,
            target=Region.objects.get(code=rows[0].code),
            payload={
                "file": path.name,
                "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
                "vintage": vintage,
                **asdict(done),
            },
        )
    return done
