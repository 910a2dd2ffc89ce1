"""The quick schedule keeps every rule, is the same for the same seed, and says who is left over and why."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from judging.core.scheduling import document, writing
from judging.core.scheduling.check import violations
from judging.core.scheduling.greedy import greedy
from judging.core.scheduling.problem import Pin, Span
from judging.core.scheduling.slots import open_slots
from judging.core.scheduling.solution import Solution, Status
from judging.core.scheduling.wishes import Cost, cost
from tests.benchmarks.scheduling.generate import generate
from tests.core.documents import golden

from . import worlds
from .second_reading import Reading

EXAMPLE = document.read(golden("schedule-1"))


def assignments(problem, solution):
    return writing.write_solution(problem, solution)["assignments"]


@pytest.mark.parametrize(("name", "most"), [("schedule-1", 40), ("S", 80)])
def test_everybody_is_placed_and_a_second_reading_finds_nothing_broken(name, most):
    given = golden(name) if name.startswith("schedule") else generate(name)
    problem = document.read(given)
    solution = greedy(problem)
    plan = assignments(problem, solution)
    assert (solution.status, solution.unplaced) == (Status.FEASIBLE, {})
    assert Reading(given, plan).broken() == set()
    assert dict(solution.cost.counts) == Reading(given, plan).counts()
    assert solution.cost == cost(problem, solution.placements)
    assert golden("schedule-1.expected")["proved_optimum"] <= solution.cost.total <= most


def test_same_seed_gives_the_same_schedule():
    assert greedy(EXAMPLE, seed=3) == greedy(EXAMPLE, seed=3)


def test_example_that_does_not_fit_leaves_over_whom_it_cannot_place_and_says_why():
    problem = document.read(golden("schedule-2"))
    solution = greedy(problem)
    assert (solution.status, solution.proved) == (Status.UNKNOWN, False)
    assert solution.unplaced == {"N08": "role_missing"}
    assert len(solution.placements) == 17


def test_nominee_with_nothing_open_is_told_so():
    problem = replace(EXAMPLE, pins=(Pin("N08", day="D1"),))
    assert greedy(problem).unplaced == {"N08": "no_open_slot"}


def test_pins_stay_and_a_baseline_is_kept():
    first = greedy(EXAMPLE)
    again = replace(EXAMPLE, baseline=first.placements, weights={"move": 10, "room_change": 10, "panel_diff": 1})
    assert greedy(again).cost.counts["move"] == 0
    members = frozenset({"M02", "M03", "M04", "M05", "M06"})
    pinned = replace(EXAMPLE, pins=(Pin("N04", "D2", 600, "R1", members),))
    (found,) = [one for one in greedy(pinned).placements if one.nominee == "N04"]
    assert (found.day, found.start, found.room, set(found.members)) == ("D2", 600, "R1", members)


def test_absent_member_moves_nobody_and_changes_only_the_own_interviews():
    problem = document.read(generate("S"))
    before = greedy(problem)
    ill = problem.member["M05"]
    without = replace(ill, unavailable=(*ill.unavailable, Span("D02", 0, 1440)))
    members = tuple(without if one is ill else one for one in problem.members)
    (locked,) = [one for one in before.placements if one.nominee == "N0003"]
    pin = Pin(locked.nominee, locked.day, locked.start, locked.room)
    after = greedy(replace(problem, members=members, baseline=before.placements, pins=(pin,)))
    hit = sum("M05" in one.members and one.day == "D02" for one in before.placements)
    assert hit > 0
    assert (after.unplaced, after.cost.counts["move"], after.cost.counts["room_change"]) == ({}, 0, 0)
    same = {(one.nominee, one.members) for one in before.placements} & {
        (one.nominee, one.members) for one in after.placements
    }
    assert len(before.placements) - len(same) == hit


def test_lost_room_and_day_and_nominee_of_a_baseline_are_made_good():
    old = greedy(EXAMPLE).placements
    lost = (replace(old[0], room="R9"), replace(old[1], day="D9"), replace(old[2], nominee="N99"), *old[3:])
    again = greedy(replace(EXAMPLE, baseline=lost, weights={"move": 10}))
    assert (again.unplaced, again.cost.counts["room_change"], again.cost.counts["move"]) == ({}, 1, 1)


def test_baseline_counts_for_nothing_where_moving_does():
    first = greedy(EXAMPLE)
    assert greedy(replace(EXAMPLE, baseline=first.placements)).status is Status.FEASIBLE


def test_later_passes_place_whom_earlier_ones_could_not(monkeypatch):
    chance = Random(5)  # noqa: S311 - no secret
    problem = document.read([worlds.problem(chance) for _ in range(79)][-1])
    assert greedy(problem).unplaced == {}
    monkeypatch.setattr("judging.core.scheduling.greedy.AGAIN", 0)
    assert len(greedy(problem).unplaced) == 1


def test_large_schedule_stops_at_the_first_that_is_complete(monkeypatch):
    monkeypatch.setattr("judging.core.scheduling.greedy.SMALL", 1)
    assert greedy(EXAMPLE).status is Status.FEASIBLE
    assert len(greedy(document.read(golden("schedule-2"))).unplaced) == 1


def test_random_problems_break_nothing_but_may_leave_some_over():
    chance = Random(11)  # noqa: S311 - no secret
    for _ in range(25):
        given = worlds.problem(chance)
        problem = document.read(given)
        solution = greedy(problem)
        broken = Reading(given, assignments(problem, solution)).broken()
        assert {name for name, *_ in broken} <= {"never"}
        assert {nominee for _, (nominee,), _ in broken} == set(solution.unplaced)


def test_open_slots_are_those_at_which_the_rules_find_nothing_wrong_with_the_place():
    chance = Random(12)  # noqa: S311 - no secret
    about_people = {"below_quorum", "role_missing", "unplaced"}
    for _ in range(20):
        problem = document.read(worlds.problem(chance))
        problem = replace(problem, pins=tuple(replace(one, members=None) for one in problem.pins))
        for nominee in problem.nominees:
            open_to = set(open_slots(problem, nominee))
            for _ in range(10):
                (one,) = document.read_placements(
                    problem, {"assignments": [worlds.meeting(nominee.id, chance, problem.grid_min) | {"members": []}]}
                )
                codes = {found.code for found in violations(problem, [one])} - about_people
                assert (one.slot in open_to) == (not codes)


def test_solution_tells_bound_and_gap_honestly():
    found = Cost({}, {"idle": 20})
    assert Solution(Status.FEASIBLE, (), found, bound=15).gap == Fraction(1, 4)
    assert not Solution(Status.FEASIBLE, (), found, bound=15).proved
    assert Solution(Status.FEASIBLE, (), found, bound=20).proved
    assert Solution(Status.FEASIBLE, (), found).gap is None
    assert Solution(Status.INFEASIBLE, (), found, bound=3).proved
    assert Solution(Status.UNKNOWN, (), found, bound=3).gap is None
