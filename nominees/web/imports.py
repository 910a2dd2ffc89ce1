"""The import in four steps: template, file, check, confirm. Nothing is written before the last."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nominees.core.preflight import SIZE_LIMIT
from nominees.documents.problem_list import problem_list
from nominees.models import BatchState, ImportBatch, Round
from nominees.permissions import can_import_nominees, can_see_nominees
from nominees.selectors.import_batches import batch_at, recent_batches
from nominees.services.imports import apply_import, check_import, counts_of, discard_import, template_of
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence

from .access import round_page
from .forms import SettleForm, WorkbookForm
from .import_tables import batch_table, changes_first, preview_table, problem_table, steps_at
from .parts import address

PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@round_page(can_import_nominees)
def import_start(request: HttpRequest, round: Round) -> HttpResponse:
    """Take a workbook and check it; the answer is the page of its batch."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["workbook"]
        batch = check_import(
            round=round,
            file_name=file.name,
            content=file.read(SIZE_LIMIT + 1),
            actor=request.user,  # type: ignore[arg-type]
            at=clock.now(),
        )
        return redirect(address("nominees:batch", round, batch_id=batch.pk))
    context = {
        "round": round,
        "form": form,
        "steps": steps_at(2),
        "crumbs": [{"url": address("nominees:list", round), "label": _("Nominees")}],
        "table": batch_table(round, recent_batches(round)),
    }
    return render(request, "nominees/import.html", context)


@round_page(can_import_nominees)
@require_safe
def template_file(request: HttpRequest, round: Round) -> HttpResponse:
    """Send the workbook to fill in."""
    return _download(template_of(round), f"templat-nomine-{round.edition.assessment_year}-{round.scope_code}.xlsx")


@round_page(can_see_nominees)
def import_batch(request: HttpRequest, round: Round, batch_id: int) -> HttpResponse:
    """Show what was found in a workbook; a post confirms or discards it."""
    batch = _found(round, batch_id)
    verdict = can_import_nominees(request.user, round)  # type: ignore[arg-type]
    if request.method == "POST":
        if not verdict:
            raise PermissionDenied(verdict.code)
        _settle(request, batch)
        return redirect(address("nominees:batch", round, batch_id=batch_id))
    refused = batch.state == BatchState.REFUSED
    page = Paginator(batch.problems if refused else changes_first(batch.rows), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    done = {BatchState.CHECKED: 4, BatchState.REFUSED: 3}.get(BatchState(batch.state), 5)
    context = {
        "round": round,
        "batch": batch,
        "page_obj": page,
        "table": problem_table(page) if refused else preview_table(page, round),
        "steps": steps_at(done),
        "stats": [] if refused else _stats(batch),
        "crumbs": [{"url": address("nominees:list", round), "label": _("Nominees")}],
        "may_settle": bool(verdict),
        "apply_form": SettleForm(initial={"act": "apply"}),
    }
    return render(request, f"nominees/batch_{batch.state}.html", context)


@round_page(can_see_nominees)
@require_safe
def batch_problems(request: HttpRequest, round: Round, batch_id: int) -> HttpResponse:
    """Send what was wrong with a workbook as a workbook."""
    batch = _found(round, batch_id)
    rows = [(p["sheet"], p["cell"], p["code"], sentence(p["code"], p["facts"])) for p in batch.problems]
    return _download(problem_list(rows), f"masalah-impor-{batch.pk}.xlsx")


def _found(round: Round, batch_id: int) -> ImportBatch:
    batch = batch_at(round=round, batch_id=batch_id)
    if batch is None:
        raise Http404
    return batch


def _settle(request: HttpRequest, batch: ImportBatch) -> None:
    """Confirm or discard, and say what came of it."""
    form = SettleForm(request.POST)
    known: dict[str, Any] = {"batch": batch, "actor": request.user, "at": clock.now()}
    if not form.is_valid():
        return
    try:
        if form.cleaned_data["act"] == "apply":
            apply_import(**known)
            messages.success(request, _("The nominees are imported."))
        else:
            discard_import(**known)
            messages.success(request, _("The import is discarded; nothing was written."))
    except DomainError as error:
        messages.error(request, explain(error))


def _stats(batch: ImportBatch) -> list[dict[str, Any]]:
    counts = counts_of(batch.rows)
    return [
        {"label": _("New"), "value": counts["new"], "tone": "success"},
        {"label": _("Changed"), "value": counts["changed"], "tone": "warning"},
        {"label": _("Unchanged"), "value": counts["same"], "tone": ""},
    ]


def _download(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
