"""Reads of imports, and what the template for the next one is made of."""

from django.db.models import QuerySet

from nominees.models import ImportBatch, Round
from paritrana.regions.models import REGENCY_KINDS, VILLAGE_KINDS, Region

from .import_world import regions_of


def recent_batches(round: Round, limit: int = 10) -> QuerySet[ImportBatch]:
    """Return the last imports of the round without their rows."""
    batches = ImportBatch.objects.filter(round=round).select_related("uploaded_by")
    return batches.defer("rows", "problems")[:limit]


def batch_at(*, round: Round, batch_id: int) -> ImportBatch | None:
    """Return the import of this id if it belongs to ``round``."""
    batch = ImportBatch.objects.filter(round=round, pk=batch_id).select_related("uploaded_by", "applied_by").first()
    if batch is not None:
        batch.round = round
    return batch


def nameable_regions(round: Round) -> list[tuple[str, str, str, str]]:
    """Return (code, full name, district, regency) of the regencies and villages of the round. One query."""
    found: dict[str, Region] = {r.code: r for r in regions_of(round).only("code", "name", "kind")}
    kinds = (*REGENCY_KINDS, *VILLAGE_KINDS)
    return [
        (code, region.full_name, *(_name(found, code[:length], code) for length in (8, 5)))  # type: ignore[misc]
        for code, region in sorted(found.items(), key=lambda item: (item[1].kind in VILLAGE_KINDS, item[0]))
        if region.kind in kinds
    ]


def _name(found: dict[str, Region], code: str, own: str) -> str:
    return found[code].full_name if code != own and code in found else ""
