"""Answers of a save as facts, for the script that saves while people type; pages say the same in sentences."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from judging.models import SaveReceipt, SheetState
from judging.services import scores
from nominees.templatetags.rounds import clock_time
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain
from paritrana.kernel.verdict import NotPermitted

from .sheet_form import faults_of


def wants_json(request: HttpRequest) -> bool:
    """Whether facts are asked for rather than a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def short(receipt: SaveReceipt) -> str:
    """Return the number and the first characters of a receipt's hash: enough to read out on the phone."""
    return f"{receipt.revision}-{receipt.content_hash[:8]}"


def saved_facts(receipt: SaveReceipt) -> dict[str, Any]:
    """Return what a save answers: the revision to save from next, the receipt, when."""
    saved_at = clock_time(receipt.at, receipt.sheet.nomination.round)
    return {
        "revision": receipt.revision,
        "receipt": short(receipt),
        "saved_at": saved_at,
        "text": _("Saved %(time)s") % {"time": saved_at},
    }


def submitted_facts(receipt: SaveReceipt) -> dict[str, Any]:
    """Return what a submission answers: as a save, with the whole hash that the member keeps."""
    text = _("Submitted. Receipt %(receipt)s.") % {"receipt": short(receipt)}
    return {**saved_facts(receipt), "text": text, "hash": receipt.content_hash, "state": SheetState.SUBMITTED.value}


def refusal_facts(error: DomainError) -> dict[str, Any]:
    """Return why nothing was saved: ``code`` and sentence; the faults by criterion, or the revision there is now."""
    facts: dict[str, Any] = {"code": error.code, "text": explain(error)}
    if isinstance(error, scores.SheetHasProblems):
        facts["faults"] = faults_of(error.facts["issues"])
    if isinstance(error, scores.SheetChangedMeanwhile):
        facts["revision"] = error.facts["revision"]
    return facts


def refusal_status(error: DomainError) -> int:
    """Return 422 for marks that cannot stand, 403 for what may not be done, 409 where the sheet moved on."""
    if isinstance(error, scores.SheetHasProblems):
        return 422
    return 403 if isinstance(error, NotPermitted) else 409
