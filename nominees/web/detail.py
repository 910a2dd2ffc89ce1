"""One nominee: data, indicators, screening and status, and all that happened to it."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nominees import audit_actions
from nominees.models import Nomination, Round, Status
from nominees.permissions import (
    can_bring_evidence,
    can_change_status,
    can_edit_nominees,
    can_enter_indicators,
    can_see_evidence,
    can_see_nominees,
    has_role,
)
from nominees.selectors.above import criteria_of
from nominees.selectors.evidence import evidence_of
from nominees.selectors.nominations import history_of, nomination_at
from nominees.services.nominations import screen_nomination, set_status
from paritrana.accounts.models import Role
from paritrana.audit.actions import label
from paritrana.audit.models import AuditEvent
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence

from .access import round_page
from .evidence_parts import KEEPERS, evidence_table
from .forms import StatusForm
from .parts import address, counts_of, percentage_of, place_of, status_badge

#: Who may read names and numbers of a delegation.
CONTACT_READERS = (Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT, Role.ORGANISER)
#: What a conflict of interest keeps from, wherever it is told.
ABOUT_EVIDENCE = (audit_actions.EVIDENCE_ADDED, audit_actions.EVIDENCE_WITHDRAWN)


def found_nomination(round: Round, number: int) -> Nomination:
    """Return the nomination or answer 404."""
    nomination = nomination_at(round=round, number=number)
    if nomination is None:
        raise Http404
    return nomination


@round_page(can_see_nominees)
def nominee_detail(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Show a nominee; a post screens it or changes its status."""
    nomination = found_nomination(round, number)
    user: Any = request.user
    form = StatusForm(request.POST or None, nomination=nomination)
    verdict = (can_edit_nominees if form.is_screening else can_change_status)(user, round)
    if request.method == "POST":
        if not verdict:
            raise PermissionDenied(verdict.code)
        if form.is_valid() and _decide(request, nomination, form):
            return redirect(address("nominees:detail", round, number=number))
    context = {
        "round": round,
        "nomination": nomination,
        "form": form if verdict and form.has_choices else None,
        "state": status_badge(nomination),
        "actions": _actions(round, number) if can_edit_nominees(user, round) else [],
        "place": place_of(nomination),
        "crumbs": [{"url": address("nominees:list", round), "label": _("Nominees")}],
        "facts": _facts(nomination, with_contact=bool(has_role(user, round, *CONTACT_READERS))),
        "indicators": _indicators(nomination),
        "may_enter": bool(can_enter_indicators(user, round)),
        **_evidence(user, nomination),
    }
    return render(request, "nominees/detail.html", context)


def _evidence(user: Any, nomination: Nomination) -> dict[str, Any]:
    """What was brought forward and all that happened; or without evidence, and why this person does not see it."""
    verdict = can_see_evidence(user, nomination)
    events = history_of(nomination)
    if not verdict:
        told = [event for event in events if event.action not in ABOUT_EVIDENCE]  # its titles say what is in it
        return {"kept_out": sentence(verdict.code), "history": _history(nomination, told)}
    opens_all = bool(has_role(user, nomination.round, *KEEPERS))
    table = evidence_table(nomination, evidence_of(nomination), criteria_of(nomination), may_open_all=opens_all)
    may_bring = bool(can_bring_evidence(user, nomination.round))
    return {"evidence": table, "may_bring": may_bring, "history": _history(nomination, events)}


def _actions(round: Round, number: int) -> list[dict[str, Any]]:
    return [{"url": address("nominees:edit", round, number=number), "label": _("Correct the data"), "icon": "edit"}]


def _decide(request: HttpRequest, nomination: Nomination, form: StatusForm) -> bool:
    """Screen or set the status; say on the form why it was refused."""
    data = form.cleaned_data
    known: dict[str, Any] = {
        "nomination": nomination,
        "actor": request.user,
        "at": clock.now(),
        "reason": data["reason"],
        "version": data["version"],
    }
    try:
        if form.is_screening and data["status"] != Status.WITHDRAWN:
            screen_nomination(decision=Status(data["status"]), **known)
        else:
            set_status(status=Status(data["status"]), **known)
    except DomainError as error:
        form.add_error(None, explain(error))
        return False
    messages.success(request, _("The decision is recorded."))
    return True


def _facts(nomination: Nomination, *, with_contact: bool) -> list[dict[str, Any]]:
    nominee = nomination.nominee
    facts = [
        (_("Number"), nomination.number),
        (phrases.CATEGORY, nomination.category.name),
        (_("Official code"), nominee.region.code),
        (phrases.REASON, nomination.status_reason),
        (_("Leader"), nomination.leader),
        (_("Summary"), nomination.summary),
    ]
    business = getattr(nominee, "business", None)
    if business:
        fields = ("legal_name", "sector", "size_class", "kbli", "nib", "bpjs_number")
        facts += [(_label(business, field), _shown(business, field)) for field in fields]
    contact = getattr(nomination, "contact", None)
    if contact and with_contact:
        facts += [(_label(contact, field), getattr(contact, field)) for field in ("person", "phone", "email")]
    return [{"label": name, "value": value} for name, value in facts if value]


def _label(thing: Any, field: str) -> str:
    name = str(thing._meta.get_field(field).verbose_name)
    return name[:1].upper() + name[1:]


def _shown(thing: Any, field: str) -> str:
    display = getattr(thing, f"get_{field}_display", None)
    return str(display() if display else getattr(thing, field))


def _indicators(nomination: Nomination) -> dict[str, Any]:
    return {
        "columns": [
            {"label": _("Criterion")},
            {"label": _("Counts"), "align": "end"},
            {"label": _("Percentage"), "align": "end"},
            {"label": _("Source")},
        ],
        "rows": [
            [
                {"text": indicator.criterion},
                {"text": counts_of(indicator)},
                {"text": percentage_of(indicator)},
                {"text": indicator.source, "note": wording.long_date(indicator.as_of)},
            ]
            for indicator in nomination.indicators.all()
        ],
        "empty": {"title": _("No counts have been entered."), "icon": "chart-bar"},
    }


def _history(nomination: Nomination, events: Iterable[AuditEvent]) -> dict[str, Any]:
    zone = nomination.round.time_zone
    return {
        "columns": [{"label": _("What")}, {"label": _("When")}, {"label": _("Who")}],
        "rows": [
            [
                {"text": label(event.action), "note": _told(event)},
                {"text": wording.date_time(event.at, zone)},
                {"text": event.actor_name},
            ]
            for event in events
        ],
        "empty": {"title": _("Nothing has been recorded."), "icon": "history"},
    }


def _told(event: AuditEvent) -> str:
    """Return what an event says beyond its name."""
    payload = json.loads(event.payload)
    if payload.get("to") in Status.values:  # elsewhere "to" is a number in the national round
        decided = str(Status(payload["to"]).label)
        return f"{decided}: {payload['reason']}" if payload["reason"] else decided
    if "evidence" in payload:
        return ": ".join(filter(None, (payload["title"], payload["reason"])))
    if "counts" in payload:
        count, base = (wording.decimal_number(number, 0) for number in payload["counts"])
        return f"{payload['criterion']}: {count} / {base}"
    return ", ".join(payload.get("fields", ()))
