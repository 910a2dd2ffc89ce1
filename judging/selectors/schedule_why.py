"""Why an interview cannot be somewhere, what it would cost there, and where nearby it could be, with names."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from judging.core.scheduling.board import Violation
from judging.core.scheduling.problem import Day, Problem, Severity, Slot
from judging.core.scheduling.why import Answer, Opening, why
from judging.models import Interview, InterviewState, Room
from nominees.models import Nomination, Round

from .interviews import Placing
from .schedule import NamedViolation, named, together
from .schedule_asked import moment_of
from .schedule_hand import clash_of
from .schedule_probe import Ground, ground_of
from .scheduling_problem import MIDNIGHT


@dataclass(frozen=True, slots=True)
class WishChange:
    """How a wish is kept elsewhere: what it counts more or less, and what that weighs."""

    wish: str
    count: int
    cost: int


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Somewhere that nothing forbids. ``come`` and ``gone`` name seats that are others than those asked about."""

    room: Room
    starts_at: datetime
    ends_at: datetime
    seats: tuple[int, ...]
    come: tuple[str, ...]
    gone: tuple[str, ...]
    violations: tuple[NamedViolation, ...]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """What stands against an interview at ``starts_at`` in ``room`` before ``seats`` (ids, with their names).

    ``version``: of the interview that there is; ``None``: the nominee has none.
    """

    nomination: Nomination
    room: Room
    starts_at: datetime
    ends_at: datetime
    seats: tuple[int, ...]
    seat_names: tuple[str, ...]
    version: int | None
    violations: tuple[NamedViolation, ...]
    changes: tuple[WishChange, ...] = ()
    cost: int = 0
    elsewhere: tuple[Elsewhere, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Whether nothing forbids it."""
        return all(one.severity is not Severity.FORBIDDEN for one in self.violations)


def why_not(round: Round, nomination: Nomination, room: Room, day: date, start: int, *, at: datetime) -> WhyNot:
    """Return what stands against meeting ``nomination`` in ``room``, ``start`` minutes after the midnight of ``day``.

    Asked are the rules that a hand is asked by, about the seats that sit there now, or else all who could; told is only
    what is still to come ``at`` that moment. The same number of queries for any number of rows.
    """
    return _Asking(ground_of(round, nomination), room, Slot(day.isoformat(), start, room.name)).answer(at)


class _Asking:
    def __init__(self, ground: Ground, room: Room, slot: Slot) -> None:
        self.ground, self.round, self.nomination = ground, ground.round, ground.nomination
        self.slot = slot
        self.problem = self._problem(room)
        self.rooms = {one.name: one for one in ground.material.rooms}
        self.seats = ground.material.seats
        self.absent = ground.now.absent if ground.now else frozenset()
        rows = Interview.objects.filter(nomination=self.nomination)
        self.row = rows.only("state", "is_locked", "version").first()

    def answer(self, at: datetime) -> WhyNot:
        now = [self.ground.now.placement] if self.ground.now else []
        standing = list(self._standing())
        if self.slot.start + self.ground.minutes > MIDNIGHT:
            placing = self._placing(self.slot, now[0].members if now else ())
            return self._told(placing, [*standing, self._refusal("ends_before_start")])
        number, placements = str(self.nomination.number), [*self.ground.others, *now]
        members = now[0].members if now else None
        moment = moment_of(self.problem, self.round, at=at)
        found = why(self.problem, placements, number, self.slot, members=members, after=moment)
        placings = self._concerned(
            [*found.violations, *(broken for one in found.openings for broken in one.violations)]
        )
        placing = self._placing(self.slot, found.placement.members)
        told = self._told(placing, [*standing, *self._named(found.violations, placing, placings)])
        return replace(
            told,
            changes=tuple(WishChange(wish, *change) for wish, change in found.changes.items()),
            cost=found.after.total - found.before.total,
            elsewhere=() if standing else tuple(self._elsewhere(found, placings)),
        )

    def _standing(self) -> Iterator[NamedViolation]:
        """What keeps the interview where it is, whatever the rules say of the other place."""
        if self.row is not None and self.row.state != InterviewState.PLANNED:
            yield self._refusal("interview_is_over")
        if self.row is not None and self.row.is_locked:
            yield self._refusal("interview_is_locked")

    def _refusal(self, code: str) -> NamedViolation:
        facts: dict[str, object] = {"nominee": str(self.nomination)}
        return NamedViolation(code, Severity.FORBIDDEN, (self.nomination.pk,), facts)

    def _problem(self, room: Room) -> Problem:
        """The problem that a hand is asked by, with the day on which the interview is now even if it is none."""
        problem = self.ground.problem(room, self.slot.day)
        days = {one.id: one for one in problem.days}
        if self.ground.now:
            today = self.ground.now.placement.day
            days.setdefault(today, Day(today, (), today))
        return replace(problem, days=tuple(days[day] for day in sorted(days)))

    def _told(self, placing: Placing, violations: Iterable[NamedViolation]) -> WhyNot:
        sitting = [seat for seat in self.seats if seat.pk in placing.seats]
        return WhyNot(
            nomination=self.nomination,
            room=placing.room,
            starts_at=placing.starts_at,
            ends_at=placing.ends_at,
            seats=self._kept(placing.seats),
            seat_names=tuple(seat.name for seat in sitting),
            version=self.row.version if self.row else None,
            violations=tuple(violations),
        )

    def _elsewhere(self, found: Answer, placings: dict[int, Placing]) -> Iterator[Elsewhere]:
        asked = set(found.placement.members)
        for opening in found.openings:
            yield self._opening(opening, asked, placings)

    def _opening(self, opening: Opening, asked: set[str], placings: dict[int, Placing]) -> Elsewhere:
        there = set(opening.placement.members)
        placing = self._placing(opening.placement.slot, there)
        return Elsewhere(
            room=placing.room,
            starts_at=placing.starts_at,
            ends_at=placing.ends_at,
            seats=self._kept(placing.seats),
            come=tuple(seat.name for seat in self.seats if seat.code in there - asked),
            gone=tuple(seat.name for seat in self.seats if seat.code in asked - there),
            violations=self._named(opening.violations, placing, placings),
        )

    def _concerned(self, found: Iterable[Violation]) -> dict[int, Placing]:
        """Interviews of all nominees that are named, by nomination, read at once."""
        numbers = {int(number) for one in found for number in one.nominees}
        rows = Interview.objects.filter(round=self.round, nomination__number__in=numbers)
        return {
            one.nomination_id: Placing(one.nomination, one.room, one.starts_at, one.ends_at, frozenset())
            for one in rows.select_related("nomination__nominee", "nomination__category", "room")
        }

    def _named(
        self, found: Collection[Violation], placing: Placing, placings: dict[int, Placing]
    ) -> tuple[NamedViolation, ...]:
        told = {**placings, self.nomination.pk: placing}
        nominations = (*(one.nomination for pk, one in placings.items() if pk != self.nomination.pk), self.nomination)
        material = replace(self.ground.material, nominations=nominations)
        names = {seat.pk: seat.name for seat in self.seats}
        return together(named(clash_of(one, material), told, names, self.round) for one in found)

    def _kept(self, seats: Collection[int]) -> tuple[int, ...]:
        """With those that are placed there and will not come: that stays on record."""
        return tuple(seat.pk for seat in self.seats if seat.pk in seats or seat.code in self.absent)

    def _placing(self, slot: Slot, members: Collection[str]) -> Placing:
        midnight = datetime.combine(date.fromisoformat(slot.day), time(), self.round.zone)
        starts_at = midnight + timedelta(minutes=slot.start)
        ends_at = starts_at + timedelta(minutes=self.ground.minutes)
        seats = frozenset(seat.pk for seat in self.seats if seat.code in members)
        return Placing(self.nomination, self.rooms[slot.room], starts_at, ends_at, seats)
