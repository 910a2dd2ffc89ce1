"""Why an interview cannot be somewhere, what it would cost there, and where nearby it could be, with names."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from judging.core.scheduling.board import Violation
from judging.core.scheduling.problem import Day, Placement, Problem, Severity, Slot
from judging.core.scheduling.why import Answer, Opening, why
from judging.models import CategoryPlan, InterviewState, Room
from nominees.models import Nomination, Round

from .interviews import Placing
from .schedule import NamedViolation, named, together
from .schedule_asked import moment_of
from .schedule_draft import Draft, Drafted, draft_of
from .schedule_hand import asked_of, clash_of
from .scheduling_problem import weights_of


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
    return _Asking(draft_of(round), nomination, room, day, start).answer(at)


class _Asking:
    def __init__(self, draft: Draft, nomination: Nomination, room: Room, day: date, start: int) -> None:
        self.draft, self.round, self.material = draft, draft.round, draft.material
        self.nomination, self.room, self.start = nomination, room, start
        self.day = day.isoformat()
        self.now = draft.interview_of.get(nomination.pk)
        self.codes = {seat.pk: seat.code for seat in self.material.seats}
        self.placings = {one.nomination.pk: one.placing for one in draft.interviews}
        self.asked = self._placing(Slot(self.day, start, room.name), self.now.seats if self.now else ())

    def answer(self, at: datetime) -> WhyNot:
        others = [one for pk, one in self.placings.items() if pk != self.nomination.pk]
        asked = asked_of(self.material, [*others, self.asked])
        if asked.misshapen and any(one.nominees == (self.nomination.pk,) for one in asked.misshapen):
            refusal = NamedViolation("ends_before_start", Severity.FORBIDDEN, (self.nomination.pk,), self._nominee)
            return self._told(self.asked, [*self._standing(), refusal])
        problem = self._problem(asked.problem)
        placements = [one for one in asked.placements if one.nominee != str(self.nomination.number)]
        here = [_placement(self.now, self.codes, self.round)] if self.now else []
        slot = Slot(self.day, self.start, self.room.name)
        number = str(self.nomination.number)
        members = here[0].members if here else None
        now = moment_of(problem, self.round, at=at)
        found = why(problem, [*placements, *here], number, slot, members=members, after=now)
        placing = self._placing(slot, self._pks(found.placement.members))
        told = self._told(placing, [*self._standing(), *self._named(found.violations, placing)])
        changes = tuple(WishChange(wish, *change) for wish, change in found.changes.items())
        elsewhere = () if self._standing() else tuple(self._elsewhere(found))
        return replace(told, changes=changes, cost=found.after.total - found.before.total, elsewhere=elsewhere)

    @property
    def _nominee(self) -> dict[str, object]:
        return {"nominee": str(self.nomination)}

    def _standing(self) -> list[NamedViolation]:
        """What keeps the interview where it is, whatever the rules say of the other place."""
        if self.now is None:
            return []
        codes = {
            "interview_is_over": self.now.state != InterviewState.PLANNED,
            "interview_is_locked": self.now.is_locked,
        }
        return [
            NamedViolation(code, Severity.FORBIDDEN, (self.nomination.pk,), self._nominee)
            for code, holds in codes.items()
            if holds
        ]

    def _problem(self, problem: Problem) -> Problem:
        """Wishes with their weights, and every day that is asked about; without material any minute will do."""
        days = {one.id: one for one in problem.days}
        if self.now:
            today = self.draft.span(self.now)[0].isoformat()
            days.setdefault(today, Day(today, (), today))
        levels = problem.levels if self.draft.settings else {**problem.levels, "off_grid": Severity.IGNORED}
        weights = weights_of(self.material.settings)
        ordered = tuple(days[day] for day in sorted(days))
        return replace(problem, days=ordered, weights=weights, levels=levels)

    def _told(self, placing: Placing, violations: Iterable[NamedViolation]) -> WhyNot:
        names = self.draft.seat_names
        seats = tuple(seat.pk for seat in self.material.seats if seat.pk in placing.seats)
        return WhyNot(
            nomination=self.nomination,
            room=self.room,
            starts_at=placing.starts_at,
            ends_at=placing.ends_at,
            seats=seats,
            seat_names=tuple(names[seat] for seat in seats),
            version=self.now.version if self.now else None,
            violations=tuple(violations),
        )

    def _elsewhere(self, found: Answer) -> Iterable[Elsewhere]:
        for opening in found.openings:
            yield self._opening(opening, found.placement.members)

    def _opening(self, opening: Opening, asked: Sequence[str]) -> Elsewhere:
        placed = opening.placement
        placing = self._placing(placed.slot, self._pks(placed.members))
        return Elsewhere(
            room=placing.room,
            starts_at=placing.starts_at,
            ends_at=placing.ends_at,
            seats=tuple(sorted(placing.seats)),
            come=self._names(set(placed.members) - set(asked)),
            gone=self._names(set(asked) - set(placed.members)),
            violations=self._named(opening.violations, placing),
        )

    def _named(self, found: Iterable[Violation], placing: Placing) -> tuple[NamedViolation, ...]:
        placings = {**self.placings, self.nomination.pk: placing}
        clashes = [clash_of(one, self.material) for one in found]
        return together(named(one, placings, self.draft.seat_names, self.round) for one in clashes)

    def _names(self, codes: Collection[str]) -> tuple[str, ...]:
        return tuple(seat.name for seat in self.material.seats if seat.code in codes)

    def _pks(self, codes: Collection[str]) -> frozenset[int]:
        return frozenset(pk for pk, code in self.codes.items() if code in codes)

    def _placing(self, slot: Slot, seats: Collection[int]) -> Placing:
        room = next(one for one in self.material.rooms if one.name == slot.room)
        midnight = datetime.combine(date.fromisoformat(slot.day), time(), self.round.zone)
        starts_at = midnight + timedelta(minutes=slot.start)
        return Placing(self.nomination, room, starts_at, starts_at + self._length, frozenset(seats))

    @property
    def _length(self) -> timedelta:
        """As placed, otherwise as the category says."""
        if self.now:
            return self.now.ends_at - self.now.starts_at
        category = next(one for one in self.material.categories if one.pk == self.nomination.category_id)
        return timedelta(minutes=(getattr(category, "interview_plan", None) or CategoryPlan()).duration)


def _placement(drafted: Drafted, codes: dict[int, str], round: Round) -> Placement:
    starts = drafted.starts_at.astimezone(round.zone)
    members = tuple(sorted(codes[seat] for seat in drafted.seats))
    minute = starts.hour * 60 + starts.minute
    return Placement(str(drafted.nomination.number), starts.date().isoformat(), minute, drafted.room.name, members)
