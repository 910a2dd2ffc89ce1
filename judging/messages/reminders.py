"""Sentences about reminding seats of missing sheets."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "mail_not_set_up": _("This installation sends no e-mail. Use WhatsApp or the phone."),
        "reminder_nothing_missing": _("No sheet of %(seat)s is due. Reload the page."),
        "reminder_no_address": _("No e-mail address is known for %(seat)s. Use WhatsApp or the phone."),
        "reminder_too_soon": _(
            "%(seat)s was reminded less than an hour ago. Tick the box to send the reminder all the same."
        ),
        "reminder_nobody": _("No late seat can be reminded by e-mail now."),
        "reminder_not_delivered": _(
            "The mail server did not take the message to: %(seats)s. Try again later, or use WhatsApp or the phone."
        ),
    }
)
