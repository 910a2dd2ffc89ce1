"""Sentences about what the public is told."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "embargo_too_far": _("The embargo ends more than %(days)s days from now. Check the year."),
        "nothing_to_publish": _("There is no decision to publish."),
        "publication_reason_missing": _("Say why this version replaces the one before: the public reads it."),
        "publication_unchanged": _("Nothing has changed since version %(version)s."),
    }
)
