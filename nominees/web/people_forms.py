"""Forms of logins and roles."""

import secrets
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from nominees.models import Round
from nominees.services.people import SEAT_ROLES
from paritrana.accounts.models import Role
from paritrana.kernel.forms import page_form_helper

#: Without letters and digits that are taken for one another when a password is read out.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GROUPS, GROUP_SIZE = 4, 4


def proposed_password() -> str:
    """Return a new random password in groups, such as ``kdr7-mw3e-...`` (79 bits)."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_SIZE)) for _ in range(GROUPS))
    return "-".join(groups)


class PasswordForm(forms.Form):
    """A password that somebody else is given: a proposal, or typed over it. It is not stored in readable form."""

    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        help_text=_(
            "A proposal; type another one if you like. Write it down now: it is not shown again. The person changes "
            "it on the own account page."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    helper = page_form_helper(_("Reset password"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"password": proposed_password()} if data is None else None)


class LoginForm(PasswordForm):
    """A person who will sign in."""

    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("Letters, digits and @ . + - _ only."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(label=_("Name with titles"), max_length=150, help_text=_("As printed on papers."))
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)

    field_order = ("display_name", "username", "email", "phone", "password")
    helper = page_form_helper(_("Create login"))


class SwitchForm(forms.Form):
    """What a login is switched to."""

    is_active = forms.TypedChoiceField(
        choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1", widget=forms.HiddenInput
    )


class RoleForm(forms.Form):
    """A role, and the round in which the person has it."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", "---------"), *((role.value, role.label) for role in Role if role not in SEAT_ROLES)],
        help_text=_("Chairs and panel members are not chosen here: the secretariat seats them on the panel page."),
    )
    round = forms.ModelChoiceField(
        label=_("Round"),
        queryset=Round.objects.filter(practice=0).select_related("edition", "region"),
        required=False,
        help_text=_("Empty for the platform administrator only, whose role is for the whole site."),
    )

    helper = page_form_helper(_("Give role"))

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])
