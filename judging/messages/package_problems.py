"""What differs in a refused package: a sentence per finding. Where, and the verifier's own words, stand beside it."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "problem_too_large": _("The file is larger than a package may be."),
        "problem_not_opened": _("The file is no archive, or it arrived incomplete. Ask for it once more."),
        "problem_file_missing": _("This file is missing from the package."),
        "problem_archive_written": _("Something lies before, between or behind the files of the package."),
        "problem_file_strange": _("This file does not belong into a package."),
        "problem_file_twice": _("This file is in the package twice."),
        "problem_file_packed": _("This file is packed or locked; a package holds plain files."),
        "problem_file_unreadable": _("This file cannot be read as what it should be."),
        "problem_file_written": _("This file was written anew by something else than the product."),
        "problem_file_other": _("This file was altered: its size or SHA-256 is not the one that the manifest lists."),
        "problem_manifest_field": _("The manifest says %(told)s; the files of the package say %(found)s."),
        "problem_manifest_list": _("The manifest lists other files than a package has."),
        "problem_signature_broken": _("The manifest was altered after it was signed: the signature does not fit it."),
        "problem_signature_key": _("The manifest names another key than the one that signed it."),
        "problem_signature_fingerprint": _("The fingerprint is not that of the key in the package."),
        "problem_log_order": _("An event is missing from the audit log here, was inserted, or is of another log."),
        "problem_log_chain": _("This event of the audit log does not follow from the one before it."),
        "problem_log_content": _("This event of the audit log was altered."),
        "problem_log_end": _("The audit log does not end with the event that the manifest names: its end was altered."),
        "problem_run_recounted": _(
            "Counted again it comes to something else at “%(place)s”: %(counted)s instead of %(told)s."
        ),
        "problem_run_frozen": _("These scores and rules are not those that the audit log says were frozen."),
        "problem_run_changed": _("The result was altered after it was made."),
        "problem_decision_strange": _("The places rest on a decision that the audit log does not tell of like this."),
        "problem_decision_missing": _("It leaves out what the plenary decided about %(subject)s."),
        "problem_winners_others": _("By the decided places the winners within the quota are: %(names)s."),
        "problem_winners_quota": _("The category hands over %(logged)s by the audit log, not %(told)s."),
        "problem_winners_category": _("The category is called %(name)s in the result."),
        "problem_winners_shape": _(
            "This winner is not told in full, is told with more than is asked, or lies in another province."
        ),
        "problem_certificate_twice": _("A certificate is listed twice."),
        "problem_certificate_missing": _("This certificate was issued, but is missing from the list."),
        "problem_certificate_other": _("This certificate is not the one that the audit log says was issued."),
        "problem_evidence_stranger": _("This evidence is of nominee %(number)s, who is no winner."),
        "problem_evidence_other": _("This evidence is not what the audit log says was brought forward."),
        "problem_edition": _("It belongs to another edition: %(edition)s."),
        "problem_province": _("There is no province with the code %(province)s here."),
    }
)
