"""Sentences about paper score sheets that are typed in."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "paper_sheet_unknown": _("No sheet of this round has this code. Compare it with the paper, letter by letter."),
        "paper_sheet_outdated": _(
            "This paper was printed from another version of the rubric than the one by which %(nominee)s is judged."
            " Ask the member to fill in a new sheet."
        ),
        "paper_seat_has_no_sheet": _(
            "%(seat)s does not score %(nominee)s: a conflict of interest, an absence, or not part of the interview."
        ),
        "paper_for_correction": _(
            "The sheet for %(nominee)s was reopened. Its member corrects it on the sheet's page."
        ),
        "member_types_no_paper": _("Whoever has a seat in the panel does not type in paper sheets."),
        "paper_typed_by_you": _("You typed this paper sheet in already. The next step is somebody else's."),
        "paper_entries_final": _("Two people have typed this paper sheet in. Nothing is typed over their entries."),
        "no_own_paper_entry": _("You have not typed this paper sheet in, so there is nothing of yours to correct."),
        "paper_not_complete": _("The second entry of this paper sheet is missing."),
        "paper_submitted_already": _("This paper sheet was submitted already."),
        "paper_reason_missing": _("Say what you saw on the paper."),
        "paper_draft_online": _(
            "The member saved a draft for %(nominee)s online. Ask the member which one holds;"
            " then say that the paper replaces the draft, or leave it."
        ),
        "paper_holder_changed": _(
            "Somebody else holds the seat on the day of the interview than when this paper for %(nominee)s was first"
            " typed in. Discard it, and ask the present holder for a new sheet."
        ),
        "paper_discard_reason_missing": _("Give the reason."),
        "paper_never_typed": _("This paper sheet has not been typed in yet."),
        "unmet_paper_open": _(
            "The paper sheet of %(seat)s on %(nominee)s was typed in, but it is neither submitted nor discarded."
        ),
        "scan_not_taken": _("The file cannot be taken: it has to be a PDF, JPEG or PNG of at most 10 MB that opens."),
        "scan_empty": _("The file is empty."),
        "scan_too_large": _("The file is larger than 10 MB. Scan in grey, at 200 dots an inch."),
        "scan_kind_unknown": _("This is no PDF, JPEG or PNG."),
        "scan_damaged": _("The file is cut off or damaged. Scan the paper again."),
        "scan_locked": _("The PDF is locked by a password. Save it without one."),
        "scan_attached_already": _("This very file is attached to this paper sheet already."),
        "scan_of_another_sheet": _(
            "This very file is attached to the paper sheet of %(seat)s on %(nominee)s. A scan holds one sheet alone:"
            " strike it out there, or scan this sheet by itself."
        ),
        "scan_struck_reason_missing": _("Give the reason."),
        "scan_struck_already": _("This scan was struck out already."),
        "scan_struck_out": _("This scan was struck out. It opens for nobody before scores are open."),
        "scan_discarded": _("This paper was discarded. Its scan opens for nobody before scores are open."),
        "scan_shows_marks": _("A scan shows marks. It opens for whoever may see these marks now."),
        "scan_file_damaged": _(
            "The stored scan %(sha256)s is missing or differs from what was attached. Tell the platform administrator"
            " at once: it must be restored from a backup."
        ),
    }
)
