"""What the plenary decided, each with its vote and reason, and the exceptions from the quorum before it.

Only seats that are present (before the plenary: that somebody holds) and not recused for any nominee concerned have a
vote. The meeting votes seat by seat (``services.motions``), which ends here; commands bring the counts themselves.
"""

from collections.abc import Sequence
from datetime import datetime

from judging import audit_actions, permissions
from judging.models import Decision, DecisionKind, Motion, MotionState, Plenary, SpecialAward
from judging.selectors.plenary import later_decisions, scoring_seats, shortfalls
from nominees.models import Category, Nomination, Pool, Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction

from .locks import locked_round
from .proposals import LaterDecisionStands, Move, Resolved, TieOrder, resolve
from .special_awards import make_special_award, supersede_special_awards
from .votes import Votes, check_votes


class PlenaryNotInForce(DomainError):
    """The plenary is over, or its tabulation was superseded."""

    code = "plenary_not_in_force"


class ChairWordStands(DomainError):
    """The chair has confirmed the result: nothing of the meeting changes until that is taken back."""

    code = "chair_word_stands"


class VoteIsOpen(DomainError):
    """A vote is open: it is closed or withdrawn first; fact ``number`` of the motion."""

    code = "vote_is_open"


class QuorumNotMissing(DomainError):
    """The nominee needs no exception; fact ``nominee``."""

    code = "quorum_not_missing"


class DecisionWithdrawn(DomainError):
    """It was withdrawn before."""

    code = "decision_already_withdrawn"


@atomic_service
def settle_tie(
    *,
    plenary: Plenary,
    subject: Category | Pool,
    order: Sequence[Nomination],
    votes: Votes,
    reason: str,
    actor: User,
    at: datetime,
) -> Decision:
    """Record the order, best first, of exactly the nominees of one tie.

    Raises :class:`NotThisTie`, and what every motion may raise: :class:`DecisionWithoutReason`,
    :class:`AttendanceMissing`, :class:`TooManyVotes`, :class:`MotionRejected`, :class:`LaterDecisionStands`,
    :class:`NotInTabulation`, :class:`PlenaryNotInForce`.
    """
    round = _open_plenary(plenary, actor)
    return carry(round, plenary, resolve(plenary, TieOrder(subject, order)), votes, reason, actor, at)


@atomic_service
def record_deviation(
    *,
    plenary: Plenary,
    subject: Category | Pool,
    nomination: Nomination,
    position: int,
    votes: Votes,
    reason: str,
    actor: User,
    at: datetime,
) -> Decision:
    """Record that ``nomination`` goes to ``position`` (from 1) against the computed order; those between move by one.

    Raises ``DeviationImpossible``, ``DeviationThroughTie`` and what :func:`settle_tie` raises for every motion.
    """
    round = _open_plenary(plenary, actor)
    found = resolve(plenary, Move(subject, nomination, position))
    return carry(round, plenary, found, votes, reason, actor, at)


@atomic_service
def record_quorum_exception(
    *, nomination: Nomination, votes: Votes, reason: str, actor: User, at: datetime
) -> Decision:
    """Record, while scoring, that ``nomination`` is ranked in spite of fewer scores than the quorum.

    Raises :class:`QuorumNotMissing`, :class:`DecisionWithoutReason`, :class:`TooManyVotes`, :class:`MotionRejected`.
    """
    round = locked_round(nomination.round_id)
    permissions.can_record_exception(actor, round).require()
    if not any(short.nomination.pk == nomination.pk for short in shortfalls(round)):
        raise QuorumNotMissing(nominee=str(nomination))
    check_votes(votes, len(scoring_seats(round, nomination, at)), reason)
    decision = Decision.objects.create(
        round=round,
        category_id=nomination.category_id,
        kind=DecisionKind.QUORUM,
        votes_for=votes.in_favour,
        votes_against=votes.against,
        abstentions=votes.abstentions,
        reason=reason.strip(),
        decided_by=actor,
        decided_at=at,
    )
    return _recorded(round, decision, [nomination], actor, at)


@atomic_service
def withdraw_decision(*, decision: Decision, actor: User, at: datetime) -> Decision:
    """Take back a decision while its plenary (an exception: the scoring) is open; it stays readable.

    Raises :class:`DecisionWithdrawn`, :class:`LaterDecisionStands`, :class:`PlenaryNotInForce`.
    """
    round = locked_round(decision.round_id)
    decision = Decision.objects.select_related("category", "pool").get(pk=decision.pk)
    if decision.plenary_id is None:
        permissions.can_record_exception(actor, round).require()
    else:
        plenary = Plenary.objects.get(pk=decision.plenary_id)
        _open_plenary(plenary, actor)
    if decision.withdrawn_at:
        raise DecisionWithdrawn()
    _refuse_beneath_later(decision)
    decision.withdrawn_at = at
    decision.save(update_fields=["withdrawn_at"])
    supersede_special_awards(SpecialAward.objects.filter(decision=decision), at=at)
    payload = {"decision": decision.pk, "kind": decision.kind}
    record(
        action=audit_actions.DECISION_WITHDRAWN,
        actor=actor,
        at=at,
        target=decision,
        chain=round.scope,
        payload=payload,
    )
    return decision


def _open_plenary(plenary: Plenary, actor: User) -> Round:
    """Lock the round of an open plenary in force and ask the permission."""
    fresh = Plenary.objects.select_related("tabulation").get(pk=plenary.pk)
    round = locked_round(fresh.tabulation.round_id)
    permissions.can_record_plenary(actor, round).require()
    refuse_unless_open(fresh)
    refuse_while_voting(fresh)
    return round


def refuse_unless_open(plenary: Plenary) -> None:
    """Refuse what would change a meeting that is over or whose result the chair has confirmed; read with its run."""
    if plenary.tabulation.superseded_at or plenary.countersigned_at:
        raise PlenaryNotInForce()
    if plenary.confirmed_at:
        raise ChairWordStands()


def refuse_while_voting(plenary: Plenary) -> None:
    """Refuse what would change the ground under a vote that is open; :class:`VoteIsOpen`. One query."""
    running = Motion.objects.filter(plenary=plenary, state=MotionState.OPEN).first()
    if running:
        raise VoteIsOpen(number=running.number)


def carry(
    round: Round, plenary: Plenary, found: Resolved, votes: Votes, reason: str, actor: User, at: datetime
) -> Decision:
    """Record what was voted on as decided, inside the caller's transaction; raises what ``check_votes`` raises."""
    require_transaction()
    check_votes(votes, len(found.seats(plenary)), reason)
    decision = Decision.objects.create(
        round=round,
        plenary=plenary,
        category=found.category,
        pool=found.pool,
        kind=found.kind,
        order=[nomination.pk for nomination in found.order],
        votes_for=votes.in_favour,
        votes_against=votes.against,
        abstentions=votes.abstentions,
        reason=reason.strip(),
        decided_by=actor,
        decided_at=at,
    )
    if found.special:
        make_special_award(plenary=plenary, decision=decision, told=found.special)
    return _recorded(round, decision, found.nominations, actor, at)


def _recorded(
    round: Round, decision: Decision, nominations: Sequence[Nomination], actor: User, at: datetime
) -> Decision:
    decision.nominations.set(nominations)
    payload = {
        "decision": decision.pk,
        "kind": decision.kind,
        "subject": subject_of(decision),
        "nominations": [nomination.number for nomination in nominations],
        "votes": [decision.votes_for, decision.votes_against, decision.abstentions],
        "reason": decision.reason,
    }
    record(
        action=audit_actions.DECISION_RECORDED, actor=actor, at=at, target=decision, chain=round.scope, payload=payload
    )
    return decision


def _refuse_beneath_later(decision: Decision) -> None:
    """A motion goes only while nothing decided later rests on it: in its own part, or in a pool of firsts."""
    plenary = decision.plenary
    if plenary is None or decision.kind == DecisionKind.SPECIAL:
        return
    same = Decision.objects.filter(
        plenary=plenary, withdrawn_at=None, category=decision.category, pool=decision.pool, pk__gt=decision.pk
    )
    if same.exists() or later_decisions(plenary, category=decision.category, pool=decision.pool).exists():
        raise LaterDecisionStands(subject=subject_of(decision))


def subject_of(decision: Decision) -> str:
    """Return what ``decision`` is about: its category or pool, the title of an award outside the ranking."""
    if decision.kind == DecisionKind.SPECIAL:
        return SpecialAward.objects.get(decision=decision).title
    return str(decision.category or decision.pool)
