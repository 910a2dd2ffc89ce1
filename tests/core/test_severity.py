"""Severity of the seats: a published incomplete block design, plain least squares, and what must always hold."""

from dataclasses import replace
from fractions import Fraction
from math import isfinite, sqrt

import numpy as np
import pytest
from hypothesis import given, settings

from judging.core import package
from judging.core.seat_totals import seat_totals
from judging.core.severity import (
    additive,
    adjusted_totals,
    connectedness,
    connectedness_of,
    drift,
    own_sector_effect,
    profiles,
    z_scores,
)
from judging.core.tabulation import tabulate

from .documents import panel_of, random_document
from .matrices import STATISTICS, complete, gappy, numbers_in, rows_of, totals_of

tries = settings(max_examples=80, deadline=None, derandomize=True)


def document_of(rows, **changes):
    """The rows as marks on one panel criterion of a document."""
    marks = {
        f"n{index:02}": {"x": [None if mark is None else str(mark) for mark in row]} for index, row in enumerate(rows)
    }
    return panel_of(marks, **changes)


def test_incomplete_blocks_of_montgomery():
    example = STATISTICS["montgomery-blocks"]
    fit = additive(totals_of(rows_of(example["columns"])))
    assert list(fit.leniencies.values()) == pytest.approx([float(Fraction(text)) for text in example["effects"]])
    assert fit.sigma**2 == pytest.approx(float(example["error"]))
    assert fit.df == example["df"]
    # Balanced: variance of an effect = 3 * 0.65 * (4 - 1) / (2 * 4^2).
    assert list(fit.leniency_errors.values()) == pytest.approx([sqrt(3 * 0.65 * 3 / 32)] * 4)


def test_three_by_three_by_hand():
    # Without the gap: rows 60 70 80 of merit, columns -3 0 3; the gap changes nothing, for the rest fits exactly.
    fit = additive(totals_of([[57, 60, 63], [67, 70, None], [77, 80, 83]]))
    assert list(fit.merits.values()) == pytest.approx([60, 70, 80])
    assert list(fit.leniencies.values()) == pytest.approx([-3, 0, 3])
    assert (fit.sigma, fit.df, fit.n) == (0, 3, 8)
    assert set(fit.studentised.values()) == {None}


def by_least_squares(totals):
    """Merits, leniencies, their errors and the studentised residuals from the full normal equations."""
    pairs = list(totals.totals)
    seats = sorted({seat for seat, _ in pairs})
    names = sorted({name for _, name in pairs})
    design = np.zeros((len(pairs), len(names) + len(seats)))
    for row, (seat, name) in enumerate(pairs):
        design[row, names.index(name)] = design[row, len(names) + seats.index(seat)] = 1
    values = np.array([float(total) for total in totals.totals.values()])
    closing = np.concatenate([np.zeros(len(names)), np.ones(len(seats))])
    inverse = np.linalg.inv(design.T @ design + np.outer(closing, closing))
    covariance = inverse @ design.T @ design @ inverse
    found = inverse @ design.T @ values
    rest = values - design @ found
    variance = rest @ rest / (len(pairs) - len(names) - len(seats) + 1)
    leverage = np.diag(design @ covariance @ design.T)
    errors = np.sqrt(np.diag(covariance) * variance)
    studentised = dict(zip(pairs, rest / np.sqrt(variance * (1 - leverage)), strict=True))
    return found[: len(names)], found[len(names) :], errors[: len(names)], errors[len(names) :], studentised


@pytest.mark.parametrize("seed", range(6))
def test_eliminating_the_nominees_gives_plain_least_squares(seed):
    rows = complete(seed, nominees=7, seats=4)
    rows[0][0] = rows[1][2] = rows[4][3] = rows[4][0] = None
    totals = totals_of(rows)
    fit = additive(totals)
    merits, leniencies, merit_errors, leniency_errors, studentised = by_least_squares(totals)
    assert list(fit.merits.values()) == pytest.approx(list(merits))
    assert list(fit.leniencies.values()) == pytest.approx(list(leniencies))
    assert list(fit.merit_errors.values()) == pytest.approx(list(merit_errors))
    assert list(fit.leniency_errors.values()) == pytest.approx(list(leniency_errors))
    assert fit.studentised == pytest.approx(studentised)


def test_on_a_complete_panel_the_merit_is_the_plain_mean():
    rows = complete(2)
    fit = additive(totals_of(rows))
    assert list(fit.merits.values()) == pytest.approx([sum(row) / len(row) for row in rows])


def test_a_stricter_seat_changes_nothing_but_its_own_severity():
    rows = complete(3)
    rows[0][1] = rows[5][4] = None
    strict = [[mark if seat != 2 or mark is None else mark - 10 for seat, mark in enumerate(row)] for row in rows]
    before, after = additive(totals_of(rows)), additive(totals_of(strict))
    # Leniencies add up to 0: against the others the seat moves by all of it, the panel's level by a fifth.
    moved = {seat: after.leniencies[seat] - before.leniencies[seat] for seat in before.leniencies}
    assert moved == pytest.approx({"s0": 2, "s1": 2, "s2": -8, "s3": 2, "s4": 2})
    assert after.residuals == pytest.approx(before.residuals)
    shift = {name: before.merits[name] - after.merits[name] for name in before.merits}
    assert shift == pytest.approx(dict.fromkeys(shift, 2))


def test_one_seat_alone_has_no_severity():
    fit = additive(totals_of([[80], [70]]))
    assert fit.leniencies == {"s0": 0}
    assert list(fit.merits.values()) == pytest.approx([80, 70])
    assert (fit.sigma, fit.df) == (None, 0)


def test_pieces_that_do_not_hang_together_are_refused_and_named():
    totals = totals_of([[80, 70, None, None], [None, None, 60, 65], [None, None, 70, None]])
    found = connectedness_of(totals)
    assert additive(totals) is None
    assert [(piece.judges, piece.nominees) for piece in found.components] == [
        (("s2", "s3"), ("n01", "n02")),
        (("s0", "s1"), ("n00",)),
    ]
    assert (found.connected, found.warning) == (False, "unconnected")
    assert len(found.joining) == 1


def test_the_proposed_sheets_join_the_pieces_and_none_is_recused():
    seats, nominees = ["a", "b", "c"], ["x", "y", "z"]
    pairs = [("a", "x"), ("b", "y"), ("c", "z")]
    recusals = [("a", "y"), ("a", "z"), ("b", "x"), ("c", "x")]
    found = connectedness(seats, nominees, pairs, recusals)
    assert found.joining is None  # nobody but a may mark x, and a may mark nothing else
    found = connectedness(seats, nominees, pairs, recusals[:3])
    assert len(found.joining) == 2
    assert not set(found.joining) & set(recusals[:3])
    assert connectedness(seats, nominees, [*pairs, *found.joining]).connected


def test_a_seat_without_any_sheet_does_not_tear_the_panel_apart():
    found = connectedness_of(totals_of([[80, 70, None], [60, 65, None]]))
    assert found.connected
    assert found.joining == ()


def test_profile_of_a_seat():
    rows = [[60, 62, 58], [70, 71, 72], [80, 84, 76], [90, 88, 89]]
    found = profiles(totals_of(rows), additive(totals_of(rows)))["s1"]
    assert (found.n, found.mean) == (4, 76.25)
    assert found.severity == pytest.approx(75 - 76.25)  # the mean of all twelve is 75
    assert found.spread == pytest.approx(np.std([62, 71, 84, 88], ddof=1))
    assert found.correlation == pytest.approx(1)
    assert found.warnings == ("few_nominees",)


def test_infit_is_the_mean_square_of_the_residuals_over_the_error_variance():
    rows = complete(5)
    totals = totals_of(rows)
    fit = additive(totals)
    own = list(fit.residuals_of("s3").values())
    want = sum(value**2 for value in own) / len(own) / fit.sigma**2
    assert profiles(totals, fit)["s3"].infit == pytest.approx(want)


def test_a_profile_of_nothing_and_of_no_spread():
    totals = totals_of([[80, 70, None], [80, 60, None], [80, 50, None]])
    found = profiles(totals, additive(totals))
    assert (found["s0"].spread, found["s0"].correlation) == (0, None)
    assert "no_spread" in found["s0"].warnings
    assert (found["s2"].n, found["s2"].severity, found["s2"].warnings) == (0, None, ("no_sheets",))
    apart = totals_of([[80, None], [None, 70]])
    assert "unconnected" in profiles(apart, additive(apart))["s0"].warnings


def test_z_scores_by_hand():
    # s0: mean 70, deviation 10; s1 has no spread and gives 0; s2 marked one nominee only and gives 0.
    totals = totals_of([[60, 80, None], [70, 80, 90], [80, 80, None]])
    assert z_scores(totals) == pytest.approx({"n00": -0.5, "n01": 0, "n02": 0.5})


def test_on_a_complete_panel_under_the_mean_adjusted_totals_are_the_official_ones():
    document = document_of(complete(4), panel_method="mean")
    document["tree"]["children"] = [
        {"id": "x", "weight": "60"},
        {"id": "y", "weight": "40", "kind": "fixed", "max": "10"},
    ]
    document["values"] = {name: {"y": str(index % 7)} for index, name in enumerate(document["nominees"])}
    problem = package.read(document)
    result = tabulate(problem)
    found = adjusted_totals(problem, result)
    assert found.additive == pytest.approx({row.nominee: float(row.exact) for row in result.standings})
    order = sorted(found.additive, key=lambda name: -found.additive[name])
    assert [found.places_additive[name] for name in order] == sorted(found.places_additive.values())
    assert found.z.keys() == found.additive.keys()


def test_equal_nominees_share_the_adjusted_place():
    problem = package.read(document_of([[70, 81, 77], [70, 81, 77], [60, 71, 68]]))
    found = adjusted_totals(problem, tabulate(problem))
    assert found.places_additive == found.places_z == {"n00": 1, "n01": 1, "n02": 3}


def test_severity_of_an_absent_seat_is_taken_out():
    # s0 is 10 above s1 and did not mark n01, which the plain mean therefore makes level with n00.
    problem = package.read(document_of([[80, 70], [None, 75], [90, 80]], panel_method="mean"))
    result = tabulate(problem)
    official = {row.nominee: float(row.exact) for row in result.standings}
    assert official["n00"] == official["n01"]
    found = adjusted_totals(problem, result)
    assert found.additive == pytest.approx({"n00": 75, "n01": 80, "n02": 85})
    assert found.places_additive == {"n00": 3, "n01": 2, "n02": 1}


def test_only_ranked_nominees_are_adjusted():
    problem = package.read(document_of([[80, 70], [60, 61], [90, 80]]))
    without = replace(problem, disqualified=frozenset({"n02"}))
    assert adjusted_totals(without, tabulate(without)).additive.keys() == {"n00", "n01"}


def test_drift_by_hand():
    # Residuals 0, 1, 1, 2 at 1..4: slope 3 / 5; rest -0.1, 0.3, -0.3, 0.1 gives 0.2, over 2 and over 5.
    found = drift({"a": 0.0, "b": 1.0, "c": 1.0, "d": 2.0, "e": 9.0}, {"a": 1, "b": 2, "c": 3, "d": 4})
    assert (found.slope, found.se, found.n) == (pytest.approx(0.6), pytest.approx(sqrt(0.02)), 4)


def test_drift_needs_four_at_different_times():
    assert drift({"a": 0.0, "b": 1.0, "c": 2.0}, {"a": 1, "b": 2, "c": 3}) is None
    assert drift(dict.fromkeys("abcd", 1.0), dict.fromkeys("abcd", 2)) is None


def test_own_sector_effect_over_two_categories():
    # In its own sector the seat gives 6 more than the other, elsewhere as much: 3 above the merit, and 0.
    own = additive(totals_of([[76, 70], [66, 60]]))
    other = additive(totals_of([[70, 70], [81, 81], [60, 60]]))
    found = own_sector_effect("s0", [(own, own.merits), (other, ())])
    assert (found.difference, found.se) == (pytest.approx(3), pytest.approx(0))
    assert (found.n_own, found.n_others) == (2, 3)
    assert own_sector_effect("s1", [(own, own.merits), (other, ())]).difference == pytest.approx(-3)
    assert own_sector_effect("s0", [(other, ["n00"])]) is None
    assert own_sector_effect("s9", [(other, ["n00", "n01"])]) is None


@tries
@given(rows=gappy())
def test_never_a_number_that_is_none(rows):
    totals = totals_of(rows)
    fit = additive(totals)
    found = [fit, profiles(totals, fit), z_scores(totals)]
    if fit is not None:
        orders = {name: float(index) for index, name in enumerate(totals.nominees)}
        found += [drift(fit.residuals_of(seat), orders) for seat in totals.seats]
        found += [own_sector_effect(seat, [(fit, totals.nominees[:3])]) for seat in totals.seats]
    assert all(map(isfinite, numbers_in(found)))
    assert (fit is None) == (not totals.totals or not connectedness_of(totals).connected)


@pytest.mark.parametrize("seed", range(25))
def test_any_document_can_be_adjusted(seed):
    problem = package.read(random_document(seed))
    found = adjusted_totals(problem, tabulate(problem))
    assert all(map(isfinite, numbers_in(found)))
    assert found.places_additive.keys() == found.additive.keys()


def test_the_order_of_the_input_changes_not_a_bit():
    problem = package.read(random_document(7))
    turned = replace(problem, judges=problem.judges[::-1], nominees=problem.nominees[::-1])
    assert additive(seat_totals(turned)) == additive(seat_totals(problem))


@pytest.mark.parametrize("seed", range(3))
def test_scaling_scales_points_and_leaves_ratios(seed):
    rows = complete(seed)
    small = [[Fraction(mark, 4) for mark in row] for row in rows]
    one, other = (additive(totals_of(these)) for these in (rows, small))
    assert other.leniencies == pytest.approx({seat: value / 4 for seat, value in one.leniencies.items()})
    assert other.studentised == pytest.approx(one.studentised)
