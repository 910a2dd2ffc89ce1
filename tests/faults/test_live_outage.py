"""The database goes away under a server that works, and comes back: nothing answered is lost, nothing is restarted.

On SQLite the disk takes no more bytes; with ``FAULTS_ON=postgresql`` in the environment the database server stops like
one that fails. ``OUTAGE=30`` has it last longer than a run of all tests needs, and ``FULL_DISK=folder`` (an empty
folder on a small file system of its own) fills a real disk.
"""

import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest

from .client import Writer
from .sites import Site, assert_kept, assert_log_holds, site_in
from .slowness import slowness

OUTAGE = float(os.environ.get("OUTAGE", "1"))
FULL_DISK = os.environ.get("FULL_DISK")
MEMBERS = 4
#: Seconds until everybody's next save is answered, on a machine that does nothing else.
RECOVERY = 5


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(Path(FULL_DISK) if FULL_DISK else tmp_path, members=MEMBERS, nominees=3) as found:
        yield found


class Member(Writer):
    """Saves until told to stop; after a refusal the same is sent again, as the script of the page does."""

    codes: set[str]
    refusals = 0

    def work(self, until: Event) -> None:
        self.codes = set()
        while not until.is_set():
            self.pending = self.pending or self.next()
            answer = self.post(self.pending)
            if answer.status == 503:
                self.codes.add(answer.facts["code"])
                self.refusals += 1
                time.sleep(0.05)
                continue
            assert answer.status == 200, answer
            self.answered.append((self.pending, answer))
            self.pending = None


@contextmanager
def out(site: Site) -> Iterator[str]:
    """The database is out until the end of the block; its code."""
    if site.postgres is not None:
        site.postgres.stop()
        yield "away"
        site.postgres.start()
    elif FULL_DISK:
        filler = Path(FULL_DISK) / "filler"
        with filler.open("wb", buffering=0) as file:
            _fill(file.write)
        yield "unwritable"
        filler.unlink()
    else:
        _limit(site, 1)
        yield "unwritable"
        _limit(site, resource.RLIM_INFINITY)


def _fill(write: Callable[[bytes], object]) -> None:
    for size in (65_536, 512):
        try:
            while True:
                write(b"\0" * size)
        except OSError:
            continue


def _limit(site: Site, size: int) -> None:
    """Let no process of the server make a file longer than ``size`` bytes."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            group = int(stat.read_text().rpartition(")")[2].split()[2])
        except OSError:
            continue  # ended meanwhile
        if group == site.group:
            _, most = resource.prlimit(int(stat.parent.name), resource.RLIMIT_FSIZE)
            resource.prlimit(int(stat.parent.name), resource.RLIMIT_FSIZE, (size, most))


def test_nothing_is_lost_while_the_database_is_out_and_all_goes_on_by_itself(site: Site) -> None:
    members = [Member(site.world, seat, site.world.numbers[seat % 3]) for seat in range(MEMBERS)]
    stop, port = Event(), site.start()
    for member in members:
        member.connect(port)
        member.save()
    threads = [Thread(target=member.work, args=[stop]) for member in members]
    for thread in threads:
        thread.start()
    time.sleep(0.3)
    with out(site) as code:
        time.sleep(OUTAGE)
        before = [len(member.answered) for member in members]
    since = time.monotonic()
    while any(len(member.answered) <= count for member, count in zip(members, before, strict=True)):
        assert any(thread.is_alive() for thread in threads)
        assert time.monotonic() - since < 120, "nobody came back"
        time.sleep(0.01)
    recovery = time.monotonic() - since
    stop.set()
    for thread in threads:
        thread.join()
    assert recovery <= RECOVERY or recovery <= RECOVERY * slowness()
    assert {code for member in members for code in member.codes} == {code}
    assert all(member.refusals for member in members)
    assert_kept(site, list(members))
    assert assert_log_holds(site) == sum(len(member.answered) for member in members)
    refused = sum(member.refusals for member in members)
    saved = sum(len(member.answered) for member in members)
    print(f"{OUTAGE:.0f} s out, {saved} saves answered, {refused} refused, {recovery:.2f} s to come back")  # noqa: T201
