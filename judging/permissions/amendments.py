"""Who asks for amendments of minutes, and who confirms them; that these are two people, the service says."""

from datetime import datetime

from nominees.core.lifecycle import Act
from nominees.models import Round
from nominees.permissions import has_role, state_allows
from paritrana.accounts.models import User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from .base import SECRETARIAT, counts_for_real, is_secretary, presides


def can_amend_minutes(user: User, round: Round, *, at: datetime) -> Verdict:
    """The secretariat, whoever is chair or holds the secretary's seat at ``at``, once decided."""
    return first_refusal(_officer(user, round, at), counts_for_real(round), state_allows(round, Act.ISSUE_DOCUMENTS))


def _officer(user: User, round: Round, at: datetime) -> Verdict:
    """As secretariat, as secretary, else as chair: the last one's refusal says why."""
    if has_role(user, round, *SECRETARIAT) or is_secretary(user, round, at):
        return ALLOWED
    return presides(user, round, at)
