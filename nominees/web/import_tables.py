"""Tables of the import pages."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from nominees.core.import_sheets import FORMS
from nominees.models import BatchState, ImportBatch, Round
from paritrana.kernel import phrases, wording
from paritrana.kernel.sentences import sentence

from .parts import address

_STATES = {
    BatchState.REFUSED: "danger",
    BatchState.CHECKED: "warning",
    BatchState.APPLIED: "success",
    BatchState.DISCARDED: "neutral",
}


def steps_at(current: int) -> list[dict[str, str]]:
    """Return the four steps of an import, ``current`` (from 1) being the present one; 5 is past them all."""
    labels = (_("Template"), _("Choose the file"), _("Check"), _("Confirm"))
    states = ["done" if i < current else "current" if i == current else "todo" for i in range(1, 5)]
    return [{"label": label, "state": state} for label, state in zip(labels, states, strict=True)]


def batch_table(round: Round, batches: Iterable[ImportBatch]) -> dict[str, Any]:
    """Return the table of earlier imports."""
    return {
        "columns": [{"label": _("File")}, {"label": _("State")}, {"label": _("When")}, {"label": _("Who")}],
        "rows": [
            [
                {"text": batch.file_name, "url": address("nominees:batch", round, batch_id=batch.pk)},
                {"text": batch.get_state_display(), "tone": _STATES[BatchState(batch.state)]},
                {"text": wording.date_time(batch.uploaded_at, round.time_zone)},
                {"text": str(batch.uploaded_by)},
            ]
            for batch in batches
        ],
        "empty": {"title": _("No workbook has been checked yet."), "icon": "file-spreadsheet"},
    }


def problem_table(problems: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return the table of what is wrong, each with its cell and what to do."""
    return {
        "columns": [{"label": _("Cell")}, {"label": _("What to do")}],
        "rows": [
            [{"text": where(problem)}, {"text": sentence(problem["code"], problem["facts"])}] for problem in problems
        ],
    }


def where(problem: dict[str, Any]) -> str:
    """Return "Badan Usaha!D7", the sheet alone, or a word for the whole file."""
    if not problem["sheet"]:
        return _("Whole file")
    return f"{problem['sheet']}!{problem['cell']}" if problem["cell"] else problem["sheet"]


def changes_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows with those on top that do something, otherwise in the order of the workbook."""
    return sorted(rows, key=lambda row: ("new", "changed", "same").index(row["action"]))


def preview_table(rows: Iterable[dict[str, Any]], round: Round) -> dict[str, Any]:
    """Return the table of what each row would do, or has done."""
    names = {category.code: category.name for category in round.categories.all()}
    return {
        "columns": [
            {"label": phrases.NOMINEE},
            {"label": _("What the import does")},
            {"label": phrases.CATEGORY},
            {"label": _("Row")},
        ],
        "rows": [
            [
                {"text": row["name"], "note": row["region_name"] if row["region_name"] != row["name"] else ""},
                _action(row),
                {"text": names.get(row["category"], row["category"])},
                {"text": f"{row['sheet']}!{row['row']}"},
            ]
            for row in rows
        ],
        "empty": {"title": _("The workbook holds no rows.")},
    }


def _action(row: dict[str, Any]) -> dict[str, Any]:
    tone, text = {
        "new": ("success", _("New")),
        "changed": ("warning", _("Changed")),
        "same": ("neutral", _("Unchanged")),
    }[row["action"]]
    return {"tone": tone, "text": text, "note": ", ".join(_headers(row))}


def _headers(row: dict[str, Any]) -> list[str]:
    """Return the workbook's headings of the fields that change."""
    form = next(form for form in FORMS if form.kind == row["kind"])
    by_field = {column.name: column.header for column in form.columns} | {"region": "Kabupaten/Kota"}
    return [by_field.get(name, name) for name in row["changes"]]
