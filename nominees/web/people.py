"""Logins and roles, for the platform administrator: one page per person."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from nominees.models import Round
from nominees.selectors.administration import grants_with_rounds
from nominees.services import people as services
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.accounts.selectors import history_of_person, scope_of
from paritrana.audit.actions import label
from paritrana.kernel import clock, wording
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .administration import administrators_page, attempt, form_page, login_badge
from .parts import address
from .people_forms import LoginForm, PasswordForm, RoleForm, SwitchForm

HISTORY_SHOWN = 100


def person_url(user: User, page: str = "person") -> str:
    """Return the address of a page of ``user``."""
    return reverse(page, kwargs={"username": user.username})


@never_cache
@sensitive_post_parameters("password")
@administrators_page
def new_person(request: HttpRequest) -> HttpResponse:
    """The form of a new login; its password is proposed here and never shown again."""
    form = LoginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(request, form, _("Login created. Give the person a role."), services.create_login, **given):
            return redirect("person", username=given["username"])
    return form_page(request, form, _("Create login"))


@administrators_page
def person(request: HttpRequest, username: str) -> HttpResponse:
    """Show a person: what they are in which round, and all that was done to login and roles."""
    user = get_object_or_404(User, username=username)
    context = {
        "person": user,
        "state": login_badge(user),
        "actions": _actions(user, own=user == request.user),
        "crumbs": [{"url": reverse("administration"), "label": _("Administration")}],
        "facts": [
            {"label": _("Username"), "value": user.username},
            {"label": _("E-mail"), "value": user.email or "–"},
            {"label": _("Phone"), "value": user.phone or "–"},
        ],
        "roles": roles_table(user, ending=True),
        "history": _history(user),
    }
    return render(request, "nominees/administration/person.html", context)


def _actions(user: User, *, own: bool) -> list[dict[str, Any]]:
    actions: list[dict[str, Any]] = [
        {"url": person_url(user, "give_role"), "label": _("Give role"), "icon": "plus", "primary": True},
        {"url": person_url(user, "reset_password"), "label": _("Reset password"), "icon": "lock"},
    ]
    if own:
        return actions
    name, icon = (_("Deactivate"), "user-off") if user.is_active else (_("Reactivate"), "user-check")
    return [*actions, {"url": person_url(user, "switch_login"), "label": name, "icon": icon}]


def roles_table(user: User, *, ending: bool = False) -> dict[str, Any]:
    """Return the table of a person's roles; with ``ending`` those given by hand lead to where they are ended."""
    return {
        "columns": [{"label": item} for item in (_("Role"), _("Round"), _("From"), _("Until"))],
        "rows": [_role_row(user, grant, round, ending=ending) for grant, round in grants_with_rounds(user)],
        "empty": {"title": _("No role yet"), "icon": "user"},
    }


def _role_row(user: User, grant: RoleGrant, round: Round | None, *, ending: bool) -> list[dict[str, Any]]:
    until: dict[str, Any] = {"text": _day(grant.revoked_at, round) if grant.revoked_at else "–"}
    if ending and grant.revoked_at is None and grant.role not in services.SEAT_ROLES:
        until = {"text": _("End role"), "url": reverse("end_role", args=[user.username, grant.pk])}
    where: dict[str, Any] = {"text": scope_of(grant) or _("The whole site")}
    if round:
        where = {"text": round, "url": address("judging:round", round)}
    note = _("by a seat of the panel") if grant.role in services.SEAT_ROLES else ""
    return [{"text": grant.get_role_display(), "note": note}, where, {"text": _day(grant.granted_at, round)}, until]


def _day(moment: Any, round: Round | None) -> str:
    return wording.long_date(wording.local_day(moment, round.time_zone if round else "Asia/Jakarta"))


def _history(user: User) -> dict[str, Any]:
    return {
        "columns": [{"label": item} for item in (_("What"), _("When"), _("Who"))],
        "rows": [
            [
                {"text": label(event.action), "note": _told(event)},
                {"text": wording.date_time(event.at, "Asia/Jakarta")},
                {"text": event.actor_name},
            ]
            for event in history_of_person(user)[:HISTORY_SHOWN]
        ],
        "empty": {"title": _("Nothing has been recorded."), "icon": "history"},
    }


def _told(event: Any) -> str:
    """Return the role and round of an event about a role."""
    role = json.loads(event.payload).get("role")
    return f"{Role(role).label}, {event.chain}" if role else ""


@never_cache
@sensitive_post_parameters("password")
@administrators_page
def reset_password(request: HttpRequest, username: str) -> HttpResponse:
    """Give a person a new password, which is shown only here."""
    user = get_object_or_404(User, username=username)
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("Password reset. The person is signed out everywhere.")
        if attempt(request, form, done, services.reset_password, user=user, **form.cleaned_data):
            return redirect(person_url(user))
    return form_page(request, form, _("Reset password"), subtitle=str(user), crumbs=_crumbs(user))


@administrators_page
def give_role(request: HttpRequest, username: str) -> HttpResponse:
    """Give a person a role."""
    user = get_object_or_404(User, username=username)
    form = RoleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"user": user, **form.cleaned_data}
        if attempt(request, form, _("Role given."), services.give_role, **given):
            return redirect(person_url(user))
    return form_page(request, form, _("Give role"), subtitle=str(user), crumbs=_crumbs(user))


@administrators_page
def end_role(request: HttpRequest, username: str, grant_id: int) -> HttpResponse:
    """Ask, then end a role."""
    grants = RoleGrant.objects.filter(user__username=username).select_related("user", "region")
    grant = get_object_or_404(grants, pk=grant_id)
    if grant.role in services.SEAT_ROLES:
        raise Http404
    if request.method == "POST":
        return _decide(request, grant.user, _("Role ended."), services.end_role, {"grant": grant})
    return _ask(
        request,
        grant.user,
        title=_("End role"),
        text=_("What the person did in this role stays on record. The role can be given again."),
        facts=[
            {"label": _("Role"), "value": grant.get_role_display()},
            {"label": _("Round"), "value": scope_of(grant) or _("The whole site")},
        ],
        tone="danger",
    )


@administrators_page
def switch_login(request: HttpRequest, username: str) -> HttpResponse:
    """Ask, then deactivate a login or let it in again."""
    user = get_object_or_404(User, username=username)
    form = SwitchForm(request.POST or None, initial={"is_active": "0" if user.is_active else "1"})
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["is_active"]
        done = _("Login reactivated.") if wanted else _("Login deactivated.")
        return _decide(request, user, done, services.switch_login, {"user": user, "is_active": wanted})
    if user.is_active:
        text = _("The person is signed out at once and cannot sign in. Name, seats and history stay on record.")
        return _ask(request, user, title=_("Deactivate"), text=text, form=form, tone="danger")
    text = _("The person can sign in again and has the roles that were not ended.")
    return _ask(request, user, title=_("Reactivate"), text=text, form=form)


def _decide(request: HttpRequest, user: User, success: str, act: Any, arguments: dict[str, Any]) -> HttpResponse:
    """Call ``act``, say how it went, and go back to the person."""
    try:
        act(**arguments, actor=request.user, at=clock.now())
        messages.success(request, success)
    except DomainError as error:
        messages.error(request, explain(error))
    return redirect(person_url(user))


def _ask(request: HttpRequest, user: User, **question: Any) -> HttpResponse:
    crumbs = [{"url": reverse("administration"), "label": _("Administration")}, *_crumbs(user)]
    context = {"person": user, "crumbs": crumbs, "cancel_url": person_url(user), **question}
    return render(request, "nominees/administration/confirm.html", context)


def _crumbs(user: User) -> list[dict[str, Any]]:
    return [{"url": person_url(user), "label": str(user)}]
