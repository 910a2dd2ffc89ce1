"""When a vote carries a motion."""

from judging.core.votes import Votes
from paritrana.kernel.errors import DomainError

__all__ = ["DecisionWithoutReason", "MotionRejected", "TooManyVotes", "Votes", "check_votes"]


class DecisionWithoutReason(DomainError):
    """Every decision carries the reason that the minutes print."""

    code = "decision_without_reason"


class MotionRejected(DomainError):
    """Not more votes in favour than against; facts ``votes_for``, ``votes_against``."""

    code = "motion_rejected"


class TooManyVotes(DomainError):
    """More votes than seats that may vote on this; facts ``votes``, ``seats``."""

    code = "too_many_votes"


def check_votes(votes: Votes, seats: int, reason: str) -> None:
    """Refuse a vote without a reason, with more votes than the ``seats`` that may vote, or without a majority.

    Raises :class:`DecisionWithoutReason`, :class:`TooManyVotes`, :class:`MotionRejected`.
    """
    if not reason.strip():
        raise DecisionWithoutReason()
    if votes.total > seats or min(votes.in_favour, votes.against, votes.abstentions) < 0:
        raise TooManyVotes(votes=votes.total, seats=seats)
    if not votes.carries:
        raise MotionRejected(votes_for=votes.in_favour, votes_against=votes.against)
