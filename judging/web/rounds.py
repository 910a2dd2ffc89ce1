"""The overview of a round: where it stands, what to do next, its dates and its steps."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from judging import permissions
from judging.selectors.publication import rules_of
from judging.selectors.readiness import unmet_conditions
from judging.selectors.rounds import categories_with_counts, open_step_back, state_changes
from judging.services import rounds as services
from judging.services.dates import change_round_dates
from judging.services.rounds import TAKEN_BY_PLENARY
from nominees.core.lifecycle import State, Transition, steps_from
from nominees.models import STATE_LABELS, Round
from nominees.permissions import can_see_round
from nominees.selectors.rounds import roles_in
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from nominees.web.round_forms import DatesForm
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases
from paritrana.kernel.wording import date_range, date_time, long_day_date

from .acting import attempt, person
from .categories import category_columns, category_row
from .next_steps import next_steps
from .practice import practice_section
from .rounds_forms import StepBackForm
from .rounds_wording import conditions
from .waiting_tasks import waiting_tasks


@round_page(can_see_round)
def overview(request: HttpRequest, round: Round) -> HttpResponse:
    """State, next steps, what the next state still needs, dates and categories."""
    moves = _moves(request, round)
    context = {
        "round": round,
        "subtitle": _("Assessment year %(year)s") % {"year": round.edition.assessment_year},
        "state": {"tone": "info", "text": STATE_LABELS[State(round.state)]},
        "steps": _steps(round),
        "tasks": [
            *waiting_tasks(person(request), [round], clock.now()).get(round.pk, ()),
            *next_steps(
                round,
                roles_in(person(request), round),
                moves.pop("waiting", None),
                may_advance=moves.get("may_advance", False),
            ),
        ],
        "facts": _facts(round),
        "may_change_dates": bool(permissions.can_change_dates(person(request), round)),
        "columns": category_columns(round),
        "rows": [category_row(one, round) for one in categories_with_counts(round)],
        "changes": [_change_row(one, round) for one in state_changes(round)],
        "change_columns": [{"label": label} for label in (_("Step"), _("When"), phrases.REASON)],
        **practice_section(person(request), round),
        **moves,
    }
    return render(request, "judging/rounds/overview.html", context)


def _steps(round: Round) -> list[dict[str, Any]]:
    """The whole life of a round with its present state; a practice round has none."""
    if round.practice:
        return []
    order = list(State)
    now = order.index(State(round.state))
    return [
        {"label": STATE_LABELS[state], "state": "done" if index < now else "current" if index == now else "todo"}
        for index, state in enumerate(order)
    ]


def _moves(request: HttpRequest, round: Round) -> dict[str, Any]:
    """The step forwards with its conditions, and the step back, as far as this person has a part in them."""
    if round.practice:
        return {}
    found: dict[str, Any] = {"open_step_back": open_step_back(round)}
    sees_all = permissions.can_see_progress(person(request), round)
    at = clock.now()
    for step in steps_from(round.state):
        may = permissions.can_move(person(request), round, step, at=at)
        if step.second_person and may:
            found |= {"back_target": step.target, "back_label": STATE_LABELS[step.target], "back_form": StepBackForm()}
        elif not step.second_person and (may or sees_all):
            found |= _forwards(round, step, person(request), may=bool(may))
    return found


def _forwards(round: Round, step: Transition, user: User, *, may: bool) -> dict[str, Any]:
    unmet = unmet_conditions(round, step)
    return {
        "forward_target": step.target,
        "forward_label": STATE_LABELS[step.target],
        "conditions": conditions(round, step, unmet, user),
        "waiting": {one.page for one in unmet},
        "by_plenary": step.target in TAKEN_BY_PLENARY,
        "may_advance": may and not unmet,
        "public_from": _public_from(round) if step.target == State.ANNOUNCED else "",
    }


def _public_from(round: Round) -> str:
    """When the public reads the result if that is put off beyond the announcement, with the zone; else nothing."""
    embargo = rules_of(round).embargo_until
    return date_time(embargo, round.time_zone) if embargo and embargo > clock.now() else ""


def _facts(round: Round) -> list[dict[str, Any]]:
    edition = round.edition
    days = _("Not set")
    if round.interviews_from and round.interviews_until:
        days = date_range(round.interviews_from, round.interviews_until)
    ceremony = long_day_date(round.ceremony_on) if round.ceremony_on else _("Not set")
    return [
        {"label": _("Assessment period"), "value": date_range(edition.period_start, edition.period_end)},
        {"label": _("Interviews"), "value": days},
        {"label": _("Ceremony"), "value": f"{ceremony}, {round.ceremony_place}" if round.ceremony_place else ceremony},
        {"label": _("City"), "value": round.city},
        {"label": _("Time zone"), "value": round.get_time_zone_display()},
    ]


def _change_row(change: Any, round: Round) -> list[dict[str, Any]]:
    labels = [STATE_LABELS[State(state)] for state in (change.source, change.target)]
    people = [str(one) for one in (change.requested_by, change.confirmed_by) if one]
    note = (
        _("Step back withdrawn")
        if change.withdrawn_at
        else ""
        if change.confirmed_at
        else _("Waits for a second person")
    )
    return [
        {"text": " → ".join(str(label) for label in labels), "note": note},
        {"text": date_time(change.requested_at, round.time_zone), "note": ", ".join(dict.fromkeys(people))},
        {"text": change.reason or "–"},
    ]


@require_POST
@round_page(can_see_round)
def advance(request: HttpRequest, round: Round) -> HttpResponse:
    """Take the step forwards that the form names."""
    attempt(
        request,
        _("The round has moved on."),
        services.advance_round,
        round=round,
        target=request.POST.get("target", ""),
        actor=person(request),
        at=clock.now(),
    )
    return redirect(round_url("judging:round", round))


@require_POST
@round_page(can_see_round)
def step_back(request: HttpRequest, round: Round) -> HttpResponse:
    """Ask for a step back, confirm somebody else's, or withdraw one: the button says which."""
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    change = open_step_back(round)
    if "request" in request.POST:
        asked = {"target": request.POST.get("target", ""), "reason": request.POST.get("reason", "")[:300]}
        done = _("Requested. A second person confirms it here.")
        attempt(request, done, services.request_step_back, round=round, **asked, **whom)
    elif change is None:
        raise Http404
    elif "confirm" in request.POST:
        attempt(request, _("The round went back."), services.confirm_step_back, change=change, **whom)
    else:
        attempt(request, _("Withdrawn."), services.withdraw_step_back, change=change, **whom)
    return redirect(round_url("judging:round", round))


@round_page(permissions.can_change_dates)
def dates(request: HttpRequest, round: Round) -> HttpResponse:
    """The form of the round's days and places."""
    fields = ("city", "interviews_from", "interviews_until", "ceremony_on", "ceremony_place")
    form = DatesForm(request.POST or None, initial={name: getattr(round, name) for name in fields})
    if request.method == "POST" and form.is_valid():
        whom: dict[str, Any] = {"round": round, "actor": person(request), "at": clock.now()}
        if attempt(request, _("The dates are recorded."), change_round_dates, **whom, **form.cleaned_data):
            return redirect(round_url("judging:round", round))
    crumbs = [{"url": round_url("judging:round", round), "label": _("Overview")}]
    context = {"round": round, "title": _("Dates"), "form": form, "breadcrumbs": crumbs}
    return render(request, "judging/rounds/form.html", context)


urlpatterns = [
    path("", overview, name="round"),
    path("maju/", advance, name="advance"),
    path("mundur/", step_back, name="step_back"),
    path("tanggal/", dates, name="dates"),
]
