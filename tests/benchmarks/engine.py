"""The engine's speed, each figure also as a ratio to a bare NumPy floor measured in the same run.

python -m tests.benchmarks.engine

Best of several runs, time of the processor, one core. The goals are in README.md.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from judging.core import bulk, package
from judging.core.diagnostics import diagnose
from judging.core.numbers import plain
from judging.core.policy import PanelSettings, Policy
from judging.core.tabulation import tabulate

SEED = 20240624
SEATS, LEAVES, MANY = 9, 12, 20_000


def category(nominees: int, seats: int, leaves: int, seed: int = SEED) -> dict[str, Any]:
    """A complete category with marks in hundredths."""
    rng = random.Random(seed)  # noqa: S311 - the same every time
    weights = [100 // leaves] * (leaves - 1)
    weights.append(100 - sum(weights))
    names, judges = [f"n{n}" for n in range(nominees)], [f"s{n}" for n in range(seats)]
    return {
        "tree": {"id": "total", "children": [{"id": f"c{n}", "weight": str(w)} for n, w in enumerate(weights)]},
        "judges": judges,
        "nominees": names,
        "scores": [
            [judge, name, f"c{leaf}", plain(Fraction(rng.randint(4000, 10_000), 100))]
            for judge in judges
            for name in names
            for leaf in range(leaves)
        ],
        "policy": {"tie_break": ["by_weight", "median", "first_places"]},
    }


def best(act: Callable[[], object], runs: int = 7) -> float:
    """Milliseconds of the fastest of ``runs``."""
    found = []
    for _ in range(runs):
        start = time.process_time_ns()
        act()
        found.append(time.process_time_ns() - start)
    return min(found) / 1e6


def packed_marks(gaps: float) -> bulk.Marks:
    """Marks of ``MANY`` nominees, a share ``gaps`` of them missing, through the packed form."""
    rng = np.random.default_rng(SEED)
    marks = rng.integers(4000, 10_001, (MANY, SEATS, LEAVES)).astype("<i2")
    marks[rng.random(marks.shape) < gaps] = -1
    return bulk.unpack([sheet.tobytes() for sheet in marks], SEATS, LEAVES)


def lines_per_second(documents: int = 4_000) -> float:
    """Small documents (4 nominees x 5 seats x 3 criteria) a second of one core, the start of the command included."""
    lines = [json.dumps({"id": n, "input": category(4, 5, 3, n)}) for n in range(documents)]
    before = os.times()
    subprocess.run(
        [sys.executable, "-m", "judging.core", "--lines"],
        input="\n".join(lines).encode(),
        stdout=subprocess.DEVNULL,
        check=True,
    )
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return documents / used


def main() -> None:
    """Measure and print."""
    full, gaps = packed_marks(0), packed_marks(0.05)
    read = best(lambda: np.add.reduce(full.ravel(), dtype=np.int64), 21)
    trim = best(lambda: np.add.reduce(full, axis=0, dtype=np.int32) - full.max(axis=0) - full.min(axis=0), 21)
    print(f"floor: read 4.3 MB of int16 once {read:.2f} ms, sum - max - min {trim:.2f} ms\n")
    print(f"{'':58}{'ms':>8}{'x read':>9}{'x trim':>9}{'goal ms':>9}")

    def show(name: str, act: Callable[[], object], goal: float | None = None) -> None:
        found = best(act)
        print(f"{name:58}{found:8.2f}{found / read:9.1f}{found / trim:9.1f}{goal or '':>9}")

    document = category(22, SEATS, LEAVES)
    problem = package.read(document)
    show("official result, 22 x 9 x 12", lambda: tabulate(problem), 50)
    show("the same, read from its document and answered", lambda: package.answer(tabulate(package.read(document))))
    show("the same with every explanation", lambda: package.answer(tabulate(problem), trace=True))
    large = package.read(category(50, SEATS, LEAVES))
    result, compiled = tabulate(large), bulk.compile(large)
    show("without each of nine seats, 50 x 9 x 12", lambda: [compiled.run(without=seat) for seat in large.judges])
    show("full diagnostics, 50 x 9 x 12", lambda: diagnose(large, result), 300)

    weights = [Fraction(w) for w in (8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 12)]
    for method, trim_k in (("trimmed", 1), ("mean", 1), ("median", 1), ("trimmed", 2)):
        policy = Policy(panel_method=method, panel=PanelSettings(trim_k, 5))
        label = f"20,000 x 9 x 12, {method}" + (f" {trim_k}" if method == "trimmed" else "")
        show(label, lambda policy=policy: bulk.totals(full, weights, policy), 50)
        show(f"{label}, gaps", lambda policy=policy: bulk.totals(gaps, weights, policy), 50)
    sheets = [sheet.tobytes() for sheet in full.transpose(1, 0, 2)]
    show("unpacking 20,000 sheet blocks", lambda: bulk.unpack(sheets, SEATS, LEAVES))
    print(f"\n--lines, small documents: {lines_per_second():,.0f} a second of one core, with the start of Python")


if __name__ == "__main__":
    main()
