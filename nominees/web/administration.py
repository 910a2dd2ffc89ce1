"""The platform administrator's first page and what is set up there: editions and rounds. See also ``people``."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from nominees.core.lifecycle import State
from nominees.models import STATE_LABELS, Edition, Round
from nominees.permissions import can_administer
from nominees.selectors.administration import editions_without_rounds, every_round, people
from nominees.services.rounds import create_edition, create_round
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .parts import address
from .round_forms import EditionForm, RoundForm

PAGE_SIZE = 50
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def administrators_page(view: View[P]) -> Callable[..., HttpResponse]:
    """Open ``view`` to platform administrators only: signed out leads to sign-in, anybody else is told 403."""

    @login_required
    @wraps(view)
    def page(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        user: Any = request.user
        verdict = can_administer(user)
        if not verdict:
            raise PermissionDenied(verdict.code)
        return view(request, *args, **kwargs)

    return page


@administrators_page
def administration(request: HttpRequest) -> HttpResponse:
    """Show editions with their rounds, and people; ``q`` searches people."""
    search = request.GET.get("q", "")
    page = Paginator(people(search), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "actions": _actions(),
        "columns": [{"label": label} for label in (_("Round"), _("Edition"), _("State"))],
        "rows": [*map(_round_row, every_round()), *map(_edition_row, editions_without_rounds())],
        "rounds_empty": {"title": _("There is no edition yet."), "url": reverse("new_edition")}
        | {"url_label": _("Create edition")},
        "search": search,
        "page_obj": page,
        "people_columns": [{"label": label} for label in (phrases.NAME, _("Username"), _("Roles"), phrases.STATUS)],
        "people_rows": [_person_row(one) for one in page],
        "people_empty": {"title": _("Nobody fits this search.")},
    }
    return render(request, "nominees/administration/overview.html", context)


def _actions() -> list[dict[str, Any]]:
    named = (("new_edition", _("Create edition")), ("new_round", _("Create round")), ("new_person", _("Create login")))
    return [{"url": reverse(name), "label": label, "icon": "plus"} for name, label in named]


def _round_row(round: Round) -> list[dict[str, Any]]:
    return [
        {"text": round.place_name, "url": address("judging:round", round)},
        {"text": round.edition.name, "note": round.edition.assessment_year},
        {"text": STATE_LABELS[State(round.state)], "tone": "info"},
    ]


def _edition_row(edition: Edition) -> list[dict[str, Any]]:
    return [
        {"text": _("No round yet")},
        {"text": edition.name, "note": edition.assessment_year},
        {"text": "–"},
    ]


def _person_row(user: Any) -> list[dict[str, Any]]:
    return [
        {"text": str(user), "url": reverse("person", kwargs={"username": user.username})},
        {"text": user.username},
        {"text": ", ".join(dict.fromkeys(grant.get_role_display() for grant in user.grants_in_force)) or "–"},
        login_badge(user),
    ]


def login_badge(user: User) -> dict[str, Any]:
    """Return whether ``user`` can sign in, as a badge."""
    if user.is_active:
        return {"tone": "success", "icon": "check", "text": _("Active")}
    return {"tone": "neutral", "icon": "ban", "text": _("Deactivated")}


@administrators_page
def new_edition(request: HttpRequest) -> HttpResponse:
    """The form of a new edition."""
    form = EditionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(request, form, _("Edition created."), create_edition, **form.cleaned_data)
        if done:
            return redirect("administration")
    return form_page(request, form, _("Create edition"))


@administrators_page
def new_round(request: HttpRequest) -> HttpResponse:
    """The form of a new round."""
    form = RoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        given["region"] = given.pop("place")
        if attempt(request, form, _("Round created. Next, give its secretariat the role."), create_round, **given):
            return redirect("administration")
    return form_page(request, form, _("Create round"))


def attempt(request: HttpRequest, form: Form, success: str, act: Callable[..., object], **arguments: Any) -> bool:
    """Call the service ``act`` as the person signed in; say on ``form`` why it was refused, else ``success``."""
    try:
        act(**arguments, actor=request.user, at=clock.now())
    except DomainError as error:
        form.add_error(None, explain(error))
        return False
    messages.success(request, success)
    return True


def form_page(request: HttpRequest, form: Form, title: str, **more: Any) -> HttpResponse:
    """Answer with a page that holds one form, below the administration's first page."""
    crumbs = [{"url": reverse("administration"), "label": _("Administration")}, *more.pop("crumbs", [])]
    context = {"form": form, "title": title, "crumbs": crumbs, **more}
    return render(request, "nominees/administration/form.html", context)
