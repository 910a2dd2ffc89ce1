"""The rules and wishes against a second reading of the format's text, on thousands of random plans."""

from random import Random

import pytest

from judging.core.scheduling import document
from judging.core.scheduling.check import allowed, violations
from judging.core.scheduling.wishes import cost

from . import worlds
from .second_reading import Reading

#: What the second reading calls a requirement, by the code of the rule.
NAMES = {
    "unplaced": "never",
    "nominee_twice": "again",
    "off_grid": "grid",
    "outside_session": "session",
    "outside_window": "window",
    "room_mode": "mode",
    "room_unavailable": "closed",
    "room_taken": "room",
    "seat_elsewhere": "member",
    "person_elsewhere": "person",
    "member_unavailable": "away",
    "recused_seat_placed": "recused",
    "member_twice": "member again",
    "below_quorum": "quorum",
    "above_panel_max": "panel_max",
    "role_missing": "role",
    "day_load": "load",
    "no_break": "rest",
    "pin_broken": "pin",
}
CASES = 400
SEEDS = range(5)


def told(found):
    return {(NAMES[one.code], frozenset(one.nominees), (*one.members, None)[0]) for one in found}


def cases(seed, number=CASES):
    chance = Random(seed)  # noqa: S311 - no secret
    for _ in range(number):
        given = worlds.problem(chance)
        plan = worlds.plan(given, chance)
        yield given, plan, chance


@pytest.mark.parametrize("seed", SEEDS)
def test_both_readings_find_the_same_broken_and_count_the_same(seed):
    names = set()
    for given, plan, _chance in cases(seed):
        problem = document.read(given)
        placements = document.read_placements(problem, {"assignments": plan})
        found = told(violations(problem, placements))
        assert found == Reading(given, plan).broken(), (given, plan)
        names |= {name for name, *_ in found}
        reading = Reading(given, plan)
        inside = [one for one in plan if reading.session(one)]
        once = list({one["nominee"]: one for one in inside}.values())
        placed = document.read_placements(problem, {"assignments": once})
        assert dict(cost(problem, placed).counts) == Reading(given, once).counts(), (given, once)
    assert names == set(NAMES.values())


def test_moving_one_is_told_what_the_whole_schedule_would_be_told_of_it():
    for given, plan, chance in cases(99, 200):
        if not plan:
            continue
        problem = document.read(given)
        once = list({one["nominee"]: one for one in plan}.values())
        placements = document.read_placements(problem, {"assignments": once})
        moved = chance.choice(once)
        target = worlds.meeting(moved["nominee"], chance, given["grid_min"])
        slot = document.read_placements(problem, {"assignments": [target]})[0].slot
        after = [one | {k: target[k] for k in ("day", "start", "room")} if one is moved else one for one in once]
        whole = Reading(given, after).broken()
        mine = {one for one in whole if moved["nominee"] in one[1] and one[0] != "never"}
        if moved["members"]:
            assert told(allowed(problem, placements, moved["nominee"], slot)) == mine, (given, once, target)
