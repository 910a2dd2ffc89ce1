"""The quick schedule beside the solver, by size: costs at several times, bound and gap.

python -m tests.benchmarks.scheduling [S S44 M L XL] [--seconds 10 30 60] [--workers 2] [--seed 0]

Seconds are of the wall clock, with those of the processor beside them; memory is the largest so far of this process.
ConferenceScheduler knows no panels, quorum or wishes: where it is installed, it gets rooms and times alone; its
seconds are told, and what its timetable costs with panels.
"""

import argparse
import importlib.util
import resource
import time
from dataclasses import replace
from datetime import datetime, timedelta

from judging.core.scheduling import document
from judging.core.scheduling.check import forbidden, violations
from judging.core.scheduling.greedy import greedy
from judging.core.scheduling.problem import Pin
from judging.core.scheduling.slots import open_slots
from judging.core.scheduling.solver import Terms, solve

from .generate import SIZES, generate


def main(given):
    for size in given.sizes:
        problem = document.read(generate(size, given.seed))
        begun = time.process_time(), time.monotonic()
        quick = greedy(problem, seed=given.seed)
        took = time.process_time() - begun[0], time.monotonic() - begun[1]
        print(
            f"{size:4} {len(problem.nominees):5} nominees  quick {quick.cost.total:5} after {took[1]:.1f} s"
            f" (processor {took[0]:.1f})",
            flush=True,
        )
        solved(size, problem, given, quick.cost.total)
        if importlib.util.find_spec("conference_scheduler"):
            seconds, seated = timetable(problem)
            print(
                f"{size:4} ConferenceScheduler, rooms and times alone: {seconds:.1f} s; with the best panels that the"
                f" quick way finds for them: cost {seated.cost.total}, without an interview {len(seated.unplaced)}",
                flush=True,
            )


def solved(size, problem, given, quick):
    told = []

    def heard(cost, bound, _gap, seconds):
        told.append((seconds, cost.total, bound))

    begun = time.process_time()
    found = solve(problem, Terms(max(given.seconds), seed=given.seed, workers=given.workers, progress=heard))
    processor = time.process_time() - begun
    broken = forbidden(violations(problem, found.placements))
    for seconds in sorted(given.seconds):
        until = [cost for when, cost, _bound in told if when <= seconds]
        if until:
            print(f"{size:4}   at {seconds:4} s  cost {min(until):5}  {min(until) / quick:.2f} of quick", flush=True)
    gap = "-" if found.gap is None else f"{found.gap.numerator / found.gap.denominator:.2f}"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{size:4}   {found.status} proved {found.proved}  cost {found.cost.total}  bound {found.bound}  gap {gap}"
        f"  broken {len(broken)}"
        f"  {found.milliseconds / 1000:.1f} s (processor {processor:.1f})  memory {memory:.0f} MiB",
        flush=True,
    )


def timetable(problem):
    """Seconds that ConferenceScheduler takes for rooms and times, without people and wishes; and that with panels."""
    from conference_scheduler import scheduler
    from conference_scheduler.resources import Event, Slot
    from pulp import PULP_CBC_CMD

    slots = {}
    events = []
    for day in problem.days:
        for session in day.sessions:
            for start in range(session.start, session.end - 45 + 1, 45):
                for room in problem.rooms:
                    begins = datetime.fromisoformat(day.date) + timedelta(minutes=start)
                    slots[day.id, start, room.id] = Slot(room.id, begins, 45, 1, session.id)
    for nominee in problem.nominees:
        open_to = {(slot.day, slot.start, slot.room) for slot in open_slots(problem, nominee)}
        event = Event(name=nominee.id, duration=30, demand=0)
        event.add_unavailability(*(slot for key, slot in slots.items() if key not in open_to))
        events.append(event)
    begun = time.monotonic()
    found = scheduler.schedule(events, list(slots.values()), solver=PULP_CBC_CMD(msg=False))
    took = time.monotonic() - begun
    keys = {slot: key for key, slot in slots.items()}
    pins = tuple(Pin(one.event.name, *keys[one.slot]) for one in found)
    return took, greedy(replace(problem, pins=pins))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.scheduling")
    parser.add_argument("sizes", nargs="*", default=["S", "M"], choices=SIZES)
    parser.add_argument("--seconds", type=int, nargs="+", default=[10, 30, 60])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    main(parser.parse_args())
