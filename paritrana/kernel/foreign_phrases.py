"""Sentences of Django that officials read on our pages and whose Indonesian there is clumsy.

Nothing uses these names: standing here, the sentences are gathered into our own catalogue, which Django asks first.
"""

from django.utils.translation import gettext_noop

OVERRIDDEN = (
    gettext_noop("Please enter a correct %(username)s and password. Note that both fields may be case-sensitive."),
    gettext_noop("Password"),
    gettext_noop("This field is required."),
    gettext_noop("Enter a whole number."),
)
