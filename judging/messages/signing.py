"""Sentences about certificate files, signing papers, and files signed elsewhere."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "certificate_file_unreadable": _("This is no certificate file: a file .p12 or .pfx with its key is needed."),
        "certificate_wrong_passphrase": _("The certificate file does not open with this passphrase."),
        "certificate_key_missing": _("The file holds no certificate together with its private key."),
        "certificate_not_for_signing": _(
            "By its own rules this certificate may not sign documents, or its key is too short."
        ),
        "certificate_expired": _("The certificate of %(name)s has expired."),
        "certificate_not_yet_valid": _("The certificate of %(name)s is not valid yet."),
        "certificate_known": _("This certificate has been added before."),
        "certificate_withdrawn": _("The certificate file has been withdrawn."),
        "paper_not_to_sign": _("%(number)s cannot be signed: it is no PDF, or it has been revoked or replaced."),
        "paper_signed_already": _("%(number)s has a signed form already. To replace it, give a reason."),
        "paper_not_signable": _("%(number)s: its file takes no signature."),
        "timestamp_unavailable": _("The time stamp service does not answer. Nothing was signed with it."),
        "signed_file_unreadable": _("This is no PDF that can be read, or it is locked by a password."),
        "signed_file_unsigned": _("The file holds no electronic signature."),
        "signed_file_broken": _("The signature does not fit the file: it was changed after it was signed."),
        "signed_file_of_no_paper": _(
            "The pages are not those of any document issued here that still stands. Sign the file as it was downloaded:"
            " not printed, scanned, joined or written on."
        ),
        "signed_file_pages_changed": _(
            "The file begins with %(number)s, but its pages or what lies on them were changed before signing."
        ),
        "signed_file_known": _("This file has been registered before, for %(number)s."),
        "signed_file_too_large": _("The file is larger than 20 MB."),
        "signature_reason_missing": _("Give the reason why the signed form is withdrawn."),
        "signature_withdrawn_already": _("The signed form of %(number)s has been replaced or withdrawn before."),
    }
)
