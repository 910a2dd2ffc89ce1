"""The line at a file: in turn, with an end to patience, and nobody left standing in it."""

import os
import threading
import time
from pathlib import Path

import pytest

from paritrana.kernel import lines
from paritrana.kernel.lines import DatabaseBusy, turn_in_line


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "data-line")


def nobody_waits() -> bool:
    """Whether those who gave up have left, within a second."""
    ends = time.monotonic() + 1
    while time.monotonic() < ends:
        if not any(thread.name == "writers-line" for thread in threading.enumerate()):
            return True
        time.sleep(0.001)
    return False


def test_the_next_comes_when_the_first_leaves(path: str) -> None:
    first = turn_in_line(path)
    assert first is not None
    threading.Timer(0.01, os.close, (first,)).start()
    second = turn_in_line(path, patience=5)
    assert second is not None
    os.close(second)
    assert nobody_waits()


def test_patience_ends_and_who_gave_up_is_passed_over(path: str) -> None:
    first = turn_in_line(path)
    assert first is not None
    with pytest.raises(DatabaseBusy):
        turn_in_line(path, patience=0.001)
    os.close(first)
    assert nobody_waits()
    third = turn_in_line(path, patience=0.001)
    assert third is not None
    os.close(third)


def test_where_the_line_does_not_move_newcomers_are_told_at_once(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "MOST_GIVEN_UP", 1)
    first = turn_in_line(path)
    assert first is not None
    with pytest.raises(DatabaseBusy):
        turn_in_line(path, patience=0.001)
    begun = time.monotonic()
    with pytest.raises(DatabaseBusy):
        turn_in_line(path, patience=5)
    assert time.monotonic() - begun < 1
    os.close(first)
    assert nobody_waits()
    again = turn_in_line(path)
    assert again is not None
    os.close(again)


def test_without_a_file_there_is_no_line(tmp_path: Path) -> None:
    assert turn_in_line(str(tmp_path / "missing" / "data-line")) is None


def test_where_files_cannot_be_locked_there_is_no_line(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_handle: int, *, wait: bool = True) -> None:
        raise OSError(f"No locks available, waiting: {wait}")

    monkeypatch.setattr(lines, "_lock", no_locks)
    assert turn_in_line(path) is None
