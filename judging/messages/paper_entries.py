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
    }
)
