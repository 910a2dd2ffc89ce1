"""Codes of this app, and those that both apps share, to translated sentences."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "role_needed": _("Your role in this round does not allow this."),
        "not_in_this_state": _("This has no place in the present state of the round."),
        "username_taken": _("Somebody already signs in as %(username)s. Choose another username."),
    }
)
