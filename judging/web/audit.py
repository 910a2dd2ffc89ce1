"""The round's event log: reading, checking the chain, and handing it out whole."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from judging.permissions import can_read_audit
from judging.permissions.base import AFTER_DECISION
from judging.selectors.reopening import reasons_by_seal
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.audit import actions
from paritrana.audit.models import AuditEvent
from paritrana.audit.selectors import events_of, exported, head_of, verified
from paritrana.kernel import clock, wording

PAGE_SIZE = 50
PROBLEMS = {
    "sequence": _("an event is missing, was inserted or stands in another order"),
    "link": _("the event does not follow from the one before it"),
    "content": _("the content of the event was altered"),
    "head": _("the end of the log was cut off or written anew"),
}


def _action_choices() -> list[tuple[str, Any]]:
    """Every registered action by its sentence."""
    return [("", _("All")), *sorted(actions.registered().items(), key=lambda item: str(item[1]))]


class FilterForm(forms.Form):
    """What to look for; nothing given shows everything."""

    action = forms.ChoiceField(label=_("What happened"), choices=_action_choices, required=False)
    actor = forms.CharField(label=_("Who"), max_length=100, required=False)
    object = forms.CharField(label=_("To what"), max_length=100, required=False)


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_read_audit)
def audit(request: HttpRequest, round: Round) -> HttpResponse:
    """The events, newest first; posting checks the whole chain and changes nothing."""
    if request.method == "POST":
        return _checked(request, round)
    form = FilterForm(request.GET)
    page = Paginator(_found(round, form), PAGE_SIZE).get_page(request.GET.get("page"))
    number, digest = head_of(round.scope)
    context = {
        "round": round,
        "form": form,
        "page_obj": page,
        "events": _rows(page.object_list, round),
        "head": f"{number}:{digest}",
        "number": number,
    }
    return render(request, "judging/audit/audit.html", context)


def _found(round: Round, form: FilterForm) -> QuerySet[AuditEvent]:
    """The events that fit the filter; a filter that cannot be read finds nothing."""
    events = events_of(round.scope)
    if not form.is_valid():
        return events.none()
    wanted = form.cleaned_data
    if wanted["action"]:
        events = events.filter(action=wanted["action"])
    if wanted["actor"]:
        events = events.filter(actor_name__icontains=wanted["actor"])
    if wanted["object"]:
        events = events.filter(Q(object_label__icontains=wanted["object"]) | Q(object_type__icontains=wanted["object"]))
    return events


def _rows(events: Iterable[AuditEvent], round: Round) -> list[dict[str, Any]]:
    """The events with their facts; once the result is decided, sealed reasons with their words."""
    read = [(event, json.loads(event.payload)) for event in events]
    is_sealed = any("reason_hash" in facts for _, facts in read)
    reasons = reasons_by_seal(round) if is_sealed and State(round.state) in AFTER_DECISION else {}
    return [_row(event, facts, reasons) for event, facts in read]


def _row(event: AuditEvent, facts: dict[str, Any], reasons: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    told = reasons.get(facts.get("reason_hash", ""))
    if told:
        facts = facts | dict(zip(("reason", "reason_key"), told, strict=True))
    return {
        "event": event,
        "label": actions.label(event.action),
        "facts": [{"label": name, "value": _text(value)} for name, value in facts.items()],
    }


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _checked(request: HttpRequest, round: Round) -> HttpResponse:
    found = verified(round.scope)
    when = wording.date_time(clock.now(), round.time_zone)
    if found:
        facts = {"number": found.seq, "problem": PROBLEMS[found.problem], "when": when}
        messages.error(request, _("The log is broken at event %(number)s: %(problem)s. Checked %(when)s.") % facts)
    else:
        number, digest = head_of(round.scope)
        facts = {"number": number, "head": f"{number}:{digest}", "when": when}
        messages.success(request, _("The log is whole: %(number)s events, head %(head)s. Checked %(when)s.") % facts)
    return redirect(round_url("judging:audit", round))


@require_safe
@round_page(can_read_audit)
def export(request: HttpRequest, round: Round) -> HttpResponseBase:
    """The whole chain as JSON lines, oldest first, for ``python -m paritrana.audit.chain``."""
    response = StreamingHttpResponse(
        _lines(round.scope),
        content_type="application/x-ndjson",
        headers={"Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"},
    )
    name = f"jejak-audit-{round.scope.replace('/', '-')}.jsonl"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lines(chain: str) -> Iterator[str]:
    for event in exported(chain):
        yield json.dumps(event, ensure_ascii=False) + "\n"


urlpatterns = [
    path("jejak-audit/", audit, name="audit"),
    path("jejak-audit/ekspor.jsonl", export, name="audit_export"),
]
