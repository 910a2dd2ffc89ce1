"""Serves a database under gunicorn as in service; ``python -m tests.faults.server``.

Each line of standard input is the path of a log; the answer is a line with the port and the process group of a new
server on the database of the settings. Django is loaded once and each server is a fork, so that fifty of them can be
killed in a test; what is killed is gunicorn with its two workers and their threads and connections, all at once.
"""

import os
import socket
import sys
from pathlib import Path
from typing import Any

import django
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped]


class _Server(BaseApplication):
    """Gunicorn with the options of the service, on a socket that is open already."""

    def __init__(self, listening: socket.socket, log: Path) -> None:
        self.listening, self.log = listening, log
        super().__init__()

    def load_config(self) -> None:
        """Two workers of four threads each, as ``deploy/paritrana-web.service`` starts them."""
        self.cfg.set("bind", f"fd://{self.listening.fileno()}")
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("workers", 2)
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "error")
        self.cfg.set("errorlog", str(self.log))
        self.cfg.set("capture_output", True)
        self.cfg.set("control_socket_disable", True)

    def load(self) -> Any:
        """Return the project."""
        from paritrana.wsgi import application

        return application


def main() -> None:
    """Start a server for each line until the input ends."""
    django.setup()
    from django.urls import get_resolver

    import paritrana.wsgi  # noqa: F401 - what every server would load for itself

    _ = get_resolver().url_patterns
    for line in sys.stdin:
        listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        process = os.fork()
        if not process:
            os.setsid()
            _serve(listening, Path(line.strip()))
        print(listening.getsockname()[1], process, flush=True)  # noqa: T201 - the answer
        listening.close()
        os.waitpid(process, 0)  # until it is killed


def _serve(listening: socket.socket, log: Path) -> None:
    os.set_inheritable(listening.fileno(), True)
    sys.argv = ["paritrana"]
    _Server(listening, log).run()
    os._exit(1)


if __name__ == "__main__":
    main()
