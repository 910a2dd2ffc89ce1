"""Computed schedules: ask for one, watch it, stop it, compare it with the draft, take it. For the secretariat."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from judging.models import RunKind, ScheduleRun
from judging.permissions import can_schedule
from judging.selectors.schedule_checks import schedule_checks
from judging.selectors.schedule_names import names_of
from judging.selectors.schedule_runs import LIVE, Proposal, may_be_taken, proposal_of, run_of, runs_of, state_of
from judging.services import schedule_runs as services
from judging.services.schedule import InterviewNeedsConfirmation, InterviewRefused
from nominees.models import Nomination, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import NotPermitted

from . import schedule_runs_wording as words
from .acting import attempt, person
from .schedule_material import crumbs, problems_of
from .schedule_offers import explained
from .schedule_runs_chart import chart_of
from .schedule_runs_form import USUAL, StartForm, TakeForm

SHOWN = 20  # runs of the list, and sentences of a refusal


@round_page(can_schedule)
def runs(request: HttpRequest, round: Round) -> HttpResponse:
    """Ask for a schedule, or for the reason why none fits; what was asked for before."""
    at = clock.now()
    checks = schedule_checks(round, at=at)
    is_today = wording.local_day(at, round.time_zone) in {one.day for one in checks.days}
    form = StartForm(request.POST if _is_start(request) else None, initial={"keep_today": is_today})
    if request.method == "POST":
        asked = _asked(request, form)
        if asked is not None:
            run = _started(request, round, asked)
            if run is not None:
                return redirect(round_url("judging:schedule_run", round, number=run.number))
    problems = list(problems_of(round, checks))
    context = {
        "round": round,
        "form": form,
        "problems": problems,
        "may_start": bool(checks.days and checks.rooms and checks.nominees),
        "runs": [_line(run, round, at) for run in runs_of(round)[:SHOWN]],
        "columns": [
            {"label": label}
            for label in (_("Number"), _("What is wanted"), _("Asked for"), phrases.STATUS, _("Result"))
        ],
        "breadcrumbs": crumbs(round, with_material=False),
    }
    return render(request, "judging/schedule_runs/list.html", context)


def _is_start(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("langkah") != "jelaskan"


def _asked(request: HttpRequest, form: StartForm) -> dict[str, Any] | None:
    """What is asked for; ``None``: the form was not filled in."""
    if not _is_start(request):
        return {"kind": RunKind.EXPLAIN, "seconds": USUAL, "seed": 0, "options": {}}
    return form.asked() if form.is_valid() else None


def _started(request: HttpRequest, round: Round, asked: dict[str, Any]) -> ScheduleRun | None:
    try:
        return services.start_run(round=round, actor=person(request), at=clock.now(), **asked)
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except DomainError as error:
        messages.error(request, explain(error))
        return None


def _line(run: ScheduleRun, round: Round, at: Any) -> list[dict[str, Any]]:
    found = words.told(run)
    moment = words.asked_at(run, round)
    return [
        {"text": run.number, "url": round_url("judging:schedule_run", round, number=run.number)},
        {"text": words.kind_of(run)},
        {"text": moment, "note": str(run.asked_by)},
        words.badge_of(run, at=at),
        {"text": found["text"] if found else "–"},
    ]


@require_safe
@round_page(can_schedule)
def run(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """How far one is, and what came of it; ``?bagian=keadaan`` is the part that changes while one looks."""
    if request.GET.get("bagian") == "keadaan":
        return render(request, "judging/schedule_runs/_progress.html", _progress(_brief(round, number), round))
    return _run_page(request, _found(round, number), round, TakeForm())


def _run_page(
    request: HttpRequest, run: ScheduleRun, round: Round, form: TakeForm, problems: list[str] | None = None
) -> HttpResponse:
    context = {
        **_progress(run, round),
        "round": round,
        "form": form,
        "kind": words.kind_of(run),
        "problems": problems or [],
        "breadcrumbs": [
            *crumbs(round, with_material=False),
            {"url": round_url("judging:schedule_runs", round), "label": _("Computed schedules")},
        ],
    }
    if not context["is_live"]:
        context |= _result(run, round)
    return render(request, "judging/schedule_runs/run.html", context, status=422 if problems else 200)


def _progress(run: ScheduleRun, round: Round) -> dict[str, Any]:
    """What changes while one looks."""
    at, steps = clock.now(), list(run.steps.all())
    return {
        "round": round,
        "run": run,
        "state": words.badge_of(run, at=at),
        "is_live": state_of(run, at=at) in LIVE,
        "doing": words.doing(run, at=at),
        "told": words.told(run),
        "stats": words.stats_of(run, at=at),
        "chart": chart_of(steps, run.bound, words.milliseconds_of(run, at=at)),
        "elapsed": words.milliseconds_of(run, at=at) // 1000,
        "version": words.facts_of(run, at=at, steps=len(steps))["version"],
    }


def _result(run: ScheduleRun, round: Round) -> dict[str, Any]:
    """What came of it: cost, what would change, why not everybody can be met."""
    proposal = _proposal(run)
    is_there = proposal is not None and proposal.is_there
    stale = proposal.stale if proposal and not is_there else frozenset()
    # What is as proposed was taken, not changed by somebody.
    other = [one for one in stale if proposal and proposal.now.get(one) != proposal.after.get(one)]
    stale_numbers = {str(one) for one in Nomination.objects.filter(pk__in=other).values_list("number", flat=True)}
    groups = words.difference_of(run, names_of(round), stale_numbers) if run.placements else []
    return {
        "columns": [{"label": _("Wish")}, {"label": _("Cost"), "align": "end"}],
        "rows": words.cost_rows(run),
        "groups": groups,
        "changed": sum(len(group["rows"]) for group in groups),
        "is_stale": bool(stale),
        "is_gone": bool(run.placements) and proposal is None,
        "is_there": is_there,
        "may_take": may_be_taken(run, at=clock.now()) and proposal is not None and not is_there and not stale,
        "reason": explained(run),
    }


def _proposal(run: ScheduleRun) -> Proposal | None:
    """What taking it means; ``None``: nothing was found, or what it counts on is gone."""
    try:
        return proposal_of(run) if run.placements else None
    except KeyError:
        return None


@require_safe
@round_page(can_schedule)
def state(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """How far one is, as plain data."""
    found = _brief(round, number)
    return JsonResponse(words.facts_of(found, at=clock.now(), steps=found.steps.count()))


@require_POST
@round_page(can_schedule)
def stop(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Stop and keep the best so far."""
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    told = _("It is being stopped; the best so far is kept.")
    attempt(request, told, services.stop_run, run=_found(round, number), **whom)
    return redirect(round_url("judging:schedule_run", round, number=number))


@require_POST
@round_page(can_schedule)
def take(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Make it the draft; where rules ask for a person's word, the page asks for it."""
    found, form = _found(round, number), TakeForm(request.POST)
    confirmed = form.cleaned_data["confirmed"] if form.is_valid() else ()
    try:
        services.take_run(run=found, actor=person(request), at=clock.now(), confirmed=confirmed)
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except (InterviewRefused, InterviewNeedsConfirmation) as error:
        violations = error.facts["violations"]
        if isinstance(error, InterviewNeedsConfirmation):
            form.ask_confirmation({one.code for one in violations})
        problems = list(dict.fromkeys(sentence(one.code, one.facts) for one in violations))[:SHOWN]
        return _run_page(request, found, round, form, problems)
    except DomainError as error:
        return _run_page(request, found, round, form, [explain(error)])
    messages.success(request, _("The computed schedule is the draft now."))
    return redirect(round_url("judging:schedule_board", round))


def _brief(round: Round, number: int) -> ScheduleRun:
    """The run without its long texts, for whoever asks every second."""
    return get_object_or_404(runs_of(round), number=number)


def _found(round: Round, number: int) -> ScheduleRun:
    found = run_of(round, number)
    if found is None:
        raise Http404
    return found


urlpatterns = [
    path("jadwal/hitung/", runs, name="schedule_runs"),
    path("jadwal/hitung/<int:number>/", run, name="schedule_run"),
    path("jadwal/hitung/<int:number>/keadaan/", state, name="schedule_run_state"),
    path("jadwal/hitung/<int:number>/berhenti/", stop, name="stop_schedule_run"),
    path("jadwal/hitung/<int:number>/ambil/", take, name="take_schedule_run"),
]
