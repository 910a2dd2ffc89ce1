"""The form that drafts rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from judging.core.criteria import Criterion
from judging.core.policy import CRITERION_STEP
from judging.core.ranking import STYLES
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper

from .rules_wording import LEVELS, METHODS, MISSING, MODES, STAGES, STEPS

TIE_FIELDS = tuple(f"tie_{number}" for number in range(1, 6))


def _count(label: Any, least: int, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text)


class RulesForm(forms.Form):
    """Everything that the open format's ``policy`` holds, in words."""

    panel_method = forms.ChoiceField(label=_("The panel's scores are combined by"), choices=tuple(METHODS.items()))
    trim = _count(_("Dropped from each end"), 0, 4)
    trim_min_n = _count(_("Dropped only from so many scores on"), 1, 9)
    panel_level = forms.ChoiceField(label=_("Combined"), choices=tuple(LEVELS.items()))
    min_scores = _count(_("Quorum"), 1, 9, _("Fewest scores with which a nominee is ranked."))
    missing_value = forms.ChoiceField(label=_("Missing figures"), choices=tuple(MISSING.items()))
    rounding_at = forms.ChoiceField(label=_("Rounded"), choices=tuple(STAGES.items()))
    rounding_places = _count(_("Decimals"), 0, 6)
    rounding_mode = forms.ChoiceField(label=_("Halves"), choices=tuple(MODES.items()))
    tie_1 = forms.ChoiceField(label=_("First tie step"), required=False)
    tie_2 = forms.ChoiceField(label=_("Second tie step"), required=False)
    tie_3 = forms.ChoiceField(label=_("Third tie step"), required=False)
    tie_4 = forms.ChoiceField(label=_("Fourth tie step"), required=False)
    tie_5 = forms.ChoiceField(label=_("Fifth tie step"), required=False)
    ranking = forms.ChoiceField(
        label=_("Places are counted"),
        choices=[(style, "-".join(style) if style.isdigit() else style) for style in STYLES],
    )
    title_word = forms.CharField(label=_("Title"), max_length=30, help_text="Terbaik I, II, III / Juara I, II, III")
    note = forms.CharField(label=phrases.REASON, max_length=300, required=False)

    helper = page_form_helper(_("Save as new version"))

    def __init__(self, *args: Any, criteria: Iterable[Criterion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {f"{CRITERION_STEP}{one.id}": one.title or one.id for one in criteria}
        choices = [("", "–"), *STEPS.items(), *named.items()]
        for name in TIE_FIELDS:
            field: Any = self.fields[name]
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """No step of the chain twice."""
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for name in TIE_FIELDS:
            step = cleaned.get(name)
            if step and step in seen:
                self.add_error(name, _("This step already stands before."))
            seen.add(step or "")
        return cleaned

    def policy(self, titles: list[str]) -> dict[str, Any]:
        """Return the valid input as the ``policy`` of the open format, with the given titles."""
        data = self.cleaned_data
        same = ("panel_method", "trim", "trim_min_n", "panel_level", "min_scores", "missing_value", "ranking")
        return {name: data[name] for name in same} | {
            "rounding": {
                "places": data["rounding_places"],
                "mode": data["rounding_mode"],
                "at": data["rounding_at"],
            },
            "tie_break": [data[name] for name in TIE_FIELDS if data[name]],
            "labels": titles,
        }


def initial_of(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the form shows of rules in force, or of a preset."""
    rounding, labels = document["rounding"], document["labels"]
    initial = {name: document[name] for name in document if name not in ("rounding", "tie_break", "labels", "chair")}
    return (
        initial
        | {f"rounding_{name}": value for name, value in rounding.items()}
        | dict(zip(TIE_FIELDS, document["tie_break"], strict=False))
        | {"title_word": labels[0].rsplit(" ", 1)[0] if labels else "Terbaik"}
    )
