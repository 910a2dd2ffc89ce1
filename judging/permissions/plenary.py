"""Who has a part in the plenary beyond opening and recording it: a seat's vote, and the second word on the result."""

from datetime import datetime

from nominees.core.lifecycle import Act
from nominees.models import Round
from nominees.permissions import has_role, state_allows
from paritrana.accounts.models import User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from .base import SECRETARIAT, counts_for_real, is_secretary


def is_second_officer(user: User, round: Round, *, at: datetime) -> Verdict:
    """Whoever holds the secretary's seat at ``at``, or one of the secretariat. One query."""
    second = ALLOWED if is_secretary(user, round, at) else has_role(user, round, *SECRETARIAT)
    return first_refusal(second, counts_for_real(round))


def can_countersign(user: User, round: Round, *, at: datetime, confirmed_by_id: int | None) -> Verdict:
    """A second officer, in the plenary; never the person ``confirmed_by_id`` who had the first word."""
    own = Verdict("countersigner_confirmed") if user.pk == confirmed_by_id else ALLOWED
    return first_refusal(is_second_officer(user, round, at=at), state_allows(round, Act.DECIDE), own)
