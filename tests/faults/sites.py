"""A round in scoring on a database of its own, served by gunicorn: what is killed, cut off, and asked what it holds.

On SQLite; ``FAULTS_ON=postgresql`` in the environment tries the same on a temporary PostgreSQL server.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from judging.services.scores import content_hash
from paritrana.audit.chain import HASHED_FIELDS, first_break

from .client import Save, Writer
from .postgres import ROOT, Postgres, postgresql
from .world import World

ON = os.environ.get("FAULTS_ON", "sqlite")
CHAIN = "2024/53"


@dataclass
class Site:
    """A database, what is in it, and the process that serves it; started anew after each death."""

    url: str
    log: Path
    world: World
    postgres: Postgres | None
    process: "subprocess.Popen[str]"
    group: int = 0

    def start(self) -> int:
        """Start a server and return its port."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{self.log}\n")
        self.process.stdin.flush()
        port, self.group = map(int, self.process.stdout.readline().split())
        return port

    def kill(self) -> None:
        """Kill gunicorn and its workers at once, as a failing machine does."""
        os.killpg(self.group, signal.SIGKILL)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Return the rows of ``query``, whose values are written as question marks."""
        if self.postgres is None:
            with closing(sqlite3.connect(self.url.removeprefix("sqlite:///"), timeout=20)) as connection:
                return connection.execute(query, values).fetchall()
        import psycopg

        host, name = str(self.postgres.folder), self.url.rpartition("/")[2]
        with psycopg.connect(host=host, dbname=name) as other:
            return other.execute(query.replace("?", "%s"), values).fetchall()


def run(module: str, *arguments: str, url: str) -> "subprocess.Popen[str]":
    """Start a module of the project on the database ``url``."""
    own = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "DATABASE_URL": url}
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.Popen(  # noqa: S603 - own modules
        command, cwd=ROOT, env=os.environ | own, text=True, stdout=subprocess.PIPE, stdin=subprocess.PIPE
    )


@contextmanager
def site_in(folder: Path, *, members: int, nominees: int) -> Iterator[Site]:
    """A site in ``folder``; its last server is killed at the end."""
    if ON == "postgresql":
        # Not in the folder of the test: a socket's path is short, and the server's account has to get there.
        with tempfile.TemporaryDirectory() as short, postgresql(Path(short)) as server:
            yield from _site(folder, server, server.place("site"), members, nominees)
    else:
        yield from _site(folder, None, f"sqlite:///{folder / 'site.sqlite3'}", members, nominees)


def _site(folder: Path, postgres: Postgres | None, url: str, members: int, nominees: int) -> Iterator[Site]:
    with run("tests.faults.world", str(members), str(nominees), url=url) as building:
        answer, _ = building.communicate()
    with run("tests.faults.server", url=url) as process:
        found = Site(url, folder / "site.log", World(**json.loads(answer)), postgres, process)
        try:
            yield found
        finally:
            if found.group:
                found.kill()
            assert process.stdin is not None
            process.stdin.close()


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
    """Return revision, marks, their hash and that of the rubric, as the sheet of ``writer`` is now."""
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
    if not found:
        return 0, "", "", ""
    revision, entries, digest, rubric = found[0]
    return revision, entries, digest, rubric


def assert_stored(site: Site, writer: Writer, save: Save) -> None:
    """The sheet of ``writer`` is as ``save`` left it."""
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
        written = event["at"]
        if isinstance(written, str):  # SQLite keeps no zone
            written = datetime.fromisoformat(written).replace(tzinfo=UTC)
        event["at"] = written.astimezone(UTC).isoformat(timespec="microseconds")
    heads = site.ask("SELECT seq, hash FROM audit_head WHERE chain = ?", CHAIN)
    assert first_break(CHAIN, events, heads[0] if heads else None) is None
    return sum(event["action"].startswith("sheet.") for event in events)
