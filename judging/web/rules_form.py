"""The form that drafts rules."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _

from judging.core.criteria import PANEL, Criterion
from judging.core.policy import CRITERION_STEP, JUDGE
from judging.core.ranking import STYLES
from judging.models import Voting
from judging.services.rules import DIVERGENCE_LIMIT
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper

from .rules_wording import LEVELS, METHODS, MISSING, MODES, STAGES, STEPS

TIE_FIELDS = tuple(f"tie_{number}" for number in range(1, 6))
#: Before the id of a panel criterion: the field of its own method.
METHOD_FIELD = "method_"


def _count(label: Any, least: int, most: int, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, help_text=help_text)


class RulesForm(forms.Form):
    """Everything that the open format's ``policy`` holds, in words, and when the plenary is shown a flag."""

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
    divergence_limit = _count(
        _("Limit of divergence"),
        0,
        100,
        _("Points: where seats differ by more on a criterion, the plenary is shown a flag. It changes no place."),
    )
    voting = forms.ChoiceField(label=_("How the plenary votes"), choices=Voting.choices, required=False)
    note = forms.CharField(label=phrases.REASON, max_length=300, required=False)

    def __init__(self, *args: Any, criteria: Iterable[Criterion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = list(criteria)
        named = {f"{CRITERION_STEP}{one.id}": one.title or one.id for one in listed}
        choices = [("", "–"), *STEPS.items(), *named.items()]
        for name in TIE_FIELDS:
            field: Any = self.fields[name]
            field.choices = choices
        plain = list(self.fields)
        methods = [("", _("As the rule above")), *METHODS.items()]
        self.marked = [one for one in listed if one.kind == PANEL and not one.is_branch]
        for one in self.marked:
            field = forms.ChoiceField(label=one.title or one.id, choices=methods, required=False)
            self.fields[METHOD_FIELD + one.id] = field
        self.helper = _helper(plain, [METHOD_FIELD + one.id for one in self.marked])

    def clean(self) -> dict[str, Any]:
        """No step of the chain twice; methods of their own only where criteria are combined one by one."""
        cleaned = super().clean() or {}
        seen: set[str] = set()
        for name in TIE_FIELDS:
            step = cleaned.get(name)
            if step and step in seen:
                self.add_error(name, _("This step already stands before."))
            seen.add(step or "")
        if cleaned.get("panel_level") == JUDGE and self._own_methods(cleaned):
            self.add_error(
                "panel_level", _("A criterion has its own method only where criteria are combined one by one.")
            )
        return cleaned

    def _own_methods(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Criterion -> method, of those that differ from the rule for all."""
        chosen = {one.id: data.get(METHOD_FIELD + one.id) for one in self.marked}
        return {leaf: method for leaf, method in chosen.items() if method and method != data.get("panel_method")}

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
            "panel_methods": self._own_methods(data),
        }


def _helper(plain: list[str], methods: list[str]) -> FormHelper:
    """The methods of single criteria as one group, right after the rule for all of them."""
    helper = page_form_helper(_("Save as new version"))
    after = plain.index("panel_level") + 1
    group = Fieldset(_("Criteria with a method of their own"), *methods, css_class="app-panel mb-3")
    helper.layout = Layout(*plain[:after], *([group] if methods else []), *plain[after:])
    return helper


def initial_of(
    document: Mapping[str, Any], divergence_limit: int = DIVERGENCE_LIMIT, voting: str = Voting.OPEN
) -> dict[str, Any]:
    """Return what the form shows of rules in force, or of a preset."""
    rounding, labels = document["rounding"], document["labels"]
    apart = ("rounding", "tie_break", "labels", "chair", "panel_methods")
    initial = {name: document[name] for name in document if name not in apart}
    return (
        initial
        | {f"rounding_{name}": value for name, value in rounding.items()}
        | {METHOD_FIELD + leaf: method for leaf, method in document.get("panel_methods", {}).items()}
        | dict(zip(TIE_FIELDS, document["tie_break"], strict=False))
        | {"divergence_limit": divergence_limit, "voting": voting}
        | {"title_word": labels[0].rsplit(" ", 1)[0] if labels else "Terbaik"}
    )
