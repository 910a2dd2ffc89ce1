"""Reads of batches of papers: how far one is, whether anybody works on it, and what became of each paper."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count, Q, QuerySet

from judging.models import ItemState, PrintBatch, PrintItem, PrintState, RunState, ScheduleRun
from judging.selectors import schedule_runs
from nominees.models import Round

#: No sign of life for so long: the worker is taken for lost. Signs come every few seconds.
LEASE: Final = timedelta(seconds=30)
LIVE: Final = (PrintState.WAITING, PrintState.RUNNING)


@dataclass(frozen=True, slots=True)
class Progress:
    """How many papers a batch has, and what became of them. ``since_begun``: done by the worker that has it now."""

    total: int
    done: int
    failed: int
    since_begun: int

    @property
    def left(self) -> int:
        """How many nobody has tried yet."""
        return self.total - self.done - self.failed


def batches_of(round: Round) -> QuerySet[PrintBatch]:
    """Return the batches of ``round``, the newest first, each with ``total``, ``done`` and ``failed``. One query."""
    return (
        PrintBatch.objects.filter(round=round)
        .select_related("asked_by")
        .annotate(
            total=Count("items"),
            done=Count("items", filter=Q(items__state=ItemState.DONE)),
            failed=Count("items", filter=Q(items__state=ItemState.FAILED)),
        )
        .order_by("-number")  # counted rows come in no order of their own
    )


def batch_of(round: Round, number: int) -> PrintBatch | None:
    """Return the batch ``number`` of ``round``, or ``None``. One query."""
    found = PrintBatch.objects.filter(round=round, number=number)
    return found.select_related("asked_by", "round__edition", "round__region").first()


def progress_of(batch: PrintBatch) -> Progress:
    """Return how far ``batch`` is. One query."""
    done = Q(state=ItemState.DONE)
    return Progress(
        **batch.items.aggregate(
            total=Count("pk"),
            done=Count("pk", filter=done),
            failed=Count("pk", filter=Q(state=ItemState.FAILED)),
            since_begun=Count("pk", filter=done & Q(document__issued_at__gte=batch.began_at or batch.asked_at)),
        )
    )


def failed_items(batch: PrintBatch) -> QuerySet[PrintItem]:
    """Return the papers of ``batch`` that could not be issued, in their order. One query."""
    return batch.items.filter(state=ItemState.FAILED).order_by("position")


def is_lost(batch: PrintBatch, *, at: datetime) -> bool:
    """Whether nobody works on ``batch`` any more although it was begun and never ended."""
    return batch.state == PrintState.RUNNING and (batch.beat_at is None or batch.beat_at < at - LEASE)


def lost_batches(*, at: datetime) -> QuerySet[PrintBatch]:
    """Return every batch that ``is_lost``."""
    return PrintBatch.objects.filter(Q(beat_at=None) | Q(beat_at__lt=at - LEASE), state=PrintState.RUNNING)


def state_of(batch: PrintBatch, *, at: datetime) -> PrintState:
    """Return the state that is told: a lost batch waits for the next worker, whether or not that was written yet."""
    return PrintState.WAITING if is_lost(batch, at=at) else PrintState(batch.state)


def is_unattended(batch: PrintBatch, *, at: datetime) -> bool:
    """Whether ``batch`` waits although no worker does anything: there is none. Two queries, if it waits for long."""
    if state_of(batch, at=at) != PrintState.WAITING:
        return False
    since = batch.beat_at + LEASE if batch.beat_at else batch.asked_at
    if since > at - schedule_runs.UNATTENDED:
        return False
    computing = ScheduleRun.objects.filter(state=RunState.RUNNING, beat_at__gte=at - schedule_runs.LEASE)
    printing = PrintBatch.objects.filter(state=PrintState.RUNNING, beat_at__gte=at - LEASE)
    return not computing.exists() and not printing.exists()


def seconds_left(batch: PrintBatch, progress: Progress, *, at: datetime) -> int | None:
    """Return about how long the rest takes, as the papers since its beginning took; ``None`` while nobody knows."""
    if state_of(batch, at=at) != PrintState.RUNNING or batch.began_at is None or not progress.since_begun:
        return None
    passed = (batch.beat_at or at) - batch.began_at
    return max(int(passed.total_seconds() * progress.left / progress.since_begun), 1)


def live_batch(round: Round) -> PrintBatch | None:
    """Return the batch of ``round`` that is waiting or at work, if there is one. One query."""
    return PrintBatch.objects.filter(round=round, state__in=LIVE).first()
