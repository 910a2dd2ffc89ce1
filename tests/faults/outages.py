"""Real outages for the connection of a test: whatever is asked of the database fails as it does in service."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection


@contextmanager
def away() -> Iterator[None]:
    """There is nothing where the database was."""
    settings, key = connection.settings_dict, "HOST" if connection.vendor == "postgresql" else "NAME"
    usual, settings[key] = settings[key], "/nowhere/at-all"
    connection.close()
    try:
        yield
    finally:
        connection.close()
        settings[key] = usual


@contextmanager
def read_only() -> Iterator[None]:
    """The database can be read and takes nothing."""
    if connection.vendor == "postgresql":
        lock, unlock = (f"SET default_transaction_read_only = {word}" for word in ("on", "off"))
    else:
        lock, unlock = (f"PRAGMA query_only = {word}" for word in ("on", "off"))
    _run(lock)
    try:
        yield
    finally:
        _run(unlock)


@contextmanager
def full() -> Iterator[None]:
    """There is no room for another page. PostgreSQL cannot be told so: there it is as if the disk was read-only."""
    if connection.vendor == "postgresql":
        with read_only():
            yield
        return
    _run("VACUUM")  # nor is there any inside
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
    _run(f"PRAGMA max_page_count = {pages}")
    try:
        yield
    finally:
        _run("PRAGMA max_page_count = 4294967294")


def cut() -> None:
    """PostgreSQL ends the connection behind our back; SQLite has nobody who could."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            pid = cursor.fetchone()[0]
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def next_request() -> None:
    """What begins and ends every request in service; the client of the tests leaves it out."""
    close_old_connections()


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
