"""A schedule of any size, written in bulk: categories, regions, rooms, seats, days with two sessions each."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from judging.models import Attendance, CategoryPlan, Interview, InterviewSession, Room, ScheduleMaterial, Seat
from nominees.core.lifecycle import State
from nominees.models import Category, Kind, Nomination, Nominee, Round, Status
from paritrana.accounts.models import Role, User
from paritrana.regions.models import RegionKind
from tests.factories.schedule import AFTERNOON, MORNING, TUESDAY
from tests.factories.sheets import make_panel, make_rules
from tests.factories.world import make_category, make_region, make_round, make_user

MINUTES = 30


@dataclass(frozen=True)
class BoardWorld:
    """A round with its schedule; ``unplaced`` have no interview."""

    round: Round
    rooms: list[Room]
    seats: list[Seat]
    placed: list[Nomination]
    unplaced: list[Nomination]
    secretary: User


def make_board(
    size: int,
    *,
    rooms: int = 2,
    days: int = 2,
    seats: int = 4,
    unplaced: int = 1,
    categories: int = 1,
    region_code: str = "53",
) -> BoardWorld:
    """Return a round with ``size`` interviews of half an hour, one after the other, up to four seats in each."""
    round = make_round(region_code=region_code, state=State.SCORING)
    make_rules(round, min_scores=2)
    dates = [TUESDAY + timedelta(days=number) for number in range(days)]
    Round.objects.filter(pk=round.pk).update(interviews_from=dates[0], interviews_until=dates[-1])
    round.refresh_from_db()
    ScheduleMaterial.objects.create(round=round, grid_min=5)
    InterviewSession.objects.bulk_create(
        InterviewSession(round=round, day=day, start=start, end=end)
        for day in dates
        for start, end in (MORNING, AFTERNOON)
    )
    made = [make_category(round, f"kategori-{number}", kind=Kind.BUSINESS) for number in range(categories)]
    CategoryPlan.objects.bulk_create(CategoryPlan(category=one, duration=MINUTES) for one in made)
    nominations = _nominate(round, made, size + unplaced)
    world = BoardWorld(
        round=round,
        rooms=Room.objects.bulk_create(Room(round=round, name=f"Ruang {number}") for number in range(1, rooms + 1)),
        seats=make_panel(round, seats),
        placed=nominations[:size],
        unplaced=nominations[size:],
        secretary=make_user(Role.SECRETARIAT, round=round),
    )
    _place(world, dates)
    return world


def _nominate(round: Round, categories: list[Category], size: int) -> list[Nomination]:
    region = make_region(f"{round.scope_code}.01", "Kabupaten Uji", RegionKind.REGENCY)
    names = [f"PT Karya Nusantara {number:03d} (contoh)" for number in range(1, size + 1)]
    nominees = Nominee.objects.bulk_create(Nominee(kind=Kind.BUSINESS, region=region, name=name) for name in names)
    return Nomination.objects.bulk_create(
        Nomination(
            round=round, category=categories[number * len(categories) // size], nominee=nominee, number=number + 1,
            status=Status.RUNNING,
        )
        for number, nominee in enumerate(nominees)
    )  # fmt: skip


def _place(world: BoardWorld, days: list[date]) -> None:
    starts = [start for span in (MORNING, AFTERNOON) for start in range(span[0], span[1] - MINUTES + 1, MINUTES)]
    slots = [(day, start, place) for day in days for start in starts for place in range(len(world.rooms))]
    share = max(1, min(4, len(world.seats) // len(world.rooms)))
    interviews, attendances = [], []
    for nomination, (day, start, place) in zip(world.placed, slots, strict=False):
        begins = datetime.combine(day, time(), world.round.zone) + timedelta(minutes=start)
        interview = Interview(
            round=world.round, nomination=nomination, room=world.rooms[place], starts_at=begins,
            ends_at=begins + timedelta(minutes=MINUTES),
        )  # fmt: skip
        interviews.append(interview)
        attendances += [(interview, seat) for seat in world.seats[place * share : (place + 1) * share]]
    Interview.objects.bulk_create(interviews)
    Attendance.objects.bulk_create(Attendance(interview=one, seat=seat) for one, seat in attendances)
