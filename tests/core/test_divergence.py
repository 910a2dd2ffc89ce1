"""Flags for the plenary: a wide range, a mark far from the median, a sheet that does not fit."""

from dataclasses import replace
from fractions import Fraction
from statistics import median

import pytest

from judging.core import package, quorum
from judging.core.divergence import Flag, divergence

from .documents import SEATS, panel_of, random_document


def problem_of(*rows, **changes):
    return package.read(panel_of({f"n{index}": {"x": list(row)} for index, row in enumerate(rows)}, **changes))


def test_exactly_the_limit_is_not_over_it():
    assert divergence(problem_of(["60", "70", "80"])) == ()
    (found,) = divergence(problem_of(["59.9", "70", "80"]))
    assert (found.nominee, found.criterion, found.range, found.median) == ("n0", "x", Fraction("20.1"), 70)
    assert found.flags == (Flag("range", None, Fraction("20.1")),)


def test_a_mark_far_from_the_median_names_its_seat():
    (found,) = divergence(problem_of(["80", "80", "82", "55"]))
    assert found.median == 80
    assert found.flags == (Flag("range", None, Fraction(27)), Flag("far_from_median", SEATS[3], Fraction(-25)))


def test_two_marks_have_a_range_and_no_median():
    (found,) = divergence(problem_of(["50", "90"]))
    assert (found.range, found.median) == (40, None)
    assert [flag.code for flag in found.flags] == ["range"]


def test_the_limit_is_in_points_of_a_hundred_whatever_the_scale():
    document = panel_of({"a": {"x": ["2", "4", "4"]}})
    document["tree"]["children"][0] |= {"min": "1", "max": "5", "normalise": "range"}
    problem = package.read(document)
    assert [item.range for item in divergence(problem)] == [50]
    assert divergence(problem, 50) == ()


def test_a_recused_seat_and_a_disqualified_nominee_raise_no_flag():
    problem = problem_of(["10", "90"], ["20", "90"])
    assert [item.nominee for item in divergence(problem)] == ["n0", "n1"]
    recused = replace(problem, recusals=frozenset({(SEATS[0], "n0")}), disqualified=frozenset({"n1"}))
    assert divergence(recused) == ()


def test_a_sheet_that_does_not_fit_the_model_is_flagged():
    rows = [[60 + 2 * nominee + seat + (nominee * seat) % 3 for seat in range(5)] for nominee in range(10)]
    rows[4][2] += 15
    found = divergence(problem_of(*[map(str, row) for row in rows]))
    (on_totals,) = [item for item in found if item.criterion is None]
    assert on_totals.nominee == "n4"
    assert [(flag.code, flag.seat) for flag in on_totals.flags] == [("residual", SEATS[2])]
    assert on_totals.flags[0].amount > 3


def test_an_even_panel_has_no_flag():
    assert divergence(problem_of(*[[str(70 + nominee + 2 * seat) for seat in range(5)] for nominee in range(8)])) == ()


def by_definition(problem, limit):
    """(nominee, leaf) -> the codes with their seats, one Fraction after the other."""
    found = {}
    for nominee, leaves in quorum.counted_marks(problem).items():
        for leaf, seats in leaves.items() if nominee not in problem.disqualified else ():
            scale = problem.rubric.by_id[leaf].scale
            points = {seat: scale.to_hundred(problem.scores[seat, nominee, leaf]) for seat in sorted(seats)}
            flags = []
            if points and max(points.values()) - min(points.values()) > limit:
                flags.append(("range", None, max(points.values()) - min(points.values())))
            if len(points) > 2:
                middle = median(points.values())
                flags += [("far_from_median", s, p - middle) for s, p in points.items() if abs(p - middle) > limit]
            if flags:
                found[nominee, leaf] = flags
    return found


@pytest.mark.parametrize("limit", [0, 10, Fraction(55, 2)])
@pytest.mark.parametrize("seed", range(25))
def test_flags_are_those_of_the_definition(seed, limit):
    problem = package.read(random_document(seed))
    found = {
        (item.nominee, item.criterion): [(flag.code, flag.seat, flag.amount) for flag in item.flags]
        for item in divergence(problem, limit)
        if item.criterion is not None
    }
    assert found == by_definition(problem, limit)


def test_the_order_of_the_seats_is_irrelevant():
    problem = package.read(random_document(11))
    assert divergence(replace(problem, judges=problem.judges[::-1])) == divergence(problem)
