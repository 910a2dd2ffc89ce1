"""Many papers at once, one process per core: laying out a page is pure work, and nobody waits for it gladly.

A paper is a function of this package and its frozen data, so another process gives the same bytes.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

Job = tuple[Callable[[Any], bytes], Any]  # a render function and its data

#: A process costs a second until it can render: fewer papers are done where they are.
WORTH_A_PROCESS = 4
#: Each takes up to 150 MB.
MOST_PROCESSES = 4


def render_all(jobs: Sequence[Job]) -> list[bytes]:
    """Return the papers of ``jobs``, in their order. An error of one is raised, and none is returned."""
    processes = min(_cores(), MOST_PROCESSES, len(jobs) // WORTH_A_PROCESS)
    if processes < 2:
        return [render(data) for render, data in jobs]
    # "spawn": a copy of a process that holds database connections and threads is not safe to use.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(render, data) for render, data in jobs]
        return [paper.result() for paper in waiting]


def _cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
