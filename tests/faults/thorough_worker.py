"""A worker that never thinks a schedule good enough: what it has found is written down, and it goes on until killed.

python -m tests.faults.thorough_worker

How long a small schedule takes to be proved best is a matter of the machine; a test that kills in the middle needs one.
"""

import sys
import time

from django.core.management import execute_from_command_line

from judging.core.scheduling import solver


def without_end(problem, terms, start=()):
    found = solver.solve(problem, terms, start)
    while not terms.stop():
        time.sleep(0.1)
    return found


if __name__ == "__main__":
    import django

    django.setup()
    from judging.services import schedule_computing

    schedule_computing.solve = without_end
    execute_from_command_line(["manage.py", "worker", *sys.argv[1:]])
