"""A round in which a schedule is prepared: three days, a room, three seats, two nominees and the secretariat."""

from dataclasses import dataclass
from datetime import date

from judging.models import CalendarFeed, InterviewSession, Room, ScheduleMaterial, Seat, SeatAbsence
from nominees.core.lifecycle import State
from nominees.models import Category, Nomination, Round
from paritrana.accounts.models import Role, User
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

TUESDAY, WEDNESDAY, THURSDAY = (date(2025, 6, day) for day in (24, 25, 26))
MORNING, AFTERNOON = (480, 720), (780, 960)


@dataclass
class Prepared:
    """The world, with what its tests change."""

    round: Round
    category: Category
    seats: list[Seat]
    room: Room
    one: Nomination
    two: Nomination
    secretary: User

    def holder(self, position: int = 1) -> User:
        """Who sits on the seat."""
        return make.holder(self.seats[position - 1])


def make_prepared(*, seats: int = 3, sessions: bool = True, state: State = State.SCORING) -> Prepared:
    """Return a round with quorum 2; with sessions on Tuesday and Wednesday unless they are off."""
    round = make_round(state=state)
    category = make_category(round)
    make.make_rules(round, min_scores=2)
    if sessions:
        make_sessions(round)
    return Prepared(
        round=round,
        category=category,
        seats=make.make_panel(round, seats),
        room=make.make_room(round),
        one=make_nomination(category, region_code="53.01"),
        two=make_nomination(category, region_code="53.02"),
        secretary=make_user(Role.SECRETARIAT, round=round),
    )


def make_sessions(round: Round) -> None:
    """Morning and afternoon of Tuesday and Wednesday."""
    ScheduleMaterial.objects.get_or_create(round=round)
    InterviewSession.objects.bulk_create(
        InterviewSession(round=round, day=day, start=start, end=end)
        for day in (TUESDAY, WEDNESDAY)
        for start, end in (MORNING, AFTERNOON)
    )


def make_absence(seat: Seat, day: date = TUESDAY, start: int = 480, end: int = 720) -> SeatAbsence:
    """The present holder of ``seat`` is away and said so."""
    ScheduleMaterial.objects.get_or_create(round=seat.round)
    seating = seat.seatings.get(ends_on=None)
    return SeatAbsence.objects.create(
        seating=seating, day=day, start=start, end=end, entered_by=seating.user, entered_at=AT
    )


def make_calendar(round: Round, key: str = "k" * 43) -> CalendarFeed:
    """The calendar of a room of ``round``, under ``key``."""
    return CalendarFeed.objects.create(
        round=round, room=make.make_room(round), key=key, created_by=make_user(), created_at=AT
    )
