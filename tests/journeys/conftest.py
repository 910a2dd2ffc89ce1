"""Headless Chromium of the system, a phone and a desktop window, and a database that can be emptied.

``phone`` and ``desktop`` are pages; at the end of a test neither may have written an error to its console (so a
content policy violation fails the test) nor asked any other host for anything.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate
from playwright.sync_api import Browser, BrowserContext, Page

from paritrana.kernel import guards

# Playwright runs an event loop in the test's thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}


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
def open_window(
    browser: Browser, browser_context_args: dict[str, Any], live_server: Any
) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a window of its own (own cookies) and watches what happens in it."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    host = urlsplit(live_server.url).netloc

    def watch_requests(request: Any) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https") and address.netloc != host:
            complaints.append(f"asked another host: {request.url}")

    def watch_console(message: Any) -> None:
        # A refused page is part of many journeys; that it is refused is not an error of the page.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            complaints.append(message.text)

    def opened(**window: Any) -> Page:
        context = browser.new_context(**(browser_context_args | window))
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("request", watch_requests)
        page.on("console", watch_console)
        page.on("pageerror", lambda error: complaints.append(str(error)))
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


def _restore_guards(**kwargs: Any) -> None:
    guards.install(connection, guards.REGISTERED)


@pytest.fixture(scope="session")
def _guards_restored_after_cleaning(django_db_setup: None) -> Iterator[None]:
    """Emptying the database ends with the signal that migrating ends with: put the triggers back then."""
    once = apps.get_app_config("accounts")  # the signal is sent for each app; one answer is enough
    post_migrate.connect(_restore_guards, sender=once)
    yield
    post_migrate.disconnect(_restore_guards, sender=once)


@pytest.fixture(autouse=True)
def _guards_lifted_for_cleaning(transactional_db: None, _guards_restored_after_cleaning: None) -> Iterator[None]:
    """A live server's test is followed by emptying every table, which the triggers rightly refuse."""
    yield
    guards.remove(connection, guards.REGISTERED)
