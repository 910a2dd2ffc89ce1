"""A bound that is looked for on another core while schedules are made better here."""

import threading
from dataclasses import replace

from .days import days
from .problem import Problem
from .search import Effort


class Aside:
    """Looks for a bound as long as the block lasts: ``bound`` is the best so far, None as long as there is none.

    Only with a second worker, and not where work is counted: how far it comes depends on the machine.
    """

    def __init__(self, problem: Problem, effort: Effort) -> None:
        self.bound: int | None = None
        self.impossible = False
        self._problem = problem
        self._over = threading.Event()
        self._effort = replace(effort, workers=max(effort.workers - 1, 1), stop=self._over.is_set)
        self._wanted = effort.workers > 1 and effort.work is None and effort.seconds > 1
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Aside":
        if self._wanted:
            self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        if self._wanted:
            self._thread.join()

    def _look(self) -> None:
        found = days(self._problem, self._effort, told=self._learn)
        self.impossible = found.impossible
        self._learn(found.bound)

    def _learn(self, bound: int) -> None:
        self.bound = bound if self.bound is None else max(bound, self.bound)
