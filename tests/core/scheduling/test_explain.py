"""The reason why nothing fits is the true one, no part of it could be left out, and what is offered was tried."""

from dataclasses import replace
from random import Random

import pytest

from judging.core.scheduling import document
from judging.core.scheduling.explain import explain
from judging.core.scheduling.fit import clash, fits
from judging.core.scheduling.problem import Pin, Session, Span
from judging.core.scheduling.requirement import Requirement, about, only, requirements
from judging.core.scheduling.search import Effort
from judging.core.scheduling.solution import Status
from judging.core.scheduling.solver import Terms, solve
from tests.benchmarks.scheduling.generate import generate
from tests.core.documents import golden

from . import worlds

EXAMPLE = document.read(golden("schedule-1"))
REFUSED = document.read(golden("schedule-2"))
WORK = Effort(20)


def kinds(found):
    return {tuple(sorted(one.written().items())) for one in found.requirements}


def assert_minimal(problem, found):
    """Together they do not fit, and any one less fits."""
    assert found.requirements
    part = about(problem, found.nominees)
    assert fits(only(part, found.requirements), WORK) is False
    for one in found.requirements:
        assert fits(only(part, set(found.requirements) - {one}), WORK) is True, one
    assert found.minimal


def test_example_is_explained_by_its_cause():
    found = explain(REFUSED)
    assert kinds(found) == {tuple(sorted(one.items())) for one in golden("schedule-2.expected")["cause"]}
    assert_minimal(REFUSED, found)
    assert {offer.of for offer in found.offers} == set(found.requirements)
    for offer in found.offers:
        assert solve(offer.problem, Terms(10, workers=1, stop=lambda: True)).status is Status.FEASIBLE
    written = found.written(REFUSED)
    assert all(one["text"].endswith(".") and one["relax"] for one in written)


def test_what_fits_has_no_reason():
    assert explain(EXAMPLE).requirements == ()


def test_too_many_for_the_rooms_of_their_sessions():
    problem = document.read(generate("M"))
    first = problem.days[0]
    short = replace(problem, rooms=problem.rooms[:1], days=(first, *problem.days[1:3]))
    windows = [replace(one, windows=(), avoid=()) for one in short.nominees]
    short = replace(short, nominees=tuple(windows), members=tuple(replace(m, unavailable=()) for m in short.members))
    found = explain(short, relax=False)
    assert kinds(found) == {(("type", "room_capacity"),)}
    assert_minimal(short, found)


def test_session_more_is_offered_where_it_helps():
    only_day = replace(EXAMPLE.days[0], sessions=(Session("AM", 480, 900),))
    members = tuple(replace(one, unavailable=(), recused=frozenset()) for one in EXAMPLE.members)
    nominees = tuple(replace(one, windows=(), avoid=(), persons=()) for one in EXAMPLE.nominees[:12])
    limits = replace(EXAMPLE.limits, max_continuous_min=None, max_minutes_per_day=None)
    problem = replace(EXAMPLE, days=(only_day,), members=members, nominees=nominees, pins=(), limits=limits)
    problem = replace(problem, rooms=tuple(replace(one, unavailable=()) for one in problem.rooms))
    found = explain(problem)
    assert kinds(found) == {(("type", "room_capacity"),)}
    (offer,) = found.offers
    assert (offer.change, offer.facts["day"], offer.facts["start"]) == ("session_added", only_day.id, 900)


def test_clash_of_two_interviews_is_found_by_the_whole_model():
    """Two pins for the same person at the same time: each could be met alone, and there is room for both."""
    problem = replace(EXAMPLE, rooms=(*EXAMPLE.rooms, replace(EXAMPLE.rooms[0], id="R9", unavailable=())), pins=())
    one, other = problem.nominees[0], problem.nominees[1]
    chosen = tuple(replace(who, persons=("bupati",), windows=(), mode="onsite") for who in (one, other))
    members = tuple(replace(who, recused=frozenset(), unavailable=()) for who in problem.members)
    categories = tuple(replace(one, quorum=2) for one in problem.categories)
    pins = tuple(Pin(who.id, "D3", 480) for who in chosen)
    problem = replace(problem, nominees=chosen, members=members, categories=categories, pins=pins)
    found = explain(problem)
    assert {one.type for one in found.requirements} == {"pin", "person"}
    assert_minimal(problem, found)
    assert {offer.change for offer in found.offers} == {"pin_dropped"}


def test_conflict_of_interest_is_a_reason_but_never_offered_for_a_change():
    name = EXAMPLE.nominees[0].id
    members = tuple(replace(one, recused=frozenset({name}), unavailable=()) for one in EXAMPLE.members)
    problem = replace(EXAMPLE, members=members, pins=())
    found = explain(problem)
    assert {one.type for one in found.requirements} >= {"recusal"}
    assert_minimal(problem, found)
    assert all(offer.of.type != "recusal" for offer in found.offers)


SMALL = document.read(generate("S"))
TWO_ROOMS = document.read(generate("S44"))


def unbound(problem, number, **more):
    """``problem`` with its first nominees in person, at any time unless ``more`` says otherwise."""
    first = {one.id for one in problem.nominees[:number]}
    changed = {"mode": "onsite", "windows": (), "persons": (), **more}
    return replace(
        problem, nominees=tuple(replace(one, **changed) if one.id in first else one for one in problem.nominees)
    )


def leaders_away():
    away = tuple(Span(day.id, 0, 24 * 60) for day in SMALL.days)
    members = (replace(one, unavailable=away) if one.roles & {"ketua", "sekretaris"} else one for one in SMALL.members)
    return replace(SMALL, members=tuple(members))


def crowd():
    day = SMALL.days[0]
    return unbound(SMALL, 9, windows=(Span(day.id, day.sessions[0].start, day.sessions[0].end),))


def person_twice():
    problem = unbound(TWO_ROOMS, 2, persons=("bupati",))
    return replace(problem, pins=tuple(Pin(one.id, problem.days[0].id, 480) for one in problem.nominees[:2]))


def quorum_of_more_than_there_are():
    categories = (replace(one, quorum=len(SMALL.members) + 1, panel_max=None) for one in SMALL.categories)
    return replace(SMALL, categories=tuple(categories))


def pins_at_once():
    problem = unbound(SMALL, 2)
    return replace(problem, pins=tuple(Pin(one.id, problem.days[0].id, 540, "R01") for one in problem.nominees[:2]))


@pytest.mark.parametrize(
    ("made", "types", "number"),
    [
        (leaders_away, {"role", "member_availability"}, 3),
        (crowd, {"nominee_availability", "room_capacity"}, 9),
        (person_twice, {"person", "pin"}, 4),
        (quorum_of_more_than_there_are, {"quorum"}, 1),
        (pins_at_once, {"pin"}, 2),
    ],
)
def test_tightened_problem_is_explained_by_what_was_tightened(made, types, number):
    problem = made()
    found = explain(problem, relax=False)
    assert {one.type for one in found.requirements} == types
    assert len(found.requirements) == number
    assert_minimal(problem, found)


def test_random_problems_are_explained_by_minimal_reasons():
    chance = Random(21)  # noqa: S311 - no secret
    explained = 0
    for _ in range(14):
        problem = document.read(worlds.problem(chance))
        if fits(problem, WORK):
            continue
        found = explain(problem, relax=False)
        assert_minimal(problem, found)
        explained += 1
    assert explained > 3


def test_every_requirement_dropped_leaves_nothing_to_ask_for():
    chance = Random(4)  # noqa: S311 - no secret
    for _ in range(10):
        problem = document.read(worlds.problem(chance))
        left = requirements(only(problem, ()))
        assert {one.type for one in left} <= {"room_capacity"}
        assert only(problem, requirements(problem)).members == problem.members


@pytest.mark.parametrize("relaxed", [False, True])
def test_whole_model_agrees_with_the_cheap_looks(relaxed):
    kept = set(requirements(REFUSED)) - ({Requirement("role", group="PIMPINAN")} if relaxed else set())
    status, core = clash(only(REFUSED, kept), WORK)
    assert status is (Status.FEASIBLE if relaxed else Status.INFEASIBLE)
    assert relaxed or Requirement("nominee_availability", nominee="N08") in core
