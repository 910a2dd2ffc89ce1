"""Better schedules by small changes: worse ones are taken too, the less readily the colder it gets.

Beside the cost two hints count that are no cost yet: that loads differ, and that a category or region is met in small
groups on many days. Without them all ways to a better schedule would look alike.
"""

from collections.abc import Callable, Sequence
from math import exp
from random import Random
from typing import Final

from .lineup import Line, Lineup
from .moves import Moves
from .problem import Placement
from .terrain import Terrain
from .wishes import HALF_HOUR

WARM: Final = 0.5  # units of cost: how much worse is readily taken at first,
COLD: Final = 0.1  # and at last
EVEN: Final = 0.002  # of a unit of cost: what even loads are worth, by the square of half hours
TOGETHER: Final = 1.0  # of a day: what larger groups are worth
CLOCK: Final = 64  # changes between two looks at the clock


class Annealing:
    """Rounds over one lineup; ``best`` is what is left over and the cost of the best that was met."""

    def __init__(self, terrain: Terrain, seed: int) -> None:
        self.of = Lineup(terrain)
        self.chance = Random(seed)  # noqa: S311 - no secret
        self.moves = Moves(self.of, self.chance)
        self.lines: list[Line] = []
        self.best = (0, 0)
        self.asked = 0
        self.even = EVEN * (terrain.unit / HALF_HOUR) ** 2 * self.of.w_load

    def begin(self, placements: Sequence[Placement]) -> bool:
        """Start anew from ``placements``; False if they cannot be written as a lineup."""
        changed = self.of.settle(placements)
        if changed:
            self.best, self.lines = self.rank, list(self.of.lines)
        return changed

    @property
    def rank(self) -> tuple[int, int]:
        """How many are left over, and the cost."""
        return len(self.of.on.names) - len(self.of.where), self.of.cost

    def placements(self) -> tuple[Placement, ...]:
        """The best that was met."""
        return self.of.placements(self.lines)

    def round(self, spent: Callable[[int], float], warm: float = WARM, cold: float = COLD) -> None:
        """One cooling from ``warm`` to ``cold``; ``spent`` hears how many changes were tried and tells what share
        of the round is over: 1 ends it.
        """
        of, chance = self.of, self.chance
        share = spent(0)
        while share < 1:
            heat = warm * (cold / warm) ** share
            for _ in range(CLOCK):
                lines = self.moves.next()
                change = None if lines is None else of.consider(lines)
                if change is None:
                    continue
                worse = change.delta + self.even * change.lean + TOGETHER * change.spread
                if worse <= 0 or chance.random() < exp(-worse / heat):
                    of.make(change)
                    if change.delta < 0:
                        self._keep()
            self._insert()
            share = spent(CLOCK)

    def _keep(self) -> None:
        rank = self.rank
        if rank < self.best:
            self.best, self.lines = rank, list(self.of.lines)

    def _insert(self) -> None:
        """Somebody who is left over goes wherever that is allowed."""
        if len(self.of.where) == len(self.of.on.names):
            return
        for nominee in range(len(self.of.on.names)):
            if nominee not in self.of.where:
                lines = self.moves.insert(nominee)
                change = None if lines is None else self.of.consider(lines)
                if change is not None:
                    self.of.make(change)
                    self._keep()
