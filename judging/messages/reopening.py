"""Sentences about reopening a submitted sheet."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "sheet_not_submitted": _("The sheet for %(nominee)s is not submitted: you can change it as it is."),
        "not_own_submission": _("Somebody else submitted the sheet for %(nominee)s. Only that person can correct it."),
        "reopening_reason_missing": _("Give the reason."),
        "reopening_stands": _("A request to reopen the sheet for %(nominee)s waits already."),
        "reopening_answered": _("This request was already answered or withdrawn. Reload the page."),
        "reopening_not_endorsed": _("This request has not been endorsed yet."),
        "own_reopening": _("You asked for this yourself. Two other people answer it."),
        "reopening_advised_by_you": _("You endorsed this request. Another person decides on it."),
        "not_your_reopening": _("Only the person who asked can withdraw the request."),
        "sheet_cannot_be_reopened": _(
            "The sheet of %(seat)s on %(nominee)s cannot be reopened: the member no longer holds the seat, the seat"
            " stands aside, or the nominee is no longer scored. Refuse the request."
        ),
        "correction_not_open": _("There is no open correction any more. Reload the page."),
        "correction_not_left_behind": _(
            "Who corrects the sheet of %(seat)s on %(nominee)s holds the seat and gives the correction up alone."
        ),
        "secretary_decides_here": _(
            "The chair asked for this: the secretariat endorses it, and the holder of the secretary's seat decides."
        ),
        "unmet_reopening_waiting": _("The request to reopen the sheet of %(seat)s on %(nominee)s waits for an answer."),
    }
)
