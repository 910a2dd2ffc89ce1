"""A bad network between the browser and the site: it can be cut, be slow, and lose requests or answers.

The browser cannot tell it from a real one: what is lost is a connection that closes without a word. What the service
worker asks for goes through it as well, which a browser's own simulation of a network leaves out.
"""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

PATIENCE = 20.0  # seconds


@dataclass
class Network:
    """What lies between ``url``, which the browser opens, and the site.

    ``delay``: seconds that each request takes longer. ``loses`` tells of each request (its first line) what becomes of
    it: "request" is lost before the server, "answer" after it, anything else arrives.
    """

    site: str
    delay: float = 0.0
    loses: Callable[[str], str] = lambda line: ""
    is_cut: bool = False
    seen: list[tuple[str, str]] = field(default_factory=list)
    url: str = ""

    def posts(self) -> list[str]:
        """Return what became of each POST, in order; empty for what arrived."""
        return [fate for line, fate in self.seen if line.startswith("POST ")]

    def lose_next(self, *fates: str, only: str = "POST ") -> None:
        """Let the next requests that begin with ``only`` meet ``fates`` ("request", "answer", ""), one each."""
        left = list(fates)
        self.loses = lambda line: left.pop(0) if left and line.startswith(only) else ""

    def lose_every(self, which: int) -> None:
        """Let every ``which``-th request be lost, in turn before and after the server."""
        count = iter(range(1, 1_000_000))

        def fate(_line: str) -> str:
            number = next(count)
            return ("request", "answer")[number // which % 2] if number % which == 0 else ""

        self.loses = fate

    def carry(self, browser: socket.socket) -> None:
        """Carry one request to the site and its answer back, or lose it."""
        with browser, suppress(OSError):
            browser.settimeout(PATIENCE)
            request = _request(browser)
            if not request or self.is_cut:
                return
            line = request.split(b"\r\n", 1)[0].decode()
            fate = self.loses(line)
            self.seen.append((line, fate))
            time.sleep(self.delay)
            if fate == "request" or self.is_cut:
                return
            answer = self._asked(request)
            if fate != "answer" and not self.is_cut:
                browser.sendall(answer)

    def _asked(self, request: bytes) -> bytes:
        head, body = request.split(b"\r\n\r\n", 1)
        lines = [line for line in head.split(b"\r\n") if not line.lower().startswith(b"connection:")]
        where = urlsplit(self.site)
        with socket.create_connection((where.hostname or "", where.port or 80), PATIENCE) as site:
            site.sendall(b"\r\n".join([*lines, b"Connection: close", b"", body]))
            return b"".join(iter(lambda: site.recv(65536), b""))


def _request(browser: socket.socket) -> bytes:
    """Return one whole request; nothing for a connection that was opened and never used."""
    read = b""
    while b"\r\n\r\n" not in read:
        more = browser.recv(65536)
        if not more:
            return b""
        read += more
    head = read.split(b"\r\n\r\n", 1)[0].lower()
    length = next((int(line[15:]) for line in head.split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(read) < len(head) + 4 + length:
        read += browser.recv(65536)
    return read


@contextmanager
def network_before(site: str) -> Iterator[Network]:
    """Put a network before the address ``site``; it works until told otherwise."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        network = Network(site, url=f"http://127.0.0.1:{listening.getsockname()[1]}")

        def accept() -> None:
            with suppress(OSError):
                while True:
                    browser, _ = listening.accept()
                    threading.Thread(target=network.carry, args=(browser,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield network
        network.is_cut = True
        listening.shutdown(socket.SHUT_RDWR)
