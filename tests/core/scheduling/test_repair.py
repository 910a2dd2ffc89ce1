"""A repair moves nobody who is locked or past, moves as few as can be, and tells each change."""

from dataclasses import replace
from random import Random

import pytest

from judging.core.scheduling import document
from judging.core.scheduling.changes import Kind, changes
from judging.core.scheduling.check import violations
from judging.core.scheduling.greedy import greedy
from judging.core.scheduling.layout import Scope
from judging.core.scheduling.problem import Nominee, Placement, Span
from judging.core.scheduling.repair import repair
from judging.core.scheduling.search import Effort, improve
from judging.core.scheduling.solution import Status
from tests.benchmarks.scheduling.generate import generate
from tests.core.documents import golden

from . import worlds

PROBLEM = document.read(golden("schedule-1"))
BASE = greedy(PROBLEM).placements
SECONDS = 60  # never needed: a slow machine is to give the same


def away(problem, member, day, start=0, end=1440):
    """``problem`` without ``member`` for some time."""
    changed = [
        replace(one, unavailable=(*one.unavailable, Span(day, start, end))) if one.id == member else one
        for one in problem.members
    ]
    return replace(problem, members=tuple(changed))


def by_name(placements):
    return {one.nominee: one for one in placements}


def test_nothing_happened_changes_nothing():
    found = repair(PROBLEM, BASE)
    assert (found.changes, found.fewest, found.solution.status) == ((), True, Status.FEASIBLE)
    assert by_name(found.solution.placements) == by_name(BASE)


def test_ill_member_is_missed_on_that_day_and_nobody_moves():
    day = BASE[0].day
    member = next(one for one in BASE[0].members if one not in {"M01", "M02"})
    problem = away(PROBLEM, member, day)
    found = repair(problem, BASE, seconds=SECONDS)
    assert found.fewest
    assert violations(problem, found.solution.placements) == ()
    hit = {one.nominee for one in BASE if one.day == day and member in one.members}
    assert {one.nominee for one in found.changes} >= hit
    assert {one.kind for one in found.changes} == {Kind.PANEL}
    assert all(member in one.left for one in found.changes if one.nominee in hit)


def test_cancelled_nominee_is_gone_and_a_new_one_finds_a_place():
    gone, new = BASE[0].nominee, Nominee("NEW", PROBLEM.nominees[0].category)
    nominees = (*(one for one in PROBLEM.nominees if one.id != gone), new)
    problem = replace(PROBLEM, nominees=nominees, pins=tuple(one for one in PROBLEM.pins if one.nominee != gone))
    found = repair(problem, BASE, seconds=SECONDS)
    assert found.solution.status is Status.FEASIBLE
    assert violations(problem, found.solution.placements) == ()
    assert {(one.nominee, one.kind) for one in found.changes} == {(gone, Kind.CANCELLED), ("NEW", Kind.ADDED)}
    assert found.fewest


def test_moved_bupati_moves_alone_if_that_is_possible():
    one = next(one for one in BASE if one.nominee not in PROBLEM.pin)
    other_days = tuple(Span(day.id, 0, 1440) for day in PROBLEM.days if day.id != one.day)
    nominees = [replace(who, windows=other_days) if who.id == one.nominee else who for who in PROBLEM.nominees]
    problem = replace(PROBLEM, nominees=tuple(nominees))
    found = repair(problem, BASE, seconds=SECONDS)
    assert violations(problem, found.solution.placements) == ()
    assert [change.nominee for change in found.changes if change.kind is Kind.MOVED] == [one.nominee]
    assert found.fewest


def test_past_and_locked_interviews_stay_whatever_the_rules_say_of_the_past():
    days = [day.id for day in PROBLEM.days]
    now = days[1], 540
    past = [one for one in BASE if (days.index(one.day), one.start) < (1, 540)]
    locked = [one for one in BASE if one.day == days[2]][:2]
    assert past
    assert locked
    ill = past[0].members[0]
    problem = away(away(PROBLEM, ill, past[0].day), "M05", days[2])
    found = repair(problem, BASE, fixed_before=now, locked=[one.nominee for one in locked], seconds=SECONDS)
    after = by_name(found.solution.placements)
    assert len(after) == len(BASE)
    assert [after[one.nominee] for one in past] == past
    assert [after[one.nominee].slot for one in locked] == [one.slot for one in locked]
    later = [after[one.nominee] for one in BASE if one not in past]
    assert all((days.index(one.day), one.start) >= (1, 540) for one in later)
    broken = violations(problem, found.solution.placements)
    assert {name for one in broken for name in one.nominees} <= {one.nominee for one in past}


def fewest_by_full_search(problem, before):
    """Moved interviews of the best of all schedules: the whole model with no other wish."""
    asked = replace(problem, baseline=tuple(before), weights={"move": 1})
    outcome = improve(asked, Scope(), before, Effort(SECONDS))
    return (outcome.status, outcome.objective) if outcome.proved else None


def test_moves_no_more_than_a_full_search():
    chance = Random(77)  # noqa: S311 - no secret
    compared = 0
    for _ in range(40):
        problem = replace(document.read(worlds.problem(chance)), baseline=())
        before = greedy(problem)
        if before.unplaced or len(problem.nominees) < 3:
            continue
        hit = chance.choice(before.placements)
        member = chance.choice(hit.members) if hit.members else None
        changed = away(problem, member, hit.day) if member else problem
        shut = Span(hit.day, hit.start, hit.start + 10)
        rooms = [replace(one, unavailable=(shut,)) if one.id == hit.room else one for one in changed.rooms]
        changed = replace(changed, rooms=tuple(rooms))
        found = repair(changed, before.placements, seconds=SECONDS)
        status, fewest = fewest_by_full_search(changed, before.placements)
        if status is not Status.FEASIBLE:
            assert found.solution.unplaced
            continue
        moved = sum(one.kind is Kind.MOVED for one in found.changes)
        assert found.solution.status is Status.FEASIBLE
        assert moved == fewest if found.fewest else moved >= fewest
        compared += found.fewest
    assert compared > 5


def test_locked_interview_is_never_moved_in_random_repairs():
    problem = document.read(generate("S"))
    before = greedy(problem).placements
    chance = Random(3)  # noqa: S311 - no secret
    for _ in range(3):
        locked = chance.sample(sorted(by_name(before)), 4)
        member = chance.choice(problem.members).id
        changed = away(problem, member, chance.choice(problem.days).id)
        found = repair(changed, before, locked=locked, seconds=4)
        after = by_name(found.solution.placements)
        assert all(after[name].slot == by_name(before)[name].slot for name in locked if name in after)
        assert violations(changed, found.solution.placements) == () or found.solution.unplaced


@pytest.mark.parametrize(
    ("after", "kind"),
    [
        (Placement("N", "D1", 480, "R1", ("A", "B")), None),
        (Placement("N", "D1", 480, "R1", ("B", "C")), Kind.PANEL),
        (Placement("N", "D1", 480, "R2", ("A", "C")), Kind.ROOM),
        (Placement("N", "D1", 495, "R2", ("A", "B")), Kind.MOVED),
        (Placement("N", "D2", 480, "R1", ("A", "B")), Kind.MOVED),
    ],
)
def test_change_is_told_by_what_people_notice_most(after, kind):
    before = Placement("N", "D1", 480, "R1", ("B", "A"))
    assert [one.kind for one in changes([before], [after])] == ([kind] if kind else [])
    if kind is Kind.PANEL:
        (change,) = changes([before], [after])
        assert (change.joined, change.left) == (("C",), ("A",))
    assert [one.kind for one in changes([], [after])] == [Kind.ADDED]
    assert changes([before], [])[0].left == ("A", "B")
