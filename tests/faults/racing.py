"""Acts that begin at the same moment, each in a thread with a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

from paritrana.kernel.errors import DomainError

T = TypeVar("T")


def race(acts: Sequence[Callable[[], T]]) -> list[T | DomainError]:
    """Return what became of each act, in their order: its answer or its refusal. Any other error is raised."""
    ready = Barrier(len(acts), timeout=60)

    def run(act: Callable[[], T]) -> T | DomainError:
        connections["default"].ensure_connection()  # opening one takes longer than a save
        ready.wait()
        try:
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))
