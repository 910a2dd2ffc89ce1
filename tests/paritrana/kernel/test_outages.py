"""What tells of the machine and what of a mistake, by the codes of each database."""

import errno
import sqlite3

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, InternalError, OperationalError, ProgrammingError

from paritrana.kernel.lines import DatabaseBusy
from paritrana.kernel.outages import Outage, outage_of


def wrapped(kind: type[Exception], cause: Exception | None) -> Exception:
    """As Django raises what a driver raised."""
    error = kind("said")
    error.__cause__ = cause
    return error


def of_sqlite(code: int) -> Exception:
    cause = sqlite3.OperationalError("said")
    cause.sqlite_errorcode = code
    return wrapped(OperationalError, cause)


class DriverError(Exception):
    """An error of PostgreSQL's driver; without a state where the server had not spoken."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("said")
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("code", "outage"),
    [
        (sqlite3.SQLITE_BUSY, Outage.BUSY),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, Outage.BUSY),
        (sqlite3.SQLITE_LOCKED, Outage.BUSY),
        (sqlite3.SQLITE_CANTOPEN, Outage.AWAY),
        (sqlite3.SQLITE_FULL, Outage.UNWRITABLE),
        (sqlite3.SQLITE_READONLY, Outage.UNWRITABLE),
        (sqlite3.SQLITE_READONLY_DBMOVED, Outage.UNWRITABLE),
        (sqlite3.SQLITE_IOERR_WRITE, Outage.UNWRITABLE),
        (sqlite3.SQLITE_ERROR, None),  # no such table
        (sqlite3.SQLITE_CORRUPT, None),  # asking again helps nobody
        (sqlite3.SQLITE_CONSTRAINT_UNIQUE, None),
    ],
)
def test_sqlite(code: int, outage: Outage | None) -> None:
    assert outage_of(of_sqlite(code)) is outage


@pytest.mark.parametrize(
    ("kind", "state", "outage"),
    [
        (OperationalError, None, Outage.AWAY),  # not reached, or gone in mid-sentence
        (InterfaceError, None, Outage.AWAY),  # the connection is closed
        (OperationalError, "57P01", Outage.AWAY),
        (OperationalError, "57P03", Outage.AWAY),
        (OperationalError, "53300", Outage.AWAY),
        (OperationalError, "40P01", Outage.BUSY),
        (OperationalError, "40001", Outage.BUSY),
        (OperationalError, "55P03", Outage.BUSY),
        (OperationalError, "53100", Outage.UNWRITABLE),
        (InternalError, "25006", Outage.UNWRITABLE),
        (ProgrammingError, None, None),
        (ProgrammingError, "42P01", None),
        (IntegrityError, "23505", None),
        (DatabaseError, "22003", None),
    ],
)
def test_postgresql(kind: type[Exception], state: str | None, outage: Outage | None) -> None:
    assert outage_of(wrapped(kind, DriverError(state))) is outage


def test_whatever_else_is_raised() -> None:
    assert outage_of(DatabaseBusy()) is Outage.BUSY
    assert outage_of(OSError(errno.ENOSPC, "said")) is Outage.UNWRITABLE
    assert outage_of(OSError(errno.EROFS, "said")) is Outage.UNWRITABLE
    assert outage_of(FileNotFoundError(errno.ENOENT, "said")) is None
    assert outage_of(wrapped(OperationalError, None)) is None
    assert outage_of(ValueError()) is None
    assert outage_of(None) is None
