"""Sentences about rounds, their steps, and what keeps a step from being taken."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "standings_not_open_yet": _("Scores and places open with the plenary, once all sheets are closed."),
        "no_such_step": _("The round cannot take this step from its present state. Reload the page."),
        "step_taken_elsewhere": _("The plenary page takes this step."),
        "round_not_ready": _("The round cannot move on yet. Conditions not met: %(count)s."),
        "step_back_pending": _("A step back waits for a second person. Confirm or withdraw it first."),
        "step_back_reason_missing": _("Give the reason for the step back."),
        "second_person_needed": _("You asked for this step back. A second person confirms it."),
        "step_back_settled": _("This step back was already confirmed or withdrawn. Reload the page."),
        "interview_outside_days": _("The interview of %(nominee)s is on %(day)s. Move it first, or keep that day."),
        "winners_already_forwarded": _("Winners are already in the national round. The decision stays as it is."),
    }
)

register(
    {
        "unmet_categories_missing": _("There is no category yet."),
        "unmet_rules_missing": _("The round has no rules yet."),
        "unmet_rules_titles_missing": _("The rules name %(titles)s titles, but a category has %(places)s places."),
        "unmet_rules_criterion_unknown": _("The tie chain names %(criterion)s, which is in no rubric."),
        "unmet_rubric_missing": _("%(category)s has no rubric."),
        "unmet_pool_rubrics_differ": _("The categories of %(pool)s are judged by different rubrics."),
        "unmet_seats_missing": _("The panel has %(seats)s of %(needed)s seats."),
        "unmet_chair_missing": _("Nobody holds the chair's seat."),
        "unmet_seat_empty": _("%(seat)s: nobody holds this seat, and it is not declared vacant."),
        "unmet_nominations_missing": _("Nobody is in the running."),
        "unmet_not_screened": _("%(nominee)s waits for screening."),
        "unmet_recusal_waiting": _("The recusal of %(seat)s for %(nominee)s waits for confirmation."),
        "unmet_draft_open": _("The sheet of %(seat)s on %(nominee)s is a draft."),
        "unmet_secretariat_score_open": _("%(nominee)s: two people must enter the same score for %(criterion)s."),
        "unmet_indicator_missing": _("%(nominee)s: the counts for %(criterion)s are missing."),
        "unmet_quorum_short": _(
            "%(nominee)s has %(have)s of %(needed)s scores. Collect them or record an exception with its reason."
        ),
        "unmet_plenary_missing": _("The plenary has not been opened."),
        "unmet_attendance_missing": _("The plenary's attendance does not tell of %(seat)s."),
        "unmet_tie_open": _("%(subject)s: the plenary settles place %(place)s between %(nominees)s."),
        "unmet_motion_open": _("The vote on motion %(number)s is open: close or withdraw it."),
        "unmet_chair_word_missing": _("The chair has not confirmed the result yet."),
        "unmet_countersign_missing": _("No second officer has countersigned yet."),
        "unmet_minutes_missing": _("The minutes have not been issued."),
        "unmet_decree_missing": _("The decree has not been issued."),
        "unmet_decree_incomplete": _("The decree lacks its number, its date or who signs it."),
        "unmet_certificate_missing": _("The certificate for %(title)s, %(nominee)s, has not been issued."),
        "unmet_winner_not_forwarded": _("%(nominee)s (%(category)s) has not been sent to the national round."),
    }
)
