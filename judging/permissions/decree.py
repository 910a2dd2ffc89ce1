"""Who writes the words of the decree."""

from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.permissions import has_role
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from .base import SECRETARIAT, counts_for_real

#: From the meeting on, when there is something to decree, until the round is closed.
WRITTEN_IN = frozenset({State.PLENARY, State.DECIDED, State.ANNOUNCED})


def can_write_decree(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, from the plenary on to the announcement."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT),
        counts_for_real(round),
        ALLOWED if State(round.state) in WRITTEN_IN else Verdict("not_in_this_state"),
    )
