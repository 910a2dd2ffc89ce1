"""How every page of a round is reached: sign in, find the round, ask the permission, in that order.

Signed out leads to sign-in; a round that the person has no role in does not exist for them (404); a page of their own
round that their role may not use says so (403). An address with a NUL byte, which PostgreSQL refuses, is none (404).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

from nominees.models import Round
from nominees.permissions import can_see_round
from nominees.selectors.rounds import remember_roles, round_at
from paritrana.accounts.models import User
from paritrana.kernel.verdict import Verdict

P = ParamSpec("P")
Permission = Callable[[User, Round], Verdict]
RoundView = Callable[Concatenate[HttpRequest, Round, P], HttpResponseBase]


def round_page(permission: Permission = can_see_round) -> Callable[[RoundView[P]], Callable[..., HttpResponseBase]]:
    """Turn ``view(request, round, ...)`` into a view of ``<year>/<scope>/...`` that only ``permission`` opens.

    ``request.round`` is set for templates and context processors.
    """

    def decorate(view: RoundView[P]) -> Callable[..., HttpResponseBase]:
        @login_required
        @wraps(view)
        def page(request: HttpRequest, year: int, scope: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            user: Any = request.user
            round = round_at(year=year, scope=scope)
            if round is None:
                raise Http404
            remember_roles(user, round)
            if not can_see_round(user, round) or any("\0" in value for value in request.GET.values()):
                raise Http404
            request.round = round  # type: ignore[attr-defined]
            verdict = permission(user, round)
            if not verdict:
                raise PermissionDenied(verdict.code)
            response = view(request, round, *args, **kwargs)
            if not response.has_header("Cache-Control"):
                add_never_cache_headers(response)
            return response

        return page

    return decorate
