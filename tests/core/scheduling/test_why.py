"""Why not here: what a place breaks, what it costs, and openings that really are open."""

from dataclasses import replace

import pytest

from judging.core.scheduling.check import forbidden, violations
from judging.core.scheduling.greedy import greedy
from judging.core.scheduling.problem import (
    Category,
    Day,
    Limits,
    Member,
    Nominee,
    Placement,
    Problem,
    Room,
    Session,
    Severity,
    Slot,
    Span,
)
from judging.core.scheduling.why import why

DAYS = (Day("1", (Session("a", 480, 600),)), Day("2", (Session("b", 480, 600),)))


@pytest.fixture
def problem():
    return Problem(
        days=DAYS,
        categories=(Category("K", 30, quorum=2),),
        rooms=(Room("A"), Room("B")),
        members=tuple(Member(name) for name in ("m1", "m2", "m3", "m4")),
        nominees=(Nominee("x", "K"), Nominee("y", "K")),
        grid_min=10,
        weights={"category_day": 5, "move": 1},
    )


PLACED = (Placement("x", "1", 480, "A", ("m1", "m2")), Placement("y", "1", 540, "A", ("m1", "m2")))


def where(answer):
    return [(one.placement.day, one.placement.start, one.placement.room) for one in answer.openings]


def test_what_is_broken_and_the_nearest_times_first(problem):
    answer = why(problem, PLACED, "x", Slot("1", 530, "A"))
    assert {one.code for one in answer.violations} == {"room_taken", "seat_elsewhere"}
    assert answer.placement.members == ("m1", "m2")
    # The other room at the same time is open to the other two; the same two come earlier.
    assert where(answer)[0] == ("1", 530, "B")
    assert (answer.openings[0].stays, set(answer.openings[0].placement.members)) == (False, {"m3", "m4"})
    # Those of a day do not overlap.
    assert where(answer)[1:] == [("1", 500, "A"), ("1", 560, "B"), *(("2", start, "A") for start in (530, 500, 560))]


def test_who_sits_there_stays_where_they_can(problem):
    answer = why(problem, PLACED, "x", Slot("2", 480, "A"))
    assert (answer.violations, answer.changes) == ((), {"category_day": (1, 5)})
    assert all(one.stays for one in answer.openings if one.placement.day == "2")


def test_nothing_forbidden_is_told_as_open(problem):
    narrow = replace(
        problem,
        members=(Member("m1", unavailable=(Span("2", 0, 1440),)), *problem.members[1:]),
        nominees=(Nominee("x", "K", windows=(Span("1", 480, 560), Span("2", 480, 540))), problem.nominees[1]),
        limits=Limits(max_continuous_min=60, min_break_min=10),
    )
    answer = why(narrow, PLACED, "x", Slot("2", 560, "A"), most=9)
    assert {one.code for one in answer.violations} == {"outside_window", "member_unavailable"}
    assert where(answer) == [("2", 510, "A"), ("2", 480, "A"), ("1", 530, "B"), ("1", 500, "A")]
    for one in answer.openings:
        assert not forbidden(violations(narrow, [PLACED[1], one.placement]))


def test_who_has_no_interview_is_met_by_all_who_can(problem):
    answer = why(problem, PLACED[1:], "x", Slot("1", 540, "B"))
    assert answer.placement.members == ("m3", "m4")
    assert answer.violations == ()


def test_nothing_before_now_and_nothing_without_a_quorum(problem):
    answer = why(problem, PLACED, "x", Slot("1", 530, "A"), after=("2", 560))
    assert where(answer) == [("2", 560, "A")]
    alone = replace(problem, members=problem.members[:1])
    placed = [replace(one, members=("m1",)) for one in PLACED]
    assert why(alone, placed, "x", Slot("2", 480, "A")).openings == ()
    lenient = replace(alone, levels={"below_quorum": Severity.WARNING})
    found = why(lenient, placed, "x", Slot("2", 480, "B")).openings
    assert {broken.code for one in found for broken in one.violations} == {"below_quorum"}


def test_openings_of_a_full_schedule_hold():
    days = tuple(Day(str(number), (Session("a", 480, 720), Session("b", 780, 960))) for number in range(3))
    nominees = tuple(Nominee(f"n{number}", "K", persons=("p",) if number % 5 == 0 else ()) for number in range(30))
    problem = Problem(
        days=days,
        categories=(Category("K", 30, buffer=10, quorum=2, panel_max=3),),
        rooms=(Room("A"), Room("B", unavailable=(Span("1", 480, 720),))),
        members=tuple(Member(f"m{number}") for number in range(6)),
        nominees=nominees,
        grid_min=10,
    )
    placed = greedy(problem).placements
    assert len(placed) == 30
    found = 0
    for one in placed[::6]:
        for opening in why(problem, placed, one.nominee, one.slot).openings:
            others = [other for other in placed if other.nominee != one.nominee]
            assert not forbidden(violations(problem, [*others, opening.placement]))
            found += 1
    assert found
