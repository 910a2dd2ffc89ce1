"""Batches of papers: asked for, stopped, gone on with, failed ones tried again; a worker does the rest."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Max

from judging import audit_actions as actions
from judging import permissions
from judging.models import ItemState, PrintBatch, PrintItem, PrintState
from judging.selectors.documents import documents_of, in_force
from judging.selectors.paper_subjects import Subject, papers_wanted
from judging.selectors.print_batches import LIVE, is_lost, lost_batches
from judging.selectors.standings import tabulation_in_force
from judging.tasks import print_papers
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .paper_drafts import NothingDecided


class PrintingAlready(DomainError):
    """A batch of this round is being issued; ``number`` says which."""

    code = "printing_already"


class NothingToPrint(DomainError):
    """Every paper that was chosen stands already, or nothing was chosen."""

    code = "nothing_to_print"


class PrintingIsOver(DomainError):
    """The batch has ended already."""

    code = "printing_is_over"


class NothingLeftToPrint(DomainError):
    """There is nothing to go on with: the batch is at work, or none of its papers waits or failed."""

    code = "nothing_left_to_print"


@atomic_service
def start_batch(*, round: Round, subjects: Collection[Subject], actor: User, at: datetime) -> PrintBatch:
    """Ask for the papers about ``subjects`` that are not there yet, in the order of the page; a worker takes it up.

    Raises ``NotPermitted``, ``NothingDecided``, :class:`PrintingAlready`, :class:`NothingToPrint`.
    """
    round = locked_round(round.pk)
    permissions.can_issue_documents(actor, round).require()
    tabulation = tabulation_in_force(round)
    if tabulation is None:
        raise NothingDecided
    _require_none(round)
    asked, standing = frozenset(subjects), in_force(documents_of(round))
    wanted = [one for one in papers_wanted(round, tabulation) if one.subject in asked and one.subject not in standing]
    if not wanted:
        raise NothingToPrint
    last: int | None = PrintBatch.objects.filter(round=round).aggregate(last=Max("number"))["last"]
    batch = PrintBatch.objects.create(round=round, number=(last or 0) + 1, asked_by=actor, asked_at=at)
    PrintItem.objects.bulk_create(
        PrintItem(batch=batch, position=position, subject=one.subject.text, title=one.title[:200])
        for position, one in enumerate(wanted, start=1)
    )
    print_papers.enqueue(batch=batch.pk)
    _note(actions.PRINTING_ASKED, batch, round, actor, at, papers=len(wanted))
    return batch


@atomic_service
def stop_batch(*, batch: PrintBatch, actor: User, at: datetime) -> PrintBatch:
    """Stop ``batch`` after the papers that are being made; what was issued stays, the rest can be gone on with.

    Raises ``NotPermitted``, :class:`PrintingIsOver`.
    """
    round, batch = _locked(batch, actor)
    if batch.state not in LIVE:
        raise PrintingIsOver
    batch.stop_asked_at = batch.stop_asked_at or at
    if batch.state == PrintState.WAITING or is_lost(batch, at=at):
        batch.state, batch.ended_at = PrintState.STOPPED, at
    batch.save(update_fields=["stop_asked_at", "state", "ended_at"])
    _note(actions.PRINTING_STOPPED, batch, round, actor, at)
    return batch


@atomic_service
def resume_batch(*, batch: PrintBatch, actor: User, at: datetime) -> PrintBatch:
    """Go on with the papers of a stopped ``batch`` that nobody has tried yet.

    Raises ``NotPermitted``, :class:`NothingLeftToPrint`, :class:`PrintingAlready`.
    """
    return _again(batch, actor, at, actions.PRINTING_RESUMED)


@atomic_service
def retry_failed(*, batch: PrintBatch, actor: User, at: datetime) -> PrintBatch:
    """Try those papers of ``batch`` again that failed, and none that is there. Errors as for :func:`resume_batch`."""
    return _again(batch, actor, at, actions.PRINTING_RETRIED, also=ItemState.FAILED)


@atomic_service
def sweep_batches(*, at: datetime) -> int:
    """Give batches whose worker is lost back to the queue; return how many there were."""
    lost = list(lost_batches(at=at).select_for_update(of=("self",)))
    for batch in lost:
        batch.state = PrintState.STOPPED if batch.stop_asked_at else PrintState.WAITING
        batch.ended_at = at if batch.stop_asked_at else None
        batch.save(update_fields=["state", "ended_at"])
        if not batch.stop_asked_at:
            print_papers.enqueue(batch=batch.pk)
    return len(lost)


@atomic_service
def take_up_batches(*, at: datetime) -> None:
    """What a worker does first: give back what was lost, and ask anew for what waits. Asked for twice is done once."""
    sweep_batches(at=at)
    for pk in PrintBatch.objects.filter(state=PrintState.WAITING).values_list("pk", flat=True):
        print_papers.enqueue(batch=pk)


def _again(batch: PrintBatch, actor: User, at: datetime, action: str, also: ItemState | None = None) -> PrintBatch:
    round, batch = _locked(batch, actor)
    if batch.state in LIVE:
        raise NothingLeftToPrint
    if also:
        batch.items.filter(state=also).update(state=ItemState.WAITING, error="")
    left = batch.items.filter(state=ItemState.WAITING).count()
    if not left:
        raise NothingLeftToPrint
    _require_none(round)
    batch.state, batch.stop_asked_at, batch.ended_at, batch.error = PrintState.WAITING, None, None, ""
    batch.asked_at, batch.beat_at = at, None
    batch.save(update_fields=["state", "stop_asked_at", "ended_at", "error", "asked_at", "beat_at"])
    print_papers.enqueue(batch=batch.pk)
    _note(action, batch, round, actor, at, papers=left)
    return batch


def _locked(batch: PrintBatch, actor: User) -> tuple[Round, PrintBatch]:
    """The round and the batch, locked in this order, for whoever may issue papers."""
    round = locked_round(batch.round_id)
    permissions.can_issue_documents(actor, round).require()
    found = PrintBatch.objects.select_for_update().get(pk=batch.pk)
    found.round = round
    return round, found


def _require_none(round: Round) -> None:
    """One batch of a round at a time: two would wait for each other's numbers."""
    found = PrintBatch.objects.filter(round=round, state__in=LIVE).first()
    if found is not None:
        raise PrintingAlready(number=found.number)


def _note(action: str, batch: PrintBatch, round: Round, actor: User, at: datetime, **facts: int) -> None:
    payload = {"number": batch.number, **facts}
    record(action=action, actor=actor, at=at, target=batch, chain=round.scope, payload=payload)
