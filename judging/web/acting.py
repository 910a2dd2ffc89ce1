"""One event of a page: refuse who may not, call one service, say what came of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import authenticate
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpRequest

from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import NotPermitted, Verdict


def person(request: HttpRequest) -> User:
    """Return who is signed in, on a page that asks for it (``round_page``)."""
    user: Any = request.user
    signed_in: User = user
    return signed_in


def at_present(permission: Callable[..., Verdict]) -> Callable[[User, Round], Verdict]:
    """Return ``permission`` asked of the present moment, for ``round_page``: who holds an office depends on the day."""

    def asked(user: User, round: Round) -> Verdict:
        return permission(user, round, at=clock.now())

    return asked


def forbid_unless(verdict: Verdict) -> None:
    """Answer 403 unless ``verdict`` is a yes: for a page whose reading is open to more people than its form."""
    if not verdict:
        raise PermissionDenied(verdict.code)


def prove(request: HttpRequest, form: Form) -> bool:
    """Whether ``form`` is valid and its ``password`` is the person's own; a wrong one counts towards the lock-out."""
    if not form.is_valid():
        return False
    name, password = person(request).get_username(), form.cleaned_data["password"]
    if authenticate(request, username=name, password=password) == request.user:
        return True
    form.add_error("password", sentence("wrong_password"))
    return False


def attempt(request: HttpRequest, success: Any, act: Callable[..., object], **arguments: Any) -> bool:
    """Call the service ``act`` and tell the person how it went; whether it was done.

    A refusal is told in its own words; one for want of permission is a 403.
    """
    try:
        act(**arguments)
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except DomainError as error:
        messages.error(request, explain(error))
        return False
    messages.success(request, success)
    return True
