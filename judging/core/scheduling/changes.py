"""What differs between two schedules, interview by interview."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from .problem import Placement


class Kind(StrEnum):
    """What happened to an interview; of several the one that people notice most."""

    CANCELLED = "cancelled"
    ADDED = "added"
    MOVED = "moved"
    ROOM = "room"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Change:
    """One interview ``before`` and ``after``; None: there is none."""

    nominee: str
    kind: Kind
    before: Placement | None
    after: Placement | None

    @property
    def joined(self) -> tuple[str, ...]:
        """Members who sit there now and did not."""
        return _without(self.after, self.before)

    @property
    def left(self) -> tuple[str, ...]:
        """Members who sat there and do not any more."""
        return _without(self.before, self.after)


def changes(before: Iterable[Placement], after: Iterable[Placement]) -> tuple[Change, ...]:
    """Every interview that is not as it was, by nominee."""
    old, new = ({one.nominee: one for one in some} for some in (before, after))
    found = []
    for nominee in sorted({*old, *new}):
        kind = _kind(old.get(nominee), new.get(nominee))
        if kind is not None:
            found.append(Change(nominee, kind, old.get(nominee), new.get(nominee)))
    return tuple(found)


def _kind(old: Placement | None, new: Placement | None) -> Kind | None:
    if old is None or new is None:
        return Kind.ADDED if old is None else Kind.CANCELLED
    if (old.day, old.start) != (new.day, new.start):
        return Kind.MOVED
    if old.room != new.room:
        return Kind.ROOM
    return Kind.PANEL if set(old.members) != set(new.members) else None


def _without(one: Placement | None, other: Placement | None) -> tuple[str, ...]:
    there = set() if one is None else set(one.members)
    return tuple(sorted(there - (set() if other is None else set(other.members))))
