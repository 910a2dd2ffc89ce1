"""The forms of the publication page."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from judging.models import PublicationRules
from nominees.models import Round
from paritrana.kernel import phrases
from paritrana.kernel.forms import day_field, page_form_helper
from paritrana.kernel.wording import zone_label


class PublicationForm(forms.Form):
    """What the next version tells, and from when; the time is the round's own."""

    embargo_on = day_field(_("Not before"), required=False)
    embargo_at = forms.TimeField(
        label=_("Time"),
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    shows_totals = forms.BooleanField(label=_("Show the totals of the winners"), required=False)
    shows_unplaced = forms.BooleanField(
        label=_("Name the nominees without a title"),
        help_text=_("By name, without places. Never those who withdrew, were rejected or did not come."),
        required=False,
    )
    words = forms.CharField(
        label=_("Words above the result"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    contact = forms.CharField(
        label=_("Contact for the press"),
        max_length=160,
        required=False,
        help_text=_("Anybody reads it: an office rather than a person."),
    )
    helper = page_form_helper()

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["embargo_on"].help_text = _("Empty: from the announcement on.")
        self.fields["embargo_at"].help_text = zone_label(zone.key)

    def clean(self) -> dict[str, Any]:
        """A day and a time, or neither."""
        cleaned = super().clean() or {}
        day, time = cleaned.get("embargo_on"), cleaned.get("embargo_at")
        if (day is None) != (time is None) and not self.errors:
            self.add_error(
                "embargo_at" if time is None else "embargo_on", _("Give both the day and the time, or neither.")
            )
        return cleaned

    def values(self) -> dict[str, Any]:
        """Return the valid input as the service takes it."""
        data = dict(self.cleaned_data)
        day, time = data.pop("embargo_on"), data.pop("embargo_at")
        return data | {"embargo_until": datetime.combine(day, time, self.zone) if day else None}


class PublishForm(forms.Form):
    """Why another version is published; the first needs no reason."""

    reason = forms.CharField(
        label=phrases.REASON,
        max_length=300,
        help_text=_("The public reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    helper = page_form_helper(with_tag=False)

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]


def initial_of(rules: PublicationRules, round: Round) -> dict[str, Any]:
    """Return what the form shows of what is set."""
    local = rules.embargo_until.astimezone(round.zone) if rules.embargo_until else None
    same = ("shows_totals", "shows_unplaced", "words", "contact")
    return {name: getattr(rules, name) for name in same} | {
        "embargo_on": local.date() if local else None,
        "embargo_at": local.time() if local else None,
    }
