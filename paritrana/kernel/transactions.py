"""Who owns a transaction: a service does, a helper that needs one says so."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction

from .lines import DatabaseBusy, turn_in_line

__all__ = ["DatabaseBusy", "TransactionRequired", "atomic_service", "require_transaction"]

P = ParamSpec("P")
R = TypeVar("R")


class TransactionRequired(RuntimeError):
    """A helper that must run inside a service's transaction was called outside one."""


def atomic_service(service: Callable[P, R]) -> Callable[P, R]:
    """Run ``service`` in one transaction: all of its changes and their audit events, or nothing.

    A service called by another service joins the outer transaction.
    """

    @wraps(service)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        with _in_line() as leave, transaction.atomic():
            if leave:
                transaction.on_commit(leave)  # what else waits for the commit, such as mail, keeps nobody waiting
            return service(*args, **kwargs)

    return run


@contextmanager
def _in_line() -> Iterator[Callable[[], None] | None]:
    """On SQLite: wait until it is one's turn to write, among all threads and processes of the machine.

    SQLite lets one transaction write and has the others look again after ever longer pauses, up to a tenth of a second.
    Whoever sleeps while the lock changes hands goes without: under steady load somebody waits for seconds, and in the
    end is told that the database is locked. The lock of a file beside the database wakes the waiting in their order,
    and the kernel takes it back from whoever dies. It only orders: what keeps writers apart is SQLite itself.
    Yields how to leave the line early, ``None`` where there is no line. Raises :class:`DatabaseBusy`, before anything
    was begun, where the line does not move (``lines``).
    """
    connection = transaction.get_connection()
    if connection.vendor != "sqlite" or connection.in_atomic_block or connection.is_in_memory_db():
        yield None
        return
    turn = turn_in_line(f"{connection.settings_dict['NAME']}-line")
    line = [] if turn is None else [turn]

    def leave() -> None:
        while line:
            os.close(line.pop())

    try:
        yield leave
    finally:
        leave()


def require_transaction() -> None:
    """Raise :class:`TransactionRequired` outside a transaction."""
    if not transaction.get_connection().in_atomic_block:
        raise TransactionRequired("Call this from inside a service's transaction.")
