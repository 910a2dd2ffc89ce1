"""Reminding provinces of their hand-over: the form for one, and all that have sent nothing in one confirmed act."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from judging.permissions.handover import can_receive
from judging.selectors.province_messages import silence_of
from judging.services.province_reminders import MAIL, PAUSE_OF_ALL, WAYS_TO_ALL, remind_silent
from judging.services.reminders import mail_is_set_up
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock

from .acting import attempt, person
from .provinces_wording import WAYS


class ReminderForm(forms.Form):
    """How a province is reminded."""

    cara = forms.ChoiceField(label=_("How"), choices=lambda: list(WAYS.items()))
    catatan = forms.CharField(label=_("Note"), max_length=300, required=False)


class AllForm(ReminderForm):
    """How all who have sent nothing are reminded at once."""

    def __init__(self, *args: Any, by_mail: bool, **told: Any) -> None:
        super().__init__(*args, **told)
        field: Any = self.fields["cara"]
        field.choices = [(way, WAYS[way]) for way in WAYS_TO_ALL if way != MAIL or (by_mail and mail_is_set_up())]


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_receive)
def remind_all(request: HttpRequest, round: Round) -> HttpResponse:
    """Show whom a reminder to all who have sent nothing would reach, and remind them."""
    at = clock.now()
    found = silence_of(round, by_mail=True, since=at - PAUSE_OF_ALL)
    form = AllForm(request.POST or None, by_mail=bool(found.reached))
    if request.method == "POST" and form.is_valid():
        told = {"way": form.cleaned_data["cara"], "note": form.cleaned_data["catatan"]}
        act = {"round": round, "actor": person(request), "at": at}
        if attempt(request, _("The reminders were recorded."), remind_silent, **act, **told):
            return redirect(round_url("judging:provinces", round))
    names = {
        _("By e-mail or letter"): found.reached,
        _("By letter only: no e-mail address is known here"): found.without_address,
        _("Left out: reminded within a day"): found.lately,
    }
    context = {
        "round": round,
        "form": form,
        "facts": [
            {"label": f"{label} ({len(told)})", "value": ", ".join(one.region.name for one in told)}
            for label, told in names.items()
            if told
        ],
        "cancel_url": round_url("judging:provinces", round),
    }
    return render(request, "judging/received_packages/remind_all.html", context, status=422 if form.errors else 200)


urlpatterns = [path("penerimaan/ingatkan/", remind_all, name="remind_provinces")]
