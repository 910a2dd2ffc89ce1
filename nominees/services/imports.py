"""Import nominees from a workbook: check everything, show what would happen, write all of it or nothing.

The file itself is not kept: the batch holds its name, its SHA-256, its clean rows and what was wrong with it.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from nominees import audit_actions
from nominees.core.columns import Value
from nominees.core.import_plan import PERSONAL, Planned, plan
from nominees.core.matching import cleaned
from nominees.core.rows import Problem, RawSheet, Row, check_sheets
from nominees.documents.import_template import TemplateData, import_template
from nominees.models import BatchState, ImportBatch, Round
from nominees.permissions import can_import_nominees
from nominees.selectors.import_batches import nameable_regions
from nominees.selectors.import_world import world_for
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .import_writer import Writer
from .locks import locked_round
from .workbook_reader import read_workbook


class BatchNotOpen(DomainError):
    """The batch was refused, imported or discarded before. Facts: state."""

    code = "batch_not_open"


class ImportOutdated(DomainError):
    """What is recorded has changed since the check, so that the preview no longer holds; check the file again."""

    code = "import_outdated"


def template_of(round: Round) -> bytes:
    """Return the workbook to fill in for ``round``, with its categories and regions. Two queries."""
    categories = [(category.name, category.kind) for category in round.categories.all()]
    title = f"Daftar nomine {round.edition.name}, {round.place_name}"
    return import_template(TemplateData(title, categories, nameable_regions(round)))


def check_import(*, round: Round, file_name: str, content: bytes, actor: User, at: datetime) -> ImportBatch:
    """Check the workbook ``content`` whole and return its batch: ``CHECKED`` with a preview, or ``REFUSED``.

    No nominee is written. The workbook is parsed before the transaction opens, because that may take seconds.
    Raises ``NotPermitted``.
    """
    can_import_nominees(actor, round).require()
    sheets, refusal = read_workbook(content)
    return _store_check(
        round=round, file_name=file_name, content=content, sheets=sheets, refusal=refusal, actor=actor, at=at
    )


@atomic_service
def _store_check(
    *,
    round: Round,
    file_name: str,
    content: bytes,
    sheets: list[RawSheet],
    refusal: str,
    actor: User,
    at: datetime,
) -> ImportBatch:
    locked = locked_round(round.pk)
    can_import_nominees(actor, locked).require()
    planned, problems = ([], [Problem("", "", refusal)]) if refusal else _examined(locked, sheets)
    batch = ImportBatch.objects.create(
        round=locked,
        file_name=cleaned(file_name)[:200],
        sha256=hashlib.sha256(content).hexdigest(),
        uploaded_by=actor,
        uploaded_at=at,
        state=BatchState.REFUSED if problems else BatchState.CHECKED,
        rows=[] if problems else [row.as_dict() for row in planned],
        problems=[problem.as_dict() for problem in problems],
    )
    payload = {"sha256": batch.sha256, "problems": len(problems), **counts_of(batch.rows)}
    _record(audit_actions.IMPORT_REFUSED if problems else audit_actions.IMPORT_CHECKED, batch, payload, actor, at)
    return batch


@atomic_service
def apply_import(*, batch: ImportBatch, actor: User, at: datetime) -> ImportBatch:
    """Write every row of a checked batch in one transaction; confirming twice imports once.

    Raises :class:`BatchNotOpen`, :class:`ImportOutdated`, ``NotPermitted`` and, should a row be impossible after all,
    the error of ``services.nominations``; then nothing is written.
    """
    locked = _locked_batch(batch)
    can_import_nominees(actor, locked.round).require()
    if locked.state == BatchState.APPLIED:
        return locked
    if locked.state != BatchState.CHECKED:
        raise BatchNotOpen(state=locked.get_state_display())
    planned = _replanned(locked)
    Writer(locked, actor=actor, at=at).write(planned)
    counts = counts_of(locked.rows)
    locked.rows = [_without_personal_data(row) for row in locked.rows]
    locked.state, locked.applied_by, locked.applied_at = BatchState.APPLIED, actor, at
    locked.save(update_fields=["state", "applied_by", "applied_at", "rows"])
    _record(audit_actions.IMPORT_APPLIED, locked, {"sha256": locked.sha256, **counts}, actor, at)
    return locked


@atomic_service
def discard_import(*, batch: ImportBatch, actor: User, at: datetime) -> ImportBatch:
    """Set a checked batch aside; twice is once. Raises :class:`BatchNotOpen` and ``NotPermitted``."""
    locked = _locked_batch(batch)
    can_import_nominees(actor, locked.round).require()
    if locked.state == BatchState.DISCARDED:
        return locked
    if locked.state != BatchState.CHECKED:
        raise BatchNotOpen(state=locked.get_state_display())
    locked.state = BatchState.DISCARDED
    locked.rows = [_without_personal_data(row) for row in locked.rows]
    locked.save(update_fields=["state", "rows"])
    _record(audit_actions.IMPORT_DISCARDED, locked, {"sha256": locked.sha256}, actor, at)
    return locked


def counts_of(rows: list[dict[str, Any]]) -> dict[str, int]:
    """Return how many of a batch's rows are new, changed and the same."""
    actions = Counter(row["action"] for row in rows)
    return {action: actions[action] for action in ("new", "changed", "same")}


def _examined(round: Round, sheets: list[RawSheet]) -> tuple[list[Planned], list[Problem]]:
    """Return what the clean rows would do, and the problems of cells and of rows together, in workbook order."""
    rows, problems = check_sheets(sheets)
    planned, more = plan(rows, world_for(round, rows))
    order = {sheet.title: i for i, sheet in enumerate(sheets)}
    return planned, sorted([*problems, *more], key=lambda p: (order.get(p.sheet, -1), _row_of(p.cell), p.cell))


def _row_of(cell: str) -> int:
    return int("".join(filter(str.isdigit, cell)) or 0)


def _locked_batch(batch: ImportBatch) -> ImportBatch:
    round = locked_round(batch.round_id)
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    locked.round = round
    return locked


def _replanned(batch: ImportBatch) -> list[Planned]:
    """Plan the stored rows again; a different plan means that somebody worked meanwhile."""
    rows = [_row_from(stored) for stored in batch.rows]
    planned, problems = plan(rows, world_for(batch.round, rows))
    if problems or [row.as_dict() for row in planned] != batch.rows:
        raise ImportOutdated
    return planned


def _row_from(stored: Mapping[str, Any]) -> Row:
    values: dict[str, Value] = dict(stored["values"])
    return Row(stored["sheet"], stored["row"], stored["kind"], values, {})


def _without_personal_data(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "values": {name: value for name, value in row["values"].items() if name not in PERSONAL}}


def _record(action: str, batch: ImportBatch, payload: Mapping[str, Any], actor: User, at: datetime) -> None:
    record(action=action, actor=actor, at=at, target=batch, chain=batch.round.scope, payload=payload)
