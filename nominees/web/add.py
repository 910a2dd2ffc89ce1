"""Nominate one nominee by hand, while nominations are open."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nominees.core.codelists import BUSINESS
from nominees.models import Category, Kind, Nomination, Round
from nominees.permissions import can_edit_nominees
from nominees.services.nominations import nominate
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .access import round_page
from .add_forms import AddBusinessForm, AddForm, AddVillageForm
from .parts import address

FORMS: dict[str, type[AddForm]] = {
    Kind.GOVERNMENT: AddForm,
    Kind.VILLAGE: AddVillageForm,
    Kind.BUSINESS: AddBusinessForm,
}


@round_page(can_edit_nominees)
def nominee_add(request: HttpRequest, round: Round) -> HttpResponse:
    """Show the form of one kind of nominee (``kind``, by default the first that the round has); a post nominates."""
    categories = list(round.categories.all())
    kinds = [kind for kind in Kind if any(category.kind == kind for category in categories)]
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds else next(iter(kinds), "")
    form = _form(request, round, kind, categories) if kind else None
    if form and request.method == "POST" and form.is_valid():
        nomination = _nominate(request, form, categories)
        if nomination:
            messages.success(request, _("Nominated. Next comes the screening."))
            return redirect(address("nominees:detail", round, number=nomination.number))
    context = {
        "round": round,
        "form": form,
        "title": _("Add a nominee"),
        "crumbs": [{"url": address("nominees:list", round), "label": _("Nominees")}],
        "kinds": [{"url": f"?kind={one}", "label": one.label, "current": one == kind} for one in kinds],
        "categories_url": address("judging:categories", round),
    }
    return render(request, "nominees/add.html", context)


def _form(request: HttpRequest, round: Round, kind: str, categories: list[Category]) -> AddForm:
    offered = [(category.code, category.name) for category in categories if category.kind == kind]
    data = request.POST if request.method == "POST" else None
    return FORMS[kind](data, round=round, kind=kind, categories=offered)


def _nominate(request: HttpRequest, form: AddForm, categories: list[Category]) -> Nomination | None:
    """Hand the form to the service; say on the form why it was refused."""
    data = form.cleaned_data
    user: Any = request.user
    try:
        return nominate(
            category=next(category for category in categories if category.code == data["category"]),
            region=data["region"],
            business=form.business() if form.kind == BUSINESS else None,
            leader=data["leader"],
            summary=data["summary"],
            contact=form.contact(),
            actor=user,
            at=clock.now(),
        )
    except DomainError as error:
        form.add_error(None, explain(error))
        return None
