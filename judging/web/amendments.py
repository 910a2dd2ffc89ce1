"""Numbered amendments of minutes: what was asked for, asking for one, and the second person's word."""

from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from judging.documents.amendment import render_amendment
from judging.models import MinutesCorrection
from judging.permissions import can_read_documents
from judging.permissions.amendments import can_amend_minutes
from judging.selectors.amendments import amendments_of, minutes_in_force
from judging.selectors.papers.amendments import amendment_data
from judging.services import amendments as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases
from paritrana.kernel.errors import DomainError
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import explain
from paritrana.kernel.wording import date_time

from .acting import at_present, attempt, forbid_unless, person
from .previews import preview_response

FIELDS = ("part", "wrong", "right", "reason", "number")
WAITING = {"tone": "warning", "icon": "hourglass", "text": _("Waits for a second person")}
CONFIRMED = {"tone": "success", "icon": "check", "text": _("In force")}
WITHDRAWN = {"tone": "neutral", "icon": "minus", "text": _("Withdrawn")}
REPLACED = {"tone": "neutral", "icon": "history", "text": _("Its minutes were replaced")}


class AmendmentForm(forms.ModelForm[MinutesCorrection]):
    """Which words are wrong, and what they have to be."""

    class Meta:
        model = MinutesCorrection
        fields = FIELDS
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("wrong", "right", "reason")}
        help_texts = {
            "wrong": _("Word for word, as in the minutes."),
            "number": _("Only if the office gives one; otherwise the document is numbered in its series."),
        }

    @property
    def helper(self) -> Any:
        """The layout; the page draws tag and button."""
        found = page_form_helper(with_tag=False)
        found.errors_are_told = True
        found.layout = Layout(*FIELDS)
        return found


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_read_documents)
def amendments(request: HttpRequest, round: Round) -> HttpResponse:
    """All amendments; posting asks for one."""
    may = can_amend_minutes(person(request), round, at=clock.now())
    form = AmendmentForm(request.POST or None)
    if request.method == "POST":
        forbid_unless(may)
        if form.is_valid() and _asked(request, round, form):
            return redirect(round_url("judging:amendments", round))
    labels = (_("Part"), _("What is written"), _("What it has to be"), phrases.STATUS)
    context = {
        "round": round,
        "minutes": minutes_in_force(round),
        "columns": [{"label": label} for label in labels],
        "rows": [_row(one, round) for one in amendments_of(round)],
        "form": form if may else None,
    }
    return render(request, "judging/amendments/list.html", context)


def _asked(request: HttpRequest, round: Round, form: AmendmentForm) -> bool:
    given: dict[str, Any] = {name: form.cleaned_data[name] for name in FIELDS}
    try:
        services.request_amendment(round=round, actor=person(request), at=clock.now(), **given)
    except services.AmendmentNotQuoted as error:
        form.add_error("wrong", explain(error))
    except DomainError as error:
        form.add_error(None, explain(error))
    else:
        messages.success(request, _("The amendment was asked for. It is in force once a second person confirms it."))
        return True
    return False


def _row(one: MinutesCorrection, round: Round) -> list[dict[str, Any]]:
    url = round_url("judging:amendment", round, correction_id=one.pk)
    return [
        {"text": f"{one.serial}. {one.part}", "note": one.minutes.number, "url": url},
        {"text": one.wrong},
        {"text": one.right, "note": one.reason},
        badge(one),
    ]


def badge(one: MinutesCorrection) -> dict[str, Any]:
    """Return where an amendment stands; reads its minutes."""
    if one.withdrawn_at:
        return WITHDRAWN
    if one.minutes.revoked_at or one.minutes.tabulation.superseded_at:
        return REPLACED
    return CONFIRMED if one.confirmed_at else WAITING


@require_safe
@round_page(can_read_documents)
def amendment(request: HttpRequest, round: Round, correction_id: int) -> HttpResponse:
    """One amendment with its facts, and what may still be said to it."""
    one = get_object_or_404(amendments_of(round), pk=correction_id)
    user, listing = person(request), round_url("judging:amendments", round)
    is_officer = bool(can_amend_minutes(user, round, at=clock.now()))
    is_open = is_officer and badge(one) is WAITING
    context = {
        "round": round,
        "amendment": one,
        "badge": badge(one),
        "facts": _facts(one, round),
        "is_officer": is_officer,
        "is_open": is_open,
        "may_confirm": is_open and one.requested_by_id != user.pk,
        "breadcrumbs": [{"url": listing, "label": _("Amendments of the minutes")}],
    }
    return render(request, "judging/amendments/amendment.html", context)


def _facts(one: MinutesCorrection, round: Round) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"label": _("Minutes"), "value": one.minutes.number},
        {"label": _("Part"), "value": one.part},
        {"label": _("What is written"), "value": one.wrong},
        {"label": _("What it has to be"), "value": one.right},
        {"label": phrases.REASON, "value": one.reason},
        {"label": _("Asked by"), "value": _who(one.requested_by, one.requested_at, round)},
    ]
    if one.confirmed_by:
        found.append({"label": _("Confirmed by"), "value": _who(one.confirmed_by, one.confirmed_at, round)})
    return found


def _who(who: User, at: Any, round: Round) -> str:
    return f"{who}, {date_time(at, round.time_zone)}"


@require_safe
@round_page(at_present(can_amend_minutes))
def preview(request: HttpRequest, round: Round, correction_id: int) -> HttpResponse:
    """The paper as it would be issued, marked as a draft."""
    one = get_object_or_404(amendments_of(round), pk=correction_id)
    data = amendment_data(one, one.number or "…………", clock.now(), is_draft=True)
    return preview_response(render_amendment(data), "draf-perubahan-berita-acara.pdf")


@require_POST
@round_page(at_present(can_amend_minutes))
def confirm(request: HttpRequest, round: Round, correction_id: int) -> HttpResponse:
    """The second person's word."""
    return _settled(request, round, correction_id, services.confirm_amendment, _("The amendment is in force."))


@require_POST
@round_page(at_present(can_amend_minutes))
def withdraw(request: HttpRequest, round: Round, correction_id: int) -> HttpResponse:
    """Taken back before anybody confirmed it."""
    return _settled(request, round, correction_id, services.withdraw_amendment, _("The amendment was withdrawn."))


def _settled(request: HttpRequest, round: Round, correction_id: int, act: Any, told: Any) -> HttpResponse:
    one = get_object_or_404(amendments_of(round), pk=correction_id)
    attempt(request, told, act, correction=one, actor=person(request), at=clock.now())
    return redirect(round_url("judging:amendment", round, correction_id=one.pk))


urlpatterns = [
    path("pleno/perubahan/", amendments, name="amendments"),
    path("pleno/perubahan/<int:correction_id>/", amendment, name="amendment"),
    path("pleno/perubahan/<int:correction_id>/sah/", confirm, name="confirm_amendment"),
    path("pleno/perubahan/<int:correction_id>/cabut/", withdraw, name="withdraw_amendment"),
    path("pleno/perubahan/<int:correction_id>/pratinjau.pdf", preview, name="amendment_preview"),
]
