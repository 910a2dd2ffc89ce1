"""Work in the background: takes tasks from the queue in the database, one after the other, until it is told to leave.

The library's own worker locks the whole of an SQLite file each second to look for work, outside the line of writers,
and ends for good when it has to wait too long. This one looks first, takes its turn, and outlives a database that is
away. What a task has reached is kept in tables of its own: a worker that is killed leaves its task running for ever in
the library's.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from types import FrameType
from typing import Any, Final

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from .outages import outage_of
from .transactions import atomic_service

logger = logging.getLogger(__name__)

LOOK: Final = 1.0  # seconds between two looks at an empty queue,
LOOK_AGAIN: Final = 5.0  # and after the database did not answer
TEND: Final = 10.0  # seconds between two looks after what was left behind
KEPT: Final = timedelta(days=7)  # what became of a task, for the operator

#: Set once the worker is to leave: a long task ends soon, with what it has.
leaving: Final = Event()


class BackgroundWorker(Worker):
    """Runs tasks until a signal; a second one ends it at once. ``alone``: leave once nothing is to do.

    ``tend`` is called between tasks, every few seconds: it looks after what another worker left behind.
    """

    def __init__(self, *, alone: bool = False, interval: float = LOOK, tend: Callable[[], None] | None = None) -> None:
        super().__init__(
            queue_names=["default"],
            interval=interval,
            batch=alone,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"{os.getpid()}",
            excluded_queue_names=[],
        )
        self.tend = tend
        self.tended = time.monotonic()

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Leave: at once if nothing is running."""
        if not self.running:
            self.reset_signals()
            sys.exit(1)
        self.running = False
        leaving.set()
        if not self.running_task:
            sys.exit(0)

    def run(self) -> None:
        """Run what waits, and look again."""
        while self.running:
            close_old_connections()
            try:
                self._tend()
                task = claimed(self.worker_id)
                if task is not None:
                    self.run_task(task)
                    continue
                pause = self.interval
            except Exception as error:
                outage = outage_of(error)
                if outage is None:
                    raise
                logger.warning("%s: no work is taken until the database answers", outage.value)
                pause = LOOK_AGAIN
            if self.batch:
                return
            time.sleep(pause)

    def _tend(self) -> None:
        if self.tend and time.monotonic() - self.tended >= TEND:
            self.tended = time.monotonic()
            self.tend()


def claimed(worker: str) -> DBTaskResult | None:
    """Return the next task, taken for ``worker``; ``None``: nothing waits, which costs no lock."""
    return _claim(worker) if DBTaskResult.objects.ready().exists() else None


@atomic_service
def _claim(worker: str) -> DBTaskResult | None:
    task = DBTaskResult.objects.ready().get_locked()
    if task is not None:
        task.claim(worker)
    return task


@atomic_service
def forget_old_tasks(at: datetime) -> None:
    """Delete what the queue remembers of tasks that were taken long before ``at``."""
    DBTaskResult.objects.exclude(status="READY").filter(enqueued_at__lt=at - KEPT).delete()


def leave_with(parent: int, leave: Callable[[], Any] | None = None) -> None:
    """Leave once the process ``parent`` is not the parent of this one any more, however it ended."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK / 2)
        (leave or _ask_to_leave)()

    Thread(target=watch, name="parent-watch", daemon=True).start()


def _ask_to_leave() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
