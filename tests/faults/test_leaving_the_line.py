"""Writers on SQLite stand in line until their commit, and not for what waits for it."""

import fcntl
from pathlib import Path

import pytest
from django.db import connection, transaction

from paritrana.kernel.transactions import atomic_service


@pytest.fixture
def is_taken(shared_database, tmp_path):
    """Whether somebody stands at the head of the line; on PostgreSQL nobody ever stands there."""
    database = connection.settings_dict["NAME"] if connection.vendor == "sqlite" else tmp_path / "data"

    def ask():
        with Path(f"{database}-line").open("w") as line:
            try:
                fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    return ask


def test_the_line_is_left_before_what_waits_for_the_commit(is_taken):
    seen = []

    @atomic_service
    def inner():
        seen.append(is_taken())

    @atomic_service
    def outer():
        transaction.on_commit(lambda: seen.append(is_taken()))
        inner()
        seen.append(is_taken())

    outer()
    has_line = connection.vendor == "sqlite"
    assert seen == [has_line, has_line, False]


def test_the_line_is_left_after_a_failure(is_taken):
    @atomic_service
    def fail():
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not is_taken()
