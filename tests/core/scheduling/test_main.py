"""The command line: an answer that can be checked by the same command, and refusals with path and line."""

import json
from pathlib import Path

import pytest

from judging.core.scheduling.__main__ import main
from tests.core.documents import GOLDEN, changed, golden

PROBLEM = str(GOLDEN / "schedule-1.json")


def answer(capsys, *arguments):
    status = main(arguments)
    return status, json.loads(capsys.readouterr().out)


def written(folder: Path, content) -> str:
    path = folder / "document.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content, indent=1), encoding="utf-8")
    return str(path)


def test_made_schedule_is_checked_by_the_same_command(capsys, tmp_path):
    status, made = answer(capsys, "--greedy", PROBLEM, "--seed", "4")
    assert (status, made["status"], made["proved"], made["seed"], len(made["assignments"])) == (
        0,
        "feasible",
        False,
        4,
        18,
    )
    status, checked = answer(capsys, "--check", PROBLEM, written(tmp_path, made))
    assert (status, checked["violations"], checked["total"]) == (0, [], made["total"])
    assert checked["cost"] == made["cost"]


def test_check_tells_what_is_broken(capsys, tmp_path):
    one = {"nominee": "N01", "day": "D1", "start": 480, "room": "R1", "members": ["M01"]}
    path = written(tmp_path, {"assignments": [one]})
    status, checked = answer(capsys, "--check", PROBLEM, path)
    rules = [one["rule"] for one in checked["violations"]]
    assert (status, rules.count("unplaced")) == (0, 17)
    assert rules[17:] == ["member_unavailable", "below_quorum", "pin_broken"]
    assert checked["violations"][17]["members"] == ["M01"]


@pytest.mark.parametrize(
    ("content", "at", "line"),
    [
        (changed(golden("schedule-1"), ["days", 0, "sessions", 0, "end"], 5), "days[0].sessions[0].end", 13),
        ('{"grid_min": 15,\n "days": [}', "", 2),
    ],
)
def test_refused_document_names_path_and_line(capsys, tmp_path, content, at, line):
    status, refused = answer(capsys, "--greedy", written(tmp_path, content))
    assert (status, refused["error"], refused["at"], refused["line"]) == (2, "malformed", at, line)


def test_unreadable_file_is_refused(capsys, tmp_path):
    assert main([str(tmp_path / "missing.json")]) == 2
    assert "cannot be opened" in capsys.readouterr().err
    (tmp_path / "raw").write_bytes(b"\xff\xfe")
    assert answer(capsys, str(tmp_path / "raw"))[0] == 2


@pytest.mark.parametrize("arguments", [(), ("--check", PROBLEM), (PROBLEM, PROBLEM), ("--fast", PROBLEM)])
def test_wrong_call_is_refused(capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage" in capsys.readouterr().err


def test_deep_nesting_is_refused_not_a_crash(capsys, tmp_path):
    status, refused = answer(capsys, written(tmp_path, "[" * 100_000))
    assert (status, refused["error"], refused["line"]) == (2, "malformed", None)


def test_example_is_solved_and_one_that_does_not_fit_is_explained(capsys):
    status, made = answer(capsys, PROBLEM, "--seconds", "1", "--workers", "1")
    assert (status, made["status"], len(made["assignments"])) == (0, "feasible", 18)
    assert (made["bound"] or 0) <= 11 <= made["total"]
    status, refused = answer(capsys, str(GOLDEN / "schedule-2.json"), "--workers", "1")
    assert (status, refused["status"], refused["proved"]) == (0, "infeasible", True)
    told = [
        {key: value for key, value in one.items() if key not in {"text", "relax"}} for one in refused["explanation"]
    ]
    assert sorted(told, key=str) == sorted(golden("schedule-2.expected")["cause"], key=str)
