"""No bound lies above a schedule that keeps the rules, and where rooms and days are few the bound is reached."""

from dataclasses import replace
from itertools import combinations, product
from random import Random

from judging.core.scheduling import document
from judging.core.scheduling.bounds import sessions
from judging.core.scheduling.check import forbidden, violations
from judging.core.scheduling.greedy import greedy
from judging.core.scheduling.problem import Category, Day, Member, Nominee, Placement, Problem, Room, Session, Span
from judging.core.scheduling.proof import Proof, climb
from judging.core.scheduling.search import Effort
from judging.core.scheduling.wishes import WISHES, cost
from tests.benchmarks.scheduling.generate import generate
from tests.core.documents import golden

from . import worlds

WORK = Effort(20, workers=1, work=1)


class Heard:
    """Keeps what each sequence costs and breaks."""

    def __init__(self, problem):
        self.problem, self.costs = problem, []

    def __call__(self, placements):
        broken = forbidden(violations(self.problem, placements))
        self.costs.append((cost(self.problem, placements).total, list(broken)))
        return min((total for total, broken in self.costs if not broken), default=1000)


def test_no_bound_lies_above_a_schedule_nor_refuses_it():
    chance = Random(12)  # noqa: S311 - no secret
    compared = 0
    for _ in range(24):
        given = worlds.problem(chance)
        given["weights"] = {name: chance.randrange(3) for name in WISHES}
        problem = document.read(given)
        quick = greedy(problem)
        if quick.unplaced:
            continue
        heard = Heard(problem)
        plan = climb(problem, Effort(20, workers=1, work=0.1), heard)
        assert not plan.impossible
        assert plan.bound <= quick.cost.total, given
        assert all(total >= plan.bound for total, broken in heard.costs if not broken)
        compared += 1
    assert compared > 3


def tiny(chance):
    """Two nominees, three members, one room: few enough for every schedule to be looked at."""
    days = tuple(Day(name, (Session("AM", 480, 540),)) for name in ("D1", "D2"))
    categories = (Category("A", 15, 15, quorum=1, unsur_target=2), Category("B", 30, 0, quorum=2, unsur_target=3))
    members = tuple(
        Member(f"M{n}", unsur="pq"[n % 2], recused=frozenset({"N1"} if chance.random() < 0.3 else ())) for n in range(3)
    )
    nominees = tuple(
        Nominee(f"N{n}", chance.choice("AB"), chance.choice(("Timor", "Alor")))
        if chance.random() < 0.6
        else Nominee(f"N{n}", "A", "Timor", avoid=(Span("D1", 480, 500, 2),))
        for n in range(2)
    )
    weights = {name: chance.randrange(4) for name in WISHES}
    return Problem(days, categories, (Room("R1"),), members, nominees, grid_min=15, weights=weights)


def cheapest(problem):
    """The least that any schedule costs, by looking at all of them."""
    slots = [(day.id, start) for day in problem.days for start in range(480, 540, 15)]
    panels = [some for size in (1, 2, 3) for some in combinations([one.id for one in problem.members], size)]
    places = list(product(slots, panels))
    found = []
    for one, other in product(places, places):
        plan = [
            Placement(who.id, *slot, "R1", panel)
            for who, (slot, panel) in zip(problem.nominees, (one, other), strict=True)
        ]
        if one[0] != other[0]:
            total = cost(problem, plan).total
            if (not found or total < min(found)) and not forbidden(violations(problem, plan)):
                found.append(total)
    return min(found)


def test_bound_of_a_tiny_problem_is_the_least_of_all_schedules():
    chance = Random(5)  # noqa: S311 - no secret
    for _ in range(3):
        problem = tiny(chance)
        heard = Heard(problem)
        plan = climb(problem, WORK, heard)
        assert plan.bound == cheapest(problem)
        assert heard.costs == [(plan.bound, [])]


def test_small_schedule_is_proved_to_be_best():
    problem = document.read(generate("S"))
    told, heard = [], Heard(problem)
    proof = Proof(problem, 20, None, heard, told.append)
    proof.run(Effort(60, workers=1, work=20))
    assert (told, proof.level, heard.costs) == ([21], 21, [(21, [])])


def test_asked_from_both_sides_the_answer_is_the_same():
    problem = replace(document.read(golden("schedule-1")), pins=())
    heard = Heard(problem)
    proof = Proof(problem, 11, 14, heard)
    proof.run(Effort(120, workers=2))
    assert proof.is_closed
    assert min(total for total, broken in heard.costs if not broken) == proof.level == 11


def test_nothing_is_asked_about_what_is_no_better():
    proof = Proof(document.read(generate("S")), 21, 21, Heard(None))
    proof.run(Effort(1))
    assert (proof.level, proof.work) == (21, 0)


def test_sessions_know_what_the_days_do_not():
    """Whoever may not judge everybody of a session is not there for all of it."""
    problem = document.read(generate("S", 1))
    assert sessions(problem, Effort(60, workers=1, work=3)).bound == 24


def test_what_cannot_be_is_told():
    problem = document.read(generate("S"))
    crowd = replace(problem, days=problem.days[:1])
    assert sessions(replace(crowd, nominees=tuple(replace(n, windows=()) for n in crowd.nominees)), WORK).impossible
