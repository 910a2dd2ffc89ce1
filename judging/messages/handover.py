"""Sentences about hand-over packages: made, sent, received, and the keys that sign them."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "national_only": _("This page belongs to the national round."),
        "provincial_only": _("Only a provincial round makes a hand-over package."),
        "handover_key_missing": _(
            "This installation has no key to sign packages yet. The operator makes one with manage.py handover_key."
        ),
        "handover_key_unreadable": _(
            "The key to sign packages cannot be read. The operator looks after the file %(path)s."
        ),
        "handover_key_open": _(
            "Others on the server may read the key file %(path)s. The operator takes that right away (chmod 600)."
        ),
        "handover_minutes_missing": _("Issue the minutes first: the package holds them."),
        "handover_nobody": _("No category of this round forwards a winner."),
        "handover_meanwhile": _("Something happened in the round while the package was being made. Make it again."),
        "handover_does_not_hold": _(
            "The package does not pass its own verification and was not stored: %(problem)s. Tell the operator."
        ),
        "handover_too_large": _("The package has %(size)s MB; a receiver takes %(limit)s MB at most."),
        "handover_already_sent": _("Package %(number)s was recorded as sent before."),
        "handover_outdated": _(
            "The result was decided anew after package %(number)s was made. Make a new package and send that one."
        ),
        "handover_way_missing": _("Say in a few words how the package was sent."),
        "handover_damaged": _(
            "The stored package %(number)s is missing or was altered. Make a new one and tell the operator."
        ),
        "package_damaged": _("The stored package is missing or was altered. Bring it again and tell the operator."),
        "package_too_large": _("A package has %(limit)s MB at most."),
        "not_a_package": _(
            "This is not a hand-over package, so it was not kept. Choose the ZIP file as the province sent it."
        ),
        "package_refused": _("The package did not pass its verification. Ask the province for a new one."),
        "package_key_unknown": _(
            "The key of %(province)s is not known yet. Have the province read its fingerprint aloud and accept it"
            " first."
        ),
        "package_second_person": _(
            "You accepted the key of %(province)s yourself. Another person of the national secretariat takes the first"
            " package that it signed."
        ),
        "package_key_changed": _(
            "%(province)s is known under another key. Call the province: only if it made a new key, accept this one."
        ),
        "package_older": _(
            "Package %(number)s of %(province)s was taken before. Only a package of a higher number can take its place."
        ),
        "package_screened_already": _(
            "These were screened or verified already: %(nominees)s. Enter what changed by hand on their pages, with the"
            " province's letter as the reason."
        ),
        "package_region_unknown": _(
            "%(nominee)s lies in %(region)s, which this installation does not know. The operator loads the codes of"
            " regions."
        ),
        "key_fingerprint_differs": _(
            "That is not the end of this key's fingerprint. Have it read again; if it still differs, take nothing."
        ),
        "key_note_missing": _("Write down with whom and how the fingerprint was compared."),
        "key_change_not_confirmed": _(
            "%(province)s is known under another key. Tick the box only if the province says that it made a new one."
        ),
        "province_done": _("The winners of %(province)s are here already."),
        "province_reminded_lately": _("%(province)s was reminded less than an hour ago."),
        "province_without_address": _(
            "No e-mail address of the secretariat of %(province)s is known. Use WhatsApp or the phone."
        ),
        "province_nobody_to_remind": _(
            "There is nobody to remind: every other province was reminded within a day or has no address here."
        ),
        "province_mail_failed": _(
            "The mail server did not take the message to %(province)s. Use WhatsApp or the phone."
        ),
        # What a verification can find; where and the exact words stand beside it.
        "handover_unreadable": _("It is not a hand-over package."),
        "handover_file": _("A file is not the one that the manifest lists."),
        "handover_manifest": _("The manifest does not agree with the files."),
        "handover_signature": _("The signature does not hold."),
        "handover_log": _("The audit log was altered."),
        "handover_run": _("The result counted again is another one."),
        "handover_decisions": _("What the plenary decided is not what the log says was carried."),
        "handover_winners": _("The winners do not follow from the decided places."),
        "handover_minutes": _("The minutes are not those that were issued."),
        "handover_certificates": _("A certificate is not the one that was issued."),
        "handover_evidence": _("A piece of evidence is not the one that was brought forward."),
        "handover_edition": _("It belongs to another edition."),
        "handover_province": _("Its province is not known here."),
    }
)
