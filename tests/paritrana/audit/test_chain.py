"""An outsider with nothing but the export finds every alteration, given a published head."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from paritrana.audit.chain import GENESIS, HASHED_FIELDS, event_hash, first_break, main

Events = list[dict[str, Any]]


def _event(seq: int, previous: str, **changes: Any) -> dict[str, Any]:
    event = dict.fromkeys(HASHED_FIELDS, "x") | {"chain": "2024/53", "seq": seq, "prev_hash": previous} | changes
    return event | {"hash": event_hash(event)}


def _log(count: int = 5, **changes: Any) -> Events:
    events: Events = []
    for seq in range(1, count + 1):
        events.append(_event(seq, events[-1]["hash"] if events else GENESIS, **changes))
    return events


def _edit(events: Events) -> Events:
    return [*events[:2], events[2] | {"payload": "changed"}, *events[3:]]


def _rewrite(events: Events) -> Events:
    return _log(len(events), payload="another story")


def _swap(events: Events) -> Events:
    return [events[0], events[2], events[1], *events[3:]]


def _insert(events: Events) -> Events:
    return [*events[:2], _event(3, events[1]["hash"], payload="invented"), *events[2:]]


@pytest.mark.parametrize(
    ("tamper", "seq", "problem"),
    [
        (_edit, 3, "content"),
        (lambda events: [*events[:2], *events[3:]], 3, "sequence"),
        (_insert, 4, "sequence"),
        (_swap, 2, "sequence"),
        (lambda events: events[:-1], 5, "head"),
        (_rewrite, 5, "head"),
        (lambda events: [*events[:4], _event(5, "0" * 64)], 5, "link"),
        (lambda events: [*events[:4], _event(5, events[3]["hash"], chain="2024/52")], 5, "sequence"),
    ],
)
def test_every_alteration_is_found_and_the_first_bad_event_named(
    tamper: Callable[[Events], Events], seq: int, problem: str
) -> None:
    events = _log()
    head = (5, events[-1]["hash"])
    assert first_break("2024/53", events, head) is None

    found = first_break("2024/53", tamper(events), head)

    assert found is not None
    assert (found.seq, found.problem) == (seq, problem)


def _written(folder: Path, events: Events) -> str:
    file = folder / "log.jsonl"
    file.write_text("".join(json.dumps(event) + "\n" for event in events), "utf-8")
    return str(file)


def test_the_script_says_that_an_export_holds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = _log()

    status = main([_written(tmp_path, events), "--head", f"5:{events[-1]['hash']}"])

    assert status == 0
    assert capsys.readouterr().out == f"2024/53: 5 events hold, head 5:{events[-1]['hash']}\n"


def test_the_script_names_the_first_bad_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status = main([_written(tmp_path, _edit(_log()))])

    assert status == 1
    assert capsys.readouterr().out == "2024/53: broken at event 3 (content)\n"


@pytest.mark.parametrize("content", ["not json\n", '{"seq": 1}\n', "[]\n"])
def test_the_script_refuses_what_is_no_export(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    file = tmp_path / "log.jsonl"
    file.write_text(content, "utf-8")

    assert main([str(file)]) == 2
    assert "line 1" in capsys.readouterr().err


def test_the_script_needs_no_django(tmp_path: Path) -> None:
    code = (
        "import sys; from paritrana.audit.chain import main;"
        "status = main(sys.argv[1:]); sys.exit(status or ('django' in sys.modules) * 9)"
    )

    done = subprocess.run(  # noqa: S603 - our own code with our own file
        [sys.executable, "-c", code, _written(tmp_path, _log())], check=False, cwd=Path(__file__).parents[3]
    )

    assert done.returncode == 0
