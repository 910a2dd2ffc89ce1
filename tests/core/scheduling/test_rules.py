"""Each rule once broken and once just kept, on the smallest problem; severity, focus, and "why not here?"."""

from dataclasses import replace

import pytest

from judging.core.scheduling.check import allowed, forbidden, violations
from judging.core.scheduling.problem import (
    Category,
    Day,
    Limits,
    Member,
    Nominee,
    Pin,
    Placement,
    Problem,
    RoleGroup,
    Room,
    Session,
    Severity,
    Slot,
    Span,
)
from judging.core.scheduling.rules import CODES, RULES

SESSIONS = (Session("AM", 480, 720), Session("PM", 780, 960))
MEMBERS = ("M1", "M2", "M3")
BASE = Problem(
    days=(Day("D1", SESSIONS), Day("D2", SESSIONS), Day("OFF", ())),
    categories=(Category("A", 30, 15, quorum=2, panel_max=3, role_groups=("HEAD",)),),
    rooms=(Room("R1"), Room("R2", frozenset({"online"}))),
    members=(Member("M1", frozenset({"ketua"})), Member("M2", frozenset({"ketua"})), *map(Member, ("M3", "M4"))),
    nominees=(Nominee("N1", "A"), Nominee("N2", "A", mode="online")),
    grid_min=15,
    role_groups=(RoleGroup("HEAD", frozenset({"ketua"})),),
)


def placed(nominee="N1", start=480, *, day="D1", room="R1", members=MEMBERS):
    return Placement(nominee, day, start, room, tuple(members))


SECOND = placed("N2", 900, day="D2")


def codes(problem, *placements):
    return [one.code for one in violations(problem, placements)]


def with_member(**changes):
    return replace(BASE, members=(replace(BASE.members[0], **changes), *BASE.members[1:]))


def with_nominee(**changes):
    return replace(BASE, nominees=(replace(BASE.nominees[0], **changes), BASE.nominees[1]))


def with_room(**changes):
    return replace(BASE, rooms=(replace(BASE.rooms[0], **changes), BASE.rooms[1]))


CLOSED = (Span("D1", 500, 520),)
SHARED = replace(BASE, nominees=tuple(replace(one, persons=("bupati",)) for one in BASE.nominees))
BROKEN = {
    "unplaced": (BASE, [placed()]),
    "nominee_twice": (BASE, [placed(), placed(start=900), SECOND]),
    "off_grid": (BASE, [placed(start=485), SECOND]),
    "outside_interview_days": (BASE, [placed(day="OFF"), SECOND]),
    "outside_session": (BASE, [placed(start=705), SECOND]),
    "outside_window": (with_nominee(windows=(Span("D1", 490, 600),)), [placed(), SECOND]),
    "room_mode": (BASE, [placed(room="R2"), SECOND]),
    "room_unavailable": (with_room(unavailable=CLOSED), [placed(), SECOND]),
    "room_taken": (BASE, [placed(members=("M1", "M3")), placed("N2", 510, members=("M2", "M4"))]),
    "seat_elsewhere": (BASE, [placed(members=("M1", "M3")), placed("N2", 510, room="R2", members=("M1", "M4"))]),
    "person_elsewhere": (SHARED, [placed(members=("M1", "M3")), placed("N2", 495, room="R2", members=("M2", "M4"))]),
    "member_unavailable": (with_member(unavailable=CLOSED), [placed(), SECOND]),
    "recused_seat_placed": (with_member(recused=frozenset({"N1"})), [placed(), SECOND]),
    "member_twice": (BASE, [placed(members=("M1", "M3", "M3")), SECOND]),
    "below_quorum": (BASE, [placed(members=("M1",)), SECOND]),
    "above_panel_max": (BASE, [placed(members=("M1", "M2", "M3", "M4")), SECOND]),
    "role_missing": (BASE, [placed(members=("M3", "M4")), SECOND]),
    "day_load": (replace(BASE, limits=Limits(max_minutes_per_day=44)), [placed(), SECOND]),
    "no_break": (replace(BASE, limits=Limits(89, 15)), [placed(), placed("N2", 525)]),
    "pin_broken": (replace(BASE, pins=(Pin("N1", start=495),)), [placed(), SECOND]),
}
KEPT = {
    "outside_session": (BASE, [placed(start=690), SECOND]),
    "outside_window": (with_nominee(windows=(Span("D1", 480, 510),)), [placed(), SECOND]),
    "room_unavailable": (with_room(unavailable=(Span("D1", 510, 600),)), [placed(), SECOND]),
    "room_taken": (BASE, [placed(), placed("N2", 525)]),
    "buffer_cut_at_the_end_of_a_session": (BASE, [placed(start=690), placed("N2", 780)]),
    "person_elsewhere": (SHARED, [placed(members=("M1", "M3")), placed("N2", 510, room="R2", members=("M2", "M4"))]),
    "member_unavailable": (with_member(unavailable=(Span("D1", 510, 600),)), [placed(), SECOND]),
    "day_load": (replace(BASE, limits=Limits(max_minutes_per_day=45)), [placed(), placed("N2", day="D2", start=690)]),
    "no_break": (replace(BASE, limits=Limits(90, 15)), [placed(), placed("N2", 525)]),
    "break_in_time": (replace(BASE, limits=Limits(45, 15)), [placed(), placed("N2", 540)]),
    "pin_kept": (replace(BASE, pins=(Pin("N1", "D1", 480, "R1", frozenset(MEMBERS)),)), [placed(), SECOND]),
}


def test_every_rule_has_a_case_here_and_a_sentence_that_says_what_it_asks():
    assert [rule.code for rule in RULES] == list(BROKEN)
    assert frozenset(BROKEN) == CODES
    assert all(rule.meaning.endswith(".") for rule in RULES)


@pytest.mark.parametrize("code", BROKEN)
def test_broken_rule_is_told_alone(code):
    problem, placements = BROKEN[code]
    assert set(codes(problem, *placements)) == {code}


@pytest.mark.parametrize("name", KEPT)
def test_what_is_just_kept_is_not_told(name):
    problem, placements = KEPT[name]
    assert codes(problem, *placements) == []


def test_violation_names_interviews_member_room_and_slot():
    problem, placements = BROKEN["seat_elsewhere"]
    (found,) = violations(problem, placements)
    assert (found.nominees, found.members, found.room) == (("N1", "N2"), ("M1",), "R1")
    assert found.slot == Slot("D1", 480, "R1")


def test_stretch_without_break_names_all_its_interviews_and_its_minutes():
    problem, placements = BROKEN["no_break"]
    found = violations(problem, placements)
    assert {one.members for one in found} == {("M1",), ("M2",), ("M3",)}
    assert found[0].nominees == ("N1", "N2")
    assert found[0].facts == {"minutes": 90, "limit": 89}


def test_smaller_of_both_loads_counts():
    limits = Limits(max_minutes_per_day=100)
    own = replace(with_member(max_minutes_per_day=44), limits=limits)
    assert {one.members for one in violations(own, [placed(), SECOND])} == {("M1",)}
    assert BASE.day_limit("M1") is None


@pytest.mark.parametrize("severity", Severity)
def test_problem_says_what_a_broken_rule_means(severity):
    problem, placements = BROKEN["below_quorum"]
    found = violations(replace(problem, levels={"below_quorum": severity}), placements)
    assert [one.severity for one in found] == ([] if severity is Severity.IGNORED else [severity])
    assert bool(forbidden(found)) is (severity is Severity.FORBIDDEN)


def test_why_not_here_names_the_one_in_the_way():
    (found,) = allowed(BASE, [placed(members=("M1", "M3")), SECOND], "N2", Slot("D1", 510, "R1"), ("M2", "M4"))
    assert (found.code, found.nominees) == ("room_taken", ("N1", "N2"))


def test_why_not_here_keeps_who_sits_there_and_forgets_where_it_was():
    assert allowed(BASE, [placed(), SECOND], "N2", Slot("D2", 885, "R1")) == ()
    assert [one.code for one in allowed(BASE, [placed(), SECOND], "N2", Slot("D1", 495, "R2"))] == [
        "seat_elsewhere"
    ] * 3


def test_why_not_here_without_a_panel_asks_who_could_sit():
    problem = with_member(unavailable=(Span("D1", 480, 720),))
    assert allowed(problem, [], "N1", Slot("D1", 480, "R1")) == ()
    spans = problem.members[0].unavailable
    away = replace(BASE, members=(*(replace(one, unavailable=spans) for one in BASE.members[:3]), BASE.members[3]))
    found = allowed(away, [], "N1", Slot("D1", 480, "R1"))
    assert [(one.code, one.facts.get("seats")) for one in found] == [("below_quorum", 1), ("role_missing", 0)]


def test_why_not_here_without_a_panel_takes_the_pinned_one():
    problem = replace(BASE, pins=(Pin("N1", members=frozenset({"M3", "M4"})),))
    assert [one.code for one in allowed(problem, [], "N1", Slot("D1", 480, "R1"))] == ["role_missing"]
