"""The command line of the diagnostics: an answer, refusals as those of the tabulation, and no framework."""

import json
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from .documents import GOLDEN, changed, golden, panel_of

ROOT = Path(__file__).parents[2]
BROKEN = changed(golden("tabulation-1"), ["tree", "children", 0, "weight"], "39.99")


def command(*arguments, module="judging.core.diagnostics"):
    return subprocess.run(  # noqa: S603 - our own module, fixed arguments
        [sys.executable, "-m", module, *arguments], cwd=ROOT, capture_output=True, check=False
    )


def test_one_file_in_the_diagnostics_out():
    done = command(str(GOLDEN / "tabulation-1.json"))
    assert (done.returncode, done.stderr) == (0, b"")
    found = json.loads(done.stdout)
    assert found["format"] == "paritrana.diagnostics/1"
    assert found["verdict"]["state"] in {"stable", "contested", "undetermined"}


@pytest.mark.parametrize("content", [json.dumps(BROKEN).encode(), b"{", b"\xff\xfe", b'{"tree": NaN}', b"[" * 100_000])
def test_refusals_are_those_of_the_tabulation(tmp_path, content):
    path = tmp_path / "in.json"
    path.write_bytes(content)
    done, other = command(str(path)), command(str(path), module="judging.core")
    assert (done.returncode, done.stdout) == (2, other.stdout)
    assert json.loads(done.stdout).keys() == {"error", "at", "message"}


def test_numbers_beyond_what_can_be_printed_are_refused_as_by_the_tabulation(tmp_path):
    document = panel_of({name: {f"k{i}": [None] * 9 for i in range(10)} for name in ("a", "b")})
    cells = product(document["judges"], document["nominees"], (f"k{i}" for i in range(10)))
    document["scores"] = [[*cell, f"1/{10**90 + 2 * index + 1}"] for index, cell in enumerate(cells)]
    path = tmp_path / "in.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    done, other = command(str(path)), command(str(path), module="judging.core")
    assert (done.returncode, json.loads(done.stdout)["error"]) == (2, "malformed")
    assert done.stdout == other.stdout


@pytest.mark.parametrize("arguments", [(), ("--help",), ("a", "b"), ("missing.json",)])
def test_a_wrong_call_says_so_in_one_line_with_exit_2(arguments):
    done = command(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(done.stderr.splitlines()) == 1


def test_the_command_needs_no_framework():
    code = "import sys, judging.core.diagnostics; print('django' in {m.partition('.')[0] for m in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)  # noqa: S603
    assert done.stdout.strip() == b"False"
