"""The counts behind a nominee's computed criteria."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from nominees.models import Nomination, Round
from nominees.permissions import can_enter_indicators
from nominees.services.nominations import enter_indicator
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain

from .access import round_page
from .detail import found_nomination
from .forms import IndicatorForm
from .parts import address


@round_page(can_enter_indicators)
def nominee_indicators(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Enter or correct the counts of one criterion."""
    nomination = found_nomination(round, number)
    form = IndicatorForm(request.POST or None, nomination=nomination, initial=_recorded(nomination))
    if request.method == "POST" and form.is_valid():
        try:
            enter_indicator(nomination=nomination, actor=request.user, at=clock.now(), **form.cleaned_data)  # type: ignore[arg-type]
        except DomainError as error:
            form.add_error(None, explain(error))
        else:
            messages.success(request, _("The counts are recorded."))
            return redirect(address("nominees:detail", round, number=number))
    crumbs = [
        {"url": address("nominees:list", round), "label": _("Nominees")},
        {"url": address("nominees:detail", round, number=number), "label": nomination.nominee.name},
    ]
    context = {"round": round, "nomination": nomination, "form": form, "crumbs": crumbs}
    return render(request, "nominees/indicators.html", context)


def _recorded(nomination: Nomination) -> dict[str, object]:
    """Return the counts recorded first, to be corrected rather than typed again."""
    found = nomination.indicators.first()
    fields = ("criterion", "count", "base", "source", "as_of")
    return {name: getattr(found, name) for name in fields} if found else {}
