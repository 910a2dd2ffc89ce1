"""What the permissions of every subject are made of."""

from datetime import datetime

from judging.models import Office
from judging.selectors.panels import holds_office, off_duty_chairs
from nominees.core.lifecycle import Act, State
from nominees.models import Round
from nominees.permissions import has_role, state_allows
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal
from paritrana.kernel.wording import local_day

SECRETARIAT = (Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT)

#: From here on nothing about the result changes.
AFTER_DECISION = frozenset({State.DECIDED, State.ANNOUNCED, State.CLOSED})


def secretariat_may(user: User, round: Round, act: Act) -> Verdict:
    """The secretariat, while ``act`` has its place in the round's state."""
    return first_refusal(has_role(user, round, *SECRETARIAT), state_allows(round, act))


def counts_for_real(round: Round) -> Verdict:
    """A practice round gives no roles and comes to no result, whoever asks."""
    return Verdict("not_in_practice") if round.practice else ALLOWED


def is_secretary(user: User, round: Round, at: datetime) -> bool:
    """Whether ``user`` holds the secretary's seat on the local day of ``at``. One query."""
    return holds_office(user, round, Office.SECRETARY, local_day(at, round.time_zone))


def presides(user: User, round: Round, at: datetime) -> Verdict:
    """The chair, from the first to the last day on the chair's seat where it has been given to this person."""
    chair = has_role(user, round, Role.CHAIR)
    if chair and off_duty_chairs(round, local_day(at, round.time_zone)).filter(user=user).exists():
        return Verdict("chair_not_in_office")
    return chair
