"""On SQLite writers stand in line, so that nobody is told that the database is locked, however long the line is."""

import os
import time
from collections.abc import Iterator
from functools import partial

import pytest
from django.db import connection, connections, transaction

from paritrana.audit.models import AuditHead
from paritrana.kernel.transactions import atomic_service

from .racing import race

pytestmark = pytest.mark.usefixtures("shared_database")


@pytest.fixture
def impatient(shared_database: None) -> Iterator[None]:
    """SQLite refuses at once whoever finds somebody writing."""
    settings = connections.settings["default"]
    patient = settings["OPTIONS"]
    if connection.vendor == "sqlite":
        settings["OPTIONS"] = patient | {"timeout": 0}
    yield
    settings["OPTIONS"] = patient


@atomic_service
def write(chain: str, *, again: bool = False) -> None:
    head = AuditHead.objects.select_for_update().get(chain=chain)
    time.sleep(0.002)  # long enough for the others to come
    AuditHead.objects.filter(chain=chain).update(seq=head.seq + 1)
    if again:
        write(chain)  # a service called by a service is in already


def test_writers_wait_for_their_turn_and_not_for_a_free_moment(impatient: None) -> None:
    AuditHead.objects.create(chain="2024/53", seq=0, hash="0" * 64)

    def write_often() -> None:
        for turn in range(10):
            write("2024/53", again=turn == 0)

    race([write_often] * 6)
    assert AuditHead.objects.get().seq == 66


def test_who_leaves_with_an_error_leaves_the_line(impatient: None) -> None:
    with pytest.raises(AuditHead.DoesNotExist):
        write("2024/53")
    AuditHead.objects.create(chain="2024/53", seq=0, hash="0" * 64)
    race([partial(write, "2024/53")])
    assert AuditHead.objects.get().seq == 1


def test_inside_a_transaction_nobody_queues(impatient: None) -> None:
    AuditHead.objects.create(chain="2024/53", seq=0, hash="0" * 64)
    with transaction.atomic():
        write("2024/53")
    assert AuditHead.objects.get().seq == 1


def test_without_a_file_to_queue_at_writing_goes_on(impatient: None, monkeypatch: pytest.MonkeyPatch) -> None:
    AuditHead.objects.create(chain="2024/53", seq=0, hash="0" * 64)

    def full(*_arguments: object) -> int:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "open", full)
    write("2024/53")
    assert AuditHead.objects.get().seq == 1
