"""Serves a database per journey: ``python -m tests.journeys.server``.

Each line of standard input is the path of a database; the answer is a line with the address of a new process that
serves it. Django is loaded once and each server is a fork, so that a journey waits milliseconds for its own.
A line ``stop <address>`` ends one; all end with the input. A line ``work <database>`` starts a worker for its tasks,
which is stopped by the same name.
"""

import os
import signal
import socket
import sys
from pathlib import Path

import django


def main() -> None:
    """Answer requests for servers until the input ends."""
    django.setup()
    _warm_up()
    running: dict[str, int] = {}
    for line in sys.stdin:
        words = line.split()
        if words[0] == "stop":
            _stop(running.pop(words[1]))
            continue
        if words[0] == "work":
            running[words[1]] = _started_worker(Path(words[1]))
            continue
        listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        process = os.fork()
        if not process:
            _serve(Path(words[0]), listening)
        listening.close()
        running[address] = process
        print(address, flush=True)  # noqa: T201 - the answer
    for process in running.values():
        _stop(process)


def _warm_up() -> None:
    """Load what every server would load for itself."""
    from django.core.wsgi import get_wsgi_application
    from django.urls import get_resolver
    from django.utils.translation import get_language

    get_wsgi_application()
    _ = get_resolver().url_patterns, get_language()


def _stop(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def _use(database: Path) -> None:
    """Work on ``database`` in this process; what goes wrong is written beside it."""
    from django.conf import settings
    from django.db import connections

    log = os.open(database.with_suffix(".log"), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 2)
    os.close(0)
    connections.settings["default"]["NAME"] = str(database)
    settings.MEDIA_ROOT = database.parent / "media"


def _started_worker(database: Path) -> int:
    """Start a process that does the tasks of ``database`` for ever, and return its id."""
    process = os.fork()
    if not process:
        from django.core.management import call_command

        _use(database)
        call_command("worker")
    return process


def _serve(database: Path, listening: socket.socket) -> None:
    """Serve ``database`` on ``listening`` for ever."""
    from django.core.servers.basehttp import ThreadedWSGIServer
    from django.core.wsgi import get_wsgi_application
    from django.test.testcases import QuietWSGIRequestHandler

    _use(database)
    server = ThreadedWSGIServer(
        listening.getsockname(), QuietWSGIRequestHandler, bind_and_activate=False, connections_override=None
    )
    server.socket.close()
    server.socket = listening
    server.server_name, server.server_port = listening.getsockname()
    server.setup_environ()
    server.set_app(get_wsgi_application())
    server.serve_forever()


if __name__ == "__main__":
    main()
