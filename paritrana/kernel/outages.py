"""What an error says of the machine rather than of the request: the same may be asked again, and will succeed.

Told by the codes of SQLite, PostgreSQL and the operating system, never by their words.
"""

import errno
import sqlite3
from enum import StrEnum
from typing import Final

from django.db import DatabaseError, InterfaceError, OperationalError

from .lines import DatabaseBusy


class Outage(StrEnum):
    """Why nothing can be done just now."""

    BUSY = "busy"  # somebody writes for too long, or two writers waited for each other
    AWAY = "away"  # the database does not answer
    UNWRITABLE = "unwritable"  # a disk that is full or read-only: what is there can be read


#: The first byte of an SQLite error code is its kind (https://sqlite.org/rescode.html).
SQLITE_KINDS: Final = {
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_PROTOCOL: Outage.BUSY,
    sqlite3.SQLITE_CANTOPEN: Outage.AWAY,
    sqlite3.SQLITE_FULL: Outage.UNWRITABLE,
    sqlite3.SQLITE_READONLY: Outage.UNWRITABLE,
    sqlite3.SQLITE_IOERR: Outage.UNWRITABLE,
}
#: Classes and codes of PostgreSQL (its manual, appendix A). Too many connections, a shutdown: it does not answer us.
POSTGRESQL_KINDS: Final = {
    "40": Outage.BUSY,
    "55P03": Outage.BUSY,
    "08": Outage.AWAY,
    "53": Outage.AWAY,
    "57": Outage.AWAY,
    "53100": Outage.UNWRITABLE,
    "25006": Outage.UNWRITABLE,
    "58030": Outage.UNWRITABLE,
}
DISK: Final = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG, errno.EIO}


def outage_of(error: BaseException | None) -> Outage | None:
    """Return the outage that ``error`` tells of; ``None`` for a mistake in the request or in the program."""
    if isinstance(error, DatabaseBusy):
        return Outage.BUSY
    if isinstance(error, (DatabaseError, InterfaceError)):
        return _of_database(error)
    if isinstance(error, OSError) and error.errno in DISK:
        return Outage.UNWRITABLE
    return None


def _of_database(error: Exception) -> Outage | None:
    """Django wraps the error of the driver, which knows the code."""
    cause = error.__cause__
    if cause is None:
        return None
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        return None if code is None else SQLITE_KINDS.get(code & 0xFF)
    state = getattr(cause, "sqlstate", None)
    if state is None:  # PostgreSQL has not said anything: it was not reached, or went away meanwhile
        return Outage.AWAY if isinstance(error, (OperationalError, InterfaceError)) else None
    return POSTGRESQL_KINDS.get(state) or POSTGRESQL_KINDS.get(state[:2])
