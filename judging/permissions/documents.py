"""Who numbers papers. Who issues and reads them stands with the first permissions."""

from judging.permissions.base import SECRETARIAT, counts_for_real
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.permissions import has_role
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal


def can_set_numbers(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, until the round is closed."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT),
        counts_for_real(round),
        Verdict("not_in_this_state") if round.state == State.CLOSED else ALLOWED,
    )
