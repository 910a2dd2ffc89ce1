"""Sentences about practice rounds."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "not_in_practice": _("This is a practice round: it only trains scoring, and no result comes of it."),
        "practice_not_ready": _("Practice needs rules, a category with its rubric, and a seat that somebody holds."),
    }
)
