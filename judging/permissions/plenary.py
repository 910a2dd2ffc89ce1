"""Who has a part in the plenary beyond opening and recording it: a seat's vote, and the second word on the result."""

from datetime import datetime

from judging.models import Seat
from judging.selectors.panels import seating_on
from nominees.core.lifecycle import Act
from nominees.models import Round
from nominees.permissions import has_role, state_allows
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal
from paritrana.kernel.wording import local_day

from .base import SECRETARIAT, counts_for_real, is_secretary


def is_second_officer(user: User, round: Round, *, at: datetime) -> Verdict:
    """Whoever holds the secretary's seat at ``at``, or one of the secretariat. One query."""
    second = ALLOWED if is_secretary(user, round, at) else has_role(user, round, *SECRETARIAT)
    return first_refusal(second, counts_for_real(round))


def can_countersign(user: User, round: Round, *, at: datetime, confirmed_by_id: int | None) -> Verdict:
    """A second officer, in the plenary; never the person ``confirmed_by_id`` who had the first word."""
    own = Verdict("countersigner_confirmed") if user.pk == confirmed_by_id else ALLOWED
    return first_refusal(is_second_officer(user, round, at=at), state_allows(round, Act.DECIDE), own)


def can_draft_minutes(user: User, round: Round, *, at: datetime) -> Verdict:
    """The chair, a second officer, in the plenary: the draft shows what they are about to sign."""
    officer = has_role(user, round, Role.CHAIR) or is_second_officer(user, round, at=at)
    return first_refusal(officer, state_allows(round, Act.DECIDE))


def can_record_hands(user: User, round: Round, *, is_secret: bool) -> Verdict:
    """Chair or secretariat record an open vote, in the plenary; a secret one is recorded by nobody."""
    recorder = has_role(user, round, Role.CHAIR, *SECRETARIAT)
    secret = Verdict("secret_ballot_is_the_members") if is_secret else ALLOWED
    return first_refusal(recorder, state_allows(round, Act.DECIDE), secret)


def can_cast_ballot(user: User, round: Round, seat: Seat, *, is_secret: bool, at: datetime) -> Verdict:
    """Whoever holds ``seat`` at ``at``; in an open vote the recorder too. Up to two queries."""
    seating = seating_on(seat, local_day(at, round.time_zone))
    if seating and seating.user_id == user.pk:
        return first_refusal(has_role(user, round, Role.PANEL_MEMBER, Role.CHAIR), state_allows(round, Act.DECIDE))
    return can_record_hands(user, round, is_secret=is_secret)
