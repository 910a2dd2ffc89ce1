"""Sentences about the ceremony."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "no_such_part": _("This is not a part of the ceremony any more. Load the page anew."),
        "award_not_in_force": _("This award is not in force any more. Load the page anew."),
        "nothing_to_show": _("There is nothing to show yet: no category is set up."),
        "show_over": _("This show has ended. Open a new one."),
        "show_is_stale": _(
            "The decision or the running order has changed since this show was opened. End it and open a new one."
        ),
        "no_such_show_step": _("The show has no such step."),
        "certificate_taken_already": _("%(who)s has taken this certificate already."),
        "nobody_took_certificate": _("Write down who takes the certificate."),
    }
)
