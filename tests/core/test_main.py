"""The command line: exit codes, refusals as JSON, and a stream that never stops."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .documents import GOLDEN, changed, golden

ROOT = Path(__file__).parents[2]
EXAMPLE = golden("tabulation-1")
BROKEN = changed(EXAMPLE, ["tree", "children", 0, "weight"], "39.99")


def command(*arguments, text="", raw=b""):
    return subprocess.run(  # noqa: S603 - our own module, fixed arguments
        [sys.executable, "-m", "judging.core", *arguments],
        cwd=ROOT,
        input=raw or text.encode(),
        capture_output=True,
        check=False,
    )


def test_one_file_in_one_answer_out():
    done = command(str(GOLDEN / "tabulation-1.json"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["order"] == golden("tabulation-1.expected")["order"]


def test_the_trace_comes_when_asked_for():
    done = command(str(GOLDEN / "tabulation-1.json"), "--trace")
    assert "trace" in json.loads(done.stdout)["nominees"]["53.04.02.2007"]


@pytest.mark.parametrize(
    ("content", "error", "at"),
    [
        (json.dumps(BROKEN).encode(), "weights_sum", "tree.children"),
        (b"{", "malformed", ""),
        (b"\xff\xfe", "malformed", ""),
        (b'{"tree": NaN}', "float_input", "tree"),
        (b'{"tree": {}, "tree": {}}', "malformed", "tree"),
        (b"[" * 100_000, "malformed", ""),
    ],
)
def test_a_refused_file_is_answered_as_json_with_exit_2(tmp_path, content, error, at):
    path = tmp_path / "in.json"
    path.write_bytes(content)
    done = command(str(path))
    found = json.loads(done.stdout)
    assert (done.returncode, found["error"], found["at"]) == (2, error, at)
    assert found["message"]


@pytest.mark.parametrize("arguments", [(), ("--help",), ("a", "b"), ("missing.json",)])
def test_a_wrong_call_says_so_in_one_line_with_exit_2(arguments):
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1


def test_lines_go_on_after_a_refusal():
    lines = [
        json.dumps({"id": 1, "input": EXAMPLE}),
        "",
        json.dumps({"id": "two", "input": BROKEN}),
        "not json",
        json.dumps({"id": 4}),
        json.dumps([5]),
        '{"id": 6, "input": {"tree": 1.5}}',
        json.dumps({"id": 7, "input": EXAMPLE}),
    ]
    done = command("--lines", text="\n".join(lines))
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [line["id"] for line in found] == [1, "two", None, 4, None, 6, 7]
    errors = [line["output"].get("error") for line in found]
    assert errors == [None, "weights_sum", "malformed", "malformed", "malformed", "float_input", None]
    assert found[1]["output"].keys() == {"error", "at", "message"}
    assert found[0]["output"] == found[6]["output"]


@pytest.mark.parametrize(
    ("line", "name", "at"),
    [
        (b'{"id": 1, "input": {"title": "\xff"}}', 1, ""),
        (b'{"id": 2, "input": {}, "input": {}}', 2, "input"),
        (b'\xef\xbb\xbf{"id": 3, "input": {"tree": {}}}', 3, "tree.children"),
    ],
    ids=["not-utf-8", "input-twice", "byte-order-mark"],
)
def test_a_line_is_refused_rather_than_guessed(line, name, at):
    (found,) = [json.loads(answer) for answer in command("--lines", raw=line).stdout.splitlines()]
    assert (found["id"], found["output"]["error"], found["output"]["at"]) == (name, "malformed", at)


def test_a_line_is_answered_before_the_next_one_comes():
    asked = subprocess.Popen(
        [sys.executable, "-m", "judging.core", "--lines"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with asked:
        for name in ("one", "two"):
            asked.stdin.write(json.dumps({"id": name, "input": EXAMPLE}).encode() + b"\n")
            asked.stdin.flush()
            assert json.loads(asked.stdout.readline())["id"] == name
        asked.stdin.close()


def test_the_command_needs_nothing_but_the_standard_library():
    code = "import sys, judging.core.__main__; print({m.partition('.')[0] for m in sys.modules} & {'django', 'numpy'})"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    assert done.stdout.strip() == b"set()"
