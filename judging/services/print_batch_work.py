"""What a worker does with a batch: papers are made in portions, and each portion is issued in one short transaction.

A portion is made in a thread that touches no database, so that signs of life go on meanwhile. A worker that was taken
for lost and comes back finds that its turn (``attempt``) is over: it writes nothing more. What a killed worker stored
without issuing it is named in the items, and the next one takes it away.
"""

import gc
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Final

from django.core.files.storage import default_storage

from judging import audit_actions as actions
from judging.documents.certificate import CertificateDoesNotFit
from judging.models import Document, ItemState, PrintBatch, PrintItem, PrintState
from judging.selectors.paper_subjects import Subject, read_subject
from judging.tasks import print_papers
from paritrana.audit.record import record
from paritrana.kernel.background import leaving
from paritrana.kernel.check_code import new_code
from paritrana.kernel.errors import DomainError
from paritrana.kernel.outages import outage_of
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.verdict import NotPermitted

from .documents import IssuedMeanwhile, file_of, recorded, stored_paper, taken_away
from .paper_drafts import Draft, NothingDecided, Plan, plan_of
from .paper_making import MADE, Series, Work, collected, made

logger = logging.getLogger(__name__)
Now = Callable[[], datetime]

#: So many certificates are laid out together: memory stays flat, and the bar moves every second or two.
PORTION: Final = 25
TICK: Final = 0.2  # seconds between two looks whether a portion is made
BEAT: Final = 3.0  # seconds between two signs of life
#: How often a portion is begun anew because somebody issued papers of its kinds meanwhile.
TURNS: Final = 5
#: One thread for all portions: memory that a thread took is kept for it, and each new one would take its own.
MAKER: Final = ThreadPoolExecutor(1, thread_name_prefix="papers")
UNEXPECTED, NOT_WANTED, DOES_NOT_FIT = "paper_failed", "paper_not_wanted", "certificate_does_not_fit"
NOT_PERMITTED: Final = "printing_not_permitted"


class BatchGivenUp(DomainError):
    """The batch is not this worker's (any more): it was ended, or taken for lost."""

    code = "batch_given_up"


def run_batch(batch: int, *, now: Now) -> None:
    """Issue what waits in the batch with this id, from its waiting to its end; ``now`` tells the time.

    Nothing happens if another worker has it or it was ended. A paper that cannot be made is kept with its reason, and
    the others go on. A worker that is to leave gives the rest back to the queue.
    """
    turn = begin(batch=batch, at=now())
    if turn is None:  # asked for twice, or ended meanwhile
        return
    try:
        while items := _portion(turn):
            if leaving.is_set():
                give_back(turn=turn, at=now())
                return
            if beat(turn=turn, at=now()):
                break
            _issued(turn, items, now)
        finish(turn=turn, at=now())
    except BatchGivenUp:
        logger.warning("batch %s went to another worker, or was ended", batch)
    except (NotPermitted, NothingDecided) as error:
        code = NOT_PERMITTED if isinstance(error, NotPermitted) else error.code
        finish(turn=turn, at=now(), error=code)


def _portion(turn: PrintBatch) -> list[PrintItem]:
    """The next papers: as many certificates of a kind as are laid out together, or one other paper."""
    waiting = turn.items.filter(state=ItemState.WAITING).order_by("position")[:PORTION]
    items: list[PrintItem] = []
    for item in waiting:
        kind = read_subject(item.subject).kind
        if items and kind != read_subject(items[0].subject).kind:
            break
        items.append(item)
        if not isinstance(MADE[kind], Series):
            break
    return items


def _issued(turn: PrintBatch, items: Sequence[PrintItem], now: Now) -> None:
    """Issue ``items`` together; where that fails, halves of them, so that only what cannot be made is left out."""
    try:
        _issue_together(turn, items, now)
    except (BatchGivenUp, NotPermitted, NothingDecided):
        raise
    except Exception as error:
        if outage_of(error):
            raise
        if len(items) == 1:
            logger.warning("paper %s of batch %s failed", items[0].subject, turn.pk, exc_info=error)
            failed(turn=turn, item=items[0], error=_code_of(error), at=now())
            return
        middle = len(items) // 2
        _issued(turn, items[:middle], now)
        _issued(turn, items[middle:], now)


def _issue_together(turn: PrintBatch, items: Sequence[PrintItem], now: Now) -> None:
    """One portion; begun anew if papers of its kinds were issued meanwhile, because then its numbers are others."""
    by_subject = {read_subject(item.subject): item for item in items}
    for last in (*(False,) * (TURNS - 1), True):
        plan = plan_of(
            turn.round,
            actor=turn.asked_by,
            at=now(),
            chosen=lambda one: one.subject in by_subject,
            generator=new_code,
        )
        try:
            _issue_planned(turn, plan, by_subject, now)
        except IssuedMeanwhile:
            if last:
                raise
        else:
            return


def _issue_planned(turn: PrintBatch, plan: Plan, by_subject: dict[Subject, PrintItem], now: Now) -> None:
    papers = _made(turn, collected(plan), now) if plan.drafts else []
    names = [file_of(plan, draft, content) for draft, content in papers]
    there = {subject: one for subject, one in plan.standing.items() if subject in by_subject}
    items = [by_subject[draft.wanted.subject] for draft, _ in papers]
    announce(turn=turn, names=dict(zip(items, names, strict=True)))
    stored: list[str] = []
    try:
        ready = [
            stored_paper(plan, draft, content, stored, name)
            for (draft, content), name in zip(papers, names, strict=True)
        ]
        del papers

        def done(written: dict[Subject, Document]) -> None:
            settle(turn, by_subject, there | written, now())

        recorded(plan=plan, papers=ready, actor=turn.asked_by, done=done)
    except BaseException:
        taken_away(stored)
        raise
    finally:
        gc.collect()  # a laid-out paper refers to itself: left to chance, two or three lie in memory at once


def _made(turn: PrintBatch, work: Work, now: Now) -> list[tuple[Draft, bytes]]:
    """Make papers in a thread, and leave signs of life until it has ended."""
    making, last = MAKER.submit(lambda: list(made(work))), time.monotonic()
    while True:
        try:
            return making.result(TICK)
        except TimeoutError:
            if making.done():
                raise
        if time.monotonic() - last >= BEAT:
            beat(turn=turn, at=now())
            last = time.monotonic()


def _code_of(error: Exception) -> str:
    if isinstance(error, CertificateDoesNotFit):
        return DOES_NOT_FIT
    return error.code if isinstance(error, DomainError) else UNEXPECTED


@atomic_service
def begin(*, batch: int, at: datetime) -> PrintBatch | None:
    """Take the waiting batch with this id; return it with its round and whoever asked. ``None``: it does not wait."""
    found = PrintBatch.objects.select_related("round__edition", "round__region", "asked_by")
    turn = found.select_for_update(of=("self",)).filter(pk=batch, state=PrintState.WAITING).first()
    if turn is None:
        return None
    turn.state, turn.attempt, turn.began_at, turn.beat_at = PrintState.RUNNING, turn.attempt + 1, at, at
    turn.save(update_fields=["state", "attempt", "began_at", "beat_at"])
    for item in turn.items.exclude(file="").exclude(state=ItemState.DONE):
        if not Document.objects.filter(file=item.file).exists():
            default_storage.delete(item.file)
    turn.items.exclude(file="").update(file="")
    return turn


@atomic_service
def beat(*, turn: PrintBatch, at: datetime) -> bool:
    """Leave a sign of life and return whether somebody asked to stop. Raises ``BatchGivenUp``."""
    _write(turn, beat_at=at)
    return PrintBatch.objects.filter(pk=turn.pk).exclude(stop_asked_at=None).exists()


@atomic_service
def announce(*, turn: PrintBatch, names: dict[PrintItem, str]) -> None:
    """Note the names of files before they are stored. Raises ``BatchGivenUp``."""
    _write(turn)
    for item, name in names.items():
        item.file = name
    PrintItem.objects.bulk_update(names, ["file"])


def settle(turn: PrintBatch, items: dict[Subject, PrintItem], papers: dict[Subject, Document], at: datetime) -> None:
    """Note what became of a portion, in the transaction that issues it. Raises ``BatchGivenUp``."""
    _write(turn, beat_at=at)
    for subject, item in items.items():
        document = papers.get(subject)
        item.document, item.file = document, ""
        item.state, item.error = (ItemState.DONE, "") if document else (ItemState.FAILED, NOT_WANTED)
    PrintItem.objects.bulk_update(items.values(), ["document", "file", "state", "error"])


@atomic_service
def failed(*, turn: PrintBatch, item: PrintItem, error: str, at: datetime) -> None:
    """Keep that a paper could not be made, with the code of the reason. Raises ``BatchGivenUp``."""
    _write(turn, beat_at=at)
    item.state, item.error, item.file = ItemState.FAILED, error, ""
    item.save(update_fields=["state", "error", "file"])


@atomic_service
def finish(*, turn: PrintBatch, at: datetime, error: str = "") -> None:
    """End the batch: done, or stopped where papers still wait. Raises ``BatchGivenUp``."""
    left = turn.items.filter(state=ItemState.WAITING).count()
    state = PrintState.STOPPED if left else PrintState.DONE
    _write(turn, state=state, ended_at=at, error=error)
    payload = {
        "number": turn.number,
        "state": state.value,
        "done": turn.items.filter(state=ItemState.DONE).count(),
        "failed": turn.items.filter(state=ItemState.FAILED).count(),
        "left": left,
        **({"error": error} if error else {}),
    }
    record(action=actions.PRINTING_ENDED, actor=None, at=at, target=turn, chain=turn.round.scope, payload=payload)


@atomic_service
def give_back(*, turn: PrintBatch, at: datetime) -> None:
    """Leave the rest to the next worker. Raises ``BatchGivenUp``."""
    _write(turn, state=PrintState.WAITING, beat_at=at)
    print_papers.enqueue(batch=turn.pk)


def _write(turn: PrintBatch, **fields: object) -> None:
    """Write into the batch if it is still this worker's turn; lock it in any case."""
    found = PrintBatch.objects.filter(pk=turn.pk, state=PrintState.RUNNING, attempt=turn.attempt)
    if not found.update(**(fields or {"attempt": turn.attempt})):
        raise BatchGivenUp
