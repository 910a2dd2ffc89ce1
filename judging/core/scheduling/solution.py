"""What making a schedule answers, whoever made it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from .problem import Placement
from .wishes import Cost


class Status(StrEnum):
    """Every nominee placed; proved that none such exists; neither."""

    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Solution:
    """A schedule and what is known of it.

    ``bound``: no schedule costs less (None: nothing is known); ``unplaced``: who has no interview, each with the code
    of the rule that stood in the way most often; ``seed`` and ``milliseconds`` say how it came about; ``explanation``:
    requirements that cannot hold together, as the open format writes them.
    """

    status: Status
    placements: tuple[Placement, ...]
    cost: Cost
    unplaced: Mapping[str, str] = field(default_factory=dict)
    bound: int | None = None
    seed: int = 0
    milliseconds: int = 0
    explanation: tuple[Mapping[str, object], ...] = ()

    @property
    def proved(self) -> bool:
        """Whether nothing better exists, or nothing at all."""
        if self.status is Status.FEASIBLE:
            return self.bound is not None and self.bound >= self.cost.total
        return self.status is Status.INFEASIBLE

    @property
    def gap(self) -> Fraction | None:
        """Distance to the bound as a share of the cost; None without a full schedule or a bound."""
        if self.status is not Status.FEASIBLE or self.bound is None:
            return None
        return Fraction(max(self.cost.total - self.bound, 0), max(self.cost.total, 1))
