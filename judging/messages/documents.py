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
    }
)
