"""A lineup counts every change as the wishes do, and refuses whatever the rules forbid."""

from dataclasses import replace
from random import Random

from judging.core.scheduling import document
from judging.core.scheduling.anneal import Annealing
from judging.core.scheduling.check import violations
from judging.core.scheduling.days import days
from judging.core.scheduling.greedy import greedy
from judging.core.scheduling.lineup import Item, Lineup
from judging.core.scheduling.moves import Moves
from judging.core.scheduling.requirement import binding
from judging.core.scheduling.search import Effort
from judging.core.scheduling.terrain import Terrain
from judging.core.scheduling.wishes import WISHES, cost
from tests.benchmarks.scheduling.generate import generate
from tests.core.documents import golden

from . import worlds

EXAMPLE = document.read(golden("schedule-1"))


def weighted(problem, chance):
    return replace(problem, weights={name: chance.randrange(4) for name in WISHES})


def held(problem, lineup):
    """That the rules hold and the cost is right; nominees may be left out, but then days of their kinds may be free."""
    placements = lineup.placements()
    assert {one.code for one in violations(problem, placements)} <= {"unplaced"}
    if len(placements) == len(problem.nominees):
        assert lineup.cost == cost(problem, placements).total
        assert {one.nominee for one in placements} == set(problem.nominee)
    return placements


def wander(problem, chance, steps):
    """Random changes from a quick schedule, each of them made."""
    lineup = Lineup(Terrain(problem))
    quick = greedy(problem).placements
    assert lineup.settle(quick)
    assert set(lineup.placements()) == {replace(one, members=tuple(sorted(set(one.members)))) for one in quick}
    held(problem, lineup)
    moves = Moves(lineup, chance)
    made = 0
    for _ in range(steps):
        lines = moves.next()
        change = None if lines is None else lineup.consider(lines)
        if change is not None:
            lineup.make(change)
            made += 1
            if made % 20 == 0:
                held(problem, lineup)
    held(problem, lineup)
    return made


def test_every_change_of_random_problems_is_counted_and_allowed():
    chance = Random(41)  # noqa: S311 - no secret
    made = 0
    for _ in range(25):
        problem = binding(weighted(document.read(worlds.problem(chance)), chance))
        if problem.nominees:
            made += wander(problem, chance, 150)
    assert made > 300


def test_every_change_of_a_schedule_with_several_rooms_is_counted_and_allowed():
    chance = Random(43)  # noqa: S311 - no secret
    problem = document.read(generate("S44"))
    baseline = greedy(problem).placements[::2]
    problem = binding(weighted(replace(problem, baseline=baseline), chance))
    assert wander(problem, chance, 1500) > 200


def test_what_the_rules_forbid_is_refused():
    problem = document.read(generate("S44"))
    lineup = Lineup(Terrain(binding(problem)))
    lineup.settle(greedy(problem).placements)
    at, line = next((at, line) for at, line in enumerate(lineup.lines) if len(line) > 1)
    (beside,) = set(Moves(lineup, Random(1)).beside[at]) - {at}  # noqa: S311 - no secret
    assert lineup.consider({at: line}).delta == 0
    assert lineup.consider({at: [Item(line[0].nominee, 0), *line[1:]]}) is None  # nobody sits there
    assert lineup.consider({at: [line[0]._replace(gap=1000), *line[1:]]}) is None  # after the session
    assert lineup.consider({at: line, beside: [line[0]]}) is None  # all sit in two rooms
    assert lineup.consider({at: [one._replace(panel=(1 << 9) - 1) for one in line]}) is None  # as do some of them


def test_what_lies_off_the_grid_or_between_sessions_is_no_lineup():
    first, *others = greedy(EXAMPLE).placements
    for start in (first.start + 1, 0):
        assert not Lineup(Terrain(EXAMPLE)).settle((replace(first, start=start), *others))


def test_small_changes_make_a_schedule_better_and_place_who_was_left_out():
    problem = document.read(generate("S44"))
    quick = greedy(problem)
    annealing = Annealing(Terrain(binding(problem)), 3)
    assert annealing.begin(quick.placements[2:])
    done = 0

    def spent(changes):
        nonlocal done
        done += changes
        return done / 8000

    annealing.round(spent)
    best = annealing.placements()
    assert violations(problem, best) == ()
    assert annealing.best == (0, cost(problem, best).total)
    assert cost(problem, best).total < quick.cost.total


def test_days_are_a_bound_generously_and_a_plan_strictly():
    chance = Random(8)  # noqa: S311 - no secret
    compared = 0
    for _ in range(25):
        problem = weighted(document.read(worlds.problem(chance)), chance)
        quick = greedy(problem)
        if not quick.unplaced and problem.nominees:
            found = days(problem, Effort(20))
            assert not found.impossible
            assert found.bound <= quick.cost.total
            assert set(found.days) == set(problem.nominee)
            compared += 1
    assert compared > 3
    assert set(days(EXAMPLE, Effort(20), 3).days) == set(EXAMPLE.nominee)
