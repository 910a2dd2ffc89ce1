"""Forms of the panel pages."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from judging.models import Office, Seat
from nominees.models import SCORED, Category, Nomination, Round
from paritrana.accounts.models import User
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper


class SeatForm(forms.Form):
    """A new seat at the end of the panel."""

    name = forms.CharField(label=phrases.SEAT, max_length=120, help_text=_("As printed on minutes."))
    code = forms.SlugField(label=phrases.CODE, max_length=30)
    office = forms.ChoiceField(label=_("Office"), choices=Office.choices, initial=Office.MEMBER)

    helper = page_form_helper(_("Add seat"))


class PersonForm(forms.Form):
    """Who takes a seat. The login is typed, so that the page lists nobody's."""

    user = forms.CharField(
        label=_("Username"),
        max_length=150,
        help_text=_("The person's login."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = forms.CharField(label=_("Name with titles"), max_length=150, help_text=_("As printed on minutes."))
    position_title = forms.CharField(label=_("Position"), max_length=150, required=False)
    nip = forms.CharField(
        label="NIP",
        max_length=18,
        required=False,
        help_text=_("18 digits, civil servants only."),
        validators=[RegexValidator(r"^\d{18}$")],
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    starts_on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    helper = page_form_helper(_("Seat this person"))

    def clean_user(self) -> User:
        """The person who signs in under that name."""
        user = User.objects.filter(username=self.cleaned_data["user"], is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("Nobody signs in under this username."), code="unknown_user")
        return user


class SubstituteForm(PersonForm):
    """Who takes over a seat, and why."""

    reason = forms.CharField(label=phrases.REASON, max_length=200)

    helper = page_form_helper(_("Appoint substitute"))


class VacantForm(forms.Form):
    """Why a seat stays empty."""

    reason = forms.CharField(label=phrases.REASON, max_length=200)

    helper = page_form_helper(_("Declare vacant"))


class OwnSectorForm(forms.Form):
    """The categories near the seat's own institution; none is an answer."""

    categories = forms.ModelMultipleChoiceField(
        label=phrases.CATEGORY,
        queryset=Category.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    helper = page_form_helper(phrases.SAVE)

    def __init__(self, *args: Any, seat: Seat, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["categories"]
        field.queryset, field.initial = Category.objects.filter(round=seat.round_id), seat.own_categories.all()


class RecusalForm(forms.Form):
    """A member's own declaration."""

    nomination = forms.ModelChoiceField(label=phrases.NOMINEE, queryset=Nomination.objects.none())
    reason = forms.CharField(
        label=phrases.REASON, max_length=300, help_text=_("Printed in the minutes."), widget=forms.Textarea({"rows": 2})
    )

    helper = page_form_helper(_("Declare"))

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Nomination.objects.filter(round=round, status__in=SCORED).select_related("nominee__region")
        field: Any = self.fields["nomination"]
        field.queryset = choices


class SettleForm(forms.Form):
    """The secretary's answer to a declaration."""

    confirmed = forms.TypedChoiceField(
        label=_("Answer"),
        choices=(("yes", _("Confirm: the seat does not score")), ("no", _("Decline: the seat scores"))),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=phrases.REASON, max_length=300, required=False, help_text=_("Needed to decline."))

    helper = page_form_helper(phrases.SAVE)
