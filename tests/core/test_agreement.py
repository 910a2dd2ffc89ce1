"""Agreement of the seats: published tables, brute force, and what must hold for any panel."""

from fractions import Fraction
from math import isfinite

import numpy as np
import pytest
from hypothesis import given, settings

from judging.core import package
from judging.core.agreement import agreement, icc, kendall_w, krippendorff_alpha, mean_spearman

from .documents import golden, panel_of
from .matrices import STATISTICS, array_of, complete, gappy, numbers_in, rows_of, totals_of

tries = settings(max_examples=80, deadline=None, derandomize=True)
LEVELS = ["interval", "ordinal"]


def as_printed(value, text):
    """``value`` rounded to as many decimals as the source prints."""
    return round(value, len(text.partition(".")[2])) == float(text)


@pytest.mark.parametrize("name", STATISTICS["shrout-fleiss"]["icc"])
def test_shrout_and_fleiss(name):
    want = STATISTICS["shrout-fleiss"]["icc"][name]
    found = icc(array_of(STATISTICS["shrout-fleiss"]["rows"]))[name]
    assert (found.df1, found.df2) == (want["df1"], want["df2"])
    wrong = [
        field for field in ("value", "f", "p", "lower", "upper") if not as_printed(getattr(found, field), want[field])
    ]
    assert wrong == []


def test_concordance_with_ties_of_siegel():
    example = STATISTICS["siegel-concordance"]
    found = kendall_w(array_of(rows_of(example["columns"])))
    assert as_printed(found.w, example["w"])
    assert as_printed(found.p, example["p"])
    assert (found.n, found.k, found.df) == (10, 3, 9)
    assert found.chi2 == pytest.approx(27 * found.w)


@pytest.mark.parametrize("level", LEVELS)
def test_krippendorffs_own_example(level):
    example = STATISTICS["krippendorff"]
    found = krippendorff_alpha(array_of(rows_of(example["columns"])), level=level)
    assert as_printed(found.alpha, example[level])
    assert (found.units, found.marks) == (11, example["marks"])  # the last unit has one value only


def by_coincidences(matrix, level):
    """Alpha from Krippendorff's coincidence matrix, value by value."""
    units = [row[~np.isnan(row)] for row in matrix]
    units = [unit for unit in units if len(unit) > 1]
    values = sorted({value for unit in units for value in unit})
    coincidences = np.zeros((len(values), len(values)))
    for unit in units:
        for i, one in enumerate(unit):
            for j, other in enumerate(unit):
                if i != j:
                    coincidences[values.index(one), values.index(other)] += 1 / (len(unit) - 1)
    n = coincidences.sum(axis=0)

    def distance(c, k):
        if level == "interval":
            return (values[c] - values[k]) ** 2
        low, high = min(c, k), max(c, k)
        return (n[low : high + 1].sum() - (n[low] + n[high]) / 2) ** 2

    pairs = [(c, k) for c in range(len(values)) for k in range(len(values)) if c != k]
    observed = sum(coincidences[c, k] * distance(c, k) for c, k in pairs)
    expected = sum(n[c] * n[k] * distance(c, k) for c, k in pairs) / (n.sum() - 1)
    return 1 - observed / expected


def with_gaps(rows, seed):
    rng = np.random.default_rng(seed)
    return [[None if rng.random() < 0.25 else mark for mark in row] for row in rows]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("seed", range(5))
def test_alpha_and_its_interval_equal_the_long_way(level, seed):
    from scipy.special import stdtrit

    matrix = array_of(with_gaps(complete(seed, nominees=8, seats=4), seed))
    matrix = matrix[(~np.isnan(matrix)).sum(axis=1) > 1]
    m = len(matrix)
    whole = by_coincidences(matrix, level)
    parts = [by_coincidences(np.delete(matrix, row, axis=0), level) for row in range(m)]
    error = np.std([m * whole - (m - 1) * part for part in parts], ddof=1) / np.sqrt(m)
    found = krippendorff_alpha(matrix, level=level)
    reach = stdtrit(m - 1, 0.975) * error
    assert found.alpha == pytest.approx(whole)
    assert found.lower == pytest.approx(whole - reach)
    assert found.upper == pytest.approx(min(whole + reach, 1))


def test_spearman_without_ties_follows_from_w():
    matrix = array_of([[3, 1, 4], [1, 5, 9], [2, 6, 5], [7, 8, 10], [11, 9, 7]])
    w, k = kendall_w(matrix).w, 3
    assert mean_spearman(matrix) == pytest.approx((k * w - 1) / (k - 1))


def test_mean_spearman_with_ties_is_the_mean_over_the_pairs():
    # Ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4: r = 4.5 / sqrt(4.5 * 5) = sqrt(0.9); the third seat is the second turned.
    matrix = array_of([[1, 1, 4], [2, 2, 3], [2, 3, 2], [3, 4, 1]])
    assert mean_spearman(matrix) == pytest.approx((0.9**0.5 - 0.9**0.5 - 1) / 3)


def test_a_seat_that_gave_everybody_the_same_is_left_out_of_spearman():
    matrix = array_of([[1, 1, 5], [2, 2, 5], [3, 3, 5]])
    assert mean_spearman(matrix) == pytest.approx(1)
    assert mean_spearman(array_of([[5, 5], [5, 5]])) is None


def test_perfect_agreement_up_to_severity():
    found = icc(array_of([[70, 75], [80, 85], [90, 95]]))
    assert found["ICC(3,1)"].value == 1
    assert found["ICC(2,1)"].value < 1
    assert (found["ICC(3,1)"].f, found["ICC(3,1)"].p, found["ICC(3,1)"].lower) == (None, None, None)


def test_nothing_to_measure_is_none():
    assert icc(array_of([[80, 80], [80, 80]]))["ICC(2,k)"].value is None
    assert kendall_w(array_of([[80, 80], [80, 80]])) is None
    assert krippendorff_alpha(array_of([[80, 80], [80, 80]])) is None
    assert icc(array_of([[80, 81]])) is None
    assert krippendorff_alpha(array_of([[80, None], [None, 81]])) is None


def test_alpha_of_two_nominees_has_no_interval():
    found = krippendorff_alpha(array_of([[80, 82], [60, 61]]))
    assert found.alpha > 0.9
    assert (found.lower, found.upper) == (None, None)


def test_complete_rows_only_and_it_says_which_were_dropped():
    found = agreement(package.read(golden("five-villages")))
    assert (found.n, found.k) == (4, 8)
    assert found.dropped == ("desa-damai",)
    assert found.silent == ("dprd",)
    assert set(found.warnings) == {"few_complete_rows", "few_nominees", "incomplete_design", "silent_seats"}
    assert found.interval.units == 5


@pytest.mark.parametrize(
    ("rows", "warning"),
    [
        ([["80", None], [None, "70"]], "unconnected"),
        ([["80", "70"], ["80", "60"]], "no_spread"),
        ([["80"], ["70"]], "too_few_seats"),
        ([["80", "70"]], "too_few_nominees"),
    ],
)
def test_warnings(rows, warning):
    marks = {f"n{index}": {"x": row} for index, row in enumerate(rows)}
    assert warning in agreement(package.read(panel_of(marks))).warnings


def test_a_good_panel_has_no_warning():
    marks = {f"n{index}": {"x": [str(mark) for mark in row]} for index, row in enumerate(complete(1))}
    assert agreement(package.read(panel_of(marks))).warnings == ()


def test_without_a_panel_there_is_no_agreement():
    document = panel_of({"a": {"x": [None]}, "b": {"x": [None]}})
    document["tree"]["children"] = [{"id": "x", "weight": "100", "kind": "fixed"}]
    document["judges"] = ["ketua"]
    found = agreement(package.read(document))
    assert "no_panel" in found.warnings
    assert (found.icc, found.kendall_w, found.mean_spearman, found.interval) == (None, None, None, None)


def measures(rows):
    totals = totals_of(rows)
    matrix = totals.array()
    whole = matrix[~np.isnan(matrix).any(axis=1)]
    return [
        icc(whole),
        kendall_w(whole),
        mean_spearman(whole),
        *(krippendorff_alpha(matrix, level=level) for level in LEVELS),
    ]


@tries
@given(rows=gappy())
def test_never_a_number_that_is_none(rows):
    assert all(map(isfinite, numbers_in(measures(rows))))


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_seats_and_nominees_is_irrelevant(seed):
    rows = complete(seed)
    turned = [row[::-1] for row in rows[::-1]]
    assert list(numbers_in(measures(turned))) == pytest.approx(list(numbers_in(measures(rows))))


@pytest.mark.parametrize("seed", range(5))
def test_another_unit_changes_no_coefficient(seed):
    rows = complete(seed)
    scaled = [[Fraction(mark, 3) + 7 for mark in row] for row in rows]
    assert list(numbers_in(measures(scaled))) == pytest.approx(list(numbers_in(measures(rows))))
