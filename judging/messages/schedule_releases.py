"""Sentences about making a schedule known."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "nothing_to_release": _("The schedule is as everybody was told: there is nothing to release."),
        "schedule_breaks_rules": _(
            "The schedule breaks rules that nobody may set aside. Mend it before it is released."
        ),
        "draft_not_as_shown": _("Somebody changed the draft meanwhile. Look at it as it is now, then release it."),
        "no_notice_to_send": _("Every message was sent, or is to be told by hand."),
        "release_needs_confirmation": _("Some nominees have no interview yet. Say that the schedule is released so."),
    }
)
