"""How a vote ends: the motion gets its last state, and no ballot changes any more."""

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from judging import audit_actions
from judging.models import Ballot, Decision, Motion, MotionState, SecretBallot
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.transactions import require_transaction


def write_box(motion: Motion, choices: Iterable[str], *, is_final: bool = False) -> None:
    """Write the whole box of a secret vote anew, in the order of the choices and under new random keys.

    A row that was only added would stand behind those before it: its place on the disk would tell whose it is, beside
    the times at which the seats voted.
    """
    require_transaction()
    papers = sorted(choices)
    SecretBallot.objects.filter(motion=motion).delete()
    SecretBallot.objects.bulk_create(
        SecretBallot(id=uuid4(), motion=motion, choice=choice, is_final=is_final) for choice in papers
    )


def end_motion(
    motion: Motion,
    state: MotionState,
    *,
    actor: User,
    at: datetime,
    not_voting: int = 0,
    decision: Decision | None = None,
) -> Motion:
    """Close ``motion`` in ``state``, inside the caller's transaction."""
    require_transaction()
    if motion.is_secret:
        write_box(motion, list(motion.secret_ballots.values_list("choice", flat=True)), is_final=True)
    Ballot.objects.filter(motion=motion, is_final=False).update(is_final=True)
    motion.state, motion.closed_by, motion.closed_at = state, actor, at
    motion.not_voting, motion.decision = not_voting, decision
    motion.save(update_fields=["state", "closed_by", "closed_at", "not_voting", "decision"])
    return motion


def withdraw(motion: Motion, *, round: Round, actor: User, at: datetime) -> Motion:
    """End ``motion`` without a count; it stays readable. Inside the caller's transaction."""
    end_motion(motion, MotionState.WITHDRAWN, actor=actor, at=at)
    payload = {"motion": motion.number}
    record(action=audit_actions.MOTION_WITHDRAWN, actor=actor, at=at, target=motion, chain=round.scope, payload=payload)
    return motion


def drop_open_motions(*, round: Round, actor: User, at: datetime) -> None:
    """Withdraw the open motion of a plenary that is given up, inside the caller's transaction."""
    for motion in Motion.objects.filter(plenary__tabulation__round=round, state=MotionState.OPEN):
        withdraw(motion, round=round, actor=actor, at=at)
