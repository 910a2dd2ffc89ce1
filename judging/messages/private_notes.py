"""Sentences about private notes."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "private_note_too_long": _("The note is too long: at most %(most)s characters."),
        "private_note_changed_meanwhile": _(
            "You changed this note in another window or on another device. Take over what you need, then save again."
        ),
    }
)
