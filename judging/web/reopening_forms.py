"""Forms of the pages on reopening a sheet."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper


class AskForm(forms.Form):
    """A member's own request."""

    reason = forms.CharField(
        label=phrases.REASON,
        max_length=300,
        help_text=_("Secretary, chair and the plenary read it. Write no marks here: nobody may see them yet."),
        widget=forms.Textarea({"rows": 3}),
    )

    helper = page_form_helper(_("Ask to reopen"))


class AnswerForm(forms.Form):
    """Yes, or no with a reason; ``yes`` and ``no`` are the words of this step."""

    agreed = forms.TypedChoiceField(label=_("Answer"), coerce=lambda value: value == "yes", widget=forms.RadioSelect)
    reason = forms.CharField(label=phrases.REASON, max_length=300, required=False, help_text=_("Needed to say no."))

    helper = page_form_helper(phrases.SAVE)

    def __init__(self, *args: Any, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["agreed"]
        field.choices = (("yes", yes), ("no", no))


class GiveUpForm(forms.Form):
    """Ending a correction without submitting it."""

    reason = forms.CharField(label=phrases.REASON, max_length=300, widget=forms.Textarea({"rows": 2}))

    helper = page_form_helper(_("Give the correction up"))
