"""Sentences about the plenary and its decisions."""

from django.utils.translation import gettext_lazy as _

from paritrana.kernel.sentences import register

register(
    {
        "plenary_over": _("The plenary has been held and confirmed. Nothing was changed."),
        "plenary_not_in_force": _("This plenary is closed. Nothing was changed."),
        "not_in_tabulation": _("%(subject)s is not part of this tabulation yet."),
        "decision_without_reason": _("Give the reason: the minutes print it."),
        "motion_rejected": _(
            "There are not more votes in favour (%(votes_for)s) than against (%(votes_against)s): nothing is decided."
        ),
        "too_many_votes": _(
            "There are %(votes)s votes, but only %(seats)s seats may vote: those present and not recused."
        ),
        "attendance_missing": _("Record who is present before the first vote."),
        "not_this_tie": _("Order exactly the nominees that share the place, each once."),
        "later_decision_stands": _("A later decision rests on this one (%(subject)s). Withdraw that one first."),
        "quorum_not_missing": _("%(nominee)s has its quorum and needs no exception."),
        "decision_already_withdrawn": _("This decision was withdrawn before."),
        "deviation_impossible": _("Choose a ranked nominee and a position other than the one it holds."),
        "deviation_through_tie": _("A shared place lies in between. Settle that tie first."),
        "attendance_incomplete": _("Say of every seat whether it is present: %(seat)s is missing."),
        "seat_without_holder": _("%(seat)s: nobody holds this seat today, so nobody can be present for it."),
        "nobody_present": _("Somebody has to be present."),
        "attendance_contradicts_votes": _(
            "%(subject)s: a recorded decision had more votes than this attendance allows. Withdraw it first."
        ),
        "wrong_password": _("The password is not right. Nothing was confirmed."),
        "result_changed_meanwhile": _(
            "Something of the result changed after this page was loaded. Nothing was signed: read it again first."
        ),
        "special_award_incomplete": _("Give the title of the award, who receives it and what for."),
        "vote_is_open": _("The vote on motion %(number)s is open: close or withdraw it first."),
        "vote_closed": _("The vote on motion %(number)s is closed. Nothing was changed."),
        "seat_has_no_vote": _("%(seat)s has no vote here: it is not present, or recused for a nominee concerned."),
        "already_voted": _("%(seat)s has voted. A secret ballot is cast once."),
        "ballot_is_the_members": _("%(seat)s voted on the own device: only the member changes that."),
        "too_few_voted": _(
            "Only %(voted)s of the %(seats)s seats that may vote did; more than half must. Wait or withdraw the motion."
        ),
        "seats_still_to_vote": _("Not everybody has voted yet: %(seats)s. Wait, or say that they do not vote."),
        "secret_ballot_is_the_members": _("In a secret vote everybody votes for the own seat alone."),
        "chair_word_stands": _(
            "The chair has confirmed this result. Nothing changes unless the chair takes the confirmation back first."
        ),
        "chair_word_missing": _("The chair has not confirmed the result yet."),
        "countersigner_confirmed": _("You confirmed this result as its chair: somebody else countersigns."),
        "minutes_number_missing": _("Give the number of the minutes."),
    }
)
