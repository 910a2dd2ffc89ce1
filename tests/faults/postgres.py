"""A PostgreSQL server of one's own, that can be stopped like one that fails and started again."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Postgres:
    """A running server: the folder of its socket and data."""

    folder: Path

    def place(self, name: str) -> str:
        """Make a database and return its address."""
        import psycopg

        with psycopg.connect(host=str(self.folder), dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            # The temporary server answers before it has written; one that is to be stopped may not.
            connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = on")
        return f"postgres:///{self.folder}/{name}"

    def stop(self) -> None:
        """Stop at once, without a word to whoever is connected; what was committed is in the journal."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """Start again with the options it had."""
        options = (self.folder / "data" / "postmaster.opts").read_text("utf-8").partition('"-D" "data"')[2].strip()
        self._control("-t", "60", "-l", str(self.folder / "server.log"), "-o", options, "start")

    def _control(self, *arguments: str) -> None:
        program = (self.folder / "data" / "postmaster.opts").read_text("utf-8").split()[0]
        who = ["runuser", "-u", (self.folder / "data").owner(), "--"] if os.geteuid() == 0 else []
        command = [*who, str(Path(program).with_name("pg_ctl")), "-D", "data", "-w", *arguments]
        subprocess.run(command, cwd=self.folder, stdout=subprocess.DEVNULL, check=True)  # noqa: S603


@contextmanager
def postgresql(folder: Path) -> Iterator[Postgres]:
    """Run a server in ``folder`` until the end of the block, made as ``bin/test`` makes its own."""
    script = '. bin/common.sh && . bin/postgres.sh && trap stop_postgres EXIT && start_postgres "$1" && '
    script += 'echo "$postgres_home" && read -r _'
    command = ["bash", "-c", script, "bash", str(folder)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
    assert process.stdin is not None
    assert process.stdout is not None
    home = process.stdout.readline().strip()
    os.environ["PGUSER"] = "paritrana"
    try:
        yield Postgres(Path(home))
    finally:
        process.communicate("\n")
