"""Check and make interview schedules without the product.

python -m judging.core.scheduling FILE.json [--seconds 30] [--seed 0] [--workers 2]     the best found, or why none fits
python -m judging.core.scheduling --greedy FILE.json [--seed 0]     a schedule on standard output
python -m judging.core.scheduling --check FILE.json SOLUTION.json   what breaks a rule, and what every wish counts

Exit status 0 for any honest answer, 2 for a document or a call that is refused, with path and line of the fault.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from judging.core.reading import Json, json_object
from judging.core.refusals import Malformed, Refusal

from . import document, writing
from .check import violations
from .explain import explain
from .greedy import greedy
from .lines import line_of
from .problem import Problem
from .solution import Status
from .solver import Terms, solve
from .wishes import cost, judge_subsets

Read = TypeVar("Read")
REFUSED = 2
LEAST = 10  # seconds for a reason, however short the search was to be
FLAG = "store_true"


class _Faulty(Exception):
    """A document that is refused, as it is told."""

    def __init__(self, path: str, refusal: Refusal, line: int | None) -> None:
        told = {"error": refusal.code, "file": path, "at": refusal.at, "line": line, "message": refusal.message}
        super().__init__(json.dumps(told, indent=1))


def main(arguments: Sequence[str]) -> int:
    """Run with the command line's arguments; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m judging.core.scheduling", description="Interview schedules.")
    parser.add_argument("file", help="a problem of the open format")
    parser.add_argument("solution", nargs="?", help="with --check: an answer to it")
    parser.add_argument("--check", action=FLAG, help="check SOLUTION instead of making a schedule")
    parser.add_argument("--greedy", action=FLAG, help="the quick way: no proof, no bound")
    parser.add_argument("--seconds", type=int, default=30, help="how long a better schedule is looked for")
    parser.add_argument("--workers", type=int, default=2, help="how many searches run side by side; 1 repeats itself")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same schedule")
    given = parser.parse_args(arguments)
    if given.check != (given.solution is not None):
        parser.error("--check takes FILE.json and SOLUTION.json, without it there is only FILE.json")
    try:
        problem = _read(given.file, document.read)
        answer = _checked(problem, given.solution) if given.check else _made(problem, given)
    except _Faulty as faulty:
        sys.stdout.write(f"{faulty}\n")
        return REFUSED
    except OSError as error:
        sys.stderr.write(f"{error.filename} cannot be opened: {error.strerror}\n")
        return REFUSED
    sys.stdout.write(json.dumps(answer, indent=1) + "\n")
    return 0


def _checked(problem: Problem, path: str) -> dict[str, Json]:
    placements = _read(path, lambda given: document.read_placements(problem, given))
    found = violations(problem, placements)
    return writing.write_check(found, cost(problem, placements), judge_subsets(problem, placements))


def _made(problem: Problem, given: argparse.Namespace) -> dict[str, Json]:
    begun = time.perf_counter_ns()
    if given.greedy:
        solution = greedy(problem, seed=given.seed)
    else:
        solution = solve(problem, Terms(given.seconds, seed=given.seed, workers=given.workers))
    if solution.status is Status.INFEASIBLE:
        reason = explain(problem, seconds=max(given.seconds, LEAST), seed=given.seed)
        solution = replace(solution, explanation=reason.written(problem))
    milliseconds = (time.perf_counter_ns() - begun) // 1_000_000
    return writing.write_solution(problem, replace(solution, milliseconds=milliseconds))


def _read(path: str, read: Callable[[Json], Read]) -> Read:
    """What ``read`` makes of the JSON of a file; raises ``_Faulty``."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
        content = json.loads(text, object_pairs_hook=json_object)
    except json.JSONDecodeError as error:
        raise _Faulty(path, Malformed("", f"this is not JSON that can be read: {error.msg}"), error.lineno) from None
    except (ValueError, RecursionError) as error:
        raise _Faulty(path, Malformed("", f"this is not JSON that can be read: {error}"), None) from None
    try:
        return read(content)
    except Refusal as refusal:
        raise _Faulty(path, refusal, line_of(text, refusal.at)) from None


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
