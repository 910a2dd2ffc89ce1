"""Members saving at once: throughput, waiting, processor time and errors, each against a bare Django floor.

Run ``python -m tests.benchmarks.saves`` in the root of the project (four minutes): 9, 36 and 100 clients at sheets of
their own, on SQLite and on a PostgreSQL of its own, under gunicorn as ``deploy/paritrana-web.service`` starts it. The
floor (``floor_saves.py``) is loaded before and after the project by the same client, on the same database with the same
settings. Afterwards the database is asked whether every answered save is there, once.

``--seconds 20`` loads longer, ``--clients 9 100`` others, ``--databases sqlite`` one, ``--threads 1`` takes synchronous
workers.
"""

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from threading import Barrier, Thread
from typing import Any

from tests.faults.client import CUT, Answer, Save, Writer
from tests.faults.postgres import postgresql
from tests.faults.world import World

ROOT = Path(__file__).resolve().parents[2]
SEATS, NOMINEES = 9, 500
SQLITE = {
    "ENGINE": "django.db.backends.sqlite3",
    "CONN_MAX_AGE": None,
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
    },
}


class FloorWriter(Writer):
    """The same member before the floor."""

    def fields(self, save: Save) -> dict[str, str]:
        """Five marks."""
        return {f"nilai-{criterion}": save.mark for criterion in self.world.criteria}

    def post(self, save: Save) -> Answer:
        """A redirect is the floor's answer to a save."""
        answer = super().post(save)
        return Answer(200, {"revision": save.expected + 1}) if answer.status == 302 else answer


@dataclass
class Load:
    """What a load came to; times in milliseconds."""

    clients: int
    seconds: float = 0.0
    cpu: float = 0.0
    waits: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        """Saves a second."""
        return len(self.waits) / self.seconds

    @property
    def p95(self) -> float:
        """What 95 of 100 saves did not exceed."""
        return quantiles(self.waits, n=20)[-1]

    @property
    def each(self) -> float:
        """Processor time of the server for one save."""
        return self.cpu * 1000 / len(self.waits)


@dataclass(frozen=True)
class Server:
    """Gunicorn with two workers."""

    port: int
    group: int

    def cpu(self) -> float:
        """Seconds of processor time that it and its workers have used."""
        ticks = 0
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rpartition(")")[2].split()
            except OSError:
                continue  # ended meanwhile
            ticks += int(fields[11]) + int(fields[12]) if int(fields[2]) == self.group else 0
        return ticks / os.sysconf("SC_CLK_TCK")


def python(*arguments: str, **environment: str) -> Any:
    """Return what a module of the project prints, as JSON."""
    command = [sys.executable, "-m", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return json.loads(done.stdout)


@contextmanager
def serving(module: str, threads: int, **environment: str) -> Iterator[Server]:
    """Serve ``module`` under gunicorn until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    kind = ["--worker-class", "gthread", "--threads", str(threads)] if threads > 1 else ["--worker-class", "sync"]
    command = [sys.executable, "-m", "gunicorn", module, "--bind", f"127.0.0.1:{port}", "--workers", "2", *kind]
    # Nobody who gets no turn for two seconds may find the connection closed for idling: in service none is kept.
    command += ["--log-level", "error", "--no-control-socket", "--keep-alive", "75"]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environment, start_new_session=True)  # noqa: S603
    try:
        _wait_for(port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for(port: int) -> None:
    for _ in range(300):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/1/")  # to be signed in, or not there
            connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise SystemExit("the server did not start")


def load(server: Server, writers: Sequence[Writer], seconds: float) -> Load:
    """Let every writer save without a pause for ``seconds``; the first save of each is not measured."""
    found = Load(len(writers))
    begin = Barrier(len(writers) + 1)

    def run(writer: Writer) -> None:
        _save(writer, found, measured=False)
        writer.close()  # gunicorn hangs up after two seconds, and the others' first saves may take longer
        begin.wait()
        begin.wait()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            _save(writer, found, measured=True)
        writer.close()

    for writer in writers:
        writer.connect(server.port)
    threads = [Thread(target=run, args=[writer]) for writer in writers]
    for thread in threads:
        thread.start()
    begin.wait()
    cpu, started = server.cpu(), time.monotonic()
    begin.wait()
    for thread in threads:
        thread.join()
    found.cpu, found.seconds = server.cpu() - cpu, time.monotonic() - started
    return found


def _save(writer: Writer, found: Load, *, measured: bool) -> None:
    started = time.monotonic()
    try:
        writer.save()
    except (AssertionError, *CUT) as fault:
        found.faults[f"{type(fault).__name__}: {str(fault)[:60]}"] += 1
        return
    if measured:
        found.waits.append((time.monotonic() - started) * 1000)


def writers_of(kind: type[Writer], world: World, clients: int, turn: int) -> list[Writer]:
    """Return ``clients`` writers, each with a sheet of its own that no other load has touched."""
    first = turn * (clients // SEATS + 1) + 1
    return [kind(world, index % SEATS, first + index // SEATS) for index in range(clients)]


def measure(database: str, place: Callable[[str], str], options: argparse.Namespace) -> None:
    """Load floor and project on ``database``, print a line for each number of clients, and what was left behind."""
    product = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings", "DATABASE_URL": place("product")}
    floor = {"FLOOR_DATABASE": json.dumps(_floor_database(place("floor")))}
    world = World(**python("tests.faults.world", str(SEATS), str(NOMINEES), **product))
    sessions = python("tests.benchmarks.floor_saves", str(SEATS), **floor)
    bare = World("/", sessions, world.numbers, [str(number) for number in range(1, 6)])
    saved: list[Writer] = []
    with (
        serving("tests.benchmarks.floor_saves", options.threads, **floor) as below,
        serving("paritrana.wsgi", options.threads, **product) as above,
    ):
        for turn, clients in enumerate(options.clients):
            own = writers_of(Writer, world, clients, turn + 2)
            loads = [
                load(below, writers_of(FloorWriter, bare, clients, turn), options.seconds / 2),
                load(above, own, options.seconds),
                load(below, writers_of(FloorWriter, bare, clients, turn), options.seconds / 2),
            ]
            saved += own
            report(database, loads)
    print(f"{database}: {verdict(saved, python('tests.benchmarks.saves_costs', 'tally', **product))}", flush=True)


def _floor_database(url: str) -> dict[str, Any]:
    if url.startswith("sqlite"):
        return SQLITE | {"NAME": url.removeprefix("sqlite:///")}
    host, _, name = url.removeprefix("postgres:///").rpartition("/")
    engine = {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    return engine | {"HOST": f"/{host}".replace("//", "/"), "NAME": name, "USER": os.environ["PGUSER"]}


def report(database: str, loads: Sequence[Load]) -> None:
    """Print the line of one number of clients: the project, and in brackets how often the floor."""
    before, own, after = loads
    rate = median([before.rate, after.rate])
    least = min(before, after, key=lambda each: each.each)
    calm = min(before, after, key=lambda each: each.p95)
    faults = dict(before.faults + own.faults + after.faults)
    print(
        f"{database:<11}{own.clients:>4} clients {len(own.waits):>6} saves {own.rate:>6.0f}/s ({own.rate / rate:.2f})"
        f"  p50 {median(own.waits):>5.0f}  p95 {own.p95:>5.0f} ms ({own.p95 / calm.p95:.2f})"
        f"  max {max(own.waits):>5.0f}  cpu {own.each:>5.2f} ms ({own.each / least.each:.2f})"
        f"  floor {rate:>5.0f}/s {calm.p95:>4.0f} ms {least.each:>5.2f} ms  faults {faults or 0}",
        flush=True,
    )


def verdict(writers: Sequence[Writer], left: dict[str, Any]) -> str:
    """Say whether every answered save is there, once."""
    answered = {f"{writer.seat}/{writer.number}": len(writer.answered) for writer in writers}
    lost = sum(max(0, count - left["revisions"].get(sheet, 0)) for sheet, count in answered.items())
    doubled = sum(max(0, count - answered.get(sheet, 0)) for sheet, count in left["revisions"].items())
    total = sum(answered.values())
    log = left["broken"] or "the log holds"
    return f"{total} answered, {lost} lost, {doubled} more than answered, {left['receipts']} receipts, {log}"


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--clients", type=int, nargs="+", default=[9, 36, 100])
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "sqlite" in options.databases:
            for size in (50, 2000):
                own = {"DJANGO_SETTINGS_MODULE": "tests.faults.settings"}
                own["DATABASE_URL"] = f"sqlite:///{folder}/{size}.sqlite3"
                found = python("tests.benchmarks.saves_costs", "queries", str(size), **own)
                print(f"queries with {size} nominees: {found}", flush=True)
            measure("sqlite", lambda name: f"sqlite:///{folder}/{name}.sqlite3", options)
        if "postgresql" in options.databases:
            with postgresql(folder) as server:
                measure("postgresql", server.place, options)


if __name__ == "__main__":
    main()
