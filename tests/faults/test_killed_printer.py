"""The worker is killed in the middle of a batch: each paper is issued once, with one number and one file."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from judging.models import Document, DocumentKind, ItemState, PrintBatch, PrintState
from judging.selectors.documents import papers_of, stored_bytes
from judging.selectors.print_batches import LEASE, state_of
from judging.services import paper_making as making
from judging.services import print_batch_work as work
from judging.services.print_batches import start_batch, sweep_batches
from nominees.models import Round
from paritrana.accounts.models import Role
from paritrana.kernel import clock
from tests.factories.awards import make_decided_round
from tests.factories.world import make_user

from .postgres import ROOT
from .slowness import slowness
from .stuck_printer import files_in, quick_certificates
from .test_killed_worker import database_url

pytestmark = pytest.mark.usefixtures("shared_database")
#: Seconds until a worker has begun, on a machine that does nothing else.
BEGIN = 15


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where papers lie, quickly made, for this process and the worker's."""
    monkeypatch.setattr(work, "PORTION", work.PORTION)
    kind = DocumentKind.CERTIFICATE
    monkeypatch.setitem(making.MADE, kind, making.MADE[kind])
    quick_certificates()
    with files_in(tmp_path):
        yield tmp_path


def files(folder: Path) -> set[str]:
    return {one.name for one in folder.rglob("*.pdf")}


def wait_for(folder: Path, count: int) -> None:
    until = time.monotonic() + max(BEGIN, BEGIN * slowness())
    while len(files(folder)) < count:
        assert time.monotonic() < until
        time.sleep(0.05)


def started(round: Round) -> PrintBatch:
    subjects = [row.subject for row in papers_of(round) if row.kind == DocumentKind.CERTIFICATE]
    actor = make_user(Role.ORGANISER, round=round)
    return start_batch(round=round, subjects=subjects, actor=actor, at=clock.now())


def test_a_worker_that_is_killed_leaves_no_paper_half_issued(folder: Path) -> None:
    batch = started(make_decided_round((90, 80, 70), categories=3))
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "tests.faults.settings"}
    with subprocess.Popen(  # noqa: S603 - our own module, with a folder of this test
        [sys.executable, "-m", "tests.faults.stuck_printer", str(folder), "2"], cwd=ROOT, env=environment
    ) as worker:
        try:
            wait_for(folder, 6)  # two portions of two are issued, a third one is stored
        finally:
            worker.kill()
    assert Document.objects.count() == 4
    later = clock.now() + LEASE * 2
    batch.refresh_from_db()
    assert (batch.state, state_of(batch, at=later)) == (PrintState.RUNNING, PrintState.WAITING)

    assert sweep_batches(at=later) == 1
    work.run_batch(batch.pk, now=clock.now)

    batch.refresh_from_db()
    papers = list(Document.objects.order_by("serial"))
    assert (batch.state, batch.attempt) == (PrintState.DONE, 2)
    assert [one.serial for one in papers] == list(range(1, 10))
    assert len({one.number for one in papers}) == 9
    assert batch.items.filter(state=ItemState.DONE).count() == 9
    assert files(folder) == {Path(one.file.name).name for one in papers}
    assert all(stored_bytes(one) for one in papers)
