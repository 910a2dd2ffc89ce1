"""What every wish counts, on plans small enough to count by hand; random plans are in ``test_second_reading``."""

from judging.core.scheduling import document
from judging.core.scheduling.check import violations
from judging.core.scheduling.problem import Placement
from judging.core.scheduling.wishes import WISHES, cost, judge_subsets
from tests.core.documents import golden

PROBLEM = document.read(golden("schedule-1"))
SEVEN = ("M02", "M03", "M04", "M05", "M06", "M08", "M09")


def placed(nominee, start, day="D1", members=SEVEN):
    return Placement(nominee, day, start, "R1", members)


def counts(*placements):
    found = cost(PROBLEM, placements)
    assert list(found.counts) == list(WISHES) == list(found.weighted)
    return {name: count for name, count in found.counts.items() if count and name != "load_range"}


def test_empty_schedule_costs_nothing():
    assert cost(PROBLEM, ()).total == 0


def test_category_and_region_over_two_days():
    assert counts(placed("N01", 780), placed("N02", 480, "D2")) == {"category_day": 1, "region_day": 1}


def test_online_nominee_does_not_travel():
    assert counts(placed("N13", 780), placed("N14", 480, "D2")) == {"category_day": 1}


def test_gap_and_switch_and_newcomer():
    after = placed("N13", 870, members=(*SEVEN, "M01"))
    assert counts(placed("N01", 780), after) == {"category_switch": 1, "idle": 3, "panel_join": 1}


def test_avoided_span_counts_its_own_cost_and_the_weights_multiply():
    found = cost(PROBLEM, (placed("N05", 480, members=("M01", "M03", "M04", "M05", "M06")),))
    assert (found.counts["preference"], found.counts["unsur_missing"]) == (4, 2)
    # 45 minutes for five of nine, none for the others: two started half hours.
    assert found.counts["load_range"] == 2
    assert found.total == 4 + 2 * 2 + 2


def test_judge_subsets_are_joined_by_whoever_sits_in_both():
    first, second = placed("N01", 780, members=("M01", "M02")), placed("N02", 825, members=("M03", "M04"))
    assert judge_subsets(PROBLEM, (first, second)) == {"KABKOTA": 2, "DESA": 0}
    joint = placed("N03", 870, members=("M02", "M03"))
    assert judge_subsets(PROBLEM, (first, second, joint)) == {"KABKOTA": 1, "DESA": 0}


def session(day, start, minutes, nominees, absent):
    """Interviews one after the other before everybody who is not ``absent``."""
    members = tuple(f"M0{number}" for number in range(1, 10) if number not in absent)
    return [Placement(f"N{n:02}", day, start + minutes * i, "R1", members) for i, n in enumerate(nominees)]


def test_example_has_a_schedule_of_the_cost_that_is_proved_to_be_the_least():
    """Four sessions of three hours; every member is away from one of them."""
    best = [
        *session("D1", 480, 45, (2, 4, 5, 6), {1, 3}),
        *session("D1", 780, 45, (1, 3, 9, 10), {4, 7}),
        *session("D2", 780, 30, range(13, 19), {2, 8, 9}),
        *session("D3", 480, 45, (7, 8, 11, 12), {5, 6}),
    ]
    expected = golden("schedule-1.expected")
    found = cost(PROBLEM, best)
    assert violations(PROBLEM, best) == ()
    assert {name: paid for name, paid in found.weighted.items() if paid} == expected["by_component"]
    assert found.total == expected["proved_optimum"]
