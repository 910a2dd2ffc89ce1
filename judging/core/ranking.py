"""Places for groups that are already in order; a tie is a group, never an accident of sorting."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from .numbers import over_one_denominator

Place = int | Fraction
Group = tuple[str, ...]


def split(group: Sequence[str], values: Mapping[str, Fraction], *, highest_first: bool = True) -> tuple[Group, ...]:
    """Cut ``group`` into groups of equal value, best first; ids sorted inside a group."""
    _, whole = over_one_denominator([values[name] for name in group])
    members: dict[int, list[str]] = {}
    for name, value in zip(group, whole, strict=True):
        members.setdefault(value, []).append(name)
    return tuple(tuple(sorted(members[value])) for value in sorted(members, reverse=highest_first))


def _standard(group: Group, start: int, nth: int) -> Iterator[Place]:
    """1-2-2-4: the first place the group holds."""
    return (start for _ in group)


def _modified(group: Group, start: int, nth: int) -> Iterator[Place]:
    """1-3-3-4: the last place the group holds."""
    return (start + len(group) - 1 for _ in group)


def _dense(group: Group, start: int, nth: int) -> Iterator[Place]:
    """1-2-2-3: the number of the group."""
    return (nth for _ in group)


def _ordinal(group: Group, start: int, nth: int) -> Iterator[Place]:
    """1-2-3-4: every place once; inside a tie by id, which settles nothing: the tie is still reported."""
    return (start + index for index, _ in enumerate(group))


def _fractional(group: Group, start: int, nth: int) -> Iterator[Place]:
    """1-2.5-2.5-4: the mean of the places the group holds."""
    return (Fraction(2 * start + len(group) - 1, 2) for _ in group)


STYLES: Final[Mapping[str, Callable[[Group, int, int], Iterator[Place]]]] = MappingProxyType(
    {"1224": _standard, "1334": _modified, "1223": _dense, "1234": _ordinal, "fractional": _fractional}
)


def places(groups: Sequence[Group], style: str = "1224") -> dict[str, Place]:
    """The place of every nominee; ``groups`` best first. ``int``, for ``fractional`` a ``Fraction``."""
    found: dict[str, Place] = {}
    start = 1
    for nth, group in enumerate(groups, start=1):
        found.update(zip(group, STYLES[style](group, start, nth), strict=True))
        start += len(group)
    return found


def title_of(place: Place, labels: Sequence[str]) -> str | None:
    """The label of a place number; none beyond the labels or between two places."""
    if place.denominator != 1 or place > len(labels):
        return None
    return labels[place.numerator - 1]


def holds_title(groups: Sequence[Group], group: Group, style: str, labels: Sequence[str]) -> bool:
    """Does a prize depend on this tie: has a member a titled place, or does the group cover a titled position?"""
    start = 1 + sum(len(other) for other in groups[: groups.index(group)])
    given = places(groups, style)
    return start <= len(labels) or any(title_of(given[name], labels) for name in group)
