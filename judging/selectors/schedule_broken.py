"""Interviews of the draft that do not hold any more, whoever placed them: what a repair sets right."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from judging.core.scheduling import check
from judging.core.scheduling.problem import Severity
from judging.models import InterviewState
from nominees.models import Nomination, Round

from .interviews import Placing
from .schedule import NamedViolation, named, together
from .schedule_draft import Draft, draft_of
from .schedule_hand import clash_of
from .scheduling_problem import levels_of

#: A repair sets right what a schedule may not be, and what it may be on somebody's word alone.
SERIOUS = (Severity.FORBIDDEN, Severity.CONFIRM)


@dataclass(frozen=True, slots=True)
class Broken:
    """What does not hold, in the order of the rules, and who has no interview.

    ``ahead``: the nominations of the interviews that can still be changed, by id.
    """

    violations: tuple[NamedViolation, ...]
    unplaced: tuple[Nomination, ...]
    ahead: Mapping[int, Nomination]


def broken_of(round: Round, *, at: datetime) -> Broken:
    """Return what does not hold in the draft of ``round`` and can still be changed ``at`` that moment.

    The rules are asked as a computation is: where the secretariat said nothing, a panel below the quorum does not hold.
    The same number of queries for any number of rows.
    """
    draft = draft_of(round)
    ahead = {
        one.nomination.pk: one.nomination
        for one in draft.interviews
        if one.state == InterviewState.PLANNED and one.starts_at > at
    }
    found = [
        one for one in _violations(draft) if one.severity in SERIOUS and not ahead.keys().isdisjoint(one.nominations)
    ]
    placed = draft.interview_of
    unplaced = tuple(one for one in draft.material.nominations if one.pk not in placed)
    return Broken(tuple(found), unplaced, ahead)


def _violations(draft: Draft) -> tuple[NamedViolation, ...]:
    if draft.settings is None:
        return draft.violations()
    asked = draft.asked
    problem = replace(asked.problem, levels=levels_of(draft.settings))
    clashes = [*asked.misshapen]
    clashes += [clash_of(one, draft.material) for one in check.violations(problem, asked.placements) if one.slot]
    placings: dict[int, Placing] = {one.nomination.pk: one.placing for one in draft.interviews}
    return together(named(one, placings, draft.seat_names, draft.round) for one in clashes)
