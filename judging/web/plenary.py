"""The plenary: opening, attendance, exceptions and the two signatures. Each button is one service call."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from judging import permissions
from judging.models import Decision, Plenary
from judging.permissions import plenary as may
from judging.selectors.plenary import plenary_in_force
from judging.services import decisions
from judging.services import plenary as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from . import plenary_page as page
from .acting import at_present, attempt, prove
from .plenary_forms import Bound, ConfirmForm, CountersignForm, OpenForm, VoteForm


@require_safe
@round_page()
def plenary(request: HttpRequest, round: Round) -> HttpResponse:
    """The agenda; before the opening, what is still missing."""
    return shown(request, round, {})


def shown(request: HttpRequest, round: Round, bound: dict[str, Form]) -> HttpResponse:
    """Show the page, with the forms that were refused as they were sent."""
    user: Any = request.user
    refused = Bound(bound)
    verdict = permissions.can_see_plenary(user, round)
    if verdict:
        template, context = "page", page.plenary_context(round, user, clock.now(), refused)
    elif round.practice or not permissions.can_see_progress(user, round):
        raise PermissionDenied(verdict.code)
    else:
        template, context = "before", page.before_context(round, user, clock.now(), refused)
    _tell(request, refused.left)
    return render(request, f"judging/plenary/{template}.html", context)


def _tell(request: HttpRequest, homeless: list[Form]) -> None:
    """Tell at the top of the page what stands against a form that the page does not show any more."""
    for form in homeless:
        for error in form.non_field_errors() or [_("Nothing was recorded: please correct the form.")]:
            messages.error(request, str(error))


def submit(
    request: HttpRequest, round: Round, key: str, form: Form, act: Callable[[Any], object], success: str
) -> HttpResponse:
    """Call the service with a valid form and go back to the page; else show the page with the form as it was sent.

    What stands against it is told at the form, to which its address leads (``_form.html``); so the way back names the
    top of the page, where the success is told.
    """
    if form.is_valid():
        try:
            act(request.user)
        except DomainError as error:
            form.add_error(None, explain(error))
        else:
            messages.success(request, success)
            return redirect(f"{round_url('judging:plenary', round)}#main")
    round.refresh_from_db(fields=["state"])
    return shown(request, round, {key: form})


def meeting_of(round: Round) -> Plenary:
    """Return the plenary in force; without one a 404."""
    found = plenary_in_force(round)
    if found is None:
        raise Http404
    return found


@require_POST
@round_page(at_present(permissions.can_open_plenary))
def open_view(request: HttpRequest, round: Round) -> HttpResponse:
    """The chair closes the sheets."""
    form = OpenForm(request.POST)

    def act(actor: Any) -> object:
        return services.open_plenary(round=round, place=form.cleaned_data["place"], actor=actor, at=clock.now())

    return submit(request, round, "open", form, act, _("The sheets are closed and the plenary is open."))


@require_POST
@round_page(permissions.can_see_progress)
def attendance(request: HttpRequest, round: Round) -> HttpResponse:
    """Who is present."""
    meeting, at = meeting_of(round), clock.now()
    form = page.attendance_form(meeting, round, at, request.POST)

    def act(actor: Any) -> object:
        return services.record_attendance(plenary=meeting, present=form.present(), actor=actor, at=at)

    return submit(request, round, "attendance", form, act, _("Attendance recorded."))


@require_POST
@round_page(permissions.can_see_progress)
def quorum_exception(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """While scoring: a nominee is ranked below the quorum."""
    nomination = get_object_or_404(round.nominations, number=number)
    key = page.exception_key(number)
    form = VoteForm(request.POST, auto_id=f"id_{key}_%s")

    def act(actor: Any) -> object:
        return decisions.record_quorum_exception(
            nomination=nomination,
            votes=form.votes(),
            reason=form.cleaned_data["reason"],
            actor=actor,
            at=clock.now(),
        )

    return submit(request, round, key, form, act, _("Decision recorded."))


@require_POST
@round_page(permissions.can_see_progress)
def withdraw(request: HttpRequest, round: Round, decision_id: int) -> HttpResponse:
    """Take a decision back while its meeting is open."""
    decision = get_object_or_404(Decision, round=round, pk=decision_id)
    at = clock.now()
    attempt(
        request, _("Decision withdrawn."), decisions.withdraw_decision, decision=decision, actor=request.user, at=at
    )
    return redirect(round_url("judging:plenary", round))


@sensitive_post_parameters("password")
@require_POST
@round_page(at_present(permissions.can_open_plenary))
def confirm(request: HttpRequest, round: Round) -> HttpResponse:
    """The chair's word, by password."""
    meeting = meeting_of(round)
    form = ConfirmForm(request.POST)
    prove(request, form)

    def act(actor: Any) -> object:
        return services.confirm_decision(
            plenary=meeting,
            password=form.cleaned_data["password"],
            minutes_number=form.cleaned_data["minutes_number"],
            seen=request.POST.get("seen", ""),
            actor=actor,
            at=clock.now(),
        )

    return submit(request, round, "confirm", form, act, _("Confirmed. A second officer countersigns on this page."))


@require_POST
@round_page(at_present(permissions.can_open_plenary))
def take_back(request: HttpRequest, round: Round) -> HttpResponse:
    """The chair's word goes before anybody has countersigned it."""
    meeting, done = meeting_of(round), _("The confirmation is taken back: the meeting goes on.")
    attempt(request, done, services.take_back_confirmation, plenary=meeting, actor=request.user, at=clock.now())
    return redirect(round_url("judging:plenary", round))


@sensitive_post_parameters("password")
@require_POST
@round_page(at_present(may.is_second_officer))
def countersign(request: HttpRequest, round: Round) -> HttpResponse:
    """The second word, by password: the result is decided."""
    meeting = meeting_of(round)
    form = CountersignForm(request.POST)
    prove(request, form)

    def act(actor: Any) -> object:
        told = {"password": form.cleaned_data["password"], "seen": request.POST.get("seen", "")}
        return services.countersign(plenary=meeting, actor=actor, at=clock.now(), **told)

    return submit(request, round, "countersign", form, act, _("The result is decided."))


urlpatterns = [
    path("pleno/", plenary, name="plenary"),
    path("pleno/buka/", open_view, name="plenary_open"),
    path("pleno/kehadiran/", attendance, name="plenary_attendance"),
    path("pleno/pengecualian/<int:number>/", quorum_exception, name="plenary_exception"),
    path("pleno/keputusan/<int:decision_id>/cabut/", withdraw, name="plenary_withdraw"),
    path("pleno/sah/", confirm, name="plenary_confirm"),
    path("pleno/sah/tarik/", take_back, name="plenary_take_back"),
    path("pleno/sah/kedua/", countersign, name="plenary_countersign"),
]
