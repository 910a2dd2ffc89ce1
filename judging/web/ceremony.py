"""The ceremony: running order, words on the screen, its shows and papers."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from judging.models import Ceremony, CeremonyShow
from judging.permissions.ceremony import (
    can_prepare_ceremony,
    can_run_ceremony,
    can_see_ceremony,
    can_see_winners_of_ceremony,
)
from judging.selectors.ceremony import ceremony_of, parts_of
from judging.selectors.ceremony_shows import CLOSING, OPENING, resumable, shows_of, steps_of
from judging.services import ceremony as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.forms import page_form_helper

from .acting import attempt, forbid_unless, person
from .ceremony_show import step_words

SHOWN = 5  # shows that ended
DIRECTIONS = {"naik": True, "turun": False}


class WordsForm(forms.ModelForm[Ceremony]):
    """What the first and the last screen say, and whether totals are shown."""

    helper = page_form_helper(with_tag=False)

    class Meta:
        model = Ceremony
        fields = ("opening", "closing", "shows_totals")
        help_texts = {
            "opening": _("As the hall reads it. Empty: “%(words)s”.") % {"words": OPENING},
            "closing": _("As the hall reads it. Empty: “%(words)s”.") % {"words": CLOSING},
        }


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_ceremony)
def ceremony(request: HttpRequest, round: Round) -> HttpResponse:
    """Everything of the ceremony on one page; posting saves the words."""
    user, prepared = person(request), ceremony_of(round)
    may_prepare = can_prepare_ceremony(user, round)
    form = WordsForm(request.POST or None, instance=prepared or Ceremony())
    if request.method == "POST":
        forbid_unless(may_prepare)
        if form.is_valid() and _saved(request, round, form):
            return redirect(round_url("judging:ceremony", round))
    shows = list(shows_of(round)[:SHOWN])
    context = {
        "round": round,
        "parts": parts_of(round, prepared),
        "form": form,
        "may_prepare": bool(may_prepare),
        "may_run": bool(can_run_ceremony(user, round)),
        "has_names": bool(can_see_winners_of_ceremony(user, round)),
        "running": next((show for show in shows if show.ended_at is None), None),
        "resumable": [_resumable(show) for show in resumable(shows)],
        "ended": [show for show in shows if show.ended_at],
    }
    return render(request, "judging/ceremony/ceremony.html", context)


def _resumable(show: CeremonyShow) -> dict[str, Any]:
    step = min(show.step, show.furthest)  # what it stood at in the dark alone nobody has seen
    return {"show": show, "number": step + 1, "what": step_words(steps_of(show)[step])}


def _saved(request: HttpRequest, round: Round, form: WordsForm) -> bool:
    said: dict[str, Any] = {name: form.cleaned_data[name] for name in WordsForm.Meta.fields}
    told = _("The words of the ceremony were saved.")
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    return attempt(request, told, services.save_ceremony_words, round=round, **said, **whom)


@require_POST
@round_page(can_prepare_ceremony)
def order(request: HttpRequest, round: Round) -> HttpResponse:
    """One part goes one place up or down."""
    earlier = DIRECTIONS.get(request.POST.get("arah", ""))
    if earlier is not None:
        whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
        part = request.POST.get("bagian", "")[:60]
        told = _("The running order was changed.")
        attempt(request, told, services.move_part, round=round, part=part, earlier=earlier, **whom)
    return redirect(f"{round_url('judging:ceremony', round)}#urutan")


urlpatterns = [
    path("acara/", ceremony, name="ceremony"),
    path("acara/urutan/", order, name="ceremony_order"),
]
