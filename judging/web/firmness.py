"""How firm the result of a category or pool is: every diagnostic on one page, the same as data by ``?format=json``."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from judging.core.diagnostics import answer
from judging.selectors.decided import PartStandings
from judging.selectors.diagnostics import diagnostics_of, drift_of, own_sectors_of, seat_names
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page

from .firmness_seats import seat_sections
from .firmness_summary import query_of, summary_of
from .firmness_tables import firmness_sections
from .ranking import not_open_yet, part_of, subject_asked_for, tabs_of, tabulation_open_to


@require_safe
@round_page()
def firmness(request: HttpRequest, round: Round) -> HttpResponse:
    """Show the diagnostics of one category (``?kategori=``) or pool (``?umum=``), to whoever sees its ranking."""
    tabulation = tabulation_open_to(request, round)
    if tabulation is None:
        return not_open_yet(request, round)
    subject = subject_asked_for(request, round)
    part = part_of(tabulation, subject)
    context: dict[str, Any] = {"round": round, "tabulation": tabulation, "part": part, "tabs": tabs_of(round, subject)}
    if not isinstance(part, PartStandings):
        return render(request, "judging/firmness/page.html", context | {"pending": True})
    limit = tabulation.rules.divergence_limit
    found = diagnostics_of(part, seat_names(tabulation), limit)
    if request.GET.get("format") == "json":
        return JsonResponse(answer(found.found), json_dumps_params={"ensure_ascii": False, "indent": 1})
    seats = seat_sections(part, found, drift_of(part, found.found.fit), own_sectors_of(tabulation), limit)
    context |= {
        "firm": summary_of(found) if part.ranked else None,
        "groups": [(_("The places"), firmness_sections(part, found) if part.ranked else []), (_("The seats"), seats)],
        "json_query": f"{query_of(part)}&format=json",
        "breadcrumbs": [{"url": round_url("judging:ranking", round) + query_of(part), "label": _("Ranking")}],
    }
    return render(request, "judging/firmness/page.html", context)


urlpatterns = [path("peringkat/kekokohan/", firmness, name="firmness")]
