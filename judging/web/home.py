"""The first page: for the public the certificate check and sign-in, for everybody else their rounds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nominees.models import Round
from nominees.selectors.rounds import is_platform_admin, roles_by_round, rounds_visible_to
from nominees.templatetags.rounds import round_url
from paritrana.kernel import clock

from .next_steps import next_steps
from .waiting_tasks import waiting_tasks

#: How many of each: what waits for the person, then the next steps. The overview has them all.
TASKS_SHOWN = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One round leads straight to it, several are listed with what to do next; without a login there is no list.

    Practice rounds stand below the others.
    """
    if not request.user.is_authenticated:
        return render(request, "judging/home/public.html")
    rounds = list(rounds_visible_to(request.user))
    administers = is_platform_admin(request.user)
    if len(rounds) == 1 and not administers:
        return redirect(round_url("judging:round", rounds[0]))
    roles = roles_by_round(request.user, rounds)
    waiting = waiting_tasks(request.user, rounds, clock.now())

    def tasks(one: Round) -> list[dict[str, Any]]:
        return [*waiting.get(one.pk, [])[:TASKS_SHOWN], *next_steps(one, roles[one.pk])[:TASKS_SHOWN]]

    def items(chosen: list[Round]) -> list[dict[str, Any]]:
        return [{"round": one, "tasks": tasks(one)} for one in chosen]

    context = {
        "rounds": items([one for one in rounds if not one.practice]),
        "practice_rounds": items([one for one in rounds if one.practice]),
        "actions": _administration() if administers else [],
        "administers": administers,
        "has_demo": any(one.edition.is_demo for one in rounds),
    }
    return render(request, "judging/home/rounds.html", context)


def _administration() -> list[dict[str, Any]]:
    return [{"url": reverse("administration"), "label": _("Administration"), "icon": "settings", "primary": True}]
