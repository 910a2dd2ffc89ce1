"""The conditions of a step in words, each unmet one with the way to where it is mended."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from judging.selectors.unmet import Unmet
from nominees.core.lifecycle import Transition
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.kernel.sentences import sentence

#: From here on the missing things of one condition are folded.
MANY = 5

CONDITIONS = {
    "categories_present": gettext_lazy("There are categories."),
    "rules_complete": gettext_lazy("The rules are complete."),
    "rubrics_assigned": gettext_lazy("Every category has its rubric."),
    "seats_filled": gettext_lazy("Every seat is filled or declared vacant."),
    "nominations_present": gettext_lazy("There are nominees in the running."),
    "all_screened": gettext_lazy("Every nominee is screened."),
    "recusals_confirmed": gettext_lazy("Every recusal is settled."),
    "no_open_drafts": gettext_lazy("No sheet is a draft."),
    "secretariat_scores_confirmed": gettext_lazy("Every administrative score is entered twice and agrees."),
    "indicators_complete": gettext_lazy("Every indicator has its counts."),
    "quorum_reached": gettext_lazy("Every nominee in the running has its quorum or an exception."),
    "attendance_recorded": gettext_lazy("The plenary's attendance is recorded."),
    "ties_settled": gettext_lazy("Every tie that holds a title is settled."),
    "minutes_issued": gettext_lazy("The minutes are issued."),
    "certificates_issued": gettext_lazy("Every award has its certificate."),
    "winners_forwarded": gettext_lazy("The winners are sent to the national round."),
}


def conditions(round: Round, step: Transition, unmet: Iterable[Unmet]) -> list[dict[str, Any]]:
    """Return each condition of ``step`` with whether it is met and, if not, everything that is missing."""
    missing: dict[str, list[dict[str, str]]] = {code: [] for code in step.conditions}
    for one in unmet:
        missing[one.condition].append(
            {"text": sentence(one.code, one.facts), "url": round_url(one.page, round, **one.where)}
        )
    return [
        {"text": CONDITIONS[code], "met": not items, "items": items, "many": len(items) > MANY}
        for code, items in missing.items()
    ]
