"""The server is killed in the middle of saves, again and again: what it had answered is there, once and unchanged.

Four members save without a pause; gunicorn, its workers and all their connections are killed at once at a moment that
moves through the length of a save. ``KILLS=50`` in the environment kills more often than a run of all tests needs,
``FAULTS_ON=postgresql`` on the other database.
"""

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Semaphore, Thread

import pytest

from .client import CUT, Save, Writer
from .sites import Site, assert_kept, assert_log_holds, site_in, stored
from .slowness import slowness

KILLS = int(os.environ.get("KILLS", "20"))
MEMBERS = 4
#: Seconds until everybody's next save is answered, on a machine that does nothing else.
RECOVERY = 5


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with site_in(tmp_path, members=MEMBERS, nominees=3) as found:
        yield found
    assert (found.log.read_text("utf-8") if found.log.exists() else "") == ""


def save_until_cut(writer: Writer) -> None:
    try:
        while True:
            writer.save()
    except CUT:
        pass


def die_in_mid_save(site: Site, writers: list[Writer], chance: random.Random) -> None:
    """Let everybody save, and kill the server a few thousandths of a second after some request has gone out."""
    sent = Semaphore(0)
    for writer in writers:
        writer.sent = sent.release
    threads = [Thread(target=save_until_cut, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    for _ in range(chance.randint(8, 40)):
        assert sent.acquire(timeout=20)
    time.sleep(chance.random() * 0.012)
    site.kill()
    for thread in threads:
        thread.join()


def recover(site: Site, writers: list[Writer]) -> float:
    """Start a server and have everybody save, first of all what was in the air; return how long that took.

    Almost all of it is work of the processor: loading Django the first time, then forking the workers and their first
    requests. So where other programs hold the processor it takes longer by as much as any other work does just then.
    """
    started = time.monotonic()
    port = site.start()
    for writer in writers:
        writer.connect(port)
        writer.save()
    took = time.monotonic() - started
    assert took <= RECOVERY or took <= RECOVERY * slowness(), f"{took:.2f} s to come back"
    return took


def repeat(site: Site, writer: Writer, chance: random.Random) -> None:
    """An old request once more gets its first answer; its key with other marks is refused; and nothing moves."""
    before = stored(site, writer)
    save, first = chance.choice(writer.answered)
    again = writer.post(save)
    assert (again.status, again.facts["receipt"]) == (200, first.facts["receipt"])
    other = writer.post(Save(save.key, save.expected, "99", "lain sama sekali"))
    assert (other.status, other.facts["code"]) == (409, "sheet_changed_meanwhile")
    assert stored(site, writer) == before


def test_what_was_answered_survives_every_kill_of_the_server(site: Site) -> None:
    chance = random.Random(20240624)  # noqa: S311 - moments, no secrets
    writers = [Writer(site.world, seat, site.world.numbers[seat % 3]) for seat in range(MEMBERS)]
    unanswered, recoveries = 0, []
    for _ in range(KILLS):
        recoveries.append(recover(site, writers))
        repeat(site, writers[0], chance)
        die_in_mid_save(site, writers, chance)
        unanswered += assert_kept(site, writers)
        assert_log_holds(site)
    writers[0].connect(site.start())
    for writer in writers:
        writer.connect(writers[0].port)
        if writer.pending:
            writer.save()
        assert stored(site, writer)[0] == len(writer.answered)
    saved = sum(len(writer.answered) for writer in writers)
    assert assert_log_holds(site) == saved == site.ask("SELECT COUNT(*) FROM judging_savereceipt")[0][0]
    if site.postgres is None:
        assert site.ask("PRAGMA integrity_check") == [("ok",)]
    slowest = f"{max(recoveries[1:], default=0):.2f} s to come back, {recoveries[0]:.2f} s with Django to load"
    print(f"{KILLS} kills, {saved} saves answered, {unanswered} written and not answered, {slowest}")  # noqa: T201 (-s)
