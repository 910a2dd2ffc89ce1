"""Correct a nominee's data while nominations are open."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nominees.models import Nomination, Round
from nominees.permissions import can_edit_nominees
from nominees.selectors.import_world import regencies_of
from nominees.services.businesses import facts_of
from nominees.services.nominations import edit_nomination
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .access import round_page
from .detail import found_nomination
from .forms import BusinessForm, EditForm
from .parts import address


@round_page(can_edit_nominees)
def nominee_edit(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Show the data in a form; a post changes what differs."""
    nomination = found_nomination(round, number)
    form = _form(request, nomination)
    if request.method == "POST" and form.is_valid() and _edit(request, nomination, form):
        messages.success(request, _("The data are recorded."))
        return redirect(address("nominees:detail", round, number=number))
    crumbs = [
        {"url": address("nominees:list", round), "label": _("Nominees")},
        {"url": address("nominees:detail", round, number=number), "label": nomination.nominee.name},
    ]
    context = {"round": round, "form": form, "crumbs": crumbs, "title": _("Correct the data")}
    return render(request, "nominees/edit.html", context)


def _form(request: HttpRequest, nomination: Nomination) -> EditForm:
    data = request.POST if request.method == "POST" else None
    same_kind = nomination.round.categories.filter(kind=nomination.nominee.kind)
    known: dict[str, Any] = {
        "nomination": nomination,
        "categories": [(category.code, category.name) for category in same_kind],
    }
    facts = facts_of(nomination.nominee)
    if facts is None:
        return EditForm(data, **known)
    regions = [(region.code, region.full_name) for region in regencies_of(nomination.round)]
    return BusinessForm(data, regions=regions, facts=facts, **known)


def _edit(request: HttpRequest, nomination: Nomination, form: EditForm) -> bool:
    """Hand the form to the service; say on the form why it was refused."""
    data = form.cleaned_data
    given: dict[str, Any] = {name: data[name] for name in ("leader", "summary", "version")}
    given["category"] = nomination.round.categories.get(code=data["category"])
    if isinstance(form, BusinessForm):
        given |= {"business": form.business(), "region": regencies_of(nomination.round).get(code=data["region"])}
    user: Any = request.user
    try:
        edit_nomination(nomination=nomination, contact=form.contact(), actor=user, at=clock.now(), **given)
    except DomainError as error:
        form.add_error(None, explain(error))
        return False
    return True
