"""Sentences about the decree and about amendments of minutes."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "decree_incomplete": _(
            "Number, date and signer of the decree are its issuer's. Write them into its text before it is issued."
        ),
        "decree_too_long": _("A list has at most %(most)s entries, one a line."),
        "no_minutes_to_amend": _("There are no issued minutes that stand and could be amended."),
        "amendment_incomplete": _("Say where it is, what is written, what it has to be, and why."),
        "amendment_changes_nothing": _("The right words are those that are written already."),
        "amendment_touches_result": _(
            "This would touch what was recorded (%(words)s). Votes, attendance, places, titles, totals and whose they"
            " are change only by a step back to the plenary and a new decision."
        ),
        "amendments_stand": _("Amendments of these minutes are issued (%(numbers)s). Revoke them first."),
        "amendment_not_quoted": _(
            "The issued minutes do not say this. Copy what is written word for word, and only what follows each other"
            " there."
        ),
        "amendment_settled": _("This amendment was confirmed or withdrawn before."),
        "own_amendment": _("A second person has to confirm: you asked for this amendment."),
    }
)
