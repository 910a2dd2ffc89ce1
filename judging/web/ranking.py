"""The ranking of each category and pool."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from judging import permissions
from judging.models import Tabulation
from judging.selectors.readiness import unmet_conditions
from judging.selectors.standings import PartStandings, PendingPool, final_part, tabulation_in_force
from nominees.core.lifecycle import TRANSITIONS, State
from nominees.models import Category, Pool, Round
from nominees.web.access import round_page

from .ranking_page import ranking_context
from .rounds_wording import conditions

NOT_OPEN = "standings_not_open_yet"


@require_safe
@round_page()
def ranking(request: HttpRequest, round: Round) -> HttpResponse:
    """The standings of one category (``?kategori=``) or pool (``?umum=``); the first category unless told."""
    tabulation = tabulation_open_to(request, round)
    if tabulation is None:
        return not_open_yet(request, round)
    context = {"round": round, **ranking_context(tabulation, request.GET)}
    return render(request, "judging/ranking/page.html", context)


def not_open_yet(request: HttpRequest, round: Round) -> HttpResponse:
    """What is missing before the plenary can open: for chair and secretariat; everybody else is told no (403).

    As data it is a plain refusal for everybody.
    """
    if request.GET.get("format") == "json":
        return JsonResponse({"error": NOT_OPEN}, status=403)
    user: Any = request.user
    if round.practice or not permissions.can_see_progress(user, round):
        raise PermissionDenied(NOT_OPEN)
    step = next(each for each in TRANSITIONS if each.target == State.PLENARY and not each.second_person)
    context = {"round": round, "conditions": conditions(round, step, unmet_conditions(round, step), user)}
    return render(request, "judging/ranking/not_yet.html", context)


def tabulation_open_to(request: HttpRequest, round: Round) -> Tabulation | None:
    """The frozen tabulation, when the person may see it; None while it is not open to anybody."""
    user: Any = request.user
    verdict = permissions.can_see_standings(user, round)
    if verdict.code not in ("", NOT_OPEN):
        raise PermissionDenied(verdict.code)
    return tabulation_in_force(round) if verdict else None


def subject_asked_for(request: HttpRequest, round: Round) -> Category | Pool:
    """The category or pool that the address asks for."""
    pool, category = request.GET.get("umum"), request.GET.get("kategori")
    if pool:
        return get_object_or_404(round.pools, code=pool)
    if category:
        return get_object_or_404(round.categories, code=category)
    first = round.categories.first()
    if first is None:
        raise Http404
    return first


def part_of(tabulation: Tabulation, subject: Category | Pool) -> PartStandings | PendingPool:
    """Return that category or pool as decided; 404 when the run has none."""
    found = (
        final_part(tabulation, category=subject)
        if isinstance(subject, Category)
        else final_part(tabulation, pool=subject)
    )
    if found is None:
        raise Http404
    return found


def tabs_of(round: Round, subject: Category | Pool) -> list[dict[str, Any]]:
    """Links to every category and pool of the round."""
    found = [("kategori", each) for each in round.categories.all()] + [("umum", each) for each in round.pools.all()]
    return [{"label": each.name, "query": f"?{name}={each.code}", "current": each == subject} for name, each in found]


urlpatterns = [path("peringkat/", ranking, name="ranking")]
