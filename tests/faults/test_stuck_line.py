"""Somebody writes and never stops: who waits is told so, nothing is half-written, and the same may be sent again."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from judging.models import SaveReceipt, SheetVersion
from nominees.templatetags.rounds import round_url
from paritrana.audit.models import AuditEvent
from paritrana.busy import RETRY_AFTER
from paritrana.kernel import lines
from tests.factories.saves import make_sheet_world

pytestmark = pytest.mark.usefixtures("shared_database")

MARKS = {"nilai-komitmen": "80", "nilai-inovasi": "3", "revision": "0", "request_key": "kunci-permintaan"}


@contextmanager
def stuck() -> Iterator[bool]:
    """Somebody stands at the head of the line and stays; whether there is a line at all."""
    if connection.vendor != "sqlite":
        yield False
        return
    with Path(f"{connection.settings_dict['NAME']}-line").open("w") as line:
        fcntl.flock(line, fcntl.LOCK_EX)
        yield True


def test_a_save_that_cannot_begin_is_told_so_and_counts_once_when_it_comes_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_sheet_world()
    monkeypatch.setattr(lines, "PATIENCE", 0.01)
    client.force_login(world["member"])
    url = round_url("judging:sheet", world["round"], number=world["nomination"].number)
    fields: dict[str, Any] = {**MARKS, "langkah": "simpan"}
    events = AuditEvent.objects.count()
    with stuck() as has_line:
        refused = client.post(url, fields)
        assert refused.status_code == (503 if has_line else 302)
        if has_line:
            assert (refused["Retry-After"], SheetVersion.objects.count()) == (str(RETRY_AFTER), 0)
            assert (AuditEvent.objects.count(), SaveReceipt.objects.count()) == (events, 0)
    assert client.post(url, fields).status_code == 302
    assert client.post(url, fields).status_code == 302
    assert (SheetVersion.objects.count(), SaveReceipt.objects.count()) == (1, 1)
    assert AuditEvent.objects.count() == events + 1
