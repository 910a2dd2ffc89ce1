"""The draft of a schedule with all that it rests on, loaded at once and without a row per seat.

A card that is dragged asks for it again and again, so nothing is built here that the rules do not need.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property

from judging.core.scheduling import check
from judging.models import Attendance, Interview, InterviewState, Presence, Room, ScheduleMaterial
from nominees.models import Nomination, Round
from paritrana.kernel import wording

from .interviews import Placing
from .schedule import NamedViolation, named, named_violations, together
from .schedule_hand import Asked, asked_of, clash_of
from .schedule_material import Material, material_of, settings_of


@dataclass(frozen=True, slots=True)
class Drafted:
    """One interview of the draft. ``placed``: ids of all seats that were placed there, ``absent`` those not coming."""

    nomination: Nomination
    room: Room
    starts_at: datetime
    ends_at: datetime
    state: InterviewState
    is_locked: bool
    version: int
    placed: frozenset[int]
    absent: frozenset[int]

    @property
    def seats(self) -> frozenset[int]:
        """Ids of the seats that are expected or came."""
        return self.placed - self.absent

    @property
    def placing(self) -> Placing:
        """As the rules are asked about it."""
        return Placing(self.nomination, self.room, self.starts_at, self.ends_at, self.seats)


@dataclass(frozen=True)
class Draft:
    """The draft of a round; nothing here asks the database again, except where no material was begun."""

    round: Round
    settings: ScheduleMaterial | None
    material: Material
    interviews: tuple[Drafted, ...]

    @cached_property
    def interview_of(self) -> dict[int, Drafted]:
        """By nomination."""
        return {one.nomination.pk: one for one in self.interviews}

    @cached_property
    def seat_names(self) -> dict[int, str]:
        """By id."""
        return {seat.pk: seat.name for seat in self.material.seats}

    @cached_property
    def asked(self) -> Asked:
        """The draft as the core takes it."""
        return asked_of(self.material, self.placings)

    @cached_property
    def placings(self) -> list[Placing]:
        """Where interviews are; where the nominee did not come, room and members are free for others."""
        return [one.placing for one in self.interviews if one.state != InterviewState.NO_SHOW]

    def violations(self) -> tuple[NamedViolation, ...]:
        """Return everything that the draft breaks, in the order of the rules."""
        placings = self.placings
        if self.settings is None:
            recused = self.material.recused
            return named_violations(self.round, placings, recused=recused, seats=self.seat_names)
        found = check.violations(self.asked.problem, self.asked.placements)
        clashes = [*self.asked.misshapen, *(clash_of(one, self.material) for one in found)]
        by_nomination = {one.nomination.pk: one for one in placings}
        return together(named(one, by_nomination, self.seat_names, self.round) for one in clashes)

    def moment(self, day: date, minutes: int) -> datetime:
        """Return the moment so many ``minutes`` after the midnight with which ``day`` begins in the round's zone."""
        return datetime.combine(day, time(), self.round.zone) + timedelta(minutes=minutes)

    def span(self, one: Drafted) -> tuple[date, int, int]:
        """Return the local day on which ``one`` begins, and its minutes since midnight; at most to the day's end."""
        starts = one.starts_at.astimezone(self.round.zone)
        start = starts.hour * 60 + starts.minute
        length = max(5, (one.ends_at - one.starts_at) // timedelta(minutes=1))
        return wording.local_day(one.starts_at, self.round.time_zone), start, min(start + length, 24 * 60)


def draft_of(round: Round) -> Draft:
    """Return the draft of ``round``. The same number of queries for any number of rows."""
    rows = list(
        Interview.objects.filter(round=round)
        .order_by("starts_at", "room__name", "pk")
        .values_list("pk", "nomination_id", "room_id", "starts_at", "ends_at", "state", "is_locked", "version")
    )
    placed: dict[int, set[int]] = defaultdict(set)
    absent: dict[int, set[int]] = defaultdict(set)
    seats = Attendance.objects.filter(interview__round=round).values_list("interview_id", "seat_id", "presence")
    for interview, seat, presence in seats:
        placed[interview].add(seat)
        if presence == Presence.ABSENT:
            absent[interview].add(seat)
    settings = settings_of(round)
    material = material_of(round, settings, also=[row[1] for row in rows])
    nominations = {one.pk: one for one in material.nominations}
    rooms = {one.pk: one for one in material.rooms}
    interviews = tuple(
        Drafted(
            nominations[nomination], rooms[room], starts_at, ends_at, InterviewState(state), is_locked, version,
            frozenset(placed[pk]), frozenset(absent[pk]),
        )
        for pk, nomination, room, starts_at, ends_at, state, is_locked, version in rows
    )  # fmt: skip
    return Draft(round, settings, material, interviews)
