"""Who says how certificates look."""

from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.permissions import has_role
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from .base import SECRETARIAT

#: Once a result is announced, certificates look as those that were handed over.
DESIGNED_IN = frozenset({State.NOMINATION, State.SCORING, State.PLENARY, State.DECIDED})


def can_see_certificate_designs(user: User, round: Round) -> Verdict:
    """Organiser and secretariat."""
    return has_role(user, round, Role.ORGANISER, *SECRETARIAT)


def can_design_certificates(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, from nomination until the result is announced."""
    in_time = ALLOWED if State(round.state) in DESIGNED_IN else Verdict("not_in_this_state")
    return first_refusal(can_see_certificate_designs(user, round), in_time)
