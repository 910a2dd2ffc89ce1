"""The form in which a person changes the own password."""

from typing import Any

from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from paritrana.accounts.models import User
from paritrana.kernel.forms import page_form_helper


class OwnPasswordForm(PasswordChangeForm):
    """Django's form; the old password is tried by the page, so that wrong ones are counted, and a service saves."""

    helper = page_form_helper(_("Change password"))

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(user, data)
        self.fields["old_password"].widget.attrs.pop("autofocus", None)

    def clean_old_password(self) -> str:
        """What was typed; ``refuse_old_password`` answers later."""
        return str(self.cleaned_data["old_password"])

    def refuse_old_password(self) -> None:
        """Say that the old password is wrong, in Django's words."""
        code = "password_incorrect"
        self.add_error("old_password", ValidationError(self.error_messages[code], code=code))
