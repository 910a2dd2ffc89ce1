"""Sentences about making a schedule known."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "nothing_to_release": _("The schedule is as everybody was told: there is nothing to release."),
        "schedule_breaks_rules": _(
            "The schedule breaks rules that nobody may set aside. Mend it before it is released."
        ),
        "release_needs_confirmation": _("Some nominees have no interview yet. Say that the schedule is released so."),
    }
)
