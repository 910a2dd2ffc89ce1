"""Who says what the public reads of a result, and who publishes it."""

from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.permissions import has_role
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from .base import AFTER_DECISION, SECRETARIAT, counts_for_real

#: Before the plenary there is nothing to prepare; a closed round is only read.
PREPARED_IN = frozenset({State.PLENARY, State.DECIDED, State.ANNOUNCED})


def can_see_publication(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, from the plenary on."""
    return first_refusal(_works_on_it(user, round), _in(round, PREPARED_IN | AFTER_DECISION))


def can_set_publication(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, from the plenary on until the round is closed."""
    return first_refusal(_works_on_it(user, round), _in(round, PREPARED_IN))


def can_preview_publication(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, once there is a decision: a preview shows the winners."""
    return first_refusal(_works_on_it(user, round), _in(round, AFTER_DECISION))


def can_publish(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, while the round is announced; the first time it is a part of the announcement."""
    return first_refusal(_works_on_it(user, round), _in(round, frozenset({State.ANNOUNCED})))


def _works_on_it(user: User, round: Round) -> Verdict:
    return first_refusal(has_role(user, round, Role.ORGANISER, *SECRETARIAT), counts_for_real(round))


def _in(round: Round, states: frozenset[State]) -> Verdict:
    return ALLOWED if State(round.state) in states else Verdict("not_in_this_state")
