"""Forms of the round pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper


class StepBackForm(forms.Form):
    """Why a round should go back."""

    reason = forms.CharField(label=phrases.REASON, max_length=300, widget=forms.Textarea({"rows": 2}))

    helper = page_form_helper(_("Request step back"))
