"""The life of a round as one table: states, what may happen in them, and how a round moves on.

Pure data (``docs/lifecycle.md`` is printed from it). Conditions are codes; ``judging.selectors.readiness`` says which
of them are not met, and where each is mended.
"""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a round stands."""

    PREPARATION = "preparation"
    NOMINATION = "nomination"
    SCORING = "scoring"
    PLENARY = "plenary"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    CLOSED = "closed"


class Act(StrEnum):
    """What people do in a round; :data:`ALLOWED_IN` says when."""

    DRAFT_RULES = "draft_rules"
    SET_DATES = "set_dates"
    SET_ZONES = "set_zones"
    SEAT_PANEL = "seat_panel"
    IMPORT_NOMINEES = "import_nominees"
    EDIT_NOMINEES = "edit_nominees"
    ENTER_INDICATORS = "enter_indicators"
    BRING_EVIDENCE = "bring_evidence"
    DECLARE_RECUSAL = "declare_recusal"
    SCHEDULE = "schedule"
    SCORE = "score"
    REOPEN = "reopen"
    ENTER_SECRETARIAT_SCORES = "enter_secretariat_scores"
    RECORD_EXCEPTION = "record_exception"
    DECIDE = "decide"
    ISSUE_DOCUMENTS = "issue_documents"
    FORWARD = "forward"


_P, _N, _S, _L = State.PREPARATION, State.NOMINATION, State.SCORING, State.PLENARY
_D, _A = State.DECIDED, State.ANNOUNCED

ALLOWED_IN: dict[Act, frozenset[State]] = {
    Act.DRAFT_RULES: frozenset({_P}),
    Act.SET_DATES: frozenset({_P, _N}),
    Act.SET_ZONES: frozenset({_P, _N}),
    Act.SEAT_PANEL: frozenset({_P, _N, _S}),
    Act.IMPORT_NOMINEES: frozenset({_N}),
    Act.EDIT_NOMINEES: frozenset({_N}),
    Act.ENTER_INDICATORS: frozenset({_N, _S}),
    Act.BRING_EVIDENCE: frozenset({_N, _S}),
    Act.DECLARE_RECUSAL: frozenset({_N, _S}),
    Act.SCHEDULE: frozenset({_N, _S}),
    Act.SCORE: frozenset({_S}),
    Act.REOPEN: frozenset({_S}),
    Act.ENTER_SECRETARIAT_SCORES: frozenset({_N, _S}),
    Act.RECORD_EXCEPTION: frozenset({_S}),
    Act.DECIDE: frozenset({_L}),
    Act.ISSUE_DOCUMENTS: frozenset({_D, _A}),
    Act.FORWARD: frozenset({_D, _A}),
}


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of a round: ``conditions`` must all hold, a person with one of ``roles`` takes it.

    ``second_person`` marks a step backwards: one person asks with a reason, another confirms. ``countersigned``: the
    word of one of ``roles`` is among the conditions, and a second officer takes the step with his own.
    """

    source: State
    target: State
    roles: tuple[str, ...]
    conditions: tuple[str, ...] = ()
    second_person: bool = False
    countersigned: bool = False


#: The two words that make a result: everything else has to hold before the first of them.
SIGNATURES = ("chair_confirmed", "countersigned")

TRANSITIONS: tuple[Transition, ...] = (
    Transition(_P, _N, ("secretariat",), ("categories_present", "rules_complete", "rubrics_assigned", "seats_filled")),
    Transition(
        _N,
        _S,
        ("secretariat",),
        ("nominations_present", "all_screened", "claims_verified", "recusals_confirmed"),
    ),
    Transition(
        _S,
        _L,
        ("chair",),
        (
            "recusals_confirmed",
            "reopenings_settled",
            "no_open_drafts",
            "papers_settled",
            "secretariat_scores_confirmed",
            "indicators_complete",
            "quorum_reached",
        ),
    ),
    Transition(
        _L,
        _D,
        ("chair",),
        ("attendance_recorded", "motions_closed", "ties_settled", *SIGNATURES),
        countersigned=True,
    ),
    Transition(_D, _A, ("organiser",), ("minutes_issued", "certificates_issued")),
    Transition(_A, State.CLOSED, ("secretariat",), ("winners_forwarded",)),
    Transition(_L, _S, ("secretariat", "chair"), second_person=True),
    Transition(_D, _L, ("secretariat", "chair"), second_person=True),
)


def may(act: Act, state: str) -> bool:
    """Whether ``act`` has its place in ``state``."""
    return State(state) in ALLOWED_IN[act]


def transition(source: str, target: str) -> Transition | None:
    """Return the transition from ``source`` to ``target``, if the table has one."""
    return next((step for step in TRANSITIONS if step.source == source and step.target == target), None)


def steps_from(state: str) -> tuple[Transition, ...]:
    """Return the transitions that leave ``state``, forwards first."""
    return tuple(step for step in TRANSITIONS if step.source == state)
