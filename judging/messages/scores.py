"""Sentences about score sheets and administrative scores."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "sheet_not_found": _("There is no such sheet for you."),
        "nominee_not_scored": _("%(nominee)s is neither in the running nor outside the ranking and is not scored."),
        "seat_recused": _("You declared a conflict of interest with %(nominee)s and do not score this nominee."),
        "seat_absent": _(
            "Your seat is recorded as absent at the interview of %(nominee)s."
            " If that is wrong, ask the secretariat to correct the attendance."
        ),
        "not_seated_here": _("Your seat does not take part in the interview of %(nominee)s. Ask the secretariat."),
        "rubric_missing": _("The category %(category)s has no rubric yet. Ask the secretariat."),
        "sheet_has_problems": _("The sheet was not saved. Correct what is marked and save again."),
        "sheet_changed_meanwhile": _(
            "This sheet was saved elsewhere meanwhile. Nothing was overwritten: choose which marks hold."
        ),
        "sheet_already_submitted": _(
            "The sheet for %(nominee)s is submitted. Ask for it to be opened again if it has to change."
        ),
        "sheet_closed": _("The plenary has opened: the sheet for %(nominee)s does not change any more."),
        "request_key_in_use": _("This page was used for another sheet. Open the sheet again."),
        "request_key_malformed": _("The form is incomplete. Open the sheet again."),
        "cell_unknown_reference": _("This criterion is not in the rubric."),
        "cell_not_panel": _("This criterion is not scored by the panel."),
        "cell_malformed": _("Write a number, such as 80 or 87,5."),
        "cell_float_input": _("Write a number, such as 80 or 87,5."),
        "cell_score_range": _("%(value)s is outside the scale from %(min)s to %(max)s."),
        "cell_score_step": _("%(value)s is between two steps; from %(min)s on the scale goes in steps of %(step)s."),
        "cell_value_missing": _("Enter a value."),
        "cell_value_unexpected": _("Remove the value, or do not mark the criterion as not applicable."),
        "cell_not_applicable": _("This criterion applies to everybody."),
        "cell_reason_required": _("Say why the criterion is not applicable."),
        "cell_state_not_for_member": _("Absence and conflicts of interest are recorded by the secretariat."),
        "cell_text_too_long": _("The note is too long: at most %(most)s characters."),
        "cell_not_entered": _("Not scored yet."),
        "cell_note_required": _("%(value)s lies outside the usual %(low)s to %(high)s. Write a note that says why."),
        "criterion_not_secretariat": _("This criterion has no administrative score in the rubric of the category."),
        "secretariat_score_invalid": _("%(value)s is no score on the scale from %(min)s to %(max)s."),
        "nominee_has_no_secretariat_score": _("%(nominee)s is neither in the running nor outside the ranking."),
        "entered_by_you_already": _("You entered this score already. The second entry must come from somebody else."),
        "both_turns_entered": _("Two people have entered this score. One of them can correct the own figure."),
        "no_own_entry": _("You have not entered this score, so there is nothing of yours to correct."),
        "correction_reason_missing": _("Say why the score is corrected."),
    }
)
