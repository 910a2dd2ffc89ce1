"""Sentences about the nominee that is scored for calibration."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "calibration_named_already": _("This category has its nominee for calibration: %(nominee)s. End that first."),
        "calibration_sheets_begun": _("A sheet on %(nominee)s was begun. From then on this does not change any more."),
        "calibration_not_possible": _(
            "%(nominee)s cannot be scored for calibration: the panel does not meet it, or a decision on it stands."
        ),
    }
)
