"""Batches of papers: watch one, stop it, go on, try again what failed. What is in it is chosen at the centre."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from judging.models import PrintBatch, PrintState
from judging.permissions import can_issue_documents, can_read_documents
from judging.selectors.print_batches import (
    LIVE,
    Progress,
    batch_of,
    batches_of,
    failed_items,
    is_unattended,
    progress_of,
    seconds_left,
    state_of,
)
from judging.services import print_batches as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.sentences import sentence

from . import numbering, paper_downloads
from .acting import attempt, person

SHOWN = 30  # batches of the list
BADGES: dict[PrintState, dict[str, Any]] = {
    PrintState.WAITING: {"tone": "neutral", "icon": "hourglass"},
    PrintState.RUNNING: {"tone": "info", "icon": "player-play", "text": gettext_lazy("Being issued")},
    PrintState.STOPPED: {"tone": "warning", "icon": "hand-stop"},
    PrintState.DONE: {"tone": "success", "icon": "check"},
}
STOPPING = gettext_lazy("It stops after the documents that are being made.")


@require_safe
@round_page(can_read_documents)
def batches(request: HttpRequest, round: Round) -> HttpResponse:
    """What was asked for, the newest first."""
    context = {
        "round": round,
        "rows": [_line(batch, round) for batch in batches_of(round)[:SHOWN]],
        "columns": [
            {"label": label} for label in (_("Number"), _("Asked for"), phrases.STATUS, _("Issued"), _("Failed"))
        ],
        "breadcrumbs": _crumbs(round)[:1],
    }
    return render(request, "judging/documents/batches.html", context)


def _line(batch: Any, round: Round) -> list[dict[str, Any]]:
    when = wording.date_time(batch.asked_at, round.time_zone)
    return [
        {"text": batch.number, "url": round_url("judging:print_batch", round, number=batch.number)},
        {"text": when, "note": str(batch.asked_by)},
        _badge(batch),
        {"text": f"{batch.done} / {batch.total}"},
        {"text": batch.failed or "–"},
    ]


def _badge(batch: PrintBatch) -> dict[str, Any]:
    state = state_of(batch, at=clock.now())
    return {"text": state.label, **BADGES[state]}


@require_safe
@round_page(can_read_documents)
def batch(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """How far one is, and what failed; ``?bagian=keadaan`` is the part that changes while one looks."""
    found = _found(round, number)
    context = _progress(found, round)
    if request.GET.get("bagian") == "keadaan":
        return render(request, "judging/documents/_progress.html", context)
    context |= {
        "failed": [{"title": one.title, "reason": sentence(one.error)} for one in failed_items(found)],
        "may_issue": bool(can_issue_documents(person(request), round)),
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/documents/batch.html", context)


def _progress(batch: PrintBatch, round: Round) -> dict[str, Any]:
    """What changes while one looks."""
    at, progress = clock.now(), progress_of(batch)
    return {
        "round": round,
        "batch": batch,
        "progress": progress,
        "state": _badge(batch),
        "is_live": state_of(batch, at=at) in LIVE,
        "doing": _doing(batch, progress),
        "version": _facts(batch, progress)["version"],
    }


def _doing(batch: PrintBatch, progress: Progress) -> dict[str, str]:
    """Return in an alert what goes on, or why it ended before its time; empty for a batch that simply has ended."""
    at = clock.now()
    state = state_of(batch, at=at)
    if state == PrintState.WAITING:
        if is_unattended(batch, at=at):
            return {"tone": "danger", "text": _("No worker is running. Ask the operator to start it.")}
        return {"tone": "info", "text": _("It begins in a moment.")}
    if state == PrintState.RUNNING:
        return {"tone": "info", "text": str(STOPPING) if batch.stop_asked_at else _running(batch, progress)}
    if batch.error:
        return {"tone": "warning", "text": sentence(batch.error)}
    return {}


def _running(batch: PrintBatch, progress: Progress) -> str:
    """How long it still takes, in the words that people use for such times."""
    left = seconds_left(batch, progress, at=clock.now())
    if left is None:
        return _("Documents are being issued. You may leave this page and come back.")
    if left < 60:
        return _("Less than a minute is left. You may leave this page and come back.")
    minutes = -(-left // 60)
    text = ngettext(
        "About %(n)s minute is left. You may leave this page and come back.",
        "About %(n)s minutes are left. You may leave this page and come back.",
        minutes,
    )
    return text % {"n": minutes}


@require_safe
@round_page(can_read_documents)
def state(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """How far one is, as plain data."""
    found = _found(round, number)
    return JsonResponse(_facts(found, progress_of(found)))


def _facts(batch: PrintBatch, progress: Progress) -> dict[str, Any]:
    """The state as plain data, for the script that keeps the page fresh; ``version`` changes with the page."""
    told = state_of(batch, at=clock.now())
    words = _doing(batch, progress).get("text", "")
    return {
        "state": told.value,
        "is_live": told in LIVE,
        "done": progress.done,
        "failed": progress.failed,
        "total": progress.total,
        "version": f"{told.value}-{progress.done}-{progress.failed}-{words}",
    }


@require_POST
@round_page(can_issue_documents)
def stop(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Stop; what was issued stays."""
    return _acted(request, round, number, services.stop_batch, _("What was issued stays."))


@require_POST
@round_page(can_issue_documents)
def resume(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Go on with the rest."""
    return _acted(request, round, number, services.resume_batch, _("The rest is issued now."))


@require_POST
@round_page(can_issue_documents)
def retry(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Try again what failed, and nothing else."""
    return _acted(request, round, number, services.retry_failed, _("What failed is tried again."))


def _acted(request: HttpRequest, round: Round, number: int, act: Any, told: Any) -> HttpResponse:
    attempt(request, told, act, batch=_found(round, number), actor=person(request), at=clock.now())
    return redirect(round_url("judging:print_batch", round, number=number))


def _found(round: Round, number: int) -> PrintBatch:
    found = batch_of(round, number)
    if found is None:
        raise Http404
    return found


def _crumbs(round: Round) -> list[dict[str, Any]]:
    return [
        {"url": round_url("judging:documents", round), "label": _("Documents")},
        {"url": round_url("judging:print_batches", round), "label": _("Batches")},
    ]


urlpatterns = [
    path("dokumen/cetak/", batches, name="print_batches"),
    path("dokumen/cetak/<int:number>/", batch, name="print_batch"),
    path("dokumen/cetak/<int:number>/keadaan/", state, name="print_batch_state"),
    path("dokumen/cetak/<int:number>/berhenti/", stop, name="stop_print_batch"),
    path("dokumen/cetak/<int:number>/lanjut/", resume, name="resume_print_batch"),
    path("dokumen/cetak/<int:number>/ulang/", retry, name="retry_print_batch"),
    *numbering.urlpatterns,
    *paper_downloads.urlpatterns,
]
