"""The conditions of a step in words, each unmet one with the way to where it is mended."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from judging import permissions
from judging.permissions.national import can_see_claims
from judging.selectors.unmet import Unmet
from nominees.core.lifecycle import Transition
from nominees.models import Level, Round
from nominees.permissions import can_enter_indicators
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import User
from paritrana.kernel.sentences import sentence

#: From here on the missing things of one condition are folded.
MANY = 5

#: Conditions that a round of this level meets by what it is: nothing to say of them there.
FOREIGN = {"claims_verified": Level.PROVINCIAL, "winners_forwarded": Level.NATIONAL}

#: Pages that not everybody who reads the conditions may open.
OPENED_BY = {
    "judging:paper_entries": permissions.can_type_paper,
    "judging:secretariat_scores": permissions.can_enter_secretariat_scores,
    "judging:forwarding": permissions.can_see_forwarding,
    "judging:claims": can_see_claims,
    "judging:claims_of": can_see_claims,
    "nominees:indicators": can_enter_indicators,
}

CONDITIONS = {
    "categories_present": gettext_lazy("There are categories."),
    "rules_complete": gettext_lazy("The rules are complete."),
    "rubrics_assigned": gettext_lazy("Every category has its rubric."),
    "seats_filled": gettext_lazy("Every seat is filled or declared vacant."),
    "nominations_present": gettext_lazy("There are nominees in the running."),
    "all_screened": gettext_lazy("Every nominee is screened."),
    "claims_verified": gettext_lazy("What provinces claim for their winners is verified."),
    "recusals_confirmed": gettext_lazy("Every recusal is settled."),
    "reopenings_settled": gettext_lazy("Every request to reopen a sheet is answered."),
    "no_open_drafts": gettext_lazy("No sheet is a draft."),
    "papers_settled": gettext_lazy("Every paper sheet that was typed in is submitted or discarded."),
    "secretariat_scores_confirmed": gettext_lazy("Every administrative score is entered twice and agrees."),
    "indicators_complete": gettext_lazy("Every indicator has its counts."),
    "quorum_reached": gettext_lazy("Every nominee in the running has its quorum or an exception."),
    "attendance_recorded": gettext_lazy("The plenary's attendance is recorded."),
    "motions_closed": gettext_lazy("No vote is open."),
    "ties_settled": gettext_lazy("Every tie that holds a title is settled."),
    "chair_confirmed": gettext_lazy("The chair has confirmed the result."),
    "countersigned": gettext_lazy("A second officer has countersigned."),
    "minutes_issued": gettext_lazy("The minutes are issued."),
    "certificates_issued": gettext_lazy("Every award has its certificate."),
    "winners_forwarded": gettext_lazy("The winners are sent to the national round."),
}


def conditions(round: Round, step: Transition, unmet: Iterable[Unmet], user: User) -> list[dict[str, Any]]:
    """Return each condition of ``step`` that ``round`` can miss, whether it is met and, if not, all that is missing.

    The way to where it is mended is there if ``user`` may go it.
    """
    missing: dict[str, list[dict[str, str]]] = {
        code: [] for code in step.conditions if FOREIGN.get(code) != round.level
    }
    closed = {page for page, permission in OPENED_BY.items() if not permission(user, round)}
    for one in unmet:
        url = "" if one.page in closed else round_url(one.page, round, **one.where)
        missing[one.condition].append({"text": sentence(one.code, one.facts), "url": url})
    return [
        {"text": CONDITIONS[code], "met": not items, "items": items, "many": len(items) > MANY}
        for code, items in missing.items()
    ]
