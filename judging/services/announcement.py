"""The last two steps of a round: the organiser announces, the secretariat closes."""

from datetime import datetime

from judging.models import StateChange
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.transactions import atomic_service

from .rounds import advance_round


@atomic_service
def announce(*, round: Round, actor: User, at: datetime) -> StateChange:
    """Announce the result: from now on anybody may check its papers, and its public pages are published.

    The pages are seen at once, or when their embargo ends. Errors as of ``advance_round``.
    """
    return advance_round(round=round, target=State.ANNOUNCED, actor=actor, at=at)


@atomic_service
def close_round(*, round: Round, actor: User, at: datetime) -> StateChange:
    """Close an announced round for good, once its winners were forwarded. Errors as of ``advance_round``."""
    return advance_round(round=round, target=State.CLOSED, actor=actor, at=at)
