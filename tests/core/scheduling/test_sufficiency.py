"""Each cheap check once failed by its own cause and by nothing else."""

from dataclasses import replace

import pytest

from judging.core.scheduling import document
from judging.core.scheduling.problem import Category, Day, Member, Nominee, Problem, RoleGroup, Room, Session, Span
from judging.core.scheduling.sufficiency import sufficiency
from tests.core.documents import golden

MORNING = (Session("1", 480, 720),)


def problem(**changes):
    given = {
        "days": (Day("a", MORNING), Day("b", MORNING)),
        "categories": (Category("x", 60, quorum=2, role_groups=("head",)), Category("unused", 999, quorum=99)),
        "rooms": (Room("r"),),
        "members": tuple(Member(name, roles=frozenset({name})) for name in "pqr"),
        "nominees": tuple(Nominee(str(number), "x") for number in (1, 2, 3)),
        "role_groups": (RoleGroup("head", frozenset("p")),),
        "grid_min": 5,
    }
    return Problem(**(given | changes))


def test_enough_of_everything_passes():
    found = sufficiency(problem())
    assert (found.needed, found.open, found.is_passed) == (180, 480, True)
    assert [(day.open, day.bound) for day in found.days] == [(240, 0), (240, 0)]


def test_closed_rooms_take_their_minutes_away_once():
    closed = (Span("a", 500, 600), Span("a", 550, 620), Span("a", 0, 60))
    found = sufficiency(problem(rooms=(Room("r", unavailable=closed),)))
    assert [day.open for day in found.days] == [120, 240]


def test_too_many_who_can_come_on_one_day_only():
    window = (Span("a", 0, 1440),)
    found = sufficiency(problem(nominees=tuple(Nominee(str(n), "x", windows=window) for n in range(5))))
    assert [day.is_enough for day in found.days] == [False, True]
    assert (found.needed <= found.open, found.is_passed) == (True, False)


def test_more_minutes_than_all_rooms_have():
    found = sufficiency(problem(nominees=tuple(Nominee(str(n), "x") for n in range(9))))
    assert (found.needed, found.open, found.is_passed) == (540, 480, False)


@pytest.mark.parametrize(
    "nominee",
    [
        Nominee("1", "x", windows=(Span("a", 480, 539),)),
        Nominee("1", "x", windows=(Span("a", 720, 1440),)),
        Nominee("1", "x", mode="online"),
    ],
)
def test_nominee_without_a_slot(nominee):
    found = sufficiency(problem(nominees=(nominee,), rooms=(Room("r", frozenset({"onsite"})),)))
    assert (found.without_slot, found.is_passed) == (("1",), False)


def test_nominee_whom_too_few_may_judge():
    members = tuple(replace(one, recused=frozenset({"2"})) for one in problem().members[:2]) + problem().members[2:]
    found = sufficiency(problem(members=members))
    assert (found.without_members, found.without_quorum, found.is_passed) == (("2",), (), False)


def test_quorum_and_role_that_are_never_there():
    away = (Span("a", 0, 1440), Span("b", 0, 1440))
    members = [replace(one, unavailable=away) for one in problem().members]
    p_away = sufficiency(problem(members=(members[0], *problem().members[1:])))
    assert (p_away.without_quorum, p_away.without_roles) == ((), (("x", "head"),))
    two_away = sufficiency(problem(members=(problem().members[0], *members[1:])))
    assert (two_away.without_quorum, two_away.without_roles) == (("x",), ())


def test_members_who_come_one_after_the_other_make_no_quorum():
    early, late = (Span("a", 0, 600), Span("b", 0, 1440)), (Span("a", 600, 1440), Span("b", 0, 1440))
    members = (Member("p", frozenset("p"), unavailable=early), Member("q", unavailable=late))
    assert sufficiency(problem(members=members)).without_quorum == ("x",)


def test_what_has_a_schedule_passes():
    assert sufficiency(document.read(golden("schedule-1"))).is_passed
