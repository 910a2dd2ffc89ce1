"""What the solver answers breaks nothing, costs what it says, is the same for the same seed and honest about the rest.

Work is counted, not time, wherever an answer is compared: a slow machine gives the same.
"""

from dataclasses import replace
from random import Random

import pytest

from judging.core.scheduling import document, writing
from judging.core.scheduling.greedy import greedy
from judging.core.scheduling.layout import Scope
from judging.core.scheduling.outline import outline
from judging.core.scheduling.problem import Pin, Problem, Severity
from judging.core.scheduling.search import Effort, Outcome, improve, rounded_up
from judging.core.scheduling.solution import Status
from judging.core.scheduling.solver import Terms, Untrue, _believe, solve
from tests.benchmarks.scheduling.generate import generate
from tests.core.documents import golden

from . import worlds
from .second_reading import Reading

EXAMPLE = document.read(golden("schedule-1"))
WISHES = ("unsur_missing", "category_switch", "category_day", "region_day", "preference", "idle", "load_range")
CHANGES = ("panel_join", "move", "room_change", "panel_diff")


def plan(problem, placements):
    return [writing.write_placement(one) for one in placements]


@pytest.fixture(scope="module")
def solved():
    """The example's solution and what was told on the way."""
    told = []
    terms = Terms(120, workers=2, progress=lambda cost, bound, gap, seconds: told.append((cost.total, bound)))
    return solve(EXAMPLE, terms), told


def test_example_is_solved_to_the_proved_optimum(solved):
    solution, told = solved
    optimum = golden("schedule-1.expected")["proved_optimum"]
    assert (solution.status, solution.proved, solution.cost.total) == (Status.FEASIBLE, True, optimum)
    reading = Reading(golden("schedule-1"), plan(EXAMPLE, solution.placements))
    assert reading.broken() == set()
    assert dict(solution.cost.counts) == reading.counts()
    costs = [cost for cost, _bound in told]
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] == 11
    assert all(bound is None or bound <= 11 for _cost, bound in told)


def test_random_problems_are_solved_and_read_a_second_time():
    chance = Random(21)  # noqa: S311 - no secret
    answers = []
    for _ in range(7):
        given = worlds.problem(chance)
        given["weights"] = {name: chance.randrange(3) for name in (*WISHES, *CHANGES)}
        problem = document.read(given)
        quick = greedy(problem)
        solution = solve(problem, Terms(0, deterministic=0.2))
        answers.append(solution.status)
        reading = Reading(given, plan(problem, solution.placements))
        assert {name for name, *_ in reading.broken()} <= {"never"}
        if solution.status is Status.FEASIBLE:
            assert dict(solution.cost.counts) == reading.counts()
            assert solution.bound is not None
            assert solution.bound <= solution.cost.total
            assert quick.unplaced or solution.cost.total <= quick.cost.total
        elif solution.status is Status.INFEASIBLE:
            assert quick.unplaced
    assert {Status.FEASIBLE, Status.INFEASIBLE} <= set(answers)


def test_model_counts_what_the_wishes_count():
    """Every variable of the objective is fixed by a schedule, so both must agree on it to the last unit."""
    chance = Random(31)  # noqa: S311 - no secret
    compared = 0
    for _ in range(40):
        given = worlds.problem(chance)
        problem = document.read(given)
        quick = greedy(problem)
        if quick.unplaced or not problem.nominees:
            continue
        wish = chance.choice((*WISHES, *CHANGES))
        problem = replace(problem, weights={wish: 1})
        stay = {one.nominee: frozenset({one.slot}) for one in quick.placements}
        members = tuple(
            Pin(one.nominee, one.day, one.start, one.room, frozenset(one.members)) for one in quick.placements
        )
        outcome = improve(replace(problem, pins=members), Scope(slots=stay), quick.placements, Effort(10))
        assert outcome.proved
        _believe(problem, outcome, quick.placements)
        compared += 1
    assert compared > 10


def test_counting_otherwise_than_the_solver_is_an_error():
    placements = greedy(EXAMPLE).placements
    with pytest.raises(Untrue):
        _believe(EXAMPLE, Outcome(Status.FEASIBLE, placements, objective=0), placements)


def test_same_seed_and_work_give_the_same():
    problem = document.read(generate("S"))
    terms = Terms(0, seed=5, deterministic=0.2)
    one, other = solve(problem, terms), solve(problem, terms)
    assert (one.placements, one.bound) == (other.placements, other.bound)
    assert one.cost.total <= greedy(problem, seed=5).cost.total


def test_example_that_does_not_fit_is_proved_so():
    solution = solve(document.read(golden("schedule-2")), Terms(60, workers=1))
    assert (solution.status, solution.proved) == (Status.INFEASIBLE, True)


def test_stopped_at_once_keeps_the_quick_one():
    solution = solve(EXAMPLE, Terms(60, stop=lambda: True))
    assert solution.cost == greedy(EXAMPLE).cost
    assert (solution.status, solution.proved, solution.bound) == (Status.FEASIBLE, False, None)


def test_no_worse_than_the_schedule_it_starts_from(solved):
    best = solved[0].placements
    again = solve(EXAMPLE, Terms(0), best)
    assert again.cost.total == 11
    broken = (replace(best[0], start=best[0].start + 1), *best[1:])
    assert solve(EXAMPLE, Terms(0), broken).cost == greedy(EXAMPLE).cost


def test_plan_of_days_is_a_bound_and_tells_what_cannot_be():
    assert outline(EXAMPLE, Effort(20)).bound == 11
    short = replace(EXAMPLE, days=EXAMPLE.days[:1], pins=(), rooms=EXAMPLE.rooms[:1])
    short = replace(short, nominees=tuple(replace(one, windows=(), avoid=()) for one in short.nominees))
    assert outline(short, Effort(20)).impossible


def test_nobody_to_meet_costs_nothing():
    empty = Problem(EXAMPLE.days, EXAMPLE.categories, EXAMPLE.rooms, EXAMPLE.members, ())
    solution = solve(empty, Terms(1))
    assert (solution.status, solution.cost.total) == (Status.FEASIBLE, 0)


def test_bound_is_rounded_up_but_not_by_an_error_of_rounding():
    assert [rounded_up(one) for one in (3.0, 3.2, 2.9999999999, 3.0000000001, -1.5)] == [3, 4, 3, 3, -1]


def test_rule_that_only_warns_keeps_nobody_out():
    refused = document.read(golden("schedule-2"))
    mild = replace(refused, levels={"role_missing": Severity.WARNING})
    solution = solve(mild, Terms(60, workers=1, stop=lambda: True))
    assert (solution.status, solution.unplaced) == (Status.FEASIBLE, {})


def test_plan_of_days_never_refuses_nor_overrates_what_is_there():
    chance = Random(8)  # noqa: S311 - no secret
    compared = 0
    for _ in range(60):
        given = worlds.problem(chance)
        given["weights"] = {name: chance.randrange(3) for name in (*WISHES, *CHANGES)}
        problem = document.read(given)
        quick = greedy(problem)
        if not quick.unplaced:
            found = outline(problem, Effort(20))
            assert not found.impossible
            assert found.bound <= quick.cost.total
            compared += 1
    assert compared > 8
