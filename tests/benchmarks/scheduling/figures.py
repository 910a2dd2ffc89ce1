"""How long the quick schedule, the rules and one drag take, by size, and what the schedule costs.

python -m tests.benchmarks.scheduling.figures [S S44 M L XL]

Seconds of the processor, best of three for everything but the schedule itself. The floor is one pass over all
placements and their members that does nothing, so that ratios can be compared between machines.
"""

import resource
import sys
import time

from judging.core.scheduling import document
from judging.core.scheduling.check import allowed, violations
from judging.core.scheduling.greedy import greedy
from judging.core.scheduling.wishes import cost

from .generate import SIZES, generate


def best_of(times, act):
    """What ``act`` answers, and its shortest time in milliseconds."""
    shortest = None
    for _ in range(times):
        begun = time.process_time_ns()
        answer = act()
        taken = (time.process_time_ns() - begun) / 1e6
        shortest = taken if shortest is None else min(shortest, taken)
    return answer, shortest


def floor(placements):
    return sum(1 for one in placements for _member in one.members)


def measure(size):
    given = generate(size)
    problem, reading = best_of(3, lambda: document.read(given))
    solution, making = best_of(1, lambda: greedy(problem))
    placements = solution.placements
    found, checking = best_of(3, lambda: violations(problem, placements))
    paid, counting = best_of(3, lambda: cost(problem, placements))
    one, other = placements[0], placements[-1]
    _, dragging = best_of(3, lambda: allowed(problem, placements, one.nominee, other.slot))
    _, bottom = best_of(20, lambda: floor(placements))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:4} {len(problem.nominees):5} nominees  left over {len(solution.unplaced)}  broken {len(found)}"
        f"  cost {paid.total}  read {reading:.1f}  greedy {making:.0f}  check {checking:.1f}  count {counting:.1f}"
        f"  drag {dragging:.2f} ms ({dragging / bottom:.0f} x floor)  memory {memory:.0f} MiB",
        flush=True,
    )


if __name__ == "__main__":
    for name in sys.argv[1:] or SIZES:
        measure(name)
