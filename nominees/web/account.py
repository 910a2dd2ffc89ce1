"""The own account: one's roles, and one's password."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from nominees.selectors.rounds import is_platform_admin
from paritrana.accounts.models import User
from paritrana.accounts.services import set_password
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .account_forms import OwnPasswordForm
from .people import roles_table


@sensitive_post_parameters("old_password", "new_password1", "new_password2")
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in and what they are in which round; a post changes the password."""
    user: Any = request.user
    form = OwnPasswordForm(user, request.POST or None)
    if request.method == "POST" and form.is_valid() and _change(request, user, form):
        return redirect("account")
    administers = is_platform_admin(user)
    context = {
        "form": form,
        "facts": [
            {"label": _("Username"), "value": user.username},
            {"label": _("E-mail"), "value": user.email or "–"},
            {"label": _("Phone"), "value": user.phone or "–"},
        ],
        "roles": roles_table(user),
        "actions": [{"url": reverse("administration"), "label": _("Administration"), "icon": "settings"}]
        if administers
        else [],
    }
    return render(request, "nominees/account.html", context)


def _change(request: HttpRequest, user: User, form: OwnPasswordForm) -> bool:
    """Set the new password and keep this session; a wrong old one counts towards the lock-out like one at sign-in."""
    if authenticate(request, username=user.username, password=form.cleaned_data["old_password"]) != user:
        form.refuse_old_password()
        return False
    try:
        changed = set_password(user=user, password=form.cleaned_data["new_password1"], actor=user, at=clock.now())
    except DomainError as error:
        form.add_error("new_password1", explain(error))
        return False
    update_session_auth_hash(request, changed)
    messages.success(request, _("Your password is changed. Other devices are signed out."))
    return True
