"""A vote as numbers of seats."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Votes:
    """How the seats voted: numbers of seats."""

    in_favour: int
    against: int = 0
    abstentions: int = 0

    @property
    def total(self) -> int:
        """Seats that took part."""
        return self.in_favour + self.against + self.abstentions

    @property
    def carries(self) -> bool:
        """Whether more seats are in favour than against; abstentions count on neither side."""
        return self.in_favour > self.against


def counted(choices: Iterable[str]) -> Votes:
    """Return how many of ``choices`` are ``favour``, ``against`` and ``abstain``; there is no fourth."""
    found = list(choices)
    return Votes(found.count("favour"), found.count("against"), found.count("abstain"))
