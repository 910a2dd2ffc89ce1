"""Forms of computed schedules: what is asked for, and whose word is given when one is taken."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from judging.core.scheduling.levels import LOOSENABLE
from judging.messages.schedule_material import RULES
from judging.models import RunKind

PRESENT, AFRESH, REPAIR = "kini", "baru", "perbaiki"
HOWS = [
    (PRESENT, _("Make the present draft better, and place whoever has no interview")),
    (AFRESH, _("Make a new schedule; only what is locked, held or has begun stays")),
    (REPAIR, _("Change as little as can be until everything fits again")),
]
SECONDS = (10, 30, 60, 120, 300)
USUAL = 30


class StartForm(forms.Form):
    """How a schedule is computed, and for how long at the most."""

    how = forms.ChoiceField(label=_("What is wanted"), choices=HOWS, initial=PRESENT, widget=forms.RadioSelect)
    keep_today = forms.BooleanField(label=_("Leave today as it is"), required=False)
    seconds = forms.TypedChoiceField(
        label=_("For how long at the most"),
        choices=[(one, ngettext_lazy("%(n)s second", "%(n)s seconds", one) % {"n": one}) for one in SECONDS],
        coerce=int,
        initial=USUAL,
    )
    seed = forms.IntegerField(
        label=_("Number to begin with"),
        help_text=_("Another number leads to another way of searching; the same one is for comparing."),
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        initial=0,
    )

    def asked(self) -> dict[str, Any]:
        """Return what the service takes. Only after ``is_valid``."""
        data = self.cleaned_data
        return {
            "kind": RunKind.REPAIR if data["how"] == REPAIR else RunKind.SOLVE,
            "seconds": data["seconds"],
            "seed": data["seed"] or 0,
            "options": {"afresh": data["how"] == AFRESH, "keep_today": data["keep_today"]},
        }


class TakeForm(forms.Form):
    """Rules that are to be set aside; asked for only where a schedule breaks some that ask for a person's word."""

    confirmed = forms.MultipleChoiceField(
        label=_("Place it nevertheless"),
        choices=[(code, RULES[code]) for code in LOOSENABLE],
        required=False,
        widget=forms.MultipleHiddenInput,
    )

    def ask_confirmation(self, codes: Collection[str]) -> None:
        """Ask whether the rules ``codes`` are to be set aside, each by its own tick."""
        field: Any = self.fields["confirmed"]
        field.widget = forms.CheckboxSelectMultiple()
        field.choices = [(code, label) for code, label in field.choices if code in codes]
