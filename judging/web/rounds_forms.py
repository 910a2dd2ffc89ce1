"""Forms of the round pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper


class StepBackForm(forms.Form):
    """Why a round should go back."""

    reason = forms.CharField(label=phrases.REASON, max_length=300, widget=forms.Textarea({"rows": 2}))

    helper = page_form_helper(_("Request step back"))


class CategoryForm(forms.Form):
    """What the secretariat sets of a category."""

    name = forms.CharField(label=phrases.NAME, max_length=150)
    places = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=20)
    forward_quota = forms.IntegerField(
        label=_("Sent to the national round"), min_value=0, max_value=20, help_text=_("From the first place down.")
    )

    helper = page_form_helper()
