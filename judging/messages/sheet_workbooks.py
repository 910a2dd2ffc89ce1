"""Sentences about the workbook in which a member fills in sheets without network."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "no_sheets_that_day": _("You have no sheets on this day. Choose another day."),
        "workbook_not_ours": _(
            "This is not a workbook downloaded here, or its hidden sheet was changed."
            " Download it again and copy your marks into it."
        ),
        "workbook_of_another_round": _("This workbook belongs to another round. Send it there."),
        "workbook_of_another_member": _(
            "This workbook belongs to another member or seat. Each member sends the own workbook."
        ),
        "workbook_of_another_day": _("This workbook is of another day. Choose the day for which it was downloaded."),
        "workbook_sheet_foreign": _("This sheet was not in the downloaded workbook. Delete it."),
        "workbook_sheet_missing": _("This sheet is missing or has another name. Download the workbook again."),
        "workbook_sheet_altered": _(
            "Rows or columns of this sheet were moved. Download the workbook again and copy your marks into it."
        ),
        "workbook_cell_outside": _("Something stands outside the table. Delete it, or write it as a note."),
        "workbook_cell_date": _("The mark was turned into a date. Format the cell as a number and type it again."),
        "workbook_notes_too_long": _("The notes in this workbook are too long altogether. Shorten them."),
        "workbook_sheet_moved_on": _("It was saved elsewhere since the comparison. Send the workbook again."),
        "workbook_cell_not_taken": _("This cell cannot be taken as it stands. Ask the member to correct it."),
        "workbook_of_nobody": _("Whoever downloaded this workbook does not hold the seat today. Nobody can take it."),
        "member_hands_in_no_workbook": _("Whoever has a seat in the panel hands in no workbook of another member."),
        "handed_workbook_unknown": _("No such workbook was handed in for you."),
        "handed_workbook_settled": _("This workbook waits no more: it was taken, turned down or dropped."),
        "handed_workbook_reason_missing": _("Say why you turn the workbook down."),
        "workbook_check_outdated": _("The comparison is too old or not yours. Send the workbook again."),
    }
)
