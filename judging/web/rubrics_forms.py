"""Forms of the rubric pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from judging.models import RubricVersion
from nominees.models import Category, Round
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper

LARGEST = 256 * 1024


class RubricForm(forms.Form):
    """A new rubric, still without content."""

    name = forms.CharField(label=phrases.NAME, max_length=150)
    code = forms.SlugField(label=phrases.CODE, max_length=40)
    is_sample = forms.BooleanField(label=_("Sample, not official weights"), required=False)

    helper = page_form_helper(_("Add rubric"))


class VersionForm(forms.Form):
    """A rubric document, as a file or as text."""

    file = forms.FileField(label=_("JSON file"), required=False, help_text=_("At most 256 KB."))
    text = forms.CharField(
        label=_("or its text"), required=False, widget=forms.Textarea({"rows": 8, "spellcheck": "false"})
    )
    reason = forms.CharField(label=phrases.REASON, max_length=300, required=False)

    helper = page_form_helper(_("Save as new version"))

    def clean(self) -> dict[str, Any]:
        """One of the two, as text in ``document``."""
        cleaned = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text", "").strip()
        if bool(file) == bool(text):
            raise forms.ValidationError(_("Choose a file or write the text, one of the two."), code="one_source")
        if len(text) > LARGEST or (file and file.size > LARGEST):
            raise forms.ValidationError(_("The document is larger than 256 KB."), code="too_large")
        try:
            cleaned["document"] = file.read().decode("utf-8-sig") if file else text
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This is not a text file."), code="not_text") from None
        return cleaned


class AssignForm(forms.Form):
    """Which version judges which category."""

    category = forms.ModelChoiceField(label=phrases.CATEGORY, queryset=Category.objects.none())
    version = forms.ModelChoiceField(label=_("Rubric version"), queryset=RubricVersion.objects.none())

    helper = page_form_helper(_("Assign"))

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category: Any = self.fields["category"]
        version: Any = self.fields["version"]
        category.queryset = Category.objects.filter(round=round)
        version.queryset = RubricVersion.objects.filter(rubric__round=round).select_related("rubric")
