"""Administrative scores: a matrix of states, and one form for one entry."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.permissions import can_enter_secretariat_scores
from judging.selectors.secretariat_scores import EntryState, ScoreCell, score_cell, score_tables
from judging.services import secretariat_scores as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases
from paritrana.kernel.forms import page_form_helper

from .acting import attempt
from .marks import shown, typed_text

STATES = {
    EntryState.EMPTY: {"tone": "neutral", "icon": "circle-dashed"},
    EntryState.OWN_FIRST: {"tone": "info", "icon": "hourglass"},
    EntryState.OTHER_FIRST: {"tone": "warning", "icon": "edit"},
    EntryState.DIFFERENT: {"tone": "danger", "icon": "alert-triangle"},
    EntryState.CONFIRMED: {"tone": "success", "icon": "check"},
}


class EntryForm(forms.Form):
    """One figure with its source."""

    value = forms.CharField(
        label=gettext_lazy("Score"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    source = forms.CharField(label=gettext_lazy("Source"), max_length=200)

    helper = page_form_helper(phrases.SAVE)

    def clean_value(self) -> str:
        """The figure as typed, without thousands points."""
        return typed_text(self.cleaned_data["value"])


class CorrectionForm(EntryForm):
    """Another figure in place of the own one."""

    reason = forms.CharField(label=phrases.REASON, max_length=300)


@round_page(can_enter_secretariat_scores)
def secretariat_scores(request: HttpRequest, round: Round) -> HttpResponse:
    """The matrix; ``?nomine=12&kriteria=administrasi`` opens the form of one cell."""
    user: Any = request.user
    tables = score_tables(round, user)
    cell = _chosen(request, tables)
    form = _form(request, cell)
    if cell and form and form.is_valid():
        act = services.correct_secretariat_score if cell.has_own else services.enter_secretariat_score
        arguments = {"nomination": cell.nomination, "criterion": cell.criterion.id, **form.cleaned_data}
        if attempt(request, _("Score saved."), act, actor=user, at=clock.now(), **arguments):
            return redirect(round_url("judging:secretariat_scores", round))
    context = {
        "round": round,
        "tables": [
            {"category": table.category, "criteria": table.criteria, "rows": [_row(*row) for row in table.rows]}
            for table in tables
        ],
        "chosen": cell,
        "scale": _scale(cell) if cell else {},
        "form": form,
    }
    return render(request, "judging/secretariat_scores/matrix.html", context)


def _chosen(request: HttpRequest, tables: Any) -> ScoreCell | None:
    """Return the cell that the address names; 404 when it names none that is there."""
    number, criterion = request.GET.get("nomine", ""), request.GET.get("kriteria", "")
    if not number and not criterion:
        return None
    cell = score_cell(tables, int(number), criterion) if number.isdecimal() and len(number) < 9 else None
    if cell is None:
        raise Http404
    return cell


def _form(request: HttpRequest, cell: ScoreCell | None) -> EntryForm | None:
    if cell is None or not (cell.has_own or cell.may_enter):
        return None
    kind = CorrectionForm if cell.has_own else EntryForm
    return kind(request.POST or None)


def _scale(cell: ScoreCell) -> dict[str, str]:
    scale = cell.criterion.scale
    return {"min": shown(scale.minimum), "max": shown(scale.maximum)}


def _row(nomination: Any, cells: Any) -> dict[str, Any]:
    return {"nomination": nomination, "cells": [_cell(cell) for cell in cells]}


def _cell(cell: ScoreCell) -> dict[str, Any]:
    return {
        "criterion": cell.criterion,
        "may_open": cell.may_enter or cell.has_own,
        "figures": [(shown(value), person) for value, person in cell.figures],
        "badge": {**STATES[cell.state], "text": cell.state.label},
    }


urlpatterns = [path("nilai-administrasi/", secretariat_scores, name="secretariat_scores")]
