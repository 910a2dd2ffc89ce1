"""Two runs of a round side by side: what changed, and why."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from judging import permissions
from judging.models import Tabulation
from judging.selectors.run_comparison import LIVE, RunComparison, compare_runs, runs_of
from judging.selectors.run_comparison_documents import comparison_document
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .ranking import NOT_OPEN, not_open_yet
from .runs_form import RunsForm
from .runs_wording import part_view


@require_safe
@round_page()
def compare(request: HttpRequest, round: Round) -> HttpResponse:
    """Two runs (``?sebelum=1&sesudah=2``, or ``kini`` for the closed sheets as they stand now), ``?format=json``."""
    verdict = permissions.can_see_standings(_user(request), round)
    if verdict.code not in ("", NOT_OPEN):
        raise PermissionDenied(verdict.code)
    runs = runs_of(round) if verdict else []
    if not runs:
        return not_open_yet(request, round)
    form = RunsForm({**_newest(runs), **request.GET.dict()}, runs=runs, round=round)
    found = _compared(request, round, runs, form)
    if request.GET.get("format") == "json":
        if found is None:
            return JsonResponse({"error": "unknown_run"}, status=404)
        return JsonResponse(comparison_document(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    parts = [part_view(part, found) for part in found.parts] if found else []
    context = {
        "round": round,
        "form": form,
        "found": found,
        "parts": parts,
        "changed": [part for part in parts if not part["is_same"]],
        "unchanged": [part for part in parts if part["is_same"]],
        "breadcrumbs": [{"url": round_url("judging:ranking", round), "label": _("Ranking")}],
    }
    return render(request, "judging/runs/compare.html", context)


def _user(request: HttpRequest) -> Any:
    return request.user


def _newest(runs: list[Tabulation]) -> dict[str, str]:
    """The last step of the round: the two newest runs, or the only one against the sheets as they stand now."""
    if len(runs) == 1:
        return {"sebelum": str(runs[0].number), "sesudah": LIVE}
    return {"sebelum": str(runs[-2].number), "sesudah": str(runs[-1].number)}


def _compared(request: HttpRequest, round: Round, runs: list[Tabulation], form: RunsForm) -> RunComparison | None:
    if not form.is_valid():
        return None
    by_number = {str(run.number): run for run in runs}
    try:
        return compare_runs(round, by_number[form.cleaned_data["sebelum"]], by_number.get(form.cleaned_data["sesudah"]))
    except DomainError as error:  # the live state cannot be tabulated
        messages.error(request, explain(error))
        return None


urlpatterns = [path("peringkat/bandingkan/", compare, name="compare")]
