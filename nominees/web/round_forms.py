"""Forms of editions and rounds."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nominees.models import NATIONAL_SCOPE, Edition, TimeZone
from paritrana.kernel import phrases
from paritrana.kernel.forms import day_field, page_form_helper
from paritrana.regions.models import Region, RegionKind


class EditionForm(forms.Form):
    """The award of one assessment year."""

    assessment_year = forms.IntegerField(
        label=_("Assessment year"),
        min_value=2000,
        max_value=2100,
        help_text=_("The year that is assessed, not the year of the ceremony."),
    )
    name = forms.CharField(label=phrases.NAME, max_length=120, help_text=_("As printed on papers."))
    period_start = day_field(_("Assessed from"))
    period_end = day_field(_("Assessed until"))
    is_demo = forms.BooleanField(
        label=_("For practice only"), required=False, help_text=_("Every page and paper says that it is a sample.")
    )

    helper = page_form_helper(_("Create edition"))


class DatesForm(forms.Form):
    """When and where a round meets; a day that is not settled yet stays empty."""

    city = forms.CharField(label=_("City"), max_length=60, help_text=_("Where letters and minutes are signed."))
    interviews_from = day_field(_("First interview day"), required=False)
    interviews_until = day_field(_("Last interview day"), required=False)
    ceremony_on = day_field(_("Day of the ceremony"), required=False)
    ceremony_place = forms.CharField(label=_("Place of the ceremony"), max_length=120, required=False)

    helper = page_form_helper()


class RoundForm(DatesForm):
    """An edition in one province, or nationally."""

    edition = forms.ModelChoiceField(label=_("Edition"), queryset=Edition.objects.all())
    place = forms.ChoiceField(label=_("Province or national"))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=[("", "---------"), *TimeZone.choices])

    field_order = ("edition", "place", "time_zone")
    helper = page_form_helper(_("Create round"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        provinces = Region.objects.filter(kind=RegionKind.PROVINCE, is_current=True).order_by("name")
        places = [("", "---------"), (NATIONAL_SCOPE, _("National round"))]
        field: Any = self.fields["place"]
        field.choices = [*places, *((province.code, province.name) for province in provinces)]

    def clean_place(self) -> Region | None:
        """The province, nothing for the national round."""
        place = self.cleaned_data["place"]
        return None if place == NATIONAL_SCOPE else Region.objects.get(code=place)
