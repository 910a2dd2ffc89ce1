"""Discarding a paper sheet that was typed in and shall not count."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from judging.permissions import can_type_paper
from judging.services.paper_discards import discard_paper_sheet
from judging.services.paper_entries import paper_obstacle
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock

from .acting import attempt, person
from .paper_entries import page_facts, place_or_404
from .paper_scans import ReasonForm


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_type_paper)
def paper_discard(request: HttpRequest, round: Round, seat: str, number: int, rubric: str) -> HttpResponse:
    """Ask for the reason, then discard: nothing waits for the paper any more."""
    place = place_or_404(round, seat, number, rubric)
    form = ReasonForm(request.POST or None)
    back = round_url("judging:paper_entries", round)
    if request.method == "POST" and form.is_valid():
        told = {"reason": form.cleaned_data["alasan"], "actor": person(request), "at": clock.now()}
        attempt(request, _("Discarded."), discard_paper_sheet, round=round, code=place.code, **told)
        return redirect(back)
    is_open = place.typed is not None and not place.typed.version_id
    context = page_facts(request, place, paper_obstacle(place) if is_open else None)
    context |= {"form": form if is_open else None, "cancel_url": back, "actions": []}
    return render(request, "judging/paper_entries/discard.html", context, status=422 if form.errors else 200)


urlpatterns = [
    path("lembar/kertas/<slug:seat>/<int:number>/<slug:rubric>/sisihkan/", paper_discard, name="paper_discard"),
]
