"""A line of people at the lock of a file, in which nobody waits for ever.

The kernel wakes the waiting in their order, but knows no time-out for the lock of a file. So whoever finds it taken
lets a thread wait there, and waits for that thread only so long. Who has given up leaves the thread standing: when its
turn comes it passes on at once.
"""

import os
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import Final

#: Seconds, longer than the longest honest transaction (opening the plenary of a large round takes a few).
PATIENCE: Final = 30.0
#: So many have given up and still stand in line: it has not moved since, and newcomers are told at once.
MOST_GIVEN_UP: Final = 16


class DatabaseBusy(RuntimeError):
    """Somebody has been writing for longer than anybody should. Nothing was done: the same may be asked again."""


class _Waiting:
    """One person in line; ``handle`` is theirs once :meth:`came` says so, and the thread's otherwise."""

    given_up = 0
    _counting = Lock()

    def __init__(self, handle: int) -> None:
        self.handle = handle
        self._came, self._settling, self._has_left = Event(), Lock(), False
        Thread(target=self._wait, name="writers-line", daemon=True).start()

    def came(self, patience: float) -> bool:
        """Whether one's turn came within ``patience`` (seconds)."""
        if self._came.wait(patience):
            return True
        with self._settling:
            if self._came.is_set():
                return True
            self._has_left = True
            self._count(+1)
        return False

    def _wait(self) -> None:
        with suppress(OSError):  # then without an order
            _lock(self.handle)
        with self._settling:
            if not self._has_left:
                self._came.set()
                return
        os.close(self.handle)
        self._count(-1)

    @classmethod
    def _count(cls, change: int) -> None:
        with cls._counting:
            cls.given_up += change


def turn_in_line(path: str, patience: float | None = None) -> int | None:
    """Wait for one's turn at the file ``path`` and return its handle: closing it lets the next one in.

    ``patience`` in seconds, ``PATIENCE`` unless told. ``None``: no line can be had here, such as on a full disk, and
    one goes on without an order. Raises :class:`DatabaseBusy`.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        _lock(handle, wait=False)
    except BlockingIOError:
        return _waited(handle, PATIENCE if patience is None else patience)
    except OSError:
        os.close(handle)
        return None
    return handle


def _waited(handle: int, patience: float) -> int:
    if _Waiting.given_up >= MOST_GIVEN_UP:
        os.close(handle)
        raise DatabaseBusy
    if not _Waiting(handle).came(patience):
        raise DatabaseBusy
    return handle


def _lock(handle: int, *, wait: bool = True) -> None:
    import fcntl  # not on every system where PostgreSQL is

    fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
