"""The board's data: the table of a day, what a card tells, loads, who waits, and what a dragged card is told."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import product

import pytest

from judging.core.scheduling.problem import Severity
from judging.models import (
    CategoryPlan,
    Interview,
    InterviewSession,
    NomineePlan,
    ReleasedInterview,
    RoomClosure,
    ScheduleMaterial,
    ScheduleRelease,
    SharedPerson,
)
from judging.selectors.interviews import interviews_of, placing_of
from judging.selectors.schedule import named_violations
from judging.selectors.schedule_board import schedule_board
from judging.selectors.schedule_draft import draft_of
from judging.selectors.schedule_grid import grid_of
from judging.selectors.schedule_plans import plan_of
from judging.selectors.schedule_probe import ground_of, probe
from judging.selectors.scheduling_problem import problem_of
from judging.services import schedule as services
from tests.factories import sheets as make
from tests.factories.schedule import TUESDAY, WEDNESDAY, make_absence
from tests.factories.schedule_board import make_board
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Held:
    """Something in a room."""

    room_id: int
    start: int
    end: int
    until: int


def spans(grid):
    """What every column holds from top to bottom."""
    return [(row.start, cell.kind, cell.start, cell.end) for row in grid.rows for cell in row.cells]


def test_a_day_is_laid_out_with_lunch_closures_buffers_and_every_minute_once():
    card = Held(1, 490, 515, 520)
    grid = grid_of([1], [(480, 540), (570, 600)], [(1, 530, 540)], [card])
    assert [(row.start, row.end) for row in grid.rows] == [
        (480, 490), (490, 510), (510, 515), (515, 520), (520, 530), (530, 540), (540, 570), (570, 600),
    ]  # fmt: skip
    assert [(kind, start, end) for _, kind, start, end in spans(grid)] == [
        ("free", 480, 490), ("card", 490, 515), ("buffer", 515, 520), ("free", 520, 530), ("closed", 530, 540),
        ("gap", 540, 570), ("free", 570, 600),
    ]  # fmt: skip
    assert [cell.rows for row in grid.rows for cell in row.cells] == [1, 2, 1, 1, 1, 1, 1]
    assert [row.mark for row in grid.rows] == [2, 0, 4, 0, 0, 0, 1, 1]
    assert all(row.minutes <= 30 for row in grid.rows)


def test_interviews_at_the_same_time_in_one_room_stand_beside_each_other():
    grid = grid_of([1, 2], [(480, 600)], [], [Held(1, 480, 510, 510), Held(1, 500, 530, 530), Held(1, 510, 540, 540)])
    assert grid.columns == (1, 1, 2)
    assert [(start, end) for _, kind, start, end in spans(grid) if kind == "card"] == [
        (480, 510),
        (500, 530),
        (510, 540),
    ]


def test_a_day_without_sessions_is_open_in_office_hours():
    grid = grid_of([1], [], [], [Held(1, 430, 460, 460)])
    assert (grid.rows[0].start, grid.rows[-1].end) == (420, 960)
    assert {cell.kind for row in grid.rows for cell in row.cells} == {"card", "free"}


def test_the_board_shows_the_day_with_cards_loads_and_who_waits():
    world = make_board(3, rooms=2, seats=4, unplaced=2)
    ScheduleMaterial.objects.update(max_minutes_per_day=50, levels={"day_load": "warning"})
    board = schedule_board(world.round)
    assert (board.shown, [tab.interviews for tab in board.days]) == (TUESDAY, [3, 0])
    assert board.days[0].by_room == ((2, 60), (1, 30))
    assert sum(cell.kind == "card" for row in board.grid.rows for cell in row.cells) == 3
    assert [one.nomination for one in board.unplaced] == world.unplaced
    assert [(load.minutes, load.total) for load in board.loads] == [(((60, True), (0, False)), 60)] * 2 + [
        (((30, False), (0, False)), 30)
    ] * 2
    assert [(one.code, one.severity) for one in board.problems] == [("day_load", Severity.WARNING)]
    assert [card.worst for card in board.cards] == [Severity.WARNING, None, Severity.WARNING]
    assert schedule_board(world.round, shown=WEDNESDAY).shown == WEDNESDAY
    assert schedule_board(world.round, today=WEDNESDAY).shown == WEDNESDAY


def test_without_material_the_days_of_the_round_are_open():
    world = make_board(2)
    InterviewSession.objects.all().delete()
    ScheduleMaterial.objects.all().delete()
    board = schedule_board(world.round)
    assert [tab.day for tab in board.days] == [TUESDAY, WEDNESDAY]
    assert {cell.kind for row in board.grid.rows for cell in row.cells} == {"card", "free"}


def test_a_card_tells_that_its_people_were_told_something_else():
    world = make_board(3)
    assert {card.news for card in schedule_board(world.round).cards} == {""}
    release = ScheduleRelease.objects.create(
        round=world.round, number=1, released_by=world.secretary, released_at=AT, sha256="0" * 64
    )
    for number, interview in enumerate(interviews_of(world.round)[:2]):
        row = ReleasedInterview.objects.create(
            release=release, nomination=interview.nomination, room=interview.room, room_name=interview.room.name,
            is_online=False, starts_at=interview.starts_at, ends_at=interview.ends_at, changed_in=1,
        )  # fmt: skip
        row.seats.set([one.seat_id for one in interview.attendances.all()][number:])
    board = schedule_board(world.round)
    assert sorted(card.news for card in board.cards) == ["", "changed", "new"]
    assert (board.release, board.changed) == (1, 2)


def demanding():
    """A round in which places differ: closures, an absence, a window, a shared person, a buffer."""
    world = make_board(4, seats=6, unplaced=1)
    one = world.placed[0]
    RoomClosure.objects.create(room=world.rooms[1], day=TUESDAY, start=600, end=660)
    make_absence(world.seats[0], WEDNESDAY, 480, 600)
    NomineePlan.objects.create(nomination=one, arrives_on=TUESDAY, arrives_at=500)
    SharedPerson.objects.create(round=world.round, number=1, name="Ibu Camat (contoh)").nominations.set(
        world.placed[:2]
    )
    CategoryPlan.objects.update(buffer=10)
    make.make_recusal(world.seats[1], one)
    return world


def test_a_probe_finds_what_the_service_would_and_nothing_else():
    world = demanding()
    one = world.placed[0]
    ground = ground_of(world.round, one)
    now = Interview.objects.get(nomination=one)
    seats = frozenset(now.attendances.values_list("seat_id", flat=True))
    others = [placing_of(other) for other in interviews_of(world.round).exclude(nomination=one)]
    seen = set()
    for day, room, start in product((TUESDAY, WEDNESDAY), world.rooms, (475, 480, 500, 520, 590, 615, 700, 781)):
        found = probe(ground, room, day, start, seats)
        placing = placing_of(now)
        asked = type(placing)(ground.nomination, room, found.starts_at, found.ends_at, seats)
        expected = [each for each in named_violations(world.round, [*others, asked]) if one.pk in each.nominations]
        assert list(found.violations) == expected
        seen |= {each.code for each in expected}
    assert {"room_taken", "room_unavailable", "outside_session", "outside_window", "member_unavailable", "off_grid",
            "recused_seat_placed", "person_elsewhere"} <= seen  # fmt: skip


def test_the_cost_of_a_probe_is_that_of_the_whole_schedule():
    world = make_board(9, categories=3, seats=6, unplaced=0)
    Interview.objects.filter(nomination=world.placed[4]).delete()
    from judging.core.scheduling.wishes import cost

    for nomination in (world.placed[0], world.placed[8], world.placed[4]):
        ground = ground_of(world.round, nomination)
        for day, start in ((TUESDAY, 690), (WEDNESDAY, 500)):
            before = problem_of(world.round, at=AT - timedelta(days=9))
            found = probe(ground, world.rooms[1], day, start)
            plan = plan_of(world.round)
            codes = {seat.pk: seat.code for seat in world.seats}
            then = type(before.baseline[0])(
                str(nomination.number), day.isoformat(), start, "Ruang 2", tuple(codes[seat] for seat in found.seats)
            )
            others = [one for one in before.baseline if one.nominee != str(nomination.number)]
            unchanged = ("move", "room_change", "panel_diff")
            sums = [
                sum(value for name, value in cost(before, placed).weighted.items() if name not in unchanged)
                for placed in ([*others, then], before.baseline)
            ]
            assert found.cost == sums[0] - sums[1]
            assert plan == plan_of(world.round)


def test_seats_stay_where_they_can_and_others_are_offered_where_they_cannot():
    world = make_board(2, rooms=2, seats=6)
    one = world.placed[0]
    ground = ground_of(world.round, one)
    stays = probe(ground, world.rooms[0], TUESDAY, 600)
    assert (stays.come, stays.gone, stays.worst) == ((), (), None)
    make_absence(world.seats[0], WEDNESDAY, 480, 600)
    offered = probe(ground_of(world.round, one), world.rooms[0], WEDNESDAY, 480)
    assert (offered.gone, len(offered.come), offered.worst) == ((world.seats[0].name,), 1, None)
    services.move_interview(
        interview=Interview.objects.get(nomination=one), expected_version=1, room=offered.room,
        starts_at=offered.starts_at, ends_at=offered.ends_at,
        seats=[seat for seat in world.seats if seat.pk in offered.seats], actor=world.secretary, at=AT,
    )  # fmt: skip


def test_who_waits_is_met_by_all_who_can_come():
    world = make_board(0, seats=3)
    make.make_recusal(world.seats[2], world.unplaced[0])
    found = probe(ground_of(world.round, world.unplaced[0]), world.rooms[0], TUESDAY, 480)
    assert found.seats == tuple(sorted(seat.pk for seat in world.seats[:2]))
    assert (found.come, found.gone, found.worst) == ((), (), None)
    assert found.ends_at - found.starts_at == timedelta(minutes=30)


def test_the_draft_breaks_what_the_service_says():
    world = demanding()
    Interview.objects.filter(nomination=world.placed[1]).update(starts_at=AT, ends_at=AT + timedelta(minutes=25))
    placings = [placing_of(one) for one in interviews_of(world.round)]
    assert draft_of(world.round).violations() == named_violations(world.round, placings) != ()
