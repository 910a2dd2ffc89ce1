"""Interviews laid out by room, by member and by person, so that a rule finds at once what can clash."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .problem import Placement, Problem, Severity, Slot

Key = tuple[str, str]  # id of a room, member or person, and a day
Group = Mapping[Key, Sequence["Booked"]]


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that does not hold: its code, what that means here, and all that it concerns.

    ``nominees`` are those whose interviews are concerned, the earlier first; ``members`` and ``room`` only where they
    matter; ``slot`` is that of the first interview, None where there is none; ``facts`` are numbers and ids.
    """

    code: str
    severity: Severity = Severity.FORBIDDEN
    nominees: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    room: str | None = None
    slot: Slot | None = None
    facts: Mapping[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Booked:
    """A placement with its times: the interview until ``end``, the room and the members until ``until``."""

    placement: Placement
    end: int
    until: int

    @property
    def start(self) -> int:
        """Minutes since midnight."""
        return self.placement.start

    @property
    def nominee(self) -> str:
        """Whom it is about."""
        return self.placement.nominee

    @property
    def day(self) -> str:
        """On which day."""
        return self.placement.day

    def violation(self, code: str, *others: "Booked", member: str | None = None, **facts: int | str) -> Violation:
        """The rule ``code`` does not hold for this interview (and ``others``)."""
        return Violation(
            code,
            nominees=(self.nominee, *(other.nominee for other in others)),
            members=() if member is None else (member,),
            room=self.placement.room,
            slot=self.placement.slot,
            facts=facts,
        )


class Board:
    """The placements of a problem. Rules are asked about one ``look`` (on the board or not) or, without, about all."""

    def __init__(self, problem: Problem, placements: Iterable[Placement]) -> None:
        self.problem = problem
        self.booked = tuple(sorted(map(self.book, placements), key=lambda one: (one.start, one.nominee)))
        self.rooms = self._grouped(self.of_room)
        self.members = self._grouped(self.of_members)
        self.persons = self._grouped(self.of_persons)

    def book(self, placement: Placement) -> Booked:
        """``placement`` with its times; the board does not change."""
        return Booked(placement, self.problem.end(placement), self.problem.occupied_until(placement))

    def looked(self, look: Booked | None) -> Sequence[Booked]:
        """What a rule about single interviews looks at."""
        return self.booked if look is None else (look,)

    @staticmethod
    def of_room(one: Booked) -> Iterator[Key]:
        """The room and day that it takes."""
        yield one.placement.room, one.day

    @staticmethod
    def of_members(one: Booked) -> Iterator[Key]:
        """The members and days that it takes; one who is listed twice sits once."""
        yield from ((member, one.day) for member in dict.fromkeys(one.placement.members))

    def of_persons(self, one: Booked) -> Iterator[Key]:
        """The persons and days that it takes."""
        yield from ((person, one.day) for person in self.problem.nominee[one.nominee].persons)

    def around(self, group: Group, keys: Iterable[Key], look: Booked | None) -> Iterator[tuple[Key, list[Booked]]]:
        """What shares a key with ``look``, and it, by start; without ``look`` all of ``group``."""
        if look is None:
            yield from ((key, list(row)) for key, row in group.items())
            return
        for key in keys:
            row = [*(one for one in group.get(key, ()) if one is not look), look]
            yield key, sorted(row, key=lambda one: (one.start, one.nominee))

    def _grouped(self, keys: Callable[[Booked], Iterator[Key]]) -> Group:
        found: dict[Key, list[Booked]] = defaultdict(list)
        for one in self.booked:
            for key in keys(one):
                found[key].append(one)
        return found
