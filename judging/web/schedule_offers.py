"""Why nothing fits and what would help, each with where it is changed; a simple change is done here, once confirmed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging.models import ScheduleRun
from judging.permissions import can_schedule
from judging.selectors.schedule_explanations import Ids, explanation_of
from judging.selectors.schedule_runs import run_of
from judging.services import schedule_offers as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.sentences import sentence

from .acting import attempt, person
from .schedule_material import crumbs

#: Where something is changed, by the type of the requirement or the word of the offer: a page, and what it is of.
WHERE = {
    "nominee_availability": ("schedule_nominee", "nominee"),
    "nominee_comes": ("schedule_nominee", "nominee"),
    "member_availability": ("schedule_members", ""),
    "member_comes": ("schedule_members", ""),
    "recusal": ("recusals", ""),
    "quorum": ("schedule_category", "category"),
    "quorum_lower": ("schedule_category", "category"),
    "role": ("schedule_categories", ""),
    "role_lower": ("schedule_categories", ""),
    "room_availability": ("schedule_rooms", ""),
    "room_opens": ("schedule_rooms", ""),
    "room_capacity": ("schedule_rooms", ""),
    "room_added": ("schedule_rooms", ""),
    "session_added": ("schedule_days", ""),
    "pin": ("interview", "nominee"),
    "pin_dropped": ("interview", "nominee"),
    "person": ("schedule_nominees", ""),
    "rest": ("schedule_rules", ""),
    "rest_later": ("schedule_rules", ""),
    "day_load": ("schedule_rules", ""),
    "load_higher": ("schedule_rules", ""),
}


def place_of(kind: str, ids: Ids, round: Round) -> str:
    """Return the address of the page where a requirement or an offer is changed."""
    name, of = WHERE[kind]
    kwargs: dict[str, Any] = {}
    if of == "nominee":
        kwargs = {"number": int(ids["nominee"])}
    elif of == "category":
        kwargs = {"code": ids["category"]}
    return round_url(f"judging:{name}", round, **kwargs)


def explained(run: ScheduleRun) -> dict[str, list[dict[str, str]]]:
    """Return what ``judging/schedule_why/_explanation.html`` shows of ``run``: sentences, each with its address.

    ``act`` is where an offer is done by one button; without it, it is done at ``url``.
    """
    found, round = explanation_of(run), run.round
    offers = []
    for one in found.offers:
        told = {"text": sentence(one.code, one.facts), "url": place_of(one.change, one.ids, round)}
        if one.change in services.SIMPLE:
            told["act"] = round_url("judging:schedule_offer", round, number=run.number, offer=one.number)
        offers.append(told)
    return {
        "requirements": [
            {"text": sentence(one.code, one.facts), "url": place_of(one.type, one.ids, round)}
            for one in found.requirements
        ],
        "offers": offers,
    }


@round_page(can_schedule)
def offer(request: HttpRequest, round: Round, number: int, offer: int) -> HttpResponse:
    """One change that would help: what it is, and a button that does it; then a schedule can be computed again."""
    run = run_of(round, number)
    found = next((one for one in explanation_of(run).offers if one.number == offer), None) if run else None
    if run is None or found is None or found.change not in services.SIMPLE:
        raise Http404
    back = round_url("judging:schedule_run", round, number=number)
    if request.method == "POST":
        told = _("Changed. Compute the schedule again to see what fits now.")
        whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
        done = attempt(request, told, services.take_offer, run=run, number=offer, **whom)
        return redirect(round_url("judging:schedule_runs", round) if done else back)
    context = {
        "round": round,
        "text": sentence(found.code, found.facts),
        "place": place_of(found.change, found.ids, round),
        "back": back,
        "breadcrumbs": crumbs(round, with_material=False),
    }
    return render(request, "judging/schedule_why/offer.html", context)


urlpatterns = [path("jadwal/hitung/<int:number>/tawaran/<int:offer>/", offer, name="schedule_offer")]
