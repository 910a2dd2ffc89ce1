"""Forms of categories and pools; which numbers and shapes fit, the services decide."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nominees.models import Category, Kind, Level, PoolMode, Round, Sector, SizeClass
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper


class CategoryForm(forms.Form):
    """What the secretariat sets of a category."""

    name = forms.CharField(label=phrases.NAME, max_length=150)
    places = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=20)
    forward_quota = forms.IntegerField(
        label=_("Sent to the national round"), min_value=0, max_value=20, help_text=_("From the first place down.")
    )

    helper = page_form_helper()

    def __init__(self, *args: Any, round: Round, **told: Any) -> None:
        super().__init__(*args, **told)
        if round.level == Level.NATIONAL:  # it sends nobody on, so its quota is never asked
            self.fields["forward_quota"].widget = forms.HiddenInput()


class AddCategoryForm(CategoryForm):
    """A new category: also what never changes of it."""

    code = forms.SlugField(
        label=phrases.CODE,
        max_length=40,
        help_text=_("Stands in addresses; winners go to the national category of the same code."),
    )
    kind = forms.ChoiceField(label=_("Kind of nominee"), choices=Kind.choices)
    sector = forms.ChoiceField(
        label=_("Sector"),
        choices=[("", _("Any sector")), *Sector.choices],
        required=False,
        help_text=_("For businesses only."),
    )
    sizes = forms.MultipleChoiceField(
        label=_("Sizes"),
        choices=SizeClass.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For businesses only; none chosen means any size."),
    )

    field_order = ("name", "code", "kind", "sector", "sizes", "places", "forward_quota")
    helper = page_form_helper(_("Add category"))

    def __init__(self, data: Any = None, *, round: Round) -> None:
        super().__init__(data, initial={"places": 3, "forward_quota": 1}, round=round)


class PoolForm(forms.Form):
    """An award over several categories of one kind."""

    name = forms.CharField(label=phrases.NAME, max_length=150)
    code = forms.SlugField(label=phrases.CODE, max_length=40)
    categories = forms.ModelMultipleChoiceField(
        label=_("Categories"), queryset=Category.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    mode = forms.ChoiceField(label=_("Who takes part"), choices=PoolMode.choices, initial=PoolMode.FIRSTS)
    places = forms.IntegerField(label=_("Number of places"), min_value=1, max_value=20, initial=3)

    helper = page_form_helper(_("Add pool"))

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["categories"]
        field.queryset = Category.objects.filter(round=round)
