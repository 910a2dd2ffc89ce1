"""A schedule as plain data. Ids are whatever the caller uses; times are aware and need one zone for comparing days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Severity(StrEnum):
    """A forbidden thing is refused; a warning is shown and left to people."""

    FORBIDDEN = "forbidden"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Sitting:
    """One nominee's interview: ``day`` is the local day of ``starts``, ``last_day`` that of ``ends``."""

    nominee: int
    room: int
    day: date
    last_day: date
    starts: datetime
    ends: datetime
    seats: frozenset[int] = frozenset()

    def overlaps(self, other: "Sitting") -> bool:
        """Whether both take some moment; one may begin when the other ends."""
        return self.starts < other.ends and other.starts < self.ends


@dataclass(frozen=True, slots=True)
class Schedule:
    """All interviews of a round with what the rules need: its days, its quorum, who may not judge whom."""

    sittings: tuple[Sitting, ...]
    first_day: date | None = None
    last_day: date | None = None
    quorum: int = 0
    recused: frozenset[tuple[int, int]] = field(default_factory=frozenset)
    """Pairs of seat and nominee."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that does not hold: its label, the nominees whose interviews it concerns (one or two), the facts."""

    code: str
    severity: Severity
    nominees: tuple[int, ...]
    facts: Mapping[str, int]
