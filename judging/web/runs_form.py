"""The choice of two runs."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.models import Tabulation
from judging.selectors.run_comparison import LIVE
from nominees.models import Round
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.wording import date_time


class RunsForm(forms.Form):
    """From one frozen run to another, or to the sheets as they stand now; a link that can be kept."""

    sebelum = forms.ChoiceField(label=gettext_lazy("Before"))
    sesudah = forms.ChoiceField(label=gettext_lazy("After"))

    helper = page_form_helper(with_tag=False)

    def __init__(self, *args: Any, runs: Sequence[Tabulation], round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(run.number), run_label(run, round)) for run in runs]
        first: Any = self.fields["sebelum"]
        first.choices = choices
        second: Any = self.fields["sesudah"]
        second.choices = [*choices, (LIVE, run_label(None, round))]


def run_label(run: Tabulation | None, round: Round) -> str:
    """Return what a run is called: its number and when it was frozen; None is the live state."""
    if run is None:
        return _("The sheets as they stand now")
    return _("Tabulation %(number)s, frozen %(time)s") % {
        "number": run.number,
        "time": date_time(run.frozen_at, round.time_zone),
    }
