"""Names that mean harm, on every kind of paper, made in a process of its own beside a socket that listens."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from judging.documents import rendering

ROOT = Path(__file__).resolve().parents[3]
MOST_SECONDS, MOST_MEGABYTES = 5, 300


@pytest.fixture(scope="module")
def listening():
    """Yield the address of a server, and a function that says whether anybody called."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.02)

        def called() -> bool:
            try:
                server.accept()[0].close()
            except TimeoutError:
                return False
            return True

        yield f"http://127.0.0.1:{server.getsockname()[1]}", called


@pytest.fixture(scope="module")
def found(listening: Any) -> dict[str, Any]:
    address, _ = listening
    run = [sys.executable, "-m", "tests.judging.documents.hostile_papers", address]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "paritrana.settings.test"}
    done = subprocess.run(  # noqa: S603 - our own file
        run, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def test_no_paper_asks_anybody_or_carries_what_it_should_not(found: dict[str, Any], listening: Any) -> None:
    _, called = listening
    assert not called()
    assert len(found["papers"]) == 14
    assert {kind for kind, one in found["papers"].items() if one["attachments"] or one["links"]} == set()
    # A certificate is one page, or is refused: every other paper is made.
    assert [kind for kind, one in found["papers"].items() if one["refused"]] == ["certificate"]


def test_each_is_made_in_time_and_in_little_memory(found: dict[str, Any]) -> None:
    assert {kind: one for kind, one in found["papers"].items() if one["seconds"] > MOST_SECONDS} == {}
    assert found["memory"] <= MOST_MEGABYTES


def test_the_socket_would_notice(listening: Any) -> None:
    address, called = listening
    host, _, port = address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port))):
        assert called()


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="{0}/i.png">',
        '<a href="{0}/a" rel="attachment">x</a>',
        '<link rel="attachment" href="{0}/l">',
        '<link rel="stylesheet" href="{0}/s.css">',
        "<style>@import url({0}/m.css)</style>",
        '<p style="background: url({0}/b.png)">x</p>',
        '<object data="{0}/o"></object>',
        '<embed src="{0}/e">',
        '<object data="file:///etc/passwd"></object>',
    ],
)
def test_even_as_markup_it_would_reach_nobody(markup: str, listening: Any) -> None:
    address, called = listening
    with pytest.raises(rendering.ForeignAddress):
        rendering.to_bytes(rendering.to_document(f"<html><body>{markup.format(address)}</body></html>"), "")
    assert not called()


def test_a_picture_within_a_picture_is_not_asked_for(listening: Any) -> None:
    address, called = listening
    inner = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{address}/v.png"/></svg>'
    markup = f"<html><body><img alt='x' src='data:image/svg+xml,{inner}'></body></html>"
    rendering.to_bytes(rendering.to_document(markup), "", tagged=False)
    assert not called()
