"""Motions of the plenary, each with its vote and reason, and the exceptions from the quorum before it.

Only seats that are present (before the plenary: that somebody holds) and not recused for any nominee concerned have a
vote. Nothing frozen is touched: a decision is applied when the standings are read.
"""

from collections.abc import Sequence
from datetime import datetime

from judging import audit_actions, permissions
from judging.core import deviation
from judging.models import Decision, DecisionKind, Plenary, PlenaryAttendance
from judging.selectors.plenary import later_decisions, scoring_seats, shortfalls, voting_seats
from judging.selectors.standings import PartStandings, PendingPool, final_part
from judging.selectors.tabulations import key_of
from nominees.models import Category, Nomination, Pool, Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round
from .votes import Votes, check_votes


class PlenaryNotInForce(DomainError):
    """The plenary is over, or its tabulation was superseded."""

    code = "plenary_not_in_force"


class ChairWordStands(DomainError):
    """The chair has confirmed the result: nothing of the meeting changes until that is taken back."""

    code = "chair_word_stands"


class NotInTabulation(DomainError):
    """The category, pool or nominee has no part in this tabulation, or its pool has to wait for its categories."""

    code = "not_in_tabulation"


class AttendanceMissing(DomainError):
    """Nobody votes before attendance is recorded."""

    code = "attendance_missing"


class NotThisTie(DomainError):
    """The order does not name exactly the nominees of one tie that is left to the plenary."""

    code = "not_this_tie"


class LaterDecisionStands(DomainError):
    """A later decision rests on this one: withdraw that first."""

    code = "later_decision_stands"


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
    part = _part(plenary, subject)
    members = {nomination.pk for nomination in order}
    tie = next((each for each in part.ties if {one.pk for one in each.nominations} == members), None)
    if tie is None or not tie.needs_decision or len(members) != len(order):
        raise NotThisTie(subject=subject.name)
    return _record_motion(round, plenary, part, DecisionKind.TIE, order, votes, reason, actor, at)


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
    part = _part(plenary, subject)
    by_key = {key_of(line.nomination): line.nomination for line in part.lines}
    block = deviation.moved(part.groups, key_of(nomination), position)
    order = [by_key[key] for key in block]
    return _record_motion(round, plenary, part, DecisionKind.DEVIATION, order, votes, reason, actor, at)


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
    return round


def refuse_unless_open(plenary: Plenary) -> None:
    """Refuse what would change a meeting that is over or whose result the chair has confirmed; read with its run."""
    if plenary.tabulation.superseded_at or plenary.countersigned_at:
        raise PlenaryNotInForce()
    if plenary.confirmed_at:
        raise ChairWordStands()


def _part(plenary: Plenary, subject: Category | Pool) -> PartStandings:
    if isinstance(subject, Category):
        found = final_part(plenary.tabulation, category=subject)
    else:
        found = final_part(plenary.tabulation, pool=subject)
    if found is None or isinstance(found, PendingPool):
        raise NotInTabulation(subject=subject.name)
    return found


def _record_motion(
    round: Round,
    plenary: Plenary,
    part: PartStandings,
    kind: DecisionKind,
    order: Sequence[Nomination],
    votes: Votes,
    reason: str,
    actor: User,
    at: datetime,
) -> Decision:
    if later_decisions(plenary, category=part.category, pool=part.pool).exists():
        raise LaterDecisionStands(subject=part.name)
    if not PlenaryAttendance.objects.filter(plenary=plenary).exists():
        raise AttendanceMissing()
    check_votes(votes, len(voting_seats(plenary, [nomination.pk for nomination in order])), reason)
    decision = Decision.objects.create(
        round=round,
        plenary=plenary,
        category=part.category,
        pool=part.pool,
        kind=kind,
        order=[nomination.pk for nomination in order],
        votes_for=votes.in_favour,
        votes_against=votes.against,
        abstentions=votes.abstentions,
        reason=reason.strip(),
        decided_by=actor,
        decided_at=at,
    )
    return _recorded(round, decision, order, actor, at)


def _recorded(
    round: Round, decision: Decision, nominations: Sequence[Nomination], actor: User, at: datetime
) -> Decision:
    decision.nominations.set(nominations)
    payload = {
        "decision": decision.pk,
        "kind": decision.kind,
        "subject": str(decision.category or decision.pool),
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
    if plenary is None:
        return
    same = Decision.objects.filter(
        plenary=plenary, withdrawn_at=None, category=decision.category, pool=decision.pool, pk__gt=decision.pk
    )
    if same.exists() or later_decisions(plenary, category=decision.category, pool=decision.pool).exists():
        subject = decision.category or decision.pool
        raise LaterDecisionStands(subject=subject.name if subject else "")
