"""Why this place: one nominee's standing on screen, as data, and as one printed page."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from judging.documents.data import Paper
from judging.documents.explanation_sheet import render_explanation_sheets
from judging.permissions import can_see_standings
from judging.selectors.explanation_documents import explanation_document
from judging.selectors.explanations import Explanation, explanation_of
from judging.selectors.papers.explanation import explanation_sheet_data
from judging.selectors.standings import PartStandings
from nominees.models import Pool, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock

from .downloads import HEADERS
from .ranking import not_open_yet, part_of, tabulation_open_to
from .standing_wording import story, tie_lines

F4: Paper = "F4"


@require_safe
@round_page()
def standing(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Why this place: from the place down to the cell; ``?format=json`` gives the same as data."""
    found = _explanation(request, round, number)
    if found is None:
        return not_open_yet(request, round)
    if request.GET.get("format") == "json":
        return JsonResponse(explanation_document(found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return render(request, "judging/ranking/standing.html", _context(round, found))


@require_safe
@round_page(can_see_standings)
def sheet(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """The lembar penjelasan of one nominee, printed on request on A4 or F4 (``?kertas=F4``) and kept nowhere."""
    found = _explanation(request, round, number)
    if found is None:
        raise Http404
    paper: Paper = F4 if request.GET.get("kertas") == F4 else "A4"
    content = render_explanation_sheets(explanation_sheet_data(found, clock.now()), paper)
    response = HttpResponse(content, content_type="application/pdf", headers=HEADERS)
    name = f"lembar-penjelasan-{round.scope.replace('/', '-')}-{number}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _explanation(request: HttpRequest, round: Round, number: int) -> Explanation | None:
    """What is asked for, in its category or in a pool (``?umum=``); None while the standings are not open."""
    tabulation = tabulation_open_to(request, round)
    if tabulation is None:
        return None
    nomination = get_object_or_404(round.nominations.select_related("category"), number=number)
    pool = request.GET.get("umum")
    part = part_of(tabulation, get_object_or_404(round.pools, code=pool) if pool else nomination.category)
    line = part.line_of(nomination.pk) if isinstance(part, PartStandings) else None
    if line is None or not isinstance(part, PartStandings):
        raise Http404
    return explanation_of(tabulation, part, line)


def _context(round: Round, found: Explanation) -> dict[str, Any]:
    part, line = found.part, found.line
    query = f"umum={part.subject.code}" if isinstance(part.subject, Pool) else f"kategori={part.subject.code}"
    own = f"?{query}" if part.pool else ""
    sheet_url = round_url("judging:standing_sheet", round, number=line.nomination.number)
    return {
        "round": round,
        "tabulation": found.tabulation,
        "part": part,
        "line": line,
        "why": found,
        "story": story(found),
        "tie": tie_lines(found),
        "root": found.steps[0],
        "criteria": found.steps[1:],
        "by_leaf": part.problem.policy.panel_level == "leaf",
        "own_query": own,
        "sheet_url": sheet_url,
        "actions": [{"url": sheet_url + own, "label": _("Explanation sheet (PDF)"), "icon": "file-text"}],
        "breadcrumbs": [
            {"url": round_url("judging:ranking", round), "label": _("Ranking")},
            {"url": f"{round_url('judging:ranking', round)}?{query}", "label": part.name},
        ],
    }


urlpatterns = [
    path("peringkat/<int:number>/", standing, name="standing"),
    path("peringkat/<int:number>/lembar-penjelasan.pdf", sheet, name="standing_sheet"),
]
