"""Headless Chromium of the system, and for each journey a site of its own.

One database is built (``world``); each journey is served a copy by a process of its own (``site``), so that nothing
it does is seen by another. ``phone`` and ``desktop`` are pages; at the end of a journey no page may have written an
error to its console (a violation of the content policy is one), asked another host for anything or asked the person
something that the journey did not wait for, and the server may not have failed.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from .browser import DESKTOP, PHONE, Visit, answer_to, enter, watch_questions
from .world import NEWCOMER

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """A served copy of the world."""

    url: str
    database: Path

    def ask(self, query: str, *values: object) -> list[Any]:
        """Return what the database holds: the rows of ``query``, or its values where it asks for one column."""
        with sqlite3.connect(f"file:{self.database}?mode=ro", uri=True) as connection:
            rows = connection.execute(query, values).fetchall()
        return [row[0] if len(row) == 1 else row for row in rows]


def _environment(database: Path) -> dict[str, str]:
    own = {"DJANGO_SETTINGS_MODULE": "tests.journeys.settings", "JOURNEY_DATABASE": str(database)}
    return {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | own


@pytest.fixture(scope="session")
def catalogue() -> None:
    """Compile the translations where set-up has not done it: the pages are Indonesian."""
    for source in (ROOT / "locale").rglob("*.po"):
        compiled = source.with_suffix(".mo")
        if not compiled.exists():
            msgfmt = shutil.which("msgfmt") or "msgfmt"
            subprocess.run([msgfmt, "-o", str(compiled), str(source)], check=True)  # noqa: S603 - own files


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database that the journeys start from; built once, in a process of its own."""
    own = tmp_path_factory.getbasetemp()
    # The workers of pytest-xdist have a folder each under a common one: who comes second waits for the first.
    common = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    database, unfinished = common / "world.sqlite3", common / "unfinished.sqlite3"
    with (common / "world.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not database.exists():
            subprocess.run(
                [sys.executable, "-m", "tests.journeys.world"],
                cwd=ROOT,
                env=_environment(unfinished),
                stdout=subprocess.DEVNULL,
                check=True,
            )
            unfinished.rename(database)
    return database


@pytest.fixture(scope="session")
def servers(world: Path, catalogue: None) -> Iterator[subprocess.Popen[str]]:
    """The process that starts servers."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.server"],
        cwd=ROOT,
        env=_environment(world),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture
def site(world: Path, servers: subprocess.Popen[str], tmp_path: Path) -> Iterator[Site]:
    """A copy of the world, served for this journey alone."""
    database = tmp_path / "site.sqlite3"
    shutil.copyfile(world, database)
    assert servers.stdin is not None
    assert servers.stdout is not None
    servers.stdin.write(f"{database}\n")
    address = servers.stdout.readline().strip()
    assert address, "The server did not start; its own words are above."
    yield Site(address, database)
    servers.stdin.write(f"stop {address}\n")
    log = database.with_suffix(".log")
    assert "Traceback" not in (log.read_text("utf-8") if log.exists() else "")


@pytest.fixture
def start_worker(site: Site, servers: subprocess.Popen[str]) -> Iterator[Callable[[], None]]:
    """Return a function that starts a worker for the site's tasks: until then they wait."""
    started = []

    def start() -> None:
        assert servers.stdin is not None
        servers.stdin.write(f"work {site.database}\n")
        started.append(site.database)

    yield start
    for database in started:
        assert servers.stdin is not None
        servers.stdin.write(f"stop {database}\n")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Start the Chromium that the system brings; it must not call home."""
    return {
        "executable_path": shutil.which("chromium") or "/usr/bin/chromium",
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-first-run",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """An Indonesian reader in Kupang."""
    return {"locale": "id-ID", "timezone_id": "Asia/Makassar", "accept_downloads": True}


@pytest.fixture
def visits() -> list[Visit]:
    """Every address of a round that the journey's pages opened or posted to."""
    return []


@pytest.fixture
def open_window(
    browser: Browser, browser_context_args: dict[str, Any], site: Site, visits: list[Visit]
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window of its own (own cookies) and watches what happens in it."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    host = urlsplit(site.url).netloc

    def watch_requests(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != host:
            complaints.append(f"asked another host: {request.url}")
        elif request.is_navigation_request() and address.path[1:5].isdecimal():
            visits.append(Visit(request.method, address.path))

    def watch_console(message: Any) -> None:
        # A refused page, or a network cut on purpose, is part of many journeys; it is not an error of the page.
        meant = ("the server responded with a status of 4", "net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")
        if message.type == "error" and not any(words in message.text for words in meant):
            complaints.append(message.text)

    def opened(**window: Any) -> Page:
        context = browser.new_context(**(browser_context_args | {"base_url": site.url} | window))
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("request", watch_requests)
        page.on("console", watch_console)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        watch_questions(page, complaints)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def phone(open_window: Callable[..., Page]) -> Page:
    """A page in a window 360 px wide, touched with a finger."""
    return open_window(**PHONE)


@pytest.fixture
def desktop(open_window: Callable[..., Page]) -> Page:
    """A page in a window 1280 px wide."""
    return open_window(**DESKTOP)


@pytest.fixture
def strangers_stay_out(open_window: Callable[..., Page], visits: list[Visit]) -> Iterator[None]:
    """After the journey, another province's secretariat goes where it went: every address answers 404."""
    yield
    been = sorted(set(visits))
    assert been != []
    page = open_window()
    enter(page, NEWCOMER)
    answers = {visit: answer_to(page, visit) for visit in been}
    assert {visit: status for visit, status in answers.items() if status != 404} == {}
