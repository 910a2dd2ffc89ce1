"""Carry out a plan by the same services that people use, so that an import leaves the same trace."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from nominees.core.codelists import BUSINESS
from nominees.core.columns import Value
from nominees.core.coverage import INDICATOR_OF
from nominees.core.facts import BusinessFacts, ContactFacts
from nominees.core.import_plan import CHANGED, NEW, PERSONAL, Planned
from nominees.core.import_sheets import INDICATOR_FIELDS
from nominees.models import ImportBatch, Nomination
from paritrana.accounts.models import User
from paritrana.regions.models import Region

from .nominations import edit_nomination, enter_indicator, nominate, update_contact

_BUSINESS_FIELDS = ("name", "legal_name", "sector", "size_class", "kbli", "nib", "bpjs_number")


class Writer:
    """Writes planned rows under one request id, ``import-<batch>``."""

    def __init__(self, batch: ImportBatch, *, actor: User, at: datetime) -> None:
        self._round = batch.round
        self._common: dict[str, Any] = {"actor": actor, "at": at, "request_id": f"import-{batch.pk}"}

    def write(self, planned: Iterable[Planned]) -> None:
        """Write the new and the changed rows. Raises what the services of nominations raise."""
        rows = [row for row in planned if row.action in (NEW, CHANGED)]
        self._categories = {category.code: category for category in self._round.categories.all()}
        self._regions = {r.code: r for r in Region.objects.filter(code__in={row.region for row in rows})}
        numbers = [row.number for row in rows]
        self._recorded = {n.number: n for n in Nomination.objects.filter(round=self._round, number__in=numbers)}
        for row in rows:
            nomination = self._nominate(row) if row.action == NEW else self._edit(row)
            if {"count", "base", "source", "as_of"} <= row.values.keys():
                self._enter_counts(nomination, row)

    def _nominate(self, row: Planned) -> Nomination:
        return nominate(
            category=self._categories[row.category],
            region=self._regions[row.region],
            business=_business(row),
            leader=_text(row.values, "leader"),
            summary=_text(row.values, "summary"),
            contact=_contact(row.values),
            **self._common,
        )

    def _edit(self, row: Planned) -> Nomination:
        nomination = self._recorded[row.number]
        if set(row.changes) - {*PERSONAL, *INDICATOR_FIELDS}:
            is_business = row.kind == BUSINESS
            edit_nomination(
                nomination=nomination,
                category=self._categories[row.category] if "category" in row.changes else None,
                region=self._regions[row.region] if is_business else None,
                business=_business(row),
                leader=_text(row.values, "leader") or None,
                summary=_text(row.values, "summary") or None,
                **self._common,
            )
        if set(row.changes) & set(PERSONAL):
            update_contact(nomination=nomination, contact=_contact(row.values), **self._common)
        return nomination

    def _enter_counts(self, nomination: Nomination, row: Planned) -> None:
        enter_indicator(
            nomination=nomination,
            criterion=INDICATOR_OF[row.kind].criterion,
            count=int(row.values["count"]),
            base=int(row.values["base"]),
            source=_text(row.values, "source"),
            as_of=date.fromisoformat(_text(row.values, "as_of")),
            **self._common,
        )


def _text(values: Mapping[str, Value], name: str) -> str:
    return str(values.get(name, ""))


def _business(row: Planned) -> BusinessFacts | None:
    if row.kind != BUSINESS:
        return None
    return BusinessFacts(**{name: _text(row.values, name) for name in _BUSINESS_FIELDS})


def _contact(values: Mapping[str, Value]) -> ContactFacts:
    return ContactFacts(**{name: _text(values, name) for name in PERSONAL})
