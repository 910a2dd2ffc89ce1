"""The server is killed in the middle of saves, again and again: what it had answered is there, once and unchanged.

Four members save without a pause; gunicorn, its workers and all their connections are killed at once at a moment that
moves through the length of a save. ``KILLS=50`` in the environment kills more often than a run of all tests needs.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Semaphore, Thread
from typing import Any

import pytest

from judging.services.scores import content_hash
from paritrana.audit.chain import HASHED_FIELDS, first_break

from .client import CUT, Save, Writer
from .world import World

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("KILLS", "20"))
MEMBERS = 4
CHAIN = "2024/53"


@dataclass
class Site:
    """A database and the process that serves it; started anew after each death."""

    database: Path
    process: "subprocess.Popen[str]"
    group: int = 0

    def start(self) -> int:
        """Start a server and return its port."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{self.database}\n")
        self.process.stdin.flush()
        port, self.group = map(int, self.process.stdout.readline().split())
        return port

    def kill(self) -> None:
        """Kill gunicorn and its workers at once, as a failing machine does."""
        os.killpg(self.group, signal.SIGKILL)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of ``query``."""
        with closing(sqlite3.connect(self.database, timeout=20)) as connection:
            return connection.execute(query, values).fetchall()


def run(module: str, *arguments: str, database: Path, **options: Any) -> "subprocess.Popen[str]":
    own = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "DATABASE_URL": f"sqlite:///{database}"}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(  # noqa: S603 - own modules
        command, cwd=ROOT, env=os.environ | own, text=True, stdout=subprocess.PIPE, stdin=subprocess.PIPE, **options
    )


@pytest.fixture
def world(tmp_path: Path) -> World:
    with run("tests.faults.world", str(MEMBERS), "3", database=tmp_path / "site.sqlite3") as process:
        answer, _ = process.communicate()
    return World(**json.loads(answer))


@pytest.fixture
def site(world: World, tmp_path: Path) -> Iterator[Site]:
    database = tmp_path / "site.sqlite3"
    with run("tests.faults.server", database=database) as process:
        found = Site(database, process)
        yield found
        if found.group:
            found.kill()
        assert process.stdin is not None
        process.stdin.close()
    log = database.with_suffix(".log")
    assert (log.read_text("utf-8") if log.exists() else "") == ""


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


def assert_kept(site: Site, writers: list[Writer]) -> int:
    """Every answer has its receipt, every sheet holds its last answer or the save that was never answered.

    Returns how many of the latter had come to rest.
    """
    receipts = {key: found for key, *found in site.ask("SELECT key, revision, content_hash FROM judging_savereceipt")}
    for writer in writers:
        for save, answer in writer.answered:
            revision, digest = receipts.pop(save.key)
            assert f"{revision}-{digest[:8]}" == answer.facts["receipt"]
        last = writer.answered[-1][0] if writer.answered else None
        if writer.pending and receipts.pop(writer.pending.key, None):
            last = writer.pending
        if last:
            assert_stored(site, writer, last)
    assert receipts == {}, "receipts that nobody asked for"
    return sum(bool(writer.pending and stored(site, writer)[0] > writer.revision) for writer in writers)


def stored(site: Site, writer: Writer) -> tuple[int, str, str, str]:
    found = site.ask(
        "SELECT sheet.revision, version.entries, version.content_hash, rubric.content_hash FROM judging_sheet sheet"
        " JOIN judging_sheetversion version ON version.sheet_id = sheet.id"
        " JOIN judging_rubricversion rubric ON rubric.id = version.rubric_version_id"
        " JOIN judging_seat seat ON seat.id = sheet.seat_id"
        " JOIN nominees_nomination nomination ON nomination.id = sheet.nomination_id"
        " WHERE seat.position = ? AND nomination.number = ?",
        writer.seat + 1,
        writer.number,
    )
    assert len(found) <= 1
    return found[0] if found else (0, "", "", "")


def assert_stored(site: Site, writer: Writer, save: Save) -> None:
    revision, entries, digest, rubric = stored(site, writer)
    cells = json.loads(entries)
    assert revision == save.expected + 1
    assert {cell["value"] for cell in cells.values()} == {save.mark}
    assert cells[writer.world.criteria[0]]["note"] == save.note
    assert digest == content_hash(key=save.key, rubric_hash=rubric, cells=cells)


def assert_log_holds(site: Site) -> int:
    """The chain of the round is whole; returns how many saves it tells of."""
    names = [*HASHED_FIELDS, "hash"]
    rows = site.ask(f"SELECT {', '.join(names)} FROM audit_event WHERE chain = ? ORDER BY seq", CHAIN)  # noqa: S608
    events = [dict(zip(names, row, strict=True)) for row in rows]
    for event in events:
        written = datetime.fromisoformat(event["at"]).replace(tzinfo=UTC)
        event["at"] = written.isoformat(timespec="microseconds")
    heads = site.ask("SELECT seq, hash FROM audit_head WHERE chain = ?", CHAIN)
    assert first_break(CHAIN, events, heads[0] if heads else None) is None
    return sum(event["action"].startswith("sheet.") for event in events)


def repeat(site: Site, writer: Writer, chance: random.Random) -> None:
    """An old request once more, now with other marks: it gets its first answer, and nothing moves."""
    before = stored(site, writer)
    save, first = chance.choice(writer.answered)
    again = writer.post(Save(save.key, save.expected, "99", "lain sama sekali"))
    assert (again.status, again.facts["receipt"]) == (200, first.facts["receipt"])
    assert stored(site, writer) == before


def test_what_was_answered_survives_every_kill_of_the_server(site: Site, world: World) -> None:
    chance = random.Random(20240624)  # noqa: S311 - moments, no secrets
    writers = [Writer(world, seat, world.numbers[seat % 3]) for seat in range(MEMBERS)]
    unanswered, recoveries = 0, []
    for _ in range(KILLS):
        started = time.monotonic()
        port = site.start()
        for writer in writers:
            writer.connect(port)
            writer.save()  # first of all what was in the air when the server died
        recoveries.append(time.monotonic() - started)
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
    assert site.ask("PRAGMA integrity_check") == [("ok",)]
    assert max(recoveries) <= 5
    slowest = f"{max(recoveries[1:], default=0):.2f} s to come back, {recoveries[0]:.2f} s with Django to load"
    print(f"{KILLS} kills, {saved} saves answered, {unanswered} written and not answered, {slowest}")  # noqa: T201 (-s)
