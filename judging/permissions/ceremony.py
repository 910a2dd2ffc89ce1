"""Who prepares, rehearses and runs the ceremony, who hands certificates out, and who looks on."""

from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.permissions import has_role
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from .base import AFTER_DECISION, SECRETARIAT, counts_for_real

#: A ceremony is prepared and rehearsed while the panel still judges; its names come with the decision.
PREPARED_IN = frozenset({State.SCORING, State.PLENARY, State.DECIDED, State.ANNOUNCED})


def can_see_ceremony(user: User, round: Round) -> Verdict:
    """Organiser, secretariat and chair, of a round that counts, from scoring on."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT, Role.CHAIR),
        counts_for_real(round),
        _stands(round, PREPARED_IN | AFTER_DECISION),
    )


def can_prepare_ceremony(user: User, round: Round) -> Verdict:
    """Running order, words and rehearsals: organiser and secretariat, until the round is closed."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT), counts_for_real(round), _stands(round, PREPARED_IN)
    )


def can_see_winners_of_ceremony(user: User, round: Round) -> Verdict:
    """Guests, papers and certificates taken: those who see the ceremony, once there are names."""
    return first_refusal(can_see_ceremony(user, round), _stands(round, AFTER_DECISION))


def can_run_ceremony(user: User, round: Round) -> Verdict:
    """Guests, the show that counts, certificates handed out: organiser and secretariat, decided but not closed."""
    return first_refusal(can_prepare_ceremony(user, round), _stands(round, AFTER_DECISION))


def _stands(round: Round, states: frozenset[State]) -> Verdict:
    return ALLOWED if round.state in states else Verdict("not_in_this_state")
