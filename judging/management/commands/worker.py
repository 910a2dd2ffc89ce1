"""Do what takes longer than somebody waits for a page."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from judging.selectors.print_batches import lost_batches
from judging.services.print_batches import sweep_batches, take_up_batches
from judging.services.schedule_runs import take_up_runs
from paritrana.kernel import clock
from paritrana.kernel.background import BackgroundWorker, forget_old_tasks, leave_with

#: Pages come first on a machine that does both.
NICE = 10
FLAG = "store_true"


def _tend() -> None:
    """Look after what another worker left behind; whoever has nothing to write holds up nobody."""
    at = clock.now()
    if lost_batches(at=at).exists():
        sweep_batches(at=at)


class Command(BaseCommand):
    """Runs until it is told to leave; what it was doing then ends within seconds, with what was reached."""

    help = "Work through the queue of tasks: computing schedules, issuing documents."
    # Checking the addresses loads every page of the product: 37 MB that a worker holds for nothing.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add how it ends."""
        parser.add_argument("--alone", action=FLAG, help="leave once nothing is to do")
        parser.add_argument("--with-parent", action=FLAG, help="leave when the process that started it is gone")

    def handle(self, *args: Any, **options: Any) -> None:
        parent = os.getppid()
        os.nice(NICE)
        at = clock.now()
        forget_old_tasks(at)
        take_up_runs(at=at)
        take_up_batches(at=at)
        worker = BackgroundWorker(alone=options["alone"], tend=_tend)
        worker.configure_signals()
        if options["with_parent"]:
            leave_with(parent)
        worker.run()
