"""How much slower the machine is just now than on its own, because other programs hold its processor."""

import time


def slowness(work: float = 0.3) -> float:
    """Work for ``work`` seconds of the processor and return how often longer that took by the clock, at least 1."""
    started, until = time.monotonic(), time.thread_time() + work
    while time.thread_time() < until:
        pass
    return max(1.0, (time.monotonic() - started) / work)
