"""Sentences of Django that officials read on our pages and whose Indonesian there is clumsy.

Nothing uses these names: standing here, the sentences are gathered into our own catalogue, which Django asks first.
"""

from django.utils.translation import gettext_noop

OVERRIDDEN = (
    gettext_noop("Please enter a correct %(username)s and password. Note that both fields may be case-sensitive."),
    gettext_noop("Password"),
    gettext_noop("Old password"),
    gettext_noop("New password"),
    gettext_noop("New password confirmation"),
    gettext_noop("Your old password was entered incorrectly. Please enter it again."),
    gettext_noop("The two password fields didn’t match."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("This field is required."),
    gettext_noop("Enter a whole number."),
)
