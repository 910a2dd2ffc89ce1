"""How and when nominees can be met: a table, a form for each, a region at once, people who come for several."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging.models import NomineePlan, NomineeSpanKind, SharedPerson
from judging.permissions import can_schedule
from judging.selectors.schedule_material import met_nominations
from judging.services import schedule_nominees as services
from nominees.models import Nomination, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording
from paritrana.regions.models import Region

from .acting import attempt, person
from .schedule_forms import ONLINE, ONSITE
from .schedule_material import crumbs
from .schedule_material_forms import NomineePlanForm, NomineeTimes, RegionArrivalForm, SharedPersonForm, clock_of


@round_page(can_schedule)
def nominees(request: HttpRequest, round: Round) -> HttpResponse:
    """Every nominee whom the panel meets; forms for a region and for people who come for several."""
    found = list(met_nominations(round).order_by("number").prefetch_related("interview_spans"))
    step = request.POST.get("langkah", "")
    arrivals = RegionArrivalForm(
        request.POST if step == "wilayah" else None,
        prefix="region",
        round=round,
        regions=_regions(found),
    )
    shared = SharedPersonForm(request.POST if step == "orang" else None, prefix="person", round=round)
    if request.method == "POST" and _act(request, round, step, arrivals, shared):
        return redirect(round_url("judging:schedule_nominees", round))
    context = {
        "round": round,
        "columns": [{"label": label} for label in (phrases.NOMINEE, _("Region"), _("Is met"), _("Can come"))],
        "rows": [_row(one, round) for one in found],
        "arrivals": arrivals,
        "shared": shared,
        "persons": SharedPerson.objects.filter(round=round).prefetch_related("nominations__nominee"),
        "breadcrumbs": crumbs(round),
    }
    return render(request, "judging/schedule_material/nominees.html", context)


def _act(request: HttpRequest, round: Round, step: str, arrivals: RegionArrivalForm, shared: SharedPersonForm) -> bool:
    """Do what was posted; whether there is nothing to mend in a form."""
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    if step == "wilayah":
        if arrivals.is_valid():
            told = {"region": arrivals.cleaned_data["region"], **arrivals.arrival()}
            attempt(request, _("Earliest arrival set."), services.set_arrivals, round=round, **told, **whom)
        return arrivals.is_valid()
    if step == "orang":
        if shared.is_valid():
            told = shared.cleaned_data
            attempt(request, _("Person added."), services.share_person, round=round, **told, **whom)
        return shared.is_valid()
    number = request.POST.get("id", "")
    if step != "hapus" or not number.isdecimal() or len(number) > 18:
        raise Http404
    someone = get_object_or_404(SharedPerson, round=round, pk=number)
    attempt(request, _("Person removed."), services.unshare_person, person=someone, **whom)
    return True


def _regions(found: list[Nomination]) -> list[tuple[str, str]]:
    """The regencies and cities that the nominees come from, by code."""
    codes = {one.nominee.region.code[:5] for one in found}
    return [(region.code, str(region)) for region in Region.objects.filter(code__in=codes).order_by("code")]


def _row(nomination: Nomination, round: Round) -> list[dict[str, Any]]:
    plan = getattr(nomination, "interview_plan", None) or NomineePlan()
    url = round_url("judging:schedule_nominee", round, number=nomination.number)
    return [
        {"text": str(nomination), "note": str(nomination.category), "url": url},
        {"text": str(nomination.nominee.region)},
        {"text": _("By video link") if plan.is_online else _("On site")},
        {"text": _arrival(plan), "note": "; ".join(_times(nomination, round))},
    ]


def _arrival(plan: NomineePlan) -> str:
    if plan.arrives_on is None:
        return _("At any time")
    when = {"day": wording.long_day_date(plan.arrives_on), "time": wording.minute_text(plan.arrives_at)}
    return _("From %(day)s, %(time)s on") % when


def _times(nomination: Nomination, round: Round) -> list[str]:
    return [
        f"{NomineeSpanKind(one.kind).label}: {wording.long_day_date(one.day)},"
        f" {wording.minute_range(one.start, one.end, round.time_zone)}"
        for one in nomination.interview_spans.all()
    ]


@round_page(can_schedule)
def nominee(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """How one nominee is met, from when on, its windows and wishes."""
    nomination = get_object_or_404(met_nominations(round).prefetch_related("interview_spans"), number=number)
    plan = getattr(nomination, "interview_plan", None) or NomineePlan()
    posted = request.POST if request.method == "POST" else None
    form = NomineePlanForm(posted, round=round, initial=_initial(plan))
    times: Any = NomineeTimes(posted, prefix="times", initial=_spans(nomination), form_kwargs={"round": round})
    if posted is not None and form.is_valid() and times.is_valid():
        told: dict[str, Any] = {
            "nomination": nomination,
            "is_online": form.cleaned_data["mode"] == ONLINE,
            "times": [one for row in times if (one := row.told())],
            **form.arrival(),
        }
        whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
        if attempt(request, _("Nominee saved."), services.plan_nominee, **told, **whom):
            return redirect(round_url("judging:schedule_nominees", round))
    parent = {"url": round_url("judging:schedule_nominees", round), "label": _("When nominees can come")}
    context = {
        "round": round,
        "nomination": nomination,
        "form": form,
        "times": times,
        "breadcrumbs": [*crumbs(round), parent],
    }
    return render(request, "judging/schedule_material/nominee.html", context)


def _initial(plan: NomineePlan) -> dict[str, Any]:
    day = plan.arrives_on.isoformat() if plan.arrives_on else ""
    mode = ONLINE if plan.is_online else ONSITE
    return {"mode": mode, "arrives_on": day, "arrives_at": clock_of(plan.arrives_at) if day else None}


def _spans(nomination: Nomination) -> list[dict[str, Any]]:
    return [
        {
            "kind": one.kind,
            "day": one.day.isoformat(),
            "start": clock_of(one.start),
            "end": clock_of(one.end),
            "weight": one.weight,
        }
        for one in nomination.interview_spans.all()
    ]


urlpatterns = [
    path("jadwal/bahan/nomine/", nominees, name="schedule_nominees"),
    path("jadwal/bahan/nomine/<int:number>/", nominee, name="schedule_nominee"),
]
