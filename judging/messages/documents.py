"""Sentences about papers and their public check."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "nothing_decided": _("There is no decided result yet to issue documents from. Finish the plenary first."),
        "issued_meanwhile": _(
            "Somebody else issued or revoked documents at the same moment. Nothing was stored: load the page again."
        ),
        "nothing_released": _("No schedule has been released yet. Invitations follow from a released schedule."),
        "revocation_reason_missing": _("Give the reason why the document is revoked."),
        "already_revoked": _("The document %(number)s has been revoked before."),
        "document_damaged": _(
            "The stored file of %(number)s is missing or differs from what was issued. Tell the platform administrator"
            " at once: it must be restored from a backup."
        ),
        "number_taken": _(
            "Another document carries the number %(number)s already. Change how the numbers of this kind are written."
        ),
        "printing_already": _("Batch %(number)s is being issued. Wait for its end, or stop it."),
        "nothing_to_print": _("Nothing that was chosen waits to be issued."),
        "batch_given_up": _("The batch went to another worker, or has ended already."),
        "printing_is_over": _("The batch has ended already."),
        "nothing_left_to_print": _("Nothing of this batch waits to be issued."),
        "printing_not_permitted": _("Documents cannot be issued now, or not by whoever asked for this batch."),
        "paper_failed": _("It could not be made, for a reason that nobody foresaw. The operator finds it in the log."),
        "paper_not_wanted": _("The decision does not call for it any more."),
        "certificate_does_not_fit": _("Its texts are too long for one page. Look at it in the preview of the design."),
        "number_pattern_malformed": _("A field stands in braces: {serial}, or {serial:03} for three digits."),
        "number_pattern_unknown_field": _("There is no field %(field)s."),
        "number_pattern_without_serial": _("Without {serial} all documents would carry the same number."),
        "number_pattern_too_long": _("The number would have %(length)s characters; at most %(longest)s fit."),
        "number_pattern_unfit": _("Numbers cannot be written like this."),
        "first_serial_fixed": _("Documents of this kind are issued already: the next one follows the last."),
    }
)
