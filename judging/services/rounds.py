"""The steps of a round: forwards when every condition holds, backwards by two people and a reason."""

from datetime import datetime

from judging import audit_actions, permissions
from judging.models import Award, Document, Forwarding, Handover, Plenary, Sheet, SpecialAward, StateChange, Tabulation
from judging.selectors.readiness import unmet_conditions
from judging.selectors.rounds import open_step_back
from nominees.core.lifecycle import State, Transition, transition
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction

from .locks import locked_round
from .motion_ends import drop_open_motions
from .panels import release_former_members
from .publication import publish
from .rubrics import lock_rubric_versions
from .special_awards import supersede_special_awards

#: Steps that bring a tabulation or awards with them: their own services take them through :func:`move_round`.
TAKEN_BY_PLENARY = frozenset({State.PLENARY, State.DECIDED})


class NoSuchStep(DomainError):
    """The table has no such step from the round's present state; facts ``source``, ``target``."""

    code = "no_such_step"


class StepTakenElsewhere(DomainError):
    """The step belongs to the plenary, which opens and decides it."""

    code = "step_taken_elsewhere"


class RoundNotReady(DomainError):
    """Conditions of the step are not met; facts ``unmet`` (all of them, ``selectors.unmet.Unmet``) and ``count``."""

    code = "round_not_ready"


class StepBackPending(DomainError):
    """A step back waits for its second person: nothing else moves the round meanwhile."""

    code = "step_back_pending"


class StepBackReasonMissing(DomainError):
    """A step back without a reason."""

    code = "step_back_reason_missing"


class SecondPersonNeeded(DomainError):
    """Who asked for a step back does not confirm it."""

    code = "second_person_needed"


class StepBackSettled(DomainError):
    """It was confirmed or withdrawn before."""

    code = "step_back_settled"


class WinnersAlreadyForwarded(DomainError):
    """Winners of this round are in the national round: its decision cannot be opened again."""

    code = "winners_already_forwarded"


@atomic_service
def advance_round(*, round: Round, target: str, actor: User, at: datetime) -> StateChange:
    """Take the step to ``target``, unless it belongs to the plenary (:class:`StepTakenElsewhere`).

    Whoever announces publishes in the same transaction, by whichever way the step is taken. Raises what
    :func:`move_round` raises.
    """
    if target in TAKEN_BY_PLENARY:
        raise StepTakenElsewhere
    change = move_round(round=locked_round(round.pk), target=target, actor=actor, at=at)
    if target == State.ANNOUNCED:
        publish(round=round, actor=actor, at=at)
    return change


def move_round(*, round: Round, target: str, actor: User, at: datetime, reason: str = "") -> StateChange:
    """Move ``round`` forwards to ``target`` inside the caller's transaction; ``round.state`` is updated.

    Checks the table, the actor's role and every condition; leaving preparation locks the rubric versions. Raises
    :class:`NoSuchStep`, ``NotPermitted``, :class:`StepBackPending`, :class:`RoundNotReady` (all that is unmet).
    """
    require_transaction()
    present = locked_round(round.pk)
    step = _step(present, target, second_person=False)
    permissions.can_move(actor, present, step, at=at).require()
    if open_step_back(present):
        raise StepBackPending
    unmet = unmet_conditions(present, step)
    if unmet:
        raise RoundNotReady(unmet=unmet, count=len(unmet))
    if step.source == State.PREPARATION:
        lock_rubric_versions(round=present, actor=actor, at=at)
    change = StateChange.objects.create(
        round=present,
        source=step.source,
        target=step.target,
        reason=reason,
        requested_by=actor,
        requested_at=at,
        confirmed_by=actor,
        confirmed_at=at,
    )
    _set_state(round, step.target)
    release_former_members(round=present, actor=actor, at=at)
    _record(audit_actions.ROUND_ADVANCED, change, present, actor, at)
    return change


@atomic_service
def request_step_back(*, round: Round, target: str, reason: str, actor: User, at: datetime) -> StateChange:
    """Ask for a step back to ``target``; it happens when a second person confirms it.

    Raises :class:`NoSuchStep`, ``NotPermitted``, :class:`StepBackReasonMissing`, :class:`StepBackPending`,
    :class:`WinnersAlreadyForwarded`.
    """
    round = locked_round(round.pk)
    step = _step(round, target, second_person=True)
    permissions.can_move(actor, round, step, at=at).require()
    if not reason.strip():
        raise StepBackReasonMissing
    if open_step_back(round):
        raise StepBackPending
    _refuse_after_forwarding(round, step)
    change = StateChange.objects.create(
        round=round, source=step.source, target=step.target, reason=reason, requested_by=actor, requested_at=at
    )
    _record(audit_actions.STEP_BACK_REQUESTED, change, round, actor, at)
    return change


@atomic_service
def confirm_step_back(*, change: StateChange, actor: User, at: datetime) -> StateChange:
    """Take a step back that somebody else asked for; what it undoes is superseded, never deleted or edited.

    Back to scoring: the sheets open again and the tabulation is superseded. Back to the plenary: the awards are
    superseded, papers issued on them are revoked and the result is confirmed and countersigned anew. Raises
    :class:`NoSuchStep`, ``NotPermitted``, :class:`SecondPersonNeeded`, :class:`StepBackSettled`,
    :class:`WinnersAlreadyForwarded`.
    """
    round, change, step = _locked_change(change, actor, at)
    if change.requested_by_id == actor.pk:
        raise SecondPersonNeeded
    _refuse_after_forwarding(round, step)
    if step.target == State.SCORING:
        _reopen_sheets(round, actor, at)
    else:
        _supersede_awards(round, change, actor, at)
    change.confirmed_by, change.confirmed_at = actor, at
    change.save(update_fields=["confirmed_by", "confirmed_at"])
    _set_state(round, step.target)
    _record(audit_actions.ROUND_STEPPED_BACK, change, round, actor, at)
    return change


@atomic_service
def withdraw_step_back(*, change: StateChange, actor: User, at: datetime) -> StateChange:
    """Withdraw a step back before it is confirmed; anybody who could ask for it may. :class:`StepBackSettled`."""
    round, change, _ = _locked_change(change, actor, at)
    change.withdrawn_at = at
    change.save(update_fields=["withdrawn_at"])
    _record(audit_actions.STEP_BACK_WITHDRAWN, change, round, actor, at)
    return change


def _step(round: Round, target: str, *, second_person: bool) -> Transition:
    step = transition(round.state, target)
    if step is None or step.second_person is not second_person:
        raise NoSuchStep(source=round.state, target=target)
    return step


def _locked_change(change: StateChange, actor: User, at: datetime) -> tuple[Round, StateChange, Transition]:
    """Lock round and request; refuse what is settled and who has no role in the step."""
    round = locked_round(change.round_id)
    change = StateChange.objects.select_for_update().get(pk=change.pk)
    if change.confirmed_at or change.withdrawn_at:
        raise StepBackSettled
    step = _step(round, change.target, second_person=True)
    permissions.can_move(actor, round, step, at=at).require()
    return round, change, step


def _refuse_after_forwarding(round: Round, step: Transition) -> None:
    if step.source != State.DECIDED:
        return
    is_sent = Handover.objects.filter(round=round, sent_at__isnull=False).exists()
    if is_sent or Forwarding.objects.filter(award__round=round).exists():
        raise WinnersAlreadyForwarded


def _set_state(round: Round, state: State) -> None:
    round.state = state
    round.save(update_fields=["state"])


def _reopen_sheets(round: Round, actor: User, at: datetime) -> None:
    Sheet.objects.filter(round=round).update(closed_at=None)
    drop_open_motions(round=round, actor=actor, at=at)
    supersede_special_awards(SpecialAward.objects.filter(plenary__tabulation__round=round), at=at)
    Tabulation.objects.filter(round=round, superseded_at=None).update(superseded_at=at)


def _supersede_awards(round: Round, change: StateChange, actor: User, at: datetime) -> None:
    Award.objects.filter(round=round, superseded_at=None).update(superseded_at=at)
    papers = Document.objects.filter(round=round, revoked_at=None)
    papers.update(revoked_at=at, revoked_by=actor, revoked_reason=change.reason)
    meeting = Plenary.objects.filter(tabulation__round=round, tabulation__superseded_at=None)
    meeting.update(confirmed_by=None, confirmed_at=None, countersigned_by=None, countersigned_at=None)


def _record(action: str, change: StateChange, round: Round, actor: User, at: datetime) -> None:
    payload = {"source": change.source, "target": change.target, "reason": change.reason}
    record(action=action, actor=actor, at=at, target=change, chain=round.scope, payload=payload)
